"""Likelihood and confidence never stand in one sentence; the place of the mistake is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.insight.wording import faults, first_fault
from reviewer.model.errors import UsageError
from reviewer.model.likelihood import LIKELIHOODS, confidence, likelihood, sentences


@pytest.mark.parametrize(
    ("text", "pointed_at"),
    [
        ("It is likely, with high confidence.", "high confidence"),
        ("With moderate confidence, it is very unlikely.", "very unlikely"),
        ("Fine. Almost certainly dead (confidence: low).", "confidence: low"),
        ("He is dead, probably; we are highly confident.", "highly confident"),
        ("It is LIKELY\nand we have low confidence that it is unlikely.", "unlikely"),
    ],
)
def test_a_likelihood_and_a_confidence_in_one_sentence(text: str, pointed_at: str) -> None:
    (fault,) = [one for one in faults(text) if "one sentence" in one.sentence]
    assert text[fault.start : fault.end] == pointed_at
    assert f"(character {fault.start + 1})" in first_fault(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It is likely. Our confidence in that is high.",
        "Likely; so say two.\nWe have moderate confidence in this.",
        "He spoke with confidence of a remote village.",
        "Losses were 30 % higher than in March.",
    ],
)
def test_what_may_stand(text: str) -> None:
    assert faults(text) == []


def test_the_two_rows_are_not_mixed() -> None:
    text = "It is likely. That it was staged is improbable."
    (fault,) = faults(text)
    assert text[fault.start : fault.end] == "improbable"
    assert "two rows" in fault.sentence


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("There is a 70 % chance that he lives.", "likely"),
        ("The probability is about 90%.", "very likely"),
        ("A 45-55 per cent likelihood.", "roughly even chance"),
    ],
)
def test_a_number_is_more_exact_than_anybody_knows(text: str, word: str) -> None:
    (fault,) = faults(text)
    assert f'write "{word}"' in fault.sentence


@given(st.text())
def test_any_text_is_read_and_every_place_is_in_it(text: str) -> None:
    for fault in faults(text):
        assert 0 <= fault.start < fault.end <= len(text)


def test_the_words_of_either_row_are_known_and_no_others() -> None:
    assert [likelihood(step.other) for step in LIKELIHOODS] == [s.word for s in LIKELIHOODS]
    assert likelihood(" Almost  certainly ") == "almost certain"
    assert confidence("Moderate") == "moderate"
    for wrong in ("perhaps", "60 %", ""):
        with pytest.raises(UsageError):
            likelihood(wrong)
        with pytest.raises(UsageError):
            confidence(wrong)


def test_our_own_sentences_keep_the_rule() -> None:
    for step in LIKELIHOODS:
        said = sentences({"likelihood": step.word, "confidence": "low"})
        assert len(said) == 2
        assert faults(" ".join(said)) == []
