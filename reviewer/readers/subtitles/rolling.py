"""Rolling captions: each cue shows the line before it once more, above the new one.

YouTube writes its automatic captions so, and a cue of ten milliseconds between each two. Taken
as they stand, every line would be said two or three times.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reviewer.readers.transcript import Cue

WORD_TIMES = re.compile(r"<\d\d:\d\d:\d\d\.\d{3}><c[.>]")
"""How YouTube times the words of automatic captions."""
MANY = 4
MOSTLY = 0.6


@dataclass(slots=True)
class Unrolled:
    """The cues with every line once; those that only repeated; what was done, for people."""

    cues: list[Cue] = field(default_factory=list)
    passed: list[tuple[str, str]] = field(default_factory=list)
    said: str = ""


def unrolled(cues: Sequence[Cue], *, sure: bool) -> Unrolled:
    """Take the lines off that repeat the last line of the cue before.

    Args:
        cues: the cues in their order.
        sure: whether the file shows that its captions roll; else most cues have to.
    """
    if not (sure or _roll(cues)):
        return Unrolled(list(cues))
    found = Unrolled()
    last = ""
    for n, cue in enumerate(cues, start=1):
        lines = _filled(cue)
        fresh = lines[1:] if lines and lines[0] == last else lines
        last = lines[-1] if lines else last
        if fresh or not lines:
            found.cues.append(replace(cue, text="\n".join(fresh)) if fresh else cue)
        else:
            found.passed.append((f"cue {n}", cue.text))
    found.said = "captions that roll: a line that stands again in the next cue was taken once"
    return found


def _roll(cues: Sequence[Cue]) -> bool:
    """Whether most cues of two lines begin with the last line of the cue before."""
    double = again = 0
    last = ""
    for cue in cues:
        lines = _filled(cue)
        if len(lines) > 1:
            double += 1
            again += lines[0] == last
        last = lines[-1] if lines else last
    return double >= MANY and double * 3 >= len(cues) and again >= MOSTLY * double


def _filled(cue: Cue) -> list[str]:
    return [line for line in cue.text.split("\n") if line.strip()]
