"""What stands after all that was recorded about one claim.

A pure function of a set of entries: the order in which they arrived in a file does not
matter, so that two machines that hold the same entries show the same state.
"""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.model.claims import State
from reviewer.model.entry import ACTS, FINDINGS, Entry, Kind
from reviewer.structs import Struct, field


class Folded(Struct, frozen=False):
    """What stands on a claim. Notes, flags and links are those in force."""

    verdicts: list[tuple[Entry, bool]] = field(default_factory=list)
    notes: dict[str, Entry] = field(default_factory=dict)
    aside: dict[str, Entry] = field(default_factory=dict)
    marks: dict[str, Entry] = field(default_factory=dict)
    links: list[Entry] = field(default_factory=list)
    found: dict[tuple[object, ...], Entry] = field(default_factory=dict)
    """Each reader's newest finding on each question, the oldest first."""
    adjudications: list[Entry] = field(default_factory=list)
    reopened: Entry | None = None
    """The newest act by which somebody put the claim back: what was judged before is stale."""
    undone: dict[str, Entry] = field(default_factory=dict)
    """Each act that is undone, with the undo entry in force."""

    @property
    def findings(self) -> list[Entry]:
        """The findings in force, in the order they were given."""
        return list(self.found.values())

    @property
    def standing(self) -> list[Entry]:
        """The verdicts in force, in the order they were given."""
        return [entry for entry, stands in self.verdicts if stands]


def undone_acts(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The acts that are undone, by id, with the undo entry in force.

    Only a reader's own undo counts, and the last of undo and redo decides.
    """
    entries = list(entries)
    authors = {entry.id: entry.author for entry in entries}
    undone: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda e: e.order):
        target = entry.subject
        if target is None or authors.get(target) != entry.author:
            continue
        if entry.kind == Kind.UNDO:
            undone[target] = entry
        elif entry.kind == Kind.REDO:
            undone.pop(target, None)
    return undone


def took_the_place(later: Entry, act: Entry) -> bool:
    """Whether a later act of the same reader on the same claim took the place of this one."""
    match act.kind:
        case Kind.VERDICT | Kind.WITHDRAW:
            return later.kind in (Kind.VERDICT, Kind.WITHDRAW)
        case Kind.NOTE:
            with_note = later.kind == Kind.VERDICT and later.payload_hash is not None
            return later.kind == Kind.NOTE or with_note
        case Kind.SET_ASIDE:
            return later.kind in (Kind.SET_ASIDE, Kind.VERDICT)
        case Kind.MARK:
            return later.kind == Kind.MARK
        case Kind.LINK:
            return later.kind == Kind.UNLINK and act.id in later.supersedes
        case _:
            return False


def cites(verdict: Entry, excerpt: Entry) -> bool:
    """Whether a verdict names an excerpt among those that it rests on."""
    named = verdict.data.get("excerpts")
    return verdict.kind == Kind.VERDICT and isinstance(named, list) and excerpt.id in named


def fold(entries: Iterable[Entry]) -> Folded:
    """What stands on a claim, given every entry about it."""
    ordered = sorted({e.id: e for e in entries}.values(), key=lambda e: e.order)
    state = Folded(undone=undone_acts(ordered))
    acts = [e for e in ordered if e.kind in ACTS and e.id not in state.undone]
    authors = {e.id: e.author for e in ordered}
    # A verdict gives way only to a later act of the same reader that names it.
    replaced = {old for e in acts for old in e.supersedes if authors.get(old) == e.author}
    state.verdicts = [
        (e, e.id not in state.undone and e.id not in replaced)
        for e in ordered
        if e.kind == Kind.VERDICT
    ]
    for entry in acts:
        _apply(state, entry, replaced)
    return state


def _apply(state: Folded, entry: Entry, replaced: set[str]) -> None:
    if entry.kind == Kind.VERDICT:
        # Whoever judges a claim is done with having set it aside.
        state.aside.clear()
    if entry.kind == Kind.NOTE or (entry.kind == Kind.VERDICT and entry.payload_hash is not None):
        # An empty note is one that was removed; one whose words were erased is still the
        # reader's note, and brings back no older one.
        if entry.words.get("note") or entry.has_lost_its_words:
            state.notes[entry.author] = entry
        else:
            state.notes.pop(entry.author, None)
    elif entry.kind in (Kind.SET_ASIDE, Kind.MARK):
        _flag(state, entry)
    elif entry.kind == Kind.LINK and entry.id not in replaced:
        state.links.append(entry)
    elif entry.kind == Kind.ADJUDICATE and entry.id not in replaced:
        state.adjudications.append(entry)
    elif entry.kind == Kind.REOPEN:
        state.reopened = entry
    elif entry.kind in FINDINGS:
        question = (entry.author, entry.kind, entry.data["about"], entry.data["key"])
        state.found.pop(question, None)
        state.found[question] = entry


def _flag(state: Folded, entry: Entry) -> None:
    flags = state.marks if entry.kind == Kind.MARK else state.aside
    if entry.data.get("on"):
        flags[entry.author] = entry
    elif entry.kind == Kind.MARK:
        flags.pop(entry.author, None)
    else:
        # Whoever takes a claim back into the queue takes it back for all.
        flags.clear()


def reopened_since(reopened: Entry | None, verdict: Entry) -> list[str]:
    """That a verdict's claim was put back after it was given, and why, if that is so."""
    if reopened is None or reopened.order < verdict.order:
        return []
    why = " ".join(reopened.words.get("why", "").split())
    return [f"reopened: {why}" if why else "reopened"]


def settles(adjudication: Entry, verdicts: Iterable[Entry]) -> bool:
    """Whether an adjudication was given on all of these verdicts, and on what they rest on."""
    readings = adjudication.data["readings"]
    return isinstance(readings, list) and {entry.id for entry in verdicts} <= set(
        map(str, readings)
    )


def state_of(folded: Folded, stale: set[str]) -> tuple[State, str]:
    """The state of work on a claim, and the verdict where one stands undisputed.

    Args:
        folded: what stands on the claim.
        stale: ids of verdicts whose evidence has changed since.
    """
    standing = [e for e in folded.standing if e.id not in stale]
    for adjudication in reversed(folded.adjudications if standing else ()):
        if adjudication.id not in stale and settles(adjudication, standing):
            return State.ADJUDICATED, str(adjudication.data["value"])
    fresh = {str(e.data["value"]) for e in standing}
    if len(fresh) > 1:
        return State.IN_CONFLICT, ""
    if fresh:
        return State.DECIDED, fresh.pop()
    if folded.aside:
        return State.SET_ASIDE, ""
    if folded.standing:
        return State.REOPENED, ""
    if folded.notes or folded.links:
        return State.IN_REVIEW, ""
    return State.NEW, ""
