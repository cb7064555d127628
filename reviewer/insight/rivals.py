"""What a verdict on a claim implies for one that stands against it. It says so, and sets nothing.

The two ways in which claims can exclude each other are those of the square of opposition
(Aristotle, De Interpretatione 7): contraries cannot both be true but can both be false; of
contradictories one is true and the other false. Rival accounts of one event are often neither:
they count over other days, or by other means, and both may be wrong or partly right.
"""

from enum import StrEnum

VERIFIED, FALSE = "verified", "false"
"""The values of the house scale from which anything follows; from every other one, and from
those of another scale, nothing does."""


class Rivalry(StrEnum):
    """How two claims stand against each other."""

    EXCLUDE = "exclude"
    EITHER = "either"
    COMPETE = "compete"

    @property
    def label(self) -> str:
        """As people read it."""
        return LABELS[self]


LABELS = {
    Rivalry.EXCLUDE: "the two exclude each other",
    Rivalry.EITHER: "exactly one of the two is true",
    Rivalry.COMPETE: "rival accounts; both may be wrong",
}


def rivalry(value: object) -> Rivalry:
    """The rivalry that a finding names; from one that is not known here nothing follows."""
    return next((kind for kind in Rivalry if kind.value == value), Rivalry.COMPETE)


def implied(kind: Rivalry, value: str) -> str:
    """The verdict value that a verdict on one claim leaves to the other, or nothing.

    Args:
        kind: how the two stand against each other.
        value: the value of the verdict on the one.
    """
    if value == VERIFIED and kind is not Rivalry.COMPETE:
        return FALSE
    if value == FALSE and kind is Rivalry.EITHER:
        return VERIFIED
    return ""


def follows(kind: Rivalry, one: str, value: str, other: str) -> str:
    """What a verdict on the claim `one` implies for the claim `other`, as a sentence.

    Args:
        kind: how the two stand against each other.
        one: the id of the claim that the verdict is on.
        value: the verdict's value.
        other: the id of the claim that stands against it.
    """
    left = implied(kind, value)
    if left == FALSE:
        return f"if {one} is verified, {other} cannot be: {LABELS[kind]}"
    if left == VERIFIED:
        return f"if {one} is false, {other} must be true: {LABELS[kind]}"
    return f"nothing follows for {other}"


def clash(kind: Rivalry, value: str, other: str) -> bool:
    """Whether two verdict values, one on each claim, cannot stand together."""
    return implied(kind, value) not in ("", other) and other in (VERIFIED, FALSE)
