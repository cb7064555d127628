"""When a command can be given: what each needs, as the reason why it cannot be given now."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.model.claims import JUDGED, ClaimView
from reviewer.model.scale import Scale
from reviewer.structs import Struct


class Situation(Struct):
    """What decides whether a command can be given now."""

    view: ClaimView | None
    reader: str
    readonly: bool
    scale: Scale
    stops: int = 0
    excerpt: bool = False
    own_excerpt: bool = False
    translated: bool = False
    transcript: bool = False
    filtered: bool = False
    finding: bool = False
    jumps: int = 0


Disabled = Callable[[Situation], str]


def never(_: Situation) -> str:
    """Always possible."""
    return ""


def needs_claim(now: Situation) -> str:
    """A claim on the screen."""
    return "" if now.view else "there is no claim on the screen"


def needs_text(now: Situation) -> str:
    """A text beside the claim."""
    return needs_claim(now) or ("" if now.stops else "this claim has no text to show")


def needs_to_write(now: Situation) -> str:
    """A claim, in a case that can be written."""
    return needs_claim(now) or ("the case is open for reading only" if now.readonly else "")


def needs_writable_case(now: Situation) -> str:
    """A case that can be written."""
    return "the case is open for reading only" if now.readonly else ""


def needs_value(key: int) -> Disabled:
    """A value of the scale behind this key."""

    def disabled(now: Situation) -> str:
        beyond = "" if now.scale.by_key(key) else f"this case's scale has no verdict {key}"
        return beyond or needs_to_write(now)

    return disabled


def needs_own_verdict(now: Situation) -> str:
    """A verdict of the reader's own."""
    if reason := needs_to_write(now):
        return reason
    mine = now.view and now.view.mine(now.reader)
    return "" if mine else "you have no verdict on this claim"


def needs_verdict(now: Situation) -> str:
    """A verdict, of any reader."""
    if reason := needs_to_write(now):
        return reason
    standing = now.view is not None and any(verdict.standing for verdict in now.view.verdicts)
    return "" if standing else "it has no verdict"


def needs_estimates(now: Situation) -> str:
    """A verdict of the reader's own, in a case that goes by words of likelihood."""
    if now.view and not now.view.rules.likelihood:
        return "off; reviewer method CASE --likelihood on"
    return needs_own_verdict(now)


def needs_undecided(now: Situation) -> str:
    """A claim without a verdict."""
    if reason := needs_to_write(now):
        return reason
    decided = now.view is not None and now.view.row.state in JUDGED
    return "it has a verdict; 0 withdraws yours" if decided else ""


def needs_steps(now: Situation) -> str:
    """More than one place to step to."""
    return needs_text(now) or (
        "" if now.stops > 1 else "there is only one text and one place in it"
    )


def needs_words(now: Situation) -> str:
    """A text, in a case that can be written."""
    return needs_to_write(now) or needs_text(now)


def needs_excerpt(now: Situation) -> str:
    """A chosen excerpt."""
    return needs_text(now) or ("" if now.excerpt else "no excerpt is chosen; h and l step to one")


def needs_own_excerpt(now: Situation) -> str:
    """A chosen excerpt of the reader's own."""
    if reason := needs_to_write(now):
        return reason
    return "" if now.own_excerpt else "only an excerpt of your own can be taken back"


def needs_transcript(now: Situation) -> str:
    """A recording."""
    return needs_text(now) or ("" if now.transcript else "this claim has no recording")


def needs_translation(now: Situation) -> str:
    """A translation of what is shown."""
    return needs_text(now) or ("" if now.translated else "there is no translation of what is shown")


def needs_hits(now: Situation) -> str:
    """Something that is being looked for."""
    return "" if now.finding else "nothing is being looked for; / finds"


def needs_filter(now: Situation) -> str:
    """A filter."""
    return "" if now.filtered else "no filter is set; f sets one"


def needs_jump(now: Situation) -> str:
    """A jump to come back from."""
    return "" if now.jumps else "you have not jumped yet"
