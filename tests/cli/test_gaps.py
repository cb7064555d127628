"""`grade`, `card`, `gaps`, `ask`, `answer`, and what `status` says of grades."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Reviewer


def test_a_source_and_what_a_text_says_are_graded_apart(reviewer: Reviewer, case: Path) -> None:
    assert "Ungraded" not in reviewer("status", case).out
    assert "ungraded_sources" not in reviewer("status", case, "--json").json
    done = reviewer("grade", case, "gur", "b", "--as", "ada", "--why", "a party to the war")
    assert done.lines[0].startswith("Recorded for ada: source gur graded B, usually reliable (")
    done = reviewer("grade", case, "call-2", "C4", "--claim", "c-01", "--as", "borys", "--json")
    assert [(row["about"], row["key"], row["value"]) for row in done.rows] == [
        ("gur", "source", "C"),
        ("call-2", "information/c-01", "4"),
    ]
    assert reviewer("grade", case, "call-2").lines == [
        "Source gur, Main Intelligence Directorate, Ministry of Defence of Ukraine (GUR): C fairly"
        " reliable (borys); readers differ: B usually reliable (ada: a party to the war)",
        "call-2 on c-01: 4 doubtful (borys)",
    ]
    shown = reviewer("grade", case, "gur", "--json").json["grades"]
    assert [one["in_words"] for one in shown] == ["usually reliable", "fairly reliable"]
    assert "Ungraded sources: 13 of 14" in reviewer("status", case).lines
    assert reviewer("status", case, "--json").json["ungraded_sources"] == 13
    assert "stands as it is" in reviewer("grade", case, "gur", "C", "--as", "borys").out
    assert "taken back" in reviewer("grade", case, "gur", "none", "--as", "borys").out


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (("gur", "3"), 2, "'gur' is a source, and is graded A to F"),
        (("gur", "x"), 2, "'x' is no grade; give A to F for the source, 1 to 6"),
        (("nobody", "B"), 1, "No source and no text of this case is called 'nobody'"),
        (("call-2", "3"), 2, "it stands beside c-01, c-05, c-06, c-07, c-08; say which"),
        (("call-2", "3", "--claim", "c-99"), 1, "c-99"),
    ],
)
def test_a_grade_that_cannot_be_is_refused_in_a_sentence(
    reviewer: Reviewer, case: Path, args: tuple[str, ...], code: int, sentence: str
) -> None:
    done = reviewer("grade", case, *args)
    assert (done.code, sentence in done.sentence) == (code, True), done.sentence


def test_a_text_of_one_claim_needs_no_claim_named(reviewer: Reviewer, case: Path) -> None:
    done = reviewer("grade", case, "genstab-2022-03-06", "3", "--json")
    assert done.code == 0, done.err
    assert done.json["claim"] == "c-14"


def test_the_card_of_a_call_says_what_is_unknown_and_takes_what_a_reader_knows(
    reviewer: Reviewer, case: Path
) -> None:
    out = reviewer("card", case, "call-1").out
    assert "Held as: a PARAPHRASE" in out
    for part in ("Number", "Number known by", "Hour of call", "Continuity", "2nd translator"):
        assert f"{part}: unknown\n" in out
    assert "Grade of the source: F (not given)" in out
    done = reviewer("card", case, "call-1", "number", "a mobile of Tula", "--as", "ada")
    assert "Recorded for ada: card of call-1, number: a mobile of Tula" in done.out
    assert reviewer("card", case, "call-1", "number").out == (
        "Number: a mobile of Tula (says ada)\n"
    )
    card = reviewer("card", case, "call-1", "--json").json
    assert card["held"] == "paraphrase"
    assert card["card"]["number"]["unknown"] is False
    assert card["card"]["number"]["evidence"] is None
    assert card["card"]["number"]["said"][0]["words"] == {"said": "a mobile of Tula"}
    assert [key for key, part in card["card"].items() if not part["unknown"]] == [
        *("speakers_known_by", "number", "released")
    ]
    assert "it has: speakers," in reviewer("card", case, "call-1", "colour").sentence
    assert reviewer("card", case, "gur-2022-03-07").code == 1


def test_questions_are_asked_answered_and_listed(reviewer: Reviewer, case: Path) -> None:
    asked = reviewer(
        *("ask", case, "c-01", "--question", "Who saw the body?", "--of", "the ministry"),
        *("--on", "2022-03-09", "--would-change", "a named witness", "--as", "ada", "--json"),
    ).rows
    key = asked[0]["key"]
    assert [row["value"] for row in asked] == ["open", "asked"]
    assert reviewer("gaps", case, "c-01").lines[:5] == [
        f"c-01  {key}  asked: Who saw the body?",
        "  Asked: the ministry on 2022-03-09 (says ada)",
        "  Answer: none recorded",
        "  Would change the verdict: a named witness",
        "call-2, who speaks: unknown",
    ]
    done = reviewer("ask", case, "c-01", "--key", key[:5], "--of", "the press office")
    assert "asked of the press office" in done.out
    rows = reviewer("gaps", case, "--json").rows
    assert [row["kind"] for row in rows].count("question") == 1
    assert [one["whom"] for one in rows[0]["question"]["asked"]] == [
        *("the ministry", "the press office")
    ]
    done = reviewer("answer", case, "c-01", key, "--answer", "Nobody did.")
    assert "answered: Nobody did." in done.out
    assert "question" not in {row["kind"] for row in reviewer("gaps", case, "--json").rows}
    assert "  Answer: Nobody did. (says " in reviewer("gaps", case, "c-01", "--all").out
    assert reviewer("answer", case, "c-01", key, "--reopen").code == 0
    assert "open: Who saw the body?" in reviewer("gaps", case, "c-01").lines[0]
    assert reviewer("gaps", case, "c-02").code == 0


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (("ask", "c-01"), 2, "Say either --question Q, or --key KEY"),
        (("ask", "c-01", "--key", "ab"), 2, "Say with --of who was asked."),
        (("ask", "c-01", "--question", "Who?", "--on", "2022-03-09"), 2, "Say with --of"),
        (("ask", "c-01", "--key", "ab", "--of", "them"), 1, "c-01 has no question 'ab'"),
        (("answer", "c-01", "ab"), 2, "Say one of --answer T, --close and --reopen."),
        (("answer", "c-01", "ab", "--close"), 1, "c-01 has no question 'ab'"),
        (("gaps", "c-99"), 1, "c-99"),
    ],
)
def test_a_question_that_cannot_be_is_refused_in_a_sentence(
    reviewer: Reviewer, case: Path, args: tuple[str, ...], code: int, sentence: str
) -> None:
    done = reviewer(args[0], case, *args[1:])
    assert (done.code, sentence in done.sentence) == (code, True), done.sentence


def test_a_wrong_day_records_nothing(reviewer: Reviewer, case: Path) -> None:
    done = reviewer("ask", case, "c-01", "--question", "Who?", "--of", "them", "--on", "soon")
    assert done.code == 2
    assert "question" not in {row["kind"] for row in reviewer("gaps", case, "--json").rows}


def test_the_dossier_and_the_tables_say_what_is_not_known(
    reviewer: Reviewer, case: Path, tmp_path: Path
) -> None:
    reviewer("grade", case, "call-2", "C4", "--claim", "c-01", "--as", "ada")
    reviewer("ask", case, "c-01", "--question", "Who <b>saw</b> it?", "--of", "the ministry")
    reviewer("card", case, "call-2", "number", "a mobile of Tula", "--as", "ada")
    for format_name in ("html", "markdown"):
        out = tmp_path / f"out.{format_name}"
        assert reviewer("export", case, out, "--format", format_name).code == 0
        text = out.read_text()
        assert "What is not known" in text
        assert "4 doubtful (ada)" in text
        assert "C fairly reliable (ada)" in text
        assert "a mobile of Tula (says ada)" in text
        assert "second" not in text or "2nd translator" in text
        assert "the ministry" in text
        assert "nobody graded it" in text
        assert "<b>saw</b>" not in text
    table = reviewer("export", case, "-", "--format", "jsonl", "--table", "findings").rows
    assert [(row["finding"], row["key"], row["in_words"]) for row in table][:3] == [
        ("grade", "source", "C, fairly reliable"),
        ("grade", "information/c-01", "4, doubtful"),
        ("question", table[2]["key"], ""),
    ]
    assert len(table) == 5
    notes = reviewer("export", case, "-", "--format", "annotations").out
    assert r"admiralty-scale:source-reliability=\"c\"" in notes
    assert r"admiralty-scale:information-credibility=\"4\"" in notes
    whole = tmp_path / "whole.jsonl"
    assert reviewer("export", case, whole, "--format", "jsonl").code == 0
    assert whole.read_text().count('"kind": "finding"') == 5
    again = reviewer("import", case, whole)
    assert again.code == 0, again.err
