"""What a bundle holds, what a merge did, and on what readers differ: told line by line."""

from collections.abc import Iterator

from reviewer.model.clock import day
from reviewer.model.judgements import Disagreement, Verdict
from reviewer.model.scale import Scale
from reviewer.service.bundling import Bundled
from reviewer.service.merging import Merged, MergeReport
from reviewer.text.units import counted

LONGEST_NOTE = 120
LONGEST_CLAIM = 200


def bundle_lines(done: Bundled) -> Iterator[str]:
    """What was written."""
    said = f"{_entries(done.entries)}, {_versions(done.evidence)}"
    yield f"Wrote {done.path}: {said} ({done.size:,} bytes)"
    if done.unsigned:
        yield (
            f"{_entries(done.unsigned)} stay behind: a merge that brought them"
            " was not finished, and no signature speaks for them yet. Merge again first."
        )


def merge_lines(report: MergeReport, scale: Scale) -> Iterator[str]:
    """What was merged, and what there is to do."""
    if report.dry_run:
        yield "Nothing was merged; this is what a merge would bring."
    elif report.made:
        yield f"Made {report.path}"
    for one in report.merged:
        yield from _one(one)
    if report.stopped:
        yield "Stopped. What was merged stays; give the same command again to go on."
    if report.named_still:
        yield (
            f"A name that was erased lies in {_entries(len(report.named_still))} here yet,"
            " and is not shown. Erase it here too:"
        )
        yield from (f"  reviewer redact {report.path} {id_[:12]}" for id_ in report.named_still)
    yield from _since(report)
    for claim in report.differ:
        yield from disagreement_lines(claim, scale)


def _one(one: Merged) -> Iterator[str]:
    parts = [
        f"{_entries(one.entries)}{_whose(one.readers)}" if one.entries else "",
        _versions(one.evidence) if one.evidence else "",
        f"the words of {_entries(one.words)}" if one.words else "",
        counted(one.seals, "seal") if one.seals else "",
    ]
    said = "; ".join(filter(None, parts)) or "nothing that is not here already"
    yield f"{one.name}: {said}"
    if one.erased:
        yield f"  erased, as was decided there: the words of {_entries(one.erased)}"
    if one.withheld:
        yield f"  not taken, since it was erased here: the name in {_entries(one.withheld)}"
    if one.unsigned:
        yield f"  {_entries(one.unsigned)} of these no device has signed"
    if one.left:
        yield (
            f"  {_entries(one.left)} stayed there: a merge that brought them"
            " there was not finished, and no signature speaks for them yet"
        )


def _entries(count: int) -> str:
    return counted(count, "entry", "entries")


def _whose(readers: dict[str, int]) -> str:
    said = ", ".join(f"{name} {count}" for name, count in sorted(readers.items()))
    return f" ({said})" if said else ""


def _versions(count: int) -> str:
    return f"{counted(count, 'version')} of evidence"


def _since(report: MergeReport) -> Iterator[str]:
    before, after = report.before, report.after
    would = "would be" if report.dry_run else "are"
    if after.stale > before.stale:
        yield f"{counted(after.stale - before.stale, 'more verdict')} {would} stale"
    if after.forks > before.forks:
        yield (
            f"{counted(after.forks - before.forks, 'chain')} {would} forked: two copies of one file"
            " went on apart. Both are kept."
        )
    if after.differ:
        more = after.differ - before.differ
        change = f", {more} more than before" if more > 0 else ""
        yield f"Readers differ on {counted(after.differ, 'claim')}{change}"


def disagreement_lines(one: Disagreement, scale: Scale) -> Iterator[str]:
    """A claim on which readers differ, and who says what since when."""
    yield f"{one.claim}: {_cut(one.text, LONGEST_CLAIM)}"
    names = [verdict.reader for verdict in one.verdicts]
    for verdict in one.verdicts:
        twice = " (on one of several devices)" if names.count(verdict.reader) > 1 else ""
        yield f"  {_said(verdict, scale)}{twice}"


def _said(verdict: Verdict, scale: Scale) -> str:
    note = f": {_cut(verdict.note, LONGEST_NOTE)}" if verdict.note else ""
    who = verdict.reader or "a reader without a name"
    return f"{who} says {scale.label(verdict.value)} since {day(verdict.at)}{note}"


def _cut(text: str, longest: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else f"{plain[: longest - 3]}..."
