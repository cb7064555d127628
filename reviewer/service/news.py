"""What others did to a claim while it was being read, in words."""

from collections.abc import Iterator

from reviewer.model.claims import ClaimView, State
from reviewer.model.scale import Scale


def news(before: ClaimView, now: ClaimView, reader: str, scale: Scale) -> Iterator[str]:
    """A sentence for each thing that is new on a claim and was not done in this sitting.

    Args:
        before: the claim as the reader saw it, all his own acts in it.
        now: the same claim, read again.
        reader: who reads; of his own acts in another window he is told too.
        scale: the verdict values of the case.
    """
    claim = now.claim.id
    yield from _verdicts(before, now, reader, scale)
    if now.row.state is State.IN_CONFLICT and before.row.state is not State.IN_CONFLICT:
        yield "The readers differ now."
    noted = {note.id for note in before.notes}
    for note in now.notes:
        if note.id not in noted:
            yield f"{_who(note.reader, reader)} wrote a note on {claim}."
    if now.claim.hash != before.claim.hash:
        yield f"The wording of {claim} changed."
    seen = {target.id: target.hash for target in before.targets}
    for target in now.targets:
        if seen.get(target.id, target.hash) != target.hash:
            yield f"{target.id} changed."


def _verdicts(before: ClaimView, now: ClaimView, reader: str, scale: Scale) -> Iterator[str]:
    stood = {verdict.id for verdict in before.verdicts if verdict.standing}
    for verdict in now.verdicts:
        who, label = _who(verdict.reader, reader), scale.label(verdict.value)
        if verdict.standing and verdict.id not in stood:
            yield f"{who} gave {now.claim.id} the verdict {label}."
        elif verdict.id in stood and now.mine(verdict.reader) is None:
            yield f"{who} took back the verdict {label} on {now.claim.id}."


def _who(name: str, reader: str) -> str:
    return "You, in another window," if name == reader else name or "Somebody"
