"""The tables by kind that a case is exported as, back into a case.

What readers made of it (verdicts, notes, their own excerpts) is passed over, as always. A
table of recordings is read together with the table of segments that lies beside it.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from reviewer.model.errors import UnreadableError
from reviewer.model.records import (
    ClaimRecord,
    ExcerptRecord,
    RatingRecord,
    Record,
    RecordingRecord,
    SourceRecord,
    StatementRecord,
)
from reviewer.model.tables import ABOUT, COLUMNS
from reviewer.readers.format import Format
from reviewer.readers.given import Given
from reviewer.readers.row import Row, bundle
from reviewer.readers.wishes import Wishes
from reviewer.text.sheets import original, unlisted

HEADERS = {",".join((*ABOUT, *names)): kind for kind, names in COLUMNS.items()}
OF_READERS = ("verdicts", "notes", "findings")
SHEET = "case,exercise,claim,text,claimant,date,priority,state,tags,parent,verdict,"
"""How the sheet of claims and verdicts begins, that `--format csv` alone makes."""
NOT_EVIDENCE = (*ABOUT, "version", "state")
LONGEST_CELL = 16 * 1024 * 1024

Cells = dict[str, str]


def recognises(given: Given) -> bool:
    """Whether a file is one of these tables, or the sheet that looks like one."""
    return _kind(given) is not None or is_sheet(given)


def is_sheet(given: Given) -> bool:
    """Whether a file is the sheet of claims and verdicts, which is for reading only.

    It has neither the contexts of its claims nor what they refer to: read as claims it would
    make poorer versions of those in the case that it came from.
    """
    return _first_line(given).startswith(SHEET)


def read(given: Given) -> Iterator[Row]:
    """The records of a table.

    Raises:
        UnreadableError: it is none of ours, only for reading, or its quotes do not close.
    """
    if is_sheet(given):
        raise UnreadableError(
            "a sheet of claims and verdicts that a case was exported as, for reading: it has"
            " neither contexts nor texts, and would make poorer claims; export the case with"
            " --table all (a folder of tables) or with --format jsonl, and import that."
        )
    kind = _kind(given)
    if kind is None:
        raise UnreadableError("not a table that a case was exported as.")
    segments = _segments_beside(given) if kind == "recordings" else {}
    for n, cells in _rows(given):
        place = f"line {n}"
        if kind in OF_READERS or kind == "segments" or cells.get("reader"):
            yield Row(place, list(cells.values()), passed_over=True)
        elif kind == "recordings" and cells["id"] not in segments:
            yield Row(place, list(cells.values()), reason="segments.csv beside it holds none of it")
        else:
            model, made = MADE[kind]
            yield bundle(place, list(cells.values()), (model, made(cells, segments)))


FORMAT = Format("case-table", "a table that a case was exported as", recognises, read)


def _kind(given: Given) -> str | None:
    return HEADERS.get(_first_line(given))


def _first_line(given: Given) -> str:
    return given.head_text.removeprefix("\ufeff").partition("\n")[0].rstrip("\r")


def _rows(given: Given) -> Iterator[tuple[int, Cells]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(_with_ends(given), strict=True)
    try:
        header = next(reader)
        begins = reader.line_num + 1
        for row in reader:
            if len(row) != len(header):
                raise UnreadableError(f"line {begins}: {len(row)} cells, not {len(header)}.")
            yield begins, dict(zip(header, map(original, row), strict=True))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableError(f"line {reader.line_num}: {error}.") from error


def _with_ends(given: Given) -> Iterator[str]:
    # As they stand: a line break within a cell is a part of it.
    rest = ""
    for piece in given.text_pieces():
        *lines, rest = (rest + piece).split("\n")
        yield from (f"{line}\n" for line in lines)
    if rest:
        yield rest


def _segments_beside(given: Given) -> dict[str, list[Cells]]:
    path: Path = given.path.with_name("segments.csv")
    found: dict[str, list[Cells]] = {}
    if path.is_file():
        with Given.open(path, Wishes()) as other:
            if _kind(other) == "segments":
                for _, cells in _rows(other):
                    found.setdefault(cells["recording"], []).append(cells)
    return found


def _evidence(cells: Cells) -> dict[str, object]:
    return {name: cell for name, cell in cells.items() if name not in NOT_EVIDENCE}


def _plain(cells: Cells, _segments: dict[str, list[Cells]]) -> dict[str, object]:
    return _evidence(cells)


def _claim(cells: Cells, _segments: dict[str, list[Cells]]) -> dict[str, object]:
    lists = {name: unlisted(cells[name]) for name in ("tags", "statements", "recordings")}
    priority = cells["priority"]
    whole = int(priority) if priority.isascii() and priority.isdigit() else priority
    return {**_evidence(cells), **lists, "priority": whole}


def _excerpt(cells: Cells, _segments: dict[str, list[Cells]]) -> dict[str, object]:
    left_out = ("start", "end", "start_time", "end_time", "reader", "orphan")
    return {name: cell for name, cell in _evidence(cells).items() if name not in left_out}


def _recording(cells: Cells, segments: dict[str, list[Cells]]) -> dict[str, object]:
    try:
        speakers = json.loads(cells["speakers"] or "[]")
    except (ValueError, RecursionError):
        speakers = cells["speakers"]
    of_it: Iterable[Cells] = sorted(segments[cells["id"]], key=lambda s: int(s["n"] or 0))
    return {**_evidence(cells), "speakers": speakers, "segments": [_segment(s) for s in of_it]}


def _segment(cells: Cells) -> dict[str, object]:
    words: dict[str, object] = {
        name: cells[name] for name in ("speaker", "text", "translation", "note")
    }
    return words | {name: cells[name] for name in ("start", "end") if cells[name]}


MADE: dict[
    str, tuple[type[Record], Callable[[Cells, dict[str, list[Cells]]], dict[str, object]]]
] = {
    "claims": (ClaimRecord, _claim),
    "excerpts": (ExcerptRecord, _excerpt),
    "statements": (StatementRecord, _plain),
    "recordings": (RecordingRecord, _recording),
    "sources": (SourceRecord, _plain),
    "ratings": (RatingRecord, _plain),
}
