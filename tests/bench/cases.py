"""The cases that are measured on: made by the program's own import, and kept between runs.

A case has claims in nine priorities, each with a statement and a call, five claims to a
statement; words by Zipf's law out of 200,000 made-up ones, and generals of two names in three
alphabets. The first `STAGED` claims of its queue have texts that fill their panes, with an
excerpt in each. Behind them stand the long texts, each with excerpts at both ends and in the
middle: a call of 100,000 segments, a statement of 200 kB in lines, and one in a single line.
"""

import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reviewer.casefile import search_index
from reviewer.casefile.case import CaseFile
from reviewer.service.importing import import_files

SOUNDS = ("b", "v", "g", "d", "z", "k", "l", "m", "n", "p", "r", "s", "t", "f", "sh", "ch")
VOWELS = tuple("aeiou")
WORDS = 200_000
FIRST_NAMES = ("Vitaly", "Valery", "Віталій", "Валерий")
GENERALS = ("Gerasimov", "Герасимов", "Герасімов", "Герасимова")
STAGED = 100
CALLS = 100
SEGMENTS = 40
QUOTED = 6
"""Which segment, and which line of a statement, an excerpt of a staged claim quotes."""
LONG_CALL, LONG_TEXT, ONE_LINE = "long-call", "long-text", "one-line"
LONG_SEGMENTS = 100_000
LONG_LETTERS = 200_000
LONG = (
    (LONG_CALL, "recordings", (0, LONG_SEGMENTS // 2, LONG_SEGMENTS - 1)),
    (LONG_TEXT, "statements", (0, 1, 2)),
    (ONE_LINE, "statements", (0, 1, 2)),
)
"""The long texts, each with what claims show it as and the numbers of what is quoted of it."""
RARE = "quintessence"
"""A word that stands in the long texts alone, and at their very end."""
MADE = 1
"""Raised when the cases are made in another way: those that lie there are then made anew."""
CHUNK = 20_000

Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class Speech:
    """Sentences by chance, the same ones in every run."""

    chance: random.Random
    words: list[str]
    weights: list[float]

    def words_of(self, count: int) -> list[str]:
        """So many words, the common ones often."""
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self, count: int) -> str:
        """A sentence of so many words."""
        return " ".join(self.words_of(count)).capitalize() + "."

    def letters(self, count: int, between: str) -> str:
        """Sentences of so many letters together."""
        said: list[str] = []
        while count > 0:
            said.append(self.sentence(12))
            count -= len(said[-1]) + 1
        return between.join(said)


def case_of(folder: Path, claims: int) -> Path:
    """The case of so many claims in a folder, made if it is not there; its index too."""
    path = folder / f"{claims}-{MADE}.case"
    if path.exists():
        bring_up_to_date(path)
    else:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        given, unborn = path.with_suffix(".jsonl"), path.with_suffix(".new")
        with given.open("w", encoding="utf-8") as file:
            for line in lines(claims):
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        unborn.unlink(missing_ok=True)
        with CaseFile.create(unborn, title=f"{claims:,} claims") as case:
            report = import_files(case, [given])
            assert report.refused_count == 0, report
            indexed(case)
        given.unlink()
        unborn.rename(path)
        unborn.with_name(unborn.name + ".lock").unlink(missing_ok=True)
    return path


@cache
def bring_up_to_date(path: Path) -> None:
    """Give a case that lies there from an earlier run the schema of the program as it is."""
    with CaseFile.open(path):
        pass


def indexed(case: CaseFile) -> None:
    """Bring the index of a case up to date."""
    more = True
    while more:
        with case.write() as con:
            more = search_index.bring_on(con, CHUNK)


def vocabulary() -> list[str]:
    """Made-up words, the commonest first."""
    chance = random.Random(1)
    found: set[str] = set()
    while len(found) < WORDS:
        found.add("".join(_syllable(chance) for _ in range(chance.randint(1, 4))))
    listed = sorted(found)
    chance.shuffle(listed)
    return listed


def _syllable(chance: random.Random) -> str:
    closed = chance.choice(SOUNDS) if chance.random() < 0.3 else ""
    return chance.choice(SOUNDS) + chance.choice(VOWELS) + closed


def lines(claims: int) -> Iterator[Line]:
    """The case as JSON Lines."""
    words = vocabulary()
    weights = list(itertools.accumulate(1 / (n + 2.7) for n in range(len(words))))
    speech = Speech(random.Random(2), words, weights)
    yield {"kind": "source", "id": "agency", "name": "An invented agency"}
    yield from _calls(speech)
    yield from _statements(speech, max(1, claims // 5))
    yield from _long(speech)
    yield from _claims(speech, claims)


def _calls(speech: Speech) -> Iterator[Line]:
    for n in range(CALLS):
        segments = [_segment(speech, k) for k in range(SEGMENTS)]
        segments[QUOTED]["text"] = _staged(n)
        yield _recording(f"call-{n}", segments)


def _segment(speech: Speech, n: int) -> Line:
    return {
        "start": f"{n * 4}.000",
        "end": f"{n * 4 + 3}.500",
        "speaker": "AB"[n % 2],
        "text": speech.sentence(9),
    }


def _recording(id_: str, segments: list[Line]) -> Line:
    return {
        "kind": "recording",
        "id": id_,
        "source": "agency",
        "date": "2022-03-01",
        "language": "en",
        "held": "verbatim",
        "segments": segments,
    }


def _statements(speech: Speech, count: int) -> Iterator[Line]:
    for n in range(count):
        said = [speech.sentence(20) for _ in range(12 if n < STAGED else 3)]
        if n < STAGED:
            said[QUOTED] = _staged(n)
        yield _statement(f"s-{n}", "\n".join(said))


def _statement(id_: str, text: str) -> Line:
    return {
        "kind": "statement",
        "id": id_,
        "source": "agency",
        "date": "2022-03-01",
        "language": "en",
        "held": "verbatim",
        "text": text,
    }


def _long(speech: Speech) -> Iterator[Line]:
    segments = [_segment(speech, n) for n in range(LONG_SEGMENTS)]
    for n in LONG[0][2]:
        segments[n]["text"] = f"{_staged(n)} {segments[n]['text']}"
    segments[-1]["text"] = f"{segments[-1]['text']} {RARE}"
    yield _recording(LONG_CALL, segments)
    for id_, between in ((LONG_TEXT, "\n"), (ONE_LINE, " ")):
        half = speech.letters(LONG_LETTERS // 2, between)
        other = speech.letters(LONG_LETTERS // 2, between)
        parts = [_staged(0), half, _staged(1), other, _staged(2), RARE]
        yield _statement(id_, between.join(parts))


def _staged(n: int) -> str:
    return f"The quoted words number {n} stand here."


def _claims(speech: Speech, count: int) -> Iterator[Line]:
    for n in range(count):
        said = speech.words_of(15)
        if n % 1000 == 0:
            said[3:5] = [speech.chance.choice(FIRST_NAMES), speech.chance.choice(GENERALS)]
        first = n < STAGED + len(LONG)
        claim: Line = {
            "kind": "claim",
            "id": f"c-{n:07}",
            "text": " ".join(said).capitalize() + f" {n}",
            "claimant": f"Speaker {n % 5000}",
            "date": "2022-03-01" if first else f"2022-03-{n % 27 + 2:02}",
            "priority": 1 if first else n * 7919 % 9 + 1,
        }
        if n < STAGED:
            yield {**claim, "statements": [f"s-{n}"], "recordings": [f"call-{n}"]}
            yield _excerpt(n, f"s-{n}", n)
            yield _excerpt(n, f"call-{n}", n)
        elif first:
            long, kind, quoted = LONG[n - STAGED]
            yield {**claim, kind: [long]}
            for k in quoted:
                yield _excerpt(n, long, k)
        else:
            yield {**claim, "statements": [f"s-{n // 5}"], "recordings": [f"call-{n % CALLS}"]}


def _excerpt(claim: int, target: str, quoted: int) -> Line:
    return {
        "kind": "excerpt",
        "claim": f"c-{claim:07}",
        "target": target,
        "stance": "supports",
        "exact": _staged(quoted),
    }
