"""What stands on a claim follows from the set of its entries, however they arrived."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.canonical import Json
from reviewer.model.claims import State
from reviewer.model.entry import Entry, Kind
from reviewer.model.fold import Folded, fold, reopened_since, state_of

ANN, BORYS, CHEN = "a" * 64, "b" * 64, "c" * 64
_numbers = count(1)


def entry(
    kind: Kind,
    author: str = ANN,
    *,
    about: Entry | None = None,
    instead_of: tuple[Entry, ...] = (),
    lamport: int = 0,
    note: str | None = None,
    **data: Json,
) -> Entry:
    number = next(_numbers)
    return Entry(
        id=f"{number:064x}",
        chain="0" * 32,
        seq=number,
        previous=None,
        witness=None,
        lamport=lamport or number,
        at=0,
        author=author,
        kind=kind.value,
        subject=about.id if about else None,
        supersedes=tuple(old.id for old in instead_of),
        payload_hash=None if note is None else "f" * 64,
        data={"claim": "c-1", **data},
        words={} if note is None else {"note": note},
    )


def verdict(value: str, author: str = ANN, **more: object) -> Entry:
    return entry(Kind.VERDICT, author, value=value, **more)  # type: ignore[arg-type]


def values(folded: Folded) -> list[object]:
    return [standing.data["value"] for standing in folded.standing]


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Entries of three readers on several devices: some name what they could not have seen."""
    made: list[Entry] = []
    for number in range(draw(st.integers(1, 14))):
        kind = draw(st.sampled_from(Kind))
        old = draw(st.lists(st.sampled_from(made), max_size=2)) if made else []
        made.append(
            Entry(
                id=f"{draw(st.integers(0, 2**64)):032x}{number:032x}",
                chain="0" * 32,
                seq=number + 1,
                previous=None,
                witness=None,
                lamport=draw(st.integers(1, 6)),
                at=0,
                author=draw(st.sampled_from([ANN, BORYS, CHEN])),
                kind=kind.value,
                subject=draw(st.sampled_from(made)).id if made else None,
                supersedes=tuple(one.id for one in old),
                payload_hash=None,
                data={
                    "claim": "c-1",
                    "value": draw(st.sampled_from(["verified", "false"])),
                    "on": draw(st.booleans()),
                    "about": draw(st.sampled_from(["", "c-1"])),
                    "key": "reliability",
                    "readings": [one.id for one in old],
                },
                words=draw(st.sampled_from([{}, {"note": "seen"}, {"note": ""}])),
            )
        )
    return made


@given(histories().flatmap(lambda made: st.tuples(st.just(made), st.permutations(made))))
def test_the_order_in_which_entries_arrive_never_matters(
    both: tuple[list[Entry], list[Entry]],
) -> None:
    made, shuffled = both
    assert fold(shuffled) == fold(made)
    assert state_of(fold(shuffled), set()) == state_of(fold(made), set())


@given(histories())
def test_an_entry_that_arrives_twice_counts_once(made: list[Entry]) -> None:
    assert fold(made + made) == fold(made)


@given(histories())
def test_nobody_takes_away_what_another_recorded(made: list[Entry]) -> None:
    anns = [one for one in made if one.author == ANN]
    whole, alone = fold(made), fold(anns)
    assert [pair for pair in whole.verdicts if pair[0].author == ANN] == alone.verdicts
    assert [link for link in whole.links if link.author == ANN] == alone.links
    assert whole.notes.get(ANN) == alone.notes.get(ANN)
    assert whole.marks.get(ANN) == alone.marks.get(ANN)
    assert {id_ for id_ in whole.undone if whole.undone[id_].author == ANN} == set(alone.undone)


def test_a_later_verdict_of_the_same_reader_takes_the_place_of_the_one_it_names() -> None:
    first = verdict("unverified")
    second = verdict("false", instead_of=(first,))
    folded = fold([first, second])
    assert values(folded) == ["false"]
    assert [stands for _, stands in folded.verdicts] == [False, True]


def test_two_devices_that_did_not_see_each_other_leave_two_verdicts_standing() -> None:
    first = verdict("unverified")
    here = verdict("false", instead_of=(first,))
    there = verdict("verified", instead_of=(first,))
    assert sorted(map(str, values(fold([first, here, there])))) == ["false", "verified"]
    assert state_of(fold([first, here, there]), set()) == (State.IN_CONFLICT, "")


def test_a_verdict_that_names_another_readers_does_not_take_its_place() -> None:
    anns = verdict("verified", ANN)
    boryss = verdict("false", BORYS, instead_of=(anns,))
    assert values(fold([anns, boryss])) == ["verified", "false"]


def test_only_a_readers_own_undo_counts() -> None:
    anns = verdict("verified", ANN)
    assert values(fold([anns, entry(Kind.UNDO, BORYS, about=anns)])) == ["verified"]
    assert values(fold([anns, entry(Kind.UNDO, ANN, about=anns)])) == []


def test_only_a_readers_own_redo_counts() -> None:
    anns = verdict("verified", ANN)
    undo = entry(Kind.UNDO, ANN, about=anns)
    assert values(fold([anns, undo, entry(Kind.REDO, BORYS, about=anns)])) == []
    assert values(fold([anns, undo, entry(Kind.REDO, ANN, about=anns)])) == ["verified"]


