"""Verifying a case for people: what is broken, what rests on it, what is unsealed."""

import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from reviewer.casefile.verify.check import Report, Rests, Stop, StoppedError, verify
from reviewer.casefile.verify.findings import Finding, Nature, Tick
from reviewer.service import known
from reviewer.service.identity import DeviceKey
from reviewer.text.units import grouped

__all__ = ["Finding", "Nature", "Report", "Stop", "StoppedError", "check", "lines"]

PATIENCE_S = 20
SHOWN = 20
NAMED = 8
UNSEALED = Nature.UNSEALED
SAID = {
    Nature.BROKEN: "broken",
    Nature.MISSING: "missing",
    Nature.NAME: "in another's name?",
    Nature.ERASED: "erased on purpose",
    Nature.FORK: "forked",
    Nature.UNSIGNED: "unsigned",
    Nature.UNSEALED: "unsealed",
}


def check(path: Path, *, tick: Tick, stop: Stop, all_signatures: bool = False) -> Report:
    """Check a case from its first page to its last derived row; nothing of it is written.

    A file that this device has not opened is looked at by a process with limits before.

    Args:
        path: the case file.
        tick: is told how far it is.
        stop: set its `asked`, and the check ends.
        all_signatures: check every signature, however many there are.

    Raises:
        StoppedError: it was asked to stop.
        ReviewerError: it is no case, cannot be read, or has seals and there is no ssh-keygen.
    """
    known.meet(path)
    return verify(
        path,
        tick=tick,
        stop=stop,
        check_seal=_holds if shutil.which("ssh-keygen") else None,
        device=DeviceKey(),
        all_signatures=all_signatures,
    )


def _holds(armored: str, message: bytes, namespace: str) -> bool:
    """Whether ssh-keygen finds that a signature is one of this message."""
    with tempfile.TemporaryDirectory(prefix="reviewer-") as folder:
        file = Path(folder) / "sig"
        file.write_text(armored, encoding="ascii")
        asked = ["ssh-keygen", "-Y", "check-novalidate", "-n", namespace, "-s", str(file)]
        try:
            # Detached from the terminal, so that nothing is ever asked there.
            done = subprocess.run(  # noqa: S603 - a file of ours, and a constant
                ["/usr/bin/env", "SSH_ASKPASS_REQUIRE=never", *asked],
                input=message,
                capture_output=True,
                timeout=PATIENCE_S,
                start_new_session=True,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
    return done.returncode == 0


def lines(report: Report) -> Iterator[str]:
    """A report as sentences: what is wrong first, then what is only to be known."""
    faults = [one for one in report.findings if one.is_fault]
    if report.first is not None:
        yield f"First: {_told(report.first)}."
        yield from _resting(report.rests)
        faults.remove(report.first)
    # Who is unsealed is said in one sentence below.
    others = [one for one in report.findings if not one.is_fault and one.nature is not UNSEALED]
    shown = [*faults, *others]
    for finding in shown[:SHOWN]:
        yield f"{SAID[finding.nature]}: {_told(finding)}."
    counted = sum(count for nature, count in report.counts.items() if nature != UNSEALED)
    rest = counted - min(len(shown), SHOWN) - (report.first is not None)
    if rest:
        yield f"and {rest:,} more; all of them with --json"
    if report.first is not None and report.first.part == "derived":
        yield (
            "Ledger and evidence are whole; what was derived from them is not. Made anew from them:"
            f" reviewer merge NEW.case {report.path}"
        )
    yield _checked(report)
    yield _sealing(report)
    yield f"{report.path} is whole." if report.whole else f"{report.path} is NOT whole."


def _told(finding: Finding) -> str:
    return finding.said[0].upper() + finding.said[1:]


def _resting(rests: Rests | None) -> Iterator[str]:
    if rests is None or not (rests.entries or rests.verdicts):
        return
    claims = ", ".join(rests.claims[:NAMED])
    more = f" and {len(rests.claims) - NAMED:,} more" if len(rests.claims) > NAMED else ""
    entries = f"{grouped(rests.entries, 'entry', 'entries')} after it in its chain"
    verdicts = f"{grouped(rests.verdicts, 'verdict')} that {_stand(rests.verdicts)}"
    parts = [
        entries if rests.entries else "",
        verdicts if rests.verdicts else "",
        f"on {claims}{more}" if claims else "",
    ]
    yield f"Resting on it: {', '.join(filter(None, parts))}."


def _stand(count: int) -> str:
    return "stands" if count == 1 else "stand"


def _checked(report: Report) -> str:
    signed = report.signatures
    newest = f"the newest of each chain, {signed.checked:,}"
    which = "all" if signed.checked == signed.held else newest
    counted = grouped(signed.held, "signature of devices", "signatures of devices")
    return (
        f"Checked: {grouped(report.entries, 'entry', 'entries')} of"
        f" {grouped(len(report.chains), 'chain')}, {counted} ({which} checked),"
        f" {grouped(report.seals, 'seal')}, {grouped(report.versions, 'version')} of evidence,"
        f" the derived rows of {grouped(report.claims, 'claim')}."
    )


def _sealing(report: Report) -> str:
    bare: Counter[str] = Counter()
    for chain in report.chains:
        bare[report.names.get(chain.author, chain.author[:10])] += max(0, chain.seq - chain.sealed)
    if not sum(chain.seq for chain in report.chains):
        return "Nobody has recorded anything yet."
    if not bare.total():
        return "Sealed: every entry, by its reader's own key."
    of = [f"{name} ({grouped(n, 'entry', 'entries')})" for name, n in sorted(bare.items()) if n]
    more = f" and {len(of) - NAMED} more readers" if len(of) > NAMED else ""
    return (
        f"Unsealed: {', '.join(of[:NAMED])}{more}. Their devices vouch for them, no key of theirs."
    )
