"""Checking bags: those of the conformance suite, those of anybody, and hostile ones."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model.errors import UnreadableError
from reviewer.readers.bag import Finding, check
from tests.data import real
from tests.writers.bags import SLOW, reasons

# The conformance suite


@pytest.mark.parametrize("version", ["v0.97", "v1.0"])
def test_every_valid_bag_of_the_library_of_congress_passes(version: str) -> None:
    bags = sorted(real("export", "bagit", version, "valid").iterdir())
    assert len(bags) == {"v0.97": 4, "v1.0": 1}[version]
    assert [check(bag) for bag in bags] == [[]] * len(bags)


@pytest.mark.parametrize(
    ("bag", "finding"),
    [
        (
            ("v0.97", "invalid", "corrupt-data-file"),
            Finding("data/bare-filename", "is not what manifest-md5.txt says: it was changed"),
        ),
        (
            ("v0.97", "invalid", "extra-file-in-bag"),
            Finding("data/bar", "is not listed in manifest-md5.txt"),
        ),
        (
            ("v0.97", "invalid", "missing-bagit.txt"),
            Finding("bagit.txt", "is missing; without it a folder is no bag"),
        ),
        (
            ("v1.0", "invalid", "notAllManifestsListAllFiles"),
            Finding("data/missingFromManifest.txt", "is not listed in manifest-sha512.txt"),
        ),
        (
            ("v1.0", "invalid", "same-filename-listed-twice-with-different-hashes"),
            Finding(
                "data/README",
                "stands in manifest-sha256.txt twice, with different hashes (line 2)",
            ),
        ),
    ],
)
def test_every_invalid_bag_is_refused_with_its_reason(
    bag: tuple[str, ...], finding: Finding
) -> None:
    assert finding in check(real("export", "bagit", *bag))


# Checking bags of anybody


def a_bag(folder: Path, version: str = "1.0", algorithm: str = "sha256", **files: str) -> Path:
    """A bag of a file `data/a.txt`, with other files as they are given."""
    bag = folder / "bag"
    (bag / "data").mkdir(parents=True)
    (bag / "data/a.txt").write_text("a")
    hash_ = hashlib.new(algorithm, b"a").hexdigest()
    tags = {
        "bagit.txt": f"BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n",
        f"manifest-{algorithm}.txt": f"{hash_}  data/a.txt\n",
        **files,
    }
    for name, text in tags.items():
        (bag / name).write_bytes(text.encode())
    return bag


A = hashlib.sha256(b"a").hexdigest()
M = "manifest-sha256.txt"


@pytest.mark.parametrize("version", ["0.93", "0.95", "0.97", "1.0"])
@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])
def test_bags_of_every_version_and_hash_are_checked(
    tmp_path: Path, version: str, algorithm: str
) -> None:
    bag = a_bag(tmp_path, version, algorithm)
    assert check(bag) == []
    (bag / "data/a.txt").write_text("b")
    assert reasons(bag) == f"data/a.txt: is not what manifest-{algorithm}.txt says: it was changed"


@pytest.mark.parametrize(
    "path",
    [
        *("../a.txt", "data/../../a.txt", "/etc/passwd", "~/a", "~root/a", "data\\..\\..\\a"),
        *("C:\\a", "c:/a", "\\\\server\\a", "data/\0"),
    ],
)
def test_no_path_leads_out_of_a_bag(tmp_path: Path, path: str) -> None:
    bag = a_bag(tmp_path, **{"manifest-md5.txt": f"{'0' * 32}  {path}\n"})
    assert f"manifest-md5.txt: line 1: {path!r} leads out of the bag" in reasons(bag)
    bag.joinpath("manifest-md5.txt").unlink()
    (bag / "fetch.txt").write_text(f"https://a.example/ 3 {path}\n")
    assert "leads out of the bag" in reasons(bag)


def test_links_out_of_a_bag_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a")
    bag = a_bag(tmp_path)
    (bag / "data/a.txt").unlink()
    (bag / "data/a.txt").symlink_to(tmp_path / "secret")
    (bag / "data/loop").symlink_to("loop")
    (bag / "data/up").symlink_to("..")
    (bag / "bag-info.txt").symlink_to("/dev/zero")
    said = reasons(bag)
    for name in ("data/a.txt", "data/loop", "data/up", "bag-info.txt"):
        assert f"{name}: a link to a folder, or out of the bag" in said
    assert "data/a.txt: is listed in manifest-sha256.txt and is not here" in said


def test_what_would_never_end_is_not_opened(tmp_path: Path) -> None:
    bag = a_bag(tmp_path, **{"manifest-md5.txt": f"{'0' * 32}  data/pipe\n"})
    os.mkfifo(bag / "data/pipe")
    assert "data/pipe: not an ordinary file" in reasons(bag)
    (bag / "bagit.txt").unlink()
    (bag / "bagit.txt").symlink_to("/dev/zero")
    assert "bagit.txt: is missing" in reasons(bag)


def test_what_was_never_fetched_is_missing(tmp_path: Path) -> None:
    fetch = "https://a.example/b.txt - data/b.txt\nhttps://a.example/a 1 data/a.txt\n"
    bag = a_bag(tmp_path, **{"fetch.txt": fetch, M: f"{A}  data/a.txt\n{A}  data/b.txt\n"})
    assert "data/b.txt: was to be fetched and is not here: incomplete" in reasons(bag)
    (bag / "data/b.txt").write_text("a")
    assert check(bag) == []


def test_names_that_would_take_each_others_place_are_found(tmp_path: Path) -> None:
    bag = a_bag(tmp_path)
    for name in ("A.txt", "\u00e9", "e\u0301"):
        (bag / "data" / name).write_text("a")
    if len(list((bag / "data").iterdir())) < 4:
        pytest.skip("a file system that takes two of these names for one")
    lines = [f"{A}  {path.relative_to(bag)}\n" for path in sorted((bag / "data").iterdir())]
    (bag / M).write_text("".join(lines))
    assert len(check(bag)) == 2
    assert "is the same name where capitals or accents do not count" in reasons(bag)


def test_an_accent_may_be_spelled_in_another_way_than_the_file_system_does(tmp_path: Path) -> None:
    bag = a_bag(tmp_path, **{M: f"{A}  data/a.txt\n{A}  data/e\u0301\n"})
    (bag / "data/\u00e9").write_text("a")
    assert check(bag) == []


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"bagit.txt": ""}, "does not say, in two lines"),
        ({"bagit.txt": "\ufeffBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"}, "two"),
        ({"bagit.txt": "BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n"}, "2.0"),
        ({"bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: klingon\n"}, "klingon"),
        ({M: "xyz  data/a.txt\n"}, "line 1 is not a hash and a path"),
        ({M: "abc  data/a.txt\n"}, "line 1: no sha256 hash"),
        ({M: f"{A}  a.txt\n"}, "'a.txt' does not lie in data/"),
        ({M: f"{A}  data/a.txt\n{A}  data/b\n"}, "data/b: is listed in manifest-sha256.txt and"),
        ({M: f"{A}  data/a.txt" + "x" * 70_000}, "line 1 is longer than 65,536 characters"),
        ({"manifest-sha512.txt": ""}, "data/a.txt: is not listed in manifest-sha512.txt"),
        ({"manifest-crc32.txt": ""}, "crc32 is no hash that can be computed here"),
        ({"tagmanifest-sha256.txt": f"{A}  data/a.txt\n"}, "is payload, and no tag file"),
        ({"tagmanifest-sha256.txt": f"{A}  tagmanifest-md5.txt\n"}, "which none may list"),
        ({"tagmanifest-sha256.txt": f"{A}  bagit.txt\n"}, "bagit.txt: is not what tagmanifest"),
        ({"bag-info.txt": "Payload-Oxum: 2.1\n"}, "Payload-Oxum is 2.1, and 1.1 is here"),
        ({"bag-info.txt": "nonsense\n"}, "line 1 is not a label and a value"),
        ({"fetch.txt": "nonsense\n"}, "line 1 is not an address, a length and a path"),
    ],
)
def test_what_is_wrong_with_a_tag_file_is_said(
    tmp_path: Path, files: dict[str, str], reason: str
) -> None:
    assert reason in reasons(a_bag(tmp_path, **files))


def test_a_manifest_without_end_is_not_read(tmp_path: Path) -> None:
    bag = a_bag(tmp_path)
    os.truncate(bag / M, 1 << 40)
    assert f"{M}: is larger than 268,435,456 bytes" in reasons(bag)


def test_before_1_0_one_manifest_that_lists_a_file_is_enough(tmp_path: Path) -> None:
    bag = a_bag(tmp_path, "0.97", **{"manifest-md5.txt": ""})
    assert check(bag) == []


def test_lines_may_end_in_any_way_and_values_be_folded(tmp_path: Path) -> None:
    info = "Contact-Name:Anna\r\nExternal-Description: one\r\n  two\r\nPayload-Oxum: 1.1\r\n"
    manifest = f"{A.upper()} *./data/a.txt\r"
    bag = a_bag(tmp_path, **{"bag-info.txt": info, M: manifest})
    assert check(bag) == []


def test_a_bag_without_payload_or_manifest_is_none(tmp_path: Path) -> None:
    bag = a_bag(tmp_path)
    shutil.rmtree(bag / "data")
    (bag / M).unlink()
    said = reasons(bag)
    assert "data: there is no such folder" in said
    assert "there is no manifest of the payload at all" in said
    with pytest.raises(UnreadableError, match="not a folder"):
        check(bag / "bagit.txt")


@SLOW
@given(
    st.sampled_from(["bagit.txt", M, "tagmanifest-md5.txt", "bag-info.txt", "fetch.txt"]),
    st.binary(max_size=200),
    st.sampled_from(["UTF-8", "UTF-16", "UTF-32", "idna", "utf-7", "punycode", "unicode_escape"]),
)
def test_any_bytes_in_a_tag_file_are_findings_and_no_crash(
    tmp_path: Path, name: str, data: bytes, encoding: str
) -> None:
    shutil.rmtree(tmp_path / "bag", ignore_errors=True)
    bag = a_bag(tmp_path)
    (bag / "bagit.txt").write_text(f"BagIt-Version: 1.0\nTag-File-Character-Encoding: {encoding}\n")
    (bag / name).write_bytes(data)
    assert all(found.path and found.reason for found in check(bag))
