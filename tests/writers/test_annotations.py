"""Web annotations: held against the rules of the W3C's recommendation, and read back."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.about import About
from reviewer.model.claims import ClaimView
from reviewer.model.evidence import Segment, Stance, Target
from reviewer.text.cells import is_boundary
from reviewer.writers.annotations import lines
from tests.writers.views import ABOUT, AT, a_recording, a_statement, a_view, an_excerpt

MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing"),
    *("highlighting", "identifying", "linking", "moderating", "questioning", "replying"),
    "tagging",
}
IRI = re.compile(r"(urn:uuid:[0-9a-f-]{36}|urn:sha256:[0-9a-f]{64}|https?://\S+)")
NPT = re.compile(r"t=(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)")

Node = dict[str, Any]


def never(_id: str) -> None:
    return None


def written(*views: ClaimView, about: About = ABOUT) -> Node:
    found: Node = json.loads("".join(lines(iter(views), about, lambda _id: AT)))
    must_be_a_collection(found)
    return found


def items(*views: ClaimView) -> list[Node]:
    found: list[Node] = written(*views)["first"]["items"]
    return found


def must_be_a_collection(node: Node) -> None:
    """Section 5: a collection has a context, an id, a label, a total and a first page."""
    assert node["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert node["type"] == "AnnotationCollection"
    assert IRI.fullmatch(node["id"])
    assert isinstance(node["label"], str)
    page = node["first"]
    assert page["type"] == "AnnotationPage"
    assert IRI.fullmatch(page["id"])
    assert page["id"] == node["last"], "there is one page"
    assert "@context" not in page, "what is embedded has its context from outside"
    assert page["partOf"] == node["id"]
    assert page["startIndex"] == 0
    assert node["total"] == len(page["items"])
    for item in page["items"]:
        must_be_an_annotation(item)
    ids = [item["id"] for item in page["items"]]
    assert len(set(ids)) == len(ids)


def must_be_an_annotation(node: Node) -> None:
    """Section 3: an id, the type, at least one target; known motivations; dates in UTC."""
    assert IRI.fullmatch(node["id"])
    assert node["type"] == "Annotation"
    assert node["motivation"] in MOTIVATIONS
    if "creator" in node:
        assert node["creator"]["type"] in ("Person", "Organization", "Software")
    if "created" in node:
        assert node["created"].endswith("Z")
        datetime.fromisoformat(node["created"])
    for body in node["body"]:
        assert body["type"] == "TextualBody"
        assert isinstance(body["value"], str), "exactly one value"
        assert body["purpose"] in MOTIVATIONS
        assert "id" not in body or IRI.fullmatch(body["id"])
    target = node["target"]
    assert target["type"] == "SpecificResource"
    assert IRI.fullmatch(target["source"]["id"]), "exactly one source, an IRI"
    assert "via" not in target["source"] or IRI.fullmatch(target["source"]["via"])
    assert target["selector"]
    for selector in target["selector"]:
        must_be_a_selector(selector)


def must_be_a_selector(node: Node) -> None:
    """Section 4.2: what each kind of selector has exactly once."""
    match node["type"]:
        case "TextQuoteSelector":
            assert isinstance(node["exact"], str)
            assert all(isinstance(node.get(key, ""), str) for key in ("prefix", "suffix"))
        case "TextPositionSelector":
            assert 0 <= node["start"] < node["end"]
        case "FragmentSelector":
            assert node["conformsTo"] == "http://www.w3.org/TR/media-frags/"
            match = NPT.fullmatch(node["value"])
            assert match
            assert float(match[1]) < float(match[2])
        case _:
            pytest.fail(f"no selector: {node['type']}")
    if "refinedBy" in node:
        must_be_a_selector(node["refinedBy"])


def of_type(node: Node, kind: str) -> list[Node]:
    return [one for one in node["target"]["selector"] if one["type"] == kind]


def quoting(text: Target, exact: str, **more: object) -> ClaimView:
    start = text.text.index(exact)
    excerpt = an_excerpt(text.id, exact, start, **more)
    if text.id == "st":
        return a_view(statements=(text,), excerpts=(excerpt,))  # type: ignore[arg-type]
    return a_view(recordings=(text,), excerpts=(excerpt,))  # type: ignore[arg-type]


def test_an_excerpt_says_its_words_their_place_and_what_they_do() -> None:
    text = replace(a_statement("He is dead, they say."), url="https://gur.example/1")
    (node,) = items(quoting(text, "dead", reader="anna", note="Who?", stance=Stance.REFUTES))
    assert node["creator"] == {"type": "Person", "name": "anna"}
    assert node["created"] == "2022-03-07T14:05:00.000Z"
    assert [(b["purpose"], b["value"]) for b in node["body"]] == [
        ("classifying", "refutes"),
        ("linking", "He is dead."),
        ("commenting", "Who?"),
    ]
    assert node["body"][1]["dcterms:identifier"] == "c-1"
    source = node["target"]["source"]
    assert source["id"] == f"urn:sha256:{hashlib.sha256(text.text.encode()).hexdigest()}"
    assert (source["via"], source["language"]) == ("https://gur.example/1", "en")
    assert source["dcterms:identifier"] == "st"
    assert node["target"]["selector"] == [
        {
            "type": "TextQuoteSelector",
            "exact": "dead",
            "prefix": "He is ",
            "suffix": ", they say.",
        },
        {"type": "TextPositionSelector", "start": 6, "end": 10},
    ]


def test_what_came_with_the_case_has_no_maker_and_no_time() -> None:
    (node,) = items(quoting(a_statement(), "dead"))
    assert not {"creator", "created"} & set(node)
    view = quoting(a_statement(), "dead", reader="anna")
    text = "".join(lines([view], ABOUT, never))
    assert "created" not in json.loads(text)["first"]["items"][0]


@pytest.mark.parametrize(
    ("text", "exact", "start"),
    [
        ("😀😀 він мертвий", "мертвий", 7),
        ("قال إنه مات أمس", "مات", 8),
        ("cafe\u0301 fermé", "fermé", 6),
        ("👩‍👩‍👧 said", "said", 6),
        ("\U00010348 a", "a", 2),
    ],
)
def test_positions_count_code_points(text: str, exact: str, start: int) -> None:
    (node,) = items(quoting(a_statement(text), exact))
    (position,) = of_type(node, "TextPositionSelector")
    assert (position["start"], position["end"]) == (start, start + len(exact))
    assert text[position["start"] : position["end"]] == exact


def test_context_is_never_cut_from_its_marks() -> None:
    text = "e\u0301" * 40 + "dead" + "e\u0301" * 40
    (node,) = items(quoting(a_statement(text), "dead"))
    (quote,) = of_type(node, "TextQuoteSelector")
    assert not quote["prefix"].startswith("\u0301")
    assert is_boundary(text, 84 + len(quote["suffix"]))


def test_in_a_recording_time_comes_first_and_words_refine_it() -> None:
    view = quoting(a_recording(), "вбито", start_ms=1000, end_ms=2050)
    (node,) = items(view)
    assert of_type(node, "FragmentSelector") == [
        {
            "type": "FragmentSelector",
            "conformsTo": "http://www.w3.org/TR/media-frags/",
            "value": "t=1,2.05",
            "refinedBy": {"type": "TextQuoteSelector", "exact": "вбито"},
        }
    ]


@pytest.mark.parametrize(
    ("start", "end"), [(None, None), (1000, None), (None, 1000), (2000, 2000), (3, 2), (-1, 5)]
)
def test_times_that_are_none_are_not_said(start: int | None, end: int | None) -> None:
    (node,) = items(quoting(a_recording(), "вбито", start_ms=start, end_ms=end))
    assert of_type(node, "FragmentSelector") == []
    assert len(of_type(node, "TextPositionSelector")) == 1


def test_an_orphan_has_no_position_and_says_so() -> None:
    orphan = an_excerpt("st", "gone", None, prefix="is ", suffix=" now", start_ms=1, end_ms=2)
    (node,) = items(a_view(statements=(a_statement(),), excerpts=(orphan,)))
    (quote,) = node["target"]["selector"]
    assert quote == {
        "type": "TextQuoteSelector",
        "exact": "gone",
        "prefix": "is ",
        "suffix": " now",
    }
    assert [b["value"] for b in node["body"][2:]] == [
        "orphan",
        "These words no longer stand in the text.",
    ]
    assert node["target"]["source"]["id"].startswith("urn:uuid:"), "not the text of now"


def test_an_excerpt_of_a_text_that_is_not_held_still_quotes() -> None:
    (node,) = items(a_view(excerpts=(an_excerpt("lost", "dead", None),), missing=("lost",)))
    assert node["target"]["source"]["dcterms:identifier"] == "lost"


def test_the_same_case_gives_the_same_names_and_another_others() -> None:
    view = quoting(a_statement(), "dead")
    assert written(view) == written(view)
    other = written(view, about=About("01", "Another", "", exercise=False))
    assert other["first"]["items"][0]["id"] != items(view)[0]["id"]


def test_an_exercise_says_so_and_an_empty_case_is_a_collection() -> None:
    empty = written(about=About("00", "The case", "", exercise=True))
    assert empty["label"] == "EXERCISE, everything in this case is invented: The case"
    assert (empty["total"], empty["first"]["items"]) == (0, [])


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(texts, st.data())
def test_every_place_can_be_found_again(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    excerpt = an_excerpt("st", text[start:end], start, reader="anna", note=text)
    (node,) = items(a_view(text, statements=(a_statement(text),), excerpts=(excerpt,)))
    (quote,) = of_type(node, "TextQuoteSelector")
    (position,) = of_type(node, "TextPositionSelector")
    assert text[position["start"] : position["end"]] == quote["exact"] == excerpt.exact
    assert text[: position["start"]].endswith(quote["prefix"])
    assert text[position["end"] :].startswith(quote["suffix"])


def test_two_claims_may_quote_one_text() -> None:
    text = a_statement()
    one = quoting(text, "dead")
    two = a_view(statements=(text,), excerpts=(an_excerpt("st", "He", 0, id="q-2"),))
    sources = [node["target"]["source"]["id"] for node in items(one, two)]
    assert sources[0] == sources[1]


def test_the_words_of_a_segment_are_found_in_the_transcript() -> None:
    segments = (Segment(0, 0, 1500, "A", "😀", ""), Segment(1, 1500, 2500, "B", "Так.", ""))
    call = replace(a_recording(), segments=segments)
    (node,) = items(quoting(call, "Так", start_ms=1500, end_ms=2500))
    assert of_type(node, "TextPositionSelector")[0]["start"] == 2
    assert of_type(node, "FragmentSelector")[0]["value"] == "t=1.5,2.5"
