"""`doctor`: what this program runs on, and how a case file is."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

import reviewer
from reviewer.cli.options import PATH, json_option, looked_at
from reviewer.cli.out import emit, say_all

if TYPE_CHECKING:
    from reviewer.casefile.health import CaseReport
    from reviewer.service.condition import Keeping

Facts = dict[str, object]


@click.command()
@click.argument("case", type=PATH, required=False)
@json_option
def doctor(case: Path | None, as_json: bool) -> int:
    """Say what the program runs on and how a case file is.

    It ends with 1 where the case file is damaged.
    """
    facts: dict[str, Facts] = {
        "versions": _versions(),
        "database": _database(),
        "terminal": _terminal(),
        "places": _places(),
    }
    if not as_json:
        say_all(_lines(facts))
    problems: tuple[str, ...] = ()
    if case is not None:
        from dataclasses import asdict

        report, kept = _case(case)
        problems = report.problems
        facts["case"] = {"path": str(case), **asdict(report)}
        facts["keeping"] = asdict(kept) if kept else {}
        if not as_json:
            say_all(_lines({key: facts[key] for key in ("case", "keeping")}))
    if as_json:
        emit(facts)
    return 1 if problems else 0


def _versions() -> Facts:
    import platform

    return {
        "reviewer": reviewer.__version__,
        "python": platform.python_version(),
        "textual": _version("textual"),
        "system": platform.platform(),
    }


def _version(package: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _database() -> Facts:
    from dataclasses import asdict

    from reviewer.casefile.health import engine_report

    return asdict(engine_report())


def _terminal() -> Facts:
    from reviewer.desk.driver.choice import chosen_because

    driver, because = chosen_because(os.environ)
    shown = sys.stdout is not None and sys.stdout.isatty()
    size = os.get_terminal_size(sys.stdout.fileno()) if shown else None
    encoding = getattr(sys.stdout, "encoding", None) or "unknown"
    return {
        "term": os.environ.get("TERM") or "not set",
        "size": f"{size.columns}x{size.lines}" if size else "unknown",
        "colours": _colours(os.environ),
        "no_color": bool(os.environ.get("NO_COLOR")),
        "encoding": encoding,
        "utf8": encoding.lower().replace("-", "") == "utf8",
        "input_is_terminal": sys.stdin is not None and sys.stdin.isatty(),
        "output_is_terminal": shown,
        "inside": _inside(os.environ),
        "driver": driver,
        "why_this_driver": because,
    }


def _colours(env: Mapping[str, str]) -> str:
    term = env.get("TERM", "")
    if env.get("NO_COLOR") or term in ("", "dumb", "unknown"):
        return "none"
    if env.get("COLORTERM", "").lower() in ("truecolor", "24bit") or term.endswith("-direct"):
        return "16 million"
    return "256" if "256color" in term else "16"


def _inside(env: Mapping[str, str]) -> str:
    known = {"TMUX": "tmux", "STY": "screen", "SSH_CONNECTION": "ssh"}
    return ", ".join(name for key, name in known.items() if env.get(key))


def _places() -> Facts:
    import platformdirs

    from reviewer.service.config import APP, config_path, data_dir
    from reviewer.service.demo import LATER
    from reviewer.shipped import shipped

    return {
        "settings": str(config_path()),
        "state": platformdirs.user_state_dir(APP),
        "demo_cases": str(data_dir()),
        "demo_later": str(shipped(LATER)),
    }


def _case(path: Path) -> "tuple[CaseReport, Keeping | None]":
    from reviewer.casefile.health import case_report
    from reviewer.service.condition import keeping

    with looked_at(path) as session:
        report = case_report(session.case)
        # What a damaged file says of seals and readers is not to be told as if it were so.
        return report, None if report.problems else keeping(session)


def _lines(facts: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    from reviewer.lines.parts import one_line

    for heading, values in facts.items():
        yield f"{heading.capitalize()}"
        for key, value in values.items():
            yield one_line(f"  {key.replace('_', ' ')}: {_in_words(value)}")


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return "; ".join(map(str, value)) or "none"
    return str(value) or "none"
