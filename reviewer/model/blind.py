"""Blind second readings: which claims wait for one, and what of them nobody else may see.

Until a second reader's verdict is in, what each reader records on such a claim is for his own
eyes; the claim is in that state which follows from the rest. Where the second is in, all is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reviewer.model.canonical import Json
from reviewer.model.entry import Entry, Kind
from reviewer.model.fold import Folded, fold

READERS = 2
"""So many readings a claim has where more than one is asked for."""
SEEN = frozenset(
    (
        *(Kind.LINK, Kind.UNLINK, Kind.SET_ASIDE, Kind.MARK, Kind.DISMISS, Kind.READINGS),
        *(Kind.UNDO, Kind.REDO),
    )
)
"""What of a claim that is read blind its state follows from: none of it is a judgement."""
TOLD = frozenset((Kind.SET_ASIDE, Kind.READINGS))
"""What others' acts on it are told of, with their names."""


def wanted(folded: Folded, rule: int) -> int:
    """How many readings a claim is to have.

    A verdict that was given blind stays so, whoever takes the request back afterwards.

    Args:
        folded: what stands on the claim.
        rule: how many the case asks for.
    """
    asked = [one.data.get("value") for one in folded.findings if one.kind == Kind.READINGS]
    given = [entry.data.get("readings") for entry, _ in folded.verdicts]
    return max([rule, *(n for n in (*asked, *given) if isinstance(n, int))])


def is_blind(folded: Folded, rule: int) -> bool:
    """Whether a claim is read blind: two readings are wanted, and not two stand."""
    if wanted(folded, rule) < READERS or _settled(folded):
        return False
    return len({entry.author for entry in folded.standing}) < READERS


def _settled(folded: Folded) -> bool:
    """Whether two readers' verdicts were settled; what names fewer shows nobody anything."""
    authors = {entry.id: entry.author for entry, _ in folded.verdicts}
    for adjudication in folded.adjudications:
        named = adjudication.data["readings"]
        ids = named if isinstance(named, list) else []
        if len({authors[id_] for id_ in ids if isinstance(id_, str) and id_ in authors}) >= READERS:
            return True
    return False


def openly(entries: Iterable[Entry]) -> Folded:
    """What stands on a claim that is read blind, for everybody."""
    return fold(entry for entry in entries if entry.kind in SEEN)


def asks_for_another(folded: Folded) -> bool:
    """Whether somebody who has judged the claim asks for another reader."""
    return any(one.kind == Kind.READINGS and one.data.get("first") for one in folded.findings)


def of_a_reading(entries: Sequence[Entry], rule: int) -> dict[str, Json]:
    """What a verdict that is given now says of itself, where two readings are wanted.

    `blind` is false once two readers' verdicts have stood side by side: whoever judges then may
    have seen them.
    """
    ordered = sorted(entries, key=lambda entry: entry.order)
    n = wanted(fold(ordered), rule)
    if n < READERS:
        return {}
    verdicts = [
        at for at, entry in enumerate(ordered, 1) if entry.kind in (Kind.VERDICT, Kind.REDO)
    ]
    seen = any(
        len({entry.author for entry in fold(ordered[:at]).standing}) >= READERS for at in verdicts
    )
    return {"readings": n, "blind": not seen}
