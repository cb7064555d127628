"""`bundle`, `merge` and `disagreements`: laptops that worked apart, and what readers differ on."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.options import PATH, case_argument, json_option, limit_option, looked_at
from reviewer.cli.out import command, emit, say, say_all
from reviewer.cli.sealing import seal_and_tell
from reviewer.cli.watching import Watched

if TYPE_CHECKING:
    from reviewer.model.judgements import Disagreement
    from reviewer.service.merging import MergeReport


@click.command()
@case_argument
@click.argument("out", type=PATH)
@click.option(
    "--lacking",
    metavar="OTHER",
    type=PATH,
    help="Only what was lacking in this bundle or case file, which came from there.",
)
@json_option
def bundle(case: Path, out: Path, lacking: Path | None, as_json: bool) -> int:
    """Write what another laptop may lack as one file.

    It holds the entries of all readers, with their words, and the evidence. Merge it there with:
    reviewer merge CASE OUT.
    """
    from reviewer.service import bundling
    from reviewer.service.telling_merges import bundle_lines

    with looked_at(case) as session, Watched("Bundling") as watched:
        seal_and_tell(session)
        done = bundling.bundle(
            session, out, lacking=lacking, progress=lambda n: watched.progress(f"{n:,} lines")
        )
    if done is None:
        say("Stopped; nothing was written.")
        return 1
    if as_json:
        emit({**asdict(done), "path": str(done.path)})
    else:
        say_all(bundle_lines(done))
    return 0


@click.command()
@case_argument
@click.argument("others", metavar="OTHER...", nargs=-1, required=True, type=PATH)
@click.option("--dry-run", is_flag=True, help="Say what would come, and do nothing.")
@json_option
def merge(case: Path, others: tuple[Path, ...], dry_run: bool, as_json: bool) -> int:
    """Take in what bundles and other case files bring.

    They are of the same case. Nothing of anybody is lost or replaced: a verdict gives way only to
    a later one of the same reader. All of a file is checked before any of it counts. Where there
    is no CASE, it is made. Ctrl+c stops between two batches; the same command goes on from there.
    """
    from reviewer.service import merging
    from reviewer.service.telling_merges import merge_lines

    with Watched("Merging") as watched:
        report = merging.merge(case, others, dry_run=dry_run, progress=watched.progress)
    if as_json:
        emit(_object(report))
        return int(report.stopped)
    say_all(merge_lines(report, report.scale))
    if report.after.differ and not dry_run:
        say(f"To see on which: {command('disagreements', case)}")
    elif not report.stopped and not dry_run and any(one.anything for one in report.merged):
        say(f"To review it: {command('review', case)}")
    return int(report.stopped)


def _object(report: "MergeReport") -> dict[str, object]:
    return {
        "case": str(report.path),
        "dry_run": report.dry_run,
        "made": report.made,
        "stopped": report.stopped,
        "merged": [asdict(one) for one in report.merged],
        "before": asdict(report.before),
        "after": asdict(report.after),
        "named_still": report.named_still,
        "differ": [_difference(one) for one in report.differ],
    }


@click.command()
@case_argument
@limit_option(50)
@json_option
def disagreements(case: Path, limit: int, as_json: bool) -> None:
    """List the claims on which readers differ.

    Those furthest apart on the scale come first; with each, who says what since when.
    """
    from reviewer.service.telling_merges import disagreement_lines

    with looked_at(case) as session:
        found = session.disagreements(limit=limit)
        scale = session.scale
        total = session.count(session.filter("state:in_conflict"))
    if as_json:
        for one in found:
            emit(_difference(one))
        return
    for one in found:
        say_all(disagreement_lines(one, scale))
    if not found:
        say("Readers differ on no claim.")
    elif total > len(found):
        say(f"and {total - len(found)} more; see them with --limit {total}")
    else:
        say(f"To look at them: {command('review', case, '--filter', 'state:in_conflict')}")


def _difference(one: "Disagreement") -> dict[str, object]:
    return {
        "claim": one.claim,
        "text": one.text,
        "verdicts": [
            {"reader": v.reader, "value": v.value, "at": v.at, "note": v.note, "id": v.id}
            for v in one.verdicts
        ],
    }
