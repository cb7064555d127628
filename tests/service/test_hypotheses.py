"""Competing hypotheses of a claim: put beside it, weighed, supposed to rest on deception."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.insight.hypotheses import Matrix, Rating, leading, turns
from reviewer.model.entry import Kind
from reviewer.model.errors import NotFoundError, UsageError
from reviewer.model.evidence import Stance
from reviewer.service import hypotheses as service
from reviewer.service.second_reading import set_rule
from reviewer.service.session import Session
from tests.casefile.making import new_case, rebuilt, state_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A case whose claim c-1 has three excerpts of ann's, and one that came with the case."""
    path = new_case(tmp_path)
    with Session.open(path, "ann") as ann:
        text = ann.text("gur-7-march")
        for start, end, stance in ((0, 13, "supports"), (14, 21, "refutes"), (22, 31, "context")):
            ann.link(ann.view("c-1"), text, start, end, Stance(stance))
    return path


def signs(matrix: Matrix) -> list[str]:
    """The cells of ann's excerpts, which stand before the one that came with the case."""
    return ["".join(cell.sign for cell in row.cells) for row in matrix.rows[:3]]


def of(session: Session) -> Matrix:
    return service.matrix(session, session.view("c-1"))


def add(session: Session, text: str) -> None:
    service.add(session, session.view("c-1"), text)


def rate(session: Session, item: str, label: str, rating: str) -> None:
    view = session.view("c-1")
    one = service.hypothesis(of(session), label)
    service.rate(session, view, service.excerpt_of(view, item), one, Rating(rating))


def suppose(session: Session, item: str, *, on: bool = True) -> None:
    view = session.view("c-1")
    service.suppose(session, view, service.excerpt_of(view, item), on=on)


