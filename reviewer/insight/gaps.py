"""What is not known: the questions nobody has answered, what calls leave open, the grade debt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from reviewer.model.evidence import Recording, Source
from reviewer.model.findings import Finding
from reviewer.model.gaps import CALL, GRADE, QUESTION, Gap
from reviewer.model.grades import graded_sources
from reviewer.model.intercepts import card_of
from reviewer.model.questions import Question, questions_of
from reviewer.model.sections import Section, Table


def gaps(
    findings: Iterable[Finding],
    recordings: Iterable[Recording],
    sources: Collection[Source] = (),
    *,
    settled: bool = False,
) -> Iterator[Gap]:
    """What is not known: questions first, then calls, then sources without a grade.

    Args:
        findings: those on the claims, and those of these recordings and sources.
        recordings: the calls; their segments are not looked at.
        sources: those that should have a grade; none where the case does not use grades.
        settled: also the questions that are answered or closed.
    """
    found = list(findings)
    for one in questions_of(found):
        if settled or one.waits:
            yield Gap(QUESTION, one.claim, one.key, one.text, claim=one.claim, question=one)
    for call in recordings:
        for part in card_of(call, found):
            if part.unknown:
                yield Gap(CALL, call.id, part.key, part.text, label=part.label)
    graded = graded_sources(found)
    for source in sources:
        if source.id not in graded:
            yield Gap(GRADE, source.id, "source", source.name)


def section(found: Sequence[Gap]) -> Iterator[Section]:
    """What is not known, to be read: the questions as a table, then calls, then sources."""
    if not found:
        return
    parts: list[str | Table] = []
    asked = sorted((gap.question for gap in found if gap.question), key=lambda one: not one.waits)
    if asked:
        head = ("Question", "State", "Who was asked", "Answer", "Would change the verdict")
        parts.append(Table(head, tuple(map(_row, asked))))
    by_call: dict[str, list[str]] = {}
    for gap in found:
        if gap.kind == CALL:
            label = f"{gap.label[:1].lower()}{gap.label[1:]}"
            said = f"{label} ({gap.text})" if gap.text else label
            by_call.setdefault(gap.about, []).append(said)
    parts += [f"Of the call {call}: {'; '.join(said)}" for call, said in by_call.items()]
    ungraded = [gap.text or gap.about for gap in found if gap.kind == GRADE]
    if ungraded:
        parts.append(f"How reliable, since nobody graded it: {'; '.join(ungraded)}")
    yield Section("What is not known", tuple(parts))


def _row(one: Question) -> tuple[str, ...]:
    asked = "; ".join(f"{a.whom}{f', {a.on}' if a.on else ''}" for a in one.asked)
    said = f"{one.answer} (says {one.answer_by})" if one.answer else "none recorded"
    return (one.text, one.state, asked or "nobody yet", said, one.would_change or "not said")
