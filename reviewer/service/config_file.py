"""What may stand in the settings file. Apart, so that a start without one needs no pydantic."""

import difflib
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from reviewer.model.errors import UsageError
from reviewer.service.config import Config
from reviewer.service.keymap import keymap


class ConfigFile(BaseModel):
    """The settings file."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    reader: str = ""
    """The name that your acts are recorded under; empty is your account's."""

    mouse: bool = False
    """Whether the desk takes the mouse from the terminal, and with it selecting by mouse."""

    keyboard_aliases: bool = True
    """Whether a key also works by what lies on it in other alphabets."""

    keys: dict[str, list[str]] = {}
    """The keys of commands by command id: `"claim.next" = ["j", "down"]`."""


def read_config(path: Path) -> Config:
    """The settings of a file.

    Raises:
        UsageError: names the file, the key, and the nearest valid one.
        OSError: the file cannot be read.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8; save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is not valid TOML: {error}.") from error
    try:
        file = ConfigFile.model_validate(raw)
    except ValidationError as error:
        raise UsageError(f"{path}: {_problem(error)}") from error
    keys = {id_: tuple(given) for id_, given in file.keys.items()}
    keymap(keys, where=str(path))
    return Config(file.reader, file.mouse, file.keyboard_aliases, keys, str(path))


def _problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        known = list(ConfigFile.model_fields)
        near = difflib.get_close_matches(where, known, n=1)
        meant = f"did you mean '{near[0]}'?" if near else f"there is: {', '.join(known)}."
        return f"there is no setting '{where}'; {meant}"
    return f"'{where}': {problem['msg'][:1].lower()}{problem['msg'][1:]}."
