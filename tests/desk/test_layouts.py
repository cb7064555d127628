"""The layouts: what stands where at each size, in every script, and over a change of size."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rich.style import Style

from reviewer.service.session import Session
from reviewer.text.cells import cell_width
from tests.desk.cases import exercise, founding
from tests.desk.in_terminal import review
from tests.desk.reader import Reader, at_desk

SIZES = [(60, 18), (80, 24), (120, 40), (200, 60)]


def whole(reader: Reader, size: tuple[int, int]) -> None:
    """Every row is as wide as the screen, and everything stands on it once."""
    width, height = size
    strips = reader.strips
    assert len(strips) == height
    for row, strip in enumerate(strips):
        assert cell_width(strip.text) == strip.cell_length == width, reader.picture(f"row {row}")
    text = reader.text
    for once in (" undecided", "STATEMENT ", "CALL ", "note: ", "1 verified", " READ ", "? keys"):
        found = sum(line.count(once) for line in reader.screen if ": verdict" not in line)
        assert found == 1, reader.picture(f"{once!r} stands {found} times")
    assert text.count(">> ") <= 1
    claim, panes = reader.desk.painter.claim, reader.desk.painter.panes
    assert claim.region.bottom <= panes[0].region.y, "nothing lies over anything"


EVERY_KIND = ("x-01", "x-12", "x-15", "x-24", "x-31", "x-36", "x-54", "x-61", "x-67", "x-69")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("side", [False, True])
async def test_every_kind_of_claim_fits(tmp_path: Path, size: tuple[int, int], side: bool) -> None:
    async with at_desk(exercise(tmp_path), size=size) as reader:
        if side:
            await reader.press("w")
        for id_ in EVERY_KIND:
            reader.desk.show_claim(id_)
            await reader.rest()
            whole(reader, size)
            for name in ("statement", "recording"):
                title = reader.pane(name)[0]
                assert title.startswith((">> ", "-- ")), title


@pytest.mark.parametrize("size", SIZES[1:])
async def test_the_linked_words_are_marked_with_sign_and_style_in_both_panes(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with at_desk(founding(tmp_path), size=size) as reader:
        chosen = reader.style_of("Vitaly", "statement")
        linked = reader.style_of("tell the other", "recording")
        assert (chosen.reverse, chosen.bold) == (True, True)
        assert linked.underline
        assert not linked.reverse
        for name, words, sign in (
            ("statement", "killed in the fighting", "+"),
            ("recording", "The field officer", "+"),
        ):
            (row,) = [line for line in reader.pane(name) if words in line]
            assert row.startswith(f"{sign} "), row
        for plain in ("It presents this", "In press accounts"):
            style = reader.style_of(plain)
            assert not style.reverse
            assert not style.underline
        await reader.press(*["l"] * 4)
        reader.says("Excerpt 5 of 10: refutes")
        assert reader.style_of("has received", "statement").reverse


@pytest.mark.parametrize("size", SIZES[1:])
async def test_each_stance_has_its_sign(tmp_path: Path, size: tuple[int, int]) -> None:
    signs = {"supports": "+", "refutes": "-", "context": "~"}
    async with at_desk(founding(tmp_path), size=size) as reader:
        seen = set()
        for _ in range(10):
            excerpt = reader.desk.reading.excerpt
            assert excerpt is not None
            first = " ".join(excerpt.exact.split()[:2])
            pane = "recording" if excerpt.target.startswith("call") else "statement"
            rows = [line for line in reader.pane(pane)[1:] if first in line]
            rows = rows or [line for line in reader.pane(pane)[1:] if excerpt.exact[:5] in line]
            assert any(row.startswith(signs[excerpt.stance]) for row in rows), (rows, excerpt)
            seen.add(str(excerpt.stance))
            await reader.press("l")
        assert seen == set(signs)


async def test_80x24_is_stacked_and_without_a_queue(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        claim, statement, call = (
            reader.row_of(words) for words in ("c-01 [", "STATEMENT 1/7", "CALL 1/2")
        )
        assert claim < statement < call
        assert "CALL" not in reader.screen[statement]
        reader.misses("c-15")


async def test_120x40_has_the_queue_on_top_and_the_texts_side_by_side(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), size=(120, 40)) as reader:
        queue, claim, titles = (
            reader.row_of(words) for words in (">   c-01", "c-01 [", "STATEMENT 1/7")
        )
        assert queue < claim < titles
        assert "CALL 1/2" in reader.screen[titles]
        reader.misses("RECORD")
        assert reader.style_of(">   c-01").reverse
        await reader.press("j")
        assert reader.screen[queue + 1].startswith(">   c-15")
        assert not reader.screen[queue].startswith(">")


async def test_200x60_has_the_queue_in_a_column_and_the_record_below(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), size=(200, 60)) as reader:
        row = reader.row_of(">   c-01")
        assert "c-01 [Main" in reader.screen[row], "the claim stands beside the queue"
        assert reader.row_of("RECORD") > reader.row_of("STATEMENT 1/7")
        reader.sees("nothing yet", "SOURCE", "held as paraphrase", "sha256")
        await reader.press("3", "k")
        reader.sees("ada: verdict unverified on c-01")
        reader.misses("nothing yet")


async def test_a_text_in_the_wide_layout_keeps_lines_that_can_be_read(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), size=(200, 60)) as reader:
        longest = max(len(line) for line in reader.pane("statement")[1:])
        assert longest <= 90


async def test_the_same_words_stay_over_a_change_of_size(tmp_path: Path) -> None:
    async with at_desk(exercise(tmp_path)) as reader:
        await reader.press("j", "tab", "space", "space", "space")
        claim = reader.claim
        words = _first_words(reader)
        for size in ((120, 40), (200, 60), (90, 30), (80, 24)):
            await reader.resize(*size)
            whole(reader, size)
            assert reader.claim == claim
            assert _first_words(reader) == words, reader.picture(f"at {size}")
            assert reader.pane("recording")[0].startswith(">> ")


def _first_words(reader: Reader) -> str:
    """What the first line of the call that scrolls begins with."""
    return reader.pane("recording")[1][2:22]


async def test_the_excerpt_stays_in_sight_over_a_change_of_size(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), size=(120, 40)) as reader:
        await reader.press(*["l"] * 3)
        for size in ((80, 24), (200, 60), (60, 18), (120, 40)):
            await reader.resize(*size)
            marked = "".join(_reversed(reader)).replace(" ", "")
            assert marked.startswith("Reuterscouldnot"), reader.picture(f"at {size}")


def _reversed(reader: Reader) -> list[str]:
    region = reader.desk.active_pane.region
    found = []
    for row in reader.strips[region.y + 1 : region.bottom]:
        cut = row.crop(region.x, region.right)
        found += [segment.text for segment in cut if (segment.style or Style()).reverse]
    return found


async def test_scrolled_to_the_top_it_stays_there_over_a_change_of_size(tmp_path: Path) -> None:
    async with at_desk(exercise(tmp_path), filter_text="id:x-38") as reader:
        while "beginning" not in reader.status:
            await reader.press("b")
        first = reader.pane("statement")[1]
        await reader.resize(120, 40)
        await reader.resize(80, 24)
        assert reader.pane("statement")[1] == first


async def test_what_is_being_written_stays_over_a_change_of_size(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("c")
        await reader.type("first ")
        await reader.resize(120, 40)
        await reader.type("second ")
        await reader.resize(80, 24)
        await reader.write("third")
        assert reader.case.note_of("c-01") == "first second third"


async def test_selecting_goes_on_over_a_change_of_size(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("tab", "v", "j", "v", "j")
        before = reader.status
        await reader.resize(120, 40)
        assert reader.mode == "SELECT"
        assert reader.status == before
        await reader.press("c")
        (made,) = reader.case.own_excerpts("c-01")
        assert made[2].count("\n") == 1


# In a terminal the screen is what the desk meant, in every script.


@pytest.mark.parametrize(
    ("id_", "size"),
    [
        ("x-36", (80, 24)),  # Arabic with numbers in it, and its translation
        ("x-54", (120, 40)),  # Chinese beside Russian
        ("x-12", (200, 60)),  # English beside Ukrainian
    ],
)
def test_the_terminal_shows_every_script_as_the_desk_meant_it(
    an_empty_home: Path, tmp_path: Path, id_: str, size: tuple[int, int]
) -> None:
    path = exercise(tmp_path)

    async def meant() -> list[str]:
        async with at_desk(path, size=size, filter_text=f"id:{id_}") as reader:
            return reader.screen

    screen = asyncio.run(meant())
    with review(an_empty_home, path, "--filter", f"id:{id_}", size=size) as term:
        term.wait_for(lambda term: term.screen == screen)


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("x-36", "أعلن مكتب ميناء مِريجين"),
        ("x-12", "Двадцять п’ять"),
        ("x-24", "Сорок и один на ступеньке"),
    ],
)
async def test_every_script_is_shown_letter_for_letter(
    tmp_path: Path, id_: str, words: str
) -> None:
    async with at_desk(exercise(tmp_path), size=(120, 40), filter_text=f"id:{id_}") as reader:
        reader.sees(words)


async def test_chinese_is_shown_in_full_and_never_cut_in_half(tmp_path: Path) -> None:
    path = exercise(tmp_path)
    with Session.open(path, "ada") as session:
        text = session.text("s-estuary-daily").text
    for name, size in {"a": (79, 24), "b": (80, 24)}.items():
        async with at_desk(path, name, size=size, filter_text="id:x-54") as reader:
            await reader.press("z", "L", *["b"] * 9)
            shown: list[str] = []
            for _ in range(40):
                shown += [line for line in reader.pane("statement")[1:] if line not in shown]
                await reader.press("J")
            joined = "".join("".join(line[2:].split()) for line in shown)
            assert "".join(text.split()) in joined


async def test_a_right_to_left_text_gets_whole_rows(tmp_path: Path) -> None:
    path = exercise(tmp_path)
    async with at_desk(path, size=(120, 40), filter_text="id:x-12") as reader:
        assert "CALL" in reader.screen[reader.row_of("STATEMENT")]
        await reader.press("l")
        reader.sees("s-mina-post")
        assert "CALL" not in reader.screen[reader.row_of("STATEMENT")]
        await reader.press("h")
        assert "CALL" in reader.screen[reader.row_of("STATEMENT")]


def test_a_change_of_size_in_a_terminal(an_empty_home: Path, tmp_path: Path) -> None:
    with review(an_empty_home, exercise(tmp_path)) as term:
        term.wait_for("READ")
        term.press("j")
        term.wait_for("x-02 [")
        term.settle()
        before = term.screen
        term.resize(120, 40)
        term.wait_for(">   x-02")
        term.resize(50, 15)
        term.wait_for("The desk needs 60x18; this terminal is 50x15.")
        term.resize(80, 24)
        term.wait_for(lambda term: term.screen == before)
