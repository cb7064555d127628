"""The HTML dossier: an editor reads what stands, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from reviewer.model.about import About, Status
from reviewer.model.claims import ClaimView, State
from reviewer.model.evidence import Claim, Held, Rating, Segment, Speaker, Stance
from reviewer.model.judgements import Note
from reviewer.model.scale import HOUSE
from reviewer.writers.dossier import html
from tests.writers.pages import page_of, parsed, words
from tests.writers.views import (
    ABOUT,
    AT,
    GUR,
    a_recording,
    a_statement,
    a_verdict,
    a_view,
    an_excerpt,
)


def read(view: ClaimView) -> str:
    """All that is read in the page's one claim."""
    (article,) = parsed(page_of(view)).all("article")
    return words(article.text())


def headings(view: ClaimView) -> list[str]:
    (article,) = parsed(page_of(view)).all("article")
    return [words(heading.text()) for heading in article.all("h3")]


def test_the_verdicts_come_first_each_with_its_reader_date_and_reason() -> None:
    view = a_view(
        state=State.DECIDED,
        verdicts=(a_verdict("unverified", note="one\norigin"),),
        notes=(Note("boris", "look again", AT, "n-1"),),
        context="What to know",
        statements=(a_statement(),),
    )
    assert headings(view)[:2] == ["Verdict: unverified", "Context"]
    said = read(view)
    assert "By one reader." in said
    assert "unverified by anna, as of 7 March 2022, recorded 2022-03-07 14:05 UTC" in said
    assert "nothing independent confirms or refutes it" in said
    assert "one origin" in said
    assert "Note without a verdict, by boris, 2022-03-07 14:05 UTC look again" in said


def test_dissent_is_shown_plainly() -> None:
    view = a_view(
        state=State.IN_CONFLICT, verdicts=(a_verdict("false"), a_verdict("verified", "boris"))
    )
    assert headings(view)[0] == "Verdicts: readers differ"
    said = read(view)
    assert "false by anna" in said
    assert "verified by boris" in said
    assert "By 2 readers." in said


def test_a_stale_verdict_says_so_and_why() -> None:
    view = a_view(state=State.REOPENED, verdicts=(a_verdict("false", stale="st changed"),))
    assert headings(view)[0] == "Verdict: reopened, what it rested on has changed"
    assert "STALE: st changed; the verdict was given before that." in read(view)
    assert "By one reader; the verdict is STALE." in read(view)


def test_what_was_withdrawn_stands_only_in_the_history() -> None:
    view = a_view(verdicts=(a_verdict("false", standing=False, note="too soon"),))
    names = headings(view)
    assert names[0] == "No verdict stands"
    history = "Earlier verdicts, withdrawn or replaced: none of these stands"
    assert names.index(history) == len(names) - 2
    assert read(view).index("too soon") > read(view).index(history)


def test_a_paraphrase_is_said_to_be_one_loudly() -> None:
    view = a_view(statements=(a_statement(held=Held.PARAPHRASE),), recordings=(a_recording(),))
    loud = [words(element.text()) for element in parsed(page_of(view)).all(class_="loud")]
    assert loud == [
        "HELD AS PARAPHRASE: not the words that were published",
        "HELD AS PARAPHRASE: not the words that were spoken",
    ]


def test_an_orphan_is_shown_with_its_lost_words() -> None:
    view = a_view(
        statements=(a_statement(),),
        excerpts=(an_excerpt("st", "long gone", None), an_excerpt("lost", "never here", None)),
        missing=("lost",),
    )
    said = read(view)
    assert said.count("ORPHAN: these words no longer stand in the text") == 2
    assert "long gone" in said
    assert "Texts that are named but not in the case lost" in said
    assert "never here" in said
    assert not parsed(page_of(view)).all("article")[0].all("mark")


