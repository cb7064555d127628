"""`hypotheses`: competing explanations of a claim, weighed against its excerpts."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.acts import stands_already, told
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
from reviewer.cli.out import command, emit, say, say_all
from reviewer.model.errors import UsageError

if TYPE_CHECKING:
    from reviewer.model.claims import ClaimView
    from reviewer.model.entry import Entry
    from reviewer.service.session import Session

RATINGS = ("C", "I", "N", "?")


@click.command()
@case_argument
@claim_argument
@click.option("--add", metavar="T", type=words, help="Put another explanation beside the claim.")
@click.option(
    "--reword", metavar="H T", type=words, nargs=2, help="Word yours anew: --reword H2 'Wounded.'"
)
@click.option("--remove", metavar="H", type=words, help="Take yours away.")
@click.option(
    "--rate",
    metavar="EXCERPT H R",
    type=words,
    nargs=3,
    help="Rate an excerpt, by its number or id, against a hypothesis: C consistent, I"
    " inconsistent, N neutral, ? takes your rating back.",
)
@click.option(
    "--deception", metavar="EXCERPT", type=words, help="Suppose this excerpt to be deception."
)
@click.option("--trust", metavar="EXCERPT", type=words, help="Suppose so no longer.")
@reader_option
@json_option
def hypotheses(
    case: Path,
    claim: str,
    add: str | None,
    reword: tuple[str, str] | None,
    remove: str | None,
    rate: tuple[str, str, str] | None,
    deception: str | None,
    trust: str | None,
    reader: str,
    as_json: bool,
) -> None:
    """Weigh competing hypotheses of a claim, after Heuer's ACH.

    H1 is the claim itself, filled from the stances of its excerpts. The hypothesis with the
    least evidence against it stands first. One change at a time; none prints the matrix.
    """
    acts = {
        "add": add,
        "reword": reword,
        "remove": remove,
        "rate": rate,
        "deception": deception,
        "trust": trust,
    }
    asked = {name: given for name, given in acts.items() if given is not None}
    if len(asked) > 1:
        named = " and ".join(f"--{name}" for name in asked)
        raise UsageError(f"{named} are two changes; make one at a time.")
    if not asked:
        with looked_at(case, reader) as session:
            _show(session, claim, as_json=as_json)
        return
    ((act, given),) = asked.items()
    with opened(case, reader) as session:
        entry = _do(session, claim_of(session, claim), act, given)
        if entry is None:
            stands_already(None, "It is so already", as_json=as_json)
            return
        told(session, entry, as_json=as_json)
        if not as_json:
            say_all(_turned(session, claim))


def _do(
    session: "Session", view: "ClaimView", act: str, given: str | tuple[str, ...]
) -> "Entry | None":
    from reviewer.insight.hypotheses import Rating
    from reviewer.service import hypotheses as service

    held = service.matrix(session, view)
    said = (given,) if isinstance(given, str) else given
    match act:
        case "add":
            return service.add(session, view, said[0])
        case "reword":
            return service.reword(session, view, service.hypothesis(held, said[0]), said[1])
        case "remove":
            return service.remove(session, view, service.hypothesis(held, said[0]))
        case "rate":
            rating = said[2].strip().upper()
            if rating not in RATINGS:
                raise UsageError(f"'{said[2]}' is no rating; there is: {', '.join(RATINGS)}.")
            one = service.hypothesis(held, said[1])
            return service.rate(
                session, view, service.excerpt_of(view, said[0]), one, Rating(rating)
            )
        case _:
            excerpt = service.excerpt_of(view, said[0])
            return service.suppose(session, view, excerpt, on=act == "deception")


def _turned(session: "Session", claim: str) -> Iterator[str]:
    from reviewer.insight.hypotheses import turn
    from reviewer.service.hypotheses import matrix

    held = matrix(session, session.view(claim))
    if held.compares and held.supposed:
        yield f"With what is supposed to be deception left out, {turn(held, held.supposed)}."


def _show(session: "Session", claim: str, *, as_json: bool) -> None:
    from reviewer.service.hypotheses import matrix

    held = matrix(session, claim_of(session, claim))
    if as_json:
        from reviewer.cli.shapes_beside import matrix_object

        emit(matrix_object(held))
        return
    if not held.compares:
        how = command("hypotheses", session.case.path, claim, "--add", "TEXT")
        say(f"Only the claim itself stands here; to put another explanation beside it: {how}")
        return
    from reviewer.lines.sections import section_lines
    from reviewer.service.sections import hypotheses_section

    for section in hypotheses_section(held):
        say_all(section_lines(section))
