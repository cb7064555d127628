"""Verdicts that age: the founding case from March to May 2022, as commands tell it."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from reviewer.service.demo import LATER, ensure_demo
from reviewer.shipped import shipped
from tests.cli.conftest import Reviewer

MAY = "2022-05.toml"
NEW = "pravda-2022-05-24 is new; state-media-2022-05-23 is new"


@pytest.fixture(scope="session")
def made_in_march(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path, _ = ensure_demo(tmp_path_factory.mktemp("march"), "gerasimov")
    return path


@pytest.fixture
def march(made_in_march: Path, tmp_path: Path) -> Path:
    """The founding case as `reviewer demo` makes it: as of March 2022."""
    return Path(shutil.copy(made_in_march, tmp_path / "gerasimov.case"))


def judged_in_march(reviewer: Reviewer, case: Path) -> None:
    said = ("--note", "One origin.", "--as-of", "2022-03-08", "--as", "ada")
    assert reviewer("decide", case, "c-01", "unverified", *said).code == 0


def test_nothing_in_the_case_of_march_knows_of_may(reviewer: Reviewer, march: Path) -> None:
    assert len(reviewer("queue", march).lines) == 15
    printed = [reviewer("show", march, id_).out for id_ in ("c-01", "c-02", "c-03", "c-06")]
    texts = reviewer("texts", march).out
    exported = reviewer("export", march, "-", "--format", "jsonl").out
    for said in (*printed, texts, exported):
        for later in ("2022-05", "2022-06", "May 2022", "Nevsky", "decorat", "BBC", "Pravda"):
            assert later not in said


def test_a_verdict_of_march_ages_and_ends_contested(
    reviewer: Reviewer, march: Path, tmp_path: Path
) -> None:
    judged_in_march(reviewer, march)
    assert reviewer("queue", march, "--filter", "state:reopened").lines == [
        "No claim matches this filter."
    ]

    # The report of May arrives, and the verdict says why it is stale.
    done = reviewer("import", march, shipped(LATER) / MAY)
    assert "Back in the queue, because a text under them changed: claims: 1" in done.lines
    shown = reviewer("show", march, "c-01").lines
    assert f"STALE: {NEW}; this verdict was given before that." in shown
    assert "State: reopened" in shown

    # It is reopened by an act, and judged again as of another day.
    reopened = reviewer("reopen", march, "c-01", "--why", "The report of May", "--as", "ada")
    assert "c-01 reopened: The report of May" in reopened.out
    again = reviewer("reopen", march, "c-01", "--as", "ada")
    assert (again.code, again.sentence) == (1, "c-01 is open again already.")
    note = "Two parties to the war, each its word."
    decided = reviewer(
        *("decide", march, "c-01", "contested", "--note", note),
        *("--as-of", "2022-05-24", "--as", "ada"),
    )
    assert "verdict contested on c-01 as of 24 May 2022, with a note" in decided.out

    # What changed, in words and as a diff.
    lines = reviewer("changes", march, "c-01").lines
    assert lines[:5] == [
        "Verdict by ada:",
        "  unverified, as of 8 March 2022 -> contested, as of 24 May 2022",
        "  2 texts are new: pravda-2022-05-24, state-media-2022-05-23.",
        "  2 excerpts refute it since.",
        "  The note changed.",
    ]
    assert "  + text state-media-2022-05-23: Russian state media: alive and decorated," in (
        "\n".join(lines)
    )
    assert [line.strip() for line in lines[-2:]] == ["-One origin.", f"+{note}"]
    (told,) = reviewer("changes", march, "c-01", "--json").rows
    assert (told["from"]["value"], told["from"]["as_of"]) == ("unverified", "2022-03-08")
    assert (told["to"]["value"], told["to"]["as_of"]) == ("contested", "2022-05-24")
    assert {one["id"] for one in told["differences"] if one["kind"] == "text"} == {
        "pravda-2022-05-24",
        "state-media-2022-05-23",
    }

    # The dossier prints both, each with its date, and what changed between them.
    for form in ("markdown", "html"):
        out = tmp_path / f"dossier.{form}"
        assert reviewer("export", march, out, "--format", form).code == 0
        page = out.read_text("utf-8")
        for said in ("as of 8 March 2022", "as of 24 May 2022", "2 excerpts refute it since."):
            assert said in page
    verdicts = tmp_path / "verdicts.csv"
    reviewer("export", march, verdicts, "--format", "csv", "--table", "verdicts")
    rows = list(csv.DictReader(io.StringIO(verdicts.read_text("utf-8-sig"))))
    assert sorted(row["as_of"] for row in rows) == ["2022-03-08", "2022-05-24"]
    assert reviewer("verify", march).code == 0


def test_the_demo_brings_in_what_came_later_and_a_second_time_nothing(
    reviewer: Reviewer, tmp_path: Path
) -> None:
    reviewer("demo", "--dir", tmp_path)
    case = tmp_path / "gerasimov.case"
    judged_in_march(reviewer, case)
    done = reviewer("demo", "--dir", tmp_path, "--later")
    assert done.sentence == f"Imported 18 records from {shipped(LATER)}."
    assert any(line.startswith("c-01 [reopened]") for line in done.lines)
    assert sum(line.startswith("c-") for line in done.lines) == 16
    again = reviewer("demo", "--dir", tmp_path, "--later")
    assert again.sentence == f"Nothing is new from {shipped(LATER)}."
    assert f"  demo later: {shipped(LATER)}" in reviewer("doctor").lines
    assert reviewer("demo", "--exercise", "--later").code == 2
    late = reviewer("decide", case, "c-01", "contested", "--as-of", "2022-05-24", "--as", "ada")
    assert late.code == 0
    assert late.sentence == "Mind that this claim stands with later texts: bbc-2022-06-06."


def test_a_date_for_another_look_comes_and_is_settled_by_a_new_verdict(
    reviewer: Reviewer, march: Path
) -> None:
    due = ("queue", march, "--filter", "due:yes")
    judged_in_march(reviewer, march)
    ada = ("--as", "ada")
    far = reviewer("recheck", march, "c-01", "+400", "--why", "the war may be over", *ada)
    assert far.code == 0
    assert reviewer(*due).lines == ["No claim matches this filter."]
    assert reviewer("status", march, "--json").json["due"] == 0
    reviewer("recheck", march, "c-01", "2022-05-24", "--why", "state media may answer", *ada)
    assert [line.split()[0] for line in reviewer(*due).lines] == ["c-01"]
    assert len(reviewer("queue", march, "--filter", "due:no").lines) == 14
    assert "Due for another look: 1; --filter due:yes lists them" in reviewer("status", march).lines
    assert "looked at again on 24 May 2022: state media may answer" in reviewer("log", march).out

    # A verdict of an earlier day settles nothing; one of that day does.
    reviewer("decide", march, "c-01", "unverified", "--as-of", "2022-03-09", *ada)
    assert reviewer("status", march, "--json").json["due"] == 1
    reviewer("decide", march, "c-01", "contested", "--as-of", "2022-05-24", *ada)
    assert reviewer("status", march, "--json").json["due"] == 0

    # The date is taken back; to say so twice is no act.
    assert "no other look at c-01 is due" in reviewer("recheck", march, "c-01", *ada).out
    none = reviewer("recheck", march, "c-01", *ada)
    assert (none.code, none.sentence) == (1, "You have set no date for another look at c-01.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("decide", "c-01", "false", "--as-of", "8 March"), "'8 March' is not a day"),
        (("decide", "c-01", "false", "--as-of", "2922-03-08"), "8 March 2922 has not come yet"),
        (("recheck", "c-01", "soon"), "'soon' is not a day; write 2022-05-24, or +14"),
        (("recheck", "c-01", "+99999999999"), "is not a day"),
        (("review", "--as-of", "2022-3-8"), "'2022-3-8' is not a day"),
        (("reopen", "c-01"), "c-01 has no verdict; there is nothing to reopen."),
    ],
)
def test_what_is_no_day_is_refused_in_a_sentence(
    reviewer: Reviewer, march: Path, typed: tuple[str, ...], said: str
) -> None:
    done = reviewer(typed[0], march, *typed[1:])
    assert done.code in (1, 2)
    assert said in done.sentence
    assert reviewer("log", march, "--json").rows == []


def test_reopening_is_an_act_like_any_other(reviewer: Reviewer, march: Path) -> None:
    judged_in_march(reviewer, march)
    reviewer("decide", march, "c-01", "false", "--as", "borys")
    reviewer("reopen", march, "c-01", "--why", "Halyna called", "--as", "borys")
    assert "STALE: reopened: Halyna called" in reviewer("show", march, "c-01").out
    assert reviewer("status", march, "--json").json["stale"] == 2

    # Its reason can be erased for good, and goes from the verdicts too.
    (row,) = [row for row in reviewer("log", march, "--json").rows if row["kind"] == "reopen"]
    assert reviewer("redact", march, row["id"], "--yes", "--as", "borys").code == 0
    assert "Halyna" not in reviewer("show", march, "c-01").out
    assert b"Halyna" not in march.read_bytes()
    assert "STALE: reopened; this verdict" in reviewer("show", march, "c-01").out
    assert reviewer("verify", march).code == 0

    # Undone, the verdicts stand again as they did.
    assert reviewer("undo", march, row["id"][:12], "--as", "borys").code == 0
    assert reviewer("status", march, "--json").json["stale"] == 0
    assert reviewer("queue", march, "--filter", "state:in_conflict").lines[0].startswith("c-01")
