"""What a search means to the index: its words as keys, and the ways in which they may match.

The keys are letters and digits alone (`latin.key_of`), each in quotation marks of its own: no
word that a person types is ever a part of the language that FTS5 understands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from reviewer.casefile.engine import Connection
from reviewer.model.searching import Sought
from reviewer.text import latin

FEWEST_LETTERS = 3
"""Shorter words are looked for whole: three letters say what they are the beginning of."""
MOST_SPELLINGS = 64
PARTS_LOOKED_AT = 512
ENDLESS = "\U0010ffff"
COMMON = 1_000
"""Words in so many passages are equally common."""
TRIGRAM = 3
SEVERAL = 3
"""From so many words on all of them seldom stand together."""
MOST_MISSED = 3
"""Of so many words in turn one may be missing; each is a walk through all the others."""


@dataclass(frozen=True)
class Term:
    """One word, or a row of them, and how to ask the index for it."""

    con: Connection
    sought: Sought
    keys: tuple[str, ...]

    @property
    def single(self) -> bool:
        """Whether it is one word of a script that has words."""
        return len(self.keys) == 1 and not latin.is_unspaced(self.keys[0])

    @cached_property
    def same(self) -> tuple[str, ...]:
        """Keys that are this word; of a single word alone."""
        return (self.keys[0], *latin.other_keys(self.sought.text)) if self.single else ()

    @cached_property
    def begun(self) -> str:
        """The beginning that words may have, where it is long enough to mean something."""
        key = self.keys[0]
        wanted = len(key) >= FEWEST_LETTERS or self.sought.opened
        return key if self.single and wanted and not key.isdecimal() else ""

    @cached_property
    def near(self) -> tuple[str, ...]:
        """Keys of other endings, or that begin so; too many are left to the index."""
        if not self.single or self.keys[0].isdecimal() or self.sought.quoted:
            return ()
        found: list[str] = []
        for stem in {latin.stem_of(key) for key in self.same}:
            found += _column(
                self.con,
                "SELECT key FROM search_word WHERE stem = ? LIMIT ?",
                (stem, MOST_SPELLINGS),
            )
        if self.begun:
            found += _column(
                self.con,
                "SELECT key FROM search_word WHERE key >= ? AND key < ? ORDER BY key LIMIT ?",
                (self.begun, self.begun + ENDLESS, MOST_SPELLINGS + 1),
            )
        return tuple(dict.fromkeys(found))

    @cached_property
    def inside(self) -> tuple[str, ...]:
        """Keys that this word is a part of."""
        key = self.keys[0]
        if not self.begun or len(key) < TRIGRAM or self.sought.quoted:
            return ()
        threes = dict.fromkeys(key[n : n + TRIGRAM] for n in range(len(key) - TRIGRAM + 1))
        found = _column(
            self.con,
            "SELECT word.key FROM search_part JOIN search_word AS word"
            " ON word.n = search_part.rowid WHERE search_part MATCH ? LIMIT ?",
            (" AND ".join(map(_quoted, threes)), PARTS_LOOKED_AT),
        )
        return tuple([one for one in found if key in one][:MOST_SPELLINGS])

    def exactly(self) -> str:
        """An expression for the word itself."""
        if self.single:
            return _any(self.same)
        (first, *more) = self.keys
        if not more and len(first) == 1:
            return f"{_quoted(first)} *"
        return _quoted(" ".join(self.keys))

    def nearly(self) -> str:
        """An expression for the word in any of its forms."""
        if len(self.near) > MOST_SPELLINGS and self.begun:
            return f"({_any(self.same)} OR {_quoted(self.begun)} *)"
        return _any(dict.fromkeys((*self.same, *self.near))) if self.single else self.exactly()

    def anyhow(self) -> str:
        """An expression for the word wherever it stands, inside others too."""
        if len(self.near) > MOST_SPELLINGS:
            return self.nearly()
        return (
            _any(dict.fromkeys((*self.same, *self.near, *self.inside)))
            if self.single
            else self.exactly()
        )

    def is_word(self, key: str) -> bool:
        """Whether a word of a text is to be marked as this one."""
        if not self.single:
            return key in self.keys or (len(self.keys[0]) == 1 and key.startswith(self.keys[0]))
        if key in self.same or (self.begun and key.startswith(self.begun)):
            return True
        if self.sought.quoted or key.isdecimal():
            return False
        return key in self.near or key in self.inside

    def commonness(self) -> int:
        """In how many passages it stands, counted no further than `COMMON`."""
        (n,) = self.con.execute(
            "SELECT count(*) FROM (SELECT 1 FROM search_text WHERE search_text MATCH ? LIMIT ?)",
            (f"words : ({self.nearly()})", COMMON),
        ).fetchone()
        return int(n)


def terms_of(con: Connection, sought: Iterable[Sought]) -> list[Term]:
    """The terms of a search; what has no letter and no digit is none."""
    found = []
    for one in sought:
        keys = [word.key for word in latin.words(one.text)]
        # The last character of a run stands alone in the index: it is in the pair before it.
        if len(keys) > 1 and len(keys[-1]) == 1 and latin.is_unspaced(keys[-1]):
            keys.pop()
        if keys:
            found.append(Term(con, one, tuple(keys)))
    return found


@dataclass(frozen=True, slots=True)
class Tier:
    """A way in which a search may be met. `whole`: no word is missing."""

    expression: str
    whole: bool


def tiers(terms: list[Term]) -> Iterator[Tier]:
    """The ways in which a search may be met, the best first, as expressions for the index.

    All words side by side; all of them; all of them in some form; parts of words; all but one,
    where the most common one is missed first. What meets one of the first four meets the next
    as well, and is left out there; what lacks one word lacks no other.
    """
    wanted = [term for term in terms if not term.sought.negated]
    # Each is made when it is asked for: a page is mostly full before the last.
    met = ""
    for one in _widening(wanted):
        if one != met:
            yield Tier(_but(f"({one}) NOT ({met})" if met else one, terms), whole=True)
        met = one
    for one in _missing_one(wanted):
        yield Tier(_but(one, terms), whole=False)


def widest(terms: list[Term]) -> str:
    """What every passage meets in which no word is missing; nothing where it saves no work."""
    wanted = [term for term in terms if not term.sought.negated]
    if len(wanted) < SEVERAL:
        return ""
    return _but(" AND ".join(term.anyhow() for term in wanted), terms)


def _but(one: str, terms: list[Term]) -> str:
    unwanted = "".join(f" NOT {term.nearly()}" for term in terms if term.sought.negated)
    return f"words : (({one}){unwanted})"


def _widening(wanted: list[Term]) -> Iterator[str]:
    if not wanted:
        return
    if len(wanted) > 1 and all(term.single for term in wanted):
        yield _quoted(" ".join(term.keys[0] for term in wanted))
    yield " AND ".join(term.exactly() for term in wanted)
    yield " AND ".join(term.nearly() for term in wanted)
    yield " AND ".join(term.anyhow() for term in wanted)


def _missing_one(wanted: list[Term]) -> Iterator[str]:
    loose = [term for term in wanted if not term.sought.quoted]
    if len(wanted) < 2 or not loose:
        return
    for missed in sorted(loose, key=Term.commonness, reverse=True)[:MOST_MISSED]:
        others = " AND ".join(term.nearly() for term in wanted if term is not missed)
        yield f"({others}) NOT ({missed.anyhow()})"


def _any(keys: Iterable[str]) -> str:
    return f"({' OR '.join(map(_quoted, keys))})"


def _quoted(text: str) -> str:
    # A key has no quotation mark; the words in a stranger's file may have any.
    return '"' + text.replace('"', '""') + '"'


def _column(con: Connection, query: str, values: tuple[object, ...]) -> list[str]:
    return [row[0] for row in con.execute(query, values).fetchall()]
