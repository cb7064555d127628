"""Any filter holds just the claims that a plain reading of it names."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.model.claims import ClaimView, State
from reviewer.model.evidence import Stance
from reviewer.model.filters import Part, Term, parse_filter, written
from reviewer.model.records import Record
from reviewer.service.session import Session
from tests.casefile.making import at_work, claim, new_case, recording, source, statement, take_in

CLAIMS = 24
CLAIMANTS = ["Defence Ministry", "МИНОБОРОНЫ", "", "وزارة الدفاع", "國防部"]
WORDS = ["Kharkiv", "ХАРКІВ", "Straße", "חרקוב", "哈爾科夫", "100%", "[/x]"]
DATES = ["", "2022", "2022-02-28", "2022-03", "2022-03-07", "2022-03-07T14:05:00Z", "2022-04-30"]
TAGS = ["losses", "Місто", "dup"]
OPEN = (State.NEW, State.IN_REVIEW, State.SET_ASIDE, State.REOPENED)


def records() -> list[Record]:
    chance = random.Random(7)
    made: list[Record] = [
        source(),
        statement(),
        statement("izium", "Shelling in Izium."),
        recording(),
    ]
    made += [
        claim(
            f"c-{n:02}",
            text=f"{chance.choice(WORDS)} and {chance.choice(WORDS)}.",
            claimant=chance.choice(CLAIMANTS),
            date=chance.choice(DATES),
            priority=chance.randint(1, 9),
            tags=chance.sample(TAGS, chance.randint(0, 2)),
            statements=chance.choice([[], ["gur-7-march"], ["izium"]]),
            recordings=chance.choice([[], [], ["call-1"]]),
        )
        for n in range(CLAIMS)
    ]
    return made


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    chance = random.Random(3)
    path = new_case(tmp_path_factory.mktemp("agree"), records)
    with at_work(path, "ann", "Борис") as sessions:
        for n in range(CLAIMS):
            for one in sessions:
                id_ = f"c-{n:02}"
                match chance.randint(0, 6):
                    case 0 | 1:
                        one.decide(one.view(id_), chance.choice(["false", "verified"]))
                    case 2:
                        one.note(one.view(id_), "call them")
                    case 3:
                        one.mark(one.view(id_))
                    case 4 if one.view(id_).row.state in OPEN:
                        one.set_aside(one.view(id_))
                    case 5:
                        one.link(one.view(id_), one.text("izium"), 0, 8, Stance.CONTEXT)
    take_in(path, statement("izium", "Nothing in Izium."))
    with at_work(path, "ann") as (ann,):
        yield ann


@pytest.fixture(scope="module")
def views(session: Session) -> dict[str, ClaimView]:
    return {row.id: session.view(row.id) for row in session.rows()}


def holds(part: Part, view: ClaimView) -> bool:
    """A plain reading of a condition."""
    if isinstance(part, Term):
        found = READINGS[part.field](view, part.value)
    else:
        found = any(all(holds(one, view) for one in option) for option in part.options)
    return found is not part.negated


def spans(text: str, value: int) -> bool:
    for sign, test in SIGNS.items():
        if text.startswith(sign):
            return test(value, int(text.removeprefix(sign)))
    low, dots, high = text.partition("..")
    if not dots:
        return value == int(low)
    return (not low or value >= int(low)) and (not high or value <= int(high))


SIGNS: dict[str, Callable[[int, int], bool]] = {
    "<=": int.__le__, ">=": int.__ge__, "<": int.__lt__, ">": int.__gt__
}  # fmt: skip


def dated(text: str, date: str) -> bool:
    if text == "none" or not date:
        return text == "none" and not date
    sign = next((sign for sign in SIGNS if text.startswith(sign)), "")
    if sign:
        day = text.removeprefix(sign)
        if date.startswith(day):
            return sign.endswith("=")
        return date < day if sign[0] == "<" else date > day
    low, dots, high = text.partition("..")
    if not dots:
        return date.startswith(low)
    return (not low or date >= low) and (not high or date <= high or date.startswith(high))


def standing(view: ClaimView) -> list[str]:
    return [v.value for v in view.verdicts if v.standing]


def has(view: ClaimView, what: str) -> bool:
    held = {
        "statement": bool(view.statements),
        "recording": bool(view.recordings),
        "excerpt": bool(view.excerpts),
        "orphan": any(e.orphan for e in view.excerpts),
        "note": bool(view.notes),
        "verdict": bool(standing(view)),
        "rating": bool(view.ratings),
    }
    return held[what]


def read_by(view: ClaimView, who: str) -> bool:
    name = "ann" if who == "me" else who
    return name in {v.reader for v in view.verdicts if v.standing} | {n.reader for n in view.notes}


def said(view: ClaimView, words: str) -> bool:
    of = view.claim
    return words.casefold() in f"{of.id} {of.text} {of.claimant} {of.context}".casefold()


READINGS: dict[str, Callable[[ClaimView, str], bool]] = {
    "": said,
    "state": lambda v, s: v.row.state in OPEN if s == "undecided" else v.row.state == s,
    "verdict": lambda v, s: v.row.state in OPEN if s == "none" else s in standing(v),
    "claimant": lambda v, s: s.casefold() in v.claim.claimant.casefold(),
    "tag": lambda v, s: s.casefold() in {tag.casefold() for tag in v.claim.tags},
    "reader": read_by,
    "id": lambda v, s: v.claim.id == s,
    "parent": lambda v, s: v.claim.parent == s,
    "priority": lambda v, s: spans(s, v.claim.priority),
    "excerpts": lambda v, s: spans(s, len(v.excerpts)),
    "date": lambda v, s: dated(s, v.claim.date),
    "has": has,
    "orphan": lambda v, s: has(v, "orphan") is (s == "yes"),
    "stale": lambda v, s: any(x.stale for x in v.verdicts if x.standing) is (s == "yes"),
    "marked": lambda v, s: v.row.marked is (s == "yes"),
}
NUMBERS = ["{}", "<{}", "<={}", ">{}", ">={}", "{}..", "..{}", "1..{}"]
numbers = st.builds(lambda form, n: form.format(n), st.sampled_from(NUMBERS), st.integers(1, 9))
days = st.sampled_from(["2022", "2022-03", "2022-03-07", "2022-04", "2021"])
VALUES: dict[str, st.SearchStrategy[str]] = {
    "": st.sampled_from([*(w.casefold() for w in WORDS), "c-1", "AND", "міно", "國防"]),
    "state": st.sampled_from(["undecided", *State]),
    "verdict": st.sampled_from(["false", "verified", "none"]),
    "claimant": st.sampled_from(["ministry", "минобороны", "وزارة", "國"]),
    "tag": st.sampled_from(["LOSSES", "місто", "dup", "%"]),
    "reader": st.sampled_from(["me", "ann", "Борис", "nobody"]),
    "id": st.sampled_from(["c-03", "c-11", "c"]),
    "priority": numbers,
    "excerpts": numbers | st.just("0"),
    "date": st.just("none")
    | st.builds(
        lambda form, day: form.format(day), st.sampled_from([*NUMBERS[:-1], "2022..{}"]), days
    ).filter(lambda text: text != "2022..2021"),
    "has": st.sampled_from(["statement", "recording", "excerpt", "orphan", "note", "verdict"]),
    "orphan": st.sampled_from(["yes", "no"]),
    "stale": st.sampled_from(["yes", "no"]),
    "marked": st.sampled_from(["yes", "no"]),
}
terms = st.sampled_from(sorted(VALUES)).flatmap(
    lambda field: st.builds(
        lambda value, negated: Term(field, value, negated, 0), VALUES[field], st.booleans()
    )
)


@st.composite
def filters(draw: st.DrawFn, depth: int = 2) -> str:
    """A filter as it may be typed."""
    typed = []
    for _ in range(draw(st.integers(1, 3))):
        if depth and draw(st.integers(0, 3)) == 0:
            typed.append(f"{draw(st.sampled_from(['', '-']))}({draw(filters(depth - 1))})")
        else:
            typed.append(written((draw(terms),)))
    return " ".join(f"{one}{draw(st.sampled_from(['', '', ' or']))}" for one in typed[:-1]) + (
        f" {typed[-1]}"
    )


@settings(max_examples=250, deadline=None)
@given(filters())
def test_a_filter_holds_just_what_a_plain_reading_of_it_names(
    session: Session, views: dict[str, ClaimView], text: str
) -> None:
    parts = parse_filter(text)
    filter_ = session.filter(text)
    wanted = [id_ for id_, view in views.items() if all(holds(part, view) for part in parts)]
    assert [row.id for row in session.rows(filter_)] == wanted
    assert session.count(filter_) == len(wanted)
    assert [id_ for id_ in views if session.matches(id_, filter_)] == wanted
    assert [session.position(id_, filter_) for id_ in wanted] == list(range(len(wanted)))


def test_or_binds_closer_than_the_space(session: Session, views: dict[str, ClaimView]) -> None:
    found = session.filter("tag:losses state:new or state:decided")
    inside = {
        id_ for id_, view in views.items()
        if "losses" in view.claim.tags and view.row.state in (State.NEW, State.DECIDED)
    }  # fmt: skip
    assert {row.id for row in session.rows(found)} == inside
