"""`verify`: whether a case, or a bag, is whole."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.options import PATH, json_option
from reviewer.cli.out import emit, say, say_all
from reviewer.cli.watching import Interruptible

if TYPE_CHECKING:
    from reviewer.service.verifying import Report, Stop

SHOWN = 20


@click.command()
@click.argument("what", metavar="CASE", type=PATH)
@click.option(
    "--all-signatures", is_flag=True, help="Check every signature, however many there are."
)
@json_option
def verify(what: Path, all_signatures: bool, as_json: bool) -> int:
    """Check that a case, or a bag, is whole.

    Of a case every hash, link, signature, seal, excerpt and derived row is made anew and
    compared; nothing is written. CASE may be a bag: every file of it is checked by its
    manifests, and the ledger's entries by their own hashes.

    It ends with 0 where all is whole, though unsealed, and with 1 where something is broken.
    docs/verify.md says how to check without this program.
    """
    if what.is_dir():
        return _bag(what, as_json)
    from reviewer.service import verifying

    stop = verifying.Stop()
    with _Watched(stop) as watched:
        report = verifying.check(what, tick=watched.tick, stop=stop, all_signatures=all_signatures)
    if as_json:
        emit(_object(report))
    else:
        say_all(verifying.lines(report))
    return 0 if report.whole else 1


def _bag(bag: Path, as_json: bool) -> int:
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


class _Watched(Interruptible):
    """A check that stops at ctrl+c."""

    def __init__(self, stop: "Stop") -> None:
        super().__init__()
        self.stop = stop

    def tick(self, what: str, done: int, total: int) -> None:
        """Show what is being checked, and how far it is."""
        if self.stop.asked:
            from reviewer.service.verifying import StoppedError

            raise StoppedError("Stopped; the check did not come to its end.")
        if self.shown:
            far = f"{done:,} of {total:,}" if total else ""
            print(f"\rChecking {what}... {far:<24}", end="", file=sys.stderr, flush=True)

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        if self.shown:
            print(f"\r{'':60}\r", end="", file=sys.stderr, flush=True)

    def interrupted(self) -> None:
        """Stop as soon as it asks."""
        self.stop.asked = True


def _object(report: "Report") -> dict[str, object]:
    keys = ("k", "id", "author", "device", "seq", "forked_at", "signed", "sealed")
    return {
        "case": str(report.path),
        "whole": report.whole,
        "entries": report.entries,
        "versions": report.versions,
        "claims": report.claims,
        "signatures": asdict(report.signatures),
        "seals": report.seals,
        "chains": [
            {"reader": report.names.get(chain.author, "")}
            | {key: getattr(chain, key) for key in keys}
            for chain in report.chains
        ],
        "counts": report.counts,
        "first": asdict(report.first) if report.first else None,
        "rests_on_it": asdict(report.rests) if report.rests else None,
        "findings": [asdict(finding) for finding in report.findings],
    }
