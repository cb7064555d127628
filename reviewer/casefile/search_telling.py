"""A found passage as a hit: what to show of it, which words to mark, whom it names."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.casefile.engine import Connection, Row
from reviewer.casefile.search_terms import Term
from reviewer.model.searching import Hit
from reviewer.text import latin
from reviewer.text.cells import is_boundary
from reviewer.text.latin import Word

SHOWN = 240
"""Code points of a passage that are shown."""
BEFORE = 60
"""As many of them as stand before the first marked word."""
READ = 20_000
"""As much of a text is looked through, and the rest only where nothing is found in that."""
LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a passage, where it begins in its field, and the words found in it."""

    field: str
    begins: int
    text: str
    words: list[Word]
    marked: list[tuple[int, int]]
    """Which word, and which term it is."""

    @property
    def terms(self) -> int:
        return len({term for _, term in self.marked})


def tell(con: Connection, row: Row, terms: Sequence[Term]) -> Hit | None:
    """The hit for a row of `search_passage`; None where its words stand there no longer."""
    given = READERS[row["kind"]](con, row)
    if given is None:
        return None
    wanted = [term for term in terms if not term.sought.negated]
    looked = [_looked_through(field, at, text, wanted) for field, at, text in given.texts]
    best = max(looked, key=lambda one: one.terms, default=None)
    if best is None or not best.marked:
        return None
    there = {term for one in looked for _, term in one.marked}
    begin, end = _window(best)
    marks = [best.words[n] for n, _ in best.marked]
    within = [(w.start - begin, w.end - begin) for w in marks if begin <= w.start and w.end <= end]
    return Hit(
        kind=row["kind"],
        id=row["id"],
        title=given.title,
        date=given.date,
        passage=best.text[begin:end],
        marks=tuple(_joined(within, best.text[begin:end])),
        cut=(best.begins + begin > 0, end < len(best.text) or given.goes_on),
        names=_names(best),
        missing=tuple(t.sought.text for n, t in enumerate(wanted) if n not in there),
        field=best.field,
        at=best.begins + min((w.start for w in marks if w.start >= begin), default=begin),
        segment=given.segment,
        start_ms=given.start_ms,
    )


def _looked_through(field: str, at: int, text: str, terms: Sequence[Term]) -> _Text:
    found = _marked(field, at, text[:READ], terms)
    if not found.marked and len(text) > READ:
        found = _marked(field, at, text, terms)
    return _Text(field, at, text, found.words, found.marked)


def _marked(field: str, at: int, text: str, terms: Sequence[Term]) -> _Text:
    words = list(latin.words(text))
    marked = []
    for t, term in enumerate(terms):
        size = len(term.keys)
        for n, word in enumerate(words):
            if term.single or size == 1:
                if term.is_word(word.key):
                    marked.append((n, t))
            elif word.key == term.keys[0]:
                row = words[n : n + size]
                if tuple(one.key for one in row) == term.keys:
                    marked += [(k, t) for k in range(n, n + size)]
    return _Text(field, at, text, words, sorted(set(marked)))


def _window(found: _Text) -> tuple[int, int]:
    """The part of a text to show: the one that holds the most of the words."""
    if len(found.text) <= SHOWN:
        return 0, len(found.text)
    places = [(found.words[n].start, term) for n, term in found.marked]
    best = max(
        range(len(places)),
        key=lambda n: len(
            {term for at, term in places[n : n + 50] if at < places[n][0] + SHOWN - BEFORE}
        ),
    )
    begin = max(0, places[best][0] - BEFORE)
    end = min(len(found.text), begin + SHOWN)
    gap = found.text.find(" ", begin, places[best][0])
    begin = gap + 1 if begin and gap >= 0 else begin
    gap = found.text.rfind(" ", places[best][0] + 1, end)
    end = gap if end < len(found.text) and gap >= 0 else end
    while not is_boundary(found.text, begin):
        begin -= 1
    while end < len(found.text) and not is_boundary(found.text, end):
        end += 1
    return begin, end


