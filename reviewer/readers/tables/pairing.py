"""A second table that holds the translations of a first, paired by their ids."""

from reviewer.model.errors import UnreadableError
from reviewer.readers.given import Given
from reviewer.readers.tables import objects
from reviewer.readers.tables.columns import Columns
from reviewer.readers.tables.table import opened
from reviewer.readers.wishes import Wishes


def translations_of(given: Given, columns: Columns) -> dict[str, list[str]]:
    """For each id the translations that stand under it, in their order.

    Args:
        given: the file of the originals, whose wishes name the other file.
        columns: what the columns of the originals are; the other file's are called the same.

    Raises:
        UnreadableError: the other file cannot be read, or has no such columns.
    """
    path = given.wishes.translation
    if path is None or "id" not in columns.roles:
        raise UnreadableError(
            "its rows have no id to pair a translation by; say --map id=... with the column."
        )
    id_, text = (columns.names[columns.roles[role]] for role in ("id", "text"))
    found: dict[str, list[str]] = {}
    try:
        with Given.open(path, Wishes(encoding=given.wishes.encoding)) as other:
            given.remarks.append(f"its translations are in {path.name}, {other.encoding.said}")
            for one_id, words in _pairs(other, id_, text):
                found.setdefault(one_id, []).append(words)
    except UnreadableError as error:
        raise UnreadableError(f"{path}: {error.sentence}") from error
    if not found:
        raise UnreadableError(f"{path.name}: no row of it has both '{id_}' and '{text}'.")
    return found


def _pairs(other: Given, id_: str, text: str) -> list[tuple[str, str]]:
    if other.head_text.lstrip().startswith(("{", "[")):
        rows = [
            (objects.words(found.get(id_)), objects.words(found.get(text)))
            for _, found, _ in objects.found_in(other)
            if not isinstance(found, str)
        ]
    else:
        table = opened(other)
        names = table.columns.names
        if id_ not in names or text not in names:
            return []
        a, b = names.index(id_), names.index(text)
        rows = [(cells[a], cells[b]) for _, cells, reason in table.rows() if not reason]
    return [(one, words) for one, words in rows if one and words]
