"""The texts of a case as a list: every statement and recording, whatever claim it belongs to."""

from collections.abc import Iterator

from reviewer.casefile import evidence
from reviewer.casefile.engine import Connection
from reviewer.model.evidence import Held, Recording, Shelved

# Words are looked for in the id, the title, the source's name and the beginning of the text.
TEXTS = """
SELECT 'statement' AS kind, s.id, s.title, s.date, s.language, s.held, s.source,
       substr(s.text, 1, 200) AS beginning
  FROM statement AS s
 WHERE NOT EXISTS (SELECT 1 FROM statement AS n WHERE n.id = s.id AND n.version > s.version)
UNION ALL
SELECT 'recording', r.id, r.title, coalesce(nullif(r.released, ''), r.date), r.language, r.held,
       r.source, coalesce((SELECT substr(g.text, 1, 200) FROM segment AS g
                            WHERE g.recording = r.id AND g.version = r.version AND g.n = 0), '')
  FROM recording AS r
 WHERE NOT EXISTS (SELECT 1 FROM recording AS n WHERE n.id = r.id AND n.version > r.version)
"""

CLAIMS_OF = """
SELECT w.claim FROM shown_with AS w
 WHERE w.target = :text AND w.version = (SELECT max(version) FROM claim WHERE id = w.claim)
UNION ALL
SELECT DISTINCT claim FROM excerpt WHERE target = :text
 LIMIT :limit
"""


def texts(con: Connection, words: str, limit: int) -> list[Shelved]:
    """Statements and recordings that hold all of these words, by date, then id.

    Args:
        con: the connection.
        words: looked for as parts of words, small and capital letters alike.
        limit: at most so many.
    """
    wanted = [word.casefold() for word in words.split()]
    said = "fold(t.id || ' ' || t.title || ' ' || name || ' ' || t.beginning)"
    where = " AND ".join(f"instr({said}, ?)" for _ in wanted)
    rows = con.execute(
        f"SELECT t.*, coalesce((SELECT name FROM source WHERE source.id = t.source"
        f" ORDER BY version DESC LIMIT 1), t.source) AS name FROM ({TEXTS}) AS t"
        f" WHERE {where or '1'} ORDER BY t.date, t.id LIMIT ?",
        (*wanted, limit),
    ).fetchall()
    return [
        Shelved(
            kind=row["kind"],
            id=row["id"],
            title=row["title"],
            source=row["name"],
            date=row["date"],
            language=row["language"],
            held=Held(row["held"]),
        )
        for row in rows
    ]


def ids(con: Connection) -> list[str]:
    """The id of every statement and recording."""
    rows = con.execute("SELECT id FROM statement UNION SELECT id FROM recording ORDER BY 1")
    return [row[0] for row in rows.fetchall()]


def count(con: Connection) -> tuple[int, int]:
    """How many statements and how many recordings the case holds."""
    statements, recordings = con.execute(
        "SELECT (SELECT count(DISTINCT id) FROM statement),"
        " (SELECT count(DISTINCT id) FROM recording)"
    ).fetchone()
    return int(statements), int(recordings)


def claims_of(con: Connection, text: str, limit: int) -> list[str]:
    """The ids of the claims that a text stands beside, or is quoted on; at most so many."""
    rows = con.execute(CLAIMS_OF, {"text": text, "limit": limit}).fetchall()
    return sorted({row[0] for row in rows})


def calls(con: Connection) -> Iterator[Recording]:
    """Every recording, without its segments."""
    for (id_,) in con.execute("SELECT DISTINCT id FROM recording ORDER BY id").fetchall():
        call = evidence.recording(con, id_, bare=True)
        if call is not None:
            yield call


def holds_findings(con: Connection) -> bool:
    """Whether readers recorded anything beside their verdicts."""
    return bool(con.execute("SELECT EXISTS (SELECT 1 FROM finding)").fetchone()[0])


def count_sources(con: Connection, among: set[str]) -> tuple[int, int]:
    """How many sources the case has, and how many of them are among these."""
    (held,) = con.execute("SELECT count(DISTINCT id) FROM source").fetchone()
    known = "SELECT EXISTS (SELECT 1 FROM source WHERE id = ?)"
    return int(held), sum(con.execute(known, (id_,)).fetchone()[0] for id_ in among)
