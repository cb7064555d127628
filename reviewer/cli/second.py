"""`reviewer second` and `reviewer adjudicate`: two readings of a claim, and what settles them."""

from pathlib import Path

import click

from reviewer.cli.acts import stands_already, told
from reviewer.cli.options import (
    case_argument,
    claim_argument,
    claim_of,
    json_option,
    opened,
    reader_option,
    words,
)
from reviewer.model.errors import NotFoundError, UsageError


@click.command()
@case_argument
@claim_argument
@reader_option
@json_option
def second(case: Path, claim: str, reader: str, as_json: bool) -> None:
    """Ask for a second reading of a claim.

    Until another reader has judged it too, what each recorded on it is shown to himself alone.
    """
    from reviewer.service.second_reading import ask

    with opened(case, reader) as session:
        entry = ask(session, claim_of(session, claim))
        if entry is None:
            stands_already(None, f"You have asked for it on {claim} already", as_json=as_json)
        else:
            told(session, entry, as_json=as_json)


@click.command()
@case_argument
@claim_argument
@click.argument("verdict", type=words, required=False, default="")
@click.option("--agree", metavar="READER", type=words, help="Settle it as this reader judged it.")
@click.option("--reason", metavar="T", type=words, default="", help="Why; a new verdict needs it.")
@click.option("--ask", metavar="Q", type=words, help="Send it back to its readers with a question.")
@reader_option
@json_option
def adjudicate(
    case: Path,
    claim: str,
    verdict: str,
    agree: str | None,
    reason: str,
    ask: str | None,
    reader: str,
    as_json: bool,
) -> None:
    """Settle a claim on which readers differ.

    Both readings stay. Name a VERDICT of your own with its --reason, or --agree with one of the
    readers (by name, or A or B where names are hidden), or --ask them a question.
    """
    from reviewer.service import adjudicating

    if sum(map(bool, (verdict, agree, ask))) != 1:
        raise UsageError("Name one of: a VERDICT with --reason, --agree READER, --ask Q.")
    with opened(case, reader) as session:
        view = claim_of(session, claim)
        if ask:
            entry = adjudicating.send_back(session, view, ask)
        elif agree:
            found = adjudicating.readings(view)
            called = {chr(ord("A") + n): one for n, one in enumerate(found)}
            called |= {one.reader: one for one in found}
            if agree not in called:
                raise NotFoundError(f"On {claim} there is no verdict in force of '{agree}'.")
            entry = adjudicating.agree(session, view, called[agree], reason)
        else:
            entry = adjudicating.settle(session, view, verdict, reason)
        told(session, entry, as_json=as_json)
