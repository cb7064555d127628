"""What several commands take, and the session that they work on."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.out import command
from reviewer.cli.sessions import looked_at as looked_at
from reviewer.cli.sessions import opened as opened
from reviewer.model.errors import NotFoundError, ReviewerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.decorators import FC

    from reviewer.model.claims import ClaimView
    from reviewer.service.session import Session

LOOKED_THROUGH = 20_000
"""So many ids are compared with one that does not exist, to name those that are near."""


def words(value: str) -> str:
    """Text that can be kept: bytes that are no UTF-8 arrive as halves of characters."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise click.BadParameter("it is not UTF-8.") from None
    return value


PATH = click.Path(path_type=Path)

case_argument = click.argument("case", type=PATH)
claim_argument = click.argument("claim", type=words)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
reader_option = click.option(
    "--as",
    "reader",
    metavar="READER",
    default="",
    type=words,
    help="Who is reading; else the name you gave at the first start, else the account.",
)
filter_option = click.option(
    "--filter",
    "filter_text",
    metavar="Q",
    default="",
    type=words,
    help="Only these claims: state:undecided tag:casualties -tag:dup kharkiv",
)


def limit_option(default: int | None = None, *, most: int | None = None) -> "Callable[[FC], FC]":
    """How many are listed: `default` where nothing is said, and never more than `most`."""
    return click.option(
        "--limit",
        metavar="N",
        type=click.IntRange(1, most),
        default=default,
        show_default=default is not None,
        help="At most so many.",
    )


as_of_option = click.option(
    "--as-of",
    metavar="DAY",
    default="",
    type=words,
    help="The day as of which the verdict holds, 2022-03-08; else the day it is given.",
)


def again(verb: str, session: "Session", *more: str) -> str:
    """A command to type on this case that acts for the same reader."""
    return command(verb, session.case.path, *more, *_as_reader(session.reader))


def _as_reader(name: str) -> tuple[str, ...]:
    """The option that names this reader, where a command without it would take another."""
    from reviewer.service.identity import usual_reader

    # What was done is done: broken settings, which --as passes over, are no error here.
    with contextlib.suppress(ReviewerError):
        if name == usual_reader().strip():
            return ()
    return ("--as", name)


def claim_of(session: "Session", claim: str) -> "ClaimView":
    """A claim with everything on it.

    Raises:
        NotFoundError: there is none; names the ids that come near.
    """
    try:
        return session.view(claim)
    except NotFoundError as error:
        near = _near(session, claim)
        if not near:
            raise NotFoundError(
                f"{error.sentence} To see its claims: {command('queue', session.case.path)}"
            ) from None
        meant = " or ".join(f"'{id_}'" for id_ in near)
        raise NotFoundError(f"{error.sentence} Did you mean {meant}?") from None


def _near(session: "Session", claim: str) -> list[str]:
    ids = {_spelled(row.id): row.id for row in session.rows(limit=LOOKED_THROUGH)}
    wanted = _spelled(claim)
    if wanted in ids:
        return [ids[wanted]]
    import difflib

    return [ids[key] for key in difflib.get_close_matches(wanted, ids, n=3, cutoff=0.7)]


def _spelled(id_: str) -> str:
    """An id without what is easily mistyped: `C-1` for `c-01`."""
    import re

    return re.sub(r"[\s_-]+|(?<!\d)0+(?=\d)", "", id_.casefold())
