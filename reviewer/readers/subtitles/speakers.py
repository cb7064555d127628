"""Who speaks, where a file writes it into the words: `Name: text`, `[Name]: text`.

A label is taken for a speaker only where the file uses it as one throughout; then it is taken
off the text. A name given once and then left out is not carried on: nobody said who speaks.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from reviewer.readers.subtitles.common import noted
from reviewer.readers.transcript import Cue

LABEL = re.compile(
    r"(?:\[(?P<boxed>[^\[\]\n]{1,60})\]|(?P<bare>[^\W\d_](?:[^:\n\[\]<>]{0,40}[^\W_]\.?)?))"
    r":(?:[ \t]+|(?=\n)|\Z)\n?"
)
MOST_WORDS = 4
THROUGHOUT = 0.8
"""From this share of labelled cues on, a label that stands once is a speaker too."""


def labelled(cues: list[Cue]) -> tuple[list[Cue], str]:
    """The cues with the labels as speakers, and a sentence on what was understood.

    Cues are left alone where the file names speakers in another way.
    """
    if any(cue.speaker for cue in cues):
        return cues, ""
    counts = Counter(name for cue in cues if (name := _label(cue.text)))
    if not counts:
        return cues, ""
    throughout = counts.total() >= THROUGHOUT * len(cues)
    known = {name for name, count in counts.items() if count > 1 or (throughout and len(cues) > 1)}
    if not known:
        return cues, ""
    once = sorted(set(counts) - known)
    said = f"read as speakers: {_listed(sorted(known))}"
    if once:
        said += f"; left in the text, for they stand once: {_listed(once)}"
    return [_taken(cue, known) for cue in cues], said


def spoken(cue: Cue, pieces: Iterable[tuple[str, str]]) -> list[Cue]:
    """One cue for each voice in it; the blanks and the line break between two go."""
    parts: list[tuple[str, str]] = []
    for speaker, text in pieces:
        if parts and (parts[-1][0] == speaker or not text.strip()):
            parts[-1] = (parts[-1][0], parts[-1][1] + text)
        elif parts and not parts[-1][1].strip():
            parts[-1] = (speaker, parts[-1][1] + text)
        else:
            parts.append((speaker, text))
    if len(parts) == 1:
        return [replace(cue, text=parts[0][1], speaker=parts[0][0])]
    return [replace(cue, text=text.strip(), speaker=speaker) for speaker, text in parts]


def _label(text: str) -> str:
    match = LABEL.match(text)
    if match is None:
        return ""
    name = match["boxed"] or match["bare"]
    return name if match["boxed"] or _is_name(name) else ""


def _is_name(text: str) -> bool:
    """Whether every word begins large (or has no case), as in a name and not in a sentence."""
    words = text.split()
    return (
        len(words) <= MOST_WORDS
        and not any(c in text for c in "!?;,…")
        and all(not word[0].islower() for word in words)
    )


def _taken(cue: Cue, known: set[str]) -> Cue:
    within = [name for line in cue.text.split("\n")[1:] if (name := _label(line)) in known]
    if within:
        return noted(cue, "more than one speaker stands in it; the names are left in the text")
    match, name = LABEL.match(cue.text), _label(cue.text)
    if match is None or name not in known:
        return cue
    return replace(cue, speaker=name, text=cue.text[match.end() :])


def _listed(names: list[str]) -> str:
    return ", ".join(names[:8]) + (", ..." if len(names) > 8 else "")
