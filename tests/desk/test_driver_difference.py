"""What the driver makes of two pictures: the terminal shows the second, whatever they are.

pyte draws the parts of a joined emoji one behind the other, wider than rich measures them.
That is what terminals differ in, so they are tried, but not at the edge of the screen,
where what is too wide falls on the last column.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviewer.desk.driver.cells import Picture, is_frame
from reviewer.desk.driver.difference import Sent
from reviewer.desk.driver.passing import passes
from reviewer.desk.driver.scrolling import best_writing
from reviewer.desk.driver.styles import PLAIN, Style, change, restyled
from reviewer.text.cells import cell_width
from reviewer.text.display import is_safe
from tests.desk.emulated import GARBAGE, differing
from tests.margins import MarginScreen
from tests.screen import Screen

WIDTH, HEIGHT, EDGE = 16, 7, 6
SINGLE = [
    "a",
    "Z",
    "-",
    " ",
    "  ",
    "     ",
    "Ж",
    "ї",
    "ב",
    "שָׁ",
    "ب",
    "بٌ",
    "e\u0301",
    "и\u0306",
    "ก",
    "นี้",
    "…",
]
WIDE = ["死", "者", "한", "글", "Ａ", "😀", "🔥"]
DISPUTED = ["👩\u200d👧", "👍🏽", "🇺🇦", "❤\ufe0f", "कि", "க்"]
STYLES = [
    "",
    "1",
    "7",
    "1;7",
    "4",
    "3",
    "31",
    "1;32",
    "38;5;200",
    "48;2;1;2;3",
    "7;97;40",
    "2",
    "9",
]
HOSTILE = [
    "\x1b]52;c;UFdORUQ=\x07",
    "\x1b[2J",
    "\x1b[c",
    "\x9b31m",
    "\x07",
    "\u202e",
    "\x00",
    "\x1bP+q\x1b\\",
]

letters = st.sampled_from([*SINGLE, *WIDE, *DISPUTED])
runs = st.tuples(
    st.integers(0, HEIGHT - 1),
    st.integers(0, WIDTH - EDGE),
    st.sampled_from(STYLES),
    st.lists(letters, max_size=8).map("".join),
)
frames = st.lists(runs, max_size=12)
steps = st.sampled_from(["", "up", "up", "down", "middle"])


def frame(parts: list[tuple[int, int, str, str]]) -> str:
    """As Textual writes it."""
    return "\x1b[1;1H" + "".join(
        f"\x1b[{y + 1};{x + 1}H" + (f"\x1b[{style}m{text}\x1b[0m" if style else text)
        for y, x, style, text in parts
    )


def edged(picture: Picture) -> None:
    """Keep the edge free of what is disputed."""
    parts = [(y, picture.width - EDGE, "", "." * EDGE) for y in range(picture.height)]
    picture.read(frame(parts))


def moved(picture: Picture, step: str) -> None:
    """Move rows, as scrolling does."""
    rows = picture.rows
    if step == "up":
        rows.append(rows.pop(0))
    elif step == "down":
        rows.insert(0, rows.pop())
    elif step == "middle":
        rows.insert(1, rows.pop(-2))


def unknown(width: int, height: int) -> list[Sent]:
    """What is known of a terminal at first."""
    return [[None] * width for _ in range(height)]


def outright(picture: Picture) -> str:
    """Draw every cell at its place, with its style: what any writing must come to."""
    said = ["\x1b[?7l\x1b[m\x1b[2J"]
    for y, row in enumerate(picture.rows):
        for x, (text, style) in enumerate(row):
            if text:
                place = f"\x1b[{y + 1};{x + 1}H"
                bare = " " * cell_width(text)
                said.append(f"\x1b[m{change(PLAIN, style)}{place}{bare}{place}{text}")
    return "".join(said)


def sent(
    picture: Picture, shown: list[Sent], place: tuple[int, int], *, margins: bool = False
) -> tuple[str, tuple[int, int]]:
    """What is written for a picture; `shown` is then what the terminal shows."""
    rows = [y for y, row in enumerate(picture.rows) if row != shown[y]]
    pen = best_writing(picture.rows, shown, rows, (0, 0), place, margins=margins)
    shown[:] = [[*row] for row in picture.rows]
    return pen.text, (pen.x, pen.y)


@given(frames, frames, steps)
@example([(0, 0, "7", "死死死")], [(0, 1, "", "者者")], "")
@example([(0, 0, "", "死")], [(0, 1, "", "a")], "")
@example([(1, 0, "31", "abcdefg"), (2, 0, "", "hijklmn")], [], "up")
def test_any_two_pictures_one_after_the_other(
    first: list[tuple[int, int, str, str]], second: list[tuple[int, int, str, str]], step: str
) -> None:
    picture, shown = Picture(WIDTH, HEIGHT), unknown(WIDTH, HEIGHT)
    ours = Screen(WIDTH, HEIGHT)
    ours.feed(f"\x1b[?7l{GARBAGE}\x1b[m".encode())
    place = (-1, -1)
    for parts, how in ((first, ""), (second, step)):
        moved(picture, how)
        picture.read(frame(parts))
        edged(picture)
        text, place = sent(picture, shown, place)
        ours.feed(text.encode())
        plain = Screen(WIDTH, HEIGHT)
        plain.feed(outright(picture).encode())
        assert not differing(plain, ours), text
    assert sent(picture, shown, place)[0] == "", "nothing has changed"


@given(st.lists(st.lists(letters, max_size=20), max_size=HEIGHT), st.sampled_from(STYLES))
def test_a_frame_is_read_as_a_terminal_reads_it(rows: list[list[str]], style: str) -> None:
    agreed = [[letter for letter in row if letter not in DISPUTED] for row in rows]
    data = frame([(y, 0, style, "".join(row)) for y, row in enumerate(agreed)])
    picture = Picture(WIDTH * 3, HEIGHT)
    picture.read(data)
    raw, drawn = Screen(WIDTH * 3, HEIGHT), Screen(WIDTH * 3, HEIGHT)
    raw.feed(f"\x1b[?7l{data}".encode())
    drawn.feed(outright(picture).encode())
    assert not differing(raw, drawn)


@given(st.lists(st.one_of(letters, st.sampled_from(HOSTILE)), max_size=30).map("".join))
def test_a_cell_holds_nothing_that_can_act(text: str) -> None:
    picture = Picture(WIDTH, HEIGHT)
    picture.read(f"\x1b[1;1H{text}\x1b[3;3H\x1b[1m{text}")
    cells = {cell for row in picture.rows for cell, _ in row}
    assert all(is_safe(cell) and "\n" not in cell for cell in cells)
    written, _ = sent(picture, unknown(WIDTH, HEIGHT), (-1, -1))
    left = re.sub(r"\x1b\[[\d;]*[ABCDHJKXmr]|\x1b[DM]|[\r\n\b]", "", written)
    assert is_safe(left)
    for row in picture.rows:
        for x, (cell, _) in enumerate(row):
            assert (cell == "") == (x > 0 and cell_width(row[x - 1][0]) == 2)


styles = st.builds(
    Style,
    st.sets(st.sampled_from([1, 2, 3, 4, 7, 9, 21, 53])).map(lambda codes: tuple(sorted(codes))),
    st.sampled_from(["", "31", "97", "38;5;9", "38;2;1;2;3"]),
    st.sampled_from(["", "44", "107", "48;5;9"]),
)


@given(styles, styles)
def test_a_change_of_style_arrives_at_the_other(old: Style, new: Style) -> None:
    sequence = change(old, new)
    assert (sequence == "") == (old == new)
    assert restyled(old, sequence[2:-1]) == new if sequence else True
    alone = ";".join([*map(str, new.attributes), *filter(None, new[1:])])
    assert len(sequence) <= len(f"\x1b[;{alone}m")


@pytest.mark.parametrize("parameters", ["38", "38;2;1", "48;5", "38;7;1", "999", "38;;1"])
def test_a_style_that_is_cut_or_unknown_is_left_out(parameters: str) -> None:
    assert restyled(PLAIN, parameters) == PLAIN


def test_a_moved_block_is_moved_by_the_terminal() -> None:
    width = 80
    picture, shown = Picture(width, 24), unknown(width, 24)
    lines = [" ".join(f"{(n + 3) ** k % 9973:x}" for k in range(5, 25)) for n in range(30)]
    texts = []
    for top in (0, 1, 0):
        picture.read(frame([(y + 3, 0, "", lines[top + y][:width]) for y in range(18)]))
        text, _ = sent(picture, shown, (-1, -1))
        texts.append(text)
    assert "\x1b[4;21r" in texts[1]
    assert "\x1bM" in texts[2]
    assert len(texts[0]) > 1200
    assert max(map(len, texts[1:])) < 120


PROSE = st.lists(
    st.sampled_from([*"abcdefghiklmnoprstuv", " ", "Ж", "死", "🔥", "👍🏽"]), max_size=60
)
parts = st.tuples(st.integers(0, 30), st.integers(2, 50), st.integers(0, 8), st.integers(2, 11))


@given(st.lists(PROSE, min_size=12, max_size=12), parts, st.integers(-3, 3), frames)
def test_any_part_that_has_moved(
    lines: list[list[str]],
    part: tuple[int, int, int, int],
    by: int,
    more: list[tuple[int, int, str, str]],
) -> None:
    picture, shown = Picture(60, 12), unknown(60, 12)
    edge, ours = [(y, 54, "", "." * 6) for y in range(12)], MarginScreen(60, 12)
    ours.feed(b"\x1b[?7l")
    place = (-1, -1)
    picture.read(frame([(y, 0, "1" * (y % 3), "".join(line)) for y, line in enumerate(lines)]))
    picture.read(frame(edge))
    left, width, top, height = part
    for step in range(3):
        if step == 1:
            rows = [row[left : left + width] for row in picture.rows]
            for y in range(top, min(12, top + height)):
                texts = "".join(text for text, _ in rows[(y + by) % 12])
                picture.read(frame([(y, left, "4" * (y % 2), texts)]))
            picture.read(frame(edge))
        elif step == 2:
            picture.read(frame([*more, *edge]))
        text, place = sent(picture, shown, place, margins=True)
        ours.feed(text.encode())
        plain = Screen(60, 12)
        plain.feed(outright(picture).encode())
        assert not differing(plain, ours), text
        assert not ours.not_drawn


WORDS = [" ".join(f"{(n + 3) ** k % 9973:x}" for k in range(5, 25)) for n in range(30)]


@pytest.mark.parametrize(
    ("columns", "letter", "moves"),
    [((0, 40), "", 1), ((40, 80), "", 1), ((20, 60), "", 1), ((0, 80), "", 0),
     ((20, 60), "死", 0), ((20, 60), "👍🏽", 0)],
)  # fmt: skip
def test_a_part_is_moved_where_the_terminal_has_margins(
    columns: tuple[int, int], letter: str, moves: int
) -> None:
    left, right = columns
    for margins in True, False:
        picture, shown, screen = Picture(80, 24), unknown(80, 24), MarginScreen(80, 24)
        texts = []
        for top in (0, 1, 0):
            for y in range(18):
                still, words = WORDS[29 - y], WORDS[top + y]
                words = still[:left] + words[left:right] + still[right:80]
                picture.read(frame([(y + 3, 0, "", words)]))
            # A letter over the left edge, or one that is not as wide on every terminal.
            picture.read(frame([(9, left - 1, "", letter)] if letter else []))
            text, _ = sent(picture, shown, (-1, -1), margins=margins)
            texts.append(text)
            screen.feed(text.encode())
            plain = Screen(80, 24)
            plain.feed(outright(picture).encode())
            assert not differing(plain, screen)
        assert screen.moved_parts == 2 * moves * margins
        assert not screen.not_drawn
        assert all(text.count("\x1b[?69h") == text.count("\x1b[?69l\x1b[r") for text in texts[1:])
        assert (max(map(len, texts[1:])) < 150) == (margins if moves else right - left == 80)


@pytest.mark.parametrize(
    "data",
    ["\x1b[?1049h", "\x1b[?25l", "\x1b[?2004h", "\x1b[?7l", "\x1b[>25u", "\x1b[<u", "\x1b[?2026$p",
     "\x1b]52;c;UFdORUQ=\x07", "\x1b[?1004l"],
)  # fmt: skip
def test_what_the_desk_needs_passes(data: str) -> None:
    assert passes(data)
    assert not is_frame(data)


@pytest.mark.parametrize(
    "data",
    ["", "text", "\x07", "\x1b[?1004h", "\x1b[?2048$p", "\x1b]0;title\x07", "\x1b]22;text\x07",
     "\x1b]52;c;?\x07", "\x1b]52;c;AAAA\x07\x1b[2J", "\x1b[?1049h\n", "\x1b[c", "\x1b[2J"],
)  # fmt: skip
def test_nothing_else_does(data: str) -> None:
    assert not passes(data)
    assert not is_frame(data)
