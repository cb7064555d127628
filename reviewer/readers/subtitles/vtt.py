"""WebVTT, as https://www.w3.org/TR/webvtt1/#file-parsing reads it.

Blocks are cut as a browser cuts them. What a browser drops without a word (a block without
times, or with times that are none) is kept here and said.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reviewer.model.errors import UnreadableError
from reviewer.readers.format import Format
from reviewer.readers.given import Given
from reviewer.readers.row import LANGUAGE, Row
from reviewer.readers.subtitles import bilingual, clock, markup
from reviewer.readers.subtitles.bilingual import Numbered
from reviewer.readers.subtitles.common import Entry, Line, delivered, lines_of, noted, shortened
from reviewer.readers.subtitles.rolling import WORD_TIMES, unrolled
from reviewer.readers.subtitles.runs import is_number
from reviewer.readers.subtitles.speakers import labelled, spoken
from reviewer.readers.transcript import Cue, Transcript

SIGNATURE = re.compile(r"\ufeff?WEBVTT(?=[ \t\r\n]|\Z)")
ARROW = "-->"
STAMP = r"(?:\d{2,9}:|\d:)?[0-5]\d:[0-5]\d\.\d{3}"
TIMING = re.compile(rf"\s*({STAMP})\s*-->\s*({STAMP})(.*)", re.ASCII | re.DOTALL)
SETTING = re.compile(r"[\w-]+:\S*")
ASIDE = re.compile(r"NOTE(?=[ \t]|\Z)|(?:STYLE|REGION)[ \t]*\Z")


@dataclass(slots=True)
class Block:
    """Lines that stand together: those above its line of times, that line, those below."""

    line: int
    above: list[str] = field(default_factory=list)
    times: str | None = None
    below: list[str] = field(default_factory=list)
    parted: bool = True
    """Whether a blank line, or the head of the file, stands before it."""

    @property
    def raw(self) -> str:
        """All of it."""
        return "\n".join([*self.above, *([] if self.times is None else [self.times]), *self.below])


def blocks(lines: Iterable[Line]) -> Iterator[Block]:
    """The blocks of a file. The first is its head: it ends where the first times stand."""
    block: Block | None = None
    head = True
    for n, line in lines:
        if ARROW in line and n > 1:
            if block and (head or block.times is not None or len(block.above) > 1):
                yield block
                block, head = Block(n, parted=head), False
            block = block or Block(n)
            block.times, head = line, False
        elif not line:
            if block:
                yield block
            block, head = None, False
        else:
            block = block or Block(n)
            (block.above if block.times is None else block.below).append(line)
    if block:
        yield block


def _recognises(given: Given) -> bool:
    return SIGNATURE.match(given.head_text) is not None


def _read(given: Given) -> Iterator[Row]:
    if not _recognises(given):
        raise UnreadableError("line 1 is not WEBVTT, with which every WebVTT file begins.")
    found = list(blocks(lines_of(given)))
    transcript = Transcript([])
    passed: list[tuple[str, str]] = []
    numbered: list[Numbered] = []
    head, *rest = found
    if ARROW in head.above[0]:
        signature = head.above.pop(0).removeprefix("WEBVTT")
        head.times, head.below, head.above, head.parted = signature, head.above, [], False
        rest = [head, *rest]
    else:
        transcript.language = _language(head.above)
        transcript.note = SIGNATURE.sub("", head.above[0]).strip(" \t-")
        passed += [(f"line {head.line + n}", raw) for n, raw in enumerate(head.above) if n]
    for block in rest:
        if block.times is None and ASIDE.match(block.above[0]):
            passed.append((f"line {block.line}", block.raw))
        elif not (cues := list(_cues(block))):
            reason = "its times could not be read, and no text stands below them"
            transcript.refused.append((f"line {block.line}", block.raw, reason))
        else:
            number = block.above[0] if block.above and block.times is not None else ""
            if number and not is_number(number):
                passed.append((f"line {block.line}", number))
            numbered += [Numbered(cue, number) for cue in cues]
    joined = bilingual.joined(numbered, given.wishes)
    once = unrolled(joined.cues, sure=WORD_TIMES.search(given.head_text) is not None)
    transcript.cues, said = labelled(once.cues)
    transcript.language = joined.language or transcript.language
    transcript.translation_language = joined.translation_language
    given.remarks += [*joined.said, *filter(None, [once.said, said])]
    yield from delivered(given, transcript, passed + once.passed)


def _language(head: list[str]) -> str:
    for line in head[1:]:
        key, _, value = line.partition(":")
        if key.strip().lower() == "language" and LANGUAGE.fullmatch(value.strip()):
            return value.strip()
    return ""


def _cues(block: Block) -> Iterator[Cue]:
    entry = Entry(block.line, lines=block.below)
    if block.times is None:
        entry.lines = block.above
        entry.notes.append("no line of times stands above it; a browser does not show it")
    else:
        _timed(entry, block)
        if entry.start is None and entry.end is None and not entry.lines:
            return
    whole = entry.cue(entry.text)
    for cue in spoken(whole, markup.voices(entry.text)):
        yield noted(cue, *markup.left(cue.text, "WebVTT") if "&" not in entry.text else ())


def _timed(entry: Entry, block: Block) -> None:
    times = block.times or ""
    match = TIMING.match(times)
    if match:
        entry.start, entry.end = map(clock.milliseconds, match.groups()[:2])
        rest = match[3]
        odd = [word for word in rest.split() if not SETTING.fullmatch(word)]
        if odd:
            entry.notes.append(f"its line of times goes on: '{rest.strip()}'")
    else:
        left, _, right = times.partition(ARROW)
        token = (right.split(maxsplit=1) or [""])[0]
        entry.start, entry.end = clock.milliseconds(left), clock.milliseconds(token)
        dropped = "a browser does not show it"
        if entry.start is None or entry.end is None:
            entry.notes.append(f"{clock.unread(times)}; {dropped}")
        else:
            entry.notes.append(f"its times are not WebVTT's: '{shortened(times)}'; {dropped}")
    if block.line == 1:
        entry.notes.append("its times stand beside WEBVTT; a browser does not show it")
    elif not block.parted:
        entry.notes.append("no blank line stood before it")


FORMAT = Format("webvtt", "WebVTT subtitles (.vtt)", _recognises, _read)
