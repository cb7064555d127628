"""Second readings and their settlement from a script."""

from __future__ import annotations

from pathlib import Path

from reviewer.service.demo import ensure_demo
from tests.cli.conftest import *  # noqa: F403 - the fixtures
from tests.cli.conftest import Reviewer


def test_two_readings_are_asked_for_given_blind_and_settled(
    reviewer: Reviewer, case: Path, tmp_path: Path
) -> None:
    asked = reviewer("method", case, "--readings", 2, "--filter", "tag:casualties", "--as", "ada")
    assert asked.out == "Asked for two readings of 2 claims.\n"
    assert reviewer("decide", case, "c-13", "contested", "--as", "ada").code == 0

    # Borys is told nothing of it; and no export has it.
    seen = reviewer("show", case, "c-13", "--as", "borys", "--json").json
    assert (seen["verdicts"], seen["claim"]["state"]) == ([], "new")
    assert reviewer("disagreements", case).lines == ["Readers differ on no claim."]
    out = tmp_path / "out.jsonl"
    assert reviewer("export", case, "--format", "jsonl", out, "--as", "ada").code == 0
    assert '"kind": "verdict"' not in out.read_text("utf-8")
    bag = reviewer("export", case, "--format", "bag", tmp_path / "bag", "--as", "ada")
    assert bag.code == 1
    assert "1 claim is not to be seen until both readings are in" in bag.sentence
    assert not (tmp_path / "bag").exists()

    refused = reviewer("adjudicate", case, "c-13", "false", "--reason", "x", "--as", "chen")
    assert refused.sentence == "On c-13 readers do not differ; nothing to settle."
    assert reviewer("decide", case, "c-13", "false", "--as", "borys").code == 0
    both = reviewer("show", case, "c-13", "--as", "borys", "--json").json
    assert {v["reader"]: v["data"]["blind"] for v in both["verdicts"]} == {
        "ada": True,
        "borys": True,
    }

    # One settles it; both stay, and the dissent is exported.
    nothing = reviewer("adjudicate", case, "c-13", "--as", "chen")
    assert nothing.code == 2
    assert "VERDICT with --reason, --agree READER, --ask Q" in nothing.sentence
    stranger = reviewer("adjudicate", case, "c-13", "--agree", "olha", "--as", "chen")
    assert stranger.sentence == "On c-13 there is no verdict in force of 'olha'."
    done = reviewer("adjudicate", case, "c-13", "--agree", "ada", "--reason", "So it is.",
                    "--as", "chen")  # fmt: skip
    assert "c-13 adjudicated: contested, with a reason" in done.out
    shown = reviewer("show", case, "c-13")
    assert "Adjudicated by chen" in shown.out
    assert "Reason: So it is." in shown.out
    page = tmp_path / "page.md"
    reviewer("export", case, "--format", "markdown", page)
    assert "dissent: borys (false)" in page.read_text("utf-8")

    # Sent back with a question, it waits for its readers again.
    back = reviewer("adjudicate", case, "c-13", "--ask", "By whose count?", "--as", "chen")
    assert back.code == 0
    assert reviewer("show", case, "c-13", "--json").json["claim"]["state"] == "reopened"
    assert "contested, overtaken since" in reviewer("show", case, "c-13").out
    reviewer("export", case, "--format", "markdown", page, "--force")
    assert "Settled before as contested by chen" in page.read_text("utf-8")
    assert reviewer("verify", case).code == 0


def test_a_reader_asks_for_another_and_once_is_enough(reviewer: Reviewer, case: Path) -> None:
    reviewer("decide", case, "c-02", "contested", "--as", "ada")
    assert (
        "asked for a second reading of c-02" in reviewer("second", case, "c-02", "--as", "ada").out
    )
    assert (
        "already; nothing new was recorded" in reviewer("second", case, "c-02", "--as", "ada").out
    )
    rows = reviewer("queue", case, "--filter", "state:needs_second", "--as", "borys", "--json").rows
    assert [row["id"] for row in rows] == ["c-02"]
    assert not rows[0]["verdict"]


def test_a_rule_of_the_case_and_a_filter_are_not_mixed_up(reviewer: Reviewer, case: Path) -> None:
    assert reviewer("method", case, "--readings", 2, "--as", "ada").code == 0
    assert "readings: two, the second one blind (set by ada" in reviewer("method", case).out
    mixed = reviewer("method", case, "--filter", "tag:person", "--as", "ada")
    assert mixed.code == 2
    assert mixed.sentence == "--filter goes with --readings 2, and with no other rule."


def test_what_settles_on_too_few_origins_says_so_wherever_it_stands(
    reviewer: Reviewer, tmp_path: Path
) -> None:
    case, _ = ensure_demo(tmp_path, "gerasimov")
    why = "The calls are detailed."
    reviewer("decide", case, "c-01", "verified", "--reason", why, "--as", "ada")
    reviewer("decide", case, "c-01", "unverified", "--as", "borys")
    settled = ("adjudicate", case, "c-01", "--as", "chen")

    # Without words of his own the reason is that of the reading that is agreed with.
    assert reviewer(*settled, "--agree", "ada").code == 0
    few = f"rests on 1 origin (2 asked): {why}"
    shown = reviewer("show", case, "c-01").lines
    at = next(n for n, line in enumerate(shown) if line.startswith("Adjudicated by chen"))
    assert shown[at + 1] == f"It {few}"
    page = tmp_path / "page.md"
    reviewer("export", case, "--format", "markdown", page)
    assert f"; it {few}; dissent: borys (unverified)" in " ".join(page.read_text("utf-8").split())
    table = tmp_path / "table.csv"
    reviewer("export", case, "--format", "csv", table)
    assert f",{few}" in table.read_text("utf-8")

    # With words of his own they are told beside it, once.
    assert reviewer(*settled, "verified", "--reason", "Both calls were heard.").code == 0
    shown = reviewer("show", case, "c-01").lines
    at = next(n for n, line in enumerate(shown) if line.startswith("Adjudicated by chen"))
    assert shown[at + 1 : at + 3] == [
        "It rests on 1 origin (2 asked)",
        "Reason: Both calls were heard.",
    ]
    told = reviewer("show", case, "c-01", "--json").json["adjudication"]
    assert (told["origins"], told["origins_asked"]) == (["gur"], 2)
