"""Regular expressions compiled when they are needed: that takes long, and the first frame
needs hardly any."""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    import re


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern, compiled once."""
    import re

    return re.compile(pattern, flags)
