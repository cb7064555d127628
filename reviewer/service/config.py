"""A reader's settings: a few, in one TOML file, checked at start."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

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
    return _folder("config", ".config") / "config.toml"


def state_path() -> Path:
    """Where drafts and a reader's places lie, whether or not it has been made."""
    return _folder("state", ".local/state")


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
    return _folder("data", ".local/share")


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


def _folder(kind: str, usual: str) -> Path:
    """The reader's folder of a kind for this program.

    On Linux as the XDG Base Directory Specification has it, and as platformdirs does; that
    is asked elsewhere, since its import takes as long as half of Python's start.
    """
    if sys.platform == "linux":
        said = os.environ.get(f"XDG_{kind.upper()}_HOME", "").strip()
        return (Path(said) if said else Path.home() / usual) / APP
    import platformdirs

    folders = {
        "config": platformdirs.user_config_dir,
        "state": platformdirs.user_state_dir,
        "data": platformdirs.user_data_dir,
    }
    return Path(folders[kind](APP))
