"""What in the case may have to do with a claim: looked up in the index of the search.

The cost is bounded whatever the case holds. Each of the claim's words (`MOST_WORDS`, the rarest
first) is looked up in the forms it has there, `EACH` passages of it at most; where it has more,
it is common, and the passages that hold two of the rarest common words are looked up as well.
Of all those found, `READ` are read, those with the rarest words in common: only they are ordered
sentence by sentence (`insight.likeness`). A passage that shares nothing with the claim but common
words, and not two of its rarest, may so be missed.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from reviewer.casefile import likely_reading as reading
from reviewer.casefile.engine import Connection, Row
from reviewer.insight import likeness
from reviewer.insight.likeness import Asked, Rarity
from reviewer.model.evidence import Claim
from reviewer.model.likely import Passage
from reviewer.text import latin

TEXTS = ("statement", "recording")
MOST_WORDS = 40
EACH = 400
FORMS = 40
PAIRED = 4
READ = 150
SAMPLED_AT = 40
SAMPLED = 25
SAMPLED_SIZE = 100_000
"""Code points of the sample by which it is known how rare a word is."""
ENDLESS = "\U0010ffff"
LEAST = 0.05
"""The share of the best score that is worth an offer."""
SHARES = (("claimant", 0.3), ("context", 0.3))
"""How much of the claim's other words counts, and of the year it was made in."""
YEAR_SHARE = 0.2


def asked(claim: Claim) -> Asked:
    """What is looked for: the claim's wording, and with less weight what else is known of it."""
    found = [(likeness.terms(claim.text), 1.0)]
    found += [(likeness.terms(getattr(claim, part)), share) for part, share in SHARES]
    return [*found, (likeness.terms(claim.date[:4]), YEAR_SHARE)]


@dataclass(frozen=True, slots=True)
class Sample:
    """How rare words are among the passages of some kinds; good for the index as it was."""

    kinds: tuple[str, ...]
    last: int
    rarity: Rarity


