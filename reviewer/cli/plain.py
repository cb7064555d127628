"""What is printed of a case where no desk can be opened: its queue and one claim."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.service.session import Session

ROWS = 100


def at_terminal() -> bool:
    """Whether somebody sits before a terminal of any kind."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def is_terminal() -> bool:
    """Whether somebody sits before a terminal that can show the desk."""
    return at_terminal() and os.environ.get("TERM", "") not in ("", "dumb", "unknown")


def nothing(filter_text: str) -> str:
    """Why a queue is empty."""
    return "No claim matches this filter." if filter_text.strip() else "The case has no claims."


def print_case(session: Session, filter_text: str = "") -> None:
    """Print the queue and its first claim with the evidence."""
    from reviewer.cli.out import say_all

    say_all(_lines(session, filter_text))


def emit_case(session: Session, filter_text: str = "") -> None:
    """Print the same as one JSON document; `more` counts the claims left out of the queue."""
    from reviewer.cli.out import emit
    from reviewer.cli.shapes import row_object, view_object
    from reviewer.service.listing import every_row

    filter_ = session.filter(filter_text)
    rows = list(every_row(session, filter_, limit=ROWS))
    about = session.about
    emit(
        {
            "file": str(session.case.path),
            "case": {"title": about.title, "exercise": about.exercise},
            "queue": [row_object(row) for row in rows],
            "more": session.count(filter_) - len(rows),
            "first": view_object(session.view(rows[0].id), about) if rows else None,
        }
    )


def _lines(session: Session, filter_text: str) -> Iterator[str]:
    from reviewer.lines.parts import one_line
    from reviewer.lines.render import case_lines, claim_lines, queue_lines
    from reviewer.service.listing import every_row

    filter_ = session.filter(filter_text)
    rows = list(every_row(session, filter_, limit=ROWS + 1))
    yield from case_lines(session.about)
    yield one_line(f"File: {session.case.path}")
    if not rows:
        yield nothing(filter_text)
        return
    yield "Queue:"
    yield from queue_lines(rows[:ROWS], session.scale)
    if len(rows) > ROWS:
        yield f"and {session.count(filter_) - ROWS} more"
    yield ""
    yield from claim_lines(session.view(rows[0].id), session.scale)
