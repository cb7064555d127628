"""Rules of a case, origins, reasons and likelihood as commands."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Reviewer

WHY = "A letter that cannot be shown."


def test_verified_on_one_origin_says_what_to_do(reviewer: Reviewer, case: Path) -> None:
    done = reviewer("decide", case, "c-01", "verified", "--as", "ann")
    assert (done.code, done.out) == (1, "")
    assert done.sentence == (
        "verified on c-01 rests on 1 origin (2 asked) and needs a reason; nothing was recorded."
        ' Say why with --reason "..."'
    )
    assert reviewer("log", case).out == "Nothing is recorded here yet.\n"
    done = reviewer("decide", case, "c-01", "verified", "--reason", WHY, "--as", "ann", "--json")
    assert (done.code, done.json["reason"], done.json["origins"]) == (0, WHY, ["gur"])


def test_the_reason_stands_wherever_the_verdict_does(
    reviewer: Reviewer, case: Path, tmp_path: Path
) -> None:
    reviewer("decide", case, "c-01", "verified", "--reason", WHY, "--as", "ann")
    said = f"rests on 1 origin (2 asked): {WHY}"
    assert f"It {said}" in reviewer("show", case, "c-01").lines
    (verdict,) = reviewer("show", case, "c-01", "--json").json["verdicts"]
    assert verdict["rests_on"] == said
    assert said in reviewer("log", case).out
    for format_ in ("csv", "jsonl", "markdown", "html", "annotations"):
        out = reviewer("export", case, "-", "--format", format_).out
        plain = out.replace("\\", "").replace("<bdi>", "").replace("</bdi>", "")
        assert said in plain, format_
        assert "No reason is noted" not in out
    out = reviewer("export", case, "-", "--format", "claimreview", "--draft").out
    assert f"The verdict {said}" in out
    for format_ in ("csv", "jsonl"):
        out = reviewer("export", case, "-", "--format", format_, "--table", "verdicts").out
        assert said in out
    bag = tmp_path / "bag"
    assert reviewer("export", case, bag, "--format", "bag").code == 0
    assert any(said in f.read_text() for f in bag.rglob("*.html"))


def test_origins_are_listed_with_the_line_of_what_would_change_them(
    reviewer: Reviewer, case: Path
) -> None:
    lines = reviewer("origins", case, "c-01").lines
    assert "Supported by 3 excerpts, 1 origin; 3 of them not word for word." in lines
    assert "Asked for: 2 independent origins, or a reason: verified." in lines
    assert lines[-1].startswith("What would change it: 1 more independent origin asked for.")
    told = reviewer("origins", case, "c-06", "--json").json
    assert (told["asked"], told["supports"]["origins"]) == (2, 2)
    assert len(told["indispensable"]) == 2
    assert told["what_would_change"].startswith('Without "')


def test_an_origin_is_given_taken_back_and_refused(reviewer: Reviewer, case: Path) -> None:
    done = reviewer("origin", case, "grozev-2022-03-07", "GUR", "--as", "ann")
    assert "origin of grozev-2022-03-07: gur" in done.out
    assert reviewer("origins", case, "c-06", "--json").json["supports"]["origins"] == 1
    assert reviewer("show", case, "c-06", "--json").json["supported_by"]["origins"] == 1
    assert reviewer("origin", case, "grozev-2022-03-07", "--back", "--as", "ann").code == 0
    assert reviewer("origins", case, "c-06", "--json").json["supports"]["origins"] == 2
    assert reviewer("origin", case, "nothing", "gur").code == 1
    assert reviewer("origin", case, "grozev-2022-03-07").code == 2


def test_rules_are_printed_with_who_set_them(reviewer: Reviewer, case: Path) -> None:
    lines = reviewer("method", case).lines
    assert lines[0] == "origins: 2 independent origins, or a reason (the case came with it)"
    args = ("--origins", 3, "--gated", "verified", "--gated", "Partly verified")
    told = reviewer("method", case, *args, "--likelihood", "on", "--as", "ann", "--json").json
    assert (told["origins"]["value"], told["origins"]["by"]) == (3, "ann")
    assert told["gated"]["value"] == ["verified", "partly_verified"]
    assert told["likelihood"]["value"] is True
    assert "set by ann, " in reviewer("method", case).lines[0]
    assert "method of the case, origins: 3" in reviewer("log", case).out
    assert reviewer("decide", case, "c-06", "partly_verified").code == 1
    assert reviewer("method", case, "--origins", 0).code == 0
    assert reviewer("decide", case, "c-01", "verified").code == 0
    assert reviewer("method", case, "--gated", "certain").code == 1
    told = reviewer("method", case, "--minimum", 12, "--line", "false", "--line", "verified")
    assert "no coefficient of agreement under 12 claims" in told.out
    assert "agreement_line: false, verified (set by " in told.out
    assert reviewer("method", case, "--origins", 10).code == 2


def test_a_new_case_asks_for_two_origins_unless_told_otherwise(
    reviewer: Reviewer, tmp_path: Path
) -> None:
    reviewer("new", tmp_path / "two.case")
    assert reviewer("method", tmp_path / "two.case", "--json").json["origins"]["value"] == 2
    reviewer("new", tmp_path / "none.case", "--origins", 0)
    told = reviewer("method", tmp_path / "none.case").lines[0]
    assert told == "origins: independent origins are not asked for (nobody has set it)"


def test_the_number_is_exported_and_imported_with_the_case(
    reviewer: Reviewer, case: Path, tmp_path: Path
) -> None:
    out = reviewer("export", case, "-", "--format", "jsonl").out
    assert json.loads(out.splitlines()[0])["origins"] == 2
    (tmp_path / "again.jsonl").write_text(out)
    reviewer("new", tmp_path / "again.case", "--origins", 0)
    assert reviewer("import", tmp_path / "again.case", tmp_path / "again.jsonl").code == 0
    assert reviewer("method", tmp_path / "again.case", "--json").json["origins"]["value"] == 2


def test_likelihood_and_confidence_are_checked_where_they_are_used(
    reviewer: Reviewer, case: Path
) -> None:
    done = reviewer("decide", case, "c-02", "unverified", "--likelihood", "likely")
    assert (done.code, done.err.count("\n")) == (2, 1)
    wrong = "It is likely, with high confidence."
    assert reviewer("note", case, "c-02", wrong).err == ""
    reviewer("method", case, "--likelihood", "on")
    done = reviewer("note", case, "c-04", wrong)
    assert done.code == 0
    assert done.sentence == (
        'The note on c-04 is recorded, but "likely" and "high confidence" stand in one sentence;'
        " give each one of its own (character 20)."
    )
    done = reviewer(
        *("decide", case, "c-02", "unverified", "--likelihood", "probable"),
        *("--confidence", "low", "--note", "One party says so."),
    )
    assert done.code == 0
    assert done.err == ""
    assert {"Likelihood: likely (55-80 %).", "Confidence: low."} <= set(
        reviewer("show", case, "c-02").lines
    )
    done = reviewer("export", case, "-", "--format", "markdown")
    assert done.err.startswith("reviewer: c-04, note by ")
    assert "(character 20)" in done.err
    assert "Likelihood: likely (55-80 %).\n\nConfidence: low." in done.out.replace("\\", "")
    assert reviewer("export", case, "-", "--format", "csv").err == ""
