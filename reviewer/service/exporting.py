"""Writing what a case holds into files of other formats: whole or not at all."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.casefile.case import CaseFile
from reviewer.casefile.opening import SQLITE_MAGIC
from reviewer.files import give_name
from reviewer.model.errors import ReviewerError, UsageError
from reviewer.model.tables import KINDS
from reviewer.service.gathering import Asked, Gathered
from reviewer.service.session import ALL, Session
from reviewer.text.units import counted
from reviewer.writers import FORMATS

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
EVERY_TABLE = "all"
FOLDERS = ("bag",)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written. `guarded` counts the cells kept from running as formulas."""

    path: Path
    format: str
    claims: int
    guarded: int


def export(
    session: Session,
    format_name: str,
    out: Path,
    asked: Asked | None = None,
    *,
    filter_text: str = "",
    force: bool = False,
) -> Exported:
    """Write the claims of a filter, as the case is now: all of it or nothing.

    Args:
        session: whose reader the filter means by `me`.
        format_name: one of `writers.FORMATS`.
        out: the file, or for a bag and for all tables the folder; its owner alone reads it.
        asked: what the format needs to know.
        filter_text: which claims; all of them where it is empty.
        force: take the place of a file that is there.

    Raises:
        ReviewerError: there is such a file, it cannot be written, or a claim cannot be
            published as it stands.
        UsageError: no such format or table, or a filter that cannot be understood.
    """
    asked = asked or Asked()
    gathered = _gathered(session, format_name, asked, filter_text)
    if format_name == "bag":
        return _bag(session, out, asked, filter_text)
    if asked.table == EVERY_TABLE:
        return _tables(gathered, format_name, out)
    _check(out, force=force)
    with session.case.snapshot():
        _write_whole(out, gathered.text(format_name), force=force)
    return Exported(out, format_name, gathered.claims, gathered.guarded)


def export_to(
    session: Session,
    format_name: str,
    pour: Callable[[Iterator[str]], None],
    asked: Asked | None = None,
    *,
    filter_text: str = "",
) -> int:
    """Give the text of such a file out piece by piece, as the case is now.

    Returns:
        How many cells were kept from running as formulas.

    Raises:
        UsageError: no such format, one that is a folder, or a filter that cannot be
            understood.
        ReviewerError: a claim cannot be published as it stands.
    """
    asked = asked or Asked()
    if format_name in FOLDERS or asked.table == EVERY_TABLE:
        raise UsageError("That is a folder and cannot be printed; name one in place of -.")
    gathered = _gathered(session, format_name, asked, filter_text)
    with session.case.snapshot():
        pour(gathered.text(format_name))
    return gathered.guarded


def _gathered(session: Session, format_name: str, asked: Asked, filter_text: str) -> Gathered:
    if format_name not in FORMATS:
        raise UsageError(f"There is no format '{format_name}'; there is: {', '.join(FORMATS)}.")
    if asked.table and format_name not in ("csv", "jsonl"):
        raise UsageError(f"--table is for csv and jsonl; {format_name} has no tables.")
    if asked.table and asked.table not in (*KINDS, EVERY_TABLE):
        known = ", ".join((*KINDS, EVERY_TABLE))
        raise UsageError(f"There is no table '{asked.table}'; there is: {known}.")
    filter_ = session.filter(filter_text) if filter_text.strip() else ALL
    return Gathered(session, filter_, asked)


def _tables(gathered: Gathered, format_name: str, out: Path) -> Exported:
    """Every table as a file of its own in a new folder."""
    _check_folder(out)
    try:
        unborn = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".new", dir=out.parent))
    except OSError as error:
        raise _cannot_write(out, error) from error
    try:
        with gathered.session.case.snapshot():
            for kind in KINDS:
                gathered.claims = 0
                gathered.asked = replace(gathered.asked, table=kind)
                file = unborn / f"{kind}.{format_name}"
                _write_whole(file, gathered.text(format_name), force=False)
        unborn.rename(out)
    except OSError as error:
        raise _cannot_write(out, error) from error
    finally:
        shutil.rmtree(unborn, ignore_errors=True)
    return Exported(out, format_name, gathered.claims, gathered.guarded)


def _bag(session: Session, out: Path, asked: Asked, filter_text: str) -> Exported:
    from reviewer.casefile import verbatim
    from reviewer.writers import bag
    from reviewer.writers.bag_contents import Part, contents

    if filter_text.strip():
        raise UsageError("A bag holds the whole case; leave out --filter.")
    blind = session.read_blind()
    if blind:
        raise ReviewerError(
            "Not written: a bag has the whole ledger, and what was recorded on"
            f" {counted(blind, 'claim')} is not to be seen until both readings are in. Other"
            " formats leave it out."
        )
    about, claims = session.about, session.count()

    def parts(copy: Path) -> Iterable[Part]:
        # All of it is read from the copy, so that everything in a bag says the same.
        with CaseFile.open(copy, readonly=True) as copied, copied.read() as con:
            reading = Session(copied, session.reader, clock=session.clock)
            gathered = Gathered(reading, ALL, asked)
            yield from contents(
                about,
                at=session.clock(),
                evidence=gathered.jsonl(),
                dossier=gathered.html(),
                entries=verbatim.entries(con),
                texts=verbatim.texts(con),
                signatures=verbatim.signatures(con),
                bindings=verbatim.bindings(con),
            )

    done = bag.write(
        out,
        about,
        session.case.backup,
        parts,
        at=session.clock(),
        organisation=asked.organisation,
    )
    return Exported(done.path, "bag", claims, 0)


def _check_folder(out: Path) -> None:
    if os.path.lexists(out):
        raise ReviewerError(f"{out} exists already; name another folder.")
    if not out.parent.is_dir():
        raise ReviewerError(f"There is no folder {out.parent}; make it first.")


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
        with contextlib.suppress(OSError):
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
