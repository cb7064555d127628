"""Transcripts as people and programs write them in plain text, a turn a line or a paragraph.

`[00:12:31] ANNA: text`, `00:12:31 text`, `ANNA: text`, `>> ANNA: text`, and what speech
recognition prints, `[00:00:05.000 --> 00:00:08.000] text`. A line that begins with none of
these goes on with the utterance above it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from reviewer.readers.format import Format
from reviewer.readers.given import LINE_END, Given
from reviewer.readers.plain.lines import STAGE, Line, is_name, labels, script, taken_apart
from reviewer.readers.row import Row
from reviewer.readers.tables.table import is_sure
from reviewer.readers.transcript import Cue, Transcript, rows

ARROW = re.compile(r"^\s*\d[\d:.,]*\s*-->", re.ASCII)
"""The line of times of a subtitle format."""
ALONE = re.compile(r"[^\W\d_][^.,:;!?\n]{0,39}")
"""What may be a speaker where nothing marks it: a short line without a mark."""
FEW = 3
SHARE_TIMED = 0.2
SHARE_SPOKEN = 0.4
SHARE_PARAGRAPHS = 0.6
SUBTITLE_WIDTH = 50
SUBTITLE_BLOCKS = 20
PAIRS = 4


def recognises(given: Given) -> bool:
    """Whether a good share of the lines begins as a transcript's do; prose does not."""
    begin = given.head_text.removeprefix("\ufeff")
    if begin.lstrip()[:1] in {"{", "<"} or "\x00" in begin:
        return False
    lines = LINE_END.split(begin)
    if len(given.head) < given.size:
        lines.pop()
    if any(ARROW.match(line) for line in lines):
        return False
    likely = _is_timed(lines) or _is_spoken(lines) or _is_paired(lines)
    # The lines of a quoted cell may begin as those of a transcript do.
    return likely and not is_sure(given)


def read(given: Given) -> Iterator[Row]:
    """The transcript as one recording."""
    lines = LINE_END.split(given.text().removeprefix("\ufeff"))
    if _is_paired(lines):
        second = _filled(lines)[1]
        cues = _from_pairs(lines)
        given.remarks.append("every second line was taken as the translation of the one above it")
        translated = script(second)
    else:
        cues = _cues(lines)
        cues, translated = _translated(_named(cues))
        if translated:
            given.remarks.append("the second line of each utterance was taken as its translation")
    language = "und" if translated and translated != "LATIN" else ""
    yield from rows(given, Transcript(cues, translation_language=language))


FORMAT = Format("transcript", "transcripts as plain text", recognises, read)


def _filled(lines: list[str]) -> list[str]:
    return [line for line in lines if line.strip()]


def _is_timed(lines: list[str]) -> bool:
    filled = _filled(lines)
    known = labels(filled)
    apart = [one for line in filled if (one := taken_apart(line, known)).timed]
    if len(apart) < FEW or len(apart) < SHARE_TIMED * len(filled):
        return False
    # An agenda begins in the morning; talk begins at its beginning.
    if all(one.bare for one in apart) and (apart[0].start or 0) >= 60_000:
        return False
    times = [one.start or 0 for one in apart]
    return sum(a <= b for a, b in pairwise(times)) >= 0.8 * (len(times) - 1)


def _is_spoken(lines: list[str]) -> bool:
    filled = [line for line in _filled(lines) if not STAGE.fullmatch(line.strip())]
    known = labels(filled)
    apart = [line for line in filled if _is_turn(line, known)]
    again = {label for label, many in known.items() if many > 1 and is_name(label, known)}
    changes = sum(line.startswith(">>") for line in apart)
    if len(again) < 2 and changes < FEW:
        return False
    if len(apart) <= FEW:
        return False
    paragraphs = _paragraphs(lines)
    begun = sum(_is_turn(one[0], known) for one in paragraphs)
    return (
        len(apart) >= SHARE_SPOKEN * len(filled)
        or (begun > FEW and begun >= SHARE_PARAGRAPHS * len(paragraphs))
        or (_is_cut(paragraphs) and len(again) > 1)
    )


