"""Sentences in the languages of the cases, and spans that quote their text exactly."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        ["Maj. Gen. V. V. Gerasimov was killed on 7 March.", "He was 44.", "So says the GUR."],
        ["Ген. В. В. Герасимов убит.", "Потери составили 1.5 тыс. человек.", "Это всё…"],
        ["Генерала вбито під Харковом!", "Чи це правда?", "Ніхто не підтвердив."],
        ["“Who told you?” he asked.", '"Nobody."', "Then silence..."],
        ["قُتل اللواء قرب خاركيف.", "هل تأكد ذلك؟", "لا."],
        ["See No. 5 of the list.", "He said no.", "Then he left."],
        ["The U.S. Army said 3.14 million.", "It was wrong."],
    ],
)
def test_a_text_is_cut_where_its_sentences_end(whole: list[str]) -> None:
    assert cut(" ".join(whole)) == whole


def test_scripts_without_spaces_and_lines_without_stops() -> None:
    assert cut("将军死了。真的吗？是的！") == ["将军死了。", "真的吗？", "是的！"]
    assert cut("No signal here\nrepeat\n\n1. First point. Second") == [
        "No signal here",
        "repeat",
        "1. First point.",
        "Second",
    ]


@given(st.text(alphabet=st.sampled_from(list('aБ五.!?…。 \n\t"»A1؟،(')), max_size=60))
def test_sentences_leave_out_nothing_but_space_and_never_overlap(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= next_[0] for one, next_ in pairwise(spans))
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
    assert all(part == part.strip() for part in cut(text))
