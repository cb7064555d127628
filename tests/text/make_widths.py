"""Write `reviewer/text/_widths.py` from the width table of the installed rich.

From the root of the repository: python tests/text/make_widths.py
A test compares the file with what this makes, so a rich with other widths is noticed.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from rich._unicode_data import load
from rich.cells import get_character_cell_size

TARGET = Path(__file__).resolve().parents[2] / "reviewer" / "text" / "_widths.py"

HEAD = '''"""The width in terminal cells of every code point. Generated: do not edit.

`tests/text/make_widths.py` makes it from the width table of rich (MIT licence), with
which Textual measures what it paints; rich has it from wcwidth (MIT licence) and the
Unicode {version} data files. It is a copy because importing rich takes too long before
the first paint, and `unicodedata` knows another Unicode in every Python.
"""

'''


def widths_module() -> str:
    """Give the source of the module, by asking rich about every code point."""
    starts: list[int] = []
    widths: list[int] = []
    for code_point in range(0x110000):
        width = get_character_cell_size(chr(code_point), "latest")
        if not widths or widths[-1] != width:
            starts.append(code_point)
            widths.append(width)
    table = load("latest")
    return (
        HEAD.format(version=table.unicode_version)
        + "# fmt: off\n# Runs of code points of one width: where each starts, and its width.\n"
        + "STARTS = (\n"
        + fill(", ".join(map(str, starts)))
        + ",\n)\n"
        + "WIDTHS = (\n"
        + quoted("".join(map(str, widths)))
        + "\n)\n\n"
        + "# One cell wide, but two when U+FE0F follows.\n"
        + "WIDENED = frozenset(\n"
        + quoted("".join(f"\\U{ord(char):08x}" for char in sorted(table.narrow_to_wide)))
        + "\n)\n"
    )


def fill(numbers: str) -> str:
    """Break a long list of numbers into indented lines."""
    return textwrap.fill(numbers, 84, initial_indent="    ", subsequent_indent="    ")


def quoted(text: str) -> str:
    """Break a long text, which may hold escapes of ten characters, into literals."""
    lines = [text[start : start + 80] for start in range(0, len(text), 80)]
    return "\n".join(f'    "{line}"' for line in lines)


if __name__ == "__main__":
    TARGET.write_text(widths_module(), encoding="utf-8")
