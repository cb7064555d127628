"""MicroDVD: `{100}{150}text|second line`, counted in frames of the film.

How many frames a second has stands in a first cue `{1}{1}25.0`, or nowhere; then the frames
stay frames, in the notes. https://en.wikipedia.org/wiki/MicroDVD
"""

import re
from collections.abc import Iterator

from reviewer.readers.format import Format
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.subtitles.common import delivered, first_lines, lines_of
from reviewer.readers.subtitles.speakers import labelled
from reviewer.readers.transcript import Cue, Transcript

CUE = re.compile(r"\s*\{(\d{1,9})\}\{(\d{0,9})\}(.*)", re.ASCII | re.DOTALL)
CONTROL = re.compile(r"\{[yYfFsScCPoH]:[^{}]*\}")
RATE = re.compile(r"\d{1,3}(?:[.,]\d{1,6})?", re.ASCII)


def _recognises(given: Given) -> bool:
    lines = first_lines(given, 1)
    return bool(lines) and CUE.match(lines[0]) is not None


def _read(given: Given) -> Iterator[Row]:
    rate = 0.0
    cues: list[Cue] = []
    passed: list[tuple[str, str]] = []
    refused: list[tuple[str, object, str]] = []
    for n, line in lines_of(given):
        match = CUE.match(line)
        if match is None:
            if line.strip():
                refused.append((f"line {n}", line, "has no frames: {100}{150}text is a cue"))
            continue
        start, end, text = match.groups()
        stated = not cues and int(start) < 2 and start == end and RATE.fullmatch(text.strip())
        if stated and float(text.strip().replace(",", ".")) > 0:
            rate = float(text.strip().replace(",", "."))
            passed.append((f"line {n}", line))
        else:
            cues.append(_cue(start, end, text, rate))
    if rate:
        given.remarks.append(f"it counts {rate:g} frames a second")
    elif cues:
        given.remarks.append("it does not say how many frames a second has; so there are no times")
    labelled_cues, said = labelled(cues)
    given.remarks += filter(None, [said])
    yield from delivered(given, Transcript(labelled_cues, refused=refused), passed)


def _cue(start: str, end: str, text: str, rate: float) -> Cue:
    words = CONTROL.sub("", text).replace("|", "\n")
    if not rate:
        frames = f"frames {start} to {end}" if end else f"from frame {start} on"
        return Cue(words, note=f"{frames}; how long a frame is, the file does not say")
    begin, stop = (round(int(frame) * 1000 / rate) if frame else None for frame in (start, end))
    return Cue(words, begin, stop)


FORMAT = Format("microdvd", "MicroDVD subtitles (.sub)", _recognises, _read)
