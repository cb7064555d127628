"""What the lines of a plain transcript begin with: a time, two of them, a speaker, both."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from reviewer.readers.annotation.beside import words

_TIME = r"(?:\d{1,3}:)?[0-5]?\d:[0-5]\d(?:[.,]\d{1,3})?"
_RANGE = rf"(?P<start>{_TIME})(?:\s*(?:--?>|[-–—])\s*(?P<end>{_TIME}))?"
STAMPED = re.compile(
    rf"(?P<open>[\[(])?\s*{_RANGE}\s*(?(open)[\])])(?=\s|[\[(]|\Z|(?<=[\])]))"
    r"[ \t]*(?:[-–—][ \t]+)?",
    re.ASCII,
)
"""A time at the beginning of a line, `[00:12:31]`, `(12:31)`, `[00:05.000 --> 00:08.000]`."""
BROKEN = re.compile(r"[\[(](?P<said>\d{1,3}:[^\])\s]{1,12})[\])][ \t]*", re.ASCII)
"""What stands where a time should and is none: `[00:0x]`."""
LABEL = re.compile(
    r"(?:>>+[ \t]*)?(?P<label>[^\W\d_](?:[^:\n\[\]<>\"“”«»?!;]{0,39}[^:\s\[\]<>\"“”«»?!;])?)"
    r"[ \t]?[:：](?:[ \t]+|(?=\Z)|(?<=：))"
)
HEADED = re.compile(
    rf"(?P<label>[^\W\d_][^:\n\[\]<>\"]{{0,39}}?)[ \t]+"
    rf"[\[(]?(?P<start>{_TIME})[\])]?[ \t]*:?[ \t]*\Z",
)
"""A line of its own with the speaker and the time, as Otter and Rev write: `Anna  0:05`."""
CHANGE = re.compile(r">>+[ \t]*")
"""Another voice, in the manner of captions."""
STAGE = re.compile(r"\*[^*]+\*|\[[^\[\]]+\]|\([^()]+\)")
"""A line that is nothing but a stage note: nobody's words."""
FORMS = words(
    "from to cc bcc subject date title url link author name source language claim verdict"
    " id tags text http https e-mail email phone tel fax address published updated"
    " category keywords description version license licence status type user-agent"
    " disallow allow package rating summary note notes від кому тема дата джерело мова"
    " назва от источник язык название"
)
"""What stands before a colon in letters and forms."""
LONGEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A line taken apart. `new` where another utterance begins."""

    text: str
    start: int | None = None
    end: int | None = None
    label: str = ""
    new: bool = False
    timed: bool = False
    bare: bool = False
    note: str = ""


def labels(lines: list[str]) -> Counter[str]:
    """How often each thing that may be a speaker's name stands at the beginning of a line."""
    found: Counter[str] = Counter()
    for line in lines:
        rest = STAMPED.sub("", line, count=1) if STAMPED.match(line) else line
        if (match := LABEL.match(rest)) and len(match["label"].split()) <= LONGEST_NAME + 2:
            found[match["label"]] += 1
    return found


def is_name(label: str, known: Counter[str]) -> bool:
    """Whether it is a speaker's: it comes again, or each of its words begins as a name does."""
    if label.casefold() in FORMS:
        return False
    words = re.sub(r"\(.*?\)", "", label).split()
    named = len(words) <= LONGEST_NAME and not any(word[0].islower() for word in words)
    return named or (known[label] > 1 and not label[0].islower()) or known[label] > 2


def taken_apart(line: str, known: Counter[str]) -> Line:
    """A line with what it begins with taken off."""
    if (headed := HEADED.fullmatch(line)) and is_name(headed["label"], known):
        return Line("", ms(headed["start"]), None, headed["label"], new=True, timed=True)
    stamp = STAMPED.match(line)
    broken = None if stamp else BROKEN.match(line)
    after = stamp or broken
    rest = line[after.end() :] if after else line
    label = LABEL.match(rest)
    if label and not is_name(label["label"], known):
        label = None
    change = CHANGE.match(rest)
    if begin := label or change:
        rest = rest[begin.end() :]
    return Line(
        rest,
        ms(stamp["start"]) if stamp else None,
        ms(stamp["end"]) if stamp and stamp["end"] else None,
        label["label"] if label else "",
        new=bool(after or begin),
        timed=bool(stamp),
        bare=bool(stamp and not stamp["open"] and stamp["start"].count(":") == 1),
        note=f"its time '{broken['said']}' could not be read" if broken else "",
    )


def ms(time: str) -> int:
    """A time in milliseconds: `1:02:03.5`, `02:03`."""
    whole, _, fraction = time.replace(",", ".").partition(".")
    seconds = 0
    for part in whole.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + int(fraction.ljust(3, "0") or 0)


def script(text: str) -> str:
    """The writing that most of a text's letters belong to: `LATIN`, `CYRILLIC`, `CJK`."""
    found = Counter(
        unicodedata.name(c, "").partition(" ")[0] for c in text[:300] if c.isalpha()
    ).most_common(1)
    name = found[0][0] if found else ""
    return "CJK" if name in {"HIRAGANA", "KATAKANA"} else name
