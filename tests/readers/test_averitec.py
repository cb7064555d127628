"""AVeriTeC comes in whole: claims, labels, and each answer as a statement."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from reviewer.model.records import ClaimRecord, ExcerptRecord, RatingRecord, StatementRecord
from reviewer.readers import chosen
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.wishes import Wishes
from tests.data import real

CLAIM = {
    "claim": "The bridge was hit.",
    "label": "Refuted",
    "justification": "It still stands. ",
    "claim_date": "2-3-2022",
    "speaker": None,
    "reporting_source": "Facebook",
    "fact_checking_article": "https://checkers.example/bridge",
    "claim_types": ["Event/Property Claim", "Numerical Claim"],
    "questions": [
        {
            "question": "Does it stand?",
            "answers": [
                {
                    "answer": "Yes",
                    "answer_type": "Boolean",
                    "boolean_explanation": "A photograph shows it.",
                    "source_url": "https://web.archive.org/web/20220304000000/https://www.p.example/1",
                    "source_medium": "Web text",
                    "cached_source_url": "https://cache.example/1",
                },
                {
                    "answer": "“The bridge stands.”",
                    "answer_type": "Extractive",
                    "source_url": "https://q.example/2",
                },
            ],
        },
        {
            "question": "Who saw it?",
            "answers": [{"answer": "No answer could be found.", "answer_type": "Unanswerable"}],
        },
        {"question": "When?", "answers": []},
    ],
}


def rows(path: Path) -> list[Row]:
    with Given.open(path, Wishes()) as given:
        assert chosen(given).name == "averitec"
        return list(chosen(given).read(given))


def written(path: Path, *claims: object) -> list[Row]:
    path.write_text(json.dumps(claims))
    return rows(path)


def test_the_development_set_comes_in_whole() -> None:
    found = rows(real("claims", "averitec", "dev.json"))
    records = [one for row in found for one in row.records]
    assert len(found) == 500
    assert not [row for row in found if row.reason or row.odd]
    claims = [one for one in records if isinstance(one, ClaimRecord)]
    assert len({one.id for one in claims}) == 500
    assert all(one.date for one in claims)
    assert Counter(one.rating for one in records if isinstance(one, RatingRecord)) == {
        "Refuted": 305,
        "Supported": 122,
        "Conflicting Evidence/Cherrypicking": 38,
        "Not Enough Evidence": 35,
    }
    statements = [one for one in records if isinstance(one, StatementRecord)]
    unanswered = sum(one.context.count("Unanswered: ") for one in claims)
    assert (len(statements), unanswered) == (1360, 39)
    assert len({one.id for one in statements}) == 1360
    assert len([one for one in records if isinstance(one, ExcerptRecord)]) == len(statements)


def test_an_answer_is_a_statement_of_whoever_published_its_page(tmp_path: Path) -> None:
    (row,) = written(tmp_path / "a.json", CLAIM)
    first, second = (one for one in row.records if isinstance(one, StatementRecord))
    assert (first.source, first.title) == ("p.example", "Does it stand?")
    assert first.text == "Yes\nA photograph shows it."
    assert first.held == "paraphrase"
    assert first.note.split("\n") == [
        "answer_type: Boolean",
        "source_medium: Web text",
        "cached_source_url: https://cache.example/1",
    ]
    assert (second.source, second.held) == ("q.example", "verbatim")
    excerpts = [one for one in row.records if isinstance(one, ExcerptRecord)]
    assert [(one.exact, one.stance) for one in excerpts] == [
        (first.text, "context"),
        (second.text, "context"),
    ]


def test_a_claim_keeps_what_has_no_field_and_what_nobody_could_answer(tmp_path: Path) -> None:
    (row,) = written(tmp_path / "a.json", CLAIM)
    (claim,) = (one for one in row.records if isinstance(one, ClaimRecord))
    (rating,) = (one for one in row.records if isinstance(one, RatingRecord))
    assert claim.date == "2022-03-02"
    assert claim.context.split("\n") == [
        "reporting_source: Facebook",
        "fact_checking_article: https://checkers.example/bridge",
        "claim_types: Event/Property Claim",
        "claim_types: Numerical Claim",
        "Unanswered: Who saw it? (No answer could be found.)",
        "Unanswered: When?",
    ]
    assert (rating.source, rating.rating) == ("AVeriTeC annotators", "Refuted")
    assert rating.text == "It still stands. "


def test_one_claim_annotated_twice_is_two_and_their_order_does_not_matter(tmp_path: Path) -> None:
    other = {**CLAIM, "questions": [{"question": "Was it hit?", "answers": []}]}
    ids = [
        {one.id for row in written(tmp_path / "a.json", *order) for one in row.records
         if isinstance(one, ClaimRecord)}
        for order in ((CLAIM, other), (other, CLAIM))
    ]  # fmt: skip
    assert ids[0] == ids[1]
    assert len(ids[0]) == 2


def test_a_date_that_is_none_stays_as_words(tmp_path: Path) -> None:
    (row,) = written(tmp_path / "a.json", {**CLAIM, "claim_date": "31-31-2022"})
    (claim,) = (one for one in row.records if isinstance(one, ClaimRecord))
    assert claim.date == ""
    assert "claim_date: 31-31-2022" in claim.context.split("\n")


def test_what_is_no_claim_is_refused_and_the_others_come_in(tmp_path: Path) -> None:
    found = written(tmp_path / "a.json", CLAIM, 7, {**CLAIM, "claim": ""}, {"questions": "?"})
    assert [(row.place, row.reason) for row in found if row.reason] == [
        ("claim 2", "not an object"),
        ("claim 3", "claim: text: is empty"),
        ("claim 4", "text: is empty"),
    ]
