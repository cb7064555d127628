"""A question that two laptops work on apart: what each adds is there after the merge."""

from __future__ import annotations

from pathlib import Path

from reviewer.model.questions import questions_of
from reviewer.service import asking
from tests.merging.laptops import Laptop

Two = tuple[Laptop, Laptop]


def test_what_two_laptops_add_to_one_question_is_put_together(two: Two, tmp_path: Path) -> None:
    ann, borys = two
    with ann.at_work("ann") as session:
        asking.ask(session, session.view("c-1"), "Who saw the body?")
        key = questions_of(session.findings_of("c-1"))[0].key
    borys.merge(ann.bundled(tmp_path / "a.bundle"))
    with ann.at_work("ann") as session:
        asking.asked(session, session.view("c-1"), key, "the press office", "2022-03-08")
        asking.ask(session, session.view("c-1"), "And who heard of it?")
    with borys.at_work("borys") as session:
        asking.asked(session, session.view("c-1"), key, "the ministry", "2022-03-09")
        asking.answer(session, session.view("c-1"), key, "Nobody.")
        asking.ask(session, session.view("c-1"), "Who took the photographs?")
    ann.merge(borys.bundled(tmp_path / "b.bundle"))
    borys.merge(ann.bundled(tmp_path / "c.bundle"))
    found = []
    for one in (ann, borys):
        with one.at_work("reader") as session:
            held = questions_of(session.findings_of("c-1"))
            found.append(held)
            first = asking.question(session, session.view("c-1"), key)
            assert {asked.whom for asked in first.asked} == {"the press office", "the ministry"}
            assert (first.answer, first.state) == ("Nobody.", "answered")
            assert len({one.key for one in held}) == 3
    assert found[0] == found[1]
