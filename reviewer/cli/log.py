"""`log`: what was recorded, as sentences."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.options import (
    case_argument,
    claim_of,
    json_option,
    limit_option,
    looked_at,
    words,
)
from reviewer.cli.out import emit, say, say_all
from reviewer.model.entry import Kind

if TYPE_CHECKING:
    from reviewer.model.judgements import LogLine
    from reviewer.service.session import Session

SHOWN = 12
"""As many digits of an entry's id are shown; as many name it to `undo` and `redact`."""


@click.command()
@case_argument
@click.option("--claim", metavar="CLAIM", default="", type=words, help="Only about this claim.")
@click.option("--reader", "whose", metavar="READER", default="", type=words, help="Only theirs.")
@click.option(
    "--kind",
    metavar="KIND",
    type=click.Choice([kind.value for kind in Kind]),
    help=f"Only these: {', '.join(Kind)}.",
)
@click.option(
    "--before", metavar="ENTRY", default="", type=words, help="Only what came before this entry."
)
@click.option("--ids", is_flag=True, help="Begin each line with the entry's id.")
@limit_option(50)
@json_option
def log(
    case: Path,
    claim: str,
    whose: str,
    kind: str | None,
    before: str,
    ids: bool,
    limit: int,
    as_json: bool,
) -> None:
    """List what was recorded, the newest first."""
    with looked_at(case) as session:
        last = session.logged(before).id if before else ""
        lines = session.log(claim=claim, reader=whose, kind=kind or "", before=last, limit=limit)
        if claim and not lines:
            claim_of(session, claim)
        silence = "" if lines else _silence(session, claim, whose, narrowed=bool(kind or before))
    if as_json:
        from reviewer.cli.shapes import line_object

        for line in lines:
            emit(line_object(line))
        return
    say_all(_told(lines, ids=ids))
    if not lines:
        say(silence)


def _silence(session: "Session", claim: str, reader: str, *, narrowed: bool) -> str:
    """Why a log is empty."""
    if narrowed and session.log(claim=claim, reader=reader, limit=1):
        return "Nothing of this kind is recorded here."
    if not reader:
        return "Nothing is recorded here yet."
    if claim and session.log(reader=reader, limit=1):
        return f"{reader} has recorded nothing on {claim}."
    return f"Nobody of the name '{reader}' has recorded anything in this case."


def _told(lines: "list[LogLine]", *, ids: bool) -> Iterator[str]:
    from reviewer.lines.parts import one_line
    from reviewer.lines.texts import indented
    from reviewer.model.clock import minute

    for line in lines:
        undone = " (undone)" if line.undone else ""
        id_ = f"{line.id[:SHOWN]} " if ids else ""
        yield one_line(f"{id_}{minute(line.at)} {line.reader}: {line.sentence}{undone}")
        if not _says_all(line):
            yield from indented(line.words)


def _says_all(line: "LogLine") -> bool:
    """Whether the sentence ends with the very words of the note or the quotation."""
    words = " ".join(line.words.split())
    return not words or line.sentence.endswith((f": {words}", f': "{words}"'))
