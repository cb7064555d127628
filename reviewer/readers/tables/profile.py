"""A profile: what a person said of a kind of table, kept in a TOML file to be used again.

collection = "liar"
source = "PolitiFact"
language = "en"

[columns]
claim = "col3"
claimant = "col5"
"""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reviewer.model.errors import UnreadableError
from reviewer.readers.row import reason_of
from reviewer.readers.tables.columns import ALIASES
from reviewer.readers.tables.names import ROLES
from reviewer.readers.wishes import Wishes


class Profile(BaseModel):
    """What a profile may say; each key as in `Wishes`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: str = ""
    """The name of the format, as for `--format`."""
    encoding: str = ""
    """The encoding of the text."""
    collection: str = ""
    """What stands before the ids."""
    language: str = ""
    """The language of the texts, a tag of BCP 47."""
    source: str = ""
    """Who published them."""
    translation_language: str = ""
    """The language of the translations."""
    columns: dict[str, str] = Field(default_factory=dict)
    """A role to a column: `col3`, or its name."""

    def wishes(self) -> Wishes:
        """The profile as what a person said of a file."""
        return Wishes(**self.model_dump())


def read_profile(path: Path) -> Wishes:
    """What a profile says of files.

    Raises:
        UnreadableError: no such file, no TOML, an unknown key or role.
    """
    try:
        said = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
        profile = Profile.model_validate(said)
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read ({error.strerror}).") from error
    except ValidationError as error:
        known = ", ".join(Profile.model_fields)
        raise UnreadableError(f"{path}: {reason_of(error)} (a profile has {known}).") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{path}: not a profile in TOML: {error}.") from error
    unknown = next((role for role in profile.columns if role not in {*ROLES, *ALIASES}), None)
    if unknown is not None:
        known = ", ".join(sorted({*ROLES, *ALIASES}))
        raise UnreadableError(f"{path}: columns: there is no role '{unknown}'; there is: {known}.")
    return profile.wishes()
