"""`card`: what is known of a call, what is not, and what a reader knows besides."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.acts import stands_already, told
from reviewer.cli.options import case_argument, json_option, opened, reader_option, words
from reviewer.cli.out import command, emit, say_all
from reviewer.model.errors import NotFoundError
from reviewer.model.evidence import Recording

if TYPE_CHECKING:
    from reviewer.service.session import Session


@click.command()
@case_argument
@click.argument("recording", type=words)
@click.argument("field", required=False, default="", type=words)
@click.argument("text", required=False, default=None, type=words)
@reader_option
@json_option
def card(
    case: Path, recording: str, field: str, text: str | None, reader: str, as_json: bool
) -> None:
    """Show the card of a call, or say what you know of it.

    FIELD is a field of the card as --json names it. TEXT stands beside the evidence with your
    name; "unknown: where you looked" says that you do not know either, an empty TEXT takes
    yours back.
    """
    with opened(case, reader) as session:
        call = session.found_text(recording)
        if not isinstance(call, Recording):
            texts = command("texts", case)
            raise NotFoundError(f"No recording of this case is called '{recording}'; see: {texts}")
        if text is None:
            _show(session, call, field, as_json=as_json)
            return
        from reviewer.service.asking import say_of_call

        entry = say_of_call(session, call, field, text)
        if entry is not None:
            told(session, entry, as_json=as_json)
        else:
            stands_already(None, f"Your word on {field} of {recording} stands", as_json=as_json)


def _show(session: "Session", call: Recording, field: str, *, as_json: bool) -> None:
    from reviewer.cli.shapes import finding_object, target_object
    from reviewer.lines.cards import card as lines_of
    from reviewer.model.entry import Kind
    from reviewer.model.intercepts import PARTS, card_of
    from reviewer.service.asking import checked_part
    from reviewer.service.files_of import file_of

    found = session.findings(Kind.CARD, call.id) + session.findings(Kind.GRADE, call.source.id)
    asked = [checked_part(field)] if field else list(PARTS)
    parts = [part for part in card_of(call, found) if part.key in asked]
    if as_json:
        emit(
            {
                "recording": call.id,
                "held": target_object(call)["held"],
                "released_by": call.source.id,
                "card": {
                    part.key: {
                        "label": part.label,
                        "evidence": part.evidence or None,
                        "unknown": part.unknown,
                        "said": [finding_object(one) for one in part.said],
                    }
                    for part in parts
                },
            }
        )
    elif field:
        say_all(f"{part.label}: {part.text or 'unknown'}" for part in parts)
    else:
        say_all(lines_of(call, file_of(session, call), found))
        say_all([f"Fields: {', '.join(PARTS)}"])
