"""The summary of a sitting: read from the case, and in words."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.casefile import sittings
from reviewer.insight import summary as insight
from reviewer.model.clock import day, minute
from reviewer.model.scale import Scale
from reviewer.model.summary import Done, Left, Summary
from reviewer.service.session import Session
from reviewer.structs import replace
from reviewer.text.units import counted

DAYS = 14
DAY_MS = 86_400_000
FROM_MONTH = len("2022-")
CALLED = {
    "set_aside": "set aside",
    "link": "excerpt",
    "unlink": "excerpt taken back",
    "dismiss": "passage refused",
    "readings": "second reading asked for",
    "weigh": "rating of an item",
    "method": "rule of the case",
    "recheck": "day for another look",
    "adjudicate": "adjudication",
    "reopen": "reopening",
}
"""What is recorded, where its word in the ledger is not the reader's."""
RATE_FROM_MS = 600_000
"""In a sitting shorter than that, a number an hour says nothing."""

Field = tuple[str, str]


def summary(session: Session) -> Summary:
    """What this sitting has come to so far."""
    now = session.clock()
    with session.case.read() as con:
        acts = sittings.acts(con, session.reader, session.behind) if session.seen else []
        # What another device of the same reader did before may have been merged in meanwhile.
        acts = [act for act in acts if act.at >= session.began]
    return _summed(session, acts, session.began or now, now, len(session.seen))


def newest(session: Session) -> Summary:
    """What the newest sitting of this reader came to, whether it is over or not."""
    now = session.clock()
    with session.case.read() as con:
        acts = insight.newest_sitting(sittings.acts(con, session.reader))
    began, until = (acts[0].at, acts[-1].at) if acts else (now, now)
    return _summed(session, acts, began, until, None)


def _summed(
    session: Session, acts: list[Done], began: int, until: int, seen: int | None
) -> Summary:
    with session.case.read() as con:
        left = sittings.left(con, session.reader, session.clock())
        days = sittings.by_day(con, session.reader, session.clock(), DAYS)
    left = replace(left, due=session.count_due())
    verdicts = insight.verdicts(acts)
    return Summary(
        reader=session.reader,
        began=began,
        until=until,
        seen=seen,
        decided=verdicts.total(),
        verdicts=dict(verdicts),
        recorded=dict(insight.recorded(acts)),
        # The first verdict of a sitting that is over tells when it came, not how long it took.
        pace=insight.pace(acts if seen is not None else acts[1:], began),
        left=left,
        days=days,
    )


def fields(one: Summary, scale: Scale) -> Iterator[Field]:
    """It in labels and what stands behind them."""
    yield "Sitting", f"{minute(one.began)}, {spent(one.until - one.began)}"
    if one.seen is not None:
        yield "Seen", counted(one.seen, "claim")
    values = [(scale.label(v.value), one.verdicts.get(v.value, 0)) for v in scale.values]
    by_value = ", ".join(f"{label} {n}" for label, n in values if n)
    yield "Decided", f"{counted(one.decided, 'claim')}{f': {by_value}' if by_value else ''}"
    if one.recorded:
        kinds = sorted((CALLED.get(kind, kind), n) for kind, n in one.recorded.items())
        yield "Also recorded", ", ".join(f"{kind} {n}" for kind, n in kinds)
    if pace := _pace(one):
        yield "Pace", pace
    yield from waiting(one.left)


def waiting(left: Left) -> Iterator[Field]:
    """What waits in the case."""
    yield "Second reader", f"{_second(left)}; {counted(left.once, 'claim')} read by one alone"
    differ = left.states.get("in_conflict", 0)
    yield "Disagreements", f"readers differ on {counted(differ, 'claim')}" if differ else "none"
    yield "Debt", _debt(left)


def leaving(one: Summary) -> Iterator[str]:
    """It in two lines, for who leaves; nothing where nothing was recorded."""
    if not one.did_anything:
        return
    seen = "" if one.seen is None else f"{counted(one.seen, 'claim')} seen, "
    pace = f"; {_pace(one)}" if _pace(one) else ""
    yield f"This sitting: {seen}{one.decided} decided in {spent(one.until - one.began)}{pace}."
    parts = [_debt(one.left)]
    if one.left.waiting or one.left.states.get("needs_second"):
        parts.append(f"second reader: {_second(one.left)}")
    if differ := one.left.states.get("in_conflict"):
        parts.append(f"readers differ on {counted(differ, 'claim')}")
    yield f"Left: {'; '.join(parts)}."


def day_labels(one: Summary) -> list[tuple[str, int]]:
    """The last days with their verdicts, as a plot takes them."""
    return [(day(number * DAY_MS)[FROM_MONTH:], n) for number, n in one.days]


def spent(ms: int) -> str:
    """How long something took: `48 s`, `25 min`, `2 h 05 min`."""
    seconds = max(0, ms) // 1000
    if seconds < 100:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60:02} min"


def _pace(one: Summary) -> str:
    if one.pace is None:
        return ""
    said = f"a verdict in {spent(one.pace)} (median)"
    took = one.until - one.began
    return said if took < RATE_FROM_MS else f"{said}, {one.decided * 3_600_000 / took:.0f} an hour"


def _second(left: Left) -> str:
    asked = left.states.get("needs_second", 0)
    if not asked and not left.waiting:
        return "none asked for"
    wait = "waits" if left.waiting == 1 else "wait"
    return f"{left.waiting} of your claims {wait} for one, asked for on {counted(asked, 'claim')}"


def _debt(left: Left) -> str:
    kinds = (("reopened", "reopened"), ("set_aside", "set aside"), ("in_review", "begun"))
    owed = ", ".join(f"{n} {word}" for state, word in kinds if (n := left.states.get(state)))
    said = [f"{left.undecided} undecided{f' ({owed})' if owed else ''}"]
    if left.due:
        said.append(f"{left.due} due for another look")
    if left.stale:
        said.append(f"{counted(left.stale, 'verdict')} of yours stale")
    if left.orphans:
        said.append(counted(left.orphans, "orphan excerpt"))
    return ", ".join(said)
