"""Any work of two readers, with undo and redo and restarts, against a model that is obvious.

The model keeps a list of what each reader did and a pointer into it; what stands is what
the acts before the pointers say, one after the other. The case must agree after every step,
and its state must be the one that would be derived anew. With `REVIEWER_LONG=1` twice as
many histories are lived through.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from reviewer.casefile.engine import Connection
from reviewer.casefile.tally import DAY_MS
from reviewer.model.about import Status
from reviewer.model.claims import ClaimView
from reviewer.model.errors import NothingToDoError, UsageError
from reviewer.model.evidence import Stance
from reviewer.service import ageing
from reviewer.service.session import Session
from tests.casefile.making import (
    GUR,
    Rows,
    Ticking,
    new_case,
    rebuilt,
    state_of,
    statement,
    take_in,
)
from tests.everyday import times

READERS = ("ann", "borys")
CLAIMS = ("c-1", "c-2", "c-3", "c-4")
VALUES = ("verified", "contested", "false")
TEXTS = (GUR, "Kyiv. " + GUR, GUR.replace("killed near", "wounded near"))

readers = st.sampled_from(READERS)
claims = st.sampled_from(CLAIMS)
values = st.sampled_from(VALUES)
words = st.sampled_from(["", "call them", "two sources, one origin"])

Saw = dict[str, str]


@dataclass
class Standing:
    """What stands on the claims: by claim and reader."""

    verdicts: dict[tuple[str, str], tuple[str, Saw]] = field(default_factory=dict)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    flags: set[tuple[str, str, str]] = field(default_factory=set)
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    put_back: set[tuple[str, str]] = field(default_factory=set)
    """The claim and reader of each verdict that was reopened since it was given."""


Act = Callable[[Standing], None]


@dataclass
class Done:
    """An act, when it was done among all acts, and what it does to what stands."""

    when: int
    act: Act


def walked(con: Connection, now_ms: int) -> Status:
    """The status, counted row by row."""
    rows = con.execute("SELECT * FROM queue").fetchall()
    verdicts = con.execute(
        "SELECT name, value, stale, body FROM verdict JOIN entry USING (lsn)"
        " JOIN reader ON reader.author = verdict.author WHERE standing"
    ).fetchall()
    names = [row["name"] for row in con.execute("SELECT name FROM reader").fetchall()]
    of_readers = Counter(verdict["name"] for verdict in verdicts)
    midnight = now_ms // DAY_MS * DAY_MS
    return Status(
        claims=len(rows),
        decided=sum(not row["undecided"] for row in rows),
        undecided=sum(row["undecided"] for row in rows),
        verdicts=dict(Counter(verdict["value"] for verdict in verdicts)),
        states=dict(Counter(row["state"] for row in rows)),
        readers={name: of_readers[name] for name in names},
        stale=sum(verdict["stale"] != "" for verdict in verdicts),
        orphans=sum(row["orphans"] for row in rows),
        today=sum(json.loads(verdict["body"])["t"] >= midnight for verdict in verdicts),
    )


class TwoReaders(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="machine-"))
        self.path = new_case(self.folder)
        self.clock = Ticking()
        self.done: dict[str, list[Done]] = {reader: [] for reader in READERS}
        self.undone: dict[str, list[Done]] = {reader: [] for reader in READERS}
        self.acts = 0
        self.versions: dict[str, int] = {}
        self.open()
        self.before = self.of_claims()

    def open(self) -> None:
        self.sessions = {
            reader: Session.open(self.path, reader, clock=self.clock) for reader in READERS
        }

    def close(self) -> None:
        for session in self.sessions.values():
            session.close()

    def teardown(self) -> None:
        self.close()
        shutil.rmtree(self.folder)

    # The model

    def did(self, reader: str, act: Act) -> None:
        self.acts += 1
        self.done[reader].append(Done(self.acts, act))
        self.undone[reader].clear()

    def standing(self) -> Standing:
        now = Standing()
        for done in sorted(
            (done for reader in READERS for done in self.done[reader]), key=lambda d: d.when
        ):
            done.act(now)
        return now

    def view(self, reader: str, claim: str) -> ClaimView:
        return self.sessions[reader].view(claim)

    # What readers do

    @rule(reader=readers, claim=claims, value=values, note=st.none() | words)
    def decide(self, reader: str, claim: str, value: str, note: str | None) -> None:
        view = self.view(reader, claim)
        saw = {target.id: target.hash for target in view.targets}
        held = self.standing()
        in_force = held.notes.get((claim, reader), "")
        mine = held.verdicts.get((claim, reader))
        entry = self.sessions[reader].decide(view, value, note)
        if entry is None:
            assert mine is not None
            assert mine[0] == value
            assert note in (None, in_force)
            return

        text = in_force if note is None else note

        def act(now: Standing) -> None:
            now.verdicts[claim, reader] = (value, saw)
            now.put_back.discard((claim, reader))
            now.notes[claim, reader] = text
            for who in READERS:
                now.flags.discard((claim, who, "aside"))

        self.did(reader, act)

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        given = sorted(self.standing().verdicts)
        if not given:
            with pytest.raises(NothingToDoError):
                self.sessions["ann"].withdraw(self.view("ann", "c-1"))
            return
        claim, reader = data.draw(st.sampled_from(given))
        self.sessions[reader].withdraw(self.view(reader, claim))

        def act(now: Standing) -> None:
            del now.verdicts[claim, reader]

        self.did(reader, act)

    @rule(reader=readers, claim=claims, why=words)
    def reopen(self, reader: str, claim: str, why: str) -> None:
        now = self.standing()
        given = {who for of, who in now.verdicts if of == claim}
        if all((claim, who) in now.put_back for who in given):
            with pytest.raises(NothingToDoError):
                ageing.reopen(self.sessions[reader], self.view(reader, claim), why)
            return
        ageing.reopen(self.sessions[reader], self.view(reader, claim), why)

        def act(now: Standing) -> None:
            now.put_back.update((of, who) for of, who in now.verdicts if of == claim)

        self.did(reader, act)

    @rule(reader=readers, claim=claims, text=words)
    def note(self, reader: str, claim: str, text: str) -> None:
        entry = self.sessions[reader].note(self.view(reader, claim), text)
        assert (entry is None) == (self.standing().notes.get((claim, reader), "") == text)
        if entry is not None:
            self.did(reader, lambda now: now.notes.update({(claim, reader): text}))

    @rule(reader=readers, claim=claims, flag=st.sampled_from(["mark", "aside"]), on=st.booleans())
    def flag(self, reader: str, claim: str, flag: str, on: bool) -> None:
        session, view = self.sessions[reader], self.view(reader, claim)
        if flag == "aside" and on and view.row.state in ("decided", "in_conflict"):
            with pytest.raises(NothingToDoError):
                session.set_aside(view)
            return
        is_so = view.row.marked if flag == "mark" else view.row.state == "set_aside"
        entry = (session.mark if flag == "mark" else session.set_aside)(view, on=on)
        assert (entry is None) == (is_so is on)
        if entry is None:
            return

        def act(now: Standing) -> None:
            if on:
                now.flags.add((claim, reader, flag))
            else:
                # Whoever takes a claim back into the queue takes it back for all.
                for who in READERS if flag == "aside" else (reader,):
                    now.flags.discard((claim, who, flag))

        self.did(reader, act)

    @rule(reader=readers, claim=claims, start=st.integers(0, 30), length=st.integers(1, 20))
    def link(self, reader: str, claim: str, start: int, length: int) -> None:
        session = self.sessions[reader]
        target = session.text("call-1")
        end = min(start + length, len(target.text))
        if not target.text[start:end].strip():
            with pytest.raises(UsageError):
                session.link(self.view(reader, claim), target, start, end, Stance.REFUTES)
            return
        entry = session.link(self.view(reader, claim), target, start, end, Stance.REFUTES)
        if entry is not None:
            id_ = entry.id
            self.did(reader, lambda now: now.links.update({id_: (claim, reader)}))

    @rule(reader=readers, data=st.data())
    def unlink(self, reader: str, data: st.DataObject) -> None:
        mine = sorted(id_ for id_, (_, who) in self.standing().links.items() if who == reader)
        if not mine:
            return
        id_ = data.draw(st.sampled_from(mine))
        view = self.view(reader, self.standing().links[id_][0])
        (excerpt,) = [one for one in view.excerpts if one.id == id_]
        self.sessions[reader].unlink(view, excerpt)
        self.did(reader, lambda now: now.links.pop(id_, None) and None)

    @rule(reader=readers)
    def undo(self, reader: str) -> None:
        if not self.done[reader]:
            with pytest.raises(NothingToDoError):
                self.sessions[reader].undo()
            return
        self.sessions[reader].undo()
        self.undone[reader].append(self.done[reader].pop())

    @rule(reader=readers)
    def redo(self, reader: str) -> None:
        if not self.undone[reader]:
            with pytest.raises(NothingToDoError):
                self.sessions[reader].redo()
            return
        self.sessions[reader].redo()
        self.done[reader].append(self.undone[reader].pop())

    @rule()
    def restart(self) -> None:
        self.close()
        self.open()

    @precondition(lambda self: self.acts > 3)
    @rule()
    def undo_everything_and_redo_it(self) -> None:
        at_the_end = self.of_claims()
        for reader in READERS:
            for _ in self.done[reader]:
                self.sessions[reader].undo()
        assert self.of_claims() == self.before_anything()
        for reader in READERS:
            for _ in self.done[reader]:
                self.sessions[reader].redo()
        assert self.of_claims() == at_the_end

    # What must hold

    def of_claims(self) -> Rows:
        """All that is derived, but for names and the list of acts, which only grow."""
        state = state_of(self.sessions["ann"].case.con)
        # A verdict that is undone is still told of in a claim's history.
        state["verdict"] = [row for row in state["verdict"] if row[4]]
        return {table: rows for table, rows in state.items() if table not in ("reader", "act")}

    def before_anything(self) -> Rows:
        return self.before

    @invariant()
    def the_case_agrees_with_the_model(self) -> None:
        now = self.standing()
        for reader, session in self.sessions.items():
            for claim in CLAIMS:
                view = session.view(claim)
                verdicts = {v.reader: v.value for v in view.verdicts if v.standing}
                notes = {note.reader: note.text for note in view.notes}
                assert verdicts == {
                    who: v[0] for (of, who), v in now.verdicts.items() if of == claim
                }
                assert notes == {who: n for (of, who), n in now.notes.items() if of == claim and n}
                assert view.row.marked == ((claim, reader, "mark") in now.flags)
                links = {one.id for one in view.excerpts if one.reader}
                assert links == {id_ for id_, (of, _) in now.links.items() if of == claim}
                assert view.row.state == self.state(claim, now, view)

    def state(self, claim: str, now: Standing, view: ClaimView) -> str:
        standing = {who: v for (of, who), v in now.verdicts.items() if of == claim}
        fresh = {
            v[0]
            for who, v in standing.items()
            if (claim, who) not in now.put_back and not self.is_stale(v[1], view)
        }
        if fresh:
            return "in_conflict" if len(fresh) > 1 else "decided"
        if any(of == claim and flag == "aside" for of, _, flag in now.flags):
            return "set_aside"
        if standing:
            return "reopened"
        noted = any(of == claim and text for (of, _), text in now.notes.items())
        linked = any(of == claim for of, _ in now.links.values())
        return "in_review" if noted or linked else "new"

    def is_stale(self, saw: Saw, view: ClaimView) -> bool:
        return False

    @invariant()
    def the_state_is_what_would_be_derived_anew(self) -> None:
        con = self.sessions["borys"].case.con
        assert rebuilt(con) == state_of(con)

    @invariant()
    def the_status_is_what_a_walk_would_count(self) -> None:
        ann = self.sessions["ann"]
        assert ann.status() == walked(ann.case.con, self.clock.now)

    @invariant()
    def nothing_that_was_recorded_is_gone(self) -> None:
        con = self.sessions["ann"].case.con
        count = con.execute("SELECT count(*) FROM entry WHERE kind <> 'enrol'").fetchone()[0]
        assert count >= self.acts


class WhileEvidenceChanges(TwoReaders):
    """The same, while the text under them changes: verdicts go stale and come back."""

    @rule(text=st.sampled_from(TEXTS))
    def a_text_changes(self, text: str) -> None:
        take_in(self.path, statement(text=text))

    def before_anything(self) -> Rows:
        fresh = new_case(self.folder)
        (current,) = [s for s in self.view("ann", "c-1").statements if s.id == "gur-7-march"]
        take_in(fresh, statement(text=current.text))
        with Session.open(fresh, "ann") as session:
            con = session.case.con
            state = state_of(con)
        # A claim's version is its own; that of a text is nobody's but the text's.
        return {table: rows for table, rows in state.items() if table not in ("reader", "act")}

    def is_stale(self, saw: Saw, view: ClaimView) -> bool:
        now = {target: self.sessions["ann"].text(target).hash for target in saw}
        shown = {s.id for s in (*view.statements, *view.recordings)}
        linked_by_readers = {one.target for one in view.excerpts if one.reader}
        return now != saw or bool(shown - linked_by_readers - set(saw))


SETTINGS = settings(
    max_examples=times(6, 12), stateful_step_count=30, phases=[Phase.explicit, Phase.generate]
)


def test_work_of_two_readers_is_undone_and_redone_as_it_was_done() -> None:
    run_state_machine_as_test(TwoReaders, settings=SETTINGS)


def test_so_it_is_while_the_evidence_changes_under_them() -> None:
    run_state_machine_as_test(WhileEvidenceChanges, settings=SETTINGS)
