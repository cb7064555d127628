"""What the kinds of table share: ids, sources, what is kept beside a record."""

from collections.abc import Sequence
from hashlib import sha256

from reviewer.model.records import LONGEST_ID, Record
from reviewer.readers.given import Given
from reviewer.readers.tables.values import NOTHING
from reviewer.readers.transcript import source_of

MOST_BESIDE = 20_000
"""So many characters of cells without a role are kept beside a record."""
REMEMBERED = 100_000
MANY_SOURCES = 20_000
Part = tuple[type[Record], dict[str, object]]


def digest(*words: str) -> str:
    """An id made of content: the same words always have the same."""
    return sha256("\x1f".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def all_empty(cells: Sequence[str]) -> bool:
    """Whether a row says nothing at all."""
    return all(cell in NOTHING or not cell.strip() for cell in cells)


class Ids:
    """The ids of a file's records: the file's own, or made of what they say.

    An id that comes again for something else gets the mark of its content behind it; of very
    long files only the first hundred thousand ids are remembered.
    """

    def __init__(self, collection: str) -> None:
        self._before = collection + "/"
        self._seen: dict[str, int] = {}

    def of(self, own: str, *words: str) -> str:
        """The id of a record with these words."""
        id_ = self._before + (own.strip() or digest(*words))
        if len(id_) > LONGEST_ID or not id_.isprintable():
            id_ = self._before + digest(own)
        seen, content = self._seen, hash(words)
        if len(seen) < REMEMBERED:
            if seen.setdefault(id_, content) == content:
                return id_
        elif seen.get(id_, content) == content:
            return id_
        return f"{id_[: LONGEST_ID - 17]}/{digest(*words)}"


class Sources:
    """The sources of a file: each the same values, again and again."""

    def __init__(self, given: Given, kind: str = "other") -> None:
        self._kind = kind
        self._own = source_of(given)
        self._known: dict[str, dict[str, object]] = {}
        self._held: set[object] = set()

    def of(self, name: str) -> dict[str, object]:
        """The values of a source; without a name it is the file's own."""
        found = self._known.get(name)
        if found is None:
            if len(self._known) >= MANY_SOURCES:
                self._known.clear()
            id_ = " ".join(name.split())
            if len(id_) > LONGEST_ID or not id_.isprintable():
                id_ = digest(name)
            found = {"id": id_, "name": name.strip(), "kind": self._kind} if id_ else self._own
            self._known[name] = found
        return found

    def new(self, source: dict[str, object]) -> bool:
        """Whether no row has brought this source yet."""
        return source["id"] not in self._held

    def hold(self, source: dict[str, object]) -> None:
        """Remember that a row brought it."""
        if len(self._held) >= MANY_SOURCES:
            self._held.clear()
        self._held.add(source["id"])


class Beside:
    """The cells of a row that have no role, as lines of words: `party: republican`."""

    def __init__(self, named: Sequence[tuple[int, str]]) -> None:
        self._named = tuple((at, f"{name or f'column {at + 1}'}: ") for at, name in named)
        self.odd: list[str] = []
        """What was cut of the row that was looked at last."""

    def lines(self, cells: Sequence[str]) -> list[str]:
        """Those that are filled, in the order of the columns, whole as far as there is room."""
        found = []
        self.odd = []
        room = MOST_BESIDE
        for at, name in self._named:
            cell = cells[at]
            if cell in NOTHING:
                continue
            if len(cell) > room:
                self.odd.append(
                    f"its '{name.removesuffix(': ')}' was cut: {len(cell) - room:,} of its"
                    f" {len(cell):,} characters are left out"
                )
                cell = f"{cell[:room]} [cut here]" if room else ""
            room -= min(room, len(cell))
            if cell:
                found.append(name + cell)
        return found
