"""The commands that only read: `queue`, `show`, `log`, `status`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.options import (
    case_argument,
    claim_argument,
    claim_of,
    filter_option,
    json_option,
    limit_option,
    looked_at,
    reader_option,
    words,
)
from reviewer.cli.out import command, emit, say, say_all
from reviewer.cli.plain import nothing

if TYPE_CHECKING:
    from reviewer.model.about import About, Status
    from reviewer.model.evidence import Provenance, Target
    from reviewer.model.scale import Scale

MOST_TEXTS = 100_000


@click.command()
@case_argument
@filter_option
@limit_option()
@reader_option
@json_option
def queue(case: Path, filter_text: str, limit: int | None, reader: str, as_json: bool) -> None:
    """List the claims of a case, the first to review first."""
    from reviewer.lines.render import queue_lines
    from reviewer.service.listing import every_row

    with looked_at(case, reader) as session:
        rows = every_row(session, session.filter(filter_text), limit=limit)
        if as_json:
            from reviewer.cli.shapes import row_object

            for row in rows:
                emit(row_object(row))
            return
        empty = True
        for line in queue_lines(rows, session.scale):
            empty = False
            say(line)
        if empty:
            say(nothing(filter_text))


@click.command()
@case_argument
@claim_argument
@reader_option
@json_option
def show(case: Path, claim: str, reader: str, as_json: bool) -> None:
    """Show a claim with its evidence, or any text of the case."""
    with looked_at(case, reader) as session:
        text = session.found_text(claim)
        if text is not None and not session.has_claim(claim):
            from reviewer.service.files_of import file_of

            _show_text(text, file_of(session, text), as_json=as_json)
            return
        from reviewer.service.files_of import files_of

        view = claim_of(session, claim)
        files = files_of(session, view)
        if as_json:
            from reviewer.cli.shapes import view_object
            from reviewer.cli.shapes_beside import beside_object

            emit({**view_object(view, session.about, files), **beside_object(session, view)})
            return
        from reviewer.lines.render import case_lines, claim_lines
        from reviewer.lines.sections import section_lines
        from reviewer.service.sections import Sections

        say_all(case_lines(session.about))
        say_all(claim_lines(view, session.scale, files))
        for section in Sections(session, reader=session.reader, claim=claim)(view):
            say_all(section_lines(section))


def _show_text(text: "Target", file: "Provenance | None", *, as_json: bool) -> None:
    if as_json:
        from reviewer.cli.shapes import target_object

        emit(target_object(text, file))
        return
    from reviewer.lines.texts import target_lines

    say_all(target_lines(text, {text.source.id: text.source.name}, file))


@click.command()
@case_argument
@click.argument("wanted", metavar="[WORDS]...", nargs=-1, type=words)
@limit_option()
@json_option
def texts(case: Path, wanted: tuple[str, ...], limit: int | None, as_json: bool) -> None:
    """List statements and recordings, by words of their titles.

    Words are looked for in ids, titles, sources and the beginnings of the texts.
    """
    with looked_at(case) as session:
        found = session.texts(" ".join(wanted), limit=limit or MOST_TEXTS)
    if as_json:
        for text in found:
            from dataclasses import asdict

            emit({**asdict(text), "held": text.held.value})
        return
    from reviewer.lines.texts import shelved_line

    say_all(map(shelved_line, found))
    if not found:
        say("No text of the case holds these words." if wanted else "The case holds no texts.")


@click.command()
@case_argument
@json_option
def status(case: Path, as_json: bool) -> None:
    """Say how far a case has come."""
    from reviewer.service.agreeing import agreed_at_once
    from reviewer.service.grading import debt

    with looked_at(case) as session:
        about, scale, found = session.about, session.scale, session.status()
        due = session.count_due()
        ungraded = debt(session)
        several, agreed = agreed_at_once(session)
    if as_json:
        from dataclasses import asdict

        said = {"title": about.title, "exercise": about.exercise, **asdict(found), "due": due}
        owed = dict(zip(("ungraded_sources", "sources"), ungraded or (), strict=False))
        emit({**said, **owed, "agreement": asdict(agreed) if agreed else None})
        return
    say_all(_progress(about, scale, found))
    if due:
        say(f"Due for another look: {due}; --filter due:yes lists them")
    if ungraded:
        say(f"Ungraded sources: {ungraded[0]} of {ungraded[1]}")
    if several:
        from reviewer.service.telling_agreement import summed_up

        say_all(f"{label}: {value}" for label, value in summed_up(several, agreed))
        say(f"By pair and by value: {command('agreement', case)}")


def _progress(about: "About", scale: "Scale", found: "Status") -> Iterator[str]:
    from reviewer.lines.parts import one_line
    from reviewer.lines.render import case_lines

    yield from case_lines(about)
    yield f"Claims: {found.claims}; decided {found.decided}, undecided {found.undecided}"
    tables = {
        "Work": {state.replace("_", " "): n for state, n in found.states.items()},
        "Verdicts": {scale.label(value): n for value, n in found.verdicts.items()},
        "Readers": found.readers,
    }
    for label, counts in tables.items():
        said = ", ".join(f"{name} {n}" for name, n in counts.items()) or "none yet"
        yield one_line(f"{label}: {said}")
    yield f"Verdicts since midnight (UTC): {found.today}"
    if found.stale:
        yield f"Stale verdicts, because what they rest on has changed: {found.stale}"
    if found.orphans:
        yield f"Orphan excerpts, because their words no longer stand: {found.orphans}"
