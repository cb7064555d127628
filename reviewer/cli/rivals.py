"""`rival` and `rivals`: claims that stand against each other."""

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
from reviewer.insight.rivals import LABELS, Rivalry, rivalry

if TYPE_CHECKING:
    from reviewer.service.session import Session

KINDS = "; ".join(f"{kind}: {label}" for kind, label in LABELS.items())


@click.command()
@case_argument
@claim_argument
@click.argument("other", type=words)
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Rivalry]),
    default=Rivalry.COMPETE.value,
    show_default=True,
    help=f"How the two stand. {KINDS}.",
)
@click.option("--remove", is_flag=True, help="Take your link between the two back.")
@reader_option
@json_option
def rival(
    case: Path, claim: str, other: str, kind: str, remove: bool, reader: str, as_json: bool
) -> None:
    """Set a claim against another; it goes both ways.

    A verdict on one of the two then says what it implies for the other, and sets nothing.
    """
    from reviewer.service.rivals import oppose, part

    with opened(case, reader) as session:
        view = claim_of(session, claim)
        other = claim_of(session, other).claim.id
        entry = (
            part(session, view, other) if remove else oppose(session, view, other, Rivalry(kind))
        )
        if entry is not None:
            told(session, entry, as_json=as_json)
            return
        stands_already(None, f"{claim} and {other} stand so already", as_json=as_json)


@click.command()
@case_argument
@click.argument("claim", type=words, required=False, default="")
@reader_option
@json_option
def rivals(case: Path, claim: str, reader: str, as_json: bool) -> None:
    """List the claims that stand against each other."""
    with looked_at(case, reader) as session:
        if claim:
            _of_claim(session, claim, as_json=as_json)
        else:
            _all(session, as_json=as_json)


def _of_claim(session: "Session", claim: str, *, as_json: bool) -> None:
    view = claim_of(session, claim)
    if as_json:
        from reviewer.cli.shapes_beside import rivals_object

        for row in rivals_object(session, view):
            emit(row)
        return
    from reviewer.lines.sections import section_lines
    from reviewer.service.sections import Sections

    empty = True
    for section in Sections(session, reader=session.reader, claim=claim).rivals(view):
        empty = False
        say_all(section_lines(section))
    if empty:
        say(f"No claim stands against {claim}. {_how(session, claim)}")


def _all(session: "Session", *, as_json: bool) -> None:
    from reviewer.model.findings import newest
    from reviewer.service.rivals import links

    found = sorted(newest(links(session)).values(), key=lambda one: (one.about, one.key))
    for one in found:
        kind = rivalry(one.value)
        if as_json:
            emit({"claims": [one.about, one.key], "kind": kind.value, "reader": one.reader})
        else:
            say(f"{one.about} against {one.key}: {kind.label} ({one.reader})")
    if not found and not as_json:
        say(f"No claim stands against another. {_how(session, 'CLAIM')}")


def _how(session: "Session", claim: str) -> str:
    return f"To set one against it: {command('rival', session.case.path, claim, 'OTHER')}"
