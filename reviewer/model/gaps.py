"""Something that is not known, and how it is told.

It is told in words that claim no more than is so: that something is not known here, never that
it cannot be known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reviewer.model.questions import Question
from reviewer.structs import Struct

QUESTION, CALL, GRADE = KINDS = ("question", "call", "grade")


class Gap(Struct):
    """One thing that is not known.

    `about` is what it is about: a claim, a recording, a source; `key` the question's id, or the
    part of the intercept card; `text` what is asked, or what little is said of it.
    """

    kind: str
    about: str
    key: str
    text: str
    label: str = ""
    claim: str = ""
    question: Question | None = None


def headline(gap: Gap) -> str:
    """A gap in one line."""
    match gap.kind:
        case "question":
            return f"{gap.key}  {gap.question.state if gap.question else ''}: {gap.text}"
        case "call":
            return f"{gap.about}, {gap.label[:1].lower()}{gap.label[1:]}: {gap.text or 'unknown'}"
        case _:
            name = "" if gap.text == gap.about else f" ({gap.text})"
            return f"Source without a grade: {gap.about}{name}"


def details(gap: Gap) -> Iterator[str]:
    """What else is to be said of a question, line by line."""
    one = gap.question
    if one is None:
        return
    for asked in one.asked:
        on = f" on {asked.on}" if asked.on else ""
        yield f"Asked: {asked.whom}{on} (says {asked.reader})"
    if one.answer:
        yield f"Answer: {one.answer} (says {one.answer_by})"
    elif one.asked:
        yield "Answer: none recorded"
    if one.would_change:
        yield f"Would change the verdict: {one.would_change}"


def counted(found: Collection[Gap]) -> str:
    """`2 questions, 7 unknowns of calls, 1 ungraded source`."""
    words = {
        QUESTION: ("question", "questions"),
        CALL: ("unknown of a call", "unknowns of calls"),
        GRADE: ("ungraded source", "ungraded sources"),
    }
    counts = {kind: sum(gap.kind == kind for gap in found) for kind in KINDS}
    said = [f"{n} {words[kind][n > 1]}" for kind, n in counts.items() if n]
    return ", ".join(said) or "none recorded"
