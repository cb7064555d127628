"""Every text of the case in plain lines: listed, read, put beside a claim, linked."""

from __future__ import annotations

from pathlib import Path

from reviewer.casefile.case import CaseFile
from reviewer.model.records import RatingRecord
from reviewer.service.importing import import_files
from tests.casefile.making import claim, recording, source, statement
from tests.cli.conftest import *  # noqa: F403 - the fixture `reviewer`
from tests.cli.conftest import Reviewer
from tests.lines.at_work import case_of, reading

LINES = ("Виталий Герасимов убит.", "Повтори.", "Связи нет, ничего не работает.")


def typed(*words: str) -> list[str]:
    """The keys of some answers, each ended with enter."""
    return [key for word in words for key in (*("space" if c == " " else c for c in word), "enter")]


def small(folder: Path) -> Path:
    return case_of(
        folder / "small.case",
        source(),
        source("ria", name="RIA Novosti"),
        statement(title="Announcement \x1b[2J[/x]", date="2022-03-07"),
        statement("ria-2-march", "498 soldiers fell.", source="ria", held="verbatim"),
        recording(lines=LINES, title="The first call"),
        claim("c-1", statements=["gur-7-march"]),
        RatingRecord(claim="c-1", source="ria", rating="Fake", text="He is alive."),
    )


def test_p_lists_the_texts_and_puts_one_beside_the_claim(tmp_path: Path) -> None:
    with reading(small(tmp_path)) as (reader, _):
        said = reader.press("T", *typed("novosti", "1"))
        assert "1 ria-2-march [statement] RIA Novosti" in said
        assert "Nothing links it to this claim yet; v makes an excerpt." in said
        assert "498 soldiers fell." in said
        assert reader.session.view("c-1").excerpts == ()


def test_an_excerpt_can_be_made_on_it_and_it_is_recorded(tmp_path: Path) -> None:
    path = small(tmp_path)
    with reading(path) as (reader, _):
        reader.press("T", *typed("novosti", "1"))
        said = reader.press("v", *typed("2", "498 soldiers"), "r")
        assert "Recorded: refutes excerpt on c-1" in said
    with reading(path) as (reader, _):
        (made,) = reader.session.view("c-1").excerpts
        assert (made.target, made.exact) == ("ria-2-march", "498 soldiers")


def test_capitals_make_no_difference_in_any_script(tmp_path: Path) -> None:
    with reading(small(tmp_path)) as (reader, _):
        assert "1 call-1 [recording]" in reader.press("T", *typed("ГЕРАСИМОВ", ""))
        assert "No text of the case holds these words." in reader.press("T", *typed("100%"))


def test_a_number_that_is_none_of_the_list_changes_nothing(tmp_path: Path) -> None:
    with reading(small(tmp_path)) as (reader, _):
        for number in ("4", "0", "x", "", "-1", "9" * 30):
            said = reader.press("T", *typed("", number))
            assert "Nothing links it" not in said
        assert reader.front.beside is None


def test_a_published_rating_is_told_as_others_words(tmp_path: Path) -> None:
    with reading(small(tmp_path)) as (_, said):
        assert 'Published rating: "Fake" by RIA Novosti' in said
        assert "Reasons published with it: He is alive." in said
        assert "Verdict: none yet." in said


def test_the_card_says_where_a_text_came_from(tmp_path: Path) -> None:
    path = small(tmp_path)
    file = tmp_path / "posts.csv"
    file.write_text("id,text,language\n1,The general is alive and well.,en\n")
    with CaseFile.open(path) as case:
        assert import_files(case, [file]).refused == []
    with reading(path) as (reader, _):
        reader.press("T", *typed("posts", "1"))
        reader.press("l", "l")
        said = reader.press("i")
        assert "Came from: posts.csv, line 2 (sha256 " in said


# `texts` and `show`


def test_texts_lists_them_for_people_and_for_scripts(reviewer: Reviewer, tmp_path: Path) -> None:
    path = small(tmp_path)
    done = reviewer("texts", path)
    assert done.code == 0
    assert [line.split()[0] for line in done.lines] == ["call-1", "ria-2-march", "gur-7-march"]
    assert "\x1b" not in done.out
    assert any("held as TRANSLATION" in line for line in done.lines)
    rows = reviewer("texts", path, "--json").rows
    assert [(row["kind"], row["id"]) for row in rows] == [
        ("recording", "call-1"),
        ("statement", "ria-2-march"),
        ("statement", "gur-7-march"),
    ]
    assert rows[1]["source"] == "RIA Novosti"
    assert len(reviewer("texts", path, "--limit", 1).lines) == 1
    (row,) = reviewer("texts", path, "герасимов", "first", "--json").rows
    assert row["id"] == "call-1"
    assert reviewer("texts", path, "klingon").lines == ["No text of the case holds these words."]
    empty = tmp_path / "empty.case"
    reviewer("new", empty)
    assert reviewer("texts", empty).lines == ["The case holds no texts."]
    assert reviewer("texts", empty, "--json").out == ""


def test_show_takes_the_id_of_a_text(reviewer: Reviewer, tmp_path: Path) -> None:
    path = small(tmp_path)
    lines = reviewer("show", path, "call-1").lines
    assert lines[0] == "Recording call-1: The first call"
    assert any("Виталий Герасимов убит." in line for line in lines)
    found = reviewer("show", path, "ria-2-march", "--json").json
    assert (found["text"], found["came_from"]) == ("498 soldiers fell.", None)
    rated = reviewer("show", path, "c-1").lines
    assert 'Published rating: "Fake" by RIA Novosti' in rated
    assert "Verdicts: none yet." in rated
    (rating,) = reviewer("show", path, "c-1", "--json").json["ratings"]
    assert (rating["rating"], rating["source_name"]) == ("Fake", "RIA Novosti")
    status = reviewer("status", path, "--json").json
    assert (status["decided"], status["verdicts"], status["readers"]) == (0, {}, {})
    missing = reviewer("show", path, "no-such-text")
    assert (missing.code, "no-such-text" in missing.sentence) == (1, True)
