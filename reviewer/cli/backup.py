"""`backup`: a whole copy of a case while others write."""

from pathlib import Path

import click

from reviewer.cli.options import PATH, case_argument, json_option, looked_at
from reviewer.cli.out import emit, say


@click.command()
@case_argument
@click.argument("out", type=PATH)
@json_option
def backup(case: Path, out: Path, as_json: bool) -> None:
    """Copy a case to OUT, whole and checked, while others write."""
    from reviewer.service.backups import back_up

    with looked_at(case) as session:
        made = back_up(session, out)
    if as_json:
        emit({"case": str(case), "backup": str(out), "bytes": made.size})
    else:
        say(f"Copied {case} to {out}, whole and checked ({made.size:,} bytes)")
