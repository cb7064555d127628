"""Claims that are read blind: what of them another reader's eyes may see, in SQL."""

from __future__ import annotations

from reviewer.casefile import ledger
from reviewer.casefile.engine import Connection
from reviewer.model.blind import READERS, TOLD
from reviewer.model.entry import Kind
from reviewer.model.fold import fold
from reviewer.model.naming import author_of

RULE = f"""
SELECT {ledger.ENTRY} FROM main.act AS act JOIN main.entry AS entry ON entry.lsn = act.lsn
LEFT JOIN main.payload AS payload ON payload.lsn = act.lsn WHERE act.claim = ''
"""
ASKED = f"""
SELECT 1 FROM finding WHERE kind = '{Kind.READINGS}'
UNION ALL SELECT 1 FROM finding WHERE kind = '{Kind.METHOD}' AND about = '' AND key = 'readings'
UNION ALL SELECT 1 FROM blind WHERE claim > '' LIMIT 1
"""
MINE = "EXISTS (SELECT 1 FROM waiting WHERE waiting.author = :me AND waiting.claim = q.claim)"
"""Whether the reader has judged the claim of `q` and it waits for a second reading."""
TOLD_KINDS = ", ".join(f"'{kind}'" for kind in sorted(TOLD))


def open_to(table: str, me: str = ":me") -> str:
    """The condition that a row of `verdict`, `note` or `finding` may be shown to `me`."""
    return (
        f"({table}.author = {me} OR NOT EXISTS"
        f" (SELECT 1 FROM blind WHERE blind.claim = {table}.claim))"
    )


def told_to(lsn: str) -> str:
    """The condition that an entry, by its number, may be told to `:me`."""
    return (
        f"NOT EXISTS (SELECT 1 FROM act AS hidden JOIN blind ON blind.claim = hidden.claim"
        f" JOIN entry AS of_it ON of_it.lsn = hidden.lsn WHERE hidden.lsn = {lsn}"
        f" AND hidden.author <> :me AND of_it.kind NOT IN ({TOLD_KINDS}))"
    )


def rule(con: Connection) -> int:
    """How many readings the case asks for of every claim."""
    rules = fold(ledger.entry_of(row) for row in con.execute(RULE).fetchall()).findings
    values = [
        one.data.get("value")
        for one in rules
        if one.kind == Kind.METHOD and one.data["about"] == "" and one.data["key"] == "readings"
    ]
    return _readings(values[-1]) if values else 1


def rule_derived(con: Connection) -> int:
    """The same, as the state was derived by."""
    row = con.execute(
        f"SELECT {ledger.ENTRY} FROM finding JOIN entry ON entry.lsn = finding.lsn"
        " LEFT JOIN payload ON payload.lsn = finding.lsn"
        " WHERE finding.kind = ? AND finding.about = '' AND finding.key = 'readings'"
        " ORDER BY entry.lamport DESC, entry.id DESC LIMIT 1",
        (Kind.METHOD,),
    ).fetchone()
    return _readings(ledger.entry_of(row).data.get("value")) if row else 1


def _readings(value: object) -> int:
    return READERS if isinstance(value, int) and value >= READERS else 1


def asked(con: Connection) -> bool:
    """Whether any claim of the case is to be read twice, or was."""
    return con.execute(ASKED).fetchone() is not None


def is_blind(con: Connection, claim: str) -> bool:
    """Whether a claim waits for its readings to be in."""
    return con.execute("SELECT 1 FROM blind WHERE claim = ?", (claim,)).fetchone() is not None


def count(con: Connection) -> int:
    """How many claims have records on them that only their writers may see yet."""
    (n,) = con.execute(
        "SELECT count(*) FROM blind WHERE EXISTS (SELECT 1 FROM act"
        " JOIN entry ON entry.lsn = act.lsn WHERE act.claim = blind.claim"
        f" AND entry.kind NOT IN ({TOLD_KINDS}))"
    ).fetchone()
    return int(n)


def waiting(con: Connection, reader: str) -> dict[str, int]:
    """This reader's verdicts that wait for a second reading, counted by value."""
    rows = con.execute(
        "SELECT verdict.value, count(*) FROM waiting CROSS JOIN verdict"
        " ON verdict.claim = waiting.claim AND verdict.author = waiting.author AND verdict.standing"
        " WHERE waiting.author = ? GROUP BY verdict.value",
        (author_of(reader),),
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def acted_on(con: Connection) -> list[str]:
    """Every claim that anybody has recorded anything on."""
    rows = con.execute("SELECT DISTINCT claim FROM act WHERE claim <> ''").fetchall()
    return [row[0] for row in rows]
