"""`origins` and `origin`: on whose word a claim rests, and whose word a source or text is."""

from collections.abc import Iterator
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
from reviewer.cli.out import emit, say_all

if TYPE_CHECKING:
    from reviewer.insight.origins import Grounds
    from reviewer.model.claims import ClaimView


@click.command()
@case_argument
@claim_argument
@reader_option
@json_option
def origins(case: Path, claim: str, reader: str, as_json: bool) -> None:
    """List on whose word a claim rests, and what would change it."""
    with looked_at(case, reader) as session:
        view = claim_of(session, claim)
    if as_json:
        emit(_object(view))
        return
    from reviewer.lines.origins import origin_lines

    say_all(origin_lines(view))


@click.command()
@case_argument
@click.argument("about", metavar="SOURCE", type=words)
@click.argument("origin_", metavar="[ORIGIN]", required=False, type=words)
@click.option("--back", is_flag=True, help="Take back what you said of it.")
@reader_option
@json_option
def origin(
    case: Path, about: str, origin_: str | None, back: bool, reader: str, as_json: bool
) -> None:
    """Say whose word a source or a text is in the end.

    SOURCE is its id, or that of a statement or a recording; ORIGIN is the id of a source, a
    name, or 'unknown'.
    """
    from reviewer.service.origins import say_origin

    if bool(origin_) is back:
        raise click.UsageError("Give an ORIGIN, or --back to take back what you said.")
    with opened(case, reader) as session:
        told(session, say_origin(session, about, origin_ or ""), as_json=as_json)


def _object(view: "ClaimView") -> dict[str, object]:
    from reviewer.insight.origins import grounds, indispensable, what_would_change
    from reviewer.model.evidence import STANCES

    supporting = grounds(view)
    asked = view.rules.origins if view.rules.gated else 0
    return {
        "claim": view.claim.id,
        "asked": asked,
        "of": list(view.rules.gated),
        **{stance.value: dict(_grounds(grounds(view, stance))) for stance in STANCES},
        "orphans": [one.id for one in view.excerpts if one.orphan],
        "indispensable": [one.id for one in indispensable(supporting, asked)],
        "what_would_change": what_would_change(view),
    }


def _grounds(found: "Grounds") -> Iterator[tuple[str, object]]:
    yield "excerpts", len(found.excerpts)
    yield "origins", found.independent
    yield "not_word_for_word", found.without_the_words
    yield (
        "by_origin",
        [
            {
                "origin": one.id,
                "name": one.name,
                "known": one.known,
                "texts": [text.id for text in one.texts],
                "excerpts": [excerpt.id for excerpt in one.excerpts],
            }
            for one in found.origins
        ],
    )
