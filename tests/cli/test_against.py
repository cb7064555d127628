"""`rival`, `rivals`, `hypotheses`: from a script as on the desk, and in `show` and the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Reviewer


def test_rivals_are_set_listed_and_taken_back(reviewer: Reviewer, case: Path) -> None:
    done = reviewer("rival", case, "c-01", "c-16", "--kind", "exclude", "--as", "ada")
    assert done.code == 0, done.err
    assert done.lines[0].startswith(
        "Recorded for ada: c-01 and c-16 set against each other: the two exclude each other"
    )
    again = reviewer("rival", case, "c-16", "c-01", "--kind", "exclude", "--as", "ada")
    assert again.lines == ["c-16 and c-01 stand so already; nothing new was recorded."]
    assert reviewer("rivals", case, "--json").rows == [
        {"claims": ["c-01", "c-16"], "kind": "exclude", "reader": "ada"}
    ]
    why = ("--reason", "A letter that cannot be shown.")
    decided = reviewer("decide", case, "c-01", "verified", *why, "--as", "ada")
    assert decided.lines[-1] == "Then c-16 cannot be verified: the two exclude each other."
    (row,) = reviewer("rivals", case, "c-16", "--as", "ada", "--json").rows
    assert row["claim"] == "c-01"
    assert row["verdict"] == "verified"
    assert row["follows"] == ["If c-01 is verified, c-16 cannot be: the two exclude each other."]
    assert row["own"] is True
    shown = reviewer("show", case, "c-16").lines
    assert "Rival accounts:" in shown
    assert "If c-01 is verified, c-16 cannot be: the two exclude each other." in shown
    assert reviewer("show", case, "c-16", "--json").json["verdicts"] == []
    reviewer("rival", case, "c-16", "c-01", "--remove", "--as", "ada")
    assert reviewer("rivals", case, "--json").rows == []
    assert reviewer("rivals", case).lines[0].startswith("No claim stands against another.")


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (("c-01", "c-77"), 1, "There is no claim 'c-77'"),
        (("c-01", "c-01"), 2, "c-01 cannot stand against itself"),
        (("c-01", "c-16", "--remove"), 1, "You have not set c-16 against c-01."),
        (("c-01", "c-16", "--kind", "rhymes"), 2, "'rhymes' is not one of"),
    ],
)
def test_what_cannot_be_linked_is_said_in_one_sentence(
    reviewer: Reviewer, case: Path, args: tuple[str, ...], code: int, sentence: str
) -> None:
    done = reviewer("rival", case, *args)
    assert done.code == code
    assert sentence in done.sentence
    assert reviewer("log", case, "--json").rows == []


def weigh(reviewer: Reviewer, case: Path, *args: str) -> list[str]:
    done = reviewer("hypotheses", case, "c-01", *args, "--as", "ada")
    assert done.code == 0, done.err
    return done.lines


def test_hypotheses_are_weighed_and_deception_turns_the_ranking(
    reviewer: Reviewer, case: Path
) -> None:
    assert weigh(reviewer, case)[0].startswith("Only the claim itself stands here")
    weigh(reviewer, case, "--add", "He was wounded.")
    rows = reviewer("hypotheses", case, "c-01", "--json").json["rows"]
    assert [row["stance"] for row in rows].count("refutes") == 2
    against = [str(n) for n, row in enumerate(rows, start=1) if row["stance"] == "refutes"]
    weigh(reviewer, case, "--rate", "1", "H2", "I")
    said = weigh(reviewer, case, "--deception", against[0])
    assert said[-1] == (
        "With what is supposed to be deception left out, the ranking turns: H1 and H2 first"
        " instead of H2."
    )
    done = reviewer("hypotheses", case, "c-01", "--as", "ada", "--json").json
    assert [one["place"] for one in done["hypotheses"]] == [1, 1]
    assert [one["inconsistent"] for one in done["hypotheses"]] == [1, 1]
    first = done["rows"][0]
    assert first["ratings"]["H1"] == {"rating": "C", "reader": None}
    assert first["ratings"]["H2"] == {"rating": "I", "reader": "ada"}
    assert (first["pairs_told_apart"], first["pairs"]) == (1, 1)
    assert done["supposed"]["turns"] is True
    assert done["supposed"]["led"] == ["H2"]
    lines = weigh(reviewer, case)
    assert lines[0] == "Competing hypotheses (after Heuer's ACH):"
    assert lines[-2] == "9 of 20 cells are not weighed; the order says little until then."
    weigh(reviewer, case, "--trust", against[0])
    weigh(reviewer, case, "--reword", "H2", "He lived.")
    assert "He lived." in weigh(reviewer, case)[2]
    weigh(reviewer, case, "--remove", "h2")
    assert weigh(reviewer, case)[0].startswith("Only the claim itself")


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (("--rate", "1", "H9", "C"), 1, "There is no hypothesis 'H9' here; there is: H1."),
        (("--rate", "99", "H1", "C"), 1, "c-01 has no excerpt '99'; it has 10"),
        (("--rate", "1", "H1", "X"), 2, "'X' is no rating; there is: C, I, N, ?."),
        (("--remove", "H1"), 2, "The first hypothesis is the claim itself"),
        (("--add", " "), 2, "A hypothesis needs words."),
        (("--add", "x", "--trust", "1"), 2, "--add and --trust are two changes"),
    ],
)
def test_what_cannot_be_weighed_is_said_in_one_sentence(
    reviewer: Reviewer, case: Path, args: tuple[str, ...], code: int, sentence: str
) -> None:
    done = reviewer("hypotheses", case, "c-01", *args)
    assert done.code == code
    assert sentence in done.sentence
    assert reviewer("log", case, "--json").rows == []


def test_both_stand_in_the_dossiers_and_nobodys_supposition_does(
    reviewer: Reviewer, case: Path, tmp_path: Path
) -> None:
    before = {name: reviewer("export", case, "--format", name, "-").out for name in FORMATS}
    assert not any("Rival accounts" in text for text in before.values())
    reviewer("rival", case, "c-01", "c-16", "--kind", "exclude")
    weigh(reviewer, case, "--add", "<b>He</b> was | wounded.")
    weigh(reviewer, case, "--deception", "5")
    reviewer("decide", case, "c-01", "false")
    markdown = reviewer("export", case, "--format", "markdown", "-").out
    assert "### Rival accounts" in markdown
    assert "### Competing hypotheses (after Heuer's ACH)" in markdown
    assert r"| 1 | H2: \<b\>He\</b\> was \| wounded. | 0 | 10 | ada |" in markdown
    page = reviewer("export", case, "--format", "html", "-").out
    assert "Heuer" in page
    assert "&lt;b&gt;He&lt;/b&gt; was | wounded." in page
    assert "the two exclude each other" in page
    for text in (markdown, page):
        assert "supposed to be deception" not in text
        assert "Nothing follows yet; if one of the two is verified" in text


FORMATS = ("html", "markdown")


def test_what_was_found_stands_in_the_lines_and_an_import_passes_it_over(
    reviewer: Reviewer, case: Path, tmp_path: Path
) -> None:
    reviewer("rival", case, "c-13", "c-14", "--as", "ada")
    weigh(reviewer, case, "--add", "He was wounded.")
    out = tmp_path / "out.jsonl"
    assert reviewer("export", case, "--format", "jsonl", out).code == 0
    records = [json.loads(line) for line in out.read_text().splitlines()]
    found = [one for one in records if one["kind"] == "finding"]
    assert [(one["finding"], one["about"], one["value"]) for one in found] == [
        ("hypothesis", "c-01", 2),
        ("rival", "c-13", "compete"),
    ]
    assert found[0]["words"] == {"text": "He was wounded."}
    assert {one["reader"] for one in found} == {"ada"}
    done = reviewer("import", case, out, "--json")
    assert done.code == 0, done.err
    assert reviewer("rivals", case, "--json").rows[0]["reader"] == "ada"
