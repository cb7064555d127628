"""How a cell looks, and the shortest way from one look to another."""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NamedTuple

    class Style(NamedTuple):
        """Attributes by their SGR numbers in order, and the numbers of the two colours."""

        attributes: tuple[int, ...] = ()
        colour: str = ""
        ground: str = ""
else:
    from collections import namedtuple

    Style = namedtuple("Style", "attributes colour ground", defaults=((), "", ""))


PLAIN = Style()

_OFF = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29, 21: 24}
_OFF |= {51: 54, 52: 54, 53: 55}
_SEEN_ON_BLANKS = frozenset({4, 7, 9, 21, 51, 52, 53})
_NAMED = {*range(30, 38), *range(90, 98)}
_NAMED_GROUND = {*range(40, 48), *range(100, 108)}
_EXTENDED = {"5": 3, "2": 5}


@lru_cache(4096)
def restyled(style: Style, parameters: str) -> Style:
    """Give the style that a `CSI parameters m` makes of another; what is unknown is left out."""
    attributes, colour, ground = set(style.attributes), style.colour, style.ground
    for code, whole in _codes(parameters):
        if code == 0:
            attributes, colour, ground = set(), "", ""
        elif code in _OFF:
            attributes.add(code)
        elif code in _OFF.values():
            attributes = {on for on in attributes if _OFF[on] != code}
        elif code in _NAMED or code in (38, 39):
            colour = "" if code == 39 else whole
        elif code in _NAMED_GROUND or code in (48, 49):
            ground = "" if code == 49 else whole
    return Style(tuple(sorted(attributes)), colour, ground)


def _codes(parameters: str) -> Iterator[tuple[int, str]]:
    """The numbers of an SGR sequence, those of a colour together."""
    numbers = parameters.split(";")
    at = 0
    while at < len(numbers):
        number = numbers[at] or "0"
        size = 1
        if number in ("38", "48"):
            size = _EXTENDED.get(numbers[at + 1] if at + 1 < len(numbers) else "", 0)
            if size == 0 or at + size > len(numbers) or "" in numbers[at : at + size]:
                return
        yield int(number), ";".join(numbers[at : at + size]) if size > 1 else number
        at += size


@lru_cache(4096)
def on_blank(style: Style) -> Style:
    """Give what of a style is seen on a blank: bold and plain ones look the same."""
    seen = tuple(code for code in style.attributes if code in _SEEN_ON_BLANKS)
    return Style(seen, style.colour if seen else "", style.ground)


@lru_cache(8192)
def change(old: Style, new: Style) -> str:
    """Give the shortest sequence from one style to another."""
    if old == new:
        return ""
    afresh = [*map(str, new.attributes), new.colour, new.ground]
    afresh = [part for part in afresh if part]
    if old != PLAIN:
        # An empty number is a zero, which takes everything off.
        afresh.insert(0, "")
    gone = sorted({_OFF[code] for code in old.attributes if code not in new.attributes})
    left = {code for code in old.attributes if _OFF[code] not in gone}
    step = [*map(str, gone), *(str(code) for code in new.attributes if code not in left)]
    if new.colour != old.colour:
        step.append(new.colour or "39")
    if new.ground != old.ground:
        step.append(new.ground or "49")
    return f"\x1b[{min(';'.join(afresh), ';'.join(step), key=len)}m"
