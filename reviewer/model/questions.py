"""Questions that a claim leaves open: who was asked, when, and what was answered.

A question is known by a short random id, so that two laptops never give one to two questions.
What becomes of it are findings of their own beside it: each time that somebody was asked
(`ID/asked/` and a number of its own), the answer (`ID/answer`), whether it is settled
(`ID/state`). Of each the newest stands, whoever recorded it, and so what several readers add to
one question never overwrites another part of it. Its state is what was recorded on it last.
"""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.model.entry import Kind
from reviewer.model.findings import Finding, newest
from reviewer.structs import Struct

ID_BYTES = 4
OPEN, ASKED, ANSWERED, CLOSED = STATES = ("open", "asked", "answered", "closed")
WAITING = (OPEN, ASKED)
"""The states of a question that nobody has answered."""


class Asked(Struct):
    """Somebody who was asked, on which day, and who says so."""

    whom: str
    on: str
    reader: str


class Question(Struct):
    """A question on a claim. `at` is its writer's clock in milliseconds UTC."""

    key: str
    claim: str
    text: str
    state: str
    reader: str
    at: int
    would_change: str = ""
    asked: tuple[Asked, ...] = ()
    answer: str = ""
    answer_by: str = ""

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it, and nobody has closed it."""
        return self.state in WAITING


def new_key() -> str:
    """An id for a question: 8 hex digits."""
    import secrets

    return secrets.token_hex(ID_BYTES)


def questions_of(findings: Iterable[Finding]) -> list[Question]:
    """The questions in these findings, the oldest first.

    What was recorded on one that its writer has taken back is left out with it; the log has it.
    """
    standing: dict[tuple[str, str], dict[str, Finding]] = {}
    for (claim, key), one in newest(of for of in findings if of.kind == Kind.QUESTION).items():
        id_, _, part = key.partition("/")
        standing.setdefault((claim, id_), {})[part] = one
    asked = [parts for parts in standing.values() if "" in parts]
    return [_question(parts) for parts in sorted(asked, key=lambda parts: parts[""].order)]


def _question(parts: dict[str, Finding]) -> Question:
    first, answer = parts[""], parts.get("answer")
    by_order = sorted(parts.items(), key=lambda part: part[1].order)
    last = by_order[-1][1]
    return Question(
        key=first.key,
        claim=first.about,
        text=_words(first, "question"),
        state=str(last.value) if last.value in STATES else OPEN,
        reader=first.reader,
        at=first.at,
        would_change="" if first.erased else first.words.get("would_change", ""),
        asked=tuple(
            Asked(_words(one, "asked"), str(one.data.get("asked_at") or ""), one.reader)
            for part, one in by_order
            if part.startswith("asked/")
        ),
        answer=_words(answer, "answer"),
        answer_by=answer.reader if answer else "",
    )


def _words(one: Finding | None, name: str) -> str:
    return (one.erased or one.words.get(name, "")) if one else ""
