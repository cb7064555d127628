"""How fast a case is searched, and what its index costs.

    python tests/bench/search.py [CLAIMS] [FOLDER]

A case of CLAIMS claims (1,000,000) is made in FOLDER, where it is kept between runs: words by
Zipf's law out of 200,000 made-up ones, and generals of two names in three alphabets. Then the
first page (20 hits) of searches of every kind is asked for; the budget is 50 ms for the 95th
percentile. A search is timed from its words to its hits with their passages.
"""

import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from reviewer.casefile import search, search_index
from reviewer.casefile.case import CaseFile
from reviewer.model.searching import Search

SOUNDS = ("b", "v", "g", "d", "z", "k", "l", "m", "n", "p", "r", "s", "t", "f", "sh", "ch")
VOWELS = tuple("aeiou")
WORDS = 200_000
CHUNK = 5_000
EACH = 60
"""Searches of each kind."""
FIRST_NAMES = ("Vitaly", "Valery", "Віталій", "Валерий")
GENERALS = ("Gerasimov", "Герасимов", "Герасімов", "Герасимова")


def main(claims: int, folder: Path) -> None:
    """Make the case if it is not there, index it anew, and measure."""
    path = folder / f"search-{claims}.case"
    words = vocabulary()
    if not path.exists():
        make(path, claims, words)
    with CaseFile.open(path) as case:
        before = path.stat().st_size
        if search_index.is_behind(case.con):
            took = index(case)
            size = (path.stat().st_size - before) / 1e6
            print(
                f"index of {claims:,} claims: {took:.1f} s, {claims / took:,.0f} a second,", end=""
            )
            print(f" {size:.0f} MB beside {before / 1e6:.0f} MB")
        measure(case, words)


def vocabulary() -> list[str]:
    """Made-up words, the commonest first."""
    chance = random.Random(1)
    found: set[str] = set()
    while len(found) < WORDS:
        found.add("".join(syllable(chance) for _ in range(chance.randint(1, 4))))
    listed = sorted(found)
    chance.shuffle(listed)
    return listed


def syllable(chance: random.Random) -> str:
    """One syllable, open or closed."""
    closed = chance.choice(SOUNDS) if chance.random() < 0.3 else ""
    return chance.choice(SOUNDS) + chance.choice(VOWELS) + closed


def make(path: Path, claims: int, words: list[str]) -> None:
    """A case of so many claims."""
    CaseFile.create(path, title="Search").close()
    with CaseFile.open(path) as case, case.write() as con:
        con.executemany("INSERT INTO claim VALUES (?,?,?,?,?,?,?,?,?,?)", rows(claims, words))


def rows(claims: int, words: list[str]) -> Iterator[tuple[object, ...]]:
    """Claims of fifteen words; one of a thousand names a general."""
    chance = random.Random(2)
    weights = list(itertools.accumulate(1 / (n + 2.7) for n in range(len(words))))
    for n in range(claims):
        said = chance.choices(words, cum_weights=weights, k=15)
        if n % 1000 == 0:
            said[3:5] = [chance.choice(FIRST_NAMES), chance.choice(GENERALS)]
        text = " ".join(said).capitalize() + f" {n}"
        date = f"2022-03-{n % 28 + 1:02}"
        by = f"Speaker {n % 5000}"
        yield (f"c-{n:07}", 1, n.to_bytes(32, "big"), text, by, date, 3, "[]", "", "")


def index(case: CaseFile) -> float:
    """Seconds that the index takes."""
    began = time.perf_counter()
    more = True
    while more:
        with case.write() as con:
            more = search_index.bring_on(con, CHUNK)
    return time.perf_counter() - began


def searches(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Searches of each kind that people make."""
    chance = random.Random(3)
    common, middling, rare = words[:200], words[200:20_000], words[20_000:]
    pick = chance.choice
    several = range(EACH)
    yield "a rare word", [pick(rare) for _ in several]
    yield "a middling word", [pick(middling) for _ in several]
    yield "one of the 200 commonest words", [pick(common) for _ in several]
    yield "two middling words", [f"{pick(middling)} {pick(middling)}" for _ in several]
    yield "two of the commonest words", [f"{pick(common)} {pick(common)}" for _ in several]
    yield "a common and a rare word", [f"{pick(common)} {pick(rare)}" for _ in several]
    yield "three words", [f"{pick(common)} {pick(middling)} {pick(rare)}" for _ in several]
    yield "six of the 50 commonest", [" ".join(chance.sample(words[:50], 6)) for _ in several]
    yield (
        "two common words side by side",
        [f'"{pick(common)} {pick(common)}"' for _ in several],
    )
    yield "a word but not another", [f"{pick(middling)} -{pick(common)}" for _ in several]
    yield "the first 3 letters of a word", [pick(middling)[:3] for _ in several]
    yield "the first 5 letters of a word", [pick(middling)[:5] for _ in several]
    yield "the first letter", [chr(ord("a") + n % 26) for n in several]
    yield "a part of a word", [pick(rare)[1:6] for _ in several]
    yield "a general", [f"{pick(FIRST_NAMES)} {pick(GENERALS)}" for _ in several]
    yield "what is not there", [f"xq{n}zzw" for n in several]
    yield "a number", [str(chance.randrange(1000, 99_999)) for _ in several]


def measure(case: CaseFile, words: list[str]) -> None:
    """Ask for the first page of each, and print how long it took."""
    author = bytes(32)
    all_of_them: list[float] = []
    for name, asked in searches(words):
        took = []
        for text in asked:
            began = time.perf_counter()
            search.search(case.con, author, Search(text))
            took.append((time.perf_counter() - began) * 1000)
        all_of_them += took
        print(f"{name:34}{told(took)}", flush=True)
    print(f"{'all of them':34}{told(all_of_them)}; budget 50 ms")


def told(took: list[float]) -> str:
    """Median, 95th percentile and slowest."""
    high = statistics.quantiles(took, n=20)[-1]
    return (
        f"median {statistics.median(took):6.1f} ms  95th {high:6.1f} ms  most {max(took):6.1f} ms"
    )


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        int(given[0]) if given else 1_000_000,
        Path(given[1] if len(given) > 1 else tempfile.gettempdir()),
    )
