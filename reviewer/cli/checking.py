"""`verify`: whether a bag is whole."""

from pathlib import Path

import click

from reviewer.cli.options import PATH, json_option
from reviewer.cli.out import emit, say, say_all

SHOWN = 20


@click.command()
@click.argument("bag", metavar="BAG", type=PATH)
@json_option
def verify(bag: Path, as_json: bool) -> int:
    """Check that a bag is whole, by its hashes.

    Every file is checked by those of its manifests, the ledger's entries by their own.

    It ends with 0 where the bag is whole, and with 1 where it is not.
    """
    from reviewer.readers.bag import check

    findings = check(bag)
    if as_json:
        wrong = [{"path": found.path, "reason": found.reason} for found in findings]
        emit({"bag": str(bag), "whole": not findings, "findings": wrong})
        return 1 if findings else 0
    if not findings:
        say(f"{bag} is whole: every file is as its manifests say.")
        return 0
    say_all(f"{found.path}: {found.reason}" for found in findings[:SHOWN])
    if len(findings) > SHOWN:
        say(f"and {len(findings) - SHOWN} more")
    say(f"{bag} is NOT whole.")
    return 1
