"""Moving: through the queue, through a claim's excerpts, through its texts."""

from __future__ import annotations

from pathlib import Path

from reviewer.service.session import Session
from tests.casefile.making import claim, excerpt, recording, source, statement
from tests.desk.cases import exercise, founding, made_of
from tests.desk.reader import at_desk


async def test_j_and_k_walk_the_queue_and_stop_at_its_ends(tmp_path: Path) -> None:
    path = founding(tmp_path)
    with Session.open(path, "ada") as session:
        order = [row.id for row in session.rows()]
    async with at_desk(path) as reader:
        reader.is_on(order[0])
        await reader.press("k")
        reader.says("This is the first claim.")
        reader.is_on(order[0])
        for id_ in order[1:]:
            await reader.press("j")
            reader.is_on(id_)
        reader.says(f"Claim {len(order)} of {len(order)}, new.")
        await reader.press("j")
        reader.says("This is the last claim.")
        reader.is_on(order[-1])
        await reader.press("k")
        reader.is_on(order[-2])
        assert reader.case.acts == []


async def test_the_arrows_are_j_k_h_l(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("down")
        reader.is_on("c-15")
        await reader.press("up")
        reader.is_on("c-01")
        await reader.press("right")
        reader.says("Excerpt 2 of 10")
        await reader.press("left")
        reader.says("Excerpt 1 of 10")


async def test_the_ends_of_the_queue_and_the_way_back(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("o")
        reader.says("Jump back: you have not jumped yet.")
        await reader.press("j", "G")
        reader.is_on("c-10")
        reader.says("Claim 16 of 16")
        await reader.press("g")
        reader.is_on("c-01")
        reader.says("Claim 1 of 16")
        await reader.press("o")
        reader.is_on("c-10")
        reader.says("Back at c-10.")
        await reader.press("o")
        reader.is_on("c-15")
        await reader.press("o")
        reader.says("you have not jumped yet")
        reader.is_on("c-15")
        await reader.press("end")
        reader.is_on("c-10")
        await reader.press("home")
        reader.is_on("c-01")


async def test_the_full_stop_goes_to_the_next_claim_that_waits(tmp_path: Path) -> None:
    path = founding(tmp_path)
    with Session.open(path, "ada") as session:
        for id_ in ("c-15", "c-06"):
            session.decide(session.view(id_), "false")
    async with at_desk(path) as reader:
        await reader.press(".")
        reader.is_on("c-07")
        await reader.press("j")
        reader.is_on("c-16")
        await reader.press("k")
        reader.is_on("c-07")
        await reader.press("G", ".")
        reader.is_on("c-01")  # from the top again


async def test_a_page_and_a_line_of_the_evidence(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        pane = reader.desk.statement
        before = reader.pane("statement")
        await reader.press("J")
        assert pane.top == 1
        assert reader.pane("statement")[1:-1] == before[2:]
        await reader.press("K")
        assert reader.pane("statement") == before
        await reader.press("K")
        reader.says("This is the beginning of the statement; tab goes to the call.")
        await reader.press("space")
        assert pane.top == pane.rows - 1, "the last line of a page is the first of the next"
        assert reader.pane("statement")[1] == before[-1]
        await reader.press("b")
        assert reader.pane("statement") == before
        for _ in range(9):
            await reader.press("pagedown")
        reader.says("This is the end of the statement; tab goes to the call.")
        reader.sees("The accounts held here mention no proof beside the recordings.")
        assert "below" not in reader.pane("statement")[0]
        await reader.press("pageup")
        assert "below" in reader.pane("statement")[0]
        reader.is_on("c-01")


async def test_tab_says_which_pane_scrolls_and_marks_it(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        statement_before = reader.pane("statement")
        call_before = reader.pane("recording")
        assert statement_before[0].startswith(">> STATEMENT")
        assert call_before[0].startswith("-- CALL")
        await reader.press("tab")
        reader.says("The call scrolls now.")
        assert reader.pane("statement")[0].startswith("-- STATEMENT")
        assert reader.pane("recording")[0].startswith(">> CALL")
        await reader.press("J")
        assert reader.pane("statement")[1:] == statement_before[1:]
        assert reader.pane("recording")[1] == call_before[2]
        await reader.press("tab")
        reader.says("The statement scrolls now.")


async def test_l_and_h_step_through_every_excerpt_in_both_panes(tmp_path: Path) -> None:
    path = founding(tmp_path)
    with Session.open(path, "ada") as session:
        view = session.view("c-01")
    async with at_desk(path) as reader:
        await reader.press("h")
        reader.says("This is the first excerpt of the claim.")
        seen = []
        for n in range(1, len(view.excerpts) + 1):
            if n > 1:
                await reader.press("l")
                reader.says(f"Excerpt {n} of {len(view.excerpts)}: ")
            chosen = reader.desk.reading.excerpt
            assert chosen is not None
            seen.append(chosen.id)
            call = chosen.target.startswith("call")
            shown = reader.pane("recording" if call else "statement")
            assert f"{chosen.stance}" in shown[0]
            first, last = chosen.exact.split()[0], chosen.exact.split()[-1]
            marked = _marked(reader)
            assert marked.startswith(first), marked
            assert marked.endswith(last), marked
        assert sorted(seen) == sorted(e.id for e in view.excerpts)
        await reader.press("l")
        reader.says("This is the last excerpt of the claim.")


def _marked(reader: object) -> str:
    """The words in reverse video within the two panes, titles left out."""
    words = []
    for pane in (reader.desk.statement, reader.desk.recording):  # type: ignore[attr-defined]
        region = pane.region
        for row in reader.strips[region.y + 1 : region.bottom]:  # type: ignore[attr-defined]
            cut = row.crop(region.x, region.right)
            words += [s.text.strip() for s in cut if s.style and s.style.reverse]
    return " ".join(words)


async def test_an_excerpts_note_and_reader_are_said(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("l", "l")
        reader.says("Excerpt 3 of 10: context; The source is unnamed, and how it knew is not")


async def test_a_text_without_an_excerpt_is_stepped_to_as_well(tmp_path: Path) -> None:
    path = made_of(
        tmp_path / "a.case",
        source(),
        statement(),
        statement("second", "Another text altogether."),
        claim("c-1", statements=["gur-7-march", "second"]),
        excerpt("c-1", "was killed near Kharkiv"),
    )
    async with at_desk(path) as reader:
        reader.sees("STATEMENT 1/2", "gur-7-march")
        await reader.press("l")
        reader.says("second: no excerpt of it is linked to this claim.")
        reader.sees("STATEMENT 2/2", "Another text altogether.", "no excerpt")
        await reader.press("h")
        reader.says("Excerpt 1 of 1: supports")
        reader.sees("STATEMENT 1/2")


async def test_minus_and_plus_narrow_and_widen_the_transcript(tmp_path: Path) -> None:
    async with at_desk(exercise(tmp_path)) as reader:
        await reader.press("+")
        reader.says("The whole call is shown.")
        whole = len(reader.desk.recording.document.lines)
        sizes = [whole]
        said = []
        for _ in range(7):
            await reader.press("-")
            sizes.append(len(reader.desk.recording.document.lines))
            said.append(reader.status.partition(" ")[0])
        assert sizes == sorted(sizes, reverse=True)
        assert said[-2:] == ["2", "2"], "at its narrowest it stays"
        reader.says("2 segments before and after the excerpt; + shows more.")
        await reader.press("tab", "space")
        reader.sees("later segments not shown; + shows more)")
        await reader.press("b", "b")
        reader.sees("earlier segments not shown; + shows more)")
        assert "четверта двадцять сім" in reader.text.casefold(), "the excerpt itself stays"
        for _ in range(6):
            await reader.press("=")
        reader.says("The whole call is shown.")
        assert len(reader.desk.recording.document.lines) == whole
        reader.misses("not shown; + shows more")


async def test_both_languages_or_either(tmp_path: Path) -> None:
    original, translation = "У мене двадцять шість.", "I've got twenty-six."
    async with at_desk(exercise(tmp_path)) as reader:
        reader.sees(original, translation)
        await reader.press("L")
        reader.says("The original alone; L shows the translation.")
        reader.sees(original)
        reader.misses(translation)
        await reader.press("L")
        reader.says("The translation alone; L shows both.")
        reader.sees(translation)
        reader.misses(original)
        await reader.press("L")
        reader.says("Original and translation.")
        reader.sees(original, translation)


async def test_scrolling_a_call_with_one_line_says_so_and_the_desk_stays(tmp_path: Path) -> None:
    path = made_of(
        tmp_path / "a.case",
        source(),
        recording(lines=["Одно."]),
        claim("c-1", recordings=["call-1"]),
    )
    async with at_desk(path) as reader:
        before = reader.pane("recording")
        await reader.press("J", "space", "K", "b")
        reader.says("This is the beginning of the call")
        assert reader.pane("recording") == before


async def test_a_pane_that_was_empty_shows_what_stands_before_the_excerpt(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        fresh = reader.pane("recording")
        await reader.press("j")
        reader.sees("This claim has no recording.")
        await reader.press("k")
        assert reader.pane("recording") == fresh


async def test_the_excerpt_stays_in_sight_while_a_note_is_written(tmp_path: Path) -> None:
    lines = "\n".join(f"Line {n} of it." for n in range(1, 30))
    path = made_of(
        tmp_path / "a.case",
        source(),
        statement(text=lines, held="verbatim"),
        recording(),
        claim("c-1", statements=["gur-7-march"], recordings=["call-1"]),
        excerpt("c-1", "Line 4 of it.\nLine 5 of it."),
    )
    async with at_desk(path) as reader:
        before = reader.pane("statement")
        await reader.press("c")
        reader.sees("+ Line 4 of it.", "+ Line 5 of it.")
        await reader.press("esc")
        assert reader.pane("statement") == before


async def test_another_language_shows_the_same_place_of_a_call(tmp_path: Path) -> None:
    async with at_desk(exercise(tmp_path)) as reader:
        await reader.press("tab", "space", "space", "space")
        time = next(line[2:7] for line in reader.pane("recording")[1:] if line[2:7].strip())
        for _ in range(3):
            await reader.press("L")
            times = [line[2:7] for line in reader.pane("recording")[1:4]]
            assert time in times, reader.picture(f"{time} is not on top")
