"""Views of claims to write, made by hand."""

from __future__ import annotations

from reviewer.model.about import About
from reviewer.model.claims import ClaimView, QueueRow, State
from reviewer.model.evidence import (
    Claim,
    Excerpt,
    Held,
    Recording,
    Segment,
    Source,
    Stance,
    Statement,
)
from reviewer.model.judgements import Note, Verdict

AT = 1646661900000  # 2022-03-07 14:05 UTC
ABOUT = About("00", "The case", "", exercise=False)
GUR = Source("gur", "GUR", "agency", "gur", "")


def a_statement(text: str = "He is dead.", held: Held = Held.VERBATIM) -> Statement:
    return Statement(
        "st", 1, "", GUR, "ru-mod", "A title", "2022-03-07", "en", held, "", text, "", "en", ""
    )


def a_recording() -> Recording:
    segments = (
        Segment(0, 1000, 2000, "A", "Його вбито.", "He is killed."),
        Segment(1, 62_000, 65_000, "B", "Хто сказав?", "Who says?"),
        Segment(2, None, None, "", "Тиша.", ""),
    )
    return Recording(
        *("re", 1, "", GUR, "gur", "A call", "", "2022-03-08", "part", "uk", "en"),
        *(Held.PARAPHRASE, "unknown", "unknown", "unknown", "", "", (), segments),
    )


def an_excerpt(target: str, exact: str, start: int | None, **more: object) -> Excerpt:
    given: dict[str, object] = {
        "id": f"q-{exact[:4]}",
        "claim": "c-1",
        "target": target,
        "stance": Stance.SUPPORTS,
        "exact": exact,
        "prefix": "",
        "suffix": "",
        "start": start,
        "end": None if start is None else start + len(exact),
        "start_ms": None,
        "end_ms": None,
        "reader": "",
        "note": "",
        **more,
    }
    return Excerpt(**given)  # type: ignore[arg-type]


def a_verdict(value: str, reader: str = "anna", **more: object) -> Verdict:
    given: dict[str, object] = {
        "id": f"{value}-{reader}",
        "claim": "c-1",
        "reader": reader,
        "value": value,
        "note": "",
        "at": AT,
        "standing": True,
        "stale": "",
        **more,
    }
    return Verdict(**given)  # type: ignore[arg-type]


def a_view(
    text: str = "He is dead.",
    *,
    state: State = State.NEW,
    claimant: str = "GUR",
    context: str = "",
    statements: tuple[Statement, ...] = (),
    recordings: tuple[Recording, ...] = (),
    excerpts: tuple[Excerpt, ...] = (),
    verdicts: tuple[Verdict, ...] = (),
    notes: tuple[Note, ...] = (),
    missing: tuple[str, ...] = (),
) -> ClaimView:
    return ClaimView(
        claim=Claim("c-1", 1, "", text, claimant, "2022-03-07", 1, ("a", "b"), "", context),
        row=QueueRow("c-1", text, claimant, "2022-03-07", 1, state, "", len(excerpts), False),
        statements=statements,
        recordings=recordings,
        excerpts=excerpts,
        verdicts=verdicts,
        notes=notes,
        missing=missing,
        seen=0,
    )
