"""Likely passages and similar claims: what is offered, taken, refused, and never offered again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.casefile import acts
from reviewer.casefile.case import CaseFile
from reviewer.insight import likeness
from reviewer.model.errors import UsageError
from reviewer.model.evidence import Held, Stance
from reviewer.model.likely import Passage
from reviewer.service.searching import Indexing
from reviewer.service.session import Session
from reviewer.service.suggesting import Suggesting
from reviewer.text import latin
from tests.casefile.making import (
    claim,
    rebuilt,
    recording,
    source,
    state_of,
    statement,
    take_in,
)
from tests.casefile.making import segment as segment_of

REPORT = (
    "Nothing else was said. Maj. Gen. V. Gerasimov was killed near Kharkiv, the agency says."
    " It gave neither time nor manner.\nWeather was fair."
)
LINES = ["Кто это?", "Генерал Герасимов погиб под Харьковом.", "Повтори.", "Связи нет."]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.case"
    CaseFile.create(path, title="Likely").close()
    take_in(
        path,
        source(),
        statement("report", REPORT, held="paraphrase"),
        statement("other", "The harvest was good. Prices of bread rose by 12 percent."),
        recording("call", lines=(), segments=[segment_of(line) for line in LINES]),
        claim("c-1", text="General Gerasimov was killed near Kharkiv."),
        claim("c-2", text="Gerasimov was not killed at Kharkiv, he is alive."),
        claim("c-3", text="Bread cost 12 percent more."),
    )
    return path


def ready(path: Path, reader: str = "ann") -> Session:
    session = Session.open(path, reader)
    indexing = Indexing(session)
    while indexing.go_on(1.0):
        pass
    return session


def offered(session: Session, claim_: str = "c-1") -> list[Passage]:
    return list(Suggesting(session).passages(session.view(claim_), 20).passages)


def test_the_sentence_and_the_segment_that_speak_of_it_come_first_in_any_script(
    path: Path,
) -> None:
    with ready(path) as session:
        first, second, *rest = offered(session)
        assert first.text == "Maj. Gen. V. Gerasimov was killed near Kharkiv, the agency says."
        assert first.held is Held.PARAPHRASE
        assert (second.id, second.segment, second.text) == ("call", 1, LINES[1])
        assert "other" not in {one.id for one in (first, second)}
        text = session.text("report").text
        assert all(text[o.start : o.end] == o.text for o in [first, *rest] if o.id == "report")
        assert offered(session) == [first, second, *rest], "the same every time"


def test_what_is_taken_is_an_excerpt_like_any_other_and_undo_offers_it_again(path: Path) -> None:
    with ready(path) as session:
        before = offered(session)
        view = session.view("c-1")
        for one, stance in zip(before[:2], (Stance.SUPPORTS, Stance.CONTEXT), strict=True):
            assert Suggesting(session).take(session.view("c-1"), one, stance)
        made = {e.target: e for e in session.view("c-1").excerpts}
        assert made["report"].exact == before[0].text
        assert made["report"].stance is Stance.SUPPORTS
        assert made["call"].exact == LINES[1]
        call = session.text("call")
        assert call.text[made["call"].start : made["call"].end] == LINES[1]
        left = offered(session)
        assert [one.text for one in before[:2] if one in left] == []
        assert session.view("c-1").row.excerpts == view.row.excerpts + 2
        session.undo()
        session.undo()
        assert offered(session) == before


def test_what_is_refused_is_not_offered_to_that_reader_again_and_state_is_derived(
    path: Path,
) -> None:
    with ready(path) as ann, ready(path, "borys") as borys:
        before = offered(ann)
        seen = borys.view("c-1")
        entry = Suggesting(ann).refuse(ann.view("c-1"), before[0])
        assert ann.tell(entry).sentence.startswith('not offered again on c-1: "Maj. Gen.')
        assert offered(ann) == before[1:]
        assert offered(borys) == before, "each reader refuses for himself"
        assert ann.view("c-1").row.state == "new", "to refuse is not to review"
        assert borys.decide(seen, "false"), "nor does it stand in another's way"
        assert rebuilt(ann.case.con) == state_of(ann.case.con)
        acts.rebuild(ann.case)
    with ready(path) as ann:
        assert offered(ann) == before[1:]
        ann.undo()
        assert offered(ann) == before
        ann.redo()
        assert offered(ann) == before[1:]


def test_similar_claims_come_with_what_the_queue_says_of_them(path: Path) -> None:
    with ready(path) as session:
        session.decide(session.view("c-2"), "false")
        suggesting = Suggesting(session)
        (first, *rest) = suggesting.similar(session.view("c-1"), 5).claims
        assert (first.id, first.verdict) == ("c-2", "false")
        assert "c-1" not in {row.id for row in rest}
        suggesting.refuse(session.view("c-1"), first)
        assert first.id not in {r.id for r in suggesting.similar(session.view("c-1"), 5).claims}


def test_a_changed_sentence_is_offered_again_and_an_old_offer_is_not_taken(path: Path) -> None:
    with ready(path) as session:
        old = offered(session)[0]
        Suggesting(session).refuse(session.view("c-1"), old)
    changed = REPORT.replace("Nothing else was said. ", "").replace("near", "at")
    take_in(path, statement("report", changed, held="paraphrase"))
    with ready(path) as session:
        assert old.text.replace("near", "at") in [one.text for one in offered(session)]
        with pytest.raises(Exception, match="has changed since this was offered"):
            Suggesting(session).take(session.view("c-1"), old, Stance.SUPPORTS)
        assert session.view("c-1").excerpts == ()


def test_words_of_a_translation_link_the_segment_and_never_guess_in_a_statement(
    tmp_path: Path,
) -> None:
    path = tmp_path / "b.case"
    CaseFile.create(path, title="Translated").close()
    spoken = {"text": "Его накрыло.", "translation": "The bridge at Antonivka was blown up."}
    translated = "The bridge at Antonivka was blown up by engineers."
    take_in(
        path,
        source(),
        statement("said", "Його підірвали.", translation=translated, language="uk"),
        recording("call", lines=(), segments=[segment_of("Алло."), spoken]),
        claim("c-1", text="The bridge at Antonivka was blown up."),
    )
    with ready(path) as session:
        by_id = {one.id: one for one in offered(session)}
        assert by_id["call"].of_translation
        assert by_id["said"].of_translation
        Suggesting(session).take(session.view("c-1"), by_id["call"], Stance.SUPPORTS)
        assert session.view("c-1").excerpts[0].exact == "Его накрыло."
        with pytest.raises(UsageError, match="select the original words"):
            Suggesting(session).take(session.view("c-1"), by_id["said"], Stance.SUPPORTS)


@given(
    st.lists(st.text(alphabet="abcд 将軍7", max_size=12), max_size=6),
    st.text(alphabet="abcд 将軍7", max_size=12),
)
@settings(max_examples=60)
def test_scores_do_not_depend_on_the_order_in_which_passages_come(
    texts: list[str], wanted: str
) -> None:
    words = [latin.keys(text) for text in texts]
    rarity = likeness.Rarity(words, len(words))
    asked = [(likeness.terms(wanted), 1.0)]
    forth = likeness.scores(asked, [[one] for one in words], rarity)
    back = likeness.scores(asked, [[one] for one in reversed(words)], rarity)
    assert forth == back[::-1]
    assert all(score >= 0 for row in forth for score in row)
