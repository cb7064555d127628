"""A side file of ours, mended: which file its rows are from."""

import csv
import json
from pathlib import PurePath

from reviewer.readers.given import SIDE, Given
from reviewer.readers.row import ADDED

FILE = ADDED[0]


def name_of(given: Given) -> str:
    """The name of a file, or of the one that the rows of a side file are from."""
    path = given.path
    if not SIDE.search(path.stem):
        return path.name
    said = _of_json(given.head_text) or _of_table(given.head_text.removeprefix("\ufeff"))
    return PurePath(said).name if said else SIDE.sub("", path.stem) + path.suffix


def _of_json(text: str) -> str:
    """What the first object of JSON Lines says."""
    try:
        first = json.loads(text.partition("\n")[0])
    except (ValueError, RecursionError):
        return ""
    said = first.get(FILE) if isinstance(first, dict) else None
    return said if isinstance(said, str) else ""


def _of_table(text: str) -> str:
    """What the first row of a table says, whatever a spreadsheet separated its cells with."""
    head = text.partition("\n")[0].replace('"', "")
    mark = head.removeprefix(FILE)[:1] if head.startswith(FILE) else ""
    if mark not in {",", ";", "\t"}:
        return ""
    rows = csv.reader(text.splitlines(), delimiter=mark)
    try:
        return dict(zip(next(rows), next(rows), strict=False)).get(FILE, "")
    except (csv.Error, StopIteration):
        return ""
