"""Times of TTML: https://www.w3.org/TR/ttml2/#timing-value-time-expression.

Clock times with a fraction or frames, offsets with a metric, and, as Apple writes them, a bare
number of seconds and `1:02.5`.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from reviewer.readers.subtitles import clock
from reviewer.readers.xml_text import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FRAMES = re.compile(r"(\d{2,9}):([0-5]\d):([0-5]\d|60)[:;](\d{2,9})(?:\.(\d{1,9}))?", re.ASCII)
OFFSET = re.compile(r"(\d{1,15}(?:\.\d{1,15})?)(h|m|s|ms|f|t)?", re.ASCII)
WHOLE = re.compile(r"[1-9]\d{0,8}", re.ASCII)
LATEST = 10**14
"""Three thousand years in milliseconds: no recording is that long."""
UNITS = {"h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}


@dataclass(frozen=True, slots=True)
class Rates:
    """How a file counts: frames and parts of a frame, ticks."""

    frame: Fraction = Fraction(30)
    sub_frame: int = 1
    tick: Fraction = Fraction(1)


def rates(root: "Element") -> Rates:
    """What the root element says, or what the standard says where it does not."""
    said = {local(name): value.strip() for name, value in root.attrib.items()}
    frame = Fraction(_whole(said.get("frameRate"), 30))
    above, _, below = said.get("frameRateMultiplier", "1 1").replace(":", " ").partition(" ")
    frame *= Fraction(_whole(above, 1), _whole(below.strip(), 1))
    sub_frame = _whole(said.get("subFrameRate"), 1)
    tick = frame * sub_frame if "frameRate" in said else Fraction(1)
    return Rates(frame, sub_frame, Fraction(_whole(said.get("tickRate"), 0)) or tick)


def milliseconds(text: str, by: Rates) -> int | None:
    """A time expression in milliseconds; None where it is none."""
    bare = text.strip()
    if match := FRAMES.fullmatch(bare):
        hours, minutes, seconds, frames = map(int, match.groups()[:4])
        counted = frames + Fraction(int(match[5] or 0), by.sub_frame)
        return round(((hours * 60 + minutes) * 60 + seconds + counted / by.frame) * 1000)
    if match := OFFSET.fullmatch(bare):
        number, unit = Fraction(match[1]), match[2] or "s"
        each = UNITS.get(unit) or 1000 / (by.frame if unit == "f" else by.tick)
        ms = round(number * each)
        return ms if ms < LATEST else None
    return None if bare.startswith("-") else clock.milliseconds(bare)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and WHOLE.fullmatch(text) else otherwise
