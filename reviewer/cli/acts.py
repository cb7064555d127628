"""The acts of a reader from a script: `decide`, `note`, `set-aside`, `withdraw`, `undo`, `redo`.

Each prints what it recorded, with the id of the entry.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.options import (
    again,
    as_of_option,
    case_argument,
    claim_argument,
    claim_of,
    json_option,
    opened,
    reader_option,
    words,
)
from reviewer.cli.out import command, emit, remark, say
from reviewer.model.errors import ReasonNeededError, ReviewerError, UsageError
from reviewer.model.naming import is_by

if TYPE_CHECKING:
    from reviewer.model.canonical import Json
    from reviewer.model.claims import ClaimView
    from reviewer.model.entry import Entry
    from reviewer.model.judgements import LogLine
    from reviewer.service.session import Session


def told(session: "Session", entry: "Entry", *, as_json: bool) -> None:
    """Say what was recorded, and how to take it back."""
    if as_json:
        from reviewer.cli.shapes import entry_object

        emit(entry_object(entry, session.reader))
        return
    _say_line(session.tell(entry))
    say(f"To undo it: {again('undo', session)}")


def stands_already(id_: str | None, words: str, *, as_json: bool) -> None:
    """Say that an act would have changed nothing, and that nothing was recorded."""
    if as_json:
        emit({"id": id_, "unchanged": True})
    else:
        say(f"{words}; nothing new was recorded.")


def _for_rivals(session: "Session", entry: "Entry") -> None:
    from reviewer.service.rivals import after_verdict

    if follows := after_verdict(session, entry.claim, str(entry.data["value"])):
        say(follows.strip())


def _say_line(line: "LogLine") -> None:
    say(f"Recorded for {line.reader}: {line.sentence} ({line.id[:12]})")


@click.command()
@case_argument
@claim_argument
@click.argument("verdict", type=words)
@click.option("--note", metavar="T", type=words, help="A note with it; else the note that stands.")
@click.option("--reason", metavar="T", type=words, help="Why, though it rests on too few origins.")
@click.option("--likelihood", metavar="W", type=words, help="A word of ICD 203; '' takes it back.")
@click.option("--confidence", metavar="W", type=words, help="high, moderate or low; '' likewise.")
@as_of_option
@reader_option
@json_option
def decide(
    case: Path,
    claim: str,
    verdict: str,
    note: str | None,
    reason: str | None,
    likelihood: str | None,
    confidence: str | None,
    as_of: str,
    reader: str,
    as_json: bool,
) -> None:
    """Record a verdict, a value of the case's scale."""
    estimates = {"likelihood": likelihood, "confidence": confidence}
    more: dict[str, Json] = {key: word for key, word in estimates.items() if word is not None}
    with opened(case, reader) as session:
        view = claim_of(session, claim)
        if as_of:
            _hold_as_of(session, view, as_of)
        words_ = {"reason": reason} if reason is not None else {}
        try:
            entry = session.decide(view, verdict, note, more=more, words=words_)
        except ReasonNeededError as error:
            raise ReviewerError(f'{error.sentence} Say why with --reason "..."') from None
        if entry is not None:
            _check_words(view, note or "")
            told(session, entry, as_json=as_json)
            if not as_json:
                _for_rivals(session, entry)
            return
        mine = view.mine(session.reader)
        words = f"Your verdict {session.scale.named(verdict).label} on {claim} stands already"
        stands_already(mine.id if mine else None, words, as_json=as_json)


def _hold_as_of(session: "Session", view: "ClaimView", as_of: str) -> None:
    from reviewer.service.ageing import checked_as_of, mind

    session.as_of = checked_as_of(as_of, session.clock())
    if said := mind(view, as_of):
        remark(said)


@click.command()
@case_argument
@claim_argument
@click.argument("text", type=words)
@reader_option
@json_option
def note(case: Path, claim: str, text: str, reader: str, as_json: bool) -> None:
    """Write or replace your note on a claim.

    Where TEXT is -, it is read from the standard input. An empty TEXT removes the note.
    """
    words = _from_stdin() if text == "-" else text
    if text == "-" and not words.strip():
        named = ("--as", reader) if reader else ()
        raise ReviewerError(
            "The standard input is empty and nothing was recorded; to remove a note say:"
            f" {command('note', case, claim, '', *named)}"
        )
    with opened(case, reader) as session:
        view = claim_of(session, claim)
        entry = session.note(view, words)
        if entry is not None:
            _check_words(view, words)
            told(session, entry, as_json=as_json)
            return
        held = (held.id for held in view.notes if is_by(held.reader, session.reader))
        stands_already(next(held, None), f"Your note on {claim} stands as it is", as_json=as_json)


def _check_words(view: "ClaimView", text: str) -> None:
    """Say on stderr what ICD 203 does not let stand in a note, where the case goes by it."""
    if not view.rules.likelihood:
        return
    from reviewer.insight.wording import first_fault

    fault = first_fault(text)
    if fault:
        remark(f"The note on {view.claim.id} is recorded, but {fault}.")


def _from_stdin() -> str:
    if sys.stdin is None:  # it was closed before the program began
        return ""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"The note on the standard input is not UTF-8 at byte {error.start}."
        ) from None


@click.command("set-aside")
@case_argument
@claim_argument
@click.option("--back", is_flag=True, help="Take it back into the queue.")
@reader_option
@json_option
def set_aside(case: Path, claim: str, back: bool, reader: str, as_json: bool) -> None:
    """Set a claim aside for later."""
    with opened(case, reader) as session:
        view = claim_of(session, claim)
        entry = session.set_aside(view, on=not back)
        if entry is None:
            words = f"{claim} is {'in the queue' if back else 'set aside'} already"
            stands_already(None, words, as_json=as_json)
        else:
            told(session, entry, as_json=as_json)


@click.command()
@case_argument
@claim_argument
@reader_option
@json_option
def withdraw(case: Path, claim: str, reader: str, as_json: bool) -> None:
    """Take your verdict on a claim back."""
    with opened(case, reader) as session:
        told(session, session.withdraw(claim_of(session, claim)), as_json=as_json)


@click.command()
@case_argument
@click.argument("entry", required=False, default="", type=words)
@reader_option
@json_option
def undo(case: Path, entry: str, reader: str, as_json: bool) -> None:
    """Undo your newest act, in whichever session you did it.

    Or the act ENTRY, if it is yours and in force: the beginning of an id as `log --ids` shows it.
    """
    with opened(case, reader) as session:
        line = session.undo_act(session.logged(entry).id) if entry else session.undo()
        _answered(line, again("redo", session), as_json=as_json)


@click.command()
@case_argument
@reader_option
@json_option
def redo(case: Path, reader: str, as_json: bool) -> None:
    """Bring back what you undid last."""
    with opened(case, reader) as session:
        _answered(session.redo(), again("undo", session), as_json=as_json)


def _answered(line: "LogLine", back: str, *, as_json: bool) -> None:
    if as_json:
        from reviewer.cli.shapes import line_object

        emit(line_object(line))
        return
    _say_line(line)
    say(f"To take that back: {back}")
