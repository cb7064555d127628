"""An entry's bytes are the entry: what was recorded is read back, and nothing else is."""

from __future__ import annotations

import hashlib
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.entry import ACTS, DATA, Draft, Kind, body_of, entry_id, payload_of, read_entry

whole_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
OF = {str: whole_text, int: st.integers(0, 2**31), list: st.lists(hashes, max_size=3)}
LINKED = {"target": "s", "stance": "context", "exact": "x", "prefix": "", "suffix": ""} | {
    "target_hash": "00",
    "start": 0,
    "end": 1,
}
details = st.dictionaries(
    whole_text,
    whole_text | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans() | st.none(),
    max_size=3,
)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    claim = draw(whole_text)
    kind = draw(st.sampled_from(Kind))
    needed = draw(
        st.fixed_dictionaries(
            {
                key: hashes if key == "target_hash" else OF[type_]
                for key, type_ in DATA.get(kind, {}).items()
            }
        )
    )
    data = {key: value for key, value in draw(details).items() if key != "claim"} | needed
    words = draw(st.dictionaries(whole_text.filter(lambda key: key != "salt"), whole_text))
    return Draft(
        kind,
        claim=claim,
        subject=draw(st.none() | hashes),
        supersedes=draw(st.lists(hashes, max_size=3)),
        data=data,
        words=words,
    )


def written(draft: Draft, payload: bytes | None = None) -> bytes:
    return body_of(
        draft,
        chain="0" * 32,
        seq=3,
        previous="1" * 64,
        witness="2" * 64,
        lamport=7,
        at=1_646_611_200_000,
        author="3" * 64,
        payload=payload,
    )


@given(drafts())
def test_what_a_draft_says_is_what_its_entry_says(draft: Draft) -> None:
    payload = payload_of(draft.words)
    body = written(draft, payload)
    entry = read_entry(body, payload)
    assert entry.id == hashlib.sha256(body).hexdigest() == entry_id(body).hex()
    assert (entry.chain, entry.seq, entry.lamport) == ("0" * 32, 3, 7)
    assert (entry.previous, entry.witness) == ("1" * 64, "2" * 64)
    assert (entry.at, entry.author) == (1_646_611_200_000, "3" * 64)
    assert (entry.kind, entry.claim, entry.subject) == (draft.kind, draft.claim, draft.subject)
    assert entry.supersedes == tuple(draft.supersedes)
    assert {k: v for k, v in entry.data.items() if k != "claim"} == dict(draft.data)
    assert entry.words == dict(draft.words)
    assert entry.payload_hash == (hashlib.sha256(payload).hexdigest() if payload else None)


@given(drafts())
def test_a_body_is_canonical_so_that_writing_it_again_gives_the_same_id(draft: Draft) -> None:
    body = written(draft)
    assert rfc8785.dumps(json.loads(body)) == body


@given(drafts())
def test_the_words_of_an_entry_are_not_in_its_body(draft: Draft) -> None:
    secret = "the-words-that-may-be-erased"
    said = Draft(draft.kind, claim=draft.claim, data=draft.data, words={"note": secret})
    assert secret.encode() not in written(said, payload_of(said.words))


def test_short_words_cannot_be_guessed_from_their_hash() -> None:
    assert payload_of({"note": "yes"}) != payload_of({"note": "yes"})
    assert payload_of({}) is None


def test_an_entry_whose_words_were_erased_still_says_that_it_had_some() -> None:
    payload = payload_of({"note": "a name"})
    entry = read_entry(written(Draft(Kind.NOTE, claim="c-1"), payload), None)
    assert entry.words == {}
    assert entry.payload_hash is not None


def test_an_entry_of_a_later_format_is_no_act_that_this_program_understands() -> None:
    body = written(Draft(Kind.VERDICT, claim="c-1")).replace(b'"v":1', b'"v":2')
    assert read_entry(body).kind == "verdict of format 2"
    assert read_entry(body).kind not in ACTS


def test_an_entry_of_a_kind_from_the_future_is_read_and_keeps_its_id() -> None:
    body = written(Draft(Kind.NOTE, claim="c-1")).replace(b'"k":"note"', b'"k":"foretell"')
    assert read_entry(body).kind == "foretell"
    assert read_entry(body).id == hashlib.sha256(body).hexdigest()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"words"',
        b"{}",
        b"\xff",
        b"[" * 100_000,
        written(Draft(Kind.NOTE)).replace(b'"d":{}', b'"d":[]'),
        written(Draft(Kind.NOTE)).replace(b'"l":7', b'"l":"7"'),
        written(Draft(Kind.NOTE)).replace(b'"n":3', b'"n":null'),
        written(Draft(Kind.NOTE)).replace(b'"o":[]', b'"o":7'),
        written(Draft(Kind.NOTE)).replace(b'"o":[]', b'"o":[[]]'),
        written(Draft(Kind.NOTE)).replace(b'"k":"note"', b'"k":{}'),
        written(Draft(Kind.NOTE)).replace(b'"a":"33', b'"a":"zz'),
        written(Draft(Kind.VERDICT)),
        written(Draft(Kind.LINK, data={"target": "s-1"})),
        written(Draft(Kind.LINK, data={**LINKED, "target_hash": "not hex"})),
        written(Draft(Kind.VERDICT, subject="not hex", data={"value": "false"})),
    ],
    ids=lambda body: body[:24],
)
def test_bytes_that_are_no_entry_are_refused_in_one_way(body: bytes) -> None:
    with pytest.raises(ValueError, match="entry"):
        read_entry(body)


@pytest.mark.parametrize("payload", [b"", b"[]", b"\xff", b'{"note": 7}'])
def test_words_that_are_no_words_are_refused_in_the_same_way(payload: bytes) -> None:
    with pytest.raises(ValueError, match="entry"):
        read_entry(written(Draft(Kind.NOTE)), payload)


def test_joining_undoing_and_redoing_are_not_acts_to_undo() -> None:
    assert {Kind.ENROL, Kind.UNDO, Kind.REDO}.isdisjoint(ACTS)
    assert Kind.VERDICT in ACTS
