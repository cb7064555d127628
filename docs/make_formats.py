"""Write docs/formats.md: every format, and what an import makes of files that nobody here wrote.

`python docs/make_formats.py` imports every file of the folder of real files into a fresh case
and writes the page; with `--check` it writes nothing and exits 1 if anything would change.
Where the folder is not there it says so and ends with 0.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from format_accounts import Account, account  # noqa: E402

from reviewer.casefile.case import CaseFile  # noqa: E402
from reviewer.model.errors import ReviewerError  # noqa: E402
from reviewer.readers import FORMATS, chosen, read  # noqa: E402
from reviewer.readers.given import Given, Wishes  # noqa: E402
from reviewer.service.importing import import_files  # noqa: E402
from reviewer.text.units import counted  # noqa: E402

DATA = HERE.parent.parent / "shared" / "data"
PAGE = HERE / "formats.md"
PARTS = ("claims", "conflict", "transcripts", "export", "hostile")
FOLDERS = ("claims/checkthat2022-vclaims/vclaims", "hostile/terminal-escapes")
"""Folders of small files that are one line of the page; bags are one line each as well."""
TOGETHER: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (
            "conflict/ukrainian-officials-statements/messages-2.json",
            "conflict/ukrainian-officials-statements/messages-2-en.json",
        ),
        "",
    ),
    (
        (
            "conflict/bellingcat-timemap/export_events.json",
            "conflict/bellingcat-timemap/export_sources.json",
            "conflict/bellingcat-timemap/export_associations.json",
        ),
        "",
    ),
    (
        ("transcripts/bilingual/pepper-and-carrot-ep6-rus.srt",),
        "transcripts/bilingual/pepper-and-carrot-ep6-eng.srt",
    ),
    (
        ("transcripts/bilingual/talk-2004.en.srt",),
        "transcripts/bilingual/talk-2004.uk.srt",
    ),
)
"""Files that belong together: what is imported, and what is given as its translation."""

ORDER = ("claim", "rating", "statement", "recording", "segment", "excerpt", "source")
REASONS = 4
PLACES = 3
QUOTED = re.compile(r"(?<![\w])'.*'(?![\w])|line \d+ is '.*")
OWN_NAMES = re.compile(r"its '[\w .]{1,40}' is empty\Z")

RECORDING = "a recording with its segments"
STATEMENT = "a statement"
COMES_IN = {
    "jsonl": "the records that its lines are",
    "toml": "the records that its tables are",
    "case-table": "the records that its rows are",
    "averitec": "claims with their ratings; answers as statements with excerpts",
    "timemap": "events as claims; their sources as statements",
    "fact-check-api": "claims with their ratings",
    "claimreview": "claims with their ratings; review bodies as statements",
    "claimreview-html": "the page as a statement, its reviews as claims with ratings",
    "telegram": "each message with words as a statement",
    "spacelog-meta": "nothing by itself: it goes into the recording beside it",
    "json": "by its keys: claims with ratings, statements, segments or figures",
    "table": "by its columns: claims with ratings, statements, segments or figures",
    "html": "the article of the page as a statement",
    "markdown": STATEMENT,
    "text": STATEMENT,
}
"""What of a format comes in as what; of all others, a recording."""

INTRO = """# Formats

`reviewer import CASE FILE...` recognises a format by its content. Where it is wrong,
`--format NAME` says which it is.

| name | what it is | what comes in |
|---|---|---|
"""

TABLE = """
## What an import makes of real files

Every line is a file that nobody here wrote, imported into a fresh case. `stands in it` is
counted apart from the program's readers, and each one is in the case, refused, passed over
or said once for its doubles: a line that did not add up would carry `!=`. Words of the files
are left out of the reasons (`…`). Files are flagged where something in them was odd and was
taken in all the same, with a note beside the words.

| file | format | encoding | stands in it | came in | passed over | flagged | refused | why |
|---|---|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Job:
    """What one line of the page is about."""

    paths: tuple[str, ...]
    translation: str = ""

    @property
    def name(self) -> str:
        """For the page."""
        folder = self.paths[0].rpartition("/")[0]
        more = "".join(f" + {path.rpartition('/')[2]}" for path in self.paths[1:])
        with_ = self.translation.removeprefix(f"{folder}/")
        return f"{self.paths[0]}{more}" + (f" --translation {with_}" if with_ else "")


@dataclass(frozen=True)
class Line:
    """One line of the page; `good` where its account adds up."""

    name: str
    cells: tuple[str, ...]
    good: bool = True

    def __str__(self) -> str:
        shown = (self.name, *self.cells)
        return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in shown)} |\n"


def jobs(data: Path = DATA) -> list[Job]:
    """A job for every file but READMEs, one for each folder of small files and each bag."""
    found: list[Job] = []
    bags = sorted(p for p in (data / "export/bagit").glob("*/*/*") if p.is_dir())
    whole = [data / folder for folder in FOLDERS] + bags
    found += [Job((str(path.relative_to(data)),)) for path in whole]
    for part in PARTS:
        for path in sorted((data / part).rglob("*")):
            skipped = path.name.startswith(("README", ".")) or not path.is_file()
            if not skipped and not any(folder in path.parents for folder in whole):
                found.append(Job((str(path.relative_to(data)),)))
    found.sort(key=lambda job: job.paths)
    return found + [Job(*one) for one in TOGETHER]


