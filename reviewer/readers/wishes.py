"""What a person said of the files to import, where the files do not say it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person said of the files, where the files themselves do not say it.

    `columns` maps our names to theirs (`claim` to `col3` or a column's name); `collection`
    holds together what comes from one place, again and again, and stands before its ids;
    `newer` insists that a file is such a newer export, though all of it reads differently.
    Where a whole `folder` was named, it is the collection, and `within` is the file's place in
    it, which keeps the texts and lists of its files apart.
    """

    format: str = ""
    encoding: str = ""
    collection: str = ""
    newer: bool = False
    folder: str = ""
    within: str = ""
    language: str = ""
    source: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    translation: Path | None = None
    translation_language: str = ""
