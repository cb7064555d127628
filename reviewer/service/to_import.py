"""The files of an import: which there are, what was wished for each, which belong together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.model.errors import UnreadableError
from reviewer.readers import files_under, tag_of, translations_among
from reviewer.readers.given import collection_of
from reviewer.readers.wished import LONGEST_NAME
from reviewer.readers.wishes import Wishes


@dataclass(frozen=True, slots=True)
class ToImport:
    """A file to import, or why it is none."""

    path: Path
    wishes: Wishes
    wrong: str = ""
    alone: Wishes | None = None
    """Where a translation was found beside it by its name: what was wished without it."""

    @property
    def collection(self) -> str:
        """What it belongs to, where it cannot be opened either."""
        return self.wishes.collection or self.wishes.folder or collection_of(self.path)


def files_of(paths: Sequence[Path], wishes: Wishes) -> list[ToImport]:
    """Every file with what was wished for it; those of a folder are one collection."""
    found: list[ToImport] = []
    for path in paths:
        of = wishes
        if path.is_dir() and not wishes.collection:
            name = path.resolve().name
            name = "".join(c if c.isprintable() else "-" for c in name)[:LONGEST_NAME]
            of = replace(wishes, folder=name)
        try:
            found += _within(path, files_under(path), of)
        except UnreadableError as error:
            found.append(ToImport(path, of, bare(path, error)))
    return found if wishes.translation else _paired(found)


def _within(path: Path, files: Sequence[Path], wishes: Wishes) -> list[ToImport]:
    """The files of a folder, each with its place in it; endings tell apart what is named alike."""
    if not wishes.folder:
        return [ToImport(file, wishes) for file in files]
    names = [_place(path, file) for file in files]
    often = Counter(names)
    return [
        ToImport(
            file,
            replace(wishes, within=name if often[name] == 1 else f"{name}{file.suffix.lower()}"),
        )
        for file, name in zip(files, names, strict=True)
    ]


def _place(folder: Path, file: Path) -> str:
    within = file.relative_to(folder) if file.is_relative_to(folder) else Path(file.name)
    parts = [collection_of(Path(f"{part}.")) for part in within.parts[:-1]]
    return "/".join([*parts, collection_of(file)])


def _paired(files: list[ToImport]) -> list[ToImport]:
    """Where a file and its translation are both named, the one with the other."""
    beside = translations_among(file.path for file in files)
    used = set(beside.values())
    return [_with(file, beside.get(file.path)) for file in files if file.path not in used]


def _with(file: ToImport, translation: Path | None) -> ToImport:
    if translation is None:
        return file
    wishes = file.wishes
    language = wishes.translation_language or tag_of(translation)
    wishes = replace(wishes, translation=translation, translation_language=language)
    return replace(file, wishes=wishes, alone=file.wishes)


def bare(path: Path, error: UnreadableError) -> str:
    """What is wrong with a file, without its name and its stop."""
    return error.sentence.removeprefix(f"{path}: ").rstrip(".")
