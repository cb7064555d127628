"""A record has one spelling in bytes, and so one hash."""

from __future__ import annotations

import hashlib

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.canonical import Json, canonical, content_hash, text_hash
from reviewer.model.records import RECORDS, ClaimRecord, Record, RecordingRecord

whole_text = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8)
numbers = st.integers(-(2**53) + 1, 2**53 - 1)
values: st.SearchStrategy[Json] = st.recursive(
    whole_text | numbers | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(keys, values, max_size=6))
def test_any_record_is_written_as_rfc_8785_says_byte_for_byte(record: dict[str, Json]) -> None:
    assert canonical(record) == rfc8785.dumps(record)


@given(whole_text.filter(bool), st.lists(whole_text, max_size=3), st.integers(1, 9))
def test_what_a_claim_says_is_written_as_rfc_8785_says(
    text: str, tags: list[str], priority: int
) -> None:
    record = ClaimRecord(id="c-1", text=text, tags=tuple(tags), priority=priority)
    assert canonical(record.content()) == rfc8785.dumps(record.content())
    assert content_hash(record.content()) == hashlib.sha256(canonical(record.content())).digest()


@pytest.mark.parametrize("model", RECORDS.values(), ids=lambda model: model.kind_name)
def test_keys_of_records_are_ascii_so_that_their_order_is_the_same_everywhere(
    model: type[Record],
) -> None:
    assert all(name.isascii() for name in model.model_fields)


def test_the_order_in_which_keys_were_written_changes_no_hash() -> None:
    first = RecordingRecord.model_validate(
        {
            "id": "r",
            "source": "s",
            "language": "uk",
            "held": "verbatim",
            "segments": [{"text": "a"}],
        }
    )
    again = RecordingRecord.model_validate(
        {
            "segments": [{"text": "a"}],
            "held": "verbatim",
            "language": "uk",
            "source": "s",
            "id": "r",
        }
    )
    assert content_hash(first.content()) == content_hash(again.content())


def test_a_default_that_is_written_out_changes_no_hash() -> None:
    short = ClaimRecord.model_validate({"id": "c-1", "text": "x"})
    long = ClaimRecord.model_validate({"id": "c-1", "text": "x", "priority": 5, "tags": []})
    assert content_hash(short.content()) == content_hash(long.content())


def test_half_a_character_has_no_bytes() -> None:
    with pytest.raises(TypeError):
        canonical({"text": "\ud800"})


def test_texts_that_only_look_alike_have_two_hashes() -> None:
    assert text_hash("caf\u00e9") != text_hash("cafe\u0301")
