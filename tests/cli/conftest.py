"""Commands as they are typed, on a copy of the founding case."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from reviewer.casefile.case import CaseFile
from reviewer.cli.main import run
from reviewer.service import known
from reviewer.service.demo import bring_later, ensure_demo

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[Any]:
        return [json.loads(line) for line in self.out.split("\n") if line]

    @property
    def sentence(self) -> str:
        """What it said on stderr: one line, that names the program."""
        assert self.err.startswith("reviewer: "), self.err
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err.removeprefix("reviewer: ").rstrip("\n")


class Reviewer(Protocol):
    def __call__(self, *args: object, stdin: bytes = b"") -> Done: ...


@pytest.fixture
def reviewer(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Reviewer:
    """Run a command in this process."""

    def command(*args: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = run([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return command


Program = Callable[..., Done]


@pytest.fixture
def program() -> Program:
    """Run a command as a program of its own."""

    def started(
        *args: object,
        python: str = "import sys; from reviewer.cli.main import main; main()",
        env: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Done:
        done = subprocess.run(
            [sys.executable, "-c", python, *map(str, args)],
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
            check=False,
            timeout=60,
            **more,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return started


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path, _ = ensure_demo(tmp_path_factory.mktemp("founding"), "gerasimov")
    bring_later(path)
    return path


@pytest.fixture
def case(made_once: Path, tmp_path: Path) -> Path:
    """The founding case with what came later, untouched."""
    path = Path(shutil.copy(made_once, tmp_path / "gerasimov.case"))
    with CaseFile.open(path) as made:
        known.keep(path, made.about().id)
    return path
