"""Long texts: read like any other, and what is not looked at costs next to nothing.

What each key takes on a call of 100,000 segments is measured in tests/bench/long.py.
"""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviewer.desk.blocks import GUTTER, Block, Lines
from reviewer.text.cells import cell_width
from reviewer.text.display import shown
from reviewer.text.wrap import wrap
from tests.casefile.making import claim, recording, source, statement
from tests.desk.cases import made_of
from tests.desk.reader import Reader, at_desk

SEGMENTS = 4_000
ON_SCREENS = 400
"""More segments than these stories ever show."""


def long_case(folder: Path) -> Path:
    """A long call between a short one and a long statement in a single line."""
    segments = [
        {"text": f"Segment {n} of a call that goes on for hours and hours, said the voice {n}.",
         "start": f"{n}.000", "end": f"{n}.900", "speaker": "AB"[n % 2]}
        for n in range(SEGMENTS)
    ]  # fmt: skip
    line = " ".join(f"Sentence {n} of a line that has no end." for n in range(5_000))
    return made_of(
        folder / "long.case", source(),
        recording("short"), recording("long", segments=segments), statement("line", line),
        claim("c-1", recordings=["short"], statements=[]),
        claim("c-2", recordings=["long"], statements=[]),
        claim("c-3", recordings=[], statements=["line"]),
    )  # fmt: skip


def looked_at(reader: Reader) -> int:
    """Of how many blocks of the call it was worked out how they are shown."""
    return sum(block._shown is not None for block in reader.desk.recording.document.blocks)


def top(reader: Reader, pane: str) -> str:
    """The line on top of a pane."""
    return reader.pane(pane)[1]


async def test_a_long_call_is_read_searched_and_left_where_it_was(tmp_path: Path) -> None:
    async with at_desk(long_case(tmp_path)) as reader:
        await reader.press("j")
        reader.is_on("c-2")
        assert "Segment 0 of a call" in top(reader, "recording")
        await reader.press("space", "J")
        before = reader.desk.recording.top
        await reader.press("J", "K")
        assert reader.desk.recording.top == before
        await reader.press("/")
        await reader.write(f"the voice {SEGMENTS - 1}")
        reader.says("Hit 1 of 1")
        reader.sees(f"the voice {SEGMENTS - 1}.")
        await reader.press("esc", "space")
        reader.says("end of the call")
        assert looked_at(reader) < ON_SCREENS


@pytest.mark.parametrize(("key", "pane"), [("j", "recording"), ("jj", "statement")])
async def test_another_width_keeps_the_line_on_top(tmp_path: Path, key: str, pane: str) -> None:
    async with at_desk(long_case(tmp_path)) as reader:
        await reader.press(*key, *["space"] * 30)
        before = top(reader, pane)
        numbered = next(word for word in before.split() if word.strip(".").isdigit())
        for size in ((97, 30), (120, 40), (70, 24), (61, 20), (200, 60)):
            await reader.resize(*size)
            on_top = " ".join(reader.pane(pane)[1:3]).split()
            assert numbered in on_top, reader.picture(f"{numbered} is not on top at {size}")
        await reader.resize(80, 24)
        assert top(reader, pane) == before


async def test_letters_typed_on_find_what_the_whole_words_find(tmp_path: Path) -> None:
    async with at_desk(long_case(tmp_path)) as reader:
        await reader.press("j", "/")
        for typed, hits in (
            ("segment 39", "111 hits"), ("9", "11 hits"), ("8", "1 hit"),
            ("x", "does not stand"), ("backspace", "1 hit"), ("backspace", "11 hits"),
        ):  # fmt: skip
            await (
                reader.press(typed)
                if len(typed) > 10 or typed == "backspace"
                else reader.type(typed)
            )
            reader.says(hits)


TEXT = st.text(st.sampled_from("ab я死\u0301\u200d\t\r\n\x1b\xa0🔥"), max_size=60)


@given(
    st.lists(st.tuples(TEXT, st.sampled_from(["", "00:01 A  "])), max_size=8), st.integers(1, 40)
)
@example([("a" * 8, "")], 10)
def test_lines_are_those_of_the_whole_text_wrapped_at_once(
    blocks: list[tuple[str, str]], width: int
) -> None:
    made = [Block(text, 0, "text", prefix, indent=cell_width(prefix)) for text, prefix in blocks]
    expected = [
        (n, start, end)
        for n, (text, prefix) in enumerate(blocks)
        for start, end in wrap(shown(text).text, max(8, width - GUTTER - len(prefix)))
    ]
    lines = Lines(made, width)
    assert [(line.block, line.start, line.end) for line in lines] == expected
    assert len(lines) == len(expected)
    counts = [sum(n == block for block, _, _ in expected) for n in range(len(blocks))]
    assert list(lines.first) == [0, *accumulate(counts)]
    with pytest.raises(IndexError):
        lines[len(expected)]
