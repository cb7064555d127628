"""Verdicts that age: `reopen`, `recheck`, `changes`."""

from pathlib import Path

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
from reviewer.cli.out import emit, say

why_option = click.option("--why", metavar="T", default="", type=words, help="The reason.")


@click.command()
@case_argument
@claim_argument
@why_option
@reader_option
@json_option
def reopen(case: Path, claim: str, why: str, reader: str, as_json: bool) -> None:
    """Put a judged claim back into the queue.

    Its verdicts are stale from then on; the old value, note and excerpts are there to start from.
    """
    from reviewer.service import ageing

    with opened(case, reader) as session:
        entry = ageing.reopen(session, claim_of(session, claim), why)
        told(session, entry, as_json=as_json)


@click.command()
@case_argument
@claim_argument
@click.argument("day", default="", type=words)
@why_option
@reader_option
@json_option
def recheck(case: Path, claim: str, day: str, why: str, reader: str, as_json: bool) -> None:
    """Set the day on which a claim is to be looked at again.

    DAY is a date, 2022-05-24, or +14 for in two weeks; without it the one you set is taken back.
    From that day on the claim is found by the filter due:yes and counted by `status`.
    """
    from reviewer.service import ageing

    with opened(case, reader) as session:
        entry = ageing.recheck(session, claim_of(session, claim), day.strip(), why)
        told(session, entry, as_json=as_json)


@click.command()
@case_argument
@claim_argument
@reader_option
@json_option
def changes(case: Path, claim: str, reader: str, as_json: bool) -> None:
    """Say what changed between a verdict and the next.

    In words, and as a diff of their evidence: + is new, - is gone, ! is changed.
    """
    from reviewer.insight.ageing import evidence, sentences
    from reviewer.lines.parts import one_line
    from reviewer.service import ageing

    with looked_at(case, reader) as session:
        found = ageing.changes(session, claim_of(session, claim))
        scale = session.scale
    if as_json:
        from reviewer.cli.shapes import change_object

        for one in found:
            emit(change_object(one, scale))
        return
    for one in found:
        say(f"Verdict by {one_line(one.new.reader)}:")
        for line in (*sentences(one, scale), *evidence(one)):
            say(f"  {one_line(line)}")
    if not found:
        say(f"No verdict on {one_line(claim)} was replaced by another.")
