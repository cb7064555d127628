"""A scale of verdict values as TOML: `[[value]]` tables of `value`, `label`, `help`."""

import re
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from reviewer.model.errors import UnreadableError
from reviewer.model.scale import Scale, scale_of, spelled
from reviewer.readers import content_of, naming
from reviewer.readers.row import reason_of

MOST = 9
LONGEST = 40
VALUE = re.compile(r"[a-z][a-z0-9_]*")
TAKEN = "none"

Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST)]


class ValueRecord(BaseModel):
    """`[[value]]`."""

    model_config = ConfigDict(extra="forbid")
    value: Label
    label: Label = ""
    help: str = ""


class ScaleRecord(BaseModel):
    """A whole scale file."""

    model_config = ConfigDict(extra="forbid")
    value: list[ValueRecord] = Field(min_length=1, max_length=MOST)


def read_scale(path: Path) -> Scale:
    """The scale of a file.

    Raises:
        UnreadableError: it cannot be read, or is no scale; says why.
    """
    data = content_of(path)
    with naming(path):
        return _scale(data)


def _scale(data: bytes) -> Scale:
    try:
        raw = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableError(f"not UTF-8 at byte {error.start}; save it as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not valid TOML: {error}.") from error
    if not isinstance(raw.get("value"), list) or not 1 <= len(raw["value"]) <= MOST:
        raise UnreadableError(f"a scale has 1 to {MOST} [[value]] tables, one for each key.")
    try:
        record = ScaleRecord.model_validate(raw)
    except ValidationError as error:
        raise UnreadableError(f"not a scale: {reason_of(error)}.") from error
    rows = [(v.value, v.label or v.value.replace("_", " "), v.help) for v in record.value]
    _distinct(rows)
    return scale_of(rows)


def _distinct(rows: list[tuple[str, str, str]]) -> None:
    """Refuse values that scripts, filters or readers could not tell apart."""
    seen: dict[str, str] = {}
    for value, label, _ in rows:
        if not VALUE.fullmatch(value) or value == TAKEN:
            raise UnreadableError(
                f"'{value}' cannot be a value; write a-z, 0-9 and _, beginning with a letter,"
                f" not '{TAKEN}', and say it for people in 'label'."
            )
        if not label.isprintable():
            raise UnreadableError(f"the label of '{value}' holds what cannot be printed.")
        for name in {value, spelled(label)}:
            if name in seen:
                raise UnreadableError(f"'{value}' and '{seen[name]}' have the same name.")
            seen[name] = value
