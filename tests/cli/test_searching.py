"""`search`: for people as passages, for scripts as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Program, Reviewer


def made(folder: Path, reviewer: Reviewer, *texts: str) -> Path:
    records = folder / "claims.jsonl"
    rows = [{"kind": "claim", "id": f"c-{n}", "text": text} for n, text in enumerate(texts)]
    records.write_text("".join(json.dumps(row) + "\n" for row in rows))
    case = folder / "searched.case"
    assert reviewer("new", case).code == 0
    assert reviewer("import", case, records).code == 0
    return case


def test_passages_come_best_first_with_the_words_between_signs(
    reviewer: Reviewer, case: Path
) -> None:
    done = reviewer("search", case, "vitaly", "gerasimov", "--limit", 2)
    assert done.code == 0
    assert done.lines[:4] == [
        "Found words stand between [ and ].",
        "claim c-16, 2022-05-23, Russian state media",
        "  In May 2022 [Vitaly] [Gerasimov] was alive and received the Order of Alexander Nevsky.",
        "  Names: Vitaly Gerasimov.",
    ]
    assert done.lines[-1].startswith("There is more: --after ")


def test_the_next_page_goes_on_where_the_last_one_ended(reviewer: Reviewer, case: Path) -> None:
    whole = reviewer("search", case, "gerasimov", "--json", "--limit", 100).rows
    first = reviewer("search", case, "gerasimov", "--json", "--limit", 5).rows
    after = first[-1]["next"]
    rest = reviewer("search", case, "gerasimov", "--json", "--limit", 100, "--after", after).rows
    assert [*first[:-1], *rest[:-1]] == whole[:-1]
    assert rest[-1]["next"] is None


def test_what_an_argument_of_several_words_says_stands_side_by_side(
    reviewer: Reviewer, case: Path
) -> None:
    hits = reviewer("search", case, "chief of staff", "--kind", "statement", "--json").rows[:-1]
    assert {hit["kind"] for hit in hits} == {"statement"}
    for hit in hits:
        start, end = hit["marks"][0][0], hit["marks"][-1][1]
        assert hit["passage"][start:end].lower() == "chief of staff"
    assert reviewer("search", case, "staff chief of").lines == [
        'Nothing in this case is found for: "staff chief of"'
    ]


def test_a_word_can_be_left_out(reviewer: Reviewer, case: Path) -> None:
    hits = reviewer("search", case, "--json", "--limit", 100, "--", "general", "-gerasimov").rows
    assert hits[:-1]
    assert not [hit for hit in hits[:-1] if "Gerasimov" in hit["passage"]]


def test_the_signs_around_found_words_stand_nowhere_in_the_passages(
    reviewer: Reviewer, tmp_path: Path
) -> None:
    case = made(tmp_path, reviewer, "[general] said", "«general» {heard}", "<<general⟧ [[ ]]")
    lines = reviewer("search", case, "general").lines
    assert lines[0] == "Found words stand between [[[ and ]]]."
    assert "  [[[[general]]]] said" in lines


def test_only_the_readers_own_notes_are_found(reviewer: Reviewer, case: Path) -> None:
    assert reviewer("note", case, "c-01", "see the zeppelin", "--as", "ann").code == 0
    assert reviewer("search", case, "zeppelin", "--as", "ann").lines[1:] == [
        "your note on c-01",
        "  see the [zeppelin]",
    ]
    assert reviewer("search", case, "zeppelin", "--as", "borys").lines == [
        "Nothing in this case is found for: zeppelin"
    ]


def test_nothing_to_look_for_is_a_mistake_with_a_sentence(reviewer: Reviewer, case: Path) -> None:
    for words in ('"', "-gerasimov", "   "):
        done = reviewer("search", case, "--", words)
        assert done.code == 2
        assert "Say a word to search for" in done.sentence


def test_no_signs_of_the_database_are_understood(reviewer: Reviewer, case: Path) -> None:
    for words in ("NEAR(a b)", "words:a", "a AND", "a*", "^a", "(", "a' OR 1=1 --", "\\"):
        assert reviewer("search", case, "--", words).code == 0, words
    done = reviewer("search", case, "a", "--after", "x")
    assert (done.code, "search again" in done.sentence) == (2, True)


def test_evidence_in_a_hit_cannot_act_on_the_terminal(reviewer: Reviewer, tmp_path: Path) -> None:
    case = made(tmp_path, reviewer, "\x1b[2J general \u202e evil\nclaim c-9, forged")
    out = reviewer("search", case, "general").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert not [line for line in out.splitlines() if line.startswith("claim c-9")]


def test_a_case_that_cannot_be_written_is_searched(program: Program, case: Path) -> None:
    case.chmod(0o400)
    case.parent.chmod(0o500)
    try:
        done = program("search", case, "Герасимов", "--json")
    finally:
        case.parent.chmod(0o700)
    assert done.code == 0, done.err
    assert len(done.rows) > 3


def test_help_is_told_without_the_index(reviewer: Reviewer) -> None:
    assert "across alphabets" in reviewer("search", "--help").out
