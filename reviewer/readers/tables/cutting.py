"""Lines cut into cells, a row of several lines joined, and no quote swallowing the rest.

The csv module does the cutting, one line at a time: a quote that is never closed would
otherwise take the whole of the file after it into one cell.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator

from reviewer.readers.given import LONGEST_LINE

Line = tuple[int, str]
Cut = tuple[int, list[str] | str, str]
"""The number of a row's first line, its cells or the text that could not be cut, and why not."""

PATIENCE = 20_000
"""So many lines a quoted cell may have; fewer after every quote that did not close."""
LEAST_PATIENCE = 200
MOST_CELLS = 200_000
UNCLOSED = "a quote in it is not closed, or stands alone where it should be doubled"

# A cell may be as long as a line; the module's own limit is 128 KiB, for the whole process.
csv.field_size_limit(LONGEST_LINE)


class Cutter:
    """The rows of a table.

    Args:
        lines: its lines with their numbers; those of blanks only are no rows.
        delimiter: what stands between cells.
        quoted: whether quotes enclose cells, doubled within (RFC 4180).
        escape: what may stand before a quote instead of doubling it, or nothing.
    """

    def __init__(
        self, lines: Iterable[Line], delimiter: str, quoted: bool, escape: str = ""
    ) -> None:
        self._lines = iter(lines)
        self._ahead: deque[Line] = deque()
        self._delimiter, self._quoted, self._escape = delimiter, quoted, escape
        self._patience = PATIENCE
        if quoted:
            form = {"delimiter": delimiter, "escapechar": escape or None}
            self._strict = csv.reader((), strict=True, **form).dialect  # type: ignore[arg-type]
            self._loose = csv.reader((), strict=False, **form).dialect  # type: ignore[arg-type]

    def rows(self, width: int = 0) -> Iterator[Cut]:
        """Each row; with a `width`, those of another number of cells are refused."""
        delimiter, plain, escape = self._delimiter, not self._quoted, self._escape
        for n, line in self._all():
            if len(line) > MOST_CELLS and line.count(delimiter) >= MOST_CELLS:
                yield n, line, f"more than {MOST_CELLS:,} cells"
            elif (plain or '"' not in line) and not (escape and escape in line):
                bare = line[:-1] if line[-1:] == "\r" else line
                cells = bare.split(delimiter)
                if len(cells) == width and bare:
                    yield n, cells, ""
                elif bare.strip():
                    yield _counted(n, cells, width)
            elif line.strip():
                yield self._row(n, line, width)

    def _all(self) -> Iterator[Line]:
        while True:
            while self._ahead:
                yield self._ahead.popleft()
            line = next(self._lines, None)
            if line is None:
                return
            yield line

    def _row(self, n: int, line: str, width: int) -> Cut:
        try:
            cells = next(csv.reader((line,), self._strict))
        except csv.Error as error:
            if "unexpected end" in str(error):
                return self._joined(n, line, width)
            return n, line, UNCLOSED
        return _counted(n, cells, width)

    def _joined(self, n: int, line: str, width: int) -> Cut:
        """A row whose last cell is open at the end of its first line."""
        cells = next(csv.reader((line,), self._loose))
        parts, taken, size = [cells.pop()], [], len(line)
        for number, text in self._all():
            taken.append((number, text))
            size += len(text)
            if len(taken) > self._patience or size > LONGEST_LINE:
                break
            if '"' not in text:
                parts.append(text)
                continue
            more, still = self._continued(text)
            if not more or (width and len(cells) + len(more) > width and still):
                break
            parts.append(more[0])
            if len(more) > 1 or not still:
                cells += ["\n".join(parts), *more[1:]]
                if not still:
                    return self._closed(n, line, cells, taken, width)
                parts = [cells.pop()]
        return self._gone_on(n, line, taken)

    def _continued(self, text: str) -> tuple[list[str], bool]:
        """What a line holds that begins within a cell, and whether it ends within one."""
        try:
            return next(csv.reader(('"' + text,), self._strict)), False
        except csv.Error as error:
            if "unexpected end" not in str(error):
                return [], False
            return next(csv.reader(('"' + text,), self._loose)), True

    def _closed(self, n: int, line: str, cells: list[str], taken: list[Line], width: int) -> Cut:
        if width and len(cells) != width and any(self._whole(text, width) for _, text in taken):
            # It took in rows that are good by themselves.
            return self._gone_on(n, line, taken)
        return _counted(n, cells, width)

    def _whole(self, text: str, width: int) -> bool:
        try:
            return len(next(csv.reader((text,), self._strict), ())) == width
        except csv.Error:
            return False

    def _gone_on(self, n: int, line: str, taken: list[Line]) -> Cut:
        """Refuse the first line alone; those after it are rows again."""
        self._patience = max(LEAST_PATIENCE, self._patience // 2)
        self._ahead.extendleft(reversed(taken))
        return n, line, UNCLOSED


def _counted(n: int, cells: list[str], width: int) -> Cut:
    """The row if it has as many cells as the table has columns; empty ones too many are none."""
    if not width or len(cells) == width:
        return n, cells, ""
    if len(cells) > width and not any(cells[width:]):
        return n, cells[:width], ""
    count = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
    return n, cells, f"{count} where the table has {width} columns"
