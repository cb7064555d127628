"""A bundle is taken at its bytes: whatever somebody changed in it, nothing of it counts."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reviewer.casefile import packed
from reviewer.casefile.evidence import row_hash
from reviewer.model.bundles import BundleError
from reviewer.model.canonical import canonical
from reviewer.model.errors import CaseError
from reviewer.model.versions import numbered
from tests.casefile.making import GUR, source, statement
from tests.merging.laptops import Laptop, contents, ids_of
from tests.merging.test_exchanging import judged

Two = tuple[Laptop, Laptop]
Said = list[dict[str, Any]]


@pytest.fixture
def bundle(two: Two, tmp_path: Path) -> Path:
    """Borys's verdicts and a newer text."""
    _, borys = two
    judged(borys, "borys", "c-1", "c-2", note="a note")
    borys.take_in(source(), statement("gur-7-march", "Kyiv. " + GUR))
    return borys.bundled(tmp_path / "b.bundle")


def read(path: Path) -> Said:
    return [json.loads(line) for line in gzip.open(path)]


def write(path: Path, said: Said) -> Path:
    """Write lines with an end that holds, as somebody would who knows how."""
    lines = [json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in said[:-1]]
    end = json.dumps({"end": hashlib.sha256(b"".join(lines)).hexdigest()}).encode() + b"\n"
    path.write_bytes(gzip.compress(b"".join([*lines, end])))
    return path


def body(said: Said, at: int) -> dict[str, Any]:
    return dict(json.loads(said[at]["entry"]))


def rewritten(said: Said, at: int, **changes: object) -> None:
    said[at]["entry"] = canonical({**body(said, at), **changes}).decode()


def of(said: Said, kind: str) -> list[int]:
    return [n for n, one in enumerate(said) if n and kind in one]


def a_changed_verdict(said: Said) -> None:
    last = of(said, "entry")[-1]
    rewritten(said, last, d={**body(said, last)["d"], "value": "verified"})


def a_changed_note(said: Said) -> None:
    last = of(said, "entry")[-1]
    said[last]["payload"] = said[last]["payload"].replace("a note", "another")


def an_entry_left_out(said: Said) -> None:
    del said[of(said, "entry")[1]]


def the_newest_left_out(said: Said) -> None:
    del said[of(said, "entry")[-1]]


def two_in_another_order(said: Said) -> None:
    one, other = of(said, "entry")[1:]
    said[one], said[other] = said[other], said[one]


def another_author(said: Said) -> None:
    rewritten(said, of(said, "entry")[-1], a="ab" * 32)


def one_more_without_a_signature(said: Said) -> None:
    last = of(said, "entry")[-1]
    before = body(said, last)
    id_ = hashlib.sha256(said[last]["entry"].encode()).hexdigest()
    more = {**before, "n": before["n"] + 1, "l": before["l"] + 1, "p": id_, "x": None}
    said.insert(last + 1, {"entry": canonical(more).decode()})


def a_key_that_stands_twice(said: Said) -> None:
    last = of(said, "entry")[-1]
    said[last]["entry"] = said[last]["entry"].replace('{"a":', '{"k":"note","a":', 1)


def a_counter_at_its_end(said: Said) -> None:
    rewritten(said, of(said, "entry")[-1], l=2**53 - 1)


def a_time_that_no_calendar_has(said: Said) -> None:
    rewritten(said, of(said, "entry")[-1], t=10**18)


def another_case(said: Said) -> None:
    first = of(said, "entry")[0]
    rewritten(said, first, d={**body(said, first)["d"], "case": "ab" * 16})


def a_changed_text(said: Said) -> None:
    said[-5]
    at = next(n for n in of(said, "evidence") if "Kyiv" in said[n]["row"].get("text", ""))
    said[at]["row"]["text"] = "Kyiv. Nobody was killed."


def a_number_that_is_not_its_hashs(said: Said) -> None:
    at = next(n for n in of(said, "evidence") if "Kyiv" in said[n]["row"].get("text", ""))
    said[at]["version"] += 1 << 40


def a_column_more(said: Said) -> None:
    at = next(n for n in of(said, "evidence") if "Kyiv" in said[n]["row"].get("text", ""))
    said[at]["row"]['x") VALUES (1); --'] = ""


def a_date_that_is_none(said: Said) -> None:
    at = next(n for n in of(said, "evidence") if "Kyiv" in said[n]["row"].get("text", ""))
    said[at]["row"]["date"] = "soon"
    hash_ = row_hash("statement", said[at]["row"], [])
    said[at] |= {"hash": hash_.hex(), "version": numbered(2, hash_)}


def evidence_of_an_unknown_kind(said: Said) -> None:
    said[of(said, "evidence")[0]]["evidence"] = "sqlite_schema"


def a_line_of_something_else(said: Said) -> None:
    said.insert(1, {"drop": "table"})


def a_seal_that_does_not_hold(said: Said) -> None:
    id_ = hashlib.sha256(said[of(said, "entry")[-1]]["entry"].encode()).hexdigest()
    said.insert(len(said) - 1, {"seal": id_, "key": "00000001ff", "signature": "none"})


