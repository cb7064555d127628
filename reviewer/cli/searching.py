"""`search`: passages of the whole case, across alphabets and spellings."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.options import (
    case_argument,
    json_option,
    limit_option,
    looked_at,
    reader_option,
    words,
)
from reviewer.cli.out import emit, say, say_all
from reviewer.model.errors import CaseError, UsageError
from reviewer.model.searching import KINDS, Search, parse_search

if TYPE_CHECKING:
    from reviewer.model.searching import Found, SearchKind
    from reviewer.service.session import Session

PIECE_S = 0.3


@click.command()
@case_argument
@click.argument("wanted", metavar="WORDS...", nargs=-1, required=True, type=words)
@click.option("--kind", type=click.Choice(KINDS), help="Only these.")
@limit_option(20, most=1000)
@click.option("--after", metavar="PLACE", default="", help="What the page before ended with.")
@reader_option
@json_option
def search(
    case: Path,
    wanted: tuple[str, ...],
    kind: "SearchKind | None",
    limit: int,
    after: str,
    reader: str,
    as_json: bool,
) -> None:
    """Search claims, texts and your own notes, best first.

    Found across alphabets and spellings. "side by side", begin*; after -- also -without.
    """
    text = " ".join(map(_as_typed, wanted))
    if not any(one.text for one in parse_search(text) if not one.negated):
        raise UsageError("Say a word to search for; -WORD alone only leaves some out.")
    from reviewer.service.searching import find

    with looked_at(case, reader) as session:
        sentence = bring_on(session)
        found = find(session, Search(text, kind, limit, after))
    if as_json:
        _emit(found)
        return
    from reviewer.lines.found import found_lines

    say_all(found_lines(found))
    if not found.hits:
        say(f"Nothing in this case is found for: {text}")
    if found.partial:
        say(f"Looked through {found.looked_through:,} of {found.records:,} records. {sentence}")
    if found.next:
        say(f"There is more: --after {found.next}")


def _as_typed(argument: str) -> str:
    """An argument in which the shell left spaces was quoted: its words stand side by side."""
    if any(map(str.isspace, argument)) and '"' not in argument:
        sign = "-" if argument.startswith("-") else ""
        return f'{sign}"{argument.removeprefix("-")}"'
    return argument


def bring_on(session: "Session") -> str:
    """Bring the index up to date; ctrl+c leaves it where it is, and the search goes on.

    Returns:
        Why it is not, or nothing.
    """
    from reviewer.service.searching import Indexing

    indexing = Indexing(session)
    if not indexing.needed:
        return ""
    try:
        with _counted() as count:
            while indexing.go_on(PIECE_S):
                count(*indexing.progress())
    except KeyboardInterrupt:
        return "The next search goes on from there."
    except CaseError as error:
        return error.sentence
    return ""


@contextlib.contextmanager
def _counted() -> Iterator[Callable[[int, int], None]]:
    shown = sys.stderr.isatty()

    def count(done: int, records: int) -> None:
        if shown:
            told = (
                f"\rPreparing the search... {done:,} of {records:,}; ctrl+c searches what is there"
            )
            print(told, end="", file=sys.stderr, flush=True)

    try:
        yield count
    finally:
        if shown:
            print(file=sys.stderr)


def _emit(found: "Found") -> None:
    from dataclasses import asdict

    for hit in found.hits:
        emit(asdict(hit))
    emit(
        {
            "next": found.next or None,
            "looked_through": found.looked_through,
            "records": found.records,
        }
    )
