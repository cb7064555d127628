"""Which driver draws: ours, or Textual's own where the terminal or the reader says so."""

from collections.abc import Mapping

CELLS = "changed cells"
STOCK = "stock"
VARIABLE = "REVIEWER_DRIVER"

_CANNOT = ("", "dumb", "unknown")
"""The names of terminals of which nothing is known."""


def chosen(env: Mapping[str, str]) -> str:
    """Tell which driver serves in an environment: `CELLS` or `STOCK`."""
    return chosen_because(env)[0]


def chosen_because(env: Mapping[str, str]) -> tuple[str, str]:
    """The same, with the reason in words."""
    if env.get(VARIABLE) == STOCK:
        return STOCK, f"{VARIABLE} asks for it"
    term = env.get("TERM", "")
    if term in _CANNOT:
        called = f"that is called {term}" if term else "without a name (TERM is not set)"
        return STOCK, f"nothing is known of a terminal {called}"
    if not asks_for_margins(env):
        return CELLS, "only what changed is sent; this terminal is not asked for side margins"
    return CELLS, "only what changed is sent; by side margins too, if the terminal says it has them"


def asks_for_margins(env: Mapping[str, str]) -> bool:
    """Whether the desk asks the terminal if it has left and right margins, as it opens."""
    # Apple's terminal prints the last letter of a question that it does not know.
    return env.get("TERM_PROGRAM") != "Apple_Terminal"
