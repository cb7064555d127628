"""Any history of several laptops: after they have all met, they hold the same, and all of it.

Laptops are copied, with their account or without, or as a snapshot that is the same machine;
older backups are put back over the file; clocks are wrong by decades; merges are cut off;
words are erased; texts change on both sides. `REVIEWER_LONG=1` lives through 2,000 histories.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from reviewer.casefile import merging, packed, redaction
from reviewer.model.errors import NothingToDoError, UsageError
from reviewer.model.evidence import Stance
from reviewer.service import ageing
from tests.casefile.making import GUR, claim, excerpt, new_case, source, statement
from tests.everyday import times
from tests.merging.laptops import Laptop, check, contents, ids_of, worded

READERS = ("ann", "borys")
CLAIMS = ("c-1", "c-2", "c-3")
TEXTS = (GUR, "Kyiv. " + GUR, GUR.replace("killed near", "wounded near"))
YEAR = 365 * 24 * 3600 * 1000
MOST = 4
ROUNDS = 8

LIVED: Counter[str] = Counter()
"""What the histories had in them: without forks they would show nothing."""

laptops = st.integers(0, MOST - 1)
readers = st.sampled_from(READERS)
claims = st.sampled_from(CLAIMS)
values = st.sampled_from(["verified", "contested", "false"])
words = st.sampled_from(["", "call them", "two sources, one origin"])


class Laptops(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="laptops-"))
        self.patch = pytest.MonkeyPatch()
        # Small blocks, so that merges of a few lines are cut off between two of them.
        self.patch.setattr(packed, "BLOCK", 4)
        first = Laptop(new_case(self.folder), self.folder / "home-0", "machine-0")
        self.all = [first]
        self.bundles = 0
        self.kept: list[Path] = []

    @initialize(several=st.integers(1, 2))
    def begin(self, several: int) -> None:
        for _ in range(several):
            self.copy(0, account=False, snapshot=False)

    def teardown(self) -> None:
        try:
            self.meet()
        finally:
            self.patch.undo()
            shutil.rmtree(self.folder)

    def of(self, n: int) -> Laptop:
        return self.all[n % len(self.all)]

    # Work

    @rule(n=laptops, reader=readers, claim=claims, value=values, note=words)
    def decide(self, n: int, reader: str, claim: str, value: str, note: str) -> None:
        with self.of(n).at_work(reader) as session:
            session.decide(session.view(claim), value, note)

    @rule(n=laptops, reader=readers, claim=claims, why=words, when=st.sampled_from(["", "+14"]))
    def age(self, n: int, reader: str, claim: str, why: str, when: str) -> None:
        with self.of(n).at_work(reader) as session, contextlib.suppress(NothingToDoError):
            if when:
                ageing.recheck(session, session.view(claim), when, why)
            else:
                ageing.reopen(session, session.view(claim), why)

    @rule(n=laptops, reader=readers, claim=claims, note=words)
    def note(self, n: int, reader: str, claim: str, note: str) -> None:
        with self.of(n).at_work(reader) as session:
            session.note(session.view(claim), note)

    @rule(n=laptops, reader=readers, claim=claims, verb=st.sampled_from(["aside", "mark", "take"]))
    def flag(self, n: int, reader: str, claim: str, verb: str) -> None:
        with self.of(n).at_work(reader) as session:
            view = session.view(claim)
            try:
                if verb == "mark":
                    session.mark(view, on=not view.row.marked)
                elif verb == "aside":
                    session.set_aside(view)
                else:
                    session.withdraw(view)
            except NothingToDoError:
                pass

    @rule(n=laptops, reader=readers, claim=claims, start=st.integers(0, 20))
    def link(self, n: int, reader: str, claim: str, start: int) -> None:
        with self.of(n).at_work(reader) as session:
            target = session.text("gur-7-march")
            with contextlib.suppress(UsageError):
                session.link(session.view(claim), target, start, start + 9, Stance.SUPPORTS)

    @rule(n=laptops, reader=readers, again=st.booleans())
    def undo(self, n: int, reader: str, again: bool) -> None:
        with self.of(n).at_work(reader) as session, contextlib.suppress(NothingToDoError):
            session.redo() if again else session.undo()

    @rule(n=laptops, reader=readers, which=st.integers(0, 50))
    def redact(self, n: int, reader: str, which: int) -> None:
        held = sorted(worded(self.of(n)))
        if held:
            self.of(n).redact(reader, held[which % len(held)].hex())

    @rule(n=laptops, text=st.sampled_from(TEXTS), more=st.booleans())
    def a_newer_text(self, n: int, text: str, more: bool) -> None:
        self.of(n).take_in(source(), statement("gur-7-march", text))
        if more:
            self.of(n).take_in(
                statement("late", text),
                claim("c-9", statements=["late"]),
                claim("c-3", text="c-3, in other words", statements=["late"]),
                excerpt("c-2", text[:12], "late", id="e-late"),
            )

    # What happens to laptops

    @precondition(lambda self: len(self.all) < MOST)
    @rule(n=laptops, account=st.booleans(), snapshot=st.booleans())
    def copy(self, n: int, account: bool, snapshot: bool) -> None:
        one = self.of(n)
        at = len(self.all)
        machine = one.machine if snapshot else f"machine-{at}"
        home = self.folder / f"home-{at}"
        copy = one.cloned(self.folder / f"laptop-{at}.case", home, machine)
        if not account:
            shutil.rmtree(home, ignore_errors=True)
        self.all.append(copy)

    @precondition(lambda self: len(self.all) < MOST)
    @rule(n=laptops, reader=readers, claim=claims, other=claims)
    def a_snapshot_goes_on_too(self, n: int, reader: str, claim: str, other: str) -> None:
        """Both write on in one chain: it forks."""
        self.decide(n, reader, claim, "verified", "before")
        self.copy(n, account=True, snapshot=True)
        self.decide(n, reader, claim, "false", "here")
        self.decide(len(self.all) - 1, reader, other, "contested", "there")

    @rule(n=laptops, to=laptops, reader=readers, claim=claims)
    def a_backup_goes_on_by_itself(self, n: int, to: int, reader: str, claim: str) -> None:
        """What was written after the backup is with another laptop alone: it forks, too."""
        self.decide(n, reader, claim, "verified", "before")
        self.backup(n)
        self.decide(n, reader, claim, "false", "after")
        self.merge(n, to, None, 1)
        self.of(n).restore(len(self.of(n).backups) - 1, forgetting=True)
        self.decide(n, reader, claim, "contested", "again")

    @rule(n=laptops)
    def backup(self, n: int) -> None:
        self.of(n).backup()

    @rule(n=laptops, which=st.integers(0, 9), forgetting=st.booleans())
    def restore(self, n: int, which: int, forgetting: bool) -> None:
        one = self.of(n)
        if one.backups:
            one.restore(which % len(one.backups), forgetting=forgetting)

    @rule(n=laptops, ahead=st.sampled_from([0, -20 * YEAR, 80 * YEAR]))
    def set_the_clock(self, n: int, ahead: int) -> None:
        self.of(n).ahead = ahead

    # Meeting

    @rule(n=laptops, to=laptops, steps=st.none() | st.integers(0, 6), by=st.integers(0, 2))
    def merge(self, n: int, to: int, steps: int | None, by: int) -> None:
        giver, taker = self.of(n), self.of(to)
        if giver is taker:
            return
        before = ids_of(taker)
        taker.merge(self.source(giver, taker, by), steps=steps)
        assert before <= ids_of(taker)
        with taker.reading() as case:
            check(case.con)

    def source(self, giver: Laptop, taker: Laptop, by: int) -> Path:
        """The file itself, a whole bundle, or a bundle of what the other side lacks."""
        if by == 0:
            return giver.path
        self.bundles += 1
        out = self.folder / f"{self.bundles}.bundle"
        if by == 1:
            return giver.bundled(out)
        theirs = taker.bundled(self.folder / f"{self.bundles}-theirs.bundle")
        return giver.bundled(out, lacking=theirs)

    def meet(self) -> None:
        """Let all merge with all until nothing is new; then all hold the same."""
        before = set().union(*(ids_of(one) for one in self.all))
        said = set().union(*(worded(one) for one in self.all))
        for _ in range(ROUNDS):
            new = sum(self.meeting(giver, to) for to in self.all for giver in self.all)
            if not new and not sum(map(self.erase_names, self.all)):
                break
        else:
            raise AssertionError("there was always something new")
        everything = set().union(*(ids_of(one) for one in self.all))
        assert before <= everything
        said |= set().union(*(worded(one) for one in self.all))
        found = []
        for one in self.all:
            with one.reading() as case:
                check(case.con)
                found.append(contents(case.con))
                assert merging.counts(case.con).forks == forked(found[-1]["entry"])
                LIVED["forks"] += merging.counts(case.con).forks
                erased = {row[0] for row in case.con.execute(ERASED).fetchall()}
            assert ids_of(one) == everything
            assert worded(one) == said - erased
        for other in found[1:]:
            assert other == found[0]
        LIVED["histories"] += 1
        LIVED["erased"] += len(erased)

    def erase_names(self, one: Laptop) -> int:
        """Do what a merge tells to do where an erased name lies in other entries yet."""
        with one.reading() as case:
            left = redaction.named_still(case.con)
        for id_ in left:
            one.redact("ann", id_.hex())
        return len(left)

    def meeting(self, giver: Laptop, to: Laptop) -> bool:
        if giver is to:
            return False
        return any(one.anything for one in to.merge(giver.path).merged)


def forked(entries: list[tuple[object, ...]]) -> int:
    """In how many places two entries have one number of one chain."""
    places = Counter((chain, seq) for _, chain, seq, *_ in entries)
    return sum(many > 1 for many in places.values())


ERASED = (
    "SELECT subject FROM entry WHERE kind = 'redact' UNION SELECT id FROM entry"
    " WHERE kind = 'enrol' AND author IN (SELECT named.author FROM entry AS named"
    " JOIN entry AS redaction ON redaction.subject = named.id AND redaction.kind = 'redact'"
    " WHERE named.kind = 'enrol')"
)


def test_laptops_that_have_met_hold_the_same_and_all_of_it() -> None:
    run_state_machine_as_test(
        Laptops,
        settings=settings(
            max_examples=times(15, 2000),
            stateful_step_count=times(25, 40),
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
        ),
    )
    assert LIVED["histories"] >= times(15, 2000)
    assert LIVED["forks"]
    assert LIVED["erased"]
