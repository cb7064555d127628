"""`v` is a dialogue: which text, which words, which stance; nothing is ever guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.lines.parts import CallText, StatementText
from reviewer.lines.selecting import span_of
from reviewer.model.errors import UsageError
from reviewer.service.session import Session
from tests.casefile.making import claim, new_case, recording, source, statement
from tests.lines.at_work import case_of, reading

SAID = "He fell near Kharkiv. He fell on the way from Kharkiv to Belgorod.\n\nNobody  saw 12 men."


@pytest.fixture
def text(tmp_path: Path) -> StatementText:
    path = case_of(
        tmp_path / "a.case", source(), statement(text=SAID), claim("c", statements=["gur-7-march"])
    )
    with Session.open(path, "ada") as session:
        return StatementText(session.view("c").statements[0])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("on the way", "on the way"),
        ('"on the way"', "on the way"),
        ("NOBODY SAW", "Nobody  saw"),
        ("from on the way to Belgorod", "on the way from Kharkiv to Belgorod"),
        ("from Nobody to men", "Nobody  saw 12 men"),
        ("from Kharkiv to Belgorod", "from Kharkiv to Belgorod"),
        ("from 'Belgorod' to 'Nobody'", "Belgorod.\n\nNobody"),
        ("2", "Nobody  saw 12 men."),
        ("1-2", SAID),
        ("1 to 2", SAID),
        ('"12"', "12"),
    ],
)
def test_words_are_found_where_they_stand(text: StatementText, said: str, words: str) -> None:
    start, end = span_of(text, said)
    assert SAID[start:end] == words


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("He fell", "'He fell' stands 2 times in gur-7-march; give more of the words."),
        ("from He fell to men", "stands 2 times"),
        ("from men to Nobody", "does not stand in gur-7-march; excerpts are made of"),
        ("Odesa", "'Odesa' does not stand in gur-7-march; excerpts are made of the original"),
        ("12", "gur-7-march has the numbers 1 to 2; a number that is one of its words stands in"),
        ("2-1", "gur-7-march has the numbers 1 to 2"),
        ("0", "gur-7-march has the numbers 1 to 2"),
        ('""', "does not stand"),
        ("from to", "does not stand"),
    ],
)
def test_what_stands_nowhere_or_twice_is_refused(text: StatementText, said: str, why: str) -> None:
    with pytest.raises(UsageError) as raised:
        span_of(text, said)
    assert why in raised.value.sentence


def test_an_excerpt_of_segments_is_recorded_and_chosen(tmp_path: Path) -> None:
    with reading(new_case(tmp_path)) as (reader, _):
        heard = reader.press("v", "2", "enter", *"2-3", "enter", "c")
        assert "1 Statement gur-7-march: no title\n2 Call call-1: no title\n" in heard
        assert 'The words: "Повтори.↵Связи нет, ничего не работает."\n' in heard
        assert "Stance? s supports  r refutes  c context  esc leaves\n" in heard
        assert heard.splitlines()[-1].startswith("Recorded: ")
        assert '"Повтори. Связи нет' in heard.splitlines()[-1]
        made = reader.session.view("c-1").excerpts[-1]
        assert (made.stance, made.reader, made.start_ms, made.end_ms) == (
            "context", "ada", 5000, 63_250,
        )  # fmt: skip
        assert reader.front.excerpt == made
        assert reader.press("y").startswith('"Повтори.↵Связи нет, ничего не работает." (GUR, ')
        again = reader.press("v", "2", "enter", *"2-3", "enter", "c")
        assert again.endswith("This very excerpt stands already; nothing was recorded.\n")
        heard = reader.press(":", *"take an", "enter")
        assert "Recorded: " in heard
        assert len(reader.session.view("c-1").excerpts) == 1
        reader.press("u")
        assert len(reader.session.view("c-1").excerpts) == 2


def test_the_stance_keys_work_on_other_layouts_and_others_say_so(tmp_path: Path) -> None:
    with reading(new_case(tmp_path)) as (reader, _):
        heard = reader.press("v", *"call-1", "enter", "1", "enter", "7", "к")
        assert "The key 7 is no stance: s supports, r refutes, c context.\n" in heard
        assert "Recorded: " in heard
        assert reader.session.view("c-1").excerpts[-1].stance == "refutes"


@pytest.mark.parametrize(
    "keys",
    [("v", "escape"), ("v", "enter"), ("v", "1", "enter", "enter"),
     ("v", "1", "enter", "1", "enter", "escape"), ("v", "1", "enter", "1", "enter", "q")],
)  # fmt: skip
def test_it_can_be_left_at_every_question(tmp_path: Path, keys: tuple[str, ...]) -> None:
    with reading(new_case(tmp_path)) as (reader, _):
        assert reader.press(*keys).endswith("No excerpt is made.\n")
        assert reader.session.log() == []
        assert "is not one of these texts." in reader.press("v", *"nine", "enter")


def test_words_of_a_translation_name_their_segment(tmp_path: Path) -> None:
    call = recording(
        segments=[{"text": "Він загинув."}, {"text": "Так.", "translation": "Yes, he is dead."}]
    )
    path = case_of(tmp_path / "a.case", source(), call, claim("c", recordings=["call-1"]))
    with Session.open(path, "ada") as session:
        text = CallText(session.view("c").recordings[0])
    with pytest.raises(UsageError, match="stands in segment 2: give that number"):
        span_of(text, "he is dead")
