"""Where evidence that a merge brings was imported from: the files and the places in them."""

import hashlib

from reviewer.casefile.arrivals import Ready
from reviewer.casefile.engine import Connection
from reviewer.casefile.packed import Said
from reviewer.model.bundles import BundleError


class Files:
    """The files that evidence was imported from there, as they are remembered here."""

    def __init__(self) -> None:
        self._said: dict[object, Said] = {}
        self._known: dict[object, int] = {}
        self._runs: dict[str, int] = {}
        self._base: int | None = None

    def said(self, files: list[Said]) -> None:
        """Remember what a bundle says of files; only those of new evidence are written."""
        self._said.update((said["file"], said) for said in files if type(said["file"]) is int)

    def write(self, con: Connection, rows: list[Ready], block: list[Said]) -> None:
        """Write where each new version stood that is the current one here now."""
        new = {(one.table, one.id, one.version) for one in rows}
        for said in block:
            if "evidence" not in said or said.get("file") not in self._said:
                continue
            table, id_, place = said["evidence"], said["row"]["id"], said.get("place")
            if (table, id_, said["version"]) not in new or not isinstance(place, str):
                continue
            con.execute(
                "INSERT INTO brought (kind, id, file, place)"
                " SELECT ?1, ?2, ?3, ?4"
                f" WHERE ?5 = (SELECT max(version) FROM {table} WHERE id = ?2)"
                " ON CONFLICT (kind, id) DO UPDATE"
                " SET file = excluded.file, place = excluded.place",
                (table, id_, self._file(con, said["file"]), place, said["version"]),
            )

    def _file(self, con: Connection, n: object) -> int:
        if n not in self._known:
            said = self._said[n]
            facts = tuple(said.get(name) for name in FILE)
            hash_ = _hash(said.get("hash"))
            if not all(isinstance(fact, str) for fact in facts):
                raise BundleError("a file that it names is none")
            row = con.execute(
                "SELECT n FROM file WHERE collection = ? AND name = ? AND format = ?"
                " AND encoding = ? AND doubt = ? AND hash = ?",
                (*facts, hash_),
            ).fetchone()
            self._known[n] = int(row["n"]) if row else self._new(con, said, facts, hash_)
        return self._known[n]

    def _new(self, con: Connection, said: Said, facts: tuple[object, ...], hash_: bytes) -> int:
        numbers = [said.get(name) for name in ("size", "at", "run", "complete")]
        if not all(type(number) is int and 0 <= number < 1 << 53 for number in numbers):
            raise BundleError("a file that it names is none")
        size, at, run, complete = map(int, numbers)  # type: ignore[arg-type]
        cursor = con.execute(
            "INSERT INTO file (collection, name, format, encoding, doubt, hash, size, at, run,"
            " complete) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*facts, hash_, size, at, self._run(con, str(facts[0]), run), bool(complete)),
        )
        return int(cursor.lastrowid or 0)

    def _run(self, con: Connection, collection: str, theirs: int) -> int:
        # A merge is no newer export: of a collection that is held nothing is gone by it.
        if self._base is None:
            (base,) = con.execute("SELECT coalesce(max(run), 0) FROM file").fetchone()
            self._base = int(base)
        if collection not in self._runs:
            (newest,) = con.execute(
                "SELECT coalesce(max(run), 0) FROM file WHERE collection = ?", (collection,)
            ).fetchone()
            self._runs[collection] = int(newest)
        return self._runs[collection] or self._base + theirs


FILE = ("collection", "name", "format", "encoding", "doubt")


def _hash(text: object) -> bytes:
    try:
        digest = bytes.fromhex(str(text))
    except ValueError:
        digest = b""
    if len(digest) != hashlib.sha256().digest_size:
        raise BundleError("a file that it names has no hash")
    return digest
