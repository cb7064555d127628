"""Filters of the queue, written like searches people know.

`state:undecided verdict:false claimant:"Defence Ministry" -tag:dup kharkiv date:2022-03..2022-04`

All conditions must hold; `or` between two of them lets either, and binds closer than the
space does; parentheses group; `-` before a condition or a group negates it. Whatever stands in
quotation marks is a word, `"or"` too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reviewer.model.errors import FilterError
from reviewer.model.ranges import Range, date_range, number_range
from reviewer.structs import Struct, replace

FIELDS = {
    "state": "undecided, new, in_review, set_aside, decided, in_conflict, reopened",
    "verdict": "a value of the scale, or none",
    "claimant": "a part of the claimant's name",
    "tag": "a tag",
    "reader": "a reader who has a verdict or a note on it; me for yourself",
    "id": "a claim's id",
    "parent": "the id of the claim it is a part of",
    "priority": "1 to 9, 1..3, <3, >=3",
    "date": "2022-03, 2022-03..2022-04, >2022-03-07, none",
    "has": "statement, recording, excerpt, orphan, note, verdict, rating",
    "excerpts": "how many: 0, 1..3, >2",
    "stale": "yes or no",
    "due": "yes or no",
    "orphan": "yes or no",
    "marked": "yes or no",
}
YES_NO = ("yes", "no")
CHOICES = {
    "state": (
        "undecided",
        "new",
        "in_review",
        "set_aside",
        "needs_second",
        "decided",
        "in_conflict",
        "adjudicated",
        "reopened",
    ),
    "has": ("statement", "recording", "excerpt", "orphan", "note", "verdict", "rating"),
    "stale": YES_NO,
    "due": YES_NO,
    "orphan": YES_NO,
    "marked": YES_NO,
}
LEAST, MOST = 1, 9
"""The priorities."""
DEEPEST = 20
"""As many groups may stand in each other."""


class Term(Struct):
    """One condition. `field` is empty for a bare word. `at` is its place in the filter."""

    field: str
    value: str
    negated: bool
    at: int


class Group(Struct):
    """Conditions of which one option must hold, each of them several that hold together."""

    options: tuple[tuple[Part, ...], ...]
    negated: bool
    at: int


Part = Term | Group


def parse_filter(text: str) -> tuple[Part, ...]:
    """The conditions of a filter, all of which must hold.

    Raises:
        FilterError: names the place of the mistake and what was perhaps meant.
    """
    return _Parser(text).parts(0)


def written(parts: tuple[Part, ...]) -> str:
    """A filter as it may be typed: it means the same again."""
    return " ".join(map(_written, parts))


def _written(part: Part) -> str:
    sign = "-" if part.negated else ""
    if isinstance(part, Group):
        options = (_option(option) for option in part.options)
        return f"{sign}({' or '.join(options)})"
    if not part.field:
        return f'{sign}"{part.value}"'
    return f'{sign}{part.field}:"{part.value}"'


def _option(option: tuple[Part, ...]) -> str:
    return _written(option[0]) if len(option) == 1 else f"({written(option)})"


def terms_of(parts: tuple[Part, ...]) -> Iterator[Term]:
    """Every condition, however deep in groups."""
    for part in parts:
        if isinstance(part, Term):
            yield part
        else:
            for option in part.options:
                yield from terms_of(option)


def mapped(parts: tuple[Part, ...], change: Callable[[Term], Term]) -> tuple[Part, ...]:
    """The same filter with each condition changed."""
    return tuple(
        change(part)
        if isinstance(part, Term)
        else replace(part, options=tuple(mapped(option, change) for option in part.options))
        for part in parts
    )


def range_of(term: Term) -> Range:
    """What a condition on a number or a date spans."""
    found = date_range(term.value) if term.field == "date" else number_range(term.value)
    if found is None:
        raise ValueError(term.value)
    return found


class _Parser:
    """Reads a filter from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def parts(self, depth: int, opened: int = 0) -> tuple[Part, ...]:
        """Conditions up to the end of the filter, or of the group that was `opened`."""
        found: list[Part] = []
        while self._skip():
            if self._closes(depth):
                return tuple(found)
            begin = self.at
            if self._or():
                if not found:
                    raise _lonely_or(begin)
                found[-1] = self._either(found[-1], depth, begin)
            else:
                part = self._part(depth)
                found += [part] if part else []
        if depth:
            raise FilterError("A parenthesis is opened and not closed; add a ).", opened)
        return tuple(found)

    def _skip(self) -> bool:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.at < len(self.text)

    def _closes(self, depth: int) -> bool:
        if self.text[self.at] != ")":
            return False
        if not depth:
            raise FilterError("A parenthesis is closed and none was opened; take it away.", self.at)
        self.at += 1
        return True

    def _or(self) -> bool:
        word = self.text[self.at : self.at + 3]
        whole = len(word) == 2 or word[2:].isspace() or word[2:] in (")", "(")
        if word[:2].lower() != "or" or not whole:
            return False
        self.at += 2
        return True

    def _either(self, first: Part, depth: int, at: int) -> Group:
        if not self._skip() or self.text[self.at] == ")" or self._or():
            raise _lonely_or(at)
        second = self._part(depth)
        if second is None:
            raise _lonely_or(at)
        joined = isinstance(first, Group) and not first.negated and len(first.options) > 1
        options = first.options if joined and isinstance(first, Group) else _as_option(first)
        return Group((*options, *_as_option(second)), False, first.at)

    def _part(self, depth: int) -> Part | None:
        begin = self.at
        after = self.text[begin + 1 : begin + 2]
        negated = self.text[begin] == "-" and bool(after) and not after.isspace() and after != ")"
        self.at += negated
        if self.text[self.at] == "(":
            return self._group(begin, depth, negated=negated)
        term = self._term(begin, depth, negated=negated)
        return term if term.value else None

    def _group(self, begin: int, depth: int, *, negated: bool) -> Part | None:
        if depth >= DEEPEST:
            raise FilterError(f"More than {DEEPEST} groups stand in each other.", begin)
        opened = self.at
        self.at += 1
        parts = self.parts(depth + 1, opened)
        if not parts:
            return None
        only = parts[0]
        if len(parts) == 1 and isinstance(only, Group) and not only.negated:
            return replace(only, negated=negated, at=begin)
        return Group((parts,), negated, begin)

    def _term(self, begin: int, depth: int, *, negated: bool) -> Term:
        word, quoted = self._word(depth)
        name, colon, value = word.partition(":")
        if quoted or not colon:
            return Term("", word, negated, begin)
        name = name.lower()
        if name not in FIELDS:
            import difflib

            near = difflib.get_close_matches(name, FIELDS, n=1)
            meant = f" Did you mean {near[0]}: ?" if near else f" There is: {', '.join(FIELDS)}."
            raise FilterError(f"A claim has no '{name}' to filter by.{meant}", begin)
        if not value:
            if self.text[self.at : self.at + 1] == '"':
                value, _ = self._word(depth)
            if not value:
                raise FilterError(f"What should '{name}:' be? {FIELDS[name]}.", self.at)
        return Term(name, _checked(name, value, begin), negated, begin)

    def _word(self, depth: int) -> tuple[str, bool]:
        text, at = self.text, self.at
        if text[at] == '"':
            end = text.find('"', at + 1)
            if end < 0:
                raise FilterError('A quotation mark is opened and not closed; add a ".', at)
            self.at = end + 1
            return text[at + 1 : end], True
        end, opened = at, 0
        while end < len(text) and not text[end].isspace() and text[end] != '"':
            # A parenthesis within a word belongs to it, unless it closes the group around.
            if text[end] == ")" and depth and not opened:
                break
            opened = max(0, opened + (text[end] == "(") - (text[end] == ")"))
            end += 1
        self.at = end
        return text[at:end], False


