"""`gaps`, `ask`, `answer`: what is not known, who was asked, what was answered."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.acts import told
from reviewer.cli.options import (
    case_argument,
    claim_argument,
    claim_of,
    json_option,
    looked_at,
    opened,
    reader_option,
    words,
)
from reviewer.cli.out import emit, say, say_all
from reviewer.model.errors import UsageError

if TYPE_CHECKING:
    from reviewer.model.gaps import Gap


@click.command()
@case_argument
@click.argument("claim", required=False, default="", type=words)
@click.option("--all", "settled", is_flag=True, help="Also what is answered or closed.")
@reader_option
@json_option
def gaps(case: Path, claim: str, settled: bool, reader: str, as_json: bool) -> None:
    """List what is not known, of a claim or of the case.

    Questions nobody has answered, what calls leave open, and, where the case uses grades, the
    sources without one.
    """
    from reviewer.service.asking import gaps_of, gaps_of_case

    with looked_at(case, reader) as session:
        found: Iterable[Gap]
        if claim:
            found = gaps_of(session, claim_of(session, claim), settled=settled)
        else:
            found = gaps_of_case(session, settled=settled)
        if as_json:
            from reviewer.cli.shapes import gap_object

            for gap in found:
                emit(gap_object(gap))
            return
        listed = list(found)
        say_all(_lines(listed))
        if not listed:
            say("Nothing is recorded as not known.")


def _lines(found: "Iterable[Gap]") -> Iterator[str]:
    from reviewer.lines.gaps import gap_lines

    for gap in found:
        yield from gap_lines(gap)


@click.command()
@case_argument
@claim_argument
@click.option("--question", metavar="Q", default="", type=words, help="What nobody has answered.")
@click.option("--key", metavar="KEY", default="", type=words, help="A question that stands.")
@click.option("--of", "whom", metavar="WHO", default="", type=words, help="Who was asked.")
@click.option("--on", metavar="DATE", default="", type=words, help="The day; else today.")
@click.option(
    "--would-change", metavar="T", default="", type=words, help="What would change the verdict."
)
@reader_option
@json_option
def ask(
    case: Path,
    claim: str,
    question: str,
    key: str,
    whom: str,
    on: str,
    would_change: str,
    reader: str,
    as_json: bool,
) -> None:
    """Record a question on a claim, or who was asked one.

    With --question a new one, with --of who was asked; --key KEY --of WHO for one that stands.
    """
    from reviewer.service import asking

    if bool(question.strip()) is bool(key.strip()):
        raise UsageError("Say either --question Q, or --key KEY of one that stands with --of WHO.")
    if (key or on) and not whom.strip():
        raise UsageError("Say with --of who was asked.")
    with opened(case, reader) as session:
        view = claim_of(session, claim)
        day = asking.checked_day(on)
        if question.strip():
            entry = asking.ask(session, view, question, would_change)
            key = str(entry.data["key"])
            told(session, entry, as_json=as_json)
            if not whom.strip():
                return
            view = session.view(claim)
        told(session, asking.asked(session, view, key, whom, day), as_json=as_json)


@click.command()
@case_argument
@claim_argument
@click.argument("key", type=words)
@click.option("--answer", "text", metavar="T", default="", type=words, help="The answer.")
@click.option("--close", is_flag=True, help="Close it without one.")
@click.option("--reopen", is_flag=True, help="Open it again.")
@reader_option
@json_option
def answer(
    case: Path,
    claim: str,
    key: str,
    text: str,
    close: bool,
    reopen: bool,
    reader: str,
    as_json: bool,
) -> None:
    """Record the answer to a question.

    KEY is the id that `gaps` shows, or its beginning.
    """
    from reviewer.service import asking

    if bool(text.strip()) + close + reopen != 1:
        raise UsageError("Say one of --answer T, --close and --reopen.")
    with opened(case, reader) as session:
        view = claim_of(session, claim)
        if text.strip():
            entry = asking.answer(session, view, key, text)
        else:
            entry = asking.settle(session, view, key, is_open=reopen)
        told(session, entry, as_json=as_json)
