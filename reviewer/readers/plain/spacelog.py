"""Spacelog's transcripts of space missions, https://github.com/Spacelog/Spacelog/wiki

A block begins with the time since launch, `[DD:HH:MM:SS]`; `_page : 3` is about the block,
`CDR: Roger.` is a turn, an indented line goes on with the one above. `_meta` beside the
transcript names the mission and its people.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from reviewer.model.errors import UnreadableError
from reviewer.readers.annotation.beside import with_notes
from reviewer.readers.format import Format
from reviewer.readers.given import LINE_END, Given
from reviewer.readers.row import Row
from reviewer.readers.transcript import Cue, Transcript
from reviewer.readers.wishes import Wishes

STAMP = re.compile(r"\[(-?)(\d{1,3}):(\d\d):(\d\d):(\d\d)\]\s*", re.ASCII)
ABOUT = re.compile(r"_(\w+)\s*:\s?(.*)")
TURN = re.compile(r"([^\s:_\[][^:\[\]]{0,79}):(?: (.*)|\s*)")
LINK = re.compile(r"\[(?:glossary|time):(?:[^\]|]*\|)?([^\]|]*)\]")
"""A link to the glossary or to another time; what it shows is the last of its parts."""
TAKEN = ("the title", "the time of launch", "the names of speakers", "the attributions")


def recognises(given: Given) -> bool:
    """Whether a file begins with a time since launch, alone on its line."""
    first = given.head_text.removeprefix("\ufeff").lstrip().split("\n", 1)[0]
    return STAMP.fullmatch(first.rstrip("\r")) is not None


def read(given: Given) -> Iterator[Row]:
    """The transcript as one recording; its times are those since launch."""
    log = _Log(given.text())
    if not log.found.cues:
        raise UnreadableError("a mission's transcript without any turn in it.")
    log.found.title = f"{given.path.stem}: mission transcript, times since launch"
    _named(given, log.found)
    given.remarks += log.remarks()
    yield from with_notes(given, log.found, log.notes)


def recognises_meta(given: Given) -> bool:
    """Whether a file is what Spacelog keeps of a mission beside its transcripts."""
    if b'"utc_launch_time"' not in given.head and b'"main_transcript"' not in given.head:
        return False
    parsed = given.parsed
    return isinstance(parsed, dict) and {"copy", "characters"} <= parsed.keys()


def read_meta(given: Given) -> Iterator[Row]:
    """Nothing of its own: it is read together with the transcript beside it."""
    given.remarks.append("read together with the transcript beside it")
    yield Row("the whole file", given.path.name, passed_over=True)


FORMATS = (
    Format("spacelog", "Spacelog's mission transcripts", recognises, read),
    Format("spacelog-meta", "what Spacelog says of a mission", recognises_meta, read_meta),
)


class _Log:
    """Goes through the lines of a transcript."""

    def __init__(self, text: str) -> None:
        self.found = Transcript([], elapsed=True)
        self.notes: list[list[str]] = []
        self.links = self.blocks = self.pages = 0
        self._words: list[list[str]] = []
        self._time: int | None = None
        self._before: list[str] = []
        """What is said of a block before its first turn."""
        self._fresh = True
        for n, line in enumerate(LINE_END.split(text.removeprefix("\ufeff")), start=1):
            self._take(f"line {n}", line)
        self._last_words()
        self.found.cues = [
            replace(cue, text="\n".join(words))
            for cue, words in zip(self.found.cues, self._words, strict=True)
        ]

    def _take(self, place: str, line: str) -> None:
        if stamp := STAMP.fullmatch(line):
            self._last_words()
            self.blocks += 1
            self._time, self._fresh = _ms(stamp), True
        elif about := ABOUT.fullmatch(line):
            self._about(about[1], about[2])
        elif line[:1].isspace() and line.strip() and not self._fresh:
            self._words[-1].append(self._shown(line.lstrip()))
        elif turn := TURN.fullmatch(line):
            self._add(Cue(self._shown(turn[2] or ""), self._time, speaker=turn[1].rstrip()))
        elif line.strip():
            self.found.refused.append((place, line, "neither a time, a turn nor about one"))

    def _add(self, cue: Cue) -> None:
        self.found.cues.append(cue)
        self._words.append([cue.text])
        self.notes.append(self._before)
        self._before, self._fresh = [], False

    def _about(self, key: str, value: str) -> None:
        self.pages += key == "page"
        said = value.strip() if key in {"note", "tape"} else f"{key} {value.strip()}"
        where = self._before if self._fresh else self.notes[-1]
        where.append(said)

    def _last_words(self) -> None:
        """A block that has no turn: what is said of it stands by itself."""
        if self._before:
            self._add(Cue("; ".join(self._before), self._time))
            self.notes[-1] = []

    def _shown(self, text: str) -> str:
        shown, many = LINK.subn(r"\1", text)
        self.links += many
        return shown

    def remarks(self) -> Iterator[str]:
        """What was understood."""
        alone = sum(not cue.speaker for cue in self.found.cues)
        yield f"blocks: {self.blocks}; turns: {len(self.found.cues) - alone}" + (
            f"; notes that stand by themselves: {alone}" if alone else ""
        )
        if self.pages:
            yield f"pages: {self.pages}, in the note of the first turn on each"
        if self.links:
            yield f"links to the glossary shown as their words: {self.links}"


def _ms(stamp: re.Match[str]) -> int:
    minus, days, hours, minutes, seconds = stamp.groups()
    whole = ((int(days) * 24 + int(hours)) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * (-1000 if minus else 1000)


def _named(given: Given, found: Transcript) -> None:
    """Add what `_meta` beside the transcript says of the mission."""
    prefix = given.path.stem.rpartition("-")[0]
    names = ["_meta", "_meta.json"] + ([f"{prefix}-_meta.json"] if prefix else [])
    path = next((p for n in names if (p := given.path.with_name(n)).is_file()), None)
    if path is None:
        given.remarks.append(
            "no _meta of the mission lies beside it, which would name the speakers"
        )
        return
    try:
        meta = _meta(path)
    except UnreadableError as error:
        given.remarks.append(f"{path.name} beside it was not used: {error.sentence}")
        return
    copy, people = _table(meta.get("copy")), _table(meta.get("characters"))
    found.title = f"{copy.get('title') or given.path.stem}: mission transcript, times since launch"
    launch = str(meta.get("utc_launch_time") or "")
    found.date = f"{launch}Z" if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", launch) else ""
    labels = dict.fromkeys(cue.speaker for cue in found.cues)
    for label in labels:
        person = _table(people.get(label))
        if isinstance(person.get("name"), str):
            found.speakers[label] = str(person["name"]), f"{path.name} beside the transcript"
    found.note = "; ".join(_attributions(copy))
    left = ", ".join(key for key in meta if key not in {"copy", "characters", "utc_launch_time"})
    given.remarks.append(f"of {path.name} beside it: {', '.join(TAKEN)}; not: {left}")


def _meta(path: Path) -> Mapping[str, object]:
    with Given.open(path, Wishes()) as beside:
        return _table(beside.json())


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _attributions(copy: Mapping[str, object]) -> Iterator[str]:
    """Where the transcript is from."""
    listed = copy.get("transcript_attributions")
    for one in listed if isinstance(listed, list) else ():
        said = " ".join(str(_table(one).get(key) or "") for key in ("title", "url")).strip()
        if said:
            yield f"from: {said}"
