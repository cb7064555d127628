"""`link`: an excerpt from a script."""

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
from reviewer.model.errors import NotFoundError, ReviewerError, UsageError
from reviewer.model.evidence import STANCES, Excerpt, Recording, Stance, Target


@click.command()
@case_argument
@claim_argument
@click.argument("target", type=words)
@click.option("--quote", metavar="Q", required=True, type=words, help="The words, exactly.")
@click.option(
    "--stance",
    required=True,
    type=click.Choice([stance.value for stance in STANCES]),
    help="What they do to the claim.",
)
@click.option("--prefix", metavar="P", default="", type=words, help="What stands before them.")
@click.option("--suffix", metavar="S", default="", type=words, help="What stands after them.")
@reader_option
@json_option
def link(
    case: Path,
    claim: str,
    target: str,
    quote: str,
    stance: str,
    prefix: str,
    suffix: str,
    reader: str,
    as_json: bool,
) -> None:
    """Link words of a statement or recording to a claim."""
    with opened(case, reader) as session:
        view = claim_of(session, claim)
        text = session.text(target)
        start = place_of(text, quote, prefix, suffix)
        end = start + len(quote)
        entry = session.link(view, text, start, end, Stance(stance))
        if entry is not None:
            told(session, entry, as_json=as_json)
            return

        def same(held: Excerpt) -> bool:
            return (held.target, held.start, held.end, held.stance) == (target, start, end, stance)

        id_ = next((held.id for held in view.excerpts if same(held)), None)
        stands_already(id_, "This very excerpt stands already", as_json=as_json)


def place_of(target: Target, quote: str, prefix: str, suffix: str) -> int:
    """Where the quoted words stand in the target, if that is one place and no other.

    Raises:
        UsageError: there are no words.
        ReviewerError: they stand in several places, or in none.
    """
    if not quote.strip():
        raise UsageError("The quotation has no words; give some with --quote.")
    from reviewer.text import anchors

    places = anchors.find(target.text, quote, prefix, suffix)
    if len(places) == 1:
        return places[0]
    if places:
        raise ReviewerError(
            f"These words stand {len(places)} times in '{target.id}'; say which with"
            " --prefix or --suffix, the words just before or after."
        )
    raise NotFoundError(
        f"These words do not stand in '{target.id}', letter for letter{_hint(target, quote)}."
    )


def _hint(target: Target, quote: str) -> str:
    if isinstance(target, Recording):
        translations = [segment.translation for segment in target.segments]
    else:
        translations = [target.translation]
    if any(quote in text for text in translations):
        return "; they stand in its translation, quote the original"
    if quote in target.text.replace("\n", " "):
        return "; there is a line break in them, which must be in the quotation too"
    from reviewer.text import anchors

    if anchors.find(target.text, quote):
        return " with this before and after them; leave out --prefix or --suffix, or mend them"
    return ""
