"""Opening a case in the front end that is asked for. Without click: the first claim waits."""

from __future__ import annotations

import contextlib
import os

from reviewer.cli.naming import ask_name, is_nameless
from reviewer.cli.plain import at_terminal, emit_case, is_terminal, print_case
from reviewer.cli.sessions import looked_at, opened
from reviewer.model.errors import ReviewerError

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from pathlib import Path

    from reviewer.service.session import Session


def open_case(
    case: Path,
    reader: str = "",
    filter_text: str = "",
    *,
    plain: bool = False,
    readonly: bool = False,
    as_of: str = "",
    as_json: bool = False,
) -> int:
    """Open a case in the front end that is asked for; returns the exit code.

    Raises:
        ReviewerError: the desk is asked for where it cannot be shown.
        UsageError: `as_of` is no day that has come.
    """
    if as_of:
        from reviewer.casefile.ledger import wall_clock
        from reviewer.service.ageing import checked_as_of

        checked_as_of(as_of, wall_clock())
    if as_json:
        with looked_at(case, reader) as session:
            emit_case(session, filter_text)
        return 0
    if plain or wants_plain():
        from reviewer.lines.front import run_plain

        if at_terminal() and not reader and is_nameless():
            _ask_name(case, filter_text)
        with opened(case, reader, readonly=readonly) as session:
            session.as_of = as_of
            code = run_plain(session, filter_text=filter_text)
            _end(session)
            return code
    if is_terminal():
        if not reader and is_nameless():
            _ask_name(case, filter_text)
        # First of all: what is typed from now on is kept, and not echoed.
        from reviewer.desk.terminal import Terminal

        with Terminal() as terminal:
            from reviewer.desk.opening import run_desk
            from reviewer.service.config import load_config

            config = load_config()
            with opened(case, reader, readonly=readonly) as session:
                session.as_of = as_of
                session.filter(filter_text)
                code = run_desk(session, terminal, filter_text=filter_text, config=config)
                if not code:
                    _end(session)
                return code
    from reviewer.cli.out import command

    # What is wrong with the case or the filter is said first.
    with looked_at(case, reader) as session:
        session.filter(filter_text)
    options = [*_given("--as", reader), *_given("--filter", filter_text)]
    options += ["--readonly"] if readonly else []
    raise ReviewerError(_no_desk(case, command("review", case, *options, "--plain")))


def open_demo(
    folder: Path | None, *, exercise: bool, later: bool = False, as_json: bool = False
) -> int:
    """Make the case where it is not there yet, and open it; returns the exit code."""
    from reviewer.cli.out import say
    from reviewer.service.demo import ensure_demo

    path, made = ensure_demo(folder, "exercise" if exercise else "gerasimov")
    if made and is_terminal() and not as_json:
        say(f"Made {path}")
    if later:
        _bring_later(path)
    if at_terminal() or as_json or wants_plain():
        return open_case(path, as_json=as_json)
    with looked_at(path) as session:
        print_case(session)
    return 0


def _bring_later(path: Path) -> None:
    from reviewer.cli.out import remark
    from reviewer.service.demo import LATER, bring_later
    from reviewer.shipped import shipped

    added = bring_later(path).new
    what = f"Imported {added} records" if added else "Nothing is new"
    remark(f"{what} from {shipped(LATER)}.")


def _ask_name(case: Path, filter_text: str) -> None:
    """Ask for the name, once; what is wrong with the case or the filter is said before."""
    with looked_at(case) as session:
        session.filter(filter_text)
    ask_name()


def _end(session: Session) -> None:
    """Sum the sitting up and seal it, with the terminal as it was before."""
    from reviewer.cli.sealing import seal_and_tell

    if session.acts:
        from reviewer.cli.out import say_all
        from reviewer.lines.parts import one_line
        from reviewer.service.summing import leaving, summary

        # It is a courtesy: what keeps it from being read is no fault of the sitting.
        with contextlib.suppress(ReviewerError):
            say_all(map(one_line, leaving(summary(session))))
    seal_and_tell(session)


def wants_plain() -> bool:
    """Whether the reader wants plain lines of every program."""
    # What screen readers' users set for every program that draws.
    return bool(os.environ.get("ACCESSIBLE"))


def _given(option: str, value: str) -> tuple[str, ...]:
    return (option, value) if value else ()


def _no_desk(case: Path, plain: str) -> str:
    """Why the desk cannot be shown here, and what can be done."""
    from reviewer.cli.out import command

    if at_terminal():
        term = os.environ.get("TERM") or "not set"
        return f"This terminal cannot show the desk (TERM is {term}); to work here: {plain}"
    return (
        "The desk needs a terminal for its input and output; to print the case:"
        f" {command('queue', case)} or {command('show', case)} CLAIM; to work in lines: {plain}"
    )
