"""`method`: the rules of a case, to set and to read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reviewer.cli.options import case_argument, json_option, looked_at, opened, reader_option, words
from reviewer.cli.out import emit, say
from reviewer.model.agreement import LINE_KEY, MINIMUM, MINIMUM_KEY
from reviewer.model.blind import READERS
from reviewer.model.errors import UsageError
from reviewer.model.method import GATED, HIDE_NAMES, LIKELIHOOD, MOST_ORIGINS, ORIGINS, READINGS
from reviewer.text.units import counted

if TYPE_CHECKING:
    from reviewer.model.canonical import Json
    from reviewer.service.session import Session

ON = {"on": True, "off": False}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its key, its option, how its value is read, found, and told.

    `value` makes of what was typed what is recorded; `now` gives what is in force.
    """

    key: str
    option: str
    help: str
    now: "Callable[[Session], Json]"
    told: "Callable[[Session, Json], str]"
    value: "Callable[[Session, Any], Json]" = field(default=lambda _, typed: typed)
    kind: click.ParamType[Any] | type = str
    metavar: str | None = None
    multiple: bool = False


def _origins(_: "Session", n: "Json") -> str:
    if not isinstance(n, int) or n < 2:
        return "independent origins are not asked for"
    return f"{n} independent origins, or a reason"


def _gated(session: "Session", values: "Json") -> str:
    return f"asked of: {_labels(session, values) or 'no verdict'}"


def _labels(session: "Session", values: "Json") -> str:
    return (
        ", ".join(session.scale.label(str(v)) for v in values) if isinstance(values, list) else ""
    )


def _said(session: "Session", key: str) -> "Json":
    """What was laid down last under a key."""
    from reviewer.model.entry import Kind
    from reviewer.model.findings import newest

    found = newest(session.findings(Kind.METHOD, "")).get(("", key))
    return found.value if found else None


def _named(session: "Session", typed: tuple[str, ...]) -> "Json":
    return [session.scale.named(one).value for one in typed]


def _readings(_: "Session", n: "Json") -> str:
    return "two, the second one blind" if n == READERS else "one; R asks for a second"


RULES = (
    Rule(
        ORIGINS,
        "--origins",
        "So many independent origins a strong verdict rests on, or a reason is asked; 0: none.",
        lambda session: session.rules().origins,
        _origins,
        kind=click.IntRange(0, MOST_ORIGINS),
        metavar="N",
    ),
    Rule(
        GATED,
        "--gated",
        "A verdict that is to rest on them; may be given again for more.",
        lambda session: list(session.rules().gated),
        _gated,
        _named,
        metavar="VALUE",
        multiple=True,
    ),
    Rule(
        LIKELIHOOD,
        "--likelihood",
        "Verdicts may carry the words of ICD 203, and notes are checked for them.",
        lambda session: session.rules().likelihood,
        lambda _, on: "used, and checked in notes" if on else "not used",
        lambda _, typed: ON[typed],
        kind=click.Choice(list(ON)),
    ),
    Rule(
        MINIMUM_KEY,
        "--minimum",
        "Under so many claims no coefficient of agreement is given.",
        lambda session: _said(session, MINIMUM_KEY) or MINIMUM,
        lambda _, n: f"no coefficient of agreement under {n} claims",
        kind=click.IntRange(2),
        metavar="N",
    ),
    Rule(
        LINE_KEY,
        "--line",
        "A verdict that lies on a line, for agreement by ranks; again for the next one.",
        lambda session: _said(session, LINE_KEY) or [],
        lambda session, values: _labels(session, values) or "as the house scale has it",
        _named,
        metavar="VALUE",
        multiple=True,
    ),
    Rule(
        READINGS,
        "--readings",
        "So many readings of every claim, or with --filter of those that it holds now.",
        lambda session: _said(session, READINGS) or 1,
        _readings,
        kind=click.IntRange(1, READERS),
        metavar="N",
    ),
    Rule(
        HIDE_NAMES,
        "--hide-names",
        "Readings that differ are settled without their readers' names.",
        lambda session: _said(session, HIDE_NAMES) is True,
        lambda _, on: "hidden until settled" if on else "shown",
        lambda _, typed: ON[typed],
        kind=click.Choice(list(ON)),
    ),
)
"""Every rule of a case that a command can set, in the order in which they are printed."""


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for rule in reversed(RULES):
        kind = words if rule.kind is str else rule.kind
        command = click.option(
            rule.option,
            f"rule_{rule.key}",
            type=kind,
            metavar=rule.metavar,
            multiple=rule.multiple,
            help=rule.help,
        )(command)
    return command


@click.command()
@case_argument
@_options
@click.option("--filter", "filter_text", metavar="Q", type=words, help="See --readings.")
@reader_option
@json_option
def method(case: Path, filter_text: str | None, reader: str, as_json: bool, **typed: Any) -> None:
    """Set rules of a case, or print those in force."""
    if filter_text is not None:
        _read_twice(case, filter_text, reader, as_json=as_json, typed=typed)
        return
    given = {rule: typed[f"rule_{rule.key}"] for rule in RULES}
    # An option that was not given is None, or no value at all where it can be repeated.
    given = {rule: one for rule, one in given.items() if one is not None and one != ()}
    if not given:
        with looked_at(case, reader) as session:
            _print(session, as_json=as_json)
        return
    with opened(case, reader) as session:
        from reviewer.model.entry import Kind

        values = {rule: rule.value(session, one) for rule, one in given.items()}
        for rule, value in values.items():
            session.find(Kind.METHOD, "", rule.key, value)
        _print(session, as_json=as_json)


def _read_twice(
    case: Path, filter_text: str, reader: str, *, as_json: bool, typed: dict[str, Any]
) -> None:
    """Ask for two readings of the claims that a filter holds now."""
    others = [key for key, one in typed.items() if one not in (None, ()) and READINGS not in key]
    if typed[f"rule_{READINGS}"] != READERS or others:
        raise UsageError(f"--filter goes with --readings {READERS}, and with no other rule.")
    from reviewer.service.second_reading import ask_for_all

    with opened(case, reader) as session:
        asked = ask_for_all(session, session.filter(filter_text))
    if as_json:
        emit({"asked": asked})
    else:
        say(f"Asked for two readings of {counted(asked, 'claim')}.")


def _print(session: "Session", *, as_json: bool) -> None:
    from reviewer.model.clock import iso, minute
    from reviewer.model.entry import Kind
    from reviewer.model.findings import newest

    said = {key: one for (_, key), one in newest(session.findings(Kind.METHOD, "")).items()}
    found = [(rule, rule.now(session), said.get(rule.key)) for rule in RULES]
    if as_json:
        emit(
            {
                rule.key: {
                    "value": value,
                    "by": by.reader if by else None,
                    "at": iso(by.at) if by else None,
                }
                for rule, value, by in found
            }
        )
        return
    for rule, value, by in found:
        who = f"set by {by.reader}, {minute(by.at)}" if by else _unsaid(session, rule.key)
        say(f"{rule.key}: {rule.told(session, value)} ({who})")


def _unsaid(session: "Session", key: str) -> str:
    own = key == ORIGINS and session.about.origins
    return "the case came with it" if own else "nobody has set it"
