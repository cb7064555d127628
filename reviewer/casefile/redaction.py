"""What was erased of the ledger on purpose, by whom and when: the words are gone, this stays."""

from __future__ import annotations

from reviewer.casefile import blind, ledger
from reviewer.casefile.engine import Connection
from reviewer.model.clock import day
from reviewer.model.entry import Entry, Kind
from reviewer.model.naming import shown_name
from reviewer.structs import replace

OF = (
    "FROM entry LEFT JOIN payload ON payload.lsn = entry.lsn"
    " LEFT JOIN reader ON reader.author = entry.author"
)
REDACTION = f"""
SELECT {ledger.ENTRY}, reader.name {OF}
WHERE entry.subject = ? AND entry.kind = 'redact' ORDER BY entry.lamport, entry.id LIMIT 1
"""


NAMELESS = """
SELECT DISTINCT author FROM entry AS enrol WHERE subject IS NULL AND kind = 'enrol' AND EXISTS (
  SELECT 1 FROM entry AS redaction WHERE redaction.subject = enrol.id AND redaction.kind = 'redact')
"""
NAMED_STILL = f"""
SELECT entry.id FROM entry JOIN payload ON payload.lsn = entry.lsn
WHERE entry.subject IS NULL AND entry.kind = 'enrol' AND entry.author IN ({NAMELESS})
ORDER BY entry.lsn
"""
NAME_REDACTION = f"""
SELECT {ledger.ENTRY}, reader.name {OF}
WHERE entry.kind = 'redact' AND entry.subject IN
  (SELECT id FROM entry WHERE subject IS NULL AND kind = 'enrol' AND author = ?)
ORDER BY entry.lamport, entry.id LIMIT 1
"""


def nameless(con: Connection) -> set[bytes]:
    """The authors whose names were erased: every chain begins with its reader's name.

    What is erased in one is erased in all, also in those that come by a merge later.
    """
    return {row["author"] for row in con.execute(NAMELESS).fetchall()}


def named_still(con: Connection) -> list[bytes]:
    """The entries here with a name that was erased in others: no redact entry is about them yet."""
    return [row["id"] for row in con.execute(NAMED_STILL).fetchall()]


def erased(con: Connection, id_: str) -> Entry | None:
    """The redact entry about an entry, the first one where there are several."""
    row = con.execute(REDACTION, (bytes.fromhex(id_),)).fetchone()
    return ledger.entry_of(row) if row else None


def told(con: Connection, entry: Entry) -> Entry:
    """The entry, with who erased its words and when, where that was done."""
    if not entry.has_lost_its_words:
        return entry
    return replace(entry, erased=_in_words(con, entry))


def _in_words(con: Connection, entry: Entry) -> str:
    """What stands wherever the words stood: `[erased by ada, 2026-11-22: the witness asked]`.

    While a claim is read blind the reason is not told: it may say what another reader thinks.
    """
    row = con.execute(REDACTION, (bytes.fromhex(entry.id),)).fetchone()
    if row is None and entry.kind == Kind.ENROL:
        row = con.execute(NAME_REDACTION, (bytes.fromhex(entry.author),)).fetchone()
    if row is None:
        return "[the words are not in this file]"
    by = ledger.entry_of(row)
    hidden = by.claim and blind.is_blind(con, by.claim)
    why = "" if hidden else " ".join(by.words.get("why", "").split())
    who = shown_name(bytes.fromhex(by.author), row["name"])
    return f"[erased by {who}, {day(by.at)}{f': {why}' if why else ''}]"
