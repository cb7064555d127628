"""`queue`, `show`, `log` and `status`: for people as lines, for scripts as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Reviewer


def long_claim(folder: Path, reviewer: Reviewer) -> tuple[Path, str]:
    text = "long " * 400 + "\x00 end"
    records = folder / "long.jsonl"
    records.write_text(json.dumps({"kind": "claim", "id": "c-1", "text": text}) + "\n")
    case = folder / "long.case"
    assert reviewer("new", case).code == 0
    assert reviewer("import", case, records).code == 0
    return case, text


def test_the_queue_is_one_object_a_line_with_the_keys_scripts_rely_on(
    reviewer: Reviewer, case: Path
) -> None:
    rows = reviewer("queue", case, "--json").rows
    assert [row["id"] for row in rows][:2] == ["c-01", "c-15"]
    assert len(rows) == 16
    assert {"id", "text", "claimant", "state", "verdict", "priority"} < set(rows[0])
    assert (rows[0]["state"], rows[0]["verdict"], rows[0]["priority"]) == ("new", None, 1)


def test_the_queue_can_be_filtered_and_limited(reviewer: Reviewer, case: Path) -> None:
    rows = reviewer("queue", case, "--json", "--filter", "tag:casualties").rows
    assert {row["id"] for row in rows} == {"c-13", "c-14"}
    assert len(reviewer("queue", case, "--json", "--limit", 3).rows) == 3
    assert len(reviewer("queue", case, "--limit", 3).lines) == 3


def test_a_queue_longer_than_a_page_comes_whole_and_in_order(
    reviewer: Reviewer, tmp_path: Path
) -> None:
    records = [
        {"kind": "claim", "id": f"c-{n:04}", "text": f"Claim {n}.", "priority": n % 9 + 1}
        for n in range(1201)
    ]
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(map(json.dumps, records)))
    case = tmp_path / "many.case"
    reviewer("new", case)
    reviewer("import", case, file)
    rows = reviewer("queue", case, "--json").rows
    assert len({row["id"] for row in rows}) == 1201
    assert [r["priority"] for r in rows] == sorted(r["priority"] for r in rows)
    assert len(reviewer("queue", case, "--json", "--limit", 700).rows) == 700


def test_a_long_text_is_whole_in_json(reviewer: Reviewer, tmp_path: Path) -> None:
    case, text = long_claim(tmp_path, reviewer)
    assert reviewer("queue", case, "--json").rows[0]["text"] == text
    assert reviewer("show", case, "c-1", "--json").json["claim"]["text"] == text


def test_a_filter_that_cannot_be_understood_is_wrong_usage(reviewer: Reviewer, case: Path) -> None:
    done = reviewer("queue", case, "--filter", "stat:new")
    assert done.code == 2
    assert "Did you mean state" in done.sentence


def test_an_empty_queue_has_words(reviewer: Reviewer, case: Path, tmp_path: Path) -> None:
    assert reviewer("queue", case, "--filter", "state:decided").lines == [
        "No claim matches this filter."
    ]
    assert reviewer("queue", case, "--filter", "state:decided", "--json").out == ""
    reviewer("new", tmp_path / "empty.case")
    assert reviewer("queue", tmp_path / "empty.case").lines == ["The case has no claims."]


def test_a_claim_is_shown_whole_to_scripts(reviewer: Reviewer, case: Path) -> None:
    shown = reviewer("show", case, "c-01", "--json").json
    assert shown["claim"]["id"] == "c-01"
    assert {"id", "source", "text", "held", "origin"} < set(shown["statements"][0])
    call = next(one for one in shown["recordings"] if one["id"] == "call-2")
    assert call["segments"][1]["text"].startswith("The field officer is reported")
    assert set(call["segments"][0]) >= {"start_ms", "end_ms", "speaker", "text", "translation"}
    assert set(shown["excerpts"][0]) >= {
        *("id", "target", "stance", "exact", "prefix", "suffix", "start", "end"),
        *("start_ms", "end_ms", "orphan", "reader", "note"),
    }
    assert shown["verdicts"] == shown["notes"] == shown["missing"] == []


def test_an_excerpt_stands_where_json_says(reviewer: Reviewer, case: Path) -> None:
    shown = reviewer("show", case, "c-01", "--json").json
    texts = {one["id"]: one["text"] for one in shown["statements"]}
    texts |= {
        one["id"]: "\n".join(segment["text"] for segment in one["segments"])
        for one in shown["recordings"]
    }
    for excerpt in shown["excerpts"]:
        assert texts[excerpt["target"]][excerpt["start"] : excerpt["end"]] == excerpt["exact"]


def test_a_claim_is_shown_to_people_with_its_paraphrases_shouted(
    reviewer: Reviewer, case: Path
) -> None:
    lines = reviewer("show", case, "c-01").lines
    assert lines[1].startswith("Claim c-01: Major General Vitaly Gerasimov")
    call = lines.index("Recording call-2: Second released call: the death")
    assert lines[call + 1].startswith("HELD AS PARAPHRASE")
    assert "  B: The superior is reported to fall silent for a long time." in lines
    assert any(line.startswith('Excerpt 1, supports: "') for line in lines)
    assert "Verdicts: none yet." in lines


def test_what_a_claim_lacks_has_words(reviewer: Reviewer, tmp_path: Path) -> None:
    case, _ = long_claim(tmp_path, reviewer)
    lines = reviewer("show", case, "c-1").lines
    assert "Statements: none is held for this claim." in lines
    assert "Recordings: none is held for this claim." in lines
    assert "Excerpts: none yet." in lines


def test_no_line_of_evidence_can_pass_for_one_of_ours(reviewer: Reviewer, tmp_path: Path) -> None:
    forged = "Fine.\nVerdict by anna, 2022-03-07 14:05 UTC: verified\rState: decided"
    records = [
        {"kind": "source", "id": "s", "name": "S"},
        {"kind": "statement", "id": "st", "source": "s", "language": "en", "held": "verbatim"}
        | {"text": forged, "translation": forged, "note": forged, "title": forged},
        {"kind": "recording", "id": "re", "source": "s", "language": "en", "held": "verbatim"}
        | {"segments": [{"speaker": "Verdict by anna", "text": "verified"}]},
        {"kind": "claim", "id": "c-1", "text": forged, "context": forged, "claimant": forged}
        | {"statements": ["st"], "recordings": ["re"]},
    ]
    file, case = tmp_path / "f.jsonl", tmp_path / "f.case"
    file.write_text("\n".join(map(json.dumps, records)))
    reviewer("new", case, "--title", forged)
    assert reviewer("import", case, file, "--json").json["new"] == 4
    for command in (["show", case, "c-1"], ["queue", case], ["status", case]):
        lines = reviewer(*command).lines
        assert not [line for line in lines if line.startswith(("Verdict by", "State: decided"))]


def test_the_exercise_says_that_it_is_one(reviewer: Reviewer, tmp_path: Path) -> None:
    done = reviewer("demo", "--exercise", "--dir", tmp_path)
    assert done.code == 0
    assert "EXERCISE: everything in this case is invented." in done.lines
    case = tmp_path / "exercise.case"
    assert reviewer("show", case, "x-01").lines[1].startswith("EXERCISE")
    assert reviewer("status", case).lines[1].startswith("EXERCISE")
    assert reviewer("status", case, "--json").json["exercise"] is True


def test_times_and_translations_stand_with_the_segments(reviewer: Reviewer, tmp_path: Path) -> None:
    reviewer("demo", "--exercise", "--dir", tmp_path)
    case = tmp_path / "exercise.case"
    shown = reviewer("show", case, "x-01", "--json").json
    call = shown["recordings"][0]
    segment = next(s for s in call["segments"] if s["start_ms"] is not None and s["translation"])
    seconds = segment["start_ms"] // 1000
    at = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    lines = reviewer("show", case, "x-01").lines
    place = lines.index(f"  {at} {segment['speaker']}: {segment['text']}")
    assert lines[place + 1] == f"  Translation (en): {segment['translation']}"


def test_the_log_tells_the_newest_first(reviewer: Reviewer, case: Path) -> None:
    assert reviewer("log", case).lines == ["Nothing is recorded here yet."]
    reviewer("decide", case, "c-01", "unverified", "--as", "anna")
    reviewer("decide", case, "c-02", "false", "--as", "boris")
    reviewer("undo", case, "--as", "boris")
    lines = reviewer("log", case).lines
    assert lines[0].endswith("boris: undid: verdict false on c-02")
    assert lines[1].endswith("boris: verdict false on c-02 (undone)")
    rows = reviewer("log", case, "--json", "--reader", "anna").rows
    assert {row["reader"] for row in rows} == {"anna"}
    assert rows[0]["kind"] == "verdict"
    assert rows[0]["at"].endswith("Z")
    assert len(reviewer("log", case, "--json", "--limit", 1).rows) == 1
    assert len(reviewer("log", case, "--json", "--claim", "c-01").rows) == 1
    assert reviewer("log", case, "--claim", "c-03").lines == ["Nothing is recorded here yet."]
    assert reviewer("log", case, "--reader", "zz").lines == [
        "Nobody of the name 'zz' has recorded anything in this case."
    ]
    assert reviewer("log", case, "--reader", "anna", "--claim", "c-03").lines == [
        "anna has recorded nothing on c-03."
    ]
    assert reviewer("log", case, "--reader", "zz", "--json").out == ""


def test_the_log_has_the_whole_words_of_what_was_overwritten(
    reviewer: Reviewer, case: Path
) -> None:
    long = "Перший рядок, довший за те, що вміщує одне речення.\n\nSecond \x1b[2J paragraph."
    quote = "The superior is reported to fall silent for a long time."
    reviewer("note", case, "c-01", long)
    reviewer("note", case, "c-01", "short")
    reviewer("decide", case, "c-01", "false", "--note", "c-01")
    reviewer("link", case, "c-01", "call-2", "--quote", quote, "--stance", "context")
    reviewer("link", case, "c-01", "call-2", "--quote", "fall silent", "--stance", "context")
    lines = reviewer("log", case).lines
    assert lines[0].endswith('context excerpt on c-01: "fall silent"')
    assert lines[1].endswith('..."')
    assert lines[2] == f"  {quote}"
    assert lines[3].endswith("verdict false on c-01, with a note")
    assert lines[4] == "  c-01"
    assert lines[5].endswith("note on c-01: short")
    assert lines[6].endswith("...")
    assert lines[7:10] == [f"  {long.partition(chr(10))[0]}", "", "  Second ‹1B›[2J paragraph."]
    assert [row["words"] for row in reviewer("log", case, "--json").rows[:5]] == [
        *("fall silent", quote, "c-01", "short"),
        long,
    ]


def test_the_status_counts(reviewer: Reviewer, case: Path) -> None:
    reviewer("decide", case, "c-01", "unverified", "--as", "anna")
    found = reviewer("status", case, "--json").json
    assert (found["claims"], found["decided"], found["undecided"]) == (16, 1, 15)
    assert found["verdicts"] == {"unverified": 1}
    assert found["readers"] == {"anna": 1}
    assert found["today"] == 1
    lines = reviewer("status", case).lines
    assert "Claims: 16; decided 1, undecided 15" in lines
    assert "Verdicts: unverified 1" in lines
