"""What was erased of the ledger on purpose, by whom and when: the words are gone, this stays."""

from __future__ import annotations

from reviewer.casefile import blind, ledger
from reviewer.casefile.engine import Connection
from reviewer.model.clock import day
from reviewer.model.entry import Entry
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


def erased(con: Connection, id_: str) -> Entry | None:
    """The redact entry about an entry, the first one where there are several."""
    row = con.execute(REDACTION, (bytes.fromhex(id_),)).fetchone()
    return ledger.entry_of(row) if row else None


def told(con: Connection, entry: Entry) -> Entry:
    """The entry, with who erased its words and when, where that was done."""
    if not entry.has_lost_its_words:
        return entry
    return replace(entry, erased=in_words(con, entry.id))


def in_words(con: Connection, id_: str) -> str:
    """What stands wherever the words stood: `[erased by ada, 2026-11-22: the witness asked]`.

    While a claim is read blind the reason is not told: it may say what another reader thinks.
    """
    row = con.execute(REDACTION, (bytes.fromhex(id_),)).fetchone()
    if row is None:
        return "[the words are not in this file]"
    by = ledger.entry_of(row)
    hidden = by.claim and blind.is_blind(con, by.claim)
    why = "" if hidden else " ".join(by.words.get("why", "").split())
    who = shown_name(bytes.fromhex(by.author), row["name"])
    return f"[erased by {who}, {day(by.at)}{f': {why}' if why else ''}]"
