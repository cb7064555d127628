"""Times as subtitle files write them: `00:01:02,345`, `0:01:02.34`, `01:02.345`.

What is not a time by these rules is not guessed at; the caller keeps its words.
"""

import re

CLOCK = re.compile(r"(-?)(?:(\d{1,9}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,9}))?", re.ASCII)
"""Hours without bound, minutes and seconds up to 59."""


def milliseconds(text: str) -> int | None:
    """A time in milliseconds, its fraction read as a decimal one; None where it is none."""
    match = CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    minus, hours, minutes, seconds, fraction = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    ms = whole * 1000 + int((fraction or "0")[:3].ljust(3, "0"))
    return -ms if minus else ms


def doubt(text: str) -> str:
    """What is unusual about a time that was read, in a format that writes milliseconds."""
    match = CLOCK.fullmatch(text.strip())
    digits = len(match[5] or "") if match else 0
    if digits in (1, 2):
        return f"its time '{text.strip()}' was read as a decimal fraction of a second"
    if digits > 3:
        return f"its time '{text.strip()}' was cut to milliseconds"
    return ""


def unread(text: str) -> str:
    """The note for a time, or a line of times, that is none."""
    return f"its time '{text.strip()}' could not be read"