def _joined(marks: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Marks that overlap, or that touch, as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, min(end, len(text))))
    return found


def _names(found: _Text) -> tuple[str, ...]:
    """The names that marked words are a part of: runs of words with a capital.

    `Valery Gerasimov` where Gerasimov was looked for: it is for the reader to see who is meant.
    """
    names: dict[str, None] = {}
    for n, _ in found.marked:
        if not found.text[found.words[n].start].isupper():
            continue
        first, last = n, n
        while first > 0 and last - first < LONGEST_NAME and _goes_on(found, first - 1):
            first -= 1
        while last + 1 < len(found.words) and last - first < LONGEST_NAME and _goes_on(found, last):
            last += 1
        if last > first:
            names[found.text[found.words[first].start : found.words[last].end]] = None
    return tuple(names)


def _goes_on(found: _Text, n: int) -> bool:
    """Whether a word and the next are both of one name."""
    one, next_ = found.words[n], found.words[n + 1]
    between = found.text[one.end : next_.start]
    return (
        between in (" ", "-", "\u00a0", ". ")
        and (between != ". " or one.end - one.start == 1)
        and found.text[one.start].isupper()
        and found.text[next_.start].isupper()
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """What a passage stands in, and its texts: field, where it begins there, the text.

    `goes_on`: more of the field stands behind it.
    """

    title: str
    date: str
    texts: list[tuple[str, int, str]]
    segment: int | None = None
    start_ms: int | None = None
    goes_on: bool = False


def _claim(con: Connection, row: Row) -> _Given | None:
    found = con.execute(
        "SELECT text, claimant, context, date FROM claim WHERE id = ? AND version = ?",
        (row["id"], row["version"]),
    ).fetchone()
    if found is None:
        return None
    texts = [(field, 0, found[field]) for field in ("text", "claimant", "context")]
    return _Given(found["claimant"], found["date"], [*texts, ("id", 0, row["id"])])


def _statement(con: Connection, row: Row) -> _Given | None:
    field = row["field"] if row["field"] in ("text", "translation") else "title"
    found = con.execute(
        f"SELECT title, date, substr({field}, ? + 1, ?) AS text, length({field}) AS size"
        " FROM statement WHERE id = ? AND version = ?",
        (row["at"], row["end"] - row["at"], row["id"], row["version"]),
    ).fetchone()
    if found is None:
        return None
    title, date = found["title"], found["date"]
    if field == "title":
        return _Given(title, date, _titles(title, row))
    texts = [(field, row["at"], found["text"])]
    return _Given(title, date, texts, goes_on=row["end"] < found["size"])


def _recording(con: Connection, row: Row) -> _Given | None:
    found = con.execute(
        "SELECT title, coalesce(nullif(released, ''), date) AS date FROM recording"
        " WHERE id = ? AND version = ?",
        (row["id"], row["version"]),
    ).fetchone()
    if found is None:
        return None
    title, date = found["title"], found["date"]
    if row["field"] == "title":
        return _Given(title, date, _titles(title, row))
    segment = con.execute(
        "SELECT n, start_ms, text, translation FROM segment"
        " WHERE recording = ? AND version = ? AND n = ?",
        (row["id"], row["version"], row["at"]),
    ).fetchone()
    if segment is None:
        return None
    field = "translation" if row["field"] == "translation" else "text"
    return _Given(title, date, [(field, 0, segment[field])], segment["n"], segment["start_ms"])


def _titles(title: str, row: Row) -> list[tuple[str, int, str]]:
    return [("title", 0, title), ("id", 0, row["id"])]


def _note(con: Connection, row: Row) -> _Given | None:
    found = con.execute(
        "SELECT text FROM note WHERE claim = ? AND author = ?",
        (row["id"], bytes.fromhex(row["field"])),
    ).fetchone()
    return _Given("", "", [("note", 0, found["text"])]) if found else None


READERS = {"claim": _claim, "statement": _statement, "recording": _recording, "note": _note}
