"""The rules of a case: what its readers ask of a verdict, and what they leave out.

A rule is a finding of the kind `method` about the whole case; the newest one on its key is in
force. A case may bring one of its own (`[case] origins`). What nobody laid down asks nothing.
"""

from __future__ import annotations

from reviewer.model.findings import newest
from reviewer.structs import Struct

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviewer.model.canonical import Json
    from reviewer.model.findings import Finding
    from reviewer.model.scale import Scale

ORIGINS, GATED, LIKELIHOOD = "origins", "gated", "likelihood"
READINGS, HIDE_NAMES = "readings", "hide_names"
STRONGEST = "verified"
MOST_ORIGINS = 9


class Rules(Struct):
    """The rules in force.

    `origins` is how many independent origins a verdict of `gated` is to rest on, or a reason
    is asked for; 0 or 1 asks for none. `likelihood` is whether verdicts may carry the words of
    ICD 203.
    """

    origins: int = 0
    gated: tuple[str, ...] = ()
    likelihood: bool = False

    def asks_for(self, value: str) -> int:
        """How many origins a verdict is to rest on; 0 where the case does not ask."""
        return self.origins if self.origins > 1 and value in self.gated else 0


def rules_of(own_origins: int, scale: Scale, said: Iterable[Finding]) -> Rules:
    """The rules in force.

    Args:
        own_origins: how many origins the case itself asks for; 0: it says nothing.
        scale: its verdict values.
        said: the findings of the kind `method` about the whole case.
    """
    found = {key: one.value for (_, key), one in newest(said).items()}
    return Rules(
        origins=_number(found.get(ORIGINS), own_origins),
        gated=_values(found.get(GATED), scale),
        likelihood=found.get(LIKELIHOOD) is True,
    )


def _number(value: Json, otherwise: int) -> int:
    # Another's entry may say anything.
    right = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_ORIGINS
    return value if right and isinstance(value, int) else otherwise


def _values(value: Json, scale: Scale) -> tuple[str, ...]:
    known = {one.value for one in scale.values}
    if isinstance(value, list):
        return tuple(one for one in value if isinstance(one, str) and one in known)
    return (STRONGEST,) if STRONGEST in known else ()
