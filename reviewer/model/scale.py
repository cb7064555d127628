"""The verdict values of a case: one to nine of them, in the order of the keys 1 to 9."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.model.errors import NotFoundError
from reviewer.structs import Struct


class ScaleValue(Struct):
    """One verdict value: `value` for scripts, `label` for people, `help` when asked."""

    key: int
    value: str
    label: str
    help: str


class Scale(Struct):
    """A case's verdict values."""

    values: tuple[ScaleValue, ...]

    def by_key(self, key: int) -> ScaleValue | None:
        """The value behind a digit key, if there is one."""
        return next((value for value in self.values if value.key == key), None)

    def named(self, name: str) -> ScaleValue:
        """The value of this name; `partly verified` and `Partly_Verified` are the same.

        Raises:
            NotFoundError: where the scale has no such value; names those it has.
        """
        wanted = spelled(name)
        for value in self.values:
            if wanted in (spelled(value.value), spelled(value.label)):
                return value
        known = ", ".join(value.value for value in self.values)
        raise NotFoundError(f"'{name}' is not a verdict of this case; it has: {known}.")

    def label(self, value: str) -> str:
        """A value as people read it; a value the scale does not know stands as it is."""
        return next((v.label for v in self.values if v.value == value), value.replace("_", " "))


def spelled(name: str) -> str:
    """The one spelling in which names of verdicts are compared."""
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def scale_of(rows: Sequence[tuple[str, str, str]]) -> Scale:
    """A scale from (value, label, help) in the order of their keys."""
    return Scale(tuple(ScaleValue(n, *row) for n, row in enumerate(rows, start=1)))


HOUSE = scale_of(
    [
        ("verified", "verified", "independent origins confirm it"),
        ("partly_verified", "partly verified", "a part of it is confirmed, the rest is open"),
        ("unverified", "unverified", "nothing independent confirms or refutes it"),
        ("contested", "contested", "parties to it give rival accounts"),
        ("misleading", "misleading", "the words may hold, what they suggest does not"),
        ("false", "false", "the evidence refutes it"),
        ("not_checkable", "not checkable", "an opinion, a forecast, or beyond anybody's reach"),
    ]
)