def test_linked_words_are_marked_by_stance_in_words_and_style() -> None:
    view = a_view(
        statements=(a_statement("He is dead, they say."),),
        excerpts=(
            an_excerpt("st", "He is dead", 0),
            an_excerpt("st", "dead, they", 6, stance=Stance.REFUTES),
        ),
    )
    (prose,) = parsed(page_of(view)).all(class_="prose")
    marks = [(mark.text(), mark.attributes["class"]) for mark in prose.all("mark")]
    assert marks == [("He is ", "supports"), ("dead", "several"), (", they", "refutes")]
    assert prose.text().strip() == "[1 supports] He is [2 refutes] dead, they say."
    assert prose.text(without="ref").strip() == "He is dead, they say."


def test_what_announces_an_excerpt_does_not_turn_an_arabic_text_around() -> None:
    view = a_view(statements=(a_statement("قتل الجنرال."),), excerpts=(an_excerpt("st", "قتل", 0),))
    (paragraph,) = parsed(page_of(view)).all(class_="prose")[0].all("p")
    assert paragraph.attributes["dir"] == "auto"
    (announced,) = paragraph.all(class_="ref")
    assert announced.attributes["dir"] == "ltr"


def test_an_excerpt_goes_on_from_one_segment_into_the_next() -> None:
    view = a_view(
        recordings=(a_recording(),),
        excerpts=(an_excerpt("re", "вбито.\nХто", 5, start_ms=1000, end_ms=65_000),),
    )
    root = parsed(page_of(view))
    marked = [mark.text() for p in root.all(class_="original") for mark in p.all("mark")]
    assert marked == ["вбито.", "Хто"]
    assert words(root.all("p", class_="translation")[0].text()) == "He is killed."
    said = read(view)
    assert "1 supports at 00:00:01.000 to 00:01:05.000" in said
    assert "Translation (en) of the whole segments: He is killed. Who says?" in said


def test_texts_are_told_to_be_in_their_language() -> None:
    root = parsed(page_of(a_view(recordings=(a_recording(),))))
    assert root.attributes["lang"] == "en"
    assert {p.attributes["lang"] for p in root.all(class_="original")} == {"uk"}
    assert {p.attributes["lang"] for p in root.all("p", class_="translation")} == {"en"}
    assert {p.attributes["dir"] for p in root.all(class_="original")} == {"auto"}


def test_times_speakers_and_all_that_is_unknown_of_a_recording_are_listed() -> None:
    recording = replace(
        a_recording(),
        speakers=(Speaker("A", "", "unknown"), Speaker("B", "Ivan", "named by A")),
        cuts="unknown",
        released="",
    )
    said = read(a_view(recordings=(recording,)))
    assert "00:00:01.000–00:00:02.000 A (name unknown)" in said
    assert "00:01:02.000–00:01:05.000 B Ivan" in said
    for unknown in ("Cuts", "Transcribed by", "Translated by", "Call took place", "Released"):
        assert f"{unknown} unknown" in said
    assert "Speaker A name unknown; known by: unknown" in said
    assert "Speaker B Ivan; known by: named by A" in said
    assert "Grade of the source not graded" in said
    assert "not translated" in said


def test_two_sources_with_one_origin_are_counted_as_one_witness() -> None:
    wire = replace(GUR, id="wire", name="A wire", kind="outlet", origin="gur")
    view = a_view(
        statements=(
            replace(a_statement(), origin="gur"),
            replace(a_statement(), id="st-2", source=wire, origin="gur"),
        )
    )
    assert "Sources: 2 sources, 1 origin" in headings(view)
    assert "Sources that share an origin are one witness" in read(view)


