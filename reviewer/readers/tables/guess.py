"""What the columns of a table without headings are, by what stands in them."""

import re
from collections.abc import Callable, Sequence

from reviewer.readers.tables.columns import Columns, Sample
from reviewer.readers.tables.names import LIAR, ROLES, VERDICTS, WEAK, bare
from reviewer.readers.tables.values import date_of, is_nothing, ms_of

SLUGS = re.compile(r"[\w.-]+(?:,[\w.-]+)*")
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*%?")
NAME = re.compile(r"[^\W\d][\w ()/*.:-]{0,39}")
KNOWN = frozenset(name for names in ROLES.values() for name in names) - WEAK
HEADING = 80
LONGEST_NAME = 5
"""So many words the name of a column has."""


def headed(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table holds the names of its columns."""
    names = [name.strip() for name in first]
    said = [name for name in names if name]
    if not said or any(_is_value(name) for name in said):
        return False
    if len(set(names)) < len(names):
        return well_known(names)
    if any(bare(name) in KNOWN or _ends_known(name) for name in said):
        return True
    if all(NAME.fullmatch(name) for name in said) and not any(
        name == row[at] for at, name in enumerate(names) for row in others if at < len(row) and name
    ):
        return True
    return any(
        all(_is_value(row[at]) or is_nothing(row[at]) for row in others if at < len(row))
        for at in range(len(names))
    ) and bool(others)


def well_known(names: Sequence[str]) -> bool:
    """Whether two names at least are those of columns as a whole."""
    return sum(bare(name) in KNOWN for name in names) >= 2


def guessed(rows: Sequence[Sequence[str]], width: int) -> Columns | None:
    """The columns of a table without headings, or None where they do not say what they are."""
    names = [f"column {n + 1}" for n in range(width)]
    sample = Sample(names, rows, headed=False)
    if _is_liar(sample):
        return _liar()
    if _is_debate(sample):
        roles = {"line": 0, "speaker": 1, "speech": 2, "number": 3, "claim": 4, "rating": 5}
        return Columns(sample.names, "debate", roles, headed=False)
    columns = [sample.column(at) for at in range(width)]
    text = max(range(width), key=lambda at: _wordiness(columns[at]))
    if _wordiness(columns[text]) < 12:
        return None
    times = [at for at in range(width) if at != text and _share(columns[at], _is_time) > 0.9]
    before = text - 1 if text and _is_label(columns[text - 1]) else None
    if len(times) >= 2 or (before is not None and text > 1 and sample.counts(0)):
        return _talk(sample, text, times, before)
    return _claims(sample, columns, text)


def _is_value(cell: str) -> bool:
    cell = cell.strip()
    return (
        len(cell) > HEADING
        or NUMBER.fullmatch(cell) is not None
        or cell.startswith(("http://", "https://"))
        or bool(date_of(cell, "day"))
    )


def _ends_known(name: str) -> bool:
    """`claim_en`, `tweet text`: a known name with another beside it; no whole sentence."""
    parts = [part for part in re.split(r"[\W_]+", name) if part]
    return len(parts) <= LONGEST_NAME and any(bare(part) in KNOWN for part in parts)


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _wordiness(cells: Sequence[str]) -> float:
    """How long the texts of a column are, on the average, where they are several words."""
    return sum(len(cell) for cell in cells if " " in cell.strip()) / len(cells) if cells else 0.0


def _is_time(cell: str) -> bool:
    return "." in cell + ":" and ms_of(cell) is not None


def _is_verdict(cell: str) -> bool:
    return bare(cell) in VERDICTS


def _is_label(cells: Sequence[str]) -> bool:
    """Whether a column could be speakers: short words that come again, no numbers."""
    if not cells or any(len(cell) > HEADING or NUMBER.fullmatch(cell) for cell in cells):
        return False
    return len(set(cells)) * 2 <= max(len(cells), 3)


def _is_liar(sample: Sample) -> bool:
    return (
        len(sample.names) == len(LIAR)
        and all(cell.endswith(".json") for cell in sample.column(0))
        and _share(sample.column(1), _is_verdict) > 0.9
    )


def _liar() -> Columns:
    roles = {"claim": 2, "id": 0, "rating": 1, "claimant": 4, "tags": 3}
    rest = tuple(at for at in range(len(LIAR)) if at not in roles.values())
    return Columns(tuple(LIAR), "claims", roles, rest, headed=False)


def _is_debate(sample: Sample) -> bool:
    """CheckThat! 2018, task 2: line, speaker, sentence, claim number, claim, verdict."""
    pairs = [(row[3], row[5]) for row in sample.rows if len(row) == 6]
    return (
        bool(pairs)
        and len(sample.names) == 6
        and sample.counts(0)
        and all(
            verdict == "-" if number == "N/A" else number.isdecimal() for number, verdict in pairs
        )
    )


def _talk(sample: Sample, text: int, times: Sequence[int], before: int | None) -> Columns:
    roles = {"speech": text}
    roles |= dict(zip(("start", "end"), times, strict=False))
    if before is not None and before not in roles.values():
        roles["speaker"] = before
    left = tuple(at for at in range(len(sample.names)) if at not in roles.values())
    return Columns(sample.names, "talk", roles, (), left, headed=False)


def _claims(sample: Sample, columns: Sequence[Sequence[str]], text: int) -> Columns | None:
    """Claims with verdicts; where no column holds verdicts, nothing is sure."""
    width = range(len(columns))
    rating = next((at for at in width if _share(columns[at], _is_verdict) > 0.8), None)
    if rating is None:
        return None
    roles = {"claim": text, "rating": rating}
    for at in width:
        cells, rows = columns[at], len(sample.rows)
        if at in roles.values() or not cells:
            continue
        unique = len(cells) == rows and len(set(cells)) == rows
        if "id" not in roles and unique and not any(" " in cell for cell in cells):
            roles["id"] = at
        elif "date" not in roles and all(date_of(cell, "day") for cell in cells):
            roles["date"] = at
        elif "url" not in roles and all(cell.startswith("http") for cell in cells):
            roles["url"] = at
        elif "tags" not in roles and _is_list(cells):
            roles["tags"] = at
    rest = tuple(at for at in width if at not in roles.values())[:12]
    left = tuple(at for at in width if at not in roles.values() and at not in rest)
    return Columns(sample.names, "claims", roles, rest, left, headed=False)


def _is_list(cells: Sequence[str]) -> bool:
    return all(SLUGS.fullmatch(cell) for cell in cells) and any("," in cell for cell in cells)
