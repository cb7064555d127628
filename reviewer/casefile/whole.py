"""Files that are whole from the moment they have their name: a new case, a backup."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from reviewer.casefile import engine, schema
from reviewer.casefile.engine import Connection
from reviewer.files import give_name, sync
from reviewer.model.about import About
from reviewer.model.entry import entry_id
from reviewer.model.errors import CaseError
from reviewer.model.scale import Scale


def new_about(title: str, origins: int) -> About:
    """What a new case says of itself; no other has its id."""
    return About(secrets.token_hex(16), title, "", False, origins)


def make(path: Path, scale: Scale, about: About) -> None:
    """Make an empty case.

    Raises:
        CaseError: the file exists already, or its folder cannot be written.
    """
    with making(path, f"open it with: reviewer review {path}") as unborn:
        _fill(unborn, scale, about)


def copy(con: Connection, case: Path, out: Path) -> None:
    """Make a whole and checked copy of a case.

    Raises:
        CaseError: `out` exists, its folder cannot be written, or the copy is damaged.
    """
    with making(out, "name another file for the backup.") as unborn:
        # No lock: of the case it only reads one snapshot. What must not meet a writer is a
        # checkpoint, and it makes none; under the lock everybody would wait until it is done.
        con.execute("VACUUM INTO ?", (str(unborn),))
        said = _wrong_in(unborn)
        if said:
            raise CaseError(
                f"The copy of {case} is damaged ({said}) and was not kept; ask: "
                f"reviewer doctor {case}"
            )


@contextlib.contextmanager
def making(path: Path, instead: str) -> Iterator[Path]:
    """A file to fill, for its owner alone; it gets its name at the end of the block.

    Raises:
        CaseError: there is a file of this name, `instead` says what to do then; or its folder
            cannot be written.
    """
    if os.path.lexists(path):
        raise CaseError(f"{path} exists already; {instead}")
    _can_hold(path)
    unborn = path.with_name(f".{path.name}.{os.getpid()}.new")
    with engine.sentences(path):
        try:
            os.close(os.open(unborn, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            yield unborn
            sync(unborn)
            give_name(unborn, path)
        except FileExistsError:
            raise CaseError(f"{path} exists already.") from None
        finally:
            unborn.unlink(missing_ok=True)


def _can_hold(path: Path) -> None:
    if not path.parent.is_dir():
        raise CaseError(f"There is no folder {path.parent}; make it first.")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise CaseError(f"No file can be made in {path.parent}; name a folder of your own.")


def _fill(path: Path, scale: Scale, about: About) -> None:
    con = engine.connect(path, readonly=False)
    try:
        con.execute("PRAGMA synchronous = EXTRA")
        schema.bring_up_to_date(con, path)
        con.execute("BEGIN")
        con.executemany(
            "INSERT INTO about (key, value) VALUES (?, ?)",
            [
                ("id", about.id),
                ("title", about.title),
                ("about", about.about),
                ("exercise", "yes" if about.exercise else "no"),
                *([("origins", str(about.origins))] if about.origins else []),
            ],
        )
        con.executemany(
            "INSERT INTO scale (key, value, label, help) VALUES (?, ?, ?, ?)",
            [(v.key, v.value, v.label, v.help) for v in scale.values],
        )
        con.execute("COMMIT")
    finally:
        con.close()


def _wrong_in(copy: Path) -> str:
    """What is wrong in a copy: a page, or an entry whose id is not the hash of its body."""
    con = engine.connect(copy, readonly=True)
    try:
        (said,) = con.execute("PRAGMA quick_check").fetchone()
        if said != "ok":
            return str(said)
        for id_, body in con.execute("SELECT id, body FROM entry"):
            if entry_id(body) != id_:
                return f"entry {id_.hex()[:12]} was changed"
        return ""
    finally:
        con.close()