def _as_option(part: Part) -> tuple[tuple[Part, ...], ...]:
    if isinstance(part, Group) and not part.negated and len(part.options) == 1:
        return part.options
    return ((part,),)


def _lonely_or(at: int) -> FilterError:
    return FilterError(
        "'or' stands between two conditions, either of which may hold; as a word to look for it"
        ' is written "or".',
        at,
    )


def _checked(name: str, value: str, at: int) -> str:
    if name in ("priority", "excerpts"):
        return _checked_number(name, value, at)
    if name == "date":
        return _checked_date(value, at)
    choices = CHOICES.get(name)
    if choices is None:
        return value
    wanted = value.lower().replace("-", "_").replace(" ", "_")
    if wanted not in choices:
        import difflib

        near = difflib.get_close_matches(wanted, choices, n=1)
        meant = f" Did you mean {near[0]}?" if near else f" It may be: {', '.join(choices)}."
        raise FilterError(f"'{value}' is not a {name}.{meant}", at)
    return wanted


def _checked_number(name: str, value: str, at: int) -> str:
    value = value.replace(" ", "")
    found = number_range(value)
    what = "a priority" if name == "priority" else "a number of excerpts"
    if found is None:
        raise FilterError(f"'{value}' is not {what}. It may be: {FIELDS[name]}.", at)
    beyond = name == "priority" and any(not LEAST <= n <= MOST for n in found.named)
    if beyond or found.backwards:
        why = "It runs backwards." if found.backwards else f"It may be: {FIELDS[name]}."
        raise FilterError(f"'{value}' is not {what}. {why}", at)
    return value


def _checked_date(value: str, at: int) -> str:
    wanted = "none" if value.lower() == "none" else value.replace(" ", "").upper()
    found = date_range(wanted)
    if found is None or found.backwards:
        why = "It runs backwards." if found else f"It may be: {FIELDS['date']}."
        raise FilterError(f"'{value}' is not a date. {why}", at)
    return wanted
