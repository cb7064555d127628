"""The desk in a real pseudo-terminal, as a reader starts it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.screen import Screen
from tests.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]


def environment(home: Path, **more: str) -> dict[str, str]:
    return {"HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **more}


def program(*args: str) -> list[str]:
    return [sys.executable, "-m", "reviewer", *args]


def start(
    home: Path,
    *args: str,
    size: tuple[int, int] = (80, 24),
    answers: bool = True,
    kind: type[Screen] = Screen,
    **more: str,
) -> Terminal:
    """The program in a terminal; `more` goes into its environment."""
    env = environment(home, **more)
    return Terminal(program(*args), *size, env=env, cwd=home, answers=answers, kind=kind)


def review(home: Path, case: Path, *args: str, **how: Any) -> Terminal:
    return start(home, "review", str(case), "--as", "ada", *args, **how)


def shown(home: Path, case: Path, claim: str) -> dict[str, Any]:
    """What `reviewer show --json` says of a claim."""
    done = subprocess.run(
        program("show", str(case), claim, "--json"),
        env=environment(home, PATH="/usr/bin:/bin"),
        capture_output=True,
        check=True,
        text=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
