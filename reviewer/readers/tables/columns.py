"""Which column of a table is what: by a person's word, by its name, by what stands in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reviewer.model.errors import UnreadableError, UsageError
from reviewer.readers.tables.names import OUR_OWN, ROLES, VERDICTS, bare
from reviewer.readers.tables.values import date_of, is_nothing, is_serial, ms_of, order_of

Cells = Sequence[str]
KEPT = 12
"""So many columns without a role are kept beside a record."""

CLAIMS = (
    "claim", "id", "rating", "value", "worst", "best", "rated", "date", "publisher", "claimant",
    "reason", "body", "title", "url", "tags", "priority", "language",
)  # fmt: skip
STATEMENTS = (
    "text", "id", "document", "title", "date", "language", "translation", "url", "publisher",
    "speaker",
)  # fmt: skip
TALK = ("speech", "speakername", "speaker", "start", "end", "translation", "line")
FIGURES = ("date", "id", "publisher", "claimant")
OF_KIND = {
    "claims": CLAIMS, "statements": STATEMENTS, "talk": TALK, "debate": (*TALK, "claim", "rating"),
    "figures": FIGURES,
}  # fmt: skip
ALIASES = {
    "source": "publisher", "verdict": "rating", "label": "rating", "keywords": "tags",
    "justification": "reason", "statement": "text", "sentence": "speech",
}  # fmt: skip
SHOWN = {"speech": "segment", "publisher": "source", "rated": "date of the rating"}


@dataclass(frozen=True)
class Columns:
    """The columns of a table and what they are.

    `kind` says what a row is: claims, statements, talk (a segment each), debate (segments
    with claims), figures. `roles` gives the place of each role's column; `rest` the columns
    that are kept as words beside the record; `left` those that are left out.
    """

    names: tuple[str, ...]
    kind: str
    roles: Mapping[str, int]
    rest: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    headed: bool = True
    notes: tuple[str, ...] = ()
    more: tuple[int, ...] = ()
    """Of figures: the columns that hold them."""

    def cell(self, cells: Cells, role: str) -> str:
        """What a row says of a role: nothing where there is no such column or cell."""
        at = self.roles.get(role)
        if at is None or at >= len(cells):
            return ""
        return "" if is_nothing(cells[at]) else cells[at]

    def remarks(self) -> Iterator[str]:
        """For a person: which column is what."""
        for role, at in self.roles.items():
            yield f"{SHOWN.get(role, role)} = {self._said(at)}"
        if self.more:
            yield "each figure is a claim: " + ", ".join(map(self._said, self.more))
        if self.left:
            yield "left out: " + ", ".join(map(self._said, self.left))
        yield from self.notes

    def _said(self, at: int) -> str:
        name = self.names[at]
        if not self.headed:
            return f"column {at + 1}" if name == f"column {at + 1}" else f"column {at + 1} ({name})"
        return f"column {at + 1} '{name}'"


class Sample:
    """The first rows of a table with the names of its columns."""

    def __init__(self, names: Sequence[str], rows: Sequence[Cells], *, headed: bool = True) -> None:
        self.names = tuple(names)
        self.headed = headed
        self.rows = rows
        self.bare = [bare(name) for name in names]

    def column(self, at: int) -> list[str]:
        """What stands in a column where anything does."""
        return [row[at] for row in self.rows if at < len(row) and not is_nothing(row[at])]

    @cached_property
    def filled(self) -> list[bool]:
        """Of each column, whether anything stands in it."""
        width = range(len(self.names))
        return [any(at < len(row) and not is_nothing(row[at]) for row in self.rows) for at in width]

    def counts(self, at: int) -> bool:
        """Whether a column only numbers the rows."""
        cells = self.column(at)
        if len(cells) != len(self.rows) or not all(cell.isdecimal() for cell in cells):
            return False
        numbers = [int(cell) for cell in cells if len(cell) < 12]
        return numbers == list(range(numbers[0], numbers[0] + len(cells))) if numbers else False

    def named(self, role: str) -> Iterator[int]:
        """The columns whose names fit a role, the surest first; none that are empty."""
        for name in ROLES[role]:
            for at, own in enumerate(self.bare):
                # `Disinfo_cases_ua`: a long name may end with a language.
                close = len(name) > 9 and own.startswith(name) and len(own) <= len(name) + 2
                if (own == name or close) and self.filled[at] and self.names[at] not in OUR_OWN:
                    yield at

    def has(self, *roles: str) -> bool:
        """Whether there is a column for each of the roles."""
        return all(next(self.named(role), None) is not None for role in roles)


def columns_of(sample: Sample, wishes: Mapping[str, str], *, kind: str = "") -> Columns:
    """The roles of the columns of a table.

    Args:
        sample: its first rows.
        wishes: what a person said: a role to a column's name or `col3`.
        kind: what its rows are, where that is known.

    Raises:
        UsageError: no such role.
        UnreadableError: no such column, or no column that could be the text of a record.
    """
    asked = wished(sample, wishes)
    kind = kind or _asked_kind(asked) or kind_of(sample)
    if not kind:
        raise UnreadableError(unclear(sample))
    roles = dict(asked)
    if kind == "claims" and "claim" not in roles:
        roles["claim"] = _claim(sample)
    if kind == "statements" and "text" not in roles:
        roles["text"] = _first(sample, "text", "statement")
    if kind in ("talk", "debate") and "speech" not in roles:
        roles["speech"] = _first(sample, "speech", "text")
    notes = _roles(sample, kind, roles)
    return _with_rest(sample, kind, roles, notes)


def wished(sample: Sample, wishes: Mapping[str, str]) -> dict[str, int]:
    """The columns that a person named."""
    found = {}
    for key, value in wishes.items():
        role = ALIASES.get(key, key)
        if role not in ROLES:
            known = ", ".join(sorted({*ROLES, *ALIASES} - {"statement"}))
            raise UsageError(f"There is no role '{key}' for a column; there is: {known}.")
        at = _place(sample, value)
        if at is None:
            columns = ", ".join(f"'{name}'" for name in sample.names[:30])
            raise UnreadableError(f"no column '{value}'; there is: {columns}, or col1, col2, ...")
        found[role] = at
    return found


def kind_of(sample: Sample) -> str:
    """What the rows of a table are, by the names of its columns; nothing where unclear."""
    if sample.has("claim"):
        return "claims"
    if sample.has("speech") and (sample.has("speaker") or sample.has("start")):
        return "talk"
    if sample.has("start", "text") and (sample.has("end") or sample.has("speaker")):
        start = sample.column(next(sample.named("start")))
        return "talk" if any(ms_of(cell, "s") is not None for cell in start) else "statements"
    if _rated_text(sample):
        return "claims"
    if sample.has("text") or sample.has("statement"):
        return "statements"
    if sample.has("title") and (sample.has("date") or sample.has("id") or sample.has("rating")):
        return "claims"
    return ""


def unclear(sample: Sample) -> str:
    """What to do about a table whose columns say nothing."""
    columns = ", ".join(f"'{name}'" for name in sample.names[:12])
    more = "" if len(sample.names) <= 12 else ", ..."
    return (
        "a table, but which of its columns is the claim or the text is not clear;"
        f" say it: --map claim=... or --map text=... (there is {columns}{more})."
    )


def _asked_kind(asked: Mapping[str, int]) -> str:
    for role, kind in (("claim", "claims"), ("speech", "talk"), ("text", "statements")):
        if role in asked:
            return kind
    return ""


def _place(sample: Sample, value: str) -> int | None:
    if value in sample.names:
        return sample.names.index(value)
    if bare(value) and bare(value) in sample.bare:
        return sample.bare.index(bare(value))
    number = value.lower().removeprefix("column").removeprefix("col").strip()
    if number.isdecimal() and len(number) < 6 and 1 <= int(number) <= len(sample.names):
        return int(number) - 1
    return None


def _first(sample: Sample, *roles: str) -> int:
    for role in roles:
        at = next(sample.named(role), None)
        if at is not None:
            return at
    raise UnreadableError(unclear(sample))


def _claim(sample: Sample) -> int:
    if not sample.has("claim") and _rated_text(sample):
        return _first(sample, "statement", "text")
    return _first(sample, "claim", "title", "statement")


def _rated_text(sample: Sample) -> bool:
    """Whether there are words with verdicts on them, though nothing is called a claim."""
    at = next(sample.named("rating"), None)
    text = next((n for role in ("statement", "text") for n in sample.named(role)), None)
    if at is None or text is None or sample.bare[text] in ROLES["body"]:
        return False
    words = sample.column(at)
    return sum(bare(word) in VERDICTS for word in words) * 2 > len(words)


def _roles(sample: Sample, kind: str, roles: dict[str, int]) -> tuple[str, ...]:
    """Fill in the roles of a kind by the names of the columns; what was decided, in words."""
    taken = set(roles.values())
    notes = []
    for role in OF_KIND[kind]:
        if role in roles:
            continue
        fitting = [at for at in sample.named(role) if at not in taken]
        if role == "id":
            fitting = [at for at in [*fitting, *_id_like(sample, taken)] if _tells(sample, at)]
        if role in ("date", "rated"):
            fitting.sort(key=lambda at: -_dated(sample, at))
            fitting = [at for at in fitting if _dated(sample, at)]
        if role == "claimant" and fitting and _wrote_the_check(sample, fitting[0]):
            notes.append(
                f"'{sample.names[fitting[0]]}' is who wrote the check, not the claimant: so say"
                " the addresses beside it"
            )
            fitting = fitting[1:]
        if fitting:
            roles[role] = fitting[0]
            taken.add(fitting[0])
    return tuple(notes)


def _id_like(sample: Sample, taken: set[int]) -> list[int]:
    """Columns that are called an id of something, where none is called an id."""
    return [
        at
        for at, name in enumerate(sample.bare)
        if at not in taken and name.endswith("id") and sample.filled[at]
    ]


def _tells(sample: Sample, at: int) -> bool:
    """Whether the cells of a column tell the rows apart, as ids do."""
    cells = sample.column(at)
    # A row that stands twice in a short table is a slip, and says nothing against its ids.
    slip = 1 if len(cells) > 3 else 0
    return len(cells) * 2 > len(sample.rows) and len(set(cells)) >= 0.9 * len(cells) - slip


def _dated(sample: Sample, at: int) -> float:
    """The share of a column that can be read as dates; whole ISO dates count most."""
    cells = sample.column(at)[:200]
    if cells and all(map(is_serial, cells)):
        return 1.0
    order = order_of(cells) or "day"
    return sum(bool(date_of(cell, order)) for cell in cells) / len(cells) if cells else 0.0


def _wrote_the_check(sample: Sample, at: int) -> bool:
    """Whether the names of a column stand in an address of who reviewed the claim.

    Some scrapes of fact-checkers hold the journalist where the claimant should be.
    """
    beside = [n for n, name in enumerate(sample.bare) if name == "claimreviewauthorurl"]
    pairs = [
        (bare(row[at]), bare(row[beside[0]])) for row in sample.rows if beside and row[beside[0]]
    ]
    return bool(pairs) and sum(name in url for name, url in pairs if name) * 2 > len(pairs)


def _with_rest(sample: Sample, kind: str, roles: dict[str, int], notes: tuple[str, ...]) -> Columns:
    used = {*roles.values()}
    free = [
        at
        for at, name in enumerate(sample.names)
        if at not in used and name not in OUR_OWN and not (_nameless(name) and sample.counts(at))
    ]
    if kind in ("talk", "debate"):
        return Columns(sample.names, kind, roles, (), tuple(free), sample.headed, notes)
    first = [at for at in free if sample.filled[at]]
    # What is empty so far may be filled further down.
    rest = sorted([*first[:KEPT], *[at for at in free if not sample.filled[at]][:KEPT]])
    left = tuple(at for at in free if at not in rest)
    return Columns(sample.names, kind, roles, tuple(rest), left, sample.headed, notes)


def _nameless(name: str) -> bool:
    return bare(name) in ("", "unnamed0", "index", "rownumber", "row")
