"""AVeriTeC: claims with questions, answers, and the label of its annotators.

Schlichtkrull, Guo, Vlachos: "AVeriTeC", NeurIPS 2023 (https://arxiv.org/abs/2305.13117).
Its dates are day-month-year and its texts are English, by definition. An answer is a
statement of whoever published its page; it is held verbatim only where the annotators say that
they copied it (Extractive).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reviewer.model.records import (
    ClaimRecord,
    ExcerptRecord,
    RatingRecord,
    Record,
    SourceRecord,
    StatementRecord,
)
from reviewer.readers.claimreview.values import digest, lines, numbered_date, text, without
from reviewer.readers.given import Given
from reviewer.readers.row import Row, bundle
from reviewer.readers.statements.published import publisher_of, source

ANNOTATORS = {"id": "AVeriTeC annotators", "name": "AVeriTeC annotators"}
LANGUAGE = "en"
ARTICLE = "fact_checking_article"
OF_A_CLAIM = ("claim", "label", "justification", "claim_date", "speaker", "questions")
OF_AN_ANSWER = ("answer", "answer_type", "source_url", "boolean_explanation")

Part = tuple[type[Record], Mapping[str, object]]


@dataclass(slots=True)
class _Evidence:
    """What stands before a claim, what stands behind it, and what its context says."""

    sources: list[Part] = field(default_factory=list)
    statements: dict[str, Part] = field(default_factory=dict)
    excerpts: list[Part] = field(default_factory=list)
    context: list[str] = field(default_factory=list)


def recognises(given: Given) -> bool:
    """A list of objects with a claim, a label or nothing of it, and questions with answers."""
    head = given.head_text
    return head.lstrip()[:1] == "[" and '"questions"' in head and _is_averitec(given.parsed)


def read(given: Given) -> Iterator[Row]:
    """A row for each claim, with all of its answers."""
    whole = given.json()
    given.remarks.append("dates are read as day-month-year, as AVeriTeC defines them")
    claims = whole if isinstance(whole, list) else [whole]
    times = Counter(_key(raw) for raw in claims)
    for n, raw in enumerate(claims, start=1):
        if isinstance(raw, Mapping):
            yield _row(given, f"claim {n}", raw, again=times[_key(raw)] > 1)
        else:
            yield Row(f"claim {n}", raw, reason="not an object")


def _is_averitec(value: object) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return (
        isinstance(first, Mapping)
        and isinstance(first.get("claim"), str)
        and isinstance(first.get("questions"), list)
    )


def _key(raw: object) -> tuple[str, ...]:
    """What tells a claim apart: its words, who said them, when, and who checked them."""
    if not isinstance(raw, Mapping):
        return ()
    return tuple(text(raw.get(key)) for key in ("claim", "speaker", "claim_date", ARTICLE))


def _row(given: Given, place: str, raw: Mapping[str, object], *, again: bool) -> Row:
    # One claim annotated by several people is several: then what they asked tells it apart.
    asked = lines(raw.get("questions")) if again else []
    id_ = f"{given.collection}/{digest(*_key(raw), *asked)}"
    words, speaker = _words(raw.get("claim")), text(raw.get("speaker"))
    date = numbered_date(raw.get("claim_date"), "%d-%m-%Y")
    found = _evidence(given, raw.get("questions"), id_)
    claim = {
        "id": id_,
        "text": words,
        "claimant": speaker,
        "date": date,
        "context": "\n".join(
            [
                *([] if date else lines(raw.get("claim_date"), ("claim_date",))),
                *lines(without(raw, *OF_A_CLAIM)),
                *found.context,
            ]
        ),
        "statements": tuple(found.statements),
    }
    rating: list[Part] = []
    if text(raw.get("label")):
        rating = [(SourceRecord, ANNOTATORS), (RatingRecord, _rating(raw, id_))]
    return bundle(
        place,
        raw,
        *found.sources,
        *found.statements.values(),
        (ClaimRecord, claim),
        *rating,
        *found.excerpts,
    )


def _rating(raw: Mapping[str, object], claim: str) -> dict[str, object]:
    return {
        "claim": claim,
        "source": ANNOTATORS["id"],
        "rating": text(raw.get("label")),
        "url": text(raw.get(ARTICLE)),
        "text": _words(raw.get("justification")),
        "note": "The address is the article that the claim was taken from; the label and the"
        " justification are the annotators'.",
    }


def _words(value: object) -> str:
    """Text exactly as it stands, blanks at its ends too."""
    return value if isinstance(value, str) else text(value)


def _evidence(given: Given, questions: object, claim: str) -> _Evidence:
    found = _Evidence()
    for question in questions if isinstance(questions, list) else [questions]:
        if not isinstance(question, Mapping):
            found.context += lines(question, ("question",))
            continue
        asked = _words(question.get("question"))
        answers = question.get("answers")
        listed = answers if isinstance(answers, list) else [answers] if answers else []
        if not listed:
            found.context.append(f"Unanswered: {asked}")
        for answer in listed:
            _answer(given, found, claim, asked, answer)
        found.context += lines(without(question, "question", "answers"), (asked,))
    return found


def _answer(given: Given, found: _Evidence, claim: str, asked: str, answer: object) -> None:
    """Add one answer: a statement, or a line of the context where there is none."""
    if not isinstance(answer, Mapping):
        found.context += lines(answer, ("answer",))
        return
    kind, words = text(answer.get("answer_type")), _answer_text(answer)
    if kind == "Unanswerable" or not words.strip():
        said = f" ({words})" if words.strip() else ""
        found.context += [f"Unanswered: {asked}{said}"]
        found.context += lines(without(answer, "answer", "answer_type"), ("answer",))
        return
    url = text(answer.get("source_url"))
    who = source(given, publisher_of(url) if url else "")
    id_ = f"{claim}/{digest(asked, *lines(answer))}"
    note = [f"answer_type: {kind}"] if kind else []
    statement = {
        "id": id_,
        "source": who["id"],
        "title": asked,
        "language": given.wishes.language or LANGUAGE,
        "held": "verbatim" if kind == "Extractive" else "paraphrase",
        "url": url,
        "text": words,
        "note": "\n".join([*note, *lines(without(answer, *OF_AN_ANSWER))]),
    }
    if id_ in found.statements:
        return
    found.sources.append((SourceRecord, who))
    found.statements[id_] = (StatementRecord, statement)
    excerpt = {"claim": claim, "target": id_, "stance": "context", "exact": words}
    found.excerpts.append((ExcerptRecord, excerpt))


def _answer_text(answer: Mapping[str, object]) -> str:
    """The answer; behind a yes or no, what explains it."""
    words, why = _words(answer.get("answer")), _words(answer.get("boolean_explanation"))
    return f"{words}\n{why}" if why.strip() else words
