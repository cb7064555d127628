"""What a case holds as bytes, for those who check it without this program."""

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.casefile import evidence
from reviewer.casefile.engine import Connection
from reviewer.model.versions import edition_of


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry of the ledger as it is stored; `id` is hex, and the SHA-256 of `body`."""

    id: str
    body: bytes
    payload: bytes | None


@dataclass(frozen=True, slots=True)
class HeldText:
    """The text of one version of a statement or recording; `hash` is that of its record."""

    kind: str
    id: str
    version: int
    hash: str
    text: str


def entries(con: Connection) -> Iterator[RawEntry]:
    """Every entry, in the order in which they take effect: the same on every machine."""
    order = con.execute("SELECT lsn FROM entry ORDER BY lamport, id").fetchall()
    for (lsn,) in order:
        row = con.execute(
            "SELECT entry.id, entry.body, payload.data FROM entry"
            " LEFT JOIN payload ON payload.lsn = entry.lsn WHERE entry.lsn = ?",
            (lsn,),
        ).fetchone()
        yield RawEntry(row["id"].hex(), row["body"], row["data"])


def texts(con: Connection) -> Iterator[HeldText]:
    """The text of every version of every statement, then of every recording."""
    for kind in ("statement", "recording"):
        versions = con.execute(
            f"SELECT id, version, hash FROM {kind} ORDER BY id, version"
        ).fetchall()
        for row in versions:
            hash_ = row["hash"].hex()
            text = evidence.text_of_version(con, row["id"], hash_)
            if text is not None:
                yield HeldText(kind, row["id"], edition_of(row["version"]), hash_, text)
