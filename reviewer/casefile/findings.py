"""Findings in force: read for one reader, who sees nobody else's where he is to judge blind."""

from reviewer.casefile import ledger, redaction
from reviewer.casefile.engine import Connection, Row
from reviewer.model.entry import Kind
from reviewer.model.findings import Finding
from reviewer.model.naming import author_of, shown_name

FIND = f"""
SELECT finding.kind, finding.about, finding.key, finding.claim, finding.author, reader.name,
       {ledger.ENTRY}
FROM finding JOIN entry ON entry.lsn = finding.lsn
LEFT JOIN payload ON payload.lsn = finding.lsn
LEFT JOIN reader ON reader.author = finding.author
WHERE {{asked}} AND (finding.author = :me
  OR NOT EXISTS (SELECT 1 FROM blind WHERE blind.claim = finding.claim)
  OR finding.kind = 'readings')
ORDER BY entry.lamport, entry.id
"""
OF_CLAIM = FIND.format(asked="finding.claim = :claim AND finding.kind <> 'adjudicate'")
OF_CLAIM_AND_KIND = FIND.format(asked="finding.claim = :claim AND finding.kind = :kind")
OF_KIND = FIND.format(asked="finding.kind = :kind")
# A link is kept under the claim that sorts first: for the other one all links are looked at,
# within the index, and only its own are read.
LINKS = FIND.format(
    asked="finding.lsn IN (SELECT lsn FROM finding WHERE kind = 'rival'"
    " AND (about = :claim OR key = :claim))"
)
ABOUT = FIND.format(asked="finding.kind = :kind AND finding.about = :about")


def of_claim(con: Connection, reader: str, claim: str, kind: Kind | None = None) -> list[Finding]:
    """The findings on a claim, of all kinds or of one; on the whole case for ''."""
    given = {"me": author_of(reader), "claim": claim, "kind": kind}
    rows = con.execute(OF_CLAIM_AND_KIND if kind else OF_CLAIM, given).fetchall()
    return _in_force(con, rows)


def of_kind(con: Connection, reader: str, kind: Kind) -> list[Finding]:
    """Every finding of a kind."""
    rows = con.execute(OF_KIND, {"me": author_of(reader), "kind": kind}).fetchall()
    return _in_force(con, rows)


def about(con: Connection, reader: str, kind: Kind, id_: str) -> list[Finding]:
    """The findings of a kind about one claim, source or text, or about the case for ''."""
    given = {"me": author_of(reader), "kind": kind, "about": id_}
    return _in_force(con, con.execute(ABOUT, given).fetchall())


def links_of(con: Connection, reader: str, claim: str) -> list[Finding]:
    """The links that set other claims against this one, from whichever side they were made."""
    given = {"me": author_of(reader), "claim": claim}
    return _in_force(con, con.execute(LINKS, given).fetchall())


def words_of_excerpt(con: Connection, id_: str) -> str:
    """The words of an excerpt in force, or nothing."""
    row = con.execute("SELECT exact FROM excerpt WHERE id = ?", (id_,)).fetchone()
    return str(row["exact"]) if row else ""


def _in_force(con: Connection, rows: list[Row]) -> list[Finding]:
    """The newest of each reader's on each question, but for those that were taken back."""
    held: dict[tuple[bytes, str, str, str], Finding] = {}
    for row in rows:
        question = (row["author"], row["kind"], row["about"], row["key"])
        held.pop(question, None)
        held[question] = _finding(con, row)
    return [one for one in held.values() if one.value is not None]


def _finding(con: Connection, row: Row) -> Finding:
    entry = redaction.told(con, ledger.entry_of(row))
    return Finding(
        id=entry.id,
        kind=row["kind"],
        about=row["about"],
        key=row["key"],
        value=entry.data.get("value"),
        reader=shown_name(row["author"], row["name"]),
        at=entry.at,
        order=entry.order,
        claim=row["claim"],
        data=entry.data,
        words=entry.words,
        erased=entry.erased,
    )
