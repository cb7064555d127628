"""`review` and `demo` as nearly everybody types them, understood without click.

The import of click takes longer than Python's start, and the first claim waits for it. What is
written in any other way, or wrongly, is left to click, which says what is wrong.
"""

from __future__ import annotations

from functools import partial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeGuard

FLAGS = {"--readonly": "readonly", "--plain": "plain"}
VALUES = {"--as": "reader", "--filter": "filter_text"}


def quick(args: Sequence[str]) -> Callable[[], int] | None:
    """What a command line asks for; None where click is to look at it."""
    if list(args) in (["demo"], ["demo", "--exercise"]):
        from reviewer.cli.opening import open_demo

        return partial(open_demo, None, exercise=len(args) > 1)
    if args[:1] != ["review"]:
        return None
    cases: list[str] = []
    given: dict[str, str | bool] = {}
    left = iter(args[1:])
    for arg in left:
        if arg in VALUES and _is_utf8(value := next(left, None)):
            given[VALUES[arg]] = value
        elif arg in FLAGS:
            given[FLAGS[arg]] = True
        elif not arg.startswith("-") and _is_utf8(arg):
            cases.append(arg)
        else:
            return None
    if len(cases) != 1:
        return None
    from pathlib import Path

    from reviewer.cli.opening import open_case

    return partial(open_case, Path(cases[0]), **given)  # type: ignore[arg-type]


def _is_utf8(text: str | None) -> TypeGuard[str]:
    if text is None:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
