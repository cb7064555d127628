"""`import`: files into a case."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reviewer.cli.options import PATH, case_argument, json_option, opened, words
from reviewer.cli.out import command, emit, say, say_all
from reviewer.cli.watching import Watched
from reviewer.model.errors import UsageError

if TYPE_CHECKING:
    from reviewer.readers.wishes import Wishes
    from reviewer.service.import_report import ImportReport


MAPPED = re.compile(r"\s*([\w-]+)\s*=\s*(.+?)\s*")


@click.command("import")
@case_argument
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=PATH)
@click.option("--format", "format_name", metavar="F", default="", type=words, help="Their format.")
@click.option("--encoding", metavar="E", default="", help="Their encoding: cp1251, koi8-r, ...")
@click.option(
    "--collection", metavar="NAME", default="", type=words, help="Whose newer export this is."
)
@click.option(
    "--newer", is_flag=True, help="It is a newer export, though it reads altogether differently."
)
@click.option("--language", metavar="TAG", default="", type=words, help="Of the texts: uk, ru, en.")
@click.option("--source", metavar="NAME", default="", type=words, help="Who published them.")
@click.option(
    "--map",
    "mapping",
    metavar="OURS=THEIRS,...",
    default="",
    type=words,
    help="Which column is what: claim=col3,claimant=col5.",
)
@click.option("--profile", metavar="FILE", type=PATH, help="The same in a TOML file.")
@click.option(
    "--translation",
    metavar="FILE",
    type=PATH,
    help="The same recording or texts in another language.",
)
@click.option(
    "--translation-language",
    metavar="TAG",
    default="",
    type=words,
    help="Of the translation; en unless said.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@json_option
def import_(case: Path, files: tuple[Path, ...], **options: Any) -> int:
    """Bring files or folders of them into a case.

    The format of each is recognised by its content. The good rows are taken in; those that are
    refused, and files that cannot be read, go to a file beside the case, each with the reason.
    Ctrl+c stops between two batches; the same command goes on from there. It ends with 0 where
    anything was taken in, with 1 where everything was refused.
    """
    from reviewer.service.importing import import_files

    wishes = _wishes(options)
    dry_run, as_json = options["dry_run"], options["as_json"]
    with opened(case) as session, Watched("Importing") as watched:
        report = import_files(
            session.case,
            files,
            wishes,
            dry_run=dry_run,
            progress=lambda rows: watched.progress(f"{rows:,} rows"),
        )
    if as_json:
        emit(_object(report))
    else:
        say_all(_lines(report))
        if report.new and not dry_run:
            say(f"To review it: {command('review', case)}")
    taken = report.new + report.unchanged + report.changed
    return 1 if report.stopped or (report.refused_count and not taken) else 0


def _wishes(options: dict[str, Any]) -> "Wishes":
    from dataclasses import replace

    from reviewer.readers.wishes import Wishes

    wishes = Wishes()
    if options["profile"]:
        from reviewer.readers.tables.profile import read_profile

        wishes = read_profile(options["profile"])
    said = {
        "format": options["format_name"],
        "encoding": options["encoding"],
        "collection": options["collection"],
        "newer": options["newer"],
        "language": options["language"],
        "source": options["source"],
        "translation": options["translation"],
        "translation_language": options["translation_language"],
        "columns": {**wishes.columns, **_columns(options["mapping"])},
    }
    return replace(wishes, **{name: value for name, value in said.items() if value})


def _columns(mapping: str) -> dict[str, str]:
    found = {}
    for part in filter(None, mapping.split(",")):
        match = MAPPED.fullmatch(part)
        if match is None:
            raise UsageError(f"'{part}' maps nothing; write for example claim=col3,claimant=col5.")
        found[match[1]] = match[2]
    return found


def _object(report: "ImportReport") -> dict[str, object]:
    return {
        "new": report.new,
        "unchanged": report.unchanged,
        "changed": report.changed,
        "refused": report.refused_count,
        "refused_rows": [
            {"file": row.file, "place": row.place, "reason": row.reason} for row in report.refused
        ],
        "side_files": [str(path) for path in report.side_files],
        "kinds": {kind: dict(counts) for kind, counts in report.kinds.items()},
        "older_exports": report.again,
        "new_ids": _ids(report.added),
        "changed_ids": _ids(report.altered),
        "doubled": report.doubled_count,
        "doubled_rows": [
            {"file": d.file, "place": d.place, "what": d.what} for d in report.doubled
        ],
        "gone": report.gone_count,
        "gone_ids": _ids(report.gone),
        "odd": [{"file": o.file, "place": o.place, "what": o.what} for o in report.odd],
        "passed_over": report.passed_over,
        "reopened": report.reopened,
        "decided_again": report.settled,
        "orphaned": report.orphaned,
        "found_again": report.found_again,
        "stopped": report.stopped,
        "dry_run": report.dry_run,
        "files": [
            {
                "name": file.name,
                "format": file.format,
                "encoding": file.encoding,
                "translation": file.translation or None,
                "rows": file.rows,
                "refused": file.refused,
                "remarks": list(file.remarks),
            }
            for file in report.files
        ],
    }


def _ids(found: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"kind": kind, "id": id_} for kind, id_ in found]


def _lines(report: "ImportReport") -> Iterator[str]:
    from reviewer.service.telling_imports import lines

    yield from lines(report)
