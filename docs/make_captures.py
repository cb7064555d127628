"""Take the pictures of the program that the documents show, from the program itself.

`python docs/make_captures.py` writes docs/captures/ and the pictures in README.md, between
`<!-- capture:NAME -->` and `<!-- /capture -->`; with `--check` it writes nothing and exits 1
if anything would change.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent
DEMO = (sys.executable, "-m", "reviewer", "demo", "--dir", "demo")
EXERCISE = (*DEMO, "--exercise")


@dataclass(frozen=True)
class Capture:
    """One picture: what to run, what to press once `ready` is seen, what to see then."""

    name: str
    columns: int
    rows: int
    command: tuple[str, ...]
    ready: str
    keys: tuple[str, ...] = ()
    shows: str = ""
    asked: bool = False
    """Whether it is a first start, which asks for the name."""


CAPTURES = (
    Capture("desk-80x24", 80, 24, DEMO, ready="READ", asked=True),
    Capture("desk-120x40", 120, 40, EXERCISE, ready="READ", asked=True),
    Capture("desk-200x60", 200, 60, EXERCISE, ready="READ", asked=True),
)

BLOCK = re.compile(
    r"^(<!-- capture:(?P<name>[\w-]+) -->\n)(?:(?!<!-- ).*\n)*?(<!-- /capture -->)$", re.MULTILINE
)
MARK = re.compile(r"^<!-- (?:capture:.*|/capture) -->$", re.MULTILINE)


def terminal_class() -> type[Terminal]:
    """The terminal of the tests: this script runs from anywhere."""
    sys.path.insert(0, str(ROOT))
    from tests.terminal import Terminal as Found

    return Found


def take(capture: Capture) -> str:
    """Run the program in an empty home and return its screen, one line a row."""
    with tempfile.TemporaryDirectory(prefix="captures-") as home:
        # A relative --dir keeps the name of the temporary directory out of the picture.
        environment = {"HOME": home, "LOGNAME": "ada", "PYTHONPATH": str(ROOT)}
        with terminal_class()(
            capture.command, capture.columns, capture.rows, env=environment, cwd=home
        ) as term:
            if capture.asked:
                term.wait_for("Your name")
                term.press("enter")
            term.wait_for(capture.ready)
            term.settle(gap=0.3)
            term.press(*capture.keys)
            term.wait_for(capture.shows)
            term.settle(gap=0.3)
            return "\n".join(term.screen) + "\n"


def with_pictures(text: str, pictures: dict[str, str]) -> str:
    """Put each picture, fenced, between its two marks."""
    blocks = list(BLOCK.finditer(text))
    unknown = [block["name"] for block in blocks if block["name"] not in pictures]
    if unknown:
        raise ValueError(f"no capture is called {', '.join(unknown)}")
    if len(MARK.findall(text)) != 2 * len(blocks):
        raise ValueError("a capture mark has no partner")

    def fill(block: re.Match[str]) -> str:
        picture = pictures[block["name"]]
        fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", picture))])
        return f"{block[1]}{fence}\n{picture}{fence}\n{block[3]}"

    return BLOCK.sub(fill, text)


def changes(captures: Sequence[Capture], root: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file that is not what it should be, with the text it should have."""
    pictures = {capture.name: take(capture) for capture in captures}
    wanted = {root / "docs" / "captures" / f"{name}.txt": pictures[name] for name in pictures}
    readme = root / "README.md"
    if readme.exists():
        wanted[readme] = with_pictures(readme.read_text(encoding="utf-8"), pictures)
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield path, text


def main(
    arguments: Sequence[str] | None = None,
    captures: Sequence[Capture] = CAPTURES,
    root: Path = ROOT,
) -> int:
    """Bring the pictures up to date, or say which are not; return the exit status."""
    parser = argparse.ArgumentParser(description="Take the pictures that the documents show.")
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 on a change")
    check = parser.parse_args(arguments).check
    try:
        changed = list(changes(captures, root))
    except (AssertionError, ValueError) as error:
        print(f"make_captures: {error}", file=sys.stderr)
        return 1
    for path, text in changed:
        print(f"{'differs' if check else 'written'}: {path.relative_to(root)}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if check and changed else 0


if __name__ == "__main__":
    raise SystemExit(main())