def line(job: Job) -> Line:
    """Import and tell."""
    paths = [DATA / path for path in job.paths]
    wishes = Wishes(translation=DATA / job.translation if job.translation else None)
    with tempfile.TemporaryDirectory() as folder:
        case = CaseFile.create(Path(folder) / "fresh.case", title="fresh")
        with case:
            try:
                report = import_files(case, paths, wishes, dry_run=True)
            except ReviewerError as error:
                reason = _without_path(_without_path(error.sentence))
                there = _size(paths[0])
                return Line(
                    job.name, ("not read", "", there, "nothing", "", "", "the whole", reason)
                )
    files = report.files
    counts, accounts = Counter[str](), []
    for file in files:
        more, one = _again(Path(file.name), wishes) if file.format else (0, None)
        counts["segment"] += more
        accounts += [one] if one else []
    for kind, of in report.kinds.items():
        counts[kind] += sum(n for outcome, n in of.items() if outcome != "repeated")
    why = [*_grouped((r.reason, r.place) for r in report.refused)]
    why += [f"flagged: {said}" for said in _grouped((o.what, o.place) for o in report.odd)]
    if report.doubled_count:
        why.append(f"{report.doubled_count} x says again what stood")
    rows = sum(file.rows for file in files)
    told = sum(file.refused + file.passed_over for file in files)
    return Line(
        job.name,
        (
            ", ".join(dict.fromkeys(file.format or "not read" for file in files)),
            ", ".join(dict.fromkeys(file.encoding for file in files if file.encoding)),
            _sum(accounts),
            ", ".join(counted(counts[k], k) for k in ORDER if counts[k]) or "nothing",
            _number(report.passed_over),
            _number(report.odd_count),
            _number(report.refused_count),
            "; ".join(why),
        ),
        all(one.good for one in accounts) and rows + sum(not f.format for f in files) >= told,
    )


def _size(path: Path) -> str:
    """What stands in what was not read: files or bytes."""
    if path.is_dir():
        return counted(sum(p.is_file() and p.name != "README.md" for p in path.rglob("*")), "file")
    return counted(path.stat().st_size, "byte")


def _again(path: Path, wishes: Wishes) -> tuple[int, Account | None]:
    """Read once more: how many segments came of it, and the account of the file."""
    with Given.open(path, wishes) as given:
        format_ = chosen(given)
        rows = list(read(given, format_))
        segments = sum(len(getattr(r, "segments", ())) for row in rows for r in row.records)
        if wishes.translation:
            return segments, None
        return segments, account(format_.name, given, rows)


def _sum(accounts: Sequence[Account]) -> str:
    """The accounts of several files, those of one kind together."""
    by: dict[str, Account] = {}
    for one in accounts:
        was = by.get(one.what, Account(one.what, 0, 0))
        by[one.what] = replace(was, there=was.there + one.there, found=was.found + one.found)
    return ", ".join(one.said for one in by.values())


def _grouped(told: object) -> list[str]:
    """Reasons with how often and where: `24 x no claim (line 2, line 5, ...)`."""
    places: dict[str, list[str]] = {}
    for reason, place in told:  # type: ignore[attr-defined]
        places.setdefault(_bare(reason), []).append(place)
    said = []
    for reason, where in sorted(places.items(), key=lambda item: -len(item[1])):
        more = ", ..." if len(where) > PLACES else ""
        times = f"{len(where)} x " if len(where) > 1 else ""
        said.append(f"{times}{reason} ({', '.join(dict.fromkeys(where[:PLACES]))}{more})")
    rest = len(said) - REASONS
    return said[:REASONS] + ([f"and {counted(rest, 'other reason')}"] if rest > 0 else [])


def _bare(reason: str) -> str:
    """A reason without words of the file, but for the name of a column that is empty."""
    return reason if OWN_NAMES.search(reason) else QUOTED.sub("…", reason)


def _without_path(sentence: str) -> str:
    return _bare(re.sub(rf"\A{re.escape(str(DATA))}/.*?: ", "", sentence)).rstrip(".")


def _number(count: int) -> str:
    return f"{count:,}" if count else ""


def names() -> str:
    """The list of formats."""
    return INTRO + "".join(
        f"| `{f.name}` | {f.title} | {COMES_IN.get(f.name, RECORDING)} |\n" for f in FORMATS
    )


def lines() -> list[Line]:
    """Every line of the page, made by two processes."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        return pool.map(line, jobs(), chunksize=4)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page, or check it; return the exit status."""
    parser = argparse.ArgumentParser(description="Write what an import makes of real files.")
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 on a change")
    check = parser.parse_args(arguments).check
    if not DATA.is_dir():
        print("make_formats: the folder of real files is not on this machine; nothing was done.")
        return 0
    made = lines()
    for one in made:
        if not one.good:
            print(f"make_formats: does not add up: {one}", end="", file=sys.stderr)
    page = names() + TABLE + "".join(map(str, made))
    if check:
        same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == page
        if not same:
            print("docs/formats.md is not current; run: python docs/make_formats.py")
    else:
        same = True
        PAGE.write_text(page, encoding="utf-8")
    return 0 if same and all(one.good for one in made) else 1


if __name__ == "__main__":
    raise SystemExit(main())
