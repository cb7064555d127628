"""Every state has words: what is missing, what is doubtful, what cannot be done and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.casefile.case import CaseFile
from reviewer.model.claims import State
from reviewer.model.errors import FilterError
from reviewer.model.scale import scale_of
from reviewer.service.demo import bring_later, ensure_demo
from tests.casefile.making import GUR, claim, excerpt, recording, source, statement
from tests.desk.cases import exercise, founding, made_of
from tests.desk.reader import at_desk

BASE = (source(), statement(held="verbatim"), recording())


def case(folder: Path, *records: object) -> Path:
    return made_of(folder / "a.case", *BASE, *records)  # type: ignore[arg-type]


async def test_an_empty_case_says_how_to_fill_it(tmp_path: Path) -> None:
    path = made_of(tmp_path / "empty.case")
    async with at_desk(path) as reader:
        reader.sees(
            "This case holds no claims yet. Leave with q, then bring some in:",
            "To practise first, there is a fictional case: reviewer demo --exercise",
            "0 of 0 undecided",
        )
        assert f"reviewerimport{path}FILES" in "".join(reader.text.split())
        for key in "jk.gG3c0smvlhtiywL+-z ":
            await reader.press("space" if key == " " else key)
            assert reader.status, key
            reader.sees("This case holds no claims yet.")
        reader.says("there is no claim on the screen")
        await reader.press("u")
        reader.says("nothing left to undo")
        await reader.press("a")
        reader.sees("Queue: 0 claims")
        await reader.press("q", "f")
        await reader.write("kharkiv")
        reader.says("No claim matches")
        await reader.press("q")
        assert not reader.running


async def test_an_empty_case_fills_while_it_is_open(tmp_path: Path) -> None:
    path = made_of(tmp_path / "empty.case")
    async with at_desk(path) as reader:
        case(tmp_path)  # another file, nothing happens here
        await reader.look_up()
        reader.sees("This case holds no claims yet.")
        made_of(path, claim("c-1"))
        await reader.look_up()
        reader.is_on("c-1")


async def test_the_last_claim_decided(tmp_path: Path) -> None:
    async with at_desk(case(tmp_path, claim("c-1"), claim("c-2"))) as reader:
        await reader.press("1")
        await reader.press(".")
        reader.says("This is the only claim that still waits for a verdict.")
        await reader.press("2")
        reader.is_on("c-2")
        reader.says(
            "Recorded: verdict partly verified on c-2; u undoes.",
            "Every claim has a verdict. j and k look again, q leaves.",
        )
        reader.sees("0 of 2 undecided", "[2 partly verified]")
        await reader.press(".")
        reader.says("Every claim has a verdict.")


async def test_claims_set_aside_are_what_is_left(tmp_path: Path) -> None:
    async with at_desk(case(tmp_path, claim("c-1"), claim("c-2"))) as reader:
        await reader.press("s", "2")
        reader.is_on("c-1")
        reader.sees("[set aside]", "1 of 2 undecided")


async def test_a_filter_that_matches_nothing(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("f")
        await reader.type("tag:none")
        reader.says("0 of 16 claims")
        await reader.press("enter")
        reader.says("No claim matches; F shows all, f changes the filter.")
        reader.is_on("c-01")
        reader.sees("filter tag:none: 0")
        await reader.press("j")
        reader.says("This is the last claim of the filter.")
        await reader.press("g")
        reader.says("No claim here; F shows the whole queue.")
        await reader.press(".")
        reader.says("None left in this filter; F shows 16 more.")
        await reader.press("a")
        reader.sees("Queue: 0 claims", "No claim here.")


async def test_beginning_with_a_filter_that_matches_nothing(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), size=(120, 40), filter_text="tag:none") as reader:
        reader.sees("No claim matches tag:none. F shows all, f changes it.")
        await reader.press("F")
        reader.is_on("c-01")
        reader.misses("No claim matches")


async def test_a_filter_that_cannot_be_understood_refuses_to_begin(tmp_path: Path) -> None:
    with pytest.raises(FilterError):
        async with at_desk(founding(tmp_path), filter_text="bogus:x"):
            pass


async def test_a_claim_that_lacks_a_statement_a_recording_or_both(tmp_path: Path) -> None:
    path = case(
        tmp_path,
        claim("c-1", statements=["gur-7-march"]),
        claim("c-2", recordings=["call-1"]),
        claim("c-3"),
    )
    async with at_desk(path) as reader:
        reader.sees("This claim has no recording.", GUR[:40])
        await reader.press("tab")
        reader.says("This claim has no call.")
        await reader.press("j")
        reader.sees("This claim has no statement.", "Виталий Герасимов убит.", ">> CALL")
        await reader.press("tab")
        reader.says("This claim has no statement.")
        await reader.press("j")
        reader.sees("Nothing is linked to this claim: no statement, no recording.")
        reader.sees("This claim has no recording.")
        for key in ("space", "J", "tab", "l", "v", "z"):
            await reader.press(key)
            reader.says("this claim has no text to show")
        await reader.press("/")
        await reader.write("anything")
        reader.says("There is no text on the screen to find words in.")
        await reader.press("3")
        assert reader.case.verdict_of("c-3") == "unverified", "it can be judged all the same"


async def test_evidence_that_is_named_but_not_held(tmp_path: Path) -> None:
    path = case(
        tmp_path,
        claim("c-1", statements=["not-here", "nor-this"], recordings=["call-1"]),
        claim("c-2", statements=["lost"]),
    )
    async with at_desk(path) as reader:
        reader.sees("This claim has no statement. Named but not held: not-here, nor-this.")
        await reader.press("j")
        reader.sees("Nothing is linked", "Named but not held: lost.")


async def test_a_paraphrase_says_so_also_where_it_is_scrolled(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        reader.sees("PARAPHRASE: about what was published, not its words.")
        reader.sees("PARAPHRASE: about what was said, not its words.")
        for _ in range(4):
            await reader.press("space")
        await reader.press("tab", "space", "space")
        for name in ("statement", "recording"):
            title = reader.pane(name)[0]
            assert " PARAPHRASE " in title, title
        reader.misses("PARAPHRASE: about")
        assert reader.style_of("PARAPHRASE").reverse


async def test_a_translation_says_that_the_original_is_not_held(tmp_path: Path) -> None:
    path = made_of(
        tmp_path / "a.case", source(), statement(), claim("c-1", statements=["gur-7-march"])
    )
    async with at_desk(path) as reader:
        reader.sees("TRANSLATION: the original words are not held.")
        assert " TRANSLATION " in reader.pane("statement")[0]


async def test_an_orphan_excerpt_says_so_and_points_nowhere(tmp_path: Path) -> None:
    path = case(
        tmp_path,
        claim("c-1", statements=["gur-7-march"]),
        excerpt("c-1", "was killed near Kharkiv"),
        excerpt("c-1", "Other senior officers"),
    )
    made_of(path, statement(text="It was corrected. Other senior officers were hurt."))
    async with at_desk(path) as reader:
        reader.sees('ORPHAN (supports): "was killed near Kharkiv" no longer stands in this text.')
        said = []
        for _ in range(2):
            said.append(reader.pane("statement")[0])
            await reader.press("l")
        assert any("supports ORPHAN" in title for title in said), said
        for _ in range(2):
            await reader.press("h")
        await reader.press("l", "h", "l")
        states = " ".join(said)
        assert "2/2" in states
        await reader.press("i")
        reader.sees("Excerpt", "supports")


async def test_an_orphan_that_is_stepped_to_names_its_words(tmp_path: Path) -> None:
    path = case(
        tmp_path,
        claim("c-1", statements=["gur-7-march"], recordings=["call-1"]),
        excerpt("c-1", "was killed near Kharkiv"),
        excerpt("c-1", "Повтори.", target="call-1"),
    )
    made_of(path, statement(text="It was corrected."))
    async with at_desk(path) as reader:
        await reader.press("l", "h")
        reader.says('ORPHAN: "was killed near Kharkiv" no longer stands in gur-7-march')
        await reader.press("y")
        reader.sees("was killed near Kharkiv", "Quotation")


async def test_a_stale_claim_opens_at_what_its_verdict_did_not_see(tmp_path: Path) -> None:
    path, _ = ensure_demo(tmp_path, "gerasimov")
    async with at_desk(path) as reader:
        await reader.press("3", "k", "l", "l")
        reader.sees("STATEMENT 3/4", "excerpt 1/1 context")
    bring_later(path)
    # Not where the reader left: at the report that came meanwhile.
    async with at_desk(path) as reader:
        reader.is_on("c-01")
        reader.sees("STALE", "pravda-2022-05-24 is new")
        reader.sees("STATEMENT 5/7", "excerpt 1/1 refutes", "dismiss the reports of his death")
        await reader.press("j", "h", "k")
        reader.sees("excerpt 1/1 refutes")
        await reader.press("4", "k")
        reader.sees("[4 contested]", "STATEMENT 1/7", "excerpt 1/1 supports")


async def test_a_stale_verdict_says_so_and_comes_back_to_the_queue(tmp_path: Path) -> None:
    path = case(tmp_path, claim("c-1", statements=["gur-7-march"]), claim("c-2"))
    async with at_desk(path) as reader:
        await reader.press("3")
        reader.is_on("c-2")
    made_of(path, statement(held="verbatim", text="It was corrected."))
    async with at_desk(path) as reader:
        assert reader.case.state_of("c-1") is State.REOPENED
        await reader.press(".")
        reader.is_on("c-1")
        reader.sees("[3 unverified]", "STALE", "give it again to confirm", "reopened")
        before = len(reader.case.acts)
        await reader.press("3")
        assert len(reader.case.acts) == before + 1, "the same verdict confirms it"
        assert not reader.case.view("c-1").mine("ada").stale
        await reader.press("k", "k")
        reader.misses("STALE")


async def test_a_text_too_long_for_the_pane_says_how_much_is_below(tmp_path: Path) -> None:
    lines = "\n".join(f"Line {n} of the statement." for n in range(1, 41))
    path = made_of(
        tmp_path / "a.case",
        source(),
        statement(text=lines, held="verbatim"),
        claim("c-1", statements=["gur-7-march"]),
    )
    async with at_desk(path) as reader:
        shown = reader.desk.statement.rows
        reader.sees(f"{40 - shown} below")
        await reader.press("J", "J")
        reader.sees(f"{40 - shown - 2} below")
        for _ in range(5):
            await reader.press("space")
        reader.sees("Line 40 of the statement.")
        reader.misses(" below")


async def test_a_wording_longer_than_its_rows_says_where_all_of_it_is(tmp_path: Path) -> None:
    wording = " ".join(f"word{n}" for n in range(80)) + " end."
    path = case(tmp_path, claim("c-1", text=wording, statements=["gur-7-march"]))
    async with at_desk(path) as reader:
        reader.sees("... i shows all", "STATEMENT")
        assert reader.screen[3].endswith("... i shows all")
        reader.misses("end.")
        await reader.press("i")
        reader.sees("word79 end.")
    async with at_desk(path, size=(120, 40)) as reader:
        reader.misses("i shows all")
        reader.sees("word79 end.")


async def test_a_long_wording_can_be_read_where_nothing_else_is_held(tmp_path: Path) -> None:
    wording = " ".join(f"word{n}" for n in range(80)) + " end."
    async with at_desk(case(tmp_path, claim("c-1", text=wording))) as reader:
        reader.sees("... i shows all")
        await reader.press("i")
        reader.sees("word79 end.")


async def test_a_long_claimant_does_not_push_the_wording_away(tmp_path: Path) -> None:
    path = case(tmp_path, claim("c-1", text="He was killed.", claimant="Office " * 60))
    async with at_desk(path) as reader:
        reader.sees("He was killed.")


async def test_a_terminal_too_small_says_what_it_needs_and_comes_back(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("J", "l")
        before = reader.screen
        await reader.resize(50, 15)
        reader.sees("The desk needs 60x18; this terminal is 50x15.", "Make it larger", "q")
        reader.misses("STATEMENT")
        await reader.resize(80, 24)
        assert reader.screen == before
        await reader.resize(59, 40)
        reader.sees("this terminal is 59x40")
        await reader.resize(100, 17)
        reader.sees("this terminal is 100x17")
        await reader.resize(60, 18)
        reader.is_on("c-01")
        reader.sees("STATEMENT", "CALL", "READ")


async def test_nothing_is_judged_that_cannot_be_seen(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.resize(50, 15)
        await reader.press("3", "s", "m", "j", "c", "x")
        assert reader.case.acts == []
        await reader.resize(80, 24)
        reader.is_on("c-01")
        assert reader.mode == "READ"
        await reader.resize(50, 15)
        await reader.press("q")
        assert not reader.running, "but one may leave"


@pytest.mark.parametrize(
    ("opening", "typed", "ending"),
    [("c", "note", "NOTE"), ("f", "tag:dea", "FILTER"), ("/", "kill", "FIND")],
)
async def test_what_is_being_written_goes_on_when_the_terminal_is_large_again(
    tmp_path: Path, opening: str, typed: str, ending: str
) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press(opening)
        await reader.type(typed)
        await reader.resize(50, 15)
        await reader.resize(80, 24)
        assert reader.mode == ending
        await reader.type("xyz")
        reader.sees(f"{typed}xyz")


async def test_a_case_opened_for_reading_only_refuses_with_words(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), readonly=True) as reader:
        reader.says("Read-only: nothing can be recorded.")
        reader.sees("READ-ONLY")
        for key, title in {
            "3": "Verdict 3", "0": "Withdraw", "s": "Set aside", "m": "Mark", "c": "Note",
            "e": "Note in your editor", "v": "Make an excerpt", "u": "Undo", "U": "Redo",
        }.items():  # fmt: skip
            await reader.press(key)
            reader.says(f"{title}: the case is open for reading only.")
            reader.is_on("c-01")
        await reader.press("j", "l", "space", "t", "q", "a", "enter")
        reader.is_on("c-15")
        assert reader.case.log() == []


async def test_two_readers_in_conflict(tmp_path: Path) -> None:
    path = founding(tmp_path)
    async with at_desk(path, "ben") as ben:
        await ben.press("6")
    async with at_desk(path) as reader:
        await reader.press("g")
        reader.sees("others: ben: false")
        await reader.press("2", "k", "g")
        reader.is_on("c-01")
        reader.sees("[2 partly verified]", "IN CONFLICT", "ben: false")
        assert reader.case.state_of("c-01") is State.IN_CONFLICT
        await reader.press("a")
        reader.sees("! differ")


async def test_somebody_else_judged_between_the_drawing_and_the_key(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        with reader.case.session("ben") as ben:
            ben.decide(ben.view("c-01"), "contested", note="Rival accounts.")
        await reader.press("3")
        reader.is_on("c-01")
        reader.says("ben", "c-01")
        assert ":" in reader.status, "and when"
        reader.sees("others: ben: contested, Rival accounts.")
        assert reader.case.verdict_of("c-01") == ""
        assert reader.case.acts == []
        await reader.press("3")
        assert reader.case.verdict_of("c-01") == "unverified", "now it was seen"


@pytest.mark.parametrize("key", ["0", "s", "m", "v"])
async def test_no_act_is_recorded_on_a_claim_that_somebody_else_changed(
    tmp_path: Path, key: str
) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("3", "g")
        if key == "s":
            await reader.press("j")
        id_ = reader.claim
        with reader.case.session("ben") as ben:
            ben.note(ben.view(id_), "Look again.")
        before = reader.case.acts
        await reader.press(*(["v", "s"] if key == "v" else [key]))
        reader.says("ben", id_)
        assert reader.case.acts == before


async def test_what_others_record_is_shown_within_a_moment_and_said(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("tab", "J")
        texts = reader.pane("recording")[1:6]
        with reader.case.session("ben") as ben:
            ben.decide(ben.view("c-01"), "false")
        await reader.look_up()
        reader.says("ben gave c-01 the verdict false.")
        reader.sees("others: ben: false", "15 of 16 undecided")
        assert reader.pane("recording")[1:6] == texts, "the reader stays where they are"


async def test_the_exercise_is_labelled_on_every_claim(tmp_path: Path) -> None:
    async with at_desk(exercise(tmp_path)) as reader:
        reader.says("A fictional exercise.")
        for key in ("j", "G", "3", "z"):
            await reader.press(key)
            assert reader.screen[0].startswith(" EXERCISE ")
            assert reader.style_at(0, 1).reverse
    async with at_desk(founding(tmp_path)) as reader:
        reader.misses("EXERCISE", "exercise")


async def test_a_scale_with_long_words_is_shown_whole_or_cut_with_a_sign(tmp_path: Path) -> None:
    labels = [f"{n} a verdict with rather many words to it"[:40] for n in range(1, 10)]
    scale = scale_of([(f"value_{n}", label, "") for n, label in enumerate(labels)])
    path = tmp_path / "long.case"
    CaseFile.create(path, title="Long", scale=scale).close()
    made_of(path, claim("c-1"))
    for size in ((60, 18), (80, 24), (120, 40)):
        async with at_desk(path, size=size) as reader:
            for n in range(1, 10):
                reader.sees(f" {n} {n} a ver")
            assert reader.screen[-1].startswith("? keys")


async def test_a_long_reader_and_a_long_filter_leave_room_for_the_rest(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), "Anastasiia-Volodymyrivna " * 3) as reader:
        assert "16 of 16 undecided" in reader.screen[0]
        await reader.press("f")
        await reader.write("tag:death -tag:place -tag:person claimant:main kharkiv")
        assert "undecided" in reader.screen[0]
        assert reader.screen[0].count(": ") >= 1


async def test_a_claim_with_signs_of_markup_is_shown_as_it_stands(tmp_path: Path) -> None:
    words = "He said [inaudible] [/noise] and [@click=app.quit]x[/]."
    path = made_of(
        tmp_path / "a.case",
        source(name="[b]GUR[/b]"),
        statement(text=words, held="verbatim"),
        recording(lines=[words]),
        claim("c-1", text=words, claimant="[red]A[/red]", statements=["gur-7-march"],
              recordings=["call-1"]),
    )  # fmt: skip
    async with at_desk(path) as reader:
        assert reader.words.count(words) == 3
        reader.sees("[red]A[/red]")
        await reader.press("i")
        reader.sees("[b]GUR[/b]", words)