def _is_turn(line: str, known: Counter[str]) -> bool:
    return line.startswith(">>") or bool(taken_apart(line, known).label)


def _paragraphs(lines: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [one for one in found if one]


def _is_cut(paragraphs: list[list[str]]) -> bool:
    """Whether a text is cut for subtitles: many blocks of one or two short lines."""
    fits = sum(
        len(one) <= 2 and all(len(line) <= SUBTITLE_WIDTH for line in one) for one in paragraphs
    )
    wrapped = sum(len(one) == 2 for one in paragraphs)
    many = len(paragraphs)
    return many >= SUBTITLE_BLOCKS and fits >= 0.9 * many and wrapped >= 0.5 * many


def _cues(lines: list[str]) -> list[Cue]:
    known = labels(_filled(lines))
    cut = _is_cut(_paragraphs(lines))
    begun: list[tuple[Line, list[str]]] = []
    blank = 0
    after_stage = False
    for line in lines:
        if not line.strip():
            blank += 1
            continue
        one = taken_apart(line, known)
        stage = not one.new and STAGE.fullmatch(line.strip()) is not None
        if one.new or stage or after_stage or not begun or (cut and blank):
            begun.append((one, [one.text] if one.text else []))
        else:
            words = begun[-1][1]
            words += ["", one.text] if blank and words else [one.text]
        blank, after_stage = 0, stage
    return [_cue(one, "\n".join(words)) for one, words in begun]


def _cue(line: Line, text: str) -> Cue:
    return Cue(text, line.start, line.end, line.label, note=line.note)


def _named(cues: list[Cue]) -> list[Cue]:
    """Where a speaker stands alone behind each time, and the words below: the two parted."""
    first = [cue.text.partition("\n") for cue in cues]
    names = Counter(name.strip() for name, _, _ in first)
    if len(cues) < FEW or len(names) * 2 > len(cues) + 1:
        return cues
    if any(cue.speaker or cue.start is None for cue in cues) or not all(
        words.strip() and ALONE.fullmatch(name.strip()) and is_name(name.strip(), names)
        for name, _, words in first
    ):
        return cues
    return [
        replace(cue, speaker=name.strip(), text=words)
        for cue, (name, _, words) in zip(cues, first, strict=True)
    ]


def _translated(cues: list[Cue]) -> tuple[list[Cue], str]:
    """Each utterance of two lines, always in the same two writings, parted in two."""
    halves = [cue.text.split("\n") for cue in cues]
    if len(cues) < PAIRS or any(len(half) != 2 for half in halves):
        return cues, ""
    writings = {(script(first), script(second)) for first, second in halves}
    if len(writings) != 1 or len(set(*writings)) != 2 or "" in next(iter(writings)):
        return cues, ""
    parted = [
        replace(cue, text=first, translation=second)
        for cue, (first, second) in zip(cues, halves, strict=True)
    ]
    return parted, script(halves[0][1])


def _is_paired(lines: list[str]) -> bool:
    """Whether lines in two writings take turns from the first to the last."""
    filled = _filled(lines)
    if len(filled) < 2 * PAIRS:
        return False
    # Most files end here, and cheaply.
    return _take_turns(filled[: 2 * PAIRS]) and _take_turns(filled)


def _take_turns(filled: list[str]) -> bool:
    known = labels(filled)
    writings = [script(taken_apart(line, known).text) for line in filled]
    return (
        writings[0] != writings[1]
        and "" not in writings[:2]
        and len(set(writings[::2])) == len(set(writings[1::2])) == 1
    )


def _from_pairs(lines: list[str]) -> list[Cue]:
    filled = _filled(lines)
    known = labels(filled)
    apart = [taken_apart(line, known) for line in filled]
    cues = []
    for n in range(0, len(apart), 2):
        other = apart[n + 1] if n + 1 < len(apart) else Line("")
        cues.append(replace(_cue(apart[n], apart[n].text), translation=other.text))
    return cues
