"""The one way from evidence to a terminal.

Whatever comes from outside (evidence, file names, notes of other readers, error texts)
passes through `display` before it is shown. What it returns cannot move the cursor, talk
to the terminal, reverse a quotation or hide a character:

- C0 but newline and tab, DEL, C1, and every invisible format character that no script
  needs become a visible mark that names the code point: ``‹1B›``, ``‹202E›``;
- so do line and paragraph separators, lone surrogates, noncharacters and private use
  (what a private character looks like depends on the reader's font, and one of them
  places pictures in some terminals);
- a tab becomes `TAB`, always as wide, so that offsets do not depend on the column;
- CR LF is a newline; a CR elsewhere is a mark;
- ZWNJ, LRM, RLM, ALM, variation selectors, Arabic number signs and all spaces stay;
- a zero-width joiner stays, but in pairs. Textual measures text with rich, which counts
  the character after a joiner as no cells wide: ``a<ZWJ>b<ZWJ>c`` would be laid out one
  cell wide and painted three, over the neighbouring pane. rich takes a pair of joiners as
  one joiner that joins nothing, and Arabic and Indic shaping is the same as with one.

Everything `str.isprintable` holds printable is shown as it is, square brackets too.
Stored text is never altered: `shown` maps offsets between the two.
"""

from __future__ import annotations

from bisect import bisect_right

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    import re

TAB = "    "
NEWLINE_MARK = "↵"

_JOINER = "\u200d"

# Inside a regular expression's brackets. Written out rather than asked of `unicodedata`,
# so that a text looks the same under every Python.
_MARKED = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u180e\u200b\u2028-\u202e\u2060-\u206f"
    "\ud800-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    # Planes 4 to 13 hold no characters: with them the last ranges are few, and searched soon.
    "\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe-\U000e00ff\U000e01f0-\U0010ffff"
)

_patterns: dict[bool, re.Pattern[str]] = {}


def display(text: str, *, newlines: bool = True) -> str:
    """Make any outside string safe to show on a terminal.

    It works character by character: showing two pieces and joining them is the same as
    showing them joined, unless the cut falls inside a CR LF or a run of joiners. Showing
    what is shown already changes nothing.

    Args:
        text: Anything that came from outside.
        newlines: Whether newlines stay; in places of one line they become `NEWLINE_MARK`.

    Returns:
        The text as it may be shown, encodable as UTF-8; `text` itself where nothing in it
        needs a mark.
    """
    if _is_plain(text, newlines):
        return text
    return _pattern(newlines).sub(lambda match: _stand_in(match[0], newlines), text)


def folded(text: str) -> str:
    """Outside text for a place of one line: white space and line breaks become single spaces."""
    return display(" ".join(text.split()), newlines=False)


def is_safe(text: str) -> bool:
    """Tell whether a string may go to a terminal as it is: `display` would not change it."""
    return display(text) == text


class _Places:
    """The replaced places of a text, as they lie in it or in its shown form."""

    __slots__ = ("ends", "starts")

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, start: int, end: int) -> None:
        self.starts.append(start)
        self.ends.append(end)

    def carry(self, position: int, other: _Places) -> int:
        """Take an offset of this text to the other one."""
        place = bisect_right(self.starts, position) - 1
        if place < 0:
            return position
        if position < self.ends[place]:
            return other.starts[place]
        return other.ends[place] + position - self.ends[place]


class Shown:
    """A text as it is shown, with the way back to the text it was made from.

    Immutable. Offsets are between code points, from 0 to the length, the length included.
    What was replaced as a whole (a control character by its mark, a CR LF by a newline) is
    one place: an offset inside it is taken as its start.

    Attributes:
        text: What to show.
        marks: The spans of `text` that stand for something invisible. A screen can style
            them, so that evidence which holds the words ``‹1B›`` cannot pass for a mark.
    """

    __slots__ = ("_here", "_size", "_there", "marks", "text")

    text: str
    marks: tuple[tuple[int, int], ...]
    _size: int
    _here: _Places
    _there: _Places

    def __init__(self, source: str, *, newlines: bool = True) -> None:
        """Take the text as it is stored; `newlines` is as for `display`."""
        pieces: list[str] = []
        marks: list[tuple[int, int]] = []
        here = _Places()
        there = _Places()
        done = size = 0
        plain = _is_plain(source, newlines)
        for match in () if plain else _pattern(newlines).finditer(source):
            start, end = match.span()
            stand_in = _stand_in(match[0], newlines)
            size += start - done
            here.add(start, end)
            there.add(size, size + len(stand_in))
            if stand_in[0] == "‹" or stand_in == NEWLINE_MARK:
                marks.append((size, size + len(stand_in)))
            pieces += (source[done:start], stand_in)
            size += len(stand_in)
            done = end
        pieces.append(source[done:])
        keep = object.__setattr__
        keep(self, "text", source if plain else "".join(pieces))
        keep(self, "marks", tuple(marks))
        keep(self, "_size", len(source))
        keep(self, "_here", here)
        keep(self, "_there", there)

    def at(self, position: int) -> int:
        """Give the offset in the shown text of an offset in the source text.

        Raises:
            ValueError: The source text has no such offset.
        """
        if not 0 <= position <= self._size:
            raise ValueError(f"no offset {position} in a text of {self._size} characters")
        return self._here.carry(position, self._there)

    def source(self, position: int) -> int:
        """Give the offset in the source text of an offset in the shown text.

        An offset inside a mark, an expanded tab or a pair of joiners gives the start of
        what it stands for.

        Raises:
            ValueError: The shown text has no such offset.
        """
        if not 0 <= position <= len(self.text):
            size = len(self.text)
            raise ValueError(f"no offset {position} in a shown text of {size} characters")
        return self._there.carry(position, self._here)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: what was shown does not change."""
        raise AttributeError(f"{name!r} of a Shown cannot be set")

    def __delattr__(self, name: str) -> None:
        """Refuse: what was shown does not change."""
        raise AttributeError(f"{name!r} of a Shown cannot be deleted")

    def __repr__(self) -> str:
        """Give the shown text, which is safe to print."""
        return f"Shown({self.text!r})"


def shown(text: str, *, newlines: bool = True) -> Shown:
    """Do as `display`, and keep the way between the offsets of the two texts."""
    return Shown(text, newlines=newlines)


def _is_plain(text: str, newlines: bool) -> bool:
    """Tell quickly, for nearly every text, that nothing in it needs a stand-in."""
    if text.isprintable():
        return True
    # Newlines and no-break spaces are in most long texts, and harmless.
    if newlines:
        text = text.replace("\n", "")
    return text.replace("\xa0", "").isprintable()


def _pattern(newlines: bool) -> re.Pattern[str]:
    """Give the expression that finds every place to replace."""
    pattern = _patterns.get(newlines)
    if pattern is None:
        import re

        newline = "\r\n" if newlines else "\r?\n"
        pattern = _patterns[newlines] = re.compile(f"{newline}|{_JOINER}+|[\t\r{_MARKED}]")
    return pattern


def _stand_in(found: str, newlines: bool) -> str:
    """Give what is shown for a place that `_pattern` found."""
    if found[-1] == "\n":
        return "\n" if newlines else NEWLINE_MARK
    if found == "\t":
        return TAB
    if found[0] == _JOINER:
        return _JOINER * 2
    return f"‹{ord(found):02X}›"
