"""What a list of likely passages and similar claims costs in a large case.

    PYTHONPATH=. python -m tests.bench.passages_scale [CLAIMS] [SEGMENTS] [FOLDER]

A case of CLAIMS claims (1,000,000) and one call of SEGMENTS segments (100,000) is made in FOLDER,
where it is kept between runs: made-up words by Zipf's law (`tests.bench.search`). Claims from all
over it are asked for; the sample of how rare words are, which a list opened first takes, is told
apart. Beside it the same with a hundredth of both.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from reviewer.casefile import evidence, likely, search_index
from reviewer.casefile.case import CaseFile
from tests.bench import search

EACH = 40


def main(claims: int, segments: int, folder: Path) -> None:
    """Measure the small case, then the large one."""
    for part in (100, 1):
        path = folder / f"passages-{claims // part}-{segments // part}.case"
        if not path.exists():
            make(path, claims // part, segments // part)
        with CaseFile.open(path) as case:
            if search_index.is_behind(case.con):
                search.index(case)
            measure(case, claims // part, segments // part)


def make(path: Path, claims: int, segments: int) -> None:
    """A case of claims and one call, in the same made-up language."""
    words = search.vocabulary()
    search.make(path, claims, words)
    with CaseFile.open(path) as case, case.write() as con:
        con.execute(
            "INSERT INTO recording VALUES ('call', 1, zeroblob(32), 's', '', 'A call', '', '',"
            " 'full', 'und', '', 'verbatim', '', '', '', '', '', '[]')"
        )
        con.executemany(
            "INSERT INTO segment VALUES ('call', 1, ?, NULL, NULL, '', ?, '')",
            [(n, str(row[3])) for n, row in enumerate(search.rows(segments, words))],
        )


def measure(case: CaseFile, claims: int, segments: int) -> None:
    """Print how long the samples and the lists take."""
    chance = random.Random(4)
    asked = [f"c-{chance.randrange(claims):07}" for _ in range(EACH)]
    print(f"{claims:,} claims, a call of {segments:,} segments")
    for name, kinds in (("passages", likely.TEXTS), ("similar claims", ("claim",))):
        began = time.process_time()
        held = likely.sample(case.con, kinds)
        sampled = (time.process_time() - began) * 1000
        took = []
        for id_ in asked:
            claim = evidence.claim(case.con, id_)
            if claim is None:
                raise LookupError(id_)
            began = time.process_time()
            if kinds == ("claim",):
                likely.claims(case.con, claim, held)
            else:
                likely.texts(case.con, claim, held)
            took.append((time.process_time() - began) * 1000)
        high = statistics.quantiles(took, n=20)[-1]
        print(
            f"  {name:16} sample {sampled:6.0f}  CPU ms, then median {statistics.median(took):5.0f}"
            f"  95th {high:5.0f}"
        )


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 100_000,
        Path(sys.argv[3]) if len(sys.argv) > 3 else Path(tempfile.gettempdir()),
    )
