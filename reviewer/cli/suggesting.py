"""`suggest`: likely passages and similar claims for a claim."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.options import (
    case_argument,
    claim_argument,
    claim_of,
    json_option,
    limit_option,
    looked_at,
    reader_option,
)
from reviewer.cli.out import emit, say, say_all
from reviewer.cli.searching import bring_on

if TYPE_CHECKING:
    from reviewer.model.likely import Suggested
    from reviewer.service.suggesting import Suggesting


@click.command()
@case_argument
@claim_argument
@click.option("--similar", is_flag=True, help="Similar claims instead of passages.")
@limit_option(10, most=200)
@reader_option
@json_option
def suggest(case: Path, claim: str, similar: bool, limit: int, reader: str, as_json: bool) -> None:
    """List passages likely to bear on a claim, or similar claims.

    Best first. Nothing of it is linked: `reviewer link` makes an excerpt.
    """
    from reviewer.service.suggesting import Suggesting

    with looked_at(case, reader) as session:
        view = claim_of(session, claim)
        sentence = bring_on(session)
        suggesting = Suggesting(session)
        wanted = suggesting.similar if similar else suggesting.passages
        found = wanted(view, limit)
        if as_json:
            _emit(found)
            return
        _tell(found, suggesting, similar=similar)
    if found.partial:
        say(f"Looked through {found.looked_through:,} of {found.records:,} records. {sentence}")


def _tell(found: "Suggested", suggesting: "Suggesting", *, similar: bool) -> None:
    from reviewer.lines.offering import passage_lines
    from reviewer.lines.parts import one_line
    from reviewer.model.likely import NOT_JUDGED, NOT_LINKED

    if not found.passages and not found.claims:
        what = "No other claim of this case is like it." if similar else "No passage is likely."
        say(what)
        return
    say(NOT_JUDGED if similar else NOT_LINKED)
    say_all(passage_lines(found.passages))
    for n, row in enumerate(found.claims, start=1):
        say_all((f"{n} {one_line(suggesting.told(row))}", f"  {one_line(row.text)}"))


def _emit(found: "Suggested") -> None:
    from reviewer.cli.shapes import passage_object, row_object

    for passage in found.passages:
        emit(passage_object(passage))
    for row in found.claims:
        emit(row_object(row))
