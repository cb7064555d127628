"""Programs that are born quickly: forked from one that has imported everything already.

A desk takes half a second of processor time to start, nearly all of it for imports. Here it
takes a tenth, so that a test can end hundreds of them. Each is a process of its own all the
same: its own session, its own terminal under it, its own end.

`Nursery().terminal(["review", "my.case"])` is a `Terminal` with `reviewer review my.case`
on it.
"""

from __future__ import annotations

import fcntl
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from time import monotonic
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
LONGEST_ORDER = 65_536


class Child:
    """A program that the nursery gave birth to: as much of `subprocess.Popen` as is used."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self._nursery = nursery
        self.pid = pid

    def poll(self) -> int | None:
        """Its exit status, minus the number of the signal that ended it; None while it lives."""
        self._nursery.listen(0)
        return self._nursery.ended.get(self.pid)

    def wait(self, timeout: float = 15.0) -> int:
        """Its exit status, once it has ended."""
        until = monotonic() + timeout
        while (status := self.poll()) is None:
            assert monotonic() < until, f"process {self.pid} is still running"
            self._nursery.listen(until - monotonic())
        return status

    def used(self) -> float:
        """The processor time that it took in all, once it has ended."""
        self.wait()
        return self._nursery.used[self.pid]

    def send_signal(self, number: int) -> None:
        """Send a signal, if it lives."""
        if self.poll() is None:
            os.kill(self.pid, number)


class Nursery:
    """A process that has imported the program, and forks it when told to.

    `ended` has the exit status of each child that is dead, by its process id, and `used`
    the processor time that it took in all.
    """

    def __init__(self) -> None:
        self._ear, theirs = socket.socketpair()
        self._heard = b""
        self.ended: dict[int, int] = {}
        self.used: dict[int, float] = {}
        self._born: list[int] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.safety.nursery", str(theirs.fileno())],
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "TZ": "UTC"},
            pass_fds=[theirs.fileno()],
        )
        theirs.close()

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *_: object) -> None:
        self._ear.close()
        self._process.kill()
        self._process.wait()

    @contextmanager
    def terminal(
        self,
        arguments: Sequence[str],
        columns: int = 80,
        rows: int = 24,
        *,
        ignored: Sequence[int] = (),
        before: str = "",
        **more: Any,
    ) -> Iterator[Any]:
        """A terminal with the program on it, given these arguments.

        Args:
            arguments: of `reviewer`.
            columns: of the terminal.
            rows: of the terminal.
            ignored: signals that it is started with as ignored, as `nohup` does.
            before: Python to run in it first, as a test puts a fault into it.
            more: as for `Terminal`.
        """
        from tests import terminal

        def give_birth(command: Sequence[str], **given: Any) -> Child:
            order = {
                "arguments": list(command),
                "env": given["env"],
                "cwd": os.fspath(given["cwd"] or ROOT),
                "ignored": [int(number) for number in ignored],
                "before": before,
            }
            return self._order(order, given["stdin"])

        with patch.object(terminal, "subprocess", SimpleNamespace(Popen=give_birth)):
            made = terminal.Terminal(arguments, columns, rows, **more)
        with made:
            yield made

    def _order(self, order: Mapping[str, object], line: int) -> Child:
        # Arguments and paths may hold bytes that are no UTF-8: JSON takes them as halves.
        said = f"{json.dumps(order)}\n".encode()
        sent = socket.send_fds(self._ear, [said], [line])
        self._ear.sendall(said[sent:])
        while not self._born:
            self.listen(None)
        return Child(self, self._born.pop())

    def listen(self, seconds: float | None) -> None:
        """Take in what the nursery says within so many seconds."""
        ready, _, _ = select.select([self._ear], [], [], seconds)
        if not ready:
            return
        said = self._ear.recv(LONGEST_ORDER)
        assert said, "the nursery died"
        *lines, self._heard = (self._heard + said).split(b"\n")
        for line in lines:
            word, *numbers = line.decode().split()
            if word == "born":
                self._born.append(int(numbers[0]))
            else:
                pid, status, seconds = numbers
                self.ended[int(pid)], self.used[int(pid)] = int(status), float(seconds)


def _raise(parent: socket.socket) -> Mapping[str, Any]:
    """Give birth as often as told to; returns in each child, with its order."""
    wake, woken = os.pipe()
    os.set_blocking(woken, False)
    signal.set_wakeup_fd(woken)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        ready, _, _ = select.select([parent, wake], [], [])
        if wake in ready:
            os.read(wake, 512)
            _tell_of_the_dead(parent)
        if parent in ready:
            said, lines, _, _ = socket.recv_fds(parent, LONGEST_ORDER, 1)
            while said and not said.endswith(b"\n"):
                said += parent.recv(LONGEST_ORDER)
            if not said:
                sys.exit()
            pid = os.fork()
            if not pid:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                os.close(wake)
                os.close(woken)
                parent.close()
                order: Mapping[str, Any] = json.loads(said)
                _settle(order, lines[0])
                return order
            os.close(lines[0])
            parent.sendall(f"born {pid}\n".encode())


def _tell_of_the_dead(parent: socket.socket) -> None:
    with suppress(ChildProcessError):
        while (found := os.wait4(-1, os.WNOHANG))[0]:
            pid, status, used = found
            seconds = used.ru_utime + used.ru_stime
            parent.sendall(f"dead {pid} {os.waitstatus_to_exitcode(status)} {seconds}\n".encode())


def _settle(order: Mapping[str, Any], line: int) -> None:
    """Be what a program is that was started on a line of its own."""
    os.setsid()
    fcntl.ioctl(line, termios.TIOCSCTTY, 0)
    for handle in (0, 1, 2):
        os.dup2(line, handle)
    os.close(line)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    for number in order["ignored"]:
        signal.signal(number, signal.SIG_IGN)
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(  # noqa: SIM115
        2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
    )
    sys.argv = ["reviewer", *order["arguments"]]


def _import_all() -> None:
    import reviewer
    import reviewer.desk  # it settles what Textual reads when it is imported

    for module in pkgutil.walk_packages(reviewer.__path__, "reviewer."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for name in ("rfc8785", "textual.drivers.linux_driver", "textual.widgets._text_area"):
        import_module(name)


if __name__ == "__main__":
    _import_all()
    here = _raise(socket.socket(fileno=int(sys.argv[1])))
    from reviewer.cli.main import main

    exec(here["before"], {"__name__": "before"})
    main()
