"""Making an excerpt: choosing words or lines of a text, then its stance; taking it back."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.casefile.making import GUR, claim, excerpt, recording, source, statement
from tests.desk.cases import exercise, founding, made_of
from tests.desk.reader import Reader, at_desk

CALL = ("Виталий Герасимов убит.", "Повтори.", "Связи нет, ничего не работает.")
FIRST, SECOND = GUR.split(". ")[0] + ".", GUR.split(". ")[1]


def small(folder: Path) -> Path:
    return made_of(
        folder / "small.case",
        source(),
        statement(held="verbatim"),
        recording(lines=CALL),
        claim("c-1", statements=["gur-7-march"], recordings=["call-1"]),
        claim("c-2"),
    )


@pytest.mark.parametrize(
    ("key", "stance", "sign"),
    [("s", "supports", "+"), ("r", "refutes", "-"), ("c", "context", "~")],
)
async def test_v_and_a_stance_make_an_excerpt_of_the_line(
    tmp_path: Path, key: str, stance: str, sign: str
) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("v")
        assert reader.mode == "SELECT"
        reader.says(f'"{FIRST[:13]}')
        reader.sees("s supports", "r refutes", "c context", "esc back")
        assert selected(reader) == FIRST
        await reader.press(key)
        assert reader.mode == "READ"
        reader.says(f"Recorded: {stance} excerpt on c-1:", "u undoes")
        assert reader.case.own_excerpts("c-1") == [("gur-7-march", stance, FIRST)]
        assert reader.pane("statement")[1].startswith(f"{sign} Major General")
        assert f"excerpt 1/1 {stance}" in reader.pane("statement")[0]
        reader.is_on("c-1")


async def test_a_segment_of_a_call_is_a_line_with_its_times(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("tab", "v")
        assert selected(reader) == CALL[0]
        await reader.press("j")
        assert selected(reader) == CALL[1]
        await reader.press("k")
        assert selected(reader) == CALL[0]
        await reader.press("k")
        reader.says("The text ends here.")
        await reader.press("j", "j", "j")
        reader.says("The text ends here.")
        assert selected(reader) == CALL[2]
        await reader.press("c")
        made = reader.case.view("c-1").excerpts[0]
        assert (made.target, made.stance, made.exact) == ("call-1", "context", CALL[2])
        assert (made.start_ms, made.end_ms) == (60_000, 63_250)
        assert made.prefix.endswith("Герасимов убит.\nПовтори.\n")
        assert made.reader == "ada"


async def test_moving_after_a_second_v_extends_over_segments(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("tab", "v", "v", "j")
        reader.says("moving extends it")
        assert selected(reader) == f"{CALL[0]} {CALL[1]}"
        await reader.press("s")
        made = reader.case.view("c-1").excerpts[0]
        assert made.exact == f"{CALL[0]}\n{CALL[1]}"
        assert (made.start_ms, made.end_ms) == (1000, 5900)


async def test_l_and_h_choose_words_without_the_signs_between(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("v", "l")
        assert selected(reader) == "Major"
        await reader.press("l", "l")
        assert selected(reader) == "Vitaly"
        await reader.press("v", "right")
        assert selected(reader) == "Vitaly Gerasimov"
        await reader.press("left", "h")
        assert selected(reader) == "General Vitaly", "extending goes both ways"
        await reader.press("s")
        assert reader.case.own_excerpts("c-1") == [("gur-7-march", "supports", "General Vitaly")]


async def test_esc_goes_back_one_step_at_a_time(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("v", "l", "v", "l")
        assert selected(reader) == "Major General"
        await reader.press("esc")
        assert selected(reader) == "General", "the beginning is let go"
        await reader.press("esc")
        assert selected(reader) == FIRST, "words are lines again"
        await reader.press("q")
        assert reader.mode == "READ"
        reader.says("Nothing was selected.")
        assert selected(reader) == ""
        assert reader.case.acts == []


async def test_tab_selects_in_the_other_pane(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("v", "tab")
        assert selected(reader) == CALL[0]
        assert reader.pane("recording")[0].startswith(">> CALL")
        await reader.press("tab")
        assert selected(reader) == FIRST


async def test_while_selecting_a_digit_is_no_verdict_and_s_no_setting_aside(
    tmp_path: Path,
) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("v")
        for key in ("3", "0", "m", "u", "x", "d", "enter", "backspace"):
            await reader.press(key)
            reader.says(f"{key} does nothing here")
            assert reader.mode == "SELECT"
        await reader.press("s")
        assert [act.split(" on ")[0] for act in reader.case.acts] == ["supports excerpt"]


async def test_the_very_same_excerpt_is_not_made_twice(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("v", "s")
        before = reader.case.log()
        await reader.press("v", "s")
        reader.says("This very excerpt stands already; nothing changed.")
        assert reader.case.log() == before
        await reader.press("v", "r")
        stances = {stance for _, stance, _ in reader.case.own_excerpts("c-1")}
        assert stances == {"supports", "refutes"}


async def test_selecting_begins_at_what_is_on_the_screen(tmp_path: Path) -> None:
    async with at_desk(exercise(tmp_path)) as reader:
        await reader.press("tab", "space", "v")
        shown = [line[2:].strip() for line in reader.pane("recording")[1:]]
        assert any(selected(reader)[:20] in line for line in shown), "nothing jumps away"
        await reader.press("c")
        (_, stance, exact), *_ = reader.case.own_excerpts("x-01")
        assert stance == "context"
        assert exact.split()[0] in reader.text


async def test_what_is_selected_is_the_original_even_where_the_translation_is_shown(
    tmp_path: Path,
) -> None:
    async with at_desk(exercise(tmp_path)) as reader:
        await reader.press("l", "L", "L", "v", "c")
        (target, _, exact), *_ = reader.case.own_excerpts("x-01")
        assert target == "call-1"
        assert not exact.isascii()


async def test_a_narrowed_transcript_opens_where_the_cursor_leaves_it(tmp_path: Path) -> None:
    async with at_desk(exercise(tmp_path)) as reader:
        await reader.press("tab", *["-"] * 6, "space")
        reader.sees("later segments not shown")
        await reader.press("v", *["j"] * 8)
        assert reader.mode == "SELECT"
        assert selected(reader), "the cursor is on the screen"


async def test_undo_takes_the_excerpt_back_and_redo_brings_it_again(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("v", "s", "u")
        reader.says("Undid: supports excerpt on c-1")
        assert reader.case.own_excerpts("c-1") == []
        assert reader.pane("statement")[1].startswith("  Major")
        await reader.press("U")
        assert len(reader.case.own_excerpts("c-1")) == 1
        assert reader.pane("statement")[1].startswith("+ Major")


async def test_an_excerpt_of_ones_own_is_taken_back_by_its_name(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("v", "s", ":")
        await reader.write("take an")
        reader.says("Recorded: excerpt on c-1 taken back:", "u undoes")
        assert reader.case.own_excerpts("c-1") == []
        reader.is_on("c-1")
        await reader.press("u")
        assert len(reader.case.own_excerpts("c-1")) == 1


async def test_an_excerpt_that_came_with_the_case_cannot_be_taken_back(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        before = reader.case.log()
        await reader.press(":")
        await reader.type("excerpt.take_back")
        reader.sees("not now: only an excerpt of your own")
        await reader.press("enter")
        reader.says("Take an excerpt back: only an excerpt of your own can be taken back.")
        assert reader.case.log() == before


async def test_a_claim_without_a_text_has_nothing_to_select(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("j", "v")
        reader.says("Make an excerpt: this claim has no text to show.")
        assert reader.mode == "READ"


async def test_y_shows_the_quotation_and_sends_it_to_the_clipboard(tmp_path: Path) -> None:
    path = made_of(
        tmp_path / "a.case",
        source(),
        statement(date="2022-03-07"),
        claim("c-1", statements=["gur-7-march"]),
        excerpt("c-1", "was killed near Kharkiv"),
    )
    async with at_desk(path) as reader:
        sent = []
        reader.app._driver.write = sent.append
        await reader.press("y")
        reader.sees("Quotation", '"was killed near Kharkiv" (GUR,', "2022-03-07", "clipboard")
        (osc,) = [part for part in sent if part.startswith("\x1b]52;")]
        copied = base64.b64decode(osc.removeprefix("\x1b]52;c;").removesuffix("\a")).decode()
        assert copied.startswith('"was killed near Kharkiv" (GUR')
        assert "held as a translation" in copied
        await reader.press("q")
        reader.is_on("c-1")
        assert reader.running


async def test_y_without_an_excerpt_says_why(tmp_path: Path) -> None:
    async with at_desk(small(tmp_path)) as reader:
        await reader.press("y")
        reader.says("Copy the quotation: no excerpt is chosen; h and l step to one.")


def selected(reader: Reader) -> str:
    """The words in reverse video in the pane that scrolls."""
    region = reader.desk.active_pane.region
    words = []
    for row in reader.strips[region.y + 1 : region.bottom]:
        cut = row.crop(region.x, region.right)
        words.append("".join(s.text for s in cut if s.style and s.style.reverse).strip())
    return " ".join(word for word in words if word)


async def test_a_long_selection_is_told_by_whole_words(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("v")
        said = reader.status.partition('"')[2].partition('"')[0]
        begins, dots, ends = said.partition(" ... ")
        text = " ".join(reader.case.view("c-01").statements[0].text.split())
        assert dots
        assert f"{begins} " in text
        assert f" {ends}" in text
