"""What an import did, told for people line by line."""

from collections.abc import Iterator, Sequence

from reviewer.service.import_report import FileReport, ImportReport
from reviewer.text.display import display
from reviewer.text.units import counted

SHOWN = 20
"""So many of a kind are told one by one; the side file has all that were refused."""
FEW = 5
"""So many are, of what is no reason to do anything."""
LONGEST = 160
PLURALS = {
    "source": "sources",
    "statement": "statements",
    "recording": "recordings",
    "claim": "claims",
    "rating": "ratings",
    "excerpt": "excerpts",
    "case": "case",
}


def lines(report: ImportReport) -> Iterator[str]:
    """The report of an import; every word of a file in it is safe to show."""
    for line in _lines(report):
        yield display(line, newlines=False)


def _lines(report: ImportReport) -> Iterator[str]:
    if report.dry_run:
        yield "Nothing was imported; this is what an import would do."
    yield (
        f"{counted(len(report.files), 'file')}: {report.new} new, {report.unchanged} unchanged,"
        f" {report.changed} changed, {report.refused_count} refused"
    )
    for file in report.files[:SHOWN]:
        yield from _file(file, whole=report.dry_run or len(report.files) <= 3)
    if len(report.files) > SHOWN:
        yield f"and {len(report.files) - SHOWN} more files"
    for kind, counts in report.kinds.items():
        told = ", ".join(f"{counts[o]} {o}" for o in ("new", "unchanged", "changed") if counts[o])
        yield f"  {PLURALS.get(kind, kind)}: {told}"
    yield from _again(report)
    yield from _some(
        "Flagged", [f"{o.file}, {o.place}: {o.what}" for o in report.odd], report.odd_count
    )
    refused = [f"{row.file}, {row.place}: {row.reason}" for row in report.refused]
    yield from _some("Refused", refused, report.refused_count)
    for path in report.side_files:
        yield f"The refused rows, each with the reason, are in {path}"
    if report.stopped:
        yield "Stopped. What was imported stays; give the same command again to go on."


def _file(file: FileReport, *, whole: bool) -> Iterator[str]:
    with_it = f"with {file.translation} as its translation" if file.translation else ""
    about = ", ".join(filter(None, [file.format, file.encoding, with_it]))
    yield f"{file.name}: {about or 'not read'}"
    if whole:
        yield from (f"  {remark}" for remark in file.remarks)
    for row in file.first:
        yield f"  {row.place} would stand as:"
        for record in row.records:
            said = "; ".join(
                f"{name}: {_short(value)}" for name, value in record if value not in ("", (), None)
            )
            yield f"    {record.kind_name}: {said}"


def _short(value: object) -> str:
    if isinstance(value, tuple):
        return (
            counted(len(value), "one")
            if value and not isinstance(value[0], str)
            else ", ".join(map(str, value))
        )
    text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _again(report: ImportReport) -> Iterator[str]:
    again = [
        f"{name} was imported before, and a newer one since; what it says is the newest again"
        for name in report.again
    ]
    yield from _some("An older export", again, len(again))
    if report.passed_over:
        yield (
            f"Passed over (headings, comments, verdicts and notes of readers): {report.passed_over}"
        )
    if report.reopened:
        yield f"Back in the queue, because a text under them changed: claims: {report.reopened}"
    if report.settled:
        yield (
            "Decided again, because the text under them is back as it was: claims:"
            f" {report.settled}"
        )
    if report.orphaned:
        yield f"Excerpts whose words no longer stand: {report.orphaned}"
    if report.found_again:
        yield f"Excerpts whose words stand again: {report.found_again}"
    added = [f"{kind} {id_}" for kind, id_ in report.added]
    yield from _some("New", added, report.added_count, FEW)
    altered = [
        f"{kind} {id_} reads differently; what it said before is kept as its earlier version"
        for kind, id_ in report.altered
    ]
    yield from _some("Changed", altered, report.changed)
    doubled = [f"{d.file}, {d.place}: {d.what}" for d in report.doubled]
    yield from _some("Doubled", doubled, report.doubled_count, FEW)
    gone = [
        f"{kind} {id_} is not in it any more; it stays in the case" for kind, id_ in report.gone
    ]
    yield from _some("Gone", gone, report.gone_count)


def _some(what: str, told: Sequence[str], count: int, most: int = SHOWN) -> Iterator[str]:
    for line in told[:most]:
        yield f"{what}: {line}"
    if count > most:
        yield f"{what}: and {count - most} more"
