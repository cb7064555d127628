"""Times as people and programs read them."""

from datetime import UTC, date, datetime

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def iso(ms: int) -> str:
    """Milliseconds UTC as ISO 8601: `2022-03-07T14:05:00.000Z`."""
    at = _moment(ms)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{ms % 1000:03}Z" if at else f"{ms} ms"


def minute(ms: int) -> str:
    """Milliseconds UTC to the minute: `2022-03-07 14:05 UTC`."""
    at = _moment(ms)
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else f"{ms} ms"


def day(ms: int) -> str:
    """Milliseconds UTC to the day: `2022-03-07`."""
    at = _moment(ms)
    return f"{at:%Y-%m-%d}" if at else f"{ms} ms"


def is_day(text: str) -> bool:
    """Whether it is a day as ISO 8601 writes it: `2022-03-07`."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def long_day(text: str) -> str:
    """A day in words: `7 March 2022`; what is none stays as it is."""
    if not is_day(text):
        return text
    of = date.fromisoformat(text)
    return f"{of.day} {MONTHS[of.month - 1]} {of.year}"


def media(ms: int, *, exact: bool = False) -> str:
    """A place in a recording: `00:01:02`, or `00:01:02.500` where it is to be exact."""
    seconds, rest = divmod(abs(ms), 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{'-' if ms < 0 else ''}{hours:02}:{minutes:02}:{seconds:02}" + (
        f".{rest:03}" if exact else ""
    )


def _moment(ms: int) -> datetime | None:
    # The clock of an entry is its writer's, who may have been mistaken by any amount.
    try:
        return datetime.fromtimestamp(ms // 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return None
