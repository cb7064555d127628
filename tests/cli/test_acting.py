"""Acts from a script: what they print is what stands afterwards."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Program, Reviewer

HOUSE = (
    "verified",
    "partly_verified",
    "unverified",
    "contested",
    "misleading",
    "false",
    "not_checkable",
)


def test_a_verdict_is_recorded_and_found_again(reviewer: Reviewer, case: Path) -> None:
    done = reviewer(
        "decide", case, "c-01", "unverified", "--note", "one origin", "--as", "anna", "--json"
    )
    entry = done.json
    assert done.code == 0
    assert len(entry["id"]) == 64
    shown = reviewer("show", case, "c-01", "--json").json
    (verdict,) = shown["verdicts"]
    assert verdict["id"] == entry["id"]
    assert (verdict["reader"], verdict["value"], verdict["note"]) == (
        "anna",
        "unverified",
        "one origin",
    )
    assert verdict["standing"] is True
    assert verdict["stale"] == ""
    assert verdict["at"] == entry["at"]
    assert verdict["at"].endswith("Z")
    assert reviewer("queue", case, "--json").rows[0]["verdict"] == "unverified"


def test_the_same_verdict_again_changes_nothing(reviewer: Reviewer, case: Path) -> None:
    first = reviewer("decide", case, "c-01", "contested", "--json").json
    again = reviewer("decide", case, "c-01", "Contested", "--json")
    assert again.json == {"id": first["id"], "unchanged": True}
    assert again.code == 0
    assert "stands already" in reviewer("decide", case, "c-01", "contested").out
    assert len(reviewer("show", case, "c-01", "--json").json["verdicts"]) == 1


@pytest.mark.parametrize("value", HOUSE)
def test_every_value_of_the_house_scale_can_be_given(
    reviewer: Reviewer, case: Path, value: str
) -> None:
    # c-06 rests on two origins, as the case asks of "verified".
    assert reviewer("decide", case, "c-06", value, "--json").json["value"] == value


def test_a_verdict_is_known_by_its_label_too(reviewer: Reviewer, case: Path) -> None:
    entry = reviewer("decide", case, "c-02", "Partly verified", "--json").json
    assert entry["value"] == "partly_verified"


def test_an_unknown_verdict_names_those_there_are(reviewer: Reviewer, case: Path) -> None:
    done = reviewer("decide", case, "c-01", "true")
    assert done.code == 1
    assert all(value in done.sentence for value in HOUSE)
    assert reviewer("show", case, "c-01", "--json").json["verdicts"] == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("c-1", "'c-01'"), ("C-01", "'c-01'"), ("c_16", "'c-16'")]
)
def test_an_unknown_claim_names_what_comes_near(
    reviewer: Reviewer, case: Path, typed: str, meant: str
) -> None:
    for command in (["show", case, typed], ["decide", case, typed, "false"]):
        done = reviewer(*command)
        assert done.code == 1
        assert done.sentence.endswith(f"Did you mean {meant}?")


def test_an_unknown_claim_like_no_other_says_where_to_look(reviewer: Reviewer, case: Path) -> None:
    done = reviewer("note", case, "quite-another", "text")
    assert done.code == 1
    assert done.sentence.endswith(f"To see its claims: reviewer queue {case}")


def test_undo_and_redo_go_through_every_act_of_their_own_reader(
    reviewer: Reviewer, case: Path
) -> None:
    reviewer("decide", case, "c-01", "misleading", "--as", "anna")
    reviewer("decide", case, "c-01", "false", "--as", "anna")
    reviewer("decide", case, "c-01", "contested", "--as", "boris")
    undone = reviewer("undo", case, "--as", "anna", "--json").json
    assert undone["claim"] == "c-01"
    assert undone["sentence"] == "undid: verdict false on c-01"

    def standing() -> dict[str, str]:
        shown = reviewer("show", case, "c-01", "--json").json
        return {v["reader"]: v["value"] for v in shown["verdicts"] if v["standing"]}

    assert standing() == {"anna": "misleading", "boris": "contested"}
    assert reviewer("queue", case, "--json").rows[0]["state"] == "in_conflict"
    assert reviewer("queue", case).lines[0].startswith("c-01 [readers differ]")
    reviewer("redo", case, "--as", "anna")
    assert standing() == {"anna": "false", "boris": "contested"}
    assert reviewer("redo", case, "--as", "anna").sentence == "anna has nothing to redo."
    assert reviewer("undo", case, "--as", "carla").sentence == "carla has nothing left to undo."


def test_a_verdict_is_withdrawn_once(reviewer: Reviewer, case: Path) -> None:
    reviewer("decide", case, "c-01", "unverified")
    assert reviewer("withdraw", case, "c-01", "--json").json["kind"] == "withdraw"
    done = reviewer("withdraw", case, "c-01")
    assert (done.code, done.sentence) == (1, "You have no verdict on c-01 to withdraw.")


def test_a_note_comes_from_the_line_or_from_the_standard_input(
    reviewer: Reviewer, case: Path
) -> None:
    first = reviewer("note", case, "c-01", "із рядка", "--json").json
    assert first["note"] == "із рядка"
    assert reviewer("note", case, "c-01", "із рядка", "--json").json == {
        "id": first["id"],
        "unchanged": True,
    }
    reviewer("note", case, "c-01", "-", stdin="זה\nשורה\n".encode())
    (note,) = reviewer("show", case, "c-01", "--json").json["notes"]
    assert note["text"] == "זה\nשורה"
    lines = reviewer("show", case, "c-01").lines
    assert "  זה" in lines


def test_a_note_that_is_not_utf8_is_refused(reviewer: Reviewer, case: Path) -> None:
    done = reviewer("note", case, "c-01", "-", stdin=b"caf\xe9")
    assert done.code == 2
    assert "not UTF-8 at byte 3" in done.sentence
    assert reviewer("note", case, "c-01", "caf\udce9").code == 2
    assert reviewer("show", case, "c-01\udce9").code == 2


def test_a_claim_is_set_aside_and_taken_back(reviewer: Reviewer, case: Path) -> None:
    assert reviewer("set-aside", case, "c-01", "--json").json["on"] is True
    assert reviewer("queue", case, "--json").rows[0]["state"] == "set_aside"
    assert reviewer("set-aside", case, "c-01", "--back").code == 0
    assert reviewer("queue", case, "--json").rows[0]["state"] == "new"


def test_people_are_told_what_was_recorded_and_how_to_take_it_back(
    reviewer: Reviewer, case: Path
) -> None:
    lines = reviewer("decide", case, "c-01", "false", "--as", "anna").lines
    assert lines[0].startswith("Recorded for anna: verdict false on c-01 (")
    assert lines[1] == f"To undo it: reviewer undo {case} --as anna"


def test_a_hint_names_the_reader_only_where_a_bare_command_would_take_another(
    reviewer: Reviewer, case: Path, an_empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "boris")
    assert reviewer("decide", case, "c-01", "false").lines[1] == f"To undo it: reviewer undo {case}"
    by_name = reviewer("note", case, "c-01", "x", "--as", "boris").lines
    assert by_name[1] == f"To undo it: reviewer undo {case}"
    for command in (
        ["note", case, "c-01", "y"],
        ["link", case, "c-01", "call-2", "--quote", "fall silent", "--stance", "context"],
        ["set-aside", case, "c-02"],
    ):
        done = reviewer(*command, "--as", "Ann B")
        assert done.lines[1] == f"To undo it: reviewer undo {case} --as 'Ann B'"
    undone = reviewer("undo", case, "--as", "Ann B").lines[1]
    assert undone == f"To take that back: reviewer redo {case} --as 'Ann B'"
    redone = reviewer("redo", case, "--as", "Ann B").lines[1]
    assert redone == f"To take that back: reviewer undo {case} --as 'Ann B'"
    settings = an_empty_home / ".config" / "reviewer" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('reader = "dora"\n')
    assert reviewer("decide", case, "c-06", "false").lines[1] == f"To undo it: reviewer undo {case}"
    done = reviewer("decide", case, "c-04", "false", "--as", "boris")
    assert done.lines[1] == f"To undo it: reviewer undo {case} --as boris"
    settings.write_text('readr = "dora"\n')
    done = reviewer("decide", case, "c-05", "false", "--as", "boris")
    assert (done.code, done.err) == (0, "")
    assert done.lines[1] == f"To undo it: reviewer undo {case} --as boris"


@pytest.mark.parametrize("nothing", [b"", b" \n", b"\xef\xbb\xbf"])
def test_an_empty_standard_input_removes_no_note(
    reviewer: Reviewer, case: Path, nothing: bytes
) -> None:
    reviewer("note", case, "c-01", "kept", "--as", "anna")
    done = reviewer("note", case, "c-01", "-", "--as", "anna", stdin=nothing)
    assert (done.code, done.out) == (1, "")
    assert done.sentence == (
        "The standard input is empty and nothing was recorded; to remove a note say:"
        f" reviewer note {case} c-01 '' --as anna"
    )
    (note,) = reviewer("show", case, "c-01", "--json").json["notes"]
    assert note["text"] == "kept"
    assert reviewer("note", case, "c-01", "", "--as", "anna").code == 0
    assert reviewer("show", case, "c-01", "--json").json["notes"] == []


def test_a_closed_standard_input_removes_no_note(program: Program, case: Path) -> None:
    done = program("note", case, "c-01", "-", preexec_fn=lambda: os.close(0))
    assert (done.code, "standard input is empty" in done.sentence) == (1, True)


def test_words_of_a_call_are_linked_to_a_claim(reviewer: Reviewer, case: Path) -> None:
    words = "fall silent for a long time"
    entry = reviewer(
        *("link", case, "c-01", "call-2", "--quote", words, "--stance", "context"),
        *("--as", "anna", "--json"),
    ).json
    assert (entry["target"], entry["exact"], entry["stance"]) == ("call-2", words, "context")
    shown = reviewer("show", case, "c-01", "--json").json
    mine = next(e for e in shown["excerpts"] if e["id"] == entry["id"])
    assert (mine["reader"], mine["orphan"], mine["start"]) == ("anna", False, entry["start"])
    again = reviewer(
        *("link", case, "c-01", "call-2", "--quote", words, "--stance", "context"),
        *("--as", "anna", "--json"),
    )
    assert again.json == {"id": entry["id"], "unchanged": True}


def test_words_that_stand_twice_need_what_stands_beside_them(
    reviewer: Reviewer, case: Path
) -> None:
    link = ("link", case, "c-01", "call-1", "--quote", "The two", "--stance", "context")
    assert reviewer(*link).code == 0
    done = reviewer("link", case, "c-01", "call-1", "--quote", "reported", "--stance", "context")
    assert done.code == 1
    assert "stand 2 times in 'call-1'" in done.sentence
    assert "--prefix" in done.sentence
    told = reviewer(
        *("link", case, "c-01", "call-1", "--quote", "reported", "--stance", "context"),
        *("--suffix", " to ask whether they can", "--json"),
    )
    assert told.json["exact"] == "reported"


def test_words_that_do_not_stand_there_are_not_linked(reviewer: Reviewer, case: Path) -> None:
    for quote, said in {
        "no such words": "letter for letter.",
        "invasion. army": "letter for letter.",
        " ": "has no words",
    }.items():
        done = reviewer("link", case, "c-01", "call-1", "--quote", quote, "--stance", "context")
        assert done.code in (1, 2)
        assert said in done.sentence
    done = reviewer("link", case, "c-01", "call-7", "--quote", "words", "--stance", "context")
    assert (done.code, "no statement or recording 'call-7'" in done.sentence) == (1, True)
    done = reviewer("link", case, "c-01", "call-1", "--quote", "words", "--stance", "against")
    assert done.code == 2
    assert reviewer("log", case, "--json").rows == []


def test_a_quotation_across_segments_or_in_translation_is_explained(
    reviewer: Reviewer, tmp_path: Path
) -> None:
    reviewer("demo", "--exercise", "--dir", tmp_path)
    case = tmp_path / "exercise.case"
    call = reviewer("show", case, "x-01", "--json").json["recordings"][0]
    first, second = call["segments"][:2]
    link = ("link", case, "x-01", call["id"], "--stance", "context", "--quote")
    across = f"{first['text'][-5:]} {second['text'][:5]}"
    assert "line break" in reviewer(*link, across).sentence
    assert "translation" in reviewer(*link, second["translation"]).sentence
    both = reviewer(*link, f"{first['text']}\n{second['text']}", "--json").json
    assert (both["start_ms"], both["end_ms"]) == (first["start_ms"], second["end_ms"])


def test_a_reader_without_a_name_is_the_settings_or_the_account(
    reviewer: Reviewer, case: Path, an_empty_home: Path
) -> None:
    settings = an_empty_home / ".config" / "reviewer" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('reader = "dora"\n')
    assert reviewer("decide", case, "c-01", "false", "--json").json["reader"] == "dora"
    assert (
        reviewer("decide", case, "c-02", "false", "--as", "eva", "--json").json["reader"] == "eva"
    )
    settings.write_text('readr = "dora"\n')
    done = reviewer("decide", case, "c-06", "false")
    assert done.code == 2
    assert "readr" in done.sentence


def test_a_name_that_cannot_be_a_readers_is_wrong_usage(reviewer: Reviewer, case: Path) -> None:
    for name in ("a\x1b[31m", "x" * 81, "\u202eanna"):
        done = reviewer("decide", case, "c-01", "false", "--as", name)
        assert done.code == 2
        assert "\x1b" not in done.sentence
