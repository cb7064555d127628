"""How a verdict aged: what changed between a reader's verdict and the one that replaced it.

ICD 203 asks that a change from an earlier judgement be explained, and the IFCN's code that
corrections be open for readers to see. Here both are told from the record: the evidence that
each of the two rested on is compared, and nothing of it is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewer.model.clock import long_day
from reviewer.model.evidence import Stance
from reviewer.model.judgements import Verdict
from reviewer.model.scale import Scale
from reviewer.structs import Struct, field
from reviewer.text.units import counted

LONGEST = 2_000
"""Of a text of more lines it is told that it changed, and not where."""
AROUND = 1
SINCE = {
    Stance.SUPPORTS: ("supports", "support"),
    Stance.REFUTES: ("refutes", "refute"),
    Stance.CONTEXT: ("gives context to", "give context to"),
    Stance.UNTOLD: ("bears on", "bear on"),
}
SIGNS = {"new": "+", "gone": "-", "changed": "!"}


class Seen(Struct):
    """A text in the version that a reader saw; `text` is None where that is not held here."""

    hash: str
    title: str = ""
    date: str = ""
    text: str | None = None


class Quoted(Struct):
    """An excerpt that a verdict rested on."""

    target: str
    stance: str
    exact: str


class Basis(Struct):
    """A verdict and what it rested on: the claim as it was worded, texts and excerpts by id."""

    verdict: Verdict
    claim: Seen
    texts: Mapping[str, Seen] = field(default_factory=dict)
    excerpts: Mapping[str, Quoted] = field(default_factory=dict)


class Difference(Struct):
    """One thing that is `new`, `gone` or `changed`: a claim, text, excerpt or note.

    `diff` has the lines that changed, each behind `-` or `+`, as `diff -u` writes them.
    """

    what: str
    kind: str
    id: str
    said: str
    stance: str = ""
    diff: tuple[str, ...] = ()


class Change(Struct):
    """A verdict, the one that replaced it, and what differs between what they rest on."""

    old: Verdict
    new: Verdict
    differences: tuple[Difference, ...]


def change(old: Basis, new: Basis) -> Change:
    """What changed from one verdict of a reader to his next."""
    found = [*_claim(old, new), *_texts(old, new), *_excerpts(old, new), *_note(old, new)]
    return Change(old.verdict, new.verdict, tuple(found))


def sentences(of: Change, scale: Scale) -> Iterator[str]:
    """The change in words: first the two verdicts with their dates, then what came between."""
    yield f"{_dated(of.old, scale)} -> {_dated(of.new, scale)}"
    if not of.differences:
        yield "What it rests on is the same."
    for what, verb in (("new", "new"), ("changed", "changed"), ("gone", "no longer with it")):
        ids = [one.id for one in of.differences if (one.kind, one.what) == ("text", what)]
        if ids:
            is_so = "" if what == "changed" else ("is " if len(ids) == 1 else "are ")
            yield f"{counted(len(ids), 'text')} {is_so}{verb}: {', '.join(ids)}."
    for stance, (one_does, they_do) in SINCE.items():
        came, went = (
            sum((d.kind, d.what, d.stance) == ("excerpt", what, stance) for d in of.differences)
            for what in ("new", "gone")
        )
        if came:
            yield f"{counted(came, 'excerpt')} {one_does if came == 1 else they_do} it since."
        if went:
            did = f"that {one_does if went == 1 else they_do} it"
            yield f"{counted(went, 'excerpt')} {did} {'is' if went == 1 else 'are'} gone."
    for one in of.differences:
        if one.kind in ("claim", "note"):
            yield f"{one.said}."


def evidence(of: Change) -> Iterator[str]:
    """The change as a diff: a line for what is new (+), gone (-) or changed (!), and its lines."""
    for one in of.differences:
        stance = f" {one.stance}," if one.stance else ""
        about = f"{one.kind}{stance} {one.id}: " if one.kind in ("text", "excerpt") else ""
        yield f"{SIGNS[one.what]} {about}{one.said}"
        for line in one.diff:
            yield f"    {line}"


def _dated(verdict: Verdict, scale: Scale) -> str:
    return f"{scale.label(verdict.value)}, as of {long_day(verdict.as_of)}"


def _claim(old: Basis, new: Basis) -> Iterator[Difference]:
    # Tags and priority order the work; no verdict rests on them.
    if old.claim.hash != new.claim.hash and old.claim.text != new.claim.text:
        diff = tuple(_diff(old.claim.text, new.claim.text))
        said = "The claim was worded otherwise"
        yield Difference("changed", "claim", old.verdict.claim, said, diff=diff)


def _texts(old: Basis, new: Basis) -> Iterator[Difference]:
    for id_ in sorted({*old.texts, *new.texts}):
        before, after = old.texts.get(id_), new.texts.get(id_)
        if before is None and after is not None:
            yield Difference("new", "text", id_, _named(after))
        elif after is None and before is not None:
            yield Difference("gone", "text", id_, _named(before))
        elif before and after and before.hash != after.hash:
            diff = tuple(_diff(before.text, after.text))
            yield Difference("changed", "text", id_, _named(after), diff=diff)


def _excerpts(old: Basis, new: Basis) -> Iterator[Difference]:
    for what, here, there in (("new", new, old), ("gone", old, new)):
        for id_ in (id_ for id_ in here.excerpts if id_ not in there.excerpts):
            one = here.excerpts[id_]
            yield Difference(what, "excerpt", one.target, f'"{one.exact}"', one.stance)


def _note(old: Basis, new: Basis) -> Iterator[Difference]:
    before, after = old.verdict, new.verdict
    if before.note == after.note or before.erased or after.erased:
        return
    if before.note and after.note:
        diff = tuple(_diff(before.note, after.note))
        yield Difference("changed", "note", "", "The note changed", diff=diff)
    elif after.note:
        yield Difference("new", "note", "", "The note is new")
    else:
        yield Difference("gone", "note", "", "The note was removed")


def _named(text: Seen) -> str:
    return ", ".join(filter(None, (text.title, text.date))) or "without a title"


def _diff(before: str | None, after: str | None) -> Iterator[str]:
    if before is None or after is None:
        which = "earlier" if before is None else "later"
        yield f"the {which} version is not held here"
        return
    old, new = before.splitlines(), after.splitlines()
    if max(len(old), len(new)) > LONGEST:
        yield "too long to be compared line by line"
        return
    import difflib

    lines = list(difflib.unified_diff(old, new, lineterm="", n=AROUND))[2:]
    yield from lines or ["its words are the same; what is said about it changed"]
