"""Checking evidence: the hash and the number of every version, and where quotations stood."""

import orjson

from reviewer.casefile import evidence
from reviewer.casefile.engine import Connection, Row
from reviewer.casefile.evidence import Value, row_hash
from reviewer.casefile.verify.findings import Finding, Found, Nature
from reviewer.model.entry import Entry
from reviewer.model.versions import edition_of, numbered
from reviewer.text import anchors
from reviewer.text.anchors import Anchor

EVERY = 2_000
ABSENT = "is not in this file: it was taken out, or never came; merge a copy that has it"
"""What is absent was not changed, and nothing here says whether it was ever held."""
PARTS = {
    "recording": (
        "SELECT json_group_array(json_array(start_ms, end_ms, speaker, text, translation, note)),"
        " count(*), coalesce(max(n) + 1, 0) FROM (SELECT s.*, o.note FROM segment AS s"
        " LEFT JOIN oddity AS o USING (recording, version, n)"
        " WHERE s.recording = :id AND s.version = :version ORDER BY s.n)"
    ),
    "claim": (
        "SELECT json_group_array(json_array(target)), count(*), coalesce(max(n) + 1, 0)"
        " FROM (SELECT * FROM shown_with WHERE claim = :id AND version = :version ORDER BY n)"
    ),
}
TABLES = ("source", "statement", "recording", "claim", "rating", "quotation")


def versions(con: Connection, found: Found) -> int:
    """Check every version of every record.

    Returns:
        How many there are.
    """
    total = sum(con.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES)
    done = 0
    for table in TABLES:
        for row in con.execute(f"SELECT * FROM {table}"):
            done += 1
            said = _wrong(con, table, row)
            if said:
                found.broken("evidence", said, table=table, row=row["id"], claim=_claim(table, row))
            if done % EVERY == 0:
                found.tick("evidence", done, total)
    found.tick("evidence", done, total)
    return done


def _claim(table: str, row: Row) -> str:
    if table == "claim":
        return str(row["id"])
    return str(row["claim"]) if table in ("rating", "quotation") else ""


def _wrong(con: Connection, table: str, row: Row) -> str:
    columns: dict[str, Value] = dict(zip(row.keys(), row, strict=True))
    version, hash_ = int(columns.pop("version")), row["hash"]
    del columns["hash"]
    which = f"{table} {row['id']}, edition {edition_of(version)}"
    parts, whole = _parts(con, table, row["id"], version)
    if not whole:
        return f"{which}: a part of it is missing, or numbered anew"
    if row_hash(table, columns, parts) != hash_:
        return f"{which}: it was changed: its hash is not that of what it holds"
    if version < 1 << 40 or numbered(edition_of(version), hash_) != version:
        return f"{which}: the number of its version is not the one that its hash gives"
    return ""


def _parts(con: Connection, table: str, id_: str, version: int) -> tuple[evidence.Parts, bool]:
    if table not in PARTS:
        return [], True
    found = con.execute(PARTS[table], {"id": id_, "version": version}).fetchone()
    parts: evidence.Parts = orjson.loads(found[0])
    if table == "recording":
        # A segment has a sixth part only where there was something odd about it.
        parts = [part if part[5] is not None else part[:5] for part in parts]
    return parts, found[1] == found[2]


def strays(con: Connection, found: Found) -> None:
    """Name rows that refer to what is not there: parts of nothing, acts of no entry."""
    for table, rowid, parent, _ in con.execute("PRAGMA foreign_key_check").fetchall():
        where = f"row {rowid} of {table}" if rowid is not None else f"a row of {table}"
        found.broken("file", f"{where} belongs to a row of {parent} that is missing", table=table)


def quotations(con: Connection, found: Found) -> None:
    """Check that the words of every excerpt stand where it says, in the text it was made on."""
    for row in con.execute("SELECT * FROM quotation"):
        anchor = Anchor(row["exact"], row["prefix"], row["suffix"], row["start"], row["end"])
        wrong = _misplaced(con, row["target"], row["target_hash"].hex(), anchor)
        if wrong:
            nature, said = wrong
            told = f"excerpt {row['id']} on {row['claim']}: {said}"
            id_, claim = row["id"], row["claim"]
            found.add(Finding(nature, "evidence", told, claim=claim, table="quotation", row=id_))


def link(con: Connection, found: Found, entry: Entry, k: int) -> None:
    """Check that the words of a reader's excerpt stand where it says; `k` is its chain's key."""
    data = entry.data
    words = (str(data["exact"]), str(data["prefix"]), str(data["suffix"]))
    anchor = Anchor(*words, int(str(data["start"])), int(str(data["end"])))
    wrong = _misplaced(con, str(data["target"]), str(data["target_hash"]), anchor)
    if wrong:
        nature, said = wrong
        found.of_entry(entry, k, said, part="evidence", nature=nature)


def _misplaced(
    con: Connection, target: str, hash_: str, anchor: Anchor
) -> tuple[Nature, str] | None:
    text = evidence.text_of_version(con, target, hash_)
    if text is None:
        said = f"the text of {target} that it was made on ({hash_[:10]}) {ABSENT}"
        return Nature.MISSING, said
    if anchors.stands(text, anchor):
        return None
    return Nature.BROKEN, f"its words do not stand in {target} as it says"


def seen(con: Connection, found: Found, verdict: Entry, k: int) -> None:
    """Check that what a reader saw when he gave a verdict is held; `k` is its chain's key."""
    saw = verdict.data.get("saw")
    wanted: list[tuple[str, str, tuple[str, ...]]]
    wanted = [(verdict.claim, verdict.subject or "", ("claim",))]
    if isinstance(saw, dict):
        wanted += [(id_, str(hash_), ("statement", "recording")) for id_, hash_ in saw.items()]
    for id_, hash_, tables in wanted:
        if not any(_is_held(con, table, id_, hash_) for table in tables):
            said = f"what its reader saw of {id_} ({hash_[:10]}) {ABSENT}"
            found.of_entry(verdict, k, said, part="evidence", nature=Nature.MISSING)


def _is_held(con: Connection, table: str, id_: str, hash_: str) -> bool:
    row = con.execute(
        f"SELECT 1 FROM {table} WHERE id = ? AND lower(hex(hash)) = ? LIMIT 1", (id_, hash_)
    ).fetchone()
    return row is not None
