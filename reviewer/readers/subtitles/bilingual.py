"""Original and translation in one file, in the ways that people put them there.

Tagged lines in one cue (`[rus] ...`, `[eng] ...`); every cue twice, with one number and time;
or one cue with the lines of one language above those of another, in another script. A way is
taken only where the whole file goes it; which was taken is said.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from reviewer.model.errors import UnreadableError
from reviewer.readers.languages import TAGS, bcp47, script
from reviewer.readers.subtitles.common import noted
from reviewer.readers.transcript import Cue
from reviewer.readers.wishes import Wishes

TAGGED = re.compile(r"\[([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?|[a-z]{4,6})\](?: (.*))?\Z", re.DOTALL)
SAMPLE = 50
MOSTLY = 0.8
"""From this share of the cues on, a file goes one way."""


@dataclass(slots=True)
class Numbered:
    """A cue and the number that the file gives it."""

    cue: Cue
    number: str = ""


@dataclass(slots=True)
class Bilingual:
    """The cues with their translations. `said` is empty where the file is in one language."""

    cues: list[Cue]
    language: str = ""
    translation_language: str = ""
    said: list[str] = field(default_factory=list)


def joined(numbered: list[Numbered], wishes: Wishes) -> Bilingual:
    """The cues of a file with the translations that stand in it."""
    cues = [one.cue for one in numbered]
    return (
        _tagged(cues, wishes)
        or _doubled(numbered)
        or _stacked(cues)
        or Bilingual([one.cue for one in _same_number_said(numbered)])
    )


def choice(tags: Sequence[str], wishes: Wishes) -> tuple[str, str]:
    """Which tags are the original and the translation.

    The original is what was asked for, or the first; the translation what was asked for,
    or English, or the first other.

    Raises:
        UnreadableError: a language was asked for that is not there.
    """
    original = next(iter([*_asked(tags, wishes.language), *tags]))
    others = [t for t in tags if t != original]
    asked = _asked(others, wishes.translation_language)
    english = [t for t in others if _means(t, "en")]
    return original, next(iter([*asked, *english, *others]), "")


def _asked(tags: Sequence[str], language: str) -> list[str]:
    found = [tag for tag in tags if _means(tag, language)]
    if language and not found:
        raise UnreadableError(
            f"nothing in it is tagged as {language}; there is: {', '.join(tags)}."
        )
    return found


def _means(tag: str, language: str) -> bool:
    """Whether a tag of a file is the language that a person named: `rus` is `ru` and `rus`."""
    if not language:
        return False
    ours, theirs = bcp47(tag).lower(), bcp47(language).lower()
    return ours == theirs or ours.partition("-")[0] == theirs


def _tagged(cues: list[Cue], wishes: Wishes) -> Bilingual | None:
    counts = Counter(
        match[1] for cue in cues for line in cue.text.split("\n") if (match := TAGGED.match(line))
    )
    tags = [tag for tag, n in counts.items() if tag in TAGS or (len(tag) < 4 and n > 1)]
    if len(tags) < 2:
        return None
    split = [_by_tag(cue.text, set(tags)) for cue in cues]
    if sum(len(s) > 1 and "" not in s for s in split) < MOSTLY * len(cues):
        return None
    original, other = choice(tags, wishes)
    found = [_chosen(*one, original, other) for one in zip(cues, split, strict=True)]
    said = [f"every cue holds {len(tags)} languages: text [{original}], translation [{other}]"]
    further = [tag for tag in tags if tag not in (original, other)]
    if further:
        said.append(f"in the notes of the segments: {', '.join(f'[{t}]' for t in further)}")
    return Bilingual(found, bcp47(original), bcp47(other), said)


def _by_tag(text: str, tags: set[str]) -> dict[str, str]:
    """The lines of a cue under their tags, "" for what stands before the first tag."""
    found: dict[str, list[str]] = {}
    at = ""
    for line in text.split("\n"):
        match = TAGGED.match(line)
        if match and match[1] in tags:
            at, line = match[1], match[2] or ""
        found.setdefault(at, []).append(line)
    return {tag: "\n".join(lines) for tag, lines in found.items()}


def _chosen(cue: Cue, languages: dict[str, str], original: str, other: str) -> Cue:
    rest = {tag: text for tag, text in languages.items() if tag not in (original, other)}
    missing = f"no [{original}] stands in it" if original not in languages else ""
    also = "\n".join(f"[{tag}] {text}" if tag else text for tag, text in rest.items())
    whole = replace(
        cue,
        text=languages.get(original, ""),
        translation=languages.get(other, ""),
        aside=f"also: {also}" if also else "",
    )
    return noted(whole, missing)


def _doubled(numbered: list[Numbered]) -> Bilingual | None:
    groups: list[list[Numbered]] = []
    for one in numbered:
        if groups and len(groups[-1]) < 2 and _same_place(groups[-1][0], one):
            groups[-1].append(one)
        else:
            groups.append([one])
    pairs = [(group[0], group[1]) for group in groups if len(group) == 2]
    if len(pairs) < 2 or len(pairs) < MOSTLY * len(groups):
        return None
    scripts = [(script(a.cue.text), script(b.cue.text)) for a, b in pairs]
    ours, theirs = Counter(scripts).most_common(1)[0][0]
    by_script = sum(a != b for a, b in scripts) >= MOSTLY * len(pairs)
    by_number = all(a.number for a, _ in pairs)
    differ = sum(a.cue.text != b.cue.text for a, b in pairs) >= MOSTLY * len(pairs)
    if not (differ and (by_script or by_number)):
        return None
    found = [_as_one(group) for group in groups]
    said = [f"{len(pairs)} cues stand twice, first as text and then as its translation"]
    return Bilingual(found, _und(ours), _und(theirs), said)


def _same_place(a: Numbered, b: Numbered) -> bool:
    same = a.number == b.number and (a.cue.start, a.cue.end) == (b.cue.start, b.cue.end)
    return same and a.cue.start is not None


def _as_one(group: list[Numbered]) -> Cue:
    first = group[0].cue
    if len(group) == 1:
        return noted(first, "stands once, where others stand twice with their translation")
    second = group[1].cue
    whole = replace(first, translation=second.text)
    return noted(whole, *(f"its translation: {note}" for note in [second.note] if note))


def _stacked(cues: list[Cue]) -> Bilingual | None:
    first = cues[:SAMPLE]
    if sum(_two_scripts(cue.text) is not None for cue in first) < len(first) / 2:
        return None
    split = [_two_scripts(cue.text) for cue in cues]
    counts = Counter((s[0], s[1]) for s in split if s)
    if not counts or len(cues) < 2:
        return None
    (above, below), count = counts.most_common(1)[0]
    if count < 2 or count < MOSTLY * len(cues):
        return None
    found = [
        replace(cue, text=s[2], translation=s[3])
        if s and s[:2] == (above, below)
        else noted(cue, "not in two languages, as the others are")
        for cue, s in zip(cues, split, strict=True)
    ]
    said = [f"{count} cues hold lines in two scripts: {above} is text, {below} its translation"]
    return Bilingual(found, _und(above), _und(below), said)


def _two_scripts(text: str) -> tuple[str, str, str, str] | None:
    """Where a cue is lines of one script and then of another: both, and the words of both."""
    lines = text.split("\n")
    of_lines = [script(line) for line in lines]
    order = list(dict.fromkeys(filter(None, of_lines)))
    if len(order) != 2:
        return None
    at = of_lines.index(order[1])
    if order[0] in of_lines[at:]:
        return None
    return order[0], order[1], "\n".join(lines[:at]), "\n".join(lines[at:])


def _und(found: str) -> str:
    """An unknown language in a known script, as BCP 47 writes it."""
    return f"und-{found}" if found else "und"


def _same_number_said(numbered: list[Numbered]) -> list[Numbered]:
    for before, one in pairwise(numbered):
        if one.number and one.number == before.number:
            one.cue = noted(one.cue, f"numbered {one.number}, as the cue above it")
    return numbered
