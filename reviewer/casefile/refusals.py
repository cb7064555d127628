"""What a reader does not want to be offered again, read from the entries that say so.

Nothing else is kept of it: which entries are undone is in `act`, which is derived.
"""

from reviewer.casefile import ledger
from reviewer.casefile.engine import Connection
from reviewer.model.canonical import Json
from reviewer.model.entry import Kind

KNOWN_BY = ("what", "target", "field", "segment", "exact", "prefix", "suffix")

Refused = tuple[Json, ...]


def refused(con: Connection, author: bytes, claim: str) -> set[Refused]:
    """The suggestions on a claim that this reader has refused and not taken back."""
    rows = con.execute(
        f"SELECT {ledger.ENTRY} FROM act JOIN entry ON entry.lsn = act.lsn"
        " LEFT JOIN payload ON payload.lsn = act.lsn"
        " WHERE act.claim = ? AND act.author = ? AND act.undone = 0 AND entry.kind = ?",
        (claim, author, Kind.DISMISS),
    ).fetchall()
    return {known_by(ledger.entry_of(row).data) for row in rows}


def known_by(named: dict[str, Json]) -> Refused:
    """What of a refusal says which suggestion it is about."""
    values = (named.get(key) for key in KNOWN_BY)
    return tuple(v if isinstance(v, str | int) else None for v in values)
