"""Importing records: all of them in one transaction.

Apart from the other acts because it needs pydantic, which those must not wait for.
"""

from collections.abc import Iterable, Sequence

from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.casefile.intake import ORDER, Intake, Outcome, RefusedError
from reviewer.model.records import Record


def take_in(
    case: CaseFile, records: Iterable[Record], *, dry_run: bool = False
) -> tuple[list[Outcome | str], dict[str, int]]:
    """Import records, all in one transaction.

    Returns:
        For each record, in the order given, what became of it or why it was refused; and
        the count of new, unchanged, changed and refused.
    """
    given: Sequence[Record] = list(records)
    fates: list[Outcome | str] = [""] * len(given)
    try:
        with case.write() as con:
            _take_all(con, given, fates)
            if dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    counts = {outcome.value: fates.count(outcome) for outcome in Outcome}
    counts["refused"] = len(fates) - sum(counts.values())
    return fates, counts


class _DryRunError(Exception):
    """Rolls the transaction of a dry run back."""


def _take_all(con: Connection, given: Sequence[Record], fates: list[Outcome | str]) -> None:
    intake = Intake(con)
    for kind in ORDER:
        for n, record_ in enumerate(given):
            if isinstance(record_, kind):
                try:
                    fates[n] = intake.add(record_)
                except RefusedError as refused:
                    fates[n] = str(refused)
    intake.finish()
