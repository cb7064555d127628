"""The real tables come in whole: so many records as their READMEs say, or reasons."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from reviewer.model.errors import UnreadableError
from reviewer.model.records import (
    ClaimRecord,
    ExcerptRecord,
    RatingRecord,
    RecordingRecord,
    StatementRecord,
)
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.tables import FORMATS
from reviewer.readers.wishes import Wishes
from tests.data import real


def read(path: Path, wishes: Wishes | None = None) -> tuple[list[Row], list[str]]:
    with Given.open(path, wishes or Wishes()) as given:
        format_ = next(f for f in FORMATS if f.recognises(given))
        return list(format_.read(given)), given.remarks


def counts(rows: list[Row]) -> Counter[str]:
    return Counter(record.kind_name for row in rows for record in row.records)


def reasons(rows: list[Row]) -> Counter[str]:
    return Counter(row.reason for row in rows if row.reason)


def one_of_each_id(rows: list[Row]) -> bool:
    """Whether no id stands for two different things."""
    seen: dict[tuple[str, str], object] = {}
    return all(
        seen.setdefault((record.kind_name, record.id), record) == record
        for row in rows
        for record in row.records
        if isinstance(record, ClaimRecord | StatementRecord)
    )


@pytest.mark.parametrize(("name", "number"), [("train", 10269), ("test", 1283), ("valid", 1284)])
def test_liar_has_all_its_rows_though_its_quotes_are_unbalanced(name: str, number: int) -> None:
    rows, remarks = read(real("claims", "liar", f"{name}.tsv"), Wishes(source="PolitiFact"))
    assert counts(rows) == {"source": 1, "claim": number, "rating": number}
    assert not reasons(rows)
    assert "claim = column 3 (statement)" in remarks
    ratings = {r.rating for row in rows for r in row.records if isinstance(r, RatingRecord)}
    assert ratings == {"pants-fire", "false", "barely-true", "half-true", "mostly-true", "true"}


@pytest.mark.parametrize(
    ("name", "found", "refused"),
    [
        ("politifact", {"source": 1, "statement": 30, "claim": 30, "rating": 30}, 0),
        ("africacheck", {"source": 1, "statement": 3, "claim": 3, "rating": 3}, 24),
        ("vishvasnews", {"source": 1, "statement": 122, "claim": 122, "rating": 122}, 0),
        # No claim stands in any row; the articles do.
        ("aap", {"source": 1, "statement": 100}, 0),
    ],
)
def test_claimskg_gives_claims_with_the_articles_about_them(
    name: str, found: dict[str, int], refused: int
) -> None:
    rows, _ = read(real("claims", "claimskg", f"output_sample_{name}.csv"))
    assert counts(rows) == found
    assert reasons(rows).total() == refused
    assert one_of_each_id(rows)


def test_the_author_of_a_check_is_not_taken_for_the_claimant() -> None:
    rows, remarks = read(real("claims", "claimskg", "output_sample_politifact.csv"))
    claims = [r for row in rows for r in row.records if isinstance(r, ClaimRecord)]
    assert {claim.claimant for claim in claims} == {""}
    assert any("is who wrote the check, not the claimant" in remark for remark in remarks)


@pytest.mark.parametrize(
    ("name", "claims", "ratings", "refused"),
    [("leadstories", 645, 645, 902), ("africacheck", 431, 431, 0), ("factcheckorg", 513, 461, 0)],
)
def test_multifc_comes_in_by_tabs_and_by_three_blanks(
    name: str, claims: int, ratings: int, refused: int
) -> None:
    rows, _ = read(real("claims", "multifc", f"{name}.txt"))
    found = counts(rows)
    assert (found["claim"], found["rating"]) == (claims, ratings)
    assert reasons(rows) == ({"no claim: its 'claim' is empty": refused} if refused else {})


@pytest.mark.parametrize(
    ("parts", "found", "passed_over"),
    [
        (
            ("known-lie", "factchecks-20160926_1pres.csv"),
            {"source": 1, "claim": 39, "rating": 39},
            0,
        ),
        # 1,500 lines are 1,497 records: some claims go over several lines, in quotes.
        (("known-lie", "snopes-verified-claims.tsv"), {"claim": 1497}, 0),
        (("euvsdisinfo", "posts.csv"), {"claim": 10892}, 0),
        (
            ("fever", "fever_labelled_dev_3000.json"),
            {"source": 1, "claim": 3000, "rating": 3000},
            0,
        ),
        (
            ("voxcheck-narratives", "dataEng.json"),
            {"source": 1, "statement": 611, "claim": 611},
            12,
        ),
        (
            ("voxcheck-narratives", "dataUkr.json"),
            {"source": 1, "statement": 603, "claim": 603},
            12,
        ),
    ],
)
def test_claims_of_many_shapes_come_in(
    parts: tuple[str, ...], found: dict[str, int], passed_over: int
) -> None:
    rows, _ = read(real("claims", *parts))
    assert counts(rows) == found
    assert sum(row.passed_over for row in rows) == passed_over
    assert one_of_each_id(rows)


def test_a_folder_of_single_objects_is_one_claim_each() -> None:
    folder = real("claims", "checkthat2022-vclaims", "vclaims")
    ids = set()
    for path in sorted(folder.iterdir()):
        (row,), _ = read(path, Wishes(collection="snopes"))
        (claim,) = row.records
        assert isinstance(claim, ClaimRecord)
        assert claim.id == f"snopes/{path.stem}"
        ids.add(claim.id)
    assert len(ids) == 200


@pytest.mark.parametrize(
    ("parts", "segments"),
    [
        (("claims", "known-lie", "transcript-20160926_1pres.tsv"), 1403),
        (("claims", "checkthat2018", "Task1-English-1st-Presidential.txt"), 1403),
        (("claims", "checkthat2018", "Task1-Arabic-1st-Presidential.txt"), 1403),
        (("claims", "checkthat2018", "Task2-Arabic-1st-Presidential.txt"), 1403),
        (("transcripts", "covert-recordings", "transcript-43.csv"), 162),
        (("transcripts", "covert-recordings", "transcript-65.csv"), 86),
        (("transcripts", "covert-recordings", "transcript-101.csv"), 232),
    ],
)
def test_a_transcript_in_a_table_is_one_recording(parts: tuple[str, ...], segments: int) -> None:
    rows, _ = read(real(*parts))
    (recording,) = [r for row in rows for r in row.records if isinstance(r, RecordingRecord)]
    assert len(recording.segments) == segments
    assert all(segment.speaker for segment in recording.segments)
    assert not reasons(rows)


def test_the_claims_of_a_debate_hang_on_their_sentences() -> None:
    rows, _ = read(real("claims", "checkthat2018", "Task2-English-1st-Presidential.txt"))
    assert counts(rows) == {"source": 1, "recording": 1, "claim": 37, "rating": 37, "excerpt": 37}
    recording = rows[0].records[1]
    assert isinstance(recording, RecordingRecord)
    whole = "\n".join(segment.text for segment in recording.segments)
    for row in rows[1:]:
        claim, rating, excerpt = row.records
        assert isinstance(claim, ClaimRecord)
        assert isinstance(rating, RatingRecord)
        assert isinstance(excerpt, ExcerptRecord)
        assert rating.rating in ("TRUE", "FALSE", "HALF-TRUE")
        assert whole.count(excerpt.prefix + excerpt.exact + excerpt.suffix) == 1


def test_statements_come_in_with_their_dates_and_as_what_they_are() -> None:
    rows, _ = read(real("conflict", "russian-state-tv-news", "1tv-2022-first-300.csv"))
    assert counts(rows) == {"source": 1, "statement": 300}
    rows, remarks = read(real("transcripts", "covert-recordings", "descriptions.csv"))
    assert "in 'date' the month stands first" in remarks
    assert reasons(rows) == {"no text: its 'summary' is empty": 3}
    statements = [r for row in rows for r in row.records if isinstance(r, StatementRecord)]
    assert {statement.held for statement in statements} == {"paraphrase"}
    rows, _ = read(real("conflict", "humanitarian-corridors", "corridors-first-190.csv"))
    assert counts(rows) == {"source": 1, "statement": 190}
    assert all(
        "status_result: " in r.note
        for row in rows
        for r in row.records
        if r.kind_name == "statement"
    )  # type: ignore[attr-defined]


def test_paragraphs_of_tribunals_are_put_together_by_document_and_witness() -> None:
    rows, _ = read(real("transcripts", "court", "tribunals-300.csv"))
    assert counts(rows) == {"source": 1, "statement": 4}
    assert sum(len(row.raw) for row in rows) == 300  # type: ignore[arg-type]


def test_originals_are_paired_with_their_translations_by_id() -> None:
    folder = real("conflict", "ukrainian-officials-statements")
    wishes = Wishes(translation=folder / "messages-2-en.json", language="uk")
    rows, remarks = read(folder / "messages-2.json", wishes)
    statements = [r for row in rows for r in row.records if isinstance(r, StatementRecord)]
    alone = [s for s in statements if s.held == "translation"]
    assert len(statements) - len(alone) == 102
    assert one_of_each_id(rows)
    without = [row for row in rows if "no translation of" in row.odd]
    assert sum(bool(statement.translation) for statement in statements) == 102 - len(without)
    assert len(alone) == sum("no original of" in row.odd for row in rows) > 0
    assert any(remark.startswith("translations without an original, ") for remark in remarks)


def test_each_figure_of_a_day_is_a_claim_in_the_words_of_the_table() -> None:
    rows, _ = read(
        real("conflict", "official-loss-claims", "russia_losses-2022.csv"),
        Wishes(source="General Staff of Ukraine"),
    )
    first = rows[0].records[0]
    assert isinstance(first, ClaimRecord)
    assert (first.text, first.claimant) == ("2022-02-24: personnel 800", "General Staff of Ukraine")
    assert len(rows) == 311
    rows, _ = read(real("conflict", "official-loss-claims", "russia_losses_personnel-365.json"))
    assert len(rows) == 365
    assert rows[0].records[0].context == "personnel*: about"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["event_captured.csv", "totals_by_type.csv"])
def test_a_list_of_losses_does_not_say_what_its_claims_are(name: str) -> None:
    with pytest.raises(UnreadableError, match="say it: --map claim="):
        read(real("conflict", "oryx", name))
