"""A row of a file: its records, or the reason why it has none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from reviewer.model.records import RECORDS, Record

SHOWN = 80
"""As much of a key or a kind as a reason repeats."""

JUDGEMENTS = frozenset({"verdict", "adjudication", "note", "link", "orphan", "finding"})
"""What an export says of its readers' work, and an import does not take as evidence."""

ADDED = ("refused_file", "refused_line", "refused_reason")
"""What stands before a refused row in its side file, and is passed over when it comes again."""

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
"""What looks like a tag of BCP 47."""

Place = tuple[int | str, ...]


@dataclass(slots=True)
class Row:
    """`place` says where in the file; `raw` is what stood there, for the side file.

    A row brings all of its `records` or none. One that is `passed_over` is neither a record
    nor a mistake: a judgement, say, or a line of headings. `odd` says what is wrong with a row
    that was taken in all the same.
    """

    place: str
    raw: object
    records: tuple[Record, ...] = ()
    reason: str = ""
    passed_over: bool = False
    odd: str = ""


def bundle(
    place: str,
    raw: object,
    *parts: tuple[type[Record], Mapping[str, object]],
    odd: str = "",
) -> Row:
    """A row of several records that belong together: all of them, or the reason why not.

    Args:
        place: where in the file, for people: `line 12`.
        raw: what stood there, for the side file.
        parts: each record's kind and values, what a record refers to before it.
        odd: what is wrong with it though it is taken in.
    """
    records: list[Record] = []
    for model, values in parts:
        what = _said(_odd(model, values))
        try:
            records.append(model.model_validate(values))
        except ValidationError as error:
            what = reason_of(error)
        if what:
            return Row(place, raw, reason=f"{model.kind_name}: {what}" if records else what)
    return Row(place, raw, tuple(records), odd=odd)


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
    record, problems = None, _odd(model, raw)
    try:
        record = model.model_validate(raw)
    except ValidationError as error:
        problems = _problems(error) | problems
    if problems:
        return Row(place, whole, reason=_said(problems))
    return Row(place, whole, (record,) if record else ())


def reason_of(error: ValidationError) -> str:
    """What is wrong with a record, for a person."""
    return _said(_problems(error))


def _odd(model: type[Record], raw: Mapping[str, object]) -> dict[Place, str]:
    """Texts that would pass for a language or a tag and are none."""
    found: dict[Place, str] = {}
    language, tags = raw.get("language"), raw.get("tags")
    known = model.model_fields
    if "language" in known and isinstance(language, str) and not LANGUAGE.fullmatch(language):
        found["language",] = "not the tag of a language; write uk, ru, en or zh-Hans"
    if "tags" in known and isinstance(tags, list):
        for n, tag in enumerate(tags):
            if isinstance(tag, str) and not tag.strip():
                found["tags", n] = "is empty"
    return found


def _problems(error: ValidationError) -> dict[Place, str]:
    return {
        problem["loc"]: _plain(problem["type"], problem["msg"])
        for problem in error.errors(include_url=False, include_context=False)
    }


def _said(problems: Mapping[Place, str]) -> str:
    return "; ".join(f"{_where(place)}: {what}" for place, what in list(problems.items())[:3])


def _where(place: Place) -> str:
    """A place in a record as people count: `segment 1, start`."""
    parts: list[str] = []
    for part in place:
        if isinstance(part, int) and parts:
            parts[-1] = f"{parts[-1].removesuffix('s')} {part + 1}"
        else:
            parts.append(str(part))
    return ", ".join(parts)[:SHOWN] or "the record"


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
    said = plain.get(kind) or message.removeprefix("Value error, ").removeprefix("Input ")
    said = said.replace("greater than or equal to", "at least")
    said = said.replace("less than or equal to", "at most")
    return said[:1].lower() + said[1:]
