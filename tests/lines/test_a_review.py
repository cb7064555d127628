"""A review of the founding case in labelled lines: what is heard and what is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.lines.program import NOT_HERE
from reviewer.service.commands import COMMANDS, Mode
from reviewer.service.session import Session
from tests.lines.at_work import reading, shipped_case

READ = [command for command in COMMANDS if command.mode is Mode.READ]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return shipped_case(tmp_path)


def test_every_command_has_a_handler_that_is_named_after_it(case: Path) -> None:
    with reading(case) as (reader, _):
        for command in READ:
            assert callable(reader.front.handler(command.id)), command.id


def test_every_command_can_be_given_everywhere_without_a_crash(case: Path) -> None:
    leaves = {"app.close", "app.suspend"}
    with reading(case) as (reader, _):
        for command in READ:
            if command.keys and command.id not in leaves:
                assert reader.press(command.keys[0]) or command.id == "app.close", command.id


def test_the_first_claim_is_read_out_with_its_labels(case: Path) -> None:
    with reading(case) as (_, heard):
        lines = heard.splitlines()
    assert lines[0] == "Case: The reported death of Major General Vitaly Gerasimov, March 2022"
    assert "Reader: ada. ? lists the keys, q leaves." in lines
    assert (
        "Claim c-01: Major General Vitaly Gerasimov of Russia's 41st Combined Arms Army has been"
        " killed." in lines
    )
    assert any(
        line.startswith("Statement gur-2022-03-07, held as a paraphrase: ") for line in lines
    )
    assert (
        'Linked, excerpt 1, supports: "Vitaly Gerasimov was killed in the fighting near Kharkiv"'
        in lines
    )
    assert lines[-1].startswith("Verdict? 1 verified  2 partly verified  3 unverified  4 ")


def test_space_reads_all_of_the_evidence_once_and_b_goes_back(case: Path) -> None:
    with reading(case, width=60) as (reader, heard):
        view = reader.session.view("c-01")
        pages = [heard]
        while "End of the evidence" not in pages[-1]:
            assert len(pages) < 50
            pages.append(reader.press("space"))
        pages[0] = heard[: heard.index("\nVerdict?")]
        assert max(len(page.splitlines()) for page in pages[1:]) <= 16
        lines = [line for page in pages for line in page.splitlines() if line[:4] != "More"]
        flat = " ".join(" ".join(lines).split())
        for text in [t.text for t in view.statements] + [
            s.text for r in view.recordings for s in r.segments
        ]:
            for paragraph in filter(None, text.split("\n")):
                assert flat.count(" ".join(paragraph.split())) == 1, paragraph
        assert "that was the end" in reader.press("space").lower()
        body = [_body(page) for page in pages[1:]]
        back = [_body(reader.press("b")) for _ in range(len(body) - 1)]
        assert back == body[:-1][::-1]


def _body(page: str) -> list[str]:
    return page.splitlines()[:-1]


def test_lines_go_by_passages(case: Path) -> None:
    with reading(case) as (reader, _):
        first = reader.press("J")
        assert "grozev-2022-03-07, paragraph 2" in first
        assert "paragraph 3" in reader.press("J")
        assert "paragraph 2" in reader.press("K")
        reader.press(*["K"] * 60)
        assert reader.press("K") == "This is the beginning of the evidence.\n"


def test_a_verdict_with_a_note_is_on_the_disk_before_anything_is_said(case: Path) -> None:
    with reading(case) as (reader, _):
        found: list[list[tuple[str, str]]] = []

        def look(line: str) -> None:
            if line.startswith("Recorded: "):
                with Session.open(case, "ben", readonly=True) as other:
                    verdicts = other.view("c-01").verdicts
                    notes = other.view("c-01").notes
                    found.append(
                        [(v.value, v.note) for v in verdicts] or [("", n.text) for n in notes]
                    )

        reader.on_say = look
        heard = reader.press("c", *"One origin, so far.", "enter")
        assert "Note: One origin, so far.\n" in heard
        assert "Recorded: note on c-01: One origin, so far. u undoes.\n" in heard
        heard = reader.press("3")
        assert heard.startswith("Recorded: verdict unverified on c-01, with a note. u undoes.\n")
        assert "\nClaim c-15: " in heard
        assert found == [[("", "One origin, so far.")], [("unverified", "One origin, so far.")]]


def test_the_same_verdict_again_changes_nothing(case: Path) -> None:
    with reading(case) as (reader, _):
        reader.press("3", "o")
        before = reader.session.log()
        assert reader.press("3") == (
            "The verdict unverified stands already on c-01; nothing was recorded.\n"
        )
        assert reader.session.log() == before
        assert "(yours)" in reader.press("ctrl+l")


def test_undo_says_what_it_undid_and_goes_there(case: Path) -> None:
    with reading(case) as (reader, _):
        reader.press("3")
        assert reader.front.claim == "c-15"
        heard = reader.press("u")
        assert heard.startswith("Undid: verdict unverified on c-01. U brings it back.\n")
        assert "\nClaim c-01: " in heard
        assert "\nVerdict: none yet.\n" in heard
        assert "Redid: verdict unverified on c-01. u undoes it again.\n" in reader.press("U")
        assert reader.press("U") == "ada has nothing to redo.\n"
        assert "Recorded: verdict on c-01 withdrawn. u undoes.\n" in reader.press("0")
        assert reader.press("0") == "Withdraw: you have no verdict on this claim.\n"


def test_set_aside_and_mark(case: Path) -> None:
    with reading(case) as (reader, _):
        assert "Recorded: c-01 set aside. u undoes.\n\nClaim c-15: " in reader.press("s")
        assert "\nState: set aside.\n" in reader.press("k")
        assert reader.press("s") == "Recorded: c-01 back in the queue. u undoes.\n"
        assert reader.press("m") == "Recorded: c-01 marked. u undoes.\n"
        assert "\nState: new, marked.\n" in reader.press("ctrl+l")
        assert reader.press("m") == "Recorded: c-01 no longer marked. u undoes.\n"


def test_when_somebody_else_changed_the_claim_nothing_is_recorded(case: Path) -> None:
    with reading(case) as (reader, _):
        with Session.open(case, "ben") as other:
            other.decide(other.view("c-01"), "contested")
        heard = reader.press("3")
        assert heard.startswith("Not recorded: ben changed c-01 at ")
        assert "\nClaim c-01: " in heard
        assert "\nVerdict by ben, " in heard
        assert [v.reader for v in reader.session.view("c-01").verdicts] == ["ben"]
        assert "Recorded: verdict unverified on c-01." in reader.press("3")


def test_a_note_refused_since_the_claim_changed_is_kept_as_a_draft(case: Path) -> None:
    with reading(case) as (reader, _):
        with Session.open(case, "ben") as other:
            other.note(other.view("c-01"), "Seen.")
        heard = reader.press("c", *"Mine", "enter")
        assert "Not recorded: ben changed c-01" in heard
        assert "\nDraft of your note: Mine\n" in heard
        assert "Recorded: note on c-01: Mine" in reader.press("c", "enter")


def test_moving_through_the_queue(case: Path) -> None:
    with reading(case) as (reader, _):
        assert reader.press("k") == "This is the first claim of the queue.\n"
        assert reader.press("g") == "This is the first claim of the queue.\n"
        assert reader.press("o") == "Jump back: you have not jumped yet.\n"
        assert "\nClaim c-15: " in reader.press("j")
        assert "\nClaim c-10: " in reader.press("G")
        assert reader.press("j") == "This is the last claim of the queue.\n"
        assert "\nClaim c-15: " in reader.press("o")
        heard = reader.press("a", *"c-03", "enter")
        assert "Queue: 16 claims in the queue.\n" in heard
        assert "Here: c-15 [new] " in heard
        assert "\nClaim c-03: " in heard
        assert "There is no claim 'zz' in this case." in reader.press("a", *"zz", "enter")
        assert reader.press("a", "escape").endswith("Still at claim c-03.\n")


def test_a_filter_keeps_the_reader_where_it_can_and_tells_where_it_cannot(case: Path) -> None:
    with reading(case) as (reader, _):
        heard = reader.press("f", *"tag:casualties", "enter")
        assert (
            "\nFilter 'tag:casualties': 2 claims; the first of them follows;"
            " o goes back to c-01.\n\nClaim c-13: "
        ) in heard
        assert "This claim is not in the filter 'tag:casualties'.\n" in reader.press("o")
        assert reader.press("k") == (
            "No claim of the filter 'tag:casualties' stands before this one.\n"
        )
        assert "\nClaim c-13: " in reader.press("g")
        assert "\nClaim c-14: " in reader.press("4")
        assert reader.press("4") == (
            "Recorded: verdict contested on c-14. u undoes.\n"
            "No other claim of the filter 'tag:casualties' waits for a verdict;"
            " F shows the whole queue.\n"
        )
        assert "Did you mean state: ?" in reader.press("f", *"stat:x", "enter")
        assert "Filter (now 'tag:casualties'; empty keeps it): " in reader.press("f", "escape")
        assert reader.press("f", *"tag:death tag:person", "enter", "o", "f", "enter").endswith(
            "The filter stays as it was.\n"
        )
        reader.press("f", *"tag:casualties", "enter", "o")
        assert reader.front.filter_text == "tag:casualties"
        assert reader.press("F") == "No filter: 16 claims.\n"
        assert reader.press("F") == "Clear the filter: no filter is set; f sets one.\n"


def test_excerpts_are_read_with_what_stands_around_them(case: Path) -> None:
    with reading(case) as (reader, _):
        assert reader.press("y") == (
            "Copy the quotation: no excerpt is chosen; h and l step to one.\n"
        )
        assert reader.press("h") == "That was the first excerpt of this claim.\n"
        heard = reader.press(*["l"] * 9)
        excerpt = heard[heard.index("Excerpt 9 of 10") :]
        assert "Excerpt 9 of 10, supports: " in excerpt
        assert "held as a paraphrase, call-2.\n" in excerpt
        assert "\nCall call-2, segment 6: One of the two is reported to lament" in excerpt
        few, many = excerpt.count("Call call-2"), reader.press("+").count("Call call-2")
        assert few < many
        assert reader.press("-").count("Call call-2") == few
        assert reader.press("y").startswith('"One of the two is reported to lament the death" (')
        assert "Cuts: Unknown. Whether the call" in reader.press("i")
        assert "Excerpt 10 of 10" in reader.press("l")
        assert reader.press("l") == "That was the last excerpt of this claim.\n"


def test_find_prints_where_the_words_stand(case: Path) -> None:
    with reading(case) as (reader, _):
        assert reader.press("n") == "Next hit: nothing is being looked for; / finds.\n"
        heard = reader.press("/", *"LAMENT", "enter")
        assert "Hit 1 of 2:\nStatement rferl-2022-03, paragraph 3: " in heard
        assert reader.press("n").startswith("Hit 2 of 2:\nCall call-2, segment 6: ")
        assert reader.press("n").startswith("From the top again.\nHit 1 of 2:\n")
        assert reader.press("N").startswith("From the end again.\nHit 2 of 2:\n")
        assert "'zebra' stands nowhere" in reader.press("/", *"zebra", "enter")
        assert "Nothing is looked for." in reader.press("/", "escape")


def test_history_tells_everything_oldest_first(case: Path) -> None:
    with reading(case) as (reader, _):
        assert reader.press("t") == "Nothing has been recorded about this claim.\n"
        reader.press("3", "u")
        lines = reader.press("t", "escape").splitlines()
        assert [line[:2] for line in lines[1:3]] == ["2 ", "1 "]
        assert [line.partition(", ")[2] for line in lines[1:3]] == [
            "ada: verdict unverified on c-01 (undone)",
            "ada: undid: verdict unverified on c-01",
        ]


def test_keys_are_listed_from_the_table_with_the_reasons(case: Path) -> None:
    with reading(case) as (reader, _):
        heard = reader.press("?")
        for command in READ:
            if command.id.startswith("verdict.") and command.id[-1] in "89":
                assert command.title not in heard
            elif command.id in NOT_HERE:
                assert command.title.lower() in heard
            elif command.keys:
                assert f"{command.titled(reader.session.scale)}. " in heard, command.id
        assert "3: Verdict: unverified. " in heard
        assert "Not now: you have no verdict on this claim." in heard


def test_a_command_by_its_name(case: Path) -> None:
    with reading(case) as (reader, _):
        assert "Claim c-15: " in reader.press(":", *"next claim", "enter")
        assert "Recorded: verdict false on c-15." in reader.press(":", *"verdict: fa", "enter")
        assert "'next' may be: claim.next, " in reader.press(":", *"next", "enter")
        assert "There is no command 'undoo'. Did you mean 'undo'?" in reader.press(
            ":", *"undoo", "enter"
        )
        assert "No command is given." in reader.press(":", "escape")


@pytest.mark.parametrize("key", ["z", "w", "tab", "escape", "ctrl+c", "x", "d", "ß", "f7"])
def test_a_key_that_does_nothing_here_says_so_in_one_sentence(case: Path, key: str) -> None:
    with reading(case) as (reader, _):
        heard = reader.press(key)
        assert heard.count("\n") == 1
        assert reader.session.log() == []


def test_enter_and_backspace_do_nothing_at_all(case: Path) -> None:
    with reading(case) as (reader, _):
        assert reader.press("enter", "backspace") == ""


def test_a_reader_comes_back_to_where_they_were(case: Path) -> None:
    with reading(case) as (reader, _):
        reader.press("f", *"tag:death", "enter")
        reader.press("j", "l", "l")
        claim = reader.front.claim
        assert reader.press("q") == f"You left at claim {claim}. All is saved.\n"
        assert reader.front.left
    with reading(case) as (reader, heard):
        assert f"Back at claim {claim}, where you left.\n" in heard
        assert "Filter: tag:death\n" in heard
        assert "Excerpt 2 of " in heard
        assert (reader.front.claim, reader.front.stop) == (claim, 1)
    with reading(case, "ben") as (reader, _):
        assert (reader.front.claim, reader.front.filter_text) == ("c-01", "")
    with reading(case, filter_text="tag:casualties") as (reader, heard):
        assert reader.front.claim == "c-13"
        assert "Filter: tag:casualties\n" in heard
