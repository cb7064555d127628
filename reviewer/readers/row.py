"""A row of a file: a record, or the reason why it is none."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from reviewer.model.records import RECORDS, Record

SHOWN = 80
"""As much of a key or a kind as a reason repeats."""

JUDGEMENTS = frozenset({"verdict", "note", "link", "orphan"})
"""What an export says of its readers' work, and an import does not take as evidence."""


@dataclass(frozen=True, slots=True)
class Row:
    """`place` says where in the file; `raw` is what stood there, for the side file.

    A row that is `passed_over` is neither a record nor a mistake: a judgement.
    """

    place: str
    raw: object
    record: Record | None = None
    reason: str = ""
    passed_over: bool = False


def row_of(place: str, kind: object, raw: Mapping[str, object]) -> Row:
    """A row from the values of one record."""
    model = RECORDS.get(kind) if isinstance(kind, str) else None
    whole = {**raw, "kind": kind}
    if kind == "source" and "kind" in raw:
        whole["source_kind"] = raw["kind"]
    if isinstance(kind, str) and kind in JUDGEMENTS:
        return Row(place, whole, passed_over=True)
    if model is None:
        known = ", ".join(RECORDS)
        return Row(
            place, whole, reason=f"'{str(kind)[:SHOWN]}' is not a kind of record; there is: {known}"
        )
    try:
        return Row(place, whole, record=model.model_validate(raw))
    except ValidationError as error:
        return Row(place, whole, reason=reason_of(error))


def reason_of(error: ValidationError) -> str:
    """What is wrong with a record, for a person."""
    said = []
    for problem in error.errors(include_url=False, include_context=False)[:3]:
        where = ".".join(str(part) for part in problem["loc"])[:SHOWN] or "the record"
        said.append(f"{where}: {_plain(problem['type'], problem['msg'])}")
    return "; ".join(said)


def _plain(kind: str, message: str) -> str:
    plain = {
        "extra_forbidden": "no such key",
        "missing": "is required",
        "string_type": "should be text",
        "string_unicode": "holds half a character (a lone surrogate)",
        "tuple_type": "should be a list",
        "model_type": "should be a table",
        "model_attributes_type": "should be a table",
        "int_type": "should be a whole number",
        "int_parsing": "should be a whole number",
        "int_from_float": "should be a whole number",
        "bool_type": "should be true or false",
        "bool_parsing": "should be true or false",
        "too_short": "is empty",
        "string_too_short": "is empty",
    }
    said = plain.get(kind, message.removeprefix("Value error, "))
    return said[:1].lower() + said[1:]
