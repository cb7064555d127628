"""The index of the search: brought up to date in chunks, each a transaction of its own.

What must hold: dropping it (`forget`) and bringing it up to date again finds the same. It is
only ever added to, in the order in which evidence and entries arrived, so that what is missing
is known from the highest row of each table alone; what has been replaced since is left out when
it is found.

An import does not touch it: it would take nearly twice as long, and most imports are followed
by no search before the next. Measured on 200,000 claims (`tests/bench/search.py` has the rest),
as FTS5 tables without content: the keys of words take 16 MB and a search for two common words
0.2 ms; threes of letters of the whole text (`trigram`), which find parts of words by
themselves, take 86 MB (30 MB without positions) and 3 ms. So words are indexed whole, and the
threes of letters only of each distinct word, of which there are few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewer.casefile import ledger, schema
from reviewer.casefile.engine import Connection, Row
from reviewer.shipped import shipped
from reviewer.structs import Struct
from reviewer.text.patterns import compiled

KINDS = ("claim", "statement", "recording", "note")
CHUNK = 5_000
PIECE = 2_000
"""Code points of a statement that are one passage, cut between words where there are any."""
GAP = r"\s"
MADE = r"(?m)^CREATE ((?:VIRTUAL )?(?:TABLE|INDEX)) (search_\w+)"
TABLES = {"claim": "claim", "statement": "statement", "recording": "recording", "note": "entry"}


class Passage(Struct):
    """A row of `search_passage` to be, with the text that it stands for."""

    kind: str
    id: str
    version: int
    text: str
    field: str = ""
    at: int = 0
    end: int = 0

    @property
    def what(self) -> str:
        """What it is, as a search limited to one kind asks for it."""
        return f"note{self.field}" if self.kind == "note" else self.kind


class _Taken(Struct, frozen=False):
    """Passages to add, and how far their kind has come with them."""

    passages: list[Passage]
    upto: int
    part: int = 0


def forget(con: Connection) -> None:
    """Drop the whole index; the next search makes it anew."""
    for table in ("search_text", "search_part"):
        con.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    for table in ("search_passage", "search_word", "search_mark"):
        con.execute(f"DELETE FROM {table}")


def progress(con: Connection, kinds: Sequence[str] = KINDS) -> tuple[int, int]:
    """How many records of these kinds are in the index, and how many there are."""
    marks = _marks(con)
    done = sum(marks.get(kind, (0, 0))[0] for kind in kinds)
    return done, sum(_last(con, kind) for kind in kinds)


def is_behind(con: Connection) -> bool:
    """Whether something has come into the case since the index was made."""
    marks = _marks(con)
    return any(marks.get(kind, (0, 0))[0] < _last(con, kind) for kind in KINDS)


def bring_on(con: Connection, most: int = CHUNK) -> bool:
    """Take in what comes next, about `most` passages of it; False where nothing is left.

    Args:
        con: within a transaction.
        most: about so many passages.
    """
    marks = _marks(con)
    for kind in KINDS:
        upto, part = marks.get(kind, (0, 0))
        last = _last(con, kind)
        if upto >= last:
            continue
        taken = TAKE[kind](con, upto, part, most)
        _add(con, taken.passages)
        con.execute(
            "INSERT OR REPLACE INTO search_mark (kind, upto, part) VALUES (?, ?, ?)",
            (kind, taken.upto, taken.part),
        )
        return True
    return False


def _marks(con: Connection) -> dict[str, tuple[int, int]]:
    rows = con.execute("SELECT kind, upto, part FROM search_mark").fetchall()
    return {row["kind"]: (row["upto"], row["part"]) for row in rows}


def _last(con: Connection, kind: str) -> int:
    (last,) = con.execute(f"SELECT coalesce(max(rowid), 0) FROM {TABLES[kind]}").fetchone()
    return int(last)


def _add(con: Connection, passages: list[Passage]) -> None:
    # Its tables are made when it is loaded, and what only opens a case must not wait for them.
    from reviewer.text import latin

    (last,) = con.execute("SELECT coalesce(max(n), 0) FROM search_passage").fetchone()
    (known,) = con.execute("SELECT coalesce(max(n), 0) FROM search_word").fetchone()
    new: set[str] = set()
    rows, texts = [], []
    for n, one in enumerate(passages, last + 1):
        keys = latin.keys(one.text)
        new.update(keys)
        rows.append((n, one.kind, one.id, one.version, one.field, one.at, one.end, len(keys)))
        texts.append((n, " ".join(keys), one.what))
    con.executemany(
        'INSERT INTO search_passage (n, kind, id, version, field, at, "end", size)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    con.executemany("INSERT INTO search_text (rowid, words, what) VALUES (?, ?, ?)", texts)
    con.executemany(
        "INSERT OR IGNORE INTO search_word (key, stem) VALUES (?, ?)",
        # Numbers and pairs of characters are not looked for by their beginnings and parts.
        [
            (key, latin.stem_of(key))
            for key in sorted(new)
            if not key.isdecimal() and (key.isascii() or not latin.is_unspaced(key))
        ],
    )
    con.execute(
        "INSERT INTO search_part (rowid, key) SELECT n, key FROM search_word WHERE n > ?", (known,)
    )


def _claims(con: Connection, upto: int, _part: int, most: int) -> _Taken:
    rows = con.execute(
        "SELECT rowid, id, version, text, claimant, context FROM claim WHERE rowid > ?"
        " ORDER BY rowid LIMIT ?",
        (upto, most),
    ).fetchall()
    passages = [
        Passage("claim", row[1], row[2], "\n".join((row[3], row[4], row[5], row[1])))
        for row in rows
    ]
    return _Taken(passages, rows[-1]["rowid"])


def _statements(con: Connection, upto: int, _part: int, most: int) -> _Taken:
    rows = con.execute(
        "SELECT rowid, id, version, title, text, translation FROM statement WHERE rowid > ?"
        " ORDER BY rowid LIMIT ?",
        (upto, most),
    )
    passages: list[Passage] = []
    for row in rows:
        upto = row["rowid"]
        passages += _of_statement(row)
        if len(passages) >= most:
            break
    rows.close()
    return _Taken(passages, upto)


def _of_statement(row: Row) -> Iterator[Passage]:
    head = f"{row['title']}\n{row['id']}"
    yield Passage("statement", row["id"], row["version"], head, "title")
    for field in ("text", "translation"):
        for at, end in pieces(row[field]):
            piece = row[field][at:end]
            yield Passage("statement", row["id"], row["version"], piece, field, at, end)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """A long text in pieces of about `PIECE`, cut at the end of a line or between words."""
    at = 0
    while at < len(text):
        end = min(at + PIECE, len(text))
        if end < len(text):
            line = text.rfind("\n", at + PIECE // 2, end)
            gap = compiled(GAP).search(text, end, end + PIECE // 2)
            end = line + 1 if line > 0 else gap.end() if gap else end
        yield at, end
        at = end


def _recordings(con: Connection, upto: int, part: int, most: int) -> _Taken:
    row = con.execute(
        "SELECT rowid, id, version, title FROM recording WHERE rowid > ? ORDER BY rowid LIMIT 1",
        (upto,),
    ).fetchone()
    id_, version = row["id"], row["version"]
    segments = con.execute(
        "SELECT n, text, translation FROM segment"
        " WHERE recording = ? AND version = ? AND n >= ? ORDER BY n LIMIT ?",
        (id_, version, part, most),
    ).fetchall()
    passages = [
        Passage("recording", id_, version, segment[field], field, segment["n"])
        for segment in segments
        for field in ("text", "translation")
        if segment[field]
    ]
    if part == 0:
        passages.insert(0, Passage("recording", id_, version, f"{row['title']}\n{id_}", "title"))
    if len(segments) == most:
        return _Taken(passages, upto, segments[-1]["n"] + 1)
    return _Taken(passages, row["rowid"])


def _notes(con: Connection, upto: int, _part: int, most: int) -> _Taken:
    rows = con.execute(
        f"SELECT entry.lsn, act.claim, entry.author, {ledger.ENTRY} FROM entry"
        " JOIN payload ON payload.lsn = entry.lsn JOIN act ON act.lsn = entry.lsn"
        " WHERE entry.lsn > ? AND entry.kind IN ('note', 'verdict') ORDER BY entry.lsn LIMIT ?",
        (upto, most),
    ).fetchall()
    said = [(row, ledger.entry_of(row).words.get("note", "")) for row in rows]
    passages = [
        Passage("note", row["claim"], row["lsn"], text, row["author"].hex())
        for row, text in said
        if text
    ]
    return _Taken(passages, rows[-1]["lsn"] if len(rows) == most else _last(con, "note"))


TAKE = {"claim": _claims, "statement": _statements, "recording": _recordings, "note": _notes}


def beside(con: Connection) -> None:
    """Make an index that lasts as long as the connection, for a case that cannot be written.

    Its tables are SQLite's temporary ones, which stand before those of the file by name.
    """
    if con.execute("SELECT 1 FROM temp.sqlite_schema WHERE name = 'search_mark'").fetchone():
        return
    for statement in schema.statements(shipped("schema.sql").read_text(encoding="utf-8")):
        made = compiled(MADE).search(statement)
        if made:
            con.execute(compiled(MADE).sub(r"CREATE \1 temp.\2", statement[made.start() :]))
