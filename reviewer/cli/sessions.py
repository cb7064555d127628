"""The session that a command works on."""

from __future__ import annotations

import contextlib

from reviewer.model.errors import CaseBusyError

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reviewer.service.session import Session


@contextlib.contextmanager
def opened(case: Path, reader: str = "", *, readonly: bool = False) -> Iterator[Session]:
    """A session on a case, as the reader named here, in the settings, or the account.

    Raises:
        ReviewerError: the case cannot be opened, or the name or the settings cannot be.
    """
    from reviewer.service import known
    from reviewer.service.identity import usual_reader
    from reviewer.service.session import Session

    name = reader or usual_reader()
    known.meet(case)
    with Session.open(case, name, readonly=readonly) as session:
        known.remember(session.case)
        if session.case.mended:
            from reviewer.cli.out import remark

            remark(session.case.mended)
        yield session


@contextlib.contextmanager
def looked_at(case: Path, reader: str = "") -> Iterator[Session]:
    """A session that only reads.

    The file is open for writing where it can be: a reader who may not write cannot put
    SQLite's own files beside it away. Where somebody writes for long, reading goes on.
    """
    with contextlib.ExitStack() as stack:
        try:
            session = stack.enter_context(opened(case, reader))
        except CaseBusyError:
            session = stack.enter_context(opened(case, reader, readonly=True))
        yield session
