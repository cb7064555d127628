"""Rows of the search's index as the passages that a suggestion offers, with their neighbours."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reviewer.casefile import evidence
from reviewer.casefile.engine import Connection, DamagedError, Row
from reviewer.model.evidence import Claim, Held
from reviewer.model.likely import Passage, Whose, around
from reviewer.text.cells import is_boundary
from reviewer.text.sentences import Span, sentences

LONGEST = 400
"""A passage is at most so many code points: what has no sentences is cut between words."""
MARGIN = 600
"""Code points read on both sides of a piece, so that its sentences are whole."""
WHOLE = 300
"""A segment of so many code points is one passage, a longer one its sentences."""
BESIDE_TEXTS = 12
BESIDE_SIZE = 20_000
BESIDE_SEGMENTS = 400
NEWEST = {
    kind: f"SELECT max(version) FROM {kind} WHERE id = ?"
    for kind in ("claim", "statement", "recording")
}


@dataclass(frozen=True, slots=True)
class Read:
    """A passage as it was read. `own`: it was asked for, and is not only the neighbour of one."""

    kind: Whose
    id: str
    version: int
    field: str
    segment: int
    start: int
    text: str
    before: str = ""
    behind: str = ""
    own: bool = True
    beside: bool = False

    @property
    def place(self) -> tuple[bool, str, str, int, int, str]:
        """What settles which of two equals stands first: beside the claim, then its place."""
        return (not self.beside, self.kind, self.id, self.segment, self.start, self.field)


Run = list[Read]


def is_current(con: Connection, row: Row) -> bool:
    """Whether a row is of a text, not a title or a note, and of the version that stands now."""
    if row["kind"] not in NEWEST or row["field"] not in ("", "text", "translation"):
        return False
    (newest,) = con.execute(NEWEST[row["kind"]], (row["id"],)).fetchone()
    return bool(newest == row["version"])


def runs(con: Connection, rows: Sequence[Row]) -> list[Run]:
    """The passages of rows of the index; those of a run stand one behind the other."""
    found: list[Run] = []
    segments: dict[tuple[str, int], set[int]] = {}
    for row in rows:
        if row["kind"] == "statement" and row["field"] in ("text", "translation"):
            found.append(_of_statement(con, row))
        elif row["kind"] == "recording" and row["field"] in ("text", "translation"):
            segments.setdefault((row["id"], row["version"]), set()).add(row["at"])
        elif row["kind"] == "claim":
            found.append(_of_claim(con, row))
    for (id_, version), wanted in segments.items():
        found += _of_recording(con, id_, version, wanted)
    return [run for run in found if run]


def beside(con: Connection, claim: Claim) -> list[Run]:
    """The passages of the texts that stand beside a claim, as far as they are short."""
    found: list[Run] = []
    for id_ in evidence.shown_with(con, claim)[:BESIDE_TEXTS]:
        row = con.execute(
            "SELECT id, version, substr(text, 1, :most) AS text, length(text) AS size"
            " FROM statement WHERE id = :id ORDER BY version DESC LIMIT 1",
            {"id": id_, "most": BESIDE_SIZE},
        ).fetchone()
        if row is not None:
            found.append(_cut("statement", row, "text", row["text"], 0))
            continue
        row = con.execute(
            "SELECT id, version FROM recording WHERE id = ? ORDER BY version DESC LIMIT 1", (id_,)
        ).fetchone()
        if row is not None:
            found += _of_recording(con, id_, row["version"], set(range(BESIDE_SEGMENTS)))
    return [[replace(one, beside=True) for one in run] for run in found if run]


def distinct(found: Sequence[Run]) -> list[Run]:
    """The same without what was read already, as long as its neighbours stay beside it."""
    seen: set[tuple[str, str, str, int, int]] = set()
    left: list[Run] = []
    for run in found:
        part: Run = []
        for one in run:
            key = (one.kind, one.id, one.field, one.segment, one.start)
            if key in seen:
                left.append(part)
                part = []
            else:
                seen.add(key)
                part.append(one)
        left.append(part)
    return [run for run in left if run]


def best_of_each(order: Iterable[Read]) -> list[Passage]:
    """Of original and translation of a segment the one that comes first; the rest as they are.

    What surrounds and heads them is read when they are shown (`whole`).
    """
    found: list[Passage] = []
    taken: dict[tuple[str, int], str] = {}
    for one in order:
        if one.segment >= 0 and taken.setdefault((one.id, one.segment), one.field) != one.field:
            continue
        found.append(
            Passage(
                kind=one.kind,
                id=one.id,
                title="",
                date="",
                held=Held.VERBATIM,
                field=one.field,
                start=one.start,
                end=one.start + len(one.text),
                text=one.text,
                before=one.before,
                behind=one.behind,
                segment=one.segment if one.segment >= 0 else None,
            )
        )
    return found


def whole(con: Connection, one: Passage) -> Passage:
    """A passage with what its list says of it: title, date, how it is held, time, speaker."""
    date = "coalesce(nullif(released, ''), date)" if one.kind == "recording" else "date"
    head = con.execute(
        f"SELECT title, {date} AS date, held, version FROM {one.kind} WHERE id = ?"
        " ORDER BY version DESC LIMIT 1",
        (one.id,),
    ).fetchone()
    try:
        held = Held(head["held"])
    except ValueError as error:
        raise DamagedError(str(error)) from error
    told = replace(one, title=head["title"], date=head["date"], held=held)
    if one.segment is None:
        return told
    said = con.execute(
        "SELECT start_ms, speaker FROM segment WHERE recording = ? AND version = ? AND n = ?",
        (one.id, head["version"], one.segment),
    ).fetchone()
    return replace(told, start_ms=said["start_ms"], speaker=said["speaker"])


def _of_claim(con: Connection, row: Row) -> Run:
    found = con.execute(
        "SELECT text FROM claim WHERE id = ? AND version = ?", (row["id"], row["version"])
    ).fetchone()
    if found is None:
        return []
    return [Read("claim", row["id"], row["version"], "text", -1, 0, found["text"])]


def _of_statement(con: Connection, row: Row) -> Run:
    """The sentences that begin in a piece of a statement."""
    field = "translation" if row["field"] == "translation" else "text"
    begin = max(0, row["at"] - MARGIN)
    found = con.execute(
        f"SELECT substr({field}, ? + 1, ?) AS text FROM statement WHERE id = ? AND version = ?",
        (begin, row["end"] + MARGIN - begin, row["id"], row["version"]),
    ).fetchone()
    if found is None:
        return []
    run = _cut("statement", row, field, found["text"], begin)
    # The first sentence of a window that begins inside the text began before it.
    return [
        one for one in run[begin > 0 :] if row["at"] <= one.start < max(row["end"], row["at"] + 1)
    ]


def _cut(kind: Whose, row: Row, field: str, text: str, begin: int) -> Run:
    found = []
    for start, end in pieces(text):
        before, behind = around(text, start, end)
        found.append(
            Read(kind, row["id"], row["version"], field, -1, begin + start, text[start:end],
                 before, behind)
        )  # fmt: skip
    return found


def _of_recording(con: Connection, id_: str, version: int, wanted: set[int]) -> Iterator[Run]:
    """Runs of segments, one for the original and one for the translation, with neighbours."""
    numbers = sorted({n + step for n in wanted for step in (-1, 0, 1)})
    for first, last in _stretches(numbers):
        rows = con.execute(
            "SELECT n, text, translation FROM segment"
            " WHERE recording = ? AND version = ? AND n BETWEEN ? AND ? ORDER BY n",
            (id_, version, first, last),
        ).fetchall()
        for field in ("text", "translation"):
            yield [
                Read("recording", id_, version, field, row["n"], start, row[field][start:end],
                     *around(row[field], start, end), own=row["n"] in wanted)
                for row in rows
                for start, end in _of_segment(row[field], field)
            ]  # fmt: skip


def _of_segment(text: str, field: str) -> list[Span]:
    # Original words are linked for a translation's: those of the whole segment.
    if len(text) <= WHOLE or field == "translation":
        start = len(text) - len(text.lstrip())
        return [(start, len(text.rstrip()))] if text.strip() else []
    return pieces(text)


def _stretches(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers in order as stretches without a gap."""
    if not numbers:
        return
    first = numbers[0]
    for one, next_ in pairwise(numbers):
        if next_ > one + 1:
            yield first, one
            first = next_
    yield first, numbers[-1]


def pieces(text: str) -> list[Span]:
    """The sentences of a text, the very long ones cut between words."""
    found: list[Span] = []
    for start, end in sentences(text):
        at = start
        while end - at > LONGEST:
            gap = text.rfind(" ", at + LONGEST // 2, at + LONGEST)
            cut = gap if gap > 0 else _boundary(text, at + LONGEST)
            found.append((at, len(text[:cut].rstrip())))
            at = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
        found.append((at, end))
    return found


def _boundary(text: str, at: int) -> int:
    while not is_boundary(text, at):
        at += 1
    return at