def sample(con: Connection, kinds: tuple[str, ...]) -> Sample:
    """An even sample of the passages of some kinds: `SAMPLED` after one another here and there."""
    last = last_of(con)
    rows: dict[int, Row] = {}
    step = max(1, last // SAMPLED_AT)
    for at in range(0, last, step):
        for row in _rows(con, _match(con, "", kinds, after=at, most=SAMPLED)):
            rows[row["n"]] = row
    taken: list[list[str]] = []
    seen = size = 0
    # From here and there, too, where not all of them can be read.
    for row in sorted(rows.values(), key=lambda row: (row["n"] * 2_654_435_761) % 2**32):
        if size > SAMPLED_SIZE:
            break
        seen += 1
        for run in reading.runs(con, [row]):
            taken += [latin.keys(one.text) for one in run if one.own]
            size += sum(len(one.text) for one in run)
    of = _how_many(con, kinds, last) * len(taken) // max(1, seen)
    return Sample(kinds, last, Rarity(taken, of))


def last_of(con: Connection) -> int:
    """How far the index has come: a sample is as good as it was while this stays."""
    (last,) = con.execute("SELECT coalesce(max(n), 0) FROM search_passage").fetchone()
    return int(last)


def _how_many(con: Connection, kinds: tuple[str, ...], last: int) -> int:
    """About how many rows of the index are of these kinds."""
    mark = con.execute("SELECT upto FROM search_mark WHERE kind = 'claim'").fetchone()
    claims = int(mark["upto"]) if mark else 0
    return claims if kinds == ("claim",) else max(1, last - claims)


def texts(con: Connection, claim: Claim, held: Sample) -> list[Passage]:
    """Passages of statements and recordings, those most likely to bear on a claim first."""
    wanted = asked(claim)
    found = [*reading.beside(con, claim), *reading.runs(con, _candidates(con, wanted, held))]
    unlike = reading.distinct(found)
    words = [[latin.keys(one.text) for one in run] for run in unlike]
    scored = likeness.scores(wanted, words, held.rarity)
    least = LEAST * max((score for row in scored for score in row), default=0.0)
    order = sorted(
        (
            (-round(score, 9), one.place, one)
            for run, row in zip(unlike, scored, strict=True)
            for one, score in zip(run, row, strict=True)
            if score > least
        ),
        key=lambda found: found[:2],
    )
    return reading.best_of_each(one for _, _, one in order)


def claims(con: Connection, claim: Claim, held: Sample) -> list[str]:
    """The ids of the other claims of the case, those most alike first."""
    wanted = asked(claim)[:1]
    rows = [row for row in _candidates(con, wanted, held) if row["id"] != claim.id]
    found = [one for run in reading.runs(con, rows) for one in run]
    words = [[latin.keys(one.text)] for one in found]
    scored = likeness.scores(wanted, words, held.rarity)
    least = LEAST * max((score for row in scored for score in row), default=0.0)
    order = sorted(
        (-round(score, 9), one.id)
        for one, (score,) in zip(found, scored, strict=True)
        if score > least
    )
    return [id_ for _, id_ in order]


def _candidates(con: Connection, wanted: Asked, held: Sample) -> list[Row]:
    keys: dict[str, float] = {}
    for text, share in wanted:
        for key in text[0]:
            keys[key] = max(keys.get(key, 0.0), share)
    weights = {key: share * held.rarity.weight(0, key) for key, share in keys.items()}
    rarest = sorted(weights, key=lambda key: (-weights[key], key))[:MOST_WORDS]
    points: dict[int, float] = {}
    common: list[str] = []
    for key in rarest:
        words = _any(_forms(con, key))
        found = _match(con, words, held.kinds, most=EACH + 1)
        if len(found) > EACH:
            common.append(words)
        weight = keys[key] * held.rarity.weight(1, likeness.beginning(key), len(found))
        for n in found:
            points[n] = points.get(n, 0.0) + weight
    for first, second in combinations(common[:PAIRED], 2):
        for n in _match(con, f"{first} AND {second}", held.kinds, most=EACH):
            points.setdefault(n, 0.0)
    best = sorted(points, key=lambda n: (-points[n], n))[: READ * 2]
    return [row for row in _rows(con, best) if reading.is_current(con, row)][:READ]


def _forms(con: Connection, key: str) -> list[str]:
    """The key and others of the case that begin as it does, its own forms first."""
    begins = likeness.beginning(key)
    if key.isdecimal() or begins == key[:1] or (not key.isascii() and latin.is_unspaced(key)):
        return [key]
    same = con.execute(
        "SELECT key FROM search_word WHERE stem = ? LIMIT ?", (latin.stem_of(key), FORMS)
    ).fetchall()
    begun: list[Row] = []
    if len(begins) == likeness.BEGINNING:
        begun = con.execute(
            "SELECT key FROM search_word WHERE key >= ? AND key < ? ORDER BY key LIMIT ?",
            (begins, begins + ENDLESS, FORMS),
        ).fetchall()
    return list(dict.fromkeys([key, *(row[0] for row in [*same, *begun])]))


def _match(
    con: Connection, words: str, kinds: tuple[str, ...], *, after: int = 0, most: int
) -> list[int]:
    of_kind = f"what : ({_any(kinds)})"
    rows = con.execute(
        "SELECT rowid FROM search_text WHERE search_text MATCH ? AND rowid > ?"
        " ORDER BY rowid LIMIT ?",
        (f"words : ({words}) AND {of_kind}" if words else of_kind, after, most),
    ).fetchall()
    return [row[0] for row in rows]


def _rows(con: Connection, numbers: Sequence[int]) -> list[Row]:
    """The rows of the index of these numbers, in their order."""
    rows = con.execute(
        "SELECT * FROM search_passage WHERE n IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    ).fetchall()
    held = {row["n"]: row for row in rows}
    return [held[n] for n in numbers if n in held]


def _any(keys: Iterable[str]) -> str:
    return f"({' OR '.join(_quoted(key) for key in keys)})"


def _quoted(text: str) -> str:
    # A key has no quotation mark; the words in a stranger's file may have any.
    return '"' + text.replace('"', '""') + '"'
