"""How much the tests try: every day what fits in three minutes, and all of it when asked.

`REVIEWER_LONG=1 pytest` runs every seed, every kill and every text there is; without it the
random loops are shorter, always the same ones, and of long lists of hostile texts those are
taken that have every kind of escape and character in them. What is asserted is the same.
"""

from __future__ import annotations

import os

LONG = bool(os.environ.get("REVIEWER_LONG"))


def times(everyday: int, long: int) -> int:
    """How often to try: so often every day, and so often in the long run."""
    return long if LONG else everyday
