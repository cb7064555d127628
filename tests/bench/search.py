"""How fast a case is searched.

    python -m tests.bench.search [CLAIMS] [FOLDER]

The first page (20 hits) of searches of every kind is asked for, each timed from its words to
its hits with their passages. The table has the 95th percentile; this module alone prints each
kind. Before, and untimed, the index is brought up to date: a case that was brought to a newer
schema has none.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from reviewer.casefile import search
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.model.searching import Search
from reviewer.service.session import Session
from reviewer.text import latin
from tests.bench.bench import Bench, usual_folder
from tests.bench.cases import FIRST_NAMES, GENERALS, case_of, indexed, vocabulary
from tests.bench.table import Budget, Row

MOST_MS = 50
AUTHOR = bytes(32)
EACH = 60
"""Searches of each kind."""
COMMONEST = "one of the 200 commonest words"
ABSENT = "what is not there"


def rows(bench: Bench) -> Iterator[Row]:
    """The 95th percentile of all searches, beside the same words asked of the index alone."""
    with Session.open(ready(bench.large), "bench", readonly=True) as session:
        con = session.case.con
        took, floor = [], []
        for kind, asked in searches(vocabulary()):
            for text in asked:
                took.append(searched(con, kind, text))
                floor.append(milliseconds(partial(bare, con, text)))
    name = f"search, 95th percentile of {len(took):,}, {bench.claims:,} claims"
    yield Row(name, high(took), "ms", Budget(most=MOST_MS), high(floor))


def main(claims: int, folder: Path) -> None:
    """Make the case if it is not there, and print what searches of each kind cost."""
    with CaseFile.open(ready(case_of(folder, claims)), readonly=True) as case:
        all_of_them: list[float] = []
        for name, asked in searches(vocabulary()):
            took = [searched(case.con, name, text) for text in asked]
            all_of_them += took
            print(f"{name:34}{told(took)}", flush=True)
        print(f"{'all of them':34}{told(all_of_them)}; budget {MOST_MS:.0f} ms")


def ready(path: Path) -> Path:
    """The case with all of it in its index."""
    with CaseFile.open(path) as case:
        indexed(case)
    return path


def searched(con: Connection, kind: str, text: str) -> float:
    """How long a search takes, in milliseconds.

    Raises:
        RuntimeError: it found nothing though its words stand in the case, or something though
            they do not; its time would mean nothing.
    """
    began = time.perf_counter()
    found = search.search(con, AUTHOR, Search(text))
    took = (time.perf_counter() - began) * 1e3
    if (kind == COMMONEST and not found.hits) or (kind == ABSENT and found.hits):
        raise RuntimeError(f"The search for '{text}' ({kind}) found {len(found.hits)} passages.")
    return took


def bare(con: Connection, text: str) -> object:
    """Rows of the index in which all words of a search stand, as plain SQL asks for them."""
    words = [f'"{key}"' for word in latin.words(text) for key in [word.key]]
    return con.execute(
        "SELECT search_passage.* FROM search_text JOIN search_passage ON n = search_text.rowid"
        " WHERE search_text MATCH ? LIMIT 20",
        (f"words : ({' AND '.join(words)})",),
    ).fetchall()


def searches(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Searches of each kind that people make."""
    chance = random.Random(3)
    common, middling, rare = words[:200], words[200:20_000], words[20_000:]
    pick = chance.choice
    several = range(EACH)
    yield "a rare word", [pick(rare) for _ in several]
    yield "a middling word", [pick(middling) for _ in several]
    yield COMMONEST, [pick(common) for _ in several]
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
    yield ABSENT, [f"xq{n}zzw" for n in several]
    yield "a number", [str(chance.randrange(1000, 99_999)) for _ in several]


def milliseconds(verb: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    verb()
    return (time.perf_counter() - began) * 1e3


def high(took: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(took, n=20)[-1]


def told(took: list[float]) -> str:
    """Median, 95th percentile and slowest."""
    middle = statistics.median(took)
    return f"median {middle:6.1f} ms  95th {high(took):6.1f} ms  most {max(took):6.1f} ms"


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        int(given[0]) if given else 1_000_000,
        Path(given[1]) if len(given) > 1 else usual_folder(),
    )
