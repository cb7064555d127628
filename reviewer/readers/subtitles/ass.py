r"""Advanced SubStation Alpha and SSA: `Dialogue: 0,0:00:01.00,0:00:02.00,Default,Name,...,text`.

The line `Format:` says the order of the fields; the last, the text, may hold commas. `\N` is a
line break, `\h` a hard blank, `{\...}` styling; http://www.tcax.org/docs/ass-specs.htm
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.readers.format import Format
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.subtitles import bilingual, clock
from reviewer.readers.subtitles.bilingual import Numbered
from reviewer.readers.subtitles.common import Entry, delivered, first_lines, lines_of
from reviewer.readers.subtitles.speakers import labelled
from reviewer.readers.transcript import Cue, Transcript

FIELDS = (
    "layer",
    "start",
    "end",
    "style",
    "name",
    "marginl",
    "marginr",
    "marginv",
    "effect",
    "text",
)
SECTION = re.compile(r"\s*\[([^\[\]]{1,60})\]\s*\Z")
OVERRIDE = re.compile(r"\{\\[^{}]*\}")
COMMENT = re.compile(r"\{[^{}\\][^{}]*\}")
DRAWING = re.compile(r"\\p[1-9]")
ESCAPES = {r"\N": "\n", r"\n": "\n", r"\h": "\u00a0"}
ESCAPE = re.compile(r"\\[Nnh]")


@dataclass(slots=True)
class _File:
    title: str = ""
    fields: list[str] = field(default_factory=lambda: list(FIELDS))
    cues: list[Cue] = field(default_factory=list)
    passed: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, object, str]] = field(default_factory=list)


def _recognises(given: Given) -> bool:
    lines = [line.strip().lower() for line in first_lines(given) if not line.startswith(";")]
    return bool(lines) and lines[0] in ("[script info]", "[events]")


def _read(given: Given) -> Iterator[Row]:
    found, section = _File(), ""
    for n, line in lines_of(given):
        heading = SECTION.match(line)
        if heading:
            section = heading[1].lower()
        elif section == "events" and line.strip():
            _event(found, n, line)
        elif line.strip():
            key, _, value = line.partition(":")
            if section == "script info" and key.strip().lower() == "title":
                found.title = value.strip()
    joined = bilingual.joined([Numbered(cue) for cue in found.cues], given.wishes)
    cues, said = labelled(joined.cues)
    given.remarks += [*joined.said, *filter(None, [said])]
    transcript = Transcript(
        cues,
        title=found.title,
        language=joined.language,
        translation_language=joined.translation_language,
        refused=found.refused,
    )
    yield from delivered(given, transcript, found.passed)


def _event(found: _File, n: int, line: str) -> None:
    kind, colon, rest = line.partition(":")
    kind = kind.strip().lower()
    if kind == "format" and colon:
        found.fields = [name.strip().lower() for name in rest.split(",")]
    elif kind == "dialogue" and colon:
        # One blank belongs to the colon; the text is the last field, whatever stands in it.
        values = rest.removeprefix(" ").split(",", len(found.fields) - 1)
        if len(values) < len(found.fields):
            reason = f"has {len(values)} fields of {len(found.fields)}"
            found.refused.append((f"line {n}", line, reason))
            return
        found.cues.append(_cue(n, dict(zip(found.fields, values, strict=True))))
    elif line.lstrip().startswith(";") or kind in (
        "comment",
        "picture",
        "sound",
        "movie",
        "command",
    ):
        found.passed.append((f"line {n}", line))
    else:
        found.refused.append((f"line {n}", line, "is neither Dialogue nor Comment"))


def _cue(n: int, values: dict[str, str]) -> Cue:
    entry = Entry(n)
    begin, end, text = (values.get(key, "") for key in ("start", "end", "text"))
    entry.start, entry.end = clock.milliseconds(begin), clock.milliseconds(end)
    entry.notes += [
        clock.unread(time) for time, ms in ((begin, entry.start), (end, entry.end)) if ms is None
    ]
    if any(DRAWING.search(override) for override in OVERRIDE.findall(text)):
        entry.notes.append("a drawing and not words")
    if comments := COMMENT.findall(text):
        entry.notes.append(f"a comment stood in it: {' '.join(comments)}")
    words = COMMENT.sub("", OVERRIDE.sub("", text))
    words = ESCAPE.sub(lambda match: ESCAPES[match[0]], words)
    speaker = values.get("name", values.get("actor", "")).strip()
    return entry.cue(words, speaker)


FORMAT = Format("ass", "Advanced SubStation Alpha (.ass, .ssa)", _recognises, _read)
