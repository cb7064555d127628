"""Text and sound put together line by line: the sync maps of aeneas, labels of Audacity, SMIL.

https://github.com/readbeyond/aeneas/blob/master/wiki/HOWITWORKS.md names the kinds; each line
has a beginning, an end, an id, a text, in some order. A file that points to a text and does
not hold it is refused. https://manual.audacityteam.org/man/importing_and_exporting_labels.html
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from reviewer.model.errors import UnreadableError
from reviewer.readers.format import Format
from reviewer.readers.given import Given
from reviewer.readers.row import LANGUAGE, Row
from reviewer.readers.subtitles import clock
from reviewer.readers.subtitles.common import delivered, first_lines, lines_of, noted
from reviewer.readers.transcript import Cue, Transcript
from reviewer.readers.xml_text import local, parse, root_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SECONDS = r"(?P<{}>\d{{1,9}}(?:\.\d{{1,9}})?)"
BEGIN, END = SECONDS.format("begin"), SECONDS.format("end")
ROWS = (
    re.compile(rf"[^\s,\"]+,{BEGIN},{END},\"(?P<quoted>.*)\"\s*", re.ASCII),
    re.compile(rf"[^\s,\"]+ {BEGIN} {END} \"(?P<quoted>.*)\"\s*", re.ASCII),
    re.compile(rf"{BEGIN} {END} [^\s\"]+ \"(?P<quoted>.*)\"\s*", re.ASCII),
    re.compile(
        r"(?P<begin>-?\d{1,9}[.,]\d{1,9})\t(?P<end>-?\d{1,9}[.,]\d{1,9})(?:\t(?P<text>.*))?",
        re.ASCII,
    ),
)
"""`csv`, `txt`, `ssv` of aeneas; labels of Audacity, which aeneas calls `aud`."""
LABELS = ROWS[-1]
ID = re.compile(r"([A-Za-z_]*)(\d{1,18})", re.ASCII)
FREQUENCIES = "\\\t"
NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,9})?", re.ASCII)
MOSTLY = 0.8


def seconds(text: object) -> int | None:
    """Seconds or a clock time as milliseconds; None where it is neither."""
    said = str(text).strip() if isinstance(text, (str, int, float)) else ""
    if NUMBER.fullmatch(said):
        return round(float(said.replace(",", ".")) * 1000)
    return clock.milliseconds(said)


def _rows_recognised(given: Given) -> bool:
    lines = [line for line in first_lines(given) if not line.startswith(FREQUENCIES)]
    lines = lines[:-1] or lines
    return bool(lines) and max(_fitting(lines).values()) >= MOSTLY * len(lines)


def _fitting(lines: list[str]) -> dict[re.Pattern[str], int]:
    return {kind: sum(kind.fullmatch(line) is not None for line in lines) for kind in ROWS}


def _read_rows(given: Given) -> Iterator[Row]:
    fitting = _fitting(first_lines(given))
    kind = max(ROWS, key=lambda kind: fitting[kind])
    cues: list[Cue] = []
    passed: list[tuple[str, str]] = []
    refused: list[tuple[str, object, str]] = []
    for n, line in lines_of(given):
        match = kind.fullmatch(line)
        if match:
            cues.append(Cue(_text(match), seconds(match["begin"]), seconds(match["end"])))
        elif line.startswith(FREQUENCIES):
            passed.append((f"line {n}", line))
        elif line.strip():
            refused.append(
                (f"line {n}", line, "is not as the other lines: a beginning, an end, a text")
            )
    if kind is LABELS and cues and _only_ids([cue.text for cue in cues]):
        raise UnreadableError(
            f"holds times and ids only ({cues[0].text}, ...), and no text; import the file that"
            " holds both, such as its .csv, .srt or .json."
        )
    yield from delivered(given, Transcript(cues, refused=refused), passed)


def _text(match: re.Match[str]) -> str:
    quoted = match.groupdict().get("quoted")
    if quoted is None:
        return match["text"] or ""
    # aeneas does not double the quotes within; other writers of CSV double them all.
    return quoted.replace('""', '"') if '"' not in quoted.replace('""', "") else quoted


def _only_ids(texts: list[str]) -> bool:
    """Whether labels are nothing but running numbers: f000001, f000002, ..."""
    found = [ID.fullmatch(text) for text in texts]
    if not all(found) or len({match[1] for match in found if match}) > 1:
        return False
    numbers = [int(match[2]) for match in found if match]
    return all(b == a + 1 for a, b in pairwise(numbers))


def _fragments_recognised(given: Given) -> bool:
    if '"fragments"' not in given.head_text:
        return False
    whole = given.parsed
    fragments = whole.get("fragments") if isinstance(whole, dict) else None
    return isinstance(fragments, list) and any(
        isinstance(one, dict) and "begin" in one and "end" in one for one in fragments
    )


def _read_fragments(given: Given) -> Iterator[Row]:
    whole = given.parsed
    fragments = whole.get("fragments") if isinstance(whole, dict) else None
    if not isinstance(fragments, list):
        raise given.json_error or UnreadableError("not a sync map: it has no list 'fragments'.")
    transcript = Transcript([])
    for n, one in enumerate(fragments, start=1):
        lines = one.get("lines") if isinstance(one, dict) else None
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            transcript.refused.append((f"fragment {n}", one, "has no list of lines of text"))
            continue
        transcript.cues.append(_fragment("\n".join(lines), one.get("begin"), one.get("end")))
    said = {str(one.get("language", "")) for one in fragments if isinstance(one, dict)}
    if len(said) == 1 and LANGUAGE.fullmatch(language := said.pop()):
        transcript.language = language
    if any(isinstance(one, dict) and one.get("children") for one in fragments):
        given.remarks.append("finer fragments within others hold the same words; left aside")
    yield from delivered(given, transcript)


def _fragment(text: str, begin: object, end: object) -> Cue:
    cue = Cue(text, seconds(begin), seconds(end))
    unread = [
        clock.unread(str(time)[:80])
        for time, ms in ((begin, cue.start), (end, cue.end))
        if time is not None and ms is None
    ]
    return noted(cue, *unread)


def _xml_recognised(given: Given) -> bool:
    root = root_name(given)
    return root == "smil" or (root == "map" and "<fragment" in given.head_text)


def _read_xml(given: Given) -> Iterator[Row]:
    root = parse(given)
    smil = local(root.tag) == "smil"
    elements = (e for e in root.iter() if local(e.tag) == "par") if smil else iter(root)
    cues = [_par(one) if smil else _map_fragment(one) for one in elements]
    if not any(cue.text.strip() for cue in cues):
        raise UnreadableError(_points_elsewhere(root))
    yield from delivered(given, Transcript(cues))


def _map_fragment(element: "Element") -> Cue:
    lines = [line.text or "" for line in element if local(line.tag) == "line"]
    return _fragment("\n".join(lines), element.get("begin"), element.get("end"))


def _par(element: "Element") -> Cue:
    words = ["".join(e.itertext()) for e in element if local(e.tag) in ("text", "smilText")]
    sound = next((e for e in element if local(e.tag) in ("audio", "video")), element)
    begin, end = (sound.get(f"clip{x}") or sound.get(f"clip-{x.lower()}") for x in ("Begin", "End"))
    begin, end = (
        time.removeprefix("npt=").removesuffix("s") if time else None for time in (begin, end)
    )
    return _fragment("\n".join(words), begin or element.get("begin"), end or element.get("end"))


def _points_elsewhere(root: "Element") -> str:
    sources = [e.get("src", "") for e in root.iter() if local(e.tag) == "text" and e.get("src")]
    held = f"; the words stand in {sources[0].partition('#')[0]}" if sources else ""
    return f"holds times and ids only, and no text{held}; import a file that holds both."


FORMATS = (
    Format("syncmap", "sync map of aeneas (.json)", _fragments_recognised, _read_fragments),
    Format("smil", "SMIL, sync map of aeneas as XML (.smil, .xml)", _xml_recognised, _read_xml),
    Format(
        "labels", "labels of Audacity, sync map as text (.aud, .txt)", _rows_recognised, _read_rows
    ),
)
