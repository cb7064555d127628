"""Of which clusters every terminal agrees how wide they are."""

from functools import lru_cache

_LETTERS = 0x0900  # up to here: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, their marks
_AGREED = (
    (0x0E00, 0x0E80),  # Thai
    (0x10A0, 0x1100),  # Georgian
    (0x1E00, 0x200B),  # more Latin and Greek, spaces
    (0x2010, 0x2028),  # punctuation
    (0x202F, 0x2060),
    (0x2070, 0x231A),  # currencies, arrows, mathematics; then the first emoji
    (0x2500, 0x25FD),  # lines and blocks
    (0x2E80, 0xA000),  # Chinese and Japanese
    (0xAC00, 0xD7A4),  # Korean
    (0xF900, 0xFB50),
    (0xFB50, 0xFE00),  # Arabic by shape
    (0xFE30, 0xFF61),
    (0x20000, 0x2FFFE),
)
_MARKS = ((0x0300, 0x0370), (0x0483, 0x0900), (0x0E31, 0x0E4F), (0x1AB0, 0x1B00), (0x20D0, 0x2100))


@lru_cache(16384)
def is_agreed(cluster: str) -> bool:
    """Tell whether the cursor is sure to stand behind a cluster once it was written.

    Terminals differ over Indic letters, flags, joined and newer emoji and variation
    selectors: after one of those the next place is given outright, so that the rest of the
    row stands where it should.
    """
    first = ord(cluster[:1] or " ")
    if first >= _LETTERS and not any(low <= first < high for low, high in _AGREED):
        return False
    return all(any(low <= ord(mark) < high for low, high in _MARKS) for mark in cluster[1:])