def test_ratings_of_others_are_theirs() -> None:
    rating = Rating(
        *("r-1", "c-1", GUR, "Mostly True", "4 (worst 1, best 5)", "", "https://x.example/a?b&c"),
        *("2022-04", "Because.", ""),
    )
    view = replace(a_view(), ratings=(rating,))
    said = read(view)
    assert "None is a verdict of this case." in said
    assert "GUR: Mostly True" in said
    assert "On their scale 4 (worst 1, best 5)" in said
    assert "Title unknown" in said
    assert headings(view)[0] == "No verdict stands"
    (link,) = parsed(page_of(view)).all("article")[0].all("a")
    assert link.attributes["href"] == link.text() == "https://x.example/a?b&c"


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "data:text/html,x", "ftp://x.example", "//x.example"),
        *("https://a@b.example", "https://x.example/ y", "https://х.example", "HTTPS://", ""),
    ],
)
def test_an_address_that_is_not_plainly_of_the_web_is_text(url: str) -> None:
    view = a_view(statements=(replace(a_statement(), url=url),))
    assert not parsed(page_of(view)).all("article")[0].all("a")
    assert url in read(view)


def test_long_texts_fold_what_nothing_is_linked_to_and_lose_nothing() -> None:
    segments = tuple(
        Segment(n, n * 1000, n * 1000 + 900, "A", f"word {n}", f"слово {n}") for n in range(40)
    )
    recording = replace(a_recording(), segments=segments)
    start = recording.text.index("word 20")
    view = a_view(recordings=(recording,), excerpts=(an_excerpt("re", "word 20", start),))
    root = parsed(page_of(view))
    folded = root.all("details")
    assert [words(f.all("summary")[0].text()) for f in folded] == [
        "17 segments with no linked words, 00:00:00 to 00:00:16: folded",
        "16 segments with no linked words, 00:00:24 to 00:00:39: folded",
    ]
    originals = [p.text(without="ref") for p in root.all("p", class_="original")]
    assert originals == [segment.text for segment in segments]


def test_what_the_dossier_rests_on_is_listed_to_the_letter() -> None:
    view = a_view(
        statements=(replace(a_statement(), hash="ab12", version=3),),
        verdicts=(a_verdict("false", id="entry-1"),),
    )
    claim: Claim = replace(view.claim, hash="cd34", version=2)
    (proof,) = parsed(page_of(replace(view, claim=claim))).all(class_="proof")
    rows = [[words(cell.text()) for cell in row.all("td")] for row in proof.all("tr")[1:]]
    assert rows == [
        ["claim, version 2", "c-1", "cd34"],
        ["statement, version 3", "st", "ab12"],
        ["verdict, entry", "anna", "entry-1"],
    ]


def test_an_exercise_is_called_one_on_top_and_at_every_claim() -> None:
    about = About("", "T", "", exercise=True)
    root = parsed(page_of(a_view(), about=about))
    assert root.all("title")[0].text() == "EXERCISE: T"
    assert root.all("body")[0].all()[0].text() == "EXERCISE: everything in this case is invented."
    assert [e.text().strip() for e in root.all(class_="invented")] == ["EXERCISE"]


def test_the_contents_lead_to_the_claims_and_say_how_far_the_case_has_come() -> None:
    view = a_view(state=State.DECIDED)
    row = replace(view.row, verdict="partly_verified")
    status = Status(40, 12, 28, {"false": 3}, {"in_review": 2}, {"anna": 12}, 1, 0, 0)
    page = "".join(html(ABOUT, HOUSE, [view], at=AT, contents=[row], status=status))
    root = parsed(page)
    (link,) = root.all("nav")[0].all("a")
    (article,) = root.all("article")
    assert link.attributes["href"] == f"#{article.attributes['id']}"
    said = words(root.all("nav")[0].text())
    assert "He is dead. c-1, decided: partly verified" in said
    assert "In this dossier: 1 of the 40 in the case." in said
    assert "40: 12 judged, 28 to judge" in words(root.all(class_="progress")[0].text())


def test_claims_are_let_go_of_once_they_are_written() -> None:
    asked = 0

    def views() -> Iterator[ClaimView]:
        nonlocal asked
        for _ in range(3):
            asked += 1
            yield a_view()

    for piece in html(ABOUT, HOUSE, views(), at=AT):
        if piece.startswith("<article"):
            assert asked == 1
            break


def test_the_same_case_at_the_same_time_is_the_same_page() -> None:
    view = a_view(statements=(a_statement(),), recordings=(a_recording(),))
    assert page_of(view) == page_of(view)
