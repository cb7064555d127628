"""The log narrowed, one's own acts undone from it, and words erased."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Reviewer


def test_the_log_is_narrowed_by_reader_claim_and_kind_and_goes_on(
    reviewer: Reviewer, case: Path
) -> None:
    reviewer("note", case, "c-01", "one origin", "--as", "anna")
    reviewer("note", case, "c-02", "call the ministry", "--as", "anna")
    reviewer("decide", case, "c-01", "contested", "--as", "borys")
    assert (
        reviewer("log", case, "--reader", "anna", "--kind", "note")
        .lines[0]
        .endswith("anna: note on c-02: call the ministry")
    )
    on_first = reviewer("log", case, "--claim", "c-01", "--json").rows
    assert [(row["reader"], row["kind"]) for row in on_first] == [
        ("borys", "verdict"),
        ("anna", "note"),
    ]
    every = reviewer("log", case, "--json").rows
    older = reviewer("log", case, "--before", every[1]["id"][:12], "--limit", "2", "--json").rows
    assert older == every[2:4]
    assert reviewer("log", case, "--kind", "link").out == "Nothing of this kind is recorded here.\n"
    wrong = reviewer("log", case, "--before", "ffffffff")
    assert wrong.code == 1
    assert "No entry of this case begins with 'ffffffff'" in wrong.sentence
    assert reviewer("log", case, "--kind", "gossip").code == 2


def test_an_act_that_is_named_is_undone_if_it_is_ones_own_and_in_force(
    reviewer: Reviewer, case: Path
) -> None:
    reviewer("decide", case, "c-01", "contested", "--as", "anna")
    reviewer("decide", case, "c-01", "false", "--as", "anna")
    reviewer("set-aside", case, "c-02", "--as", "anna")
    aside, false, contested = [
        row["id"] for row in reviewer("log", case, "--reader", "anna", "--json").rows[:3]
    ]
    refused = reviewer("undo", case, contested[:12], "--as", "anna")
    assert refused.code == 1
    assert refused.sentence == (
        "This is in force no more: verdict contested on c-01. In its place stands:"
        " verdict false on c-01; undo that first."
    )
    others = reviewer("undo", case, false, "--as", "borys")
    assert others.sentence == "This act is another reader's; only your own can be undone."
    assert "undid: verdict false on c-01" in reviewer("undo", case, false, "--as", "anna").out
    shown = reviewer("show", case, "c-01", "--json").json["verdicts"]
    assert [(v["value"], v["standing"]) for v in shown] == [("contested", True), ("false", False)]
    twice = reviewer("undo", case, false, "--as", "anna")
    assert twice.sentence == "This is undone already: verdict false on c-01."
    assert reviewer("show", case, "c-02", "--json").json["claim"]["state"] == "set_aside"
    assert reviewer("undo", case, aside, "--as", "anna").code == 0


def test_words_are_erased_only_when_asked_twice(reviewer: Reviewer, case: Path) -> None:
    secret = "Halyna Petrenko of Izium"
    note = reviewer("note", case, "c-01", secret, "--as", "anna", "--json").json["id"]
    nobody = reviewer("redact", case, note[:12], "--as", "borys")
    assert nobody.code == 2
    assert "nothing was erased" in nobody.sentence
    refused = reviewer("redact", case, note[:12], "--as", "borys", stdin=b"\n")
    assert refused.lines[-1].endswith("cannot be undone. [y/N]: Nothing was erased.")
    assert refused.code == 1
    assert secret in reviewer("show", case, "c-01").out

    done = reviewer("redact", case, note[:12], "--why", "she asked", "--as", "borys", stdin=b"y\n")
    assert f"Erased for good: the note of entry {note[:12]}." in done.out
    assert "backups and exports made before still hold" in done.lines[-1]
    log = reviewer("log", case).lines
    assert log[0].endswith("borys: erased the note of anna on c-01 for good, because: she asked")
    told = log[-2].split(": ", 1)[1]
    assert told.startswith("note on c-01: [erased by borys, ")
    assert told.endswith(": she asked]")
    assert "on purpose by borys: she asked" in reviewer("verify", case).out
    again = reviewer("redact", case, note, "--yes", "--json").json
    assert again["redactions"] == []


def test_no_export_holds_what_was_erased_and_each_says_so(
    reviewer: Reviewer, case: Path, tmp_path: Path
) -> None:
    secret = "Halyna Petrenko of Izium"
    reviewer("decide", case, "c-01", "contested", "--note", secret, "--as", "anna")
    id_ = reviewer("log", case, "--kind", "verdict", "--json").rows[0]["id"]
    assert reviewer("redact", case, id_, "--yes", "--as", "borys").code == 0
    assert "[erased by borys, " in reviewer("show", case, "c-01").out
    for format_ in ("jsonl", "csv", "markdown", "html", "bag"):
        out = tmp_path / f"out.{format_}"
        done = reviewer("export", case, "--format", format_, out)
        assert done.code == 0, done.err
        files = [file for file in [out, *out.rglob("*")] if file.is_file()]
        held = b"".join(file.read_bytes() for file in files)
        assert b"Petrenko" not in held, format_
        assert b"erased by borys" in held, format_
