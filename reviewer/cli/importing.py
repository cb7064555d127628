"""`import`: files into a case."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.options import PATH, case_argument, json_option, opened, words
from reviewer.cli.out import emit, say_all

if TYPE_CHECKING:
    from reviewer.service.importing import ImportReport

SHOWN = 20
"""So many refused rows are printed; the side file has them all."""


@click.command("import")
@case_argument
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=PATH)
@click.option("--format", "format_name", metavar="F", type=words, help="Their format: toml, jsonl.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@json_option
def import_(
    case: Path, files: tuple[Path, ...], format_name: str | None, dry_run: bool, as_json: bool
) -> int:
    """Bring files or folders of them into a case.

    The good rows are taken in, all together; those that are refused, and files that cannot be
    read, go to a file beside the case, each with the reason. It ends with 0 where anything
    was taken in, with 1 where everything was refused.
    """
    from reviewer.service.importing import import_files

    with opened(case) as session:
        if sys.stderr.isatty():
            print("Importing...", file=sys.stderr)
        report = import_files(session.case, files, format_name=format_name, dry_run=dry_run)
    if as_json:
        emit(_object(report))
    else:
        say_all(_lines(report))
    taken = report.new + report.unchanged + report.changed
    return 1 if report.refused and not taken else 0


def _object(report: "ImportReport") -> dict[str, object]:
    return {
        "new": report.new,
        "unchanged": report.unchanged,
        "changed": report.changed,
        "refused": len(report.refused),
        "refused_rows": [
            {"file": row.file, "place": row.place, "reason": row.reason} for row in report.refused
        ],
        "side_file": str(report.side_file) if report.side_file else None,
        "passed_over": report.passed_over,
        "dry_run": report.dry_run,
        "files": list(report.files),
    }


def _lines(report: "ImportReport") -> Iterator[str]:
    from reviewer.lines.parts import one_line

    if report.dry_run:
        yield "Nothing was imported; this is what an import would do."
    files = "1 file" if len(report.files) == 1 else f"{len(report.files)} files"
    yield (
        f"{files}: {report.new} new, {report.unchanged} unchanged, {report.changed} changed,"
        f" {len(report.refused)} refused"
    )
    if report.passed_over:
        yield f"Readers' judgements, which an import does not take over: {report.passed_over}"
    for row in report.refused[:SHOWN]:
        yield one_line(f"Refused: {row.file}, {row.place}: {row.reason}")
    if len(report.refused) > SHOWN:
        yield f"and {len(report.refused) - SHOWN} more"
    if report.side_file:
        yield one_line(f"The refused rows, each with the reason, are in {report.side_file}")
