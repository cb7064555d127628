"""A row of a file: a record, or the reason why it is none."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from reviewer.model.records import RECORDS, Record


@dataclass(frozen=True, slots=True)
class Row:
    """`place` says where in the file; `raw` is what stood there, for the side file."""

    place: str
    raw: object
    record: Record | None = None
    reason: str = ""


def row_of(place: str, kind: object, raw: Mapping[str, object]) -> Row:
    """A row from the values of one record."""
    model = RECORDS.get(kind) if isinstance(kind, str) else None
    whole = {"kind": kind, **raw}
    if model is None:
        known = ", ".join(RECORDS)
        return Row(place, whole, reason=f"'{kind}' is not a kind of record; there is: {known}")
    try:
        return Row(place, whole, record=model.model_validate(raw))
    except ValidationError as error:
        return Row(place, whole, reason=_reason(error))


def _reason(error: ValidationError) -> str:
    said = []
    for problem in error.errors(include_url=False, include_context=False)[:3]:
        where = ".".join(str(part) for part in problem["loc"]) or "the record"
        said.append(f"{where}: {_plain(problem['type'], problem['msg'])}")
    return "; ".join(said)


def _plain(kind: str, message: str) -> str:
    plain = {
        "extra_forbidden": "no such key",
        "missing": "is required",
        "string_type": "should be text",
        "too_short": "is empty",
        "string_too_short": "is empty",
    }
    said = plain.get(kind, message.removeprefix("Value error, "))
    return said[:1].lower() + said[1:]
