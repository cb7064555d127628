"""`readers`, `enrol` and `seal`: who wrote, and whose key stands behind it."""

import sys
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.options import (
    PATH,
    case_argument,
    json_option,
    looked_at,
    opened,
    reader_option,
    words,
)
from reviewer.cli.out import command, emit, say

if TYPE_CHECKING:
    from reviewer.service.session import Session


@click.command()
@case_argument
@json_option
def readers(case: Path, as_json: bool) -> None:
    """List who wrote, on which devices, and what is sealed.

    A device signs what is written on it. A seal by a reader's own SSH key shows that it was
    this person.
    """
    from reviewer.model.clock import iso, minute
    from reviewer.service.readers import SHOWN, written
    from reviewer.text.display import display

    with looked_at(case) as session:
        rows = written(session)
    if as_json:
        for row in rows:
            emit({**asdict(row), "at": iso(row.at)})
        return
    if not rows:
        say("Nobody has recorded anything in this case yet.")
    for name, chains in groupby(sorted(rows, key=lambda row: row.reader), lambda row: row.reader):
        say(display(name))
        for row in chains:
            device = f"device {row.device[:SHOWN]}" if row.device else "no device key"
            count = f"{row.entries:,} {'entry' if row.entries == 1 else 'entries'}"
            say(f"  {device}, {count}, the last {minute(row.at)}: {row.words}")


@click.command()
@case_argument
@click.argument("name", required=False, default="", type=words)
@click.option(
    "--key",
    type=PATH,
    metavar="FILE",
    help="An SSH key, or its .pub file where an agent holds it; else the one git signs with.",
)
@json_option
def enrol(case: Path, name: str, key: Path | None, as_json: bool) -> None:
    """Bind a name to your SSH key, and seal your work with it.

    NAME is yours if it is left out. From then on the key seals your work at the end of each
    sitting, before a bundle and before an export. A key with a passphrase must be held by an
    agent (ssh-add).
    """
    from reviewer.model.signing import blob_of, fingerprint
    from reviewer.service.sealing import enrol as bind

    with opened(case, name) as session:
        entry, sealing = bind(session, key)
        fingered = fingerprint(blob_of(str(entry.data["key"])))
        if as_json:
            emit({"reader": session.reader, "key": fingered, **asdict(sealing)})
            return
        say(f"Recorded: {session.reader} seals with the key {fingered} ({entry.id[:12]}).")
    say(sealing.sentence)
    say(f"To see who wrote and what is sealed: {command('readers', case)}")


@click.command()
@case_argument
@reader_option
@json_option
def seal(case: Path, reader: str, as_json: bool) -> int:
    """Seal what you wrote on this device with your SSH key."""
    from reviewer.service.sealing import bound_keys
    from reviewer.service.sealing import seal as seal_now

    with opened(case, reader) as session:
        sealing = seal_now(session)
        bound = bound_keys(session)
    if as_json:
        emit(asdict(sealing))
    elif sealing.sentence:
        say(sealing.sentence)
    elif bound:
        say("All that you wrote on this device is sealed already.")
    else:
        say(f"No key is bound to your name; bind one with: {command('enrol', case)}")
    return 1 if sealing.why_not or not bound else 0


def seal_and_tell(session: "Session") -> None:
    """Seal at the end of a sitting or before a file is handed on, and say what came of it."""
    from reviewer.service.sealing import seal as seal_now

    sealing = seal_now(session)
    later = f" Later: {command('seal', session.case.path)}" if sealing.why_not else ""
    if sealing.sentence:
        print(f"{sealing.sentence}{later}", file=sys.stderr)
