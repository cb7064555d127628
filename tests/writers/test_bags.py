"""Bags: written whole, and checked by others and by us."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import bagit
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reviewer.casefile.case import CaseFile
from reviewer.casefile.verbatim import HeldText, RawEntry
from reviewer.model.about import About
from reviewer.model.errors import ReviewerError
from reviewer.readers.bag import check
from reviewer.writers import annotations
from reviewer.writers.bag import encoded
from reviewer.writers.bag_contents import Part, contents, file_name, ledger_line
from tests.casefile.making import at_work, founding, new_case
from tests.writers.bags import ABOUT, AT, SLOW, bag_of, reasons, small, unpacked, worked_on


@pytest.fixture(autouse=True)
def a_quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for the disk: nobody cuts the power here."""
    monkeypatch.setattr(os, "fsync", lambda _handle: None)


def test_a_bag_holds_the_whole_case_and_validates(tmp_path: Path) -> None:
    bag = unpacked(tmp_path)
    assert check(bag) == []
    theirs = bagit.Bag(str(bag))
    theirs.validate()
    assert theirs.info["Bagging-Date"] == "2022-03-07"
    assert "Source-Organization" not in theirs.info
    assert theirs.info["External-Description"] == "Losses of March 2022"
    assert {path.name for path in (bag / "data").iterdir()} == {
        *("README.txt", "copy.case", "dossier.html", "evidence.jsonl", "ledger.jsonl"),
        *("texts", "texts.jsonl", "signatures"),
    }
    payload = [path for path in (bag / "data").rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in payload)
    assert theirs.info["Payload-Oxum"] == f"{size}.{len(payload)}"


def test_a_text_in_a_bag_has_the_hash_that_annotations_name_it_by(tmp_path: Path) -> None:
    case = new_case(tmp_path, founding)
    with at_work(case, "anna") as (anna,):
        view = anna.view("c-1")
        (named,) = [
            json.loads(line.rstrip(",\n"))["target"]["source"]["id"]
            for line in "".join(annotations.lines([view], ABOUT, lambda _id: None)).split("\n")[1:2]
        ]
    bag_of(case, tmp_path / "bag")
    index = (tmp_path / "bag/data/texts.jsonl").read_text()
    assert named.removeprefix("urn:sha256:") in index


def test_the_copy_is_a_case_that_opens(tmp_path: Path) -> None:
    bag = unpacked(tmp_path)
    shutil.copyfile(bag / "data" / "copy.case", tmp_path / "mine.case")
    with CaseFile.open(tmp_path / "mine.case") as case:
        assert case.about().title == "Losses of March 2022"
    with sqlite3.connect(f"file:{bag / 'data' / 'copy.case'}?immutable=1", uri=True) as con:
        assert con.execute("SELECT count(*) FROM entry").fetchone()[0] > 4


def test_every_version_of_every_text_is_a_file_that_the_index_names(tmp_path: Path) -> None:
    bag = unpacked(tmp_path)
    index = [json.loads(line) for line in (bag / "data/texts.jsonl").read_text().splitlines()]
    assert [(row["kind"], row["id"], row["version"]) for row in index] == [
        ("statement", "gur-7-march", 1),
        ("statement", "gur-7-march", 2),
        ("statement", "ria-2-march", 1),
        ("recording", "call-1", 1),
    ]
    for row in index:
        data = (bag / "data" / row["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"]
    assert (bag / "data" / index[1]["file"]).read_text() == "It was corrected."


def test_a_stranger_can_check_the_ledger(tmp_path: Path) -> None:
    bag = unpacked(tmp_path)
    entries = [json.loads(line) for line in (bag / "data/ledger.jsonl").open(encoding="utf-8")]
    assert len(entries) == 6
    for entry in entries:
        assert hashlib.sha256(entry["body"].encode()).hexdigest() == entry["id"]
        if entry["payload"] is not None:
            named = json.loads(entry["body"])["x"]
            assert hashlib.sha256(entry["payload"].encode()).hexdigest() == named


def test_bytes_that_are_no_text_are_kept_too() -> None:
    line = json.loads(ledger_line(RawEntry("ab", b"\xff{", None)))
    assert line == {"id": "ab", "body_base64": "/3s=", "payload": None}


def test_nothing_is_written_over_and_nothing_half_remains(tmp_path: Path) -> None:
    out = tmp_path / "bag"
    out.write_text("mine")
    with pytest.raises(ReviewerError, match="exists already"):
        small(out, [])
    assert out.read_text() == "mine"
    with pytest.raises(ReviewerError, match="no folder"):
        small(tmp_path / "no" / "bag", [])

    def failing() -> Iterable[Part]:
        yield "a.txt", ["a"]
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(ReviewerError, match="disk that holds"):
        small(tmp_path / "other", failing())
    assert [path.name for path in tmp_path.iterdir()] == ["bag"]


def test_all_of_it_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "bag"
    told = []

    def told_of(handle: int) -> None:
        told.append((os.fstat(handle).st_ino, out.exists()))

    monkeypatch.setattr(os, "fsync", told_of)
    small(out, [("texts/a.txt", ["a"]), ("b.txt", ["b"])])
    before = {inode for inode, has_name in told if not has_name}
    made = [out, *(path for path in out.rglob("*") if path.name != "copy.case")]
    assert {path.stat().st_ino for path in made} == before
    assert told[-1] == (tmp_path.stat().st_ino, True)


def test_what_comes_while_it_is_made_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "bag"

    def meanwhile() -> Iterable[Part]:
        out.mkdir()
        (out / "theirs").write_text("x")
        yield "a.txt", ["a"]

    with pytest.raises(ReviewerError, match="exists already"):
        small(out, meanwhile())
    assert [path.name for path in tmp_path.rglob("*")] == ["bag", "theirs"]


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    small(tmp_path / "bag", [("texts/a.txt", ["a"])])
    for path in [tmp_path / "bag", *(tmp_path / "bag").rglob("*")]:
        if path.name != "copy.case":
            assert path.stat().st_mode & 0o077 == 0, path


def test_a_long_description_is_folded(tmp_path: Path) -> None:
    about = About("00", "word " * 40, "x" * 200 + " — кінець", exercise=False)
    small(tmp_path / "bag", [], about)
    lines = (tmp_path / "bag/bag-info.txt").read_text().splitlines()
    assert all(len(line) <= 79 or " " not in line.strip() for line in lines)
    said = " ".join(bagit.Bag(str(tmp_path / "bag")).info["External-Description"].split())
    assert said == f"{about.title.strip()} {about.about}"
    assert check(tmp_path / "bag") == []


def test_an_exercise_says_so_and_who_hands_it_on_is_named(tmp_path: Path) -> None:
    about = About("00", "T\nBagging-Date: 1999-01-01", "\u202e", exercise=True)
    parts = contents(about, at=AT, evidence=[], dossier=[], entries=[], texts=[])
    small(tmp_path / "bag", parts, about, organisation="The Desk: Kyiv")
    assert check(tmp_path / "bag") == []
    info = bagit.Bag(str(tmp_path / "bag")).info
    assert info["Bagging-Date"] == "2022-03-07"
    assert info["Source-Organization"] == "The Desk: Kyiv"
    assert info["External-Description"].startswith("EXERCISE: everything in this case is")
    assert "EXERCISE" in (tmp_path / "bag/data/README.txt").read_text()


ids = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200),
    st.sampled_from(["../../etc/passwd", "/etc", "~", "..", "CON", "a\nb", "x/y", "%0A", "é", "É"]),
)


