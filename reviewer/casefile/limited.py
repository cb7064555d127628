"""Doing something with a stranger's file in a process that may do little else.

What SQLite makes of hostile pages happens there: without this process's memory, environment,
open files or time, and without a file that it could make larger than it must be.

    python -I -c BEGIN FOLDER MODULE LIMITS ARGUMENT... < what is given > what it tells
"""

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import IO

import reviewer
from reviewer.model.errors import CaseError, ReviewerError

REFUSED = 3
"""What the process ends with where it has a sentence to say, on its standard error."""
LONGEST_SENTENCE = 2000
BEGIN = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from reviewer.casefile import limited; limited.begin(sys.argv[2:])"
)
PACKAGE = Path(reviewer.__file__).resolve().parent.parent


class TooLongError(CaseError):
    """The process was ended when its time by the clock was over."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may take: bytes, seconds of a processor and by the clock, open files.

    `written` is the size up to which it may write a file, in bytes. A system that does not
    know one of them goes without (macOS bounds no address space).
    """

    memory: int = 512 << 20
    cpu_s: int = 60
    wall_s: float | None = None
    files: int = 32
    written: int = 0


def run(
    module: str,
    path: Path,
    *arguments: str,
    limits: Limits,
    given: bytes = b"",
    out: IO[bytes] | None = None,
) -> None:
    """Run `main(arguments)` of a module of ours in a process with limits.

    Args:
        module: its name; `arguments[0]` is the path.
        path: the file that it is about.
        arguments: more of them.
        limits: of the process.
        given: what it reads from its standard input.
        out: where its standard output goes, or nowhere.

    Raises:
        CaseError: it refused the file, with its sentence; or it ended before its end.
        TooLongError: its time by the clock was over, on a slow disk perhaps.
    """
    told = json.dumps(asdict(limits))
    # Its own Python reads neither our environment nor the folder that we are in.
    command = [sys.executable, "-I", "-c", BEGIN, str(PACKAGE), module, told, str(path), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - nothing in it is a stranger's but a path
            command,
            input=given,
            stdout=out or subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={},
            # Ctrl+C is for this process.
            start_new_session=True,
            timeout=limits.wall_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooLongError(f"To look at {path} takes too long.") from None
    if done.returncode == REFUSED:
        raise CaseError(done.stderr[:LONGEST_SENTENCE].decode("utf-8", "replace").strip())
    if done.returncode:
        raise CaseError(f"{path} is damaged: who looked at it ended ({_how(done.returncode)}).")


def _how(code: int) -> str:
    if code >= 0:
        return f"code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def begin(arguments: Sequence[str]) -> None:
    """Within the process: take the limits upon it, and do what it is there for."""
    module, told, *rest = arguments
    _limit(Limits(**json.loads(told)))
    try:
        import_module(module).main(rest)
    except ReviewerError as error:
        _refuse(error.sentence)
    except MemoryError:
        _refuse(f"{rest[0]} is damaged: to look at it takes too much memory.")


def _refuse(sentence: str) -> None:
    sys.stderr.buffer.write(sentence.encode("utf-8", "replace"))
    sys.exit(REFUSED)


def _limit(limits: Limits) -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_s),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_FSIZE, limits.written),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (wanted, wanted))
        except (OSError, ValueError):
            continue
