"""Filters that a reader keeps under a name, for every case: a file of the reader's own.

`losses = state:undecided tag:losses` keeps one, `losses =` forgets it, `=losses` uses it.
"""

from __future__ import annotations

import hashlib
import json

from reviewer.model.errors import FilterError, UsageError
from reviewer.service.config import state_dir
from reviewer.service.places import replace_file
from reviewer.structs import Struct
from reviewer.text.patterns import compiled

NAMED = r"(?s)\s*(?P<name>[^\s=:\"()<>-][^\s=:\"()<>]*)\s+=(?:\s+(?P<filter>.*))?\s*"
WANTED = r"\s*=\s*(?P<name>\S+)\s*"
LONGEST = 40
MOST = 100


class Naming(Struct):
    """A filter to keep under a name; an empty one is forgotten."""

    name: str
    filter: str


def naming(text: str) -> Naming | None:
    """What is to be kept, where a reader typed `name = filter`."""
    found = compiled(NAMED).fullmatch(text)
    return Naming(found["name"], (found["filter"] or "").strip()) if found else None


class SavedFilters:
    """The filters of one reader by their names."""

    def __init__(self, reader: str) -> None:
        name = hashlib.sha256(reader.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        folder = state_dir() / "filters"
        folder.mkdir(mode=0o700, exist_ok=True)
        self.path = folder / f"{name}.json"

    def all(self) -> dict[str, str]:
        """Every filter by its name, in the order in which they were named.

        Raises:
            UsageError: the file is not what this program writes; names it.
        """
        try:
            raw = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise self._spoilt() from error
        if not isinstance(raw, dict) or not all(isinstance(one, str) for one in raw.values()):
            raise self._spoilt()
        return raw

    def keep(self, said: Naming) -> None:
        """Keep or forget a filter.

        Raises:
            UsageError: the name is too long, there are too many, or the file is spoilt.
        """
        held = self.all()
        if len(said.name) > LONGEST or not said.name.isprintable():
            raise UsageError(f"A filter's name has 1 to {LONGEST} printable characters.")
        if said.filter:
            held[said.name] = said.filter
        else:
            held.pop(said.name, None)
        if len(held) > MOST:
            raise UsageError(f"{MOST} filters are kept already; forget one with: name =")
        replace_file(self.path, json.dumps(held, ensure_ascii=False, indent=1))

    def meant(self, text: str) -> str:
        """The filter that is meant: of `=name` the one kept so, else the text itself.

        Raises:
            FilterError: none is kept under this name; says which are.
            UsageError: the file is spoilt.
        """
        wanted = compiled(WANTED).fullmatch(text)
        if wanted is None:
            return text
        held = self.all()
        if wanted["name"] in held:
            return held[wanted["name"]]
        names = ", ".join(held) or "none yet; name = filter keeps one"
        raise FilterError(
            f"No filter is kept as '{wanted['name']}'. There is: {names}.", wanted.start("name")
        )

    def _spoilt(self) -> UsageError:
        return UsageError(
            f"{self.path} does not hold filters by their names; mend it or take it away."
        )
