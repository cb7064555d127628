"""A reader's settings: a few, in one TOML file, checked at start."""

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from reviewer.model.errors import UsageError
from reviewer.structs import Struct, field

APP = "reviewer"


class Config(Struct):
    """Settings in force."""

    reader: str = ""
    mouse: bool = False
    keyboard_aliases: bool = True
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    where: str = ""


def config_path() -> Path:
    """Where the settings lie."""
    return Path(platformdirs.user_config_dir(APP)) / "config.toml"


def state_path() -> Path:
    """Where drafts and a reader's places lie, whether or not it has been made."""
    return Path(platformdirs.user_state_dir(APP))


def state_dir() -> Path:
    """Where drafts and a reader's places lie; made on demand, for the owner alone.

    Raises:
        UsageError: it cannot be made, so that no draft could be kept.
    """
    path = state_path()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"No draft can be kept in {path} ({error.strerror}); set XDG_STATE_HOME to a folder"
            " of your own."
        ) from error
    return path


def data_dir() -> Path:
    """Where the cases lie that ship with the program, once they were opened."""
    return Path(platformdirs.user_data_dir(APP))


def load_config(path: Path | None = None) -> Config:
    """The settings, or the defaults where there is no file.

    Raises:
        UsageError: the file cannot be understood; names the file, the key and what is near.
    """
    path = path or config_path()
    if not os.path.lexists(path):
        return Config()
    from reviewer.service.config_file import read_config

    try:
        return read_config(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).") from error