@given(ids, st.integers(1, 999))
def test_no_id_makes_a_path(id_: str, version: int) -> None:
    name = file_name(HeldText("statement", id_, version, "a" * 64, ""))
    assert name.isascii()
    assert not set(name) & set('/\\:*?"<>|~%\n\r ')
    assert name[0].isalnum()
    assert len(name) < 255


def test_line_breaks_and_percent_signs_in_paths_are_encoded(tmp_path: Path) -> None:
    assert encoded("data/100%\r\n.txt") == "data/100%25%0D%0A.txt"
    small(tmp_path / "bag", [("100%25\r\n.txt", ["a"])])
    assert check(tmp_path / "bag") == []


@SLOW
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), max_size=5),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
)
def test_whatever_a_case_holds_its_bag_is_valid(
    tmp_path: Path, texts: list[str], title: str
) -> None:
    out = tmp_path / "any"
    shutil.rmtree(out, ignore_errors=True)
    held = [
        HeldText("statement", f"{n}{text}", 1, hashlib.sha256(f"{n}".encode()).hexdigest(), text)
        for n, text in enumerate(texts)
    ]
    about = About("00", title, title, exercise=False)
    parts = contents(about, at=AT, evidence=texts, dossier=texts, entries=[], texts=held)
    small(out, parts, about)
    assert check(out) == []
    bagit.Bag(str(out)).validate()


@SLOW
@given(st.data())
def test_a_changed_byte_of_the_payload_is_found(tmp_path: Path, data: st.DataObject) -> None:
    bag = tmp_path / "bag"
    if not bag.exists():
        unpacked(tmp_path)
    names = [name for name, held in worked_on() if name.startswith("data/") and held]
    name = data.draw(st.sampled_from(names))
    path = bag / name
    whole = path.read_bytes()
    at, bits = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(1, 255))
    path.write_bytes(whole[:at] + bytes([whole[at] ^ bits]) + whole[at + 1 :])
    try:
        assert name in {found.path for found in check(bag)}
    finally:
        path.write_bytes(whole)


@SLOW
@given(st.data())
def test_what_is_missing_or_too_much_is_found(tmp_path: Path, data: st.DataObject) -> None:
    bag = unpacked(tmp_path)
    name = data.draw(st.sampled_from([name for name, _ in worked_on()]))
    assume(name not in ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt"))
    (bag / name).unlink()
    assert name in {found.path for found in check(bag)}
    (bag / "data/more").write_text("x")
    assert ("data/more" in reasons(bag)) == (name != "bagit.txt")


def test_two_bags_of_one_case_say_the_same(tmp_path: Path) -> None:
    case = new_case(tmp_path, founding)
    bag_of(case, tmp_path / "one")
    bag_of(case, tmp_path / "two")
    one, two = (
        (tmp_path / name / "manifest-sha256.txt").read_text().splitlines()
        for name in ("one", "two")
    )
    assert [line for line in one if "copy.case" not in line] == [
        line for line in two if "copy.case" not in line
    ]
