"""What verdicts rested on when they were given, and whether a claim is due for another look."""

from reviewer.casefile import evidence, ledger
from reviewer.casefile.blind import is_blind, open_to
from reviewer.casefile.engine import Connection, Row
from reviewer.insight.ageing import Quoted, Seen
from reviewer.model.entry import Entry, Kind
from reviewer.model.evidence import Stance
from reviewer.model.naming import author_of

VERDICTS = f"""
SELECT {ledger.ENTRY}, verdict.standing FROM verdict
JOIN act ON act.lsn = verdict.lsn JOIN entry ON entry.lsn = verdict.lsn
LEFT JOIN payload ON payload.lsn = verdict.lsn
WHERE verdict.claim = :claim AND act.undone = 0 AND {open_to("verdict")}
ORDER BY entry.lamport, entry.id
"""
WANTED = "json_extract(CAST(asked.body AS TEXT), '$.d.value')"
GIVEN = (
    "coalesce(json_extract(CAST(given.body AS TEXT), '$.d.as_of'),"
    " strftime('%Y-%m-%d', json_extract(CAST(given.body AS TEXT), '$.t') / 1000, 'unixepoch'))"
)
DUE = f"""
FROM finding JOIN entry AS asked ON asked.lsn = finding.lsn
WHERE finding.kind = 'recheck' AND {WANTED} <= :due_day AND {WANTED} GLOB '[0-9]*-[0-9]*-[0-9]*'
AND {open_to("finding", ":due_me")}
AND EXISTS (SELECT 1 FROM verdict JOIN entry AS given ON given.lsn = verdict.lsn
  WHERE verdict.claim = finding.claim AND verdict.standing AND verdict.stale = ''
  AND {open_to("verdict", ":due_me")}
  AND ({GIVEN} < {WANTED} OR ({GIVEN} = {WANTED} AND given.lamport < asked.lamport)))
"""
"""Dates for another look that have come, where a verdict stands that was given before."""
DUE_HERE = f"EXISTS (SELECT 1 {DUE} AND finding.claim = c.id)"
DUE_CLAIMS = f"SELECT DISTINCT finding.claim {DUE} ORDER BY finding.claim"
DUE_ON = f"SELECT {WANTED} AS wanted, finding.lsn {DUE} AND finding.claim = :claim ORDER BY wanted"


def due_claims(con: Connection, reader: str, today: str) -> list[str]:
    """The claims that are due for another look on this day, as far as this reader may know."""
    given = {"due_me": author_of(reader), "due_day": today}
    return [str(row[0]) for row in con.execute(DUE_CLAIMS, given).fetchall()]


def due_on(con: Connection, reader: str, claim: str, today: str) -> Entry | None:
    """The entry that set the earliest date that has come on a claim."""
    given = {"due_me": author_of(reader), "due_day": today, "claim": claim}
    row = con.execute(DUE_ON, given).fetchone()
    if row is None:
        return None
    found = con.execute(
        f"SELECT {ledger.ENTRY} FROM entry LEFT JOIN payload ON payload.lsn = entry.lsn"
        " WHERE entry.lsn = ?",
        (row["lsn"],),
    ).fetchone()
    return ledger.entry_of(found)


def replaced(con: Connection, reader: str, claim: str) -> list[tuple[Entry, Entry]]:
    """Each verdict of a claim that stands no longer, with its author's next; none was undone.

    Of a claim that is read blind `reader` is given his own alone.
    """
    last: dict[str, tuple[Entry, bool]] = {}
    pairs = []
    for row in con.execute(VERDICTS, {"me": author_of(reader), "claim": claim}).fetchall():
        entry = ledger.entry_of(row)
        before = last.get(entry.author)
        if before is not None and not before[1]:
            pairs.append((before[0], entry))
        last[entry.author] = (entry, bool(row["standing"]))
    return pairs


def worded(con: Connection, claim: str, hash_: str) -> Seen:
    """What a claim said when its hash was this: wording, claimant, date and context."""
    row = con.execute(
        "SELECT text, claimant, date, context FROM claim WHERE id = ? AND hash = ? LIMIT 1",
        (claim, bytes.fromhex(hash_)),
    ).fetchone()
    return Seen(hash_, text="\n".join(filter(None, row)) if row else None)


def seen(con: Connection, id_: str, hash_: str) -> Seen:
    """A text in the version of this hash, under the title and date that it has now."""
    row = con.execute(
        "SELECT title, date FROM statement WHERE id = :id"
        " UNION ALL SELECT title, CASE released WHEN '' THEN date ELSE released END"
        " FROM recording WHERE id = :id LIMIT 1",
        {"id": id_},
    ).fetchone()
    title, date = (str(row["title"]), str(row["date"])) if row else ("", "")
    held = evidence.text_of_version(con, id_, hash_) if _is_hash(hash_) else None
    return Seen(hash_, title, date, held)


def quoted(con: Connection, reader: str, id_: str) -> Quoted | None:
    """An excerpt that came with the case or that somebody made, whether or not it still stands.

    The stance of another's on a claim that `reader` is to read blind is not told.
    """
    row: Row | None = con.execute(
        "SELECT target, stance, exact FROM quotation WHERE id = ? ORDER BY version DESC LIMIT 1",
        (id_,),
    ).fetchone()
    if row is not None:
        return Quoted(*map(str, row))
    entry = ledger.by_id(con, id_) if _is_hash(id_) else None
    if entry is None or entry.kind != Kind.LINK:
        return None
    target, stance, exact = (str(entry.data[part]) for part in ("target", "stance", "exact"))
    own = bytes.fromhex(entry.author) == author_of(reader)
    told = own or not is_blind(con, entry.claim)
    return Quoted(target, stance if told else Stance.UNTOLD, exact)


def _is_hash(text: str) -> bool:
    return len(text) == 64 and not text.strip("0123456789abcdef")
