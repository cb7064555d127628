"""What Textual writes besides frames, and may go to the terminal as it is."""

import re

_PASSES = re.compile(
    # Wrapping, the cursor, the mouse, the other screen, pastes in brackets.
    r"\x1b\[\?(?:7|25|1000|1003|1006|1015|1016|1049|2004)[hl]"
    r"|\x1b\[\?1004l"
    r"|\x1b\[>\d{1,3}u|\x1b\[<u"  # keys as Kitty sends them, and as before
    r"|\x1b\[\?2026\$p"  # whether frames can be shown whole
    r"|\x1b\]52;c;[A-Za-z0-9+/]*={0,2}\x07"  # the copy that the reader asked for
)


def passes(data: str) -> bool:
    """Tell whether a sequence is one of those that the desk needs, from its start to its end."""
    return _PASSES.fullmatch(data) is not None
