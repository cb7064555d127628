"""`suggest`: what may bear on a claim, for people and for programs."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Reviewer


def test_passages_and_claims_are_listed_and_nothing_is_recorded(
    reviewer: Reviewer, case: Path
) -> None:
    done = reviewer("suggest", case, "c-02", "--limit", 3)
    assert done.code == 0, done.err
    assert done.lines[0] == "Likely passages: not linked yet."
    assert [line[:2] for line in done.lines[1::2]] == ["1 ", "2 ", "3 "]
    similar = reviewer("suggest", case, "c-01", "--similar", "--limit", 1)
    assert similar.lines[0] == "Similar claims: nothing here is evidence."
    assert "[new]" in similar.lines[1]
    assert reviewer("log", case, "--json").rows == []


def test_json_quotes_the_text_exactly_and_claims_no_certainty(
    reviewer: Reviewer, case: Path
) -> None:
    offers = reviewer("suggest", case, "c-01", "--limit", 5, "--json").rows
    assert 0 < len(offers) <= 5
    assert any(one["segment"] is None for one in offers)
    for one in offers:
        assert one["linked"] is False
        assert not {"score", "probability", "confidence"} & one.keys()
        if one["segment"] is None:
            text = reviewer("show", case, one["id"], "--json").json[one["field"]]
            assert text[one["start"] : one["end"]] == one["text"]


def test_a_claim_that_is_not_there_is_said_in_one_sentence(reviewer: Reviewer, case: Path) -> None:
    done = reviewer("suggest", case, "c-99")
    assert done.code == 1
    assert "There is no claim 'c-99'" in done.sentence