def test_the_claim_itself_is_the_first_and_is_filled_from_the_stances(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        held = of(ann)
        assert [one.text for one in held.hypotheses] == [ann.view("c-1").claim.text]
        assert signs(held) == ["c", "i", "n"]
        assert not held.compares
        assert ann.findings_of("c-1") == []
        add(ann, "  He was\nwounded. ")
        held = of(ann)
        assert [one.text for one in held.hypotheses][1:] == ["He was wounded."]
        assert signs(held) == ["c?", "i?", "n?"]
        assert held.unknown == 4


def test_a_reader_rates_for_himself_and_sees_the_newest_of_others(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        add(ann, "He was wounded.")
        rate(ann, "1", "H2", "I")
        rate(ann, "2", "H2", "C")
        assert signs(of(borys)) == ["cI", "iC", "n?"]
        assert of(borys).rows[0].cells[1].reader == "ann"
        rate(borys, "1", "h2", "N")
        assert signs(of(borys)) == ["cN", "iC", "n?"]
        assert signs(of(ann)) == ["cI", "iC", "n?"]
        rate(ann, "1", "1", "N")
        assert signs(of(ann))[0] == "NI"
        rate(ann, "1", "1", "?")
        assert signs(of(ann))[0] == "cI"
        view = ann.view("c-1")
        one = service.hypothesis(of(ann), "H2")
        assert service.rate(ann, view, view.excerpts[0], one, Rating.INCONSISTENT) is None
        assert rebuilt(ann.case.con) == state_of(ann.case.con)


def test_two_to_five_are_compared(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        for text in ("wounded", "alive", "staged", "another officer"):
            add(ann, text)
        with pytest.raises(UsageError, match="has 5 hypotheses; more than 5 cannot"):
            add(borys, "one too many")
        labels = [one.text for one in of(borys).hypotheses][1:]
        assert labels == ["wounded", "alive", "staged", "another officer"]
        service.remove(ann, ann.view("c-1"), service.hypothesis(of(ann), "h3"))
        add(borys, "somebody of his name")
        labels = [one.text for one in of(ann).hypotheses][1:]
        assert labels == ["wounded", "staged", "another officer", "somebody of his name"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n ", "needs words"),
        ("WOUNDED", "says just that"),
        ("x" * 301, "at most 300 characters; this has 301"),
    ],
)
def test_a_hypothesis_must_say_something_new(path: Path, text: str, sentence: str) -> None:
    with Session.open(path, "ann") as ann:
        add(ann, "wounded")
        with pytest.raises(UsageError, match=sentence):
            add(ann, text)


def test_a_hypothesis_is_changed_by_its_writer_alone(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        add(ann, "wounded")
        rate(borys, "1", "h2", "I")
        one = service.hypothesis(of(borys), "h2")
        with pytest.raises(UsageError, match="This hypothesis is ann's"):
            service.reword(borys, borys.view("c-1"), one, "unhurt")
        with pytest.raises(UsageError, match="This hypothesis is ann's"):
            service.remove(borys, borys.view("c-1"), one)
        with pytest.raises(UsageError, match="the claim itself"):
            service.remove(ann, ann.view("c-1"), service.hypothesis(of(ann), "H1"))
        service.reword(ann, ann.view("c-1"), one, "wounded, not dead")
        assert of(borys).hypotheses[1].text == "wounded, not dead"
        assert signs(of(borys))[0] == "cI"
        one = of(ann).hypotheses[1]
        assert service.reword(ann, ann.view("c-1"), one, "wounded,  not dead") is None
        service.remove(ann, ann.view("c-1"), one)
        assert signs(of(borys))[0] == "c"
        ann.undo()
        assert signs(of(borys))[0] == "cI"


def test_a_rating_that_was_undone_is_in_force_no_more(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        add(ann, "wounded")
        rate(ann, "1", "h2", "I")
        said = 'inconsistent with "wounded" on c-1: "Major General"'
        assert ann.log(limit=1)[0].sentence == said
        assert ann.undo().sentence == f"undid: {said}"
        assert signs(of(ann))[0] == "c?"
        assert ann.undo().sentence == 'undid: hypothesis on c-1: "wounded"'
        assert not of(ann).compares
        # What stands no more has no words to be named by.
        assert "inconsistent with hypothesis " in ann.log(kind="weigh")[0].sentence


def test_supposing_deception_is_each_readers_own_and_turns_the_ranking(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        add(ann, "wounded")
        assert leading(of(ann)) == {1}
        assert turns(of(ann), {ann.view("c-1").excerpts[1].id})
        suppose(ann, "2")
        held = of(ann)
        assert leading(held, held.supposed) == {0, 1}
        assert of(borys).supposed == frozenset()
        suppose(ann, "2", on=False)
        assert of(ann).supposed == frozenset()
        acts = [line.sentence for line in ann.log(claim="c-1", limit=2)]
        assert acts[0].startswith("no longer supposed to be deception on c-1: ")
        assert acts[1].startswith("supposed to be deception on c-1: ")


def test_the_words_of_a_hypothesis_can_be_erased(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        add(ann, "Colonel X was the one")
        rate(ann, "1", "h2", "I")
        assert "Colonel X" in ann.log(limit=1)[0].sentence
        (found,) = ann.findings(Kind.HYPOTHESIS)
        assert "text" not in found.data
        ann.redact(found.id, "names a person")
        held = of(ann)
        assert "Colonel" not in held.hypotheses[1].text
        assert "erased" in held.hypotheses[1].text
        assert not any("Colonel" in line.sentence for line in ann.log())


def test_what_is_not_there_is_said(path: Path) -> None:
    with Session.open(path, "ann") as ann:
        view = ann.view("c-1")
        with pytest.raises(NotFoundError, match="no hypothesis 'H9' here; there is: H1"):
            service.hypothesis(of(ann), "H9")
        for name in ("9", "0", "", "zz"):
            with pytest.raises(NotFoundError, match="it has 4, counted from 1"):
                service.excerpt_of(view, name)
        assert service.excerpt_of(view, view.excerpts[1].id[:12]) == view.excerpts[1]


def test_an_excerpt_whose_stance_is_not_told_yet_says_and_is_given_nothing(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        set_rule(ann, 2)
        assert signs(of(ann)) == ["c", "i", "n"]
        assert sorted(signs(of(borys))) == ["?", "?", "?"]
        add(borys, "wounded")
        view, held = borys.view("c-1"), of(borys)
        untold = next(one for one in view.excerpts if one.stance is Stance.UNTOLD)
        with pytest.raises(UsageError, match="weigh it once both verdicts are in"):
            service.rate(borys, view, untold, held.hypotheses[1], Rating.INCONSISTENT)
        with pytest.raises(UsageError, match="the claim is read blind"):
            service.suppose(borys, view, untold, on=True)
        assert len(of(ann).hypotheses) == 1


def test_others_ratings_on_a_claim_to_be_read_blind_are_not_seen(path: Path) -> None:
    with Session.open(path, "ann") as ann, Session.open(path, "borys") as borys:
        add(ann, "wounded")
        rate(ann, "1", "h2", "I")
        set_rule(ann, 2)
        assert signs(of(ann))[0] == "cI"
        assert len(of(borys).hypotheses) == 1
        assert all(cell.reader == "" for row in of(borys).rows for cell in row.cells)
