"""Which driver draws: ours, or Textual's own where the terminal or the reader says so."""

from collections.abc import Mapping

CELLS = "changed cells"
STOCK = "stock"
VARIABLE = "REVIEWER_DRIVER"

_CANNOT = ("", "dumb", "unknown")
"""The names of terminals of which nothing is known."""


def chosen(env: Mapping[str, str]) -> str:
    """Tell which driver serves in an environment: `CELLS` or `STOCK`."""
    if env.get(VARIABLE) == STOCK or env.get("TERM", "") in _CANNOT:
        return STOCK
    return CELLS
