"""Undoing an act that is not the newest: only one's own, only in force, and what rested on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.model.errors import NotFoundError, NothingToDoError
from reviewer.model.evidence import Stance
from reviewer.service.session import Session
from tests.casefile.making import at_work, new_case, rebuilt, state_of


def newest(session: Session, kind: str) -> str:
    return session.log(kind=kind, limit=1)[0].id


def test_an_excerpt_is_undone_and_the_verdict_that_rested_on_it_is_named(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        view = ann.view("c-2")
        ann.link(view, view.statements[0], 0, 6, Stance.SUPPORTS)
        ann.decide(ann.view("c-2"), "verified")
        ann.mark(ann.view("c-3"))
        line = ann.undo_act(newest(ann, "link"))
        assert line.sentence == (
            'undid: supports excerpt on c-2: "Потери"; on it rested your verdict verified on c-2'
        )
        assert ann.view("c-2").excerpts == ()
        assert ann.view("c-2").mine("ann") is not None
        assert state_of(ann.case.con) == rebuilt(ann.case.con)
        assert "excerpt on c-2" in ann.redo().sentence
        assert len(ann.view("c-2").excerpts) == 1


def test_what_a_later_act_replaced_is_named_with_that_act(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "ben") as (ann, ben):
        ann.note(ann.view("c-1"), "call the ministry")
        first = newest(ann, "note")
        ann.decide(ann.view("c-1"), "contested")
        ann.withdraw(ann.view("c-1"))
        withdrawn = newest(ann, "withdraw")
        ann.decide(ann.view("c-1"), "false")
        for act, instead in ((first, "verdict false"), (withdrawn, "verdict false")):
            with pytest.raises(NothingToDoError, match=f"In its place stands: {instead} on c-1"):
                ann.undo_act(act)
        before = ann.log(limit=100)
        with pytest.raises(NothingToDoError, match="another reader's"):
            ben.undo_act(newest(ann, "verdict"))
        with pytest.raises(NothingToDoError, match="This cannot be undone: joined the case"):
            ann.undo_act(newest(ann, "enrol"))
        with pytest.raises(NotFoundError, match="There is no entry 000000000000"):
            ann.undo_act("00" * 32)
        assert ann.log(limit=100) == before, "what is refused records nothing"
        ann.undo_act(newest(ann, "verdict"))
        ann.undo_act(withdrawn)
        mine = ann.view("c-1").mine("ann")
        assert mine is not None
        assert mine.value == "contested"