def test_undoing_a_verdict_brings_the_one_before_it_back() -> None:
    first = verdict("unverified")
    second = verdict("false", instead_of=(first,))
    assert values(fold([first, second, entry(Kind.UNDO, about=second)])) == ["unverified"]


def test_undoing_a_withdrawal_brings_the_verdict_back() -> None:
    first = verdict("false")
    withdrawal = entry(Kind.WITHDRAW, instead_of=(first,))
    assert values(fold([first, withdrawal])) == []
    assert values(fold([first, withdrawal, entry(Kind.UNDO, about=withdrawal)])) == ["false"]


def test_undoing_a_new_note_brings_the_old_one_back() -> None:
    old = entry(Kind.NOTE, note="call the ministry")
    new = entry(Kind.NOTE, note="they deny it")
    assert fold([old, new]).notes[ANN] == new
    assert fold([old, new, entry(Kind.UNDO, about=new)]).notes[ANN] == old


def test_a_verdict_without_words_leaves_the_note_as_it_is() -> None:
    note = entry(Kind.NOTE, note="call the ministry")
    assert fold([note, verdict("false")]).notes[ANN] == note


def test_a_note_that_was_removed_is_no_note() -> None:
    note = entry(Kind.NOTE, note="call the ministry")
    removed = entry(Kind.NOTE, note="")
    assert fold([note, removed]).notes == {}
    assert state_of(fold([note, removed]), set()) == (State.NEW, "")
    assert fold([note, verdict("false", note="")]).notes == {}


def test_a_note_that_was_erased_does_not_bring_an_older_one_back() -> None:
    old = entry(Kind.NOTE, note="old words")
    erased = replace(entry(Kind.NOTE, note="a name"), words={})
    assert fold([old, erased]).notes == {ANN: erased}
    assert state_of(fold([old, erased]), set()) == (State.IN_REVIEW, "")
    erased = replace(verdict("false", note="a name"), words={})
    assert fold([old, erased]).notes == {ANN: erased}


def test_an_excerpt_stands_until_its_reader_takes_it_back() -> None:
    link = entry(Kind.LINK, ANN)
    assert fold([link, entry(Kind.UNLINK, BORYS, instead_of=(link,))]).links == [link]
    taken = entry(Kind.UNLINK, ANN, instead_of=(link,))
    assert fold([link, taken]).links == []
    assert fold([link, taken, entry(Kind.UNDO, ANN, about=taken)]).links == [link]


def test_reopening_is_after_the_verdicts_that_came_before_it_and_no_others() -> None:
    before = verdict("false", ANN)
    back = entry(Kind.REOPEN, BORYS)
    after = verdict("verified", ANN)
    folded = fold([after, back, before])
    assert folded.reopened == back
    assert reopened_since(back, before) == ["reopened"]
    assert reopened_since(replace(back, words={"why": "a\ncall"}), before) == ["reopened: a call"]
    assert reopened_since(back, after) == reopened_since(None, before) == []
    assert fold([before, back, entry(Kind.UNDO, ANN, about=back)]).reopened == back
    assert fold([before, back, entry(Kind.UNDO, BORYS, about=back)]).reopened is None


def test_marks_and_setting_aside_are_each_readers_own() -> None:
    mark = entry(Kind.MARK, ANN, on=True)
    aside = entry(Kind.SET_ASIDE, BORYS, on=True)
    folded = fold([mark, aside, entry(Kind.MARK, BORYS, on=False)])
    assert (set(folded.marks), set(folded.aside)) == ({ANN}, {BORYS})
    assert fold([mark, entry(Kind.MARK, ANN, on=False)]).marks == {}


def test_whoever_takes_a_claim_back_into_the_queue_takes_it_back_for_all() -> None:
    aside = entry(Kind.SET_ASIDE, ANN, on=True)
    back = entry(Kind.SET_ASIDE, BORYS, on=False)
    assert fold([aside, back]).aside == {}
    assert fold([aside, back, entry(Kind.UNDO, BORYS, about=back)]).aside == {ANN: aside}


@pytest.mark.parametrize(
    ("entries", "stale", "state"),
    [
        ([], [], (State.NEW, "")),
        ([entry(Kind.MARK, on=True)], [], (State.NEW, "")),
        ([entry(Kind.NOTE, note="x")], [], (State.IN_REVIEW, "")),
        ([entry(Kind.LINK)], [], (State.IN_REVIEW, "")),
        ([entry(Kind.NOTE, note="x"), entry(Kind.SET_ASIDE, on=True)], [], (State.SET_ASIDE, "")),
        ([verdict("false")], [], (State.DECIDED, "false")),
        ([verdict("false", ANN), verdict("false", BORYS)], [], (State.DECIDED, "false")),
        ([verdict("false", ANN), verdict("verified", BORYS)], [], (State.IN_CONFLICT, "")),
        ([verdict("false")], [0], (State.REOPENED, "")),
        ([verdict("false", ANN), verdict("verified", BORYS)], [0], (State.DECIDED, "verified")),
        ([verdict("false", ANN), verdict("verified", BORYS)], [0, 1], (State.REOPENED, "")),
        ([entry(Kind.SET_ASIDE, on=True), verdict("false")], [], (State.DECIDED, "false")),
    ],
    ids=lambda value: value[0].value if isinstance(value, tuple) else str(len(value)),
)
def test_the_state_of_work_follows_from_what_stands(
    entries: list[Entry], stale: list[int], state: tuple[State, str]
) -> None:
    assert state_of(fold(entries), {entries[n].id for n in stale}) == state
