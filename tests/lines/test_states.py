"""Every state has words: what is missing, what is doubtful, what cannot be done and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.casefile import batch
from reviewer.casefile.case import CaseFile
from reviewer.lines.parts import CallText, Evidence
from reviewer.model.claims import ClaimView, QueueRow, State
from reviewer.model.evidence import Claim, Held, Recording, Segment, Source
from reviewer.model.records import Record
from reviewer.model.scale import scale_of
from reviewer.service.session import Session
from tests.casefile.making import GUR, claim, excerpt, new_case, recording, source, statement
from tests.lines.at_work import case_of, reading, shipped_case


def test_an_empty_case(tmp_path: Path) -> None:
    path = case_of(tmp_path / "empty.case")
    with reading(path) as (reader, heard):
        assert heard.endswith(
            f"This case has no claims yet. Bring some in with: reviewer import {path} FILE\n"
        )
        for key in "jk.gG3csmvltiwL ":
            reason = reader.press("space" if key == " " else key)
            assert reason.endswith(": there is no claim on the screen.\n"), key
        assert reader.press("u") == "ada has nothing left to undo.\n"
        assert "This case has no claims yet." in reader.press("a")
        assert reader.press("q") == "All is saved.\n"


def test_the_last_claim_decided(tmp_path: Path) -> None:
    with reading(new_case(tmp_path)) as (reader, _):
        reader.press("3", "3", "3")
        assert reader.press("3").endswith(
            "Every claim has a verdict: the queue is done; q leaves.\n"
        )
        assert reader.press(".") == "Every claim has a verdict: the queue is done; q leaves.\n"
        reader.press("0")
        assert "No other claim of the queue waits for a verdict; q leaves.\n" in reader.press("s")


def test_a_filter_that_matches_nothing(tmp_path: Path) -> None:
    nothing = "No claim matches the filter 'tag:none'; f changes it, F shows them all.\n"  # as is
    with reading(new_case(tmp_path)) as (reader, _):
        assert reader.press("f", *"tag:none", "enter").endswith(nothing)
        assert reader.press("j") == reader.press("k") == reader.press("g") == nothing
        assert reader.press("a") == nothing
        assert reader.front.claim == "c-1"
    with reading(new_case(tmp_path), filter_text="tag:none") as (reader, heard):
        assert heard.endswith(nothing)
        assert "Claim c-1: " in reader.press("F")


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("c-2", "No recording is held for this claim.\n"),
        ("c-3", "No text is held for this claim: neither a statement nor a recording.\n"),
    ],
)
def test_a_claim_that_lacks_texts(tmp_path: Path, id_: str, words: str) -> None:
    with reading(new_case(tmp_path), filter_text=f"id:{id_}") as (reader, heard):
        assert reader.front.claim == id_
        assert words in heard
        if id_ == "c-3":
            assert reader.press("space") == "Page down: this claim has no text to show.\n"
            assert "Evidence: no statements, no recordings, no excerpts.\n" in heard


def test_a_claim_without_a_statement_and_one_whose_text_is_missing(tmp_path: Path) -> None:
    path = case_of(
        tmp_path / "a.case",
        source(),
        recording(),
        claim("c-1", recordings=["call-1"]),
        claim("c-2", statements=["not-here"], recordings=["call-1"]),
    )
    with reading(path) as (reader, heard):
        assert "No statement is held for this claim.\n" in heard
        assert "Call call-1, segment 1, 00:00:01: Виталий Герасимов убит.\n" in heard
        assert "Call call-1, held word for word: no title, released by GUR." in heard
        assert "Missing: not-here is named as evidence but is not in the case.\n" in reader.press(
            "j"
        )


def test_an_orphan_says_so_and_a_verdict_on_changed_texts_is_stale(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with reading(path) as (reader, _):
        reader.press("3")
    with CaseFile.open(path) as case:
        batch.take_in(case, [statement(text="It was corrected.")])
    with reading(path) as (reader, heard):
        reader.press("k")
        heard = reader.press("ctrl+l")
        assert "1 of them is an orphan.\n" in heard
        assert "\nState: reopened.\n" in heard
        assert "\nStale: gur-7-march changed; this verdict was given before that.\n" in heard
        heard = reader.press("l")
        assert heard.startswith('Excerpt 1 of 1, supports, orphan: "was killed near Kharkiv"\n')
        assert "Orphan: its words no longer stand in Statement gur-7-march.\n" in heard


def test_readers_who_differ(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    for name, value in (("ben", "false"), ("cem", "verified")):
        with Session.open(path, name) as session:
            session.decide(session.view("c-1"), value, note=f"{name} says so")
    with reading(path, filter_text="id:c-1") as (_, heard):
        assert "\nState: in conflict.\n" in heard
        assert ": false.\nNote by ben: ben says so\n" in heard
        assert "\nThe readers differ.\n" in heard


def test_a_case_open_for_reading_only(tmp_path: Path) -> None:
    with reading(new_case(tmp_path), readonly=True) as (reader, heard):
        assert "The case is open for reading only; nothing can be recorded.\n" in heard
        assert heard.endswith("No verdict can be given: the case is open for reading only.\n")
        for key in "1scemvuU":
            assert reader.press(key).endswith(": the case is open for reading only.\n"), key
        assert "Claim c-3: " in reader.press("j") + reader.press("j")


def test_a_scale_of_one_value(tmp_path: Path) -> None:
    scale = scale_of([("held", "it holds", "")])
    with CaseFile.create(tmp_path / "a.case", title="T", scale=scale) as case:
        batch.take_in(case, [claim("c-1")])
    with reading(tmp_path / "a.case") as (reader, heard):
        assert heard.endswith("Verdict? 1 it holds\n")
        assert reader.press("2") == "Verdict 2: this case's scale has no verdict 2.\n"
        assert "1: Verdict: it holds. Records this verdict" in reader.press("?")


def test_the_exercise_says_that_it_is_one_and_translations_can_be_chosen(tmp_path: Path) -> None:
    with reading(shipped_case(tmp_path, "exercise"), filter_text="has:recording") as (reader, h):
        assert "EXERCISE: everything in this case is invented.\n" in h
        call = reader.session.view(reader.front.claim).recordings[0]
        segment = next(n for n, s in enumerate(call.segments, start=1) if s.translation)
        words = call.segments[segment - 1]
        text = next(
            n
            for n, t in enumerate(reader.session.view(reader.front.claim).targets)
            if t.id == call.id
        )
        texts = reader.front.texts

        def hear() -> str:
            texts = reader.front.texts
            return "\n".join(texts.lines(texts.number(texts.texts[text], segment - 1)))

        assert texts.language == "both"
        assert words.text in hear()
        assert f"Translation: {words.translation}" in hear()
        assert reader.press("L") == "From here on you read the original alone.\n"
        assert words.translation not in hear()
        assert reader.press("L") == "From here on you read the translation alone.\n"
        assert f"{words.translation} (translated)" in hear()
        assert words.text not in hear()
        assert "its translation" in reader.press("L")


def test_a_text_too_long_for_a_page_is_read_page_by_page(tmp_path: Path) -> None:
    words = " ".join(f"word{n}" for n in range(2000))
    path = case_of(
        tmp_path / "a.case",
        source(),
        statement(text=words),
        claim("c-1", statements=["gur-7-march"]),
    )
    with reading(path, width=80) as (reader, heard):
        assert "More of this passage; space reads on.\n" in heard
        for _ in range(50):
            heard += reader.press("space")
        assert heard.count("End of the evidence.\n") == 1
        assert "word1999" in heard
        assert "word1700" in reader.press("b") + reader.press("b")


def test_a_call_of_a_hundred_thousand_segments_is_put_into_words_as_it_is_read() -> None:
    segments = tuple(Segment(n, n * 1000, None, "A", f"line {n}", "") for n in range(100_000))
    call = Recording(
        "call-1", 1, "", Source("gur", "GUR", "agency", "gur", ""), "gur", "", "", "", "unknown",
        "uk", "en", Held.VERBATIM, "", "", "", "", "", (), segments,
    )  # fmt: skip
    row = QueueRow("c", "", "", "", 5, State.NEW, "", 0, False)
    of = Claim("c", 1, "", "", "", "", 5, (), "", "")
    evidence = Evidence(ClaimView(of, row, (), (call,), (), (), (), (), 0))
    assert len(evidence) == 100_001
    assert evidence.lines(100_000) == [
        "Call call-1, segment 100000, 27:46:39, speaker A: line 99999"
    ]
    text = evidence.texts[0]
    assert isinstance(text, CallText)
    assert text.original(evidence.place(text, text.begins[500] + 3)).text == "line 500"


def records_with_excerpts() -> list[Record]:
    return [
        source(),
        statement(),
        recording(),
        claim("c-1", statements=["gur-7-march"], recordings=["call-1"]),
        excerpt("c-1", "Повтори.\nСвязи нет", target="call-1", stance="refutes"),
        excerpt("c-1", GUR),
    ]


def test_linked_words_are_said_for_each_passage_they_lie_on(tmp_path: Path) -> None:
    with reading(case_of(tmp_path / "a.case", *records_with_excerpts())) as (_, heard):
        assert "Linked, excerpt 1, supports: all of this\n" in heard
        assert "Повтори.\nLinked, excerpt 2, refutes: all of this\n" in heard
        assert 'Linked, excerpt 2, refutes: "Связи нет"\n' in heard


def test_no_verdict_of_the_scale_is_broken_between_two_lines(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    for width in range(30, 120):
        with reading(path, width=width) as (reader, heard):
            asked = heard[heard.index("Verdict?") :]
            assert max(map(len, asked.splitlines())) <= width
            for value in reader.session.scale.values:
                assert f" {value.key} {value.label}" in asked