FORGERIES: dict[Callable[[Said], None], str] = {
    a_changed_verdict: "is not signed by the device",
    a_changed_note: "the words of entry [0-9a-f]+ were changed",
    an_entry_left_out: "does not follow",
    the_newest_left_out: "is not signed by the device",
    two_in_another_order: "does not follow",
    another_author: "another reader's chain",
    one_more_without_a_signature: "is not signed by the device",
    a_key_that_stands_twice: "not canonical",
    a_counter_at_its_end: "leaps ahead",
    a_time_that_no_calendar_has: "not an entry",
    another_case: "written for another case",
    a_changed_text: "its hash is another",
    a_number_that_is_not_its_hashs: "an earlier version of statement 'gur-7-march' is missing",
    a_column_more: "is not one that a case holds",
    a_date_that_is_none: "is not one that a case holds",
    evidence_of_an_unknown_kind: "evidence of a kind",
    a_line_of_something_else: "not one of a bundle",
    a_seal_that_does_not_hold: "the seal over entry [0-9a-f]+ does not hold",
}


@pytest.mark.parametrize(
    ("forge", "said"), FORGERIES.items(), ids=lambda one: getattr(one, "__name__", "")
)
def test_a_forged_bundle_is_refused_whole_and_says_what_does_not_hold(
    two: Two, bundle: Path, tmp_path: Path, forge: Callable[[Said], None], said: str
) -> None:
    ann, _ = two
    judged(ann, "ann", "c-1")
    with ann.reading() as case:
        before = contents(case.con)
    lines = read(bundle)
    forge(lines)
    with pytest.raises(CaseError, match=said) as refused:
        ann.merge(write(tmp_path / "forged.bundle", lines))
    assert refused.value.sentence.startswith("Nothing was taken from ")
    assert "\n" not in refused.value.sentence
    with ann.reading() as case:
        assert contents(case.con) == before


def test_the_same_lines_unforged_are_taken(two: Two, bundle: Path, tmp_path: Path) -> None:
    ann, borys = two
    ann.merge(write(tmp_path / "same.bundle", read(bundle)))
    assert ids_of(ann) == ids_of(borys)


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9, 0.99])
def test_a_bundle_that_is_cut_off_or_flipped_is_refused(
    two: Two, bundle: Path, tmp_path: Path, at: float
) -> None:
    ann, _ = two
    data = bundle.read_bytes()
    place = int(len(data) * at)
    for spoilt in (data[:place], data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]):
        bad = tmp_path / "bad.bundle"
        bad.write_bytes(spoilt)
        with pytest.raises(CaseError, match="Nothing was taken from"):
            ann.merge(bad)
    assert ids_of(ann) == set()


def test_a_small_file_that_unpacks_to_a_large_one_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.bundle"
    bomb.write_bytes(gzip.compress((b"{%2997s}\n" % b"") * 40_000, 9))
    assert bomb.stat().st_size < 400_000
    with packed.Packed.open(bomb) as opened, pytest.raises(BundleError, match="unpacks to more"):
        for _ in opened.lines():
            pass


def test_entries_of_a_later_format_are_kept_and_passed_on_byte_for_byte(
    two: Two, bundle: Path, tmp_path: Path
) -> None:
    ann, _ = two
    lines = read(bundle)
    newer = of(lines, "entry")[:1]
    first = body(lines, newer[0])
    for n in reversed(of(lines, "entry")[1:]):
        del lines[n]
    # A chain of somebody whose program knows more, and names no device.
    rewritten(lines, newer[0], v=2, k="enrol", d={"case": first["d"]["case"], "more": [1]})
    id_ = hashlib.sha256(lines[newer[0]]["entry"].encode()).hexdigest()
    verdict = {**first, "v": 2, "k": "likelihood", "n": 2, "p": id_, "l": 9, "x": None}
    verdict["d"] = {"claim": "c-1", "percent": [55, 80]}
    lines.insert(newer[0] + 1, {"entry": canonical(verdict).decode()})
    report = ann.merge(write(tmp_path / "newer.bundle", lines))
    assert (report.merged[0].entries, report.merged[0].unsigned) == (2, 2)
    again = read(ann.bundled(tmp_path / "again.bundle"))
    assert [one["entry"] for one in again if "entry" in one] == [
        one["entry"] for one in lines if "entry" in one
    ]


def test_a_bundle_of_a_later_format_says_to_update(two: Two, bundle: Path, tmp_path: Path) -> None:
    ann, _ = two
    lines = read(bundle)
    lines[0]["format"] = 2
    with pytest.raises(CaseError, match=r"made by a newer reviewer .*; update the program"):
        ann.merge(write(tmp_path / "later.bundle", lines))


def test_an_earlier_bundle_that_is_missing_is_asked_for(two: Two, tmp_path: Path) -> None:
    ann, borys = two
    judged(borys, "borys", "c-1")
    first = borys.bundled(tmp_path / "1.bundle")
    judged(borys, "borys", "c-2")
    second = borys.bundled(tmp_path / "2.bundle", lacking=first)
    with pytest.raises(CaseError, match="there is an earlier bundle; merge that first"):
        ann.merge(second)
    ann.merge(first, second)
    assert ids_of(ann) == ids_of(borys)
