"""Writing what a case holds into a file of another format."""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer.casefile.case import SQLITE_MAGIC
from reviewer.files import give_name
from reviewer.model.errors import ReviewerError, UsageError
from reviewer.model.words import ClaimView
from reviewer.service.listing import every_row
from reviewer.service.session import ALL, Filter, Session
from reviewer.writers import FORMATS

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written. `guarded` counts the cells kept from running as formulas."""

    path: Path
    format: str
    claims: int
    guarded: int


def export(
    session: Session, format_name: str, out: Path, *, filter_text: str = "", force: bool = False
) -> Exported:
    """Write the claims of a filter, as the case is now, into a file: all of it or nothing.

    Args:
        session: whose reader the filter means by `me`.
        format_name: one of `writers.FORMATS`.
        out: the file; it can be read by its owner alone.
        filter_text: which claims; all of them where it is empty.
        force: take the place of a file that is there.

    Raises:
        ReviewerError: there is such a file, or it cannot be written.
        UsageError: no such format, or a filter that cannot be understood.
    """
    gathered = _gathered(session, format_name, filter_text)
    _check(out, force=force)
    with session.case.snapshot():
        _write_whole(out, gathered.text(format_name), force=force)
    return Exported(out, format_name, gathered.claims, gathered.guarded)


def export_to(
    session: Session,
    format_name: str,
    pour: Callable[[Iterator[str]], None],
    *,
    filter_text: str = "",
) -> int:
    """Give the text of such a file out piece by piece, as the case is now.

    Returns:
        How many cells were kept from running as formulas.

    Raises:
        UsageError: no such format, or a filter that cannot be understood.
    """
    gathered = _gathered(session, format_name, filter_text)
    with session.case.snapshot():
        pour(gathered.text(format_name))
    return gathered.guarded


def _gathered(session: Session, format_name: str, filter_text: str) -> "_Gathered":
    if format_name not in FORMATS:
        raise UsageError(f"There is no format '{format_name}'; there is: {', '.join(FORMATS)}.")
    return _Gathered(session, session.filter(filter_text) if filter_text.strip() else ALL)


class _Gathered:
    """The claims of a filter as the text of a file, counted on their way."""

    def __init__(self, session: Session, filter_: Filter) -> None:
        self.session = session
        self.filter = filter_
        self.claims = 0
        self.guarded = 0

    def text(self, format_name: str) -> Iterator[str]:
        match format_name:
            case "csv":
                yield from self._csv()
            case "markdown":
                yield from self._markdown()
            case _:
                yield from self._jsonl()

    def _views(self) -> Iterator[ClaimView]:
        for row in every_row(self.session, self.filter):
            self.claims += 1
            yield self.session.view(row.id)

    def _csv(self) -> Iterator[str]:
        from reviewer.writers.csv_file import Table

        table = Table(self.session.about, self.session.scale)
        yield from table.lines(self._views())
        self.guarded = table.guarded

    def _markdown(self) -> Iterator[str]:
        from reviewer.writers.markdown import dossier

        session = self.session
        yield from dossier(session.about, session.scale, self._views(), at=session.clock())

    def _jsonl(self) -> Iterator[str]:
        from reviewer.casefile.outtake import Outtake
        from reviewer.writers import jsonl_file

        with self.session.case.read() as con:
            outtake = Outtake(con)
            yield from jsonl_file.lines([outtake.case()])
            for view in self._views():
                yield from jsonl_file.lines(outtake.claim(view))
                yield from jsonl_file.lines(jsonl_file.judgements(view))
            if self.filter is ALL:
                yield from jsonl_file.lines(outtake.rest())


def _check(out: Path, *, force: bool) -> None:
    if not os.path.lexists(out):
        if not out.parent.is_dir():
            raise ReviewerError(f"There is no folder {out.parent}; make it first.")
        return
    if not force:
        raise ReviewerError(f"{out} exists already; name another file, or add --force.")
    if not out.is_file():
        raise ReviewerError(f"{out} is not an ordinary file; name another.")
    # --force is for an older export: no typing error may cost a case.
    with out.open("rb") as file:
        if file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC:
            raise ReviewerError(f"{out} is a database, perhaps a case; name another file.")


def _write_whole(out: Path, text: Iterable[str], *, force: bool) -> None:
    unborn = out.with_name(f".{out.name}.{os.getpid()}.new")
    try:
        handle = os.open(unborn, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.writelines(text)
            file.flush()
            os.fsync(file.fileno())
        if force:
            unborn.replace(out)
        else:
            give_name(unborn, out)
    except FileExistsError:
        raise ReviewerError(f"{out} exists already; name another file, or add --force.") from None
    except OSError as error:
        raise _cannot_write(out, error) from error
    finally:
        unborn.unlink(missing_ok=True)


def _cannot_write(out: Path, error: OSError) -> ReviewerError:
    if error.errno in FULL:
        return ReviewerError(
            f"The disk that holds {out} is full; nothing was written. Free some space and try"
            " again."
        )
    return ReviewerError(
        f"{out} cannot be written ({error.strerror}); name a file in a folder of your own."
    )
