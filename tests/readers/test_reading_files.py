"""A file is read row by row: what is good is a record, what is not says where and why."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from reviewer.model.errors import ReviewerError, UnreadableError, UsageError
from reviewer.model.records import ClaimRecord
from reviewer.readers import chosen, files_under, given, naming
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.wishes import Wishes
from reviewer.shipped import shipped
from tests.data import real

CLAIM = '{"kind": "claim", "id": "c-1", "text": "498 dead."}'


def read_file(path: Path, format_name: str | None = None) -> Iterator[Row]:
    with naming(path), Given.open(path, Wishes(format=format_name or "")) as opened:
        yield from chosen(opened).read(opened)


def rows(path: Path, content: str | bytes, format_name: str | None = None) -> list[Row]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_file(path, format_name))


def reasons(found: list[Row]) -> list[tuple[str, str]]:
    return [(row.place, row.reason) for row in found if not row.records]


def test_a_line_of_json_is_a_record_and_an_empty_line_is_nothing(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.jsonl", f"\n{CLAIM}\r\n \n{CLAIM}")
    assert [row.place for row in found] == ["line 2", "line 4"]
    assert all(row.records == (ClaimRecord(id="c-1", text="498 dead."),) for row in found)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    for name, content in (("a.jsonl", CLAIM), ("a.toml", '[[claim]]\nid = "c-1"\ntext = "x"')):
        (row,) = rows(tmp_path / name, b"\xef\xbb\xbf" + content.encode())
        assert row.records


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not valid JSON"),
        ("[1]", "not a JSON object"),
        ("null", "not a JSON object"),
        ('"claim"', "not a JSON object"),
        ("{}", "'None' is not a kind of record; there is: case, source, statement"),
        ('{"kind": "klaim"}', "'klaim' is not a kind of record"),
        ('{"kind": ["claim"]}', "is not a kind of record"),
        ('{"kind": "claim", "id": "c", "id": "d", "text": "x"}', "the key 'id' stands twice"),
        ('{"kind": "claim", "id": "c"}', "text: is required"),
        ('{"kind": "claim", "id": "c", "text": ""}', "text: is empty"),
        ('{"kind": "claim", "id": "c", "text": 7}', "text: should be text"),
        ('{"kind": "claim", "id": "c", "text": "x", "txt": 1}', "txt: no such key"),
        ('{"kind": "claim", "id": "", "text": "x"}', "id: not an id; it needs 1 to 200"),
        (
            '{"kind": "claim", "id": "c", "text": "x", "priority": 0}',
            "priority: should be at least 1",
        ),
        ('{"kind": "claim", "id": "c", "text": "x", "priority": 1.5}', "should be a whole number"),
        ('{"kind": "claim", "id": "c", "text": "x", "priority": NaN}', "NaN is not a number"),
        ('{"kind": "claim", "id": "c", "text": "x", "priority": 1e999}', "1e999 is too large"),
        ('{"kind": "claim", "id": "c", "text": "x", "tags": "a"}', "tags: should be a list"),
        ('{"kind": "claim", "id": "c", "text": "x", "date": "March"}', "date: not a date; write"),
        ('{"kind": "claim", "id": "c", "text": "\\ud800"}', "text: holds half a character"),
        ('{"kind": "claim", "id": "c", "text": "x", "\\ud800": 1}', "holds half a character"),
        ('{"kind": "\\ud800"}', "is not a kind of record"),
        ('{"kind": "claim", "id": "c", "text": "x", "tags": ["a", " "]}', "tag 2: is empty"),
        ('{"kind": "source", "id": "s", "name": "S", "language": ""}', "language: no such key"),
        ('{"kind": "claim" "id": "c"}', "not valid JSON: Expecting ',' delimiter at character 18"),
        ('{"kind": "case", "title": "T", "exercise": "maybe"}', "should be true or false"),
        ('{"kind": "' + "x" * 9999 + '"}', "is not a kind of record"),
        ('{"kind": "claim", "id": "c", "text": "x", "' + "x" * 9999 + '": 1}', "no such key"),
        ('{"kind": "claim", "priority": ' + "9" * 5000 + "}", "not valid JSON"),
        ("[" * 100_000, "nested too deep"),
        ('{"a":' * 100_000, "nested too deep"),
    ],
    ids=lambda text: text[:60],
)
def test_a_line_that_is_no_record_says_why_and_the_next_one_is_read(
    tmp_path: Path, line: str, reason: str
) -> None:
    found = rows(tmp_path / "a.jsonl", f"{line}\n{CLAIM}\n")
    assert found[1].records
    ((place, said),) = reasons(found)
    assert place == "line 1"
    assert reason in said
    assert len(said) < 400


def test_a_line_that_is_no_utf8_says_at_which_byte(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.jsonl", b'{"kind": "\xff"}\n' + CLAIM.encode())
    assert reasons(found) == [("line 1", "not UTF-8 at byte 10 of the line")]
    assert found[0].raw == '{"kind": "\\xff"}'
    assert found[1].records


def test_what_readers_did_is_passed_over_and_is_no_mistake(tmp_path: Path) -> None:
    (row,) = rows(tmp_path / "a.jsonl", '{"kind": "verdict", "value": "false"}')
    assert row.passed_over
    assert row.reason == ""


def test_a_toml_record_knows_the_line_of_its_header(tmp_path: Path) -> None:
    content = """# a comment
[case]
title = "T"

[[claim]]  # the first
id = "c-1"

[[ claim ]]
id = "c-2"
text = "x"
"""
    found = rows(tmp_path / "a.toml", content)
    assert [row.place for row in found] == ["line 2", "line 5", "line 8"]
    assert reasons(found) == [("line 5", "text: is required")]


def test_a_text_that_holds_what_looks_like_a_header_does_not_shift_the_places(
    tmp_path: Path,
) -> None:
    content = '[[claim]]\nid = "a"\ntext = """\n[[claim]]\n"""\n[[claim]]\nid = "b"\n'
    found = rows(tmp_path / "a.toml", content)
    assert [row.place for row in found] == ["claim 1", "claim 2"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[claim]\n", "not valid TOML"),
        ("[[claim]]\nid = 1\nid = 2\n", "not valid TOML"),
        (f"a = {'9' * 5000}", "not valid TOML"),
        ("a = " + "[" * 100_000, "not valid TOML"),
        (b'[[claim]]\nid = "\xff"\n', "not UTF-8 at byte 16"),
        (b"\xff\xfe[\x00", "not UTF-8"),
        ('a = "\\ud800"', "not valid TOML"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_toml_file_that_is_none_is_refused_as_a_whole_with_its_name(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    with pytest.raises(UnreadableError, match=said) as caught:
        rows(tmp_path / "a.toml", content)
    assert caught.value.sentence.startswith(f"{tmp_path / 'a.toml'}: ")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('title = "T"', "'title' is not a kind of record|'title' should be a table"),
        ("claim = [1, 2]", "'claim' should be a table"),
        ("[claims]", "'claims' is not a kind of record"),
        ("[[claim]]\nid = 1\ntext = nan", "id: should be text"),
        ('[[claim]]\nid = "c"\ntext = "x"\ndate = 14:05:00', "date: not a date"),
        ('[[claim]]\nid = "c"\ntext = "x"\ndate = 2022', "date: should be text"),
        ('[[claim]]\nid = "c"\ntext = "x"\ntags = { a = 1 }', "tags: should be a list"),
        (
            '[[recording]]\nid="r"\nsource="s"\nlanguage="uk"\nheld="verbatim"\nsegments = ["x"]',
            "segment 1: should be a table",
        ),
        (
            '[[recording]]\nid="r"\nsource="s"\nlanguage="uk"\nheld="verbatim"\n'
            'segments = [{ text = "x", start = 12 }]',
            "segment 1, start: not a time; write SS.mmm",
        ),
    ],
)
def test_a_toml_value_that_is_no_records_says_why(
    tmp_path: Path, content: str, reason: str
) -> None:
    import re

    found = reasons(rows(tmp_path / "a.toml", content))
    assert found
    assert re.search(reason, found[0][1])


def test_toml_and_json_lines_that_say_the_same_are_the_same_record(tmp_path: Path) -> None:
    (one,) = rows(tmp_path / "a.toml", '[[claim]]\nid = "c-1"\ntext = "498 dead."\n')
    (other,) = rows(tmp_path / "a.jsonl", CLAIM)
    assert one.records == other.records
    assert one.raw == other.raw


def test_a_format_is_recognised_by_its_name_or_by_what_stands_in_it(tmp_path: Path) -> None:
    assert rows(tmp_path / "claims.txt", CLAIM)[0].records
    assert rows(tmp_path / "claims.dat", '\n[[claim]]\nid="a"\ntext="b"')[0].records
    assert rows(tmp_path / "claims.toml.bak", CLAIM, "jsonl")[0].records


@pytest.mark.parametrize("content", ["", "\x00", "\x00\x01\x02\x00"])
def test_what_is_of_no_known_format_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(UnreadableError, match=r"not a format this program reads|empty"):
        rows(tmp_path / "a.txt", content)


def test_a_format_that_there_is_not_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no format 'pdf'; there is: jsonl, toml"):
        rows(tmp_path / "a.jsonl", CLAIM, "pdf")


def test_what_is_no_ordinary_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    for name, said in (("pipe.jsonl", "not an ordinary file"), ("no.jsonl", "no such file")):
        with pytest.raises(UnreadableError, match=said):
            list(read_file(tmp_path / name))


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given, "WHOLE", 10)
    with pytest.raises(UnreadableError, match="larger than 0 MB, and a file of this format is"):
        rows(tmp_path / "a.toml", '[[claim]]\nid="a"\ntext="b"')


def test_a_folder_is_its_files_in_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "d.toml").mkdir()
    about = ("README.md", "LICENSE", ".hidden", "my.case", "my.case-wal", "my.case.lock")
    sides = ("a.refused.jsonl", "a.refused-2.csv")
    for name in ("b.toml", "a.jsonl", "c.txt", "d.toml/e.srt", *about, *sides):
        (tmp_path / name).touch()
    found = [str(p.relative_to(tmp_path)) for p in files_under(tmp_path)]
    assert found == ["a.jsonl", "b.toml", "c.txt", "d.toml/e.srt"]
    assert files_under(tmp_path / "c.txt") == [tmp_path / "c.txt"]
    assert files_under(tmp_path / "a.refused.jsonl") == [tmp_path / "a.refused.jsonl"]


def test_a_folder_without_case_files_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"no file to import in this folder"):
        files_under(tmp_path)


@for_any(st.binary(max_size=60))
def test_any_bytes_are_rows_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    for name in ("any.jsonl", "any.toml", "any"):
        read_or_refused(tmp_path_factory.getbasetemp() / name, content)


def read_or_refused(path: Path, content: bytes) -> list[Row]:
    try:
        found = rows(path, content)
    except ReviewerError as error:
        assert error.sentence  # noqa: PT017
        return []
    assert all((not row.records) == bool(row.reason or row.passed_over) for row in found)
    return found


@pytest.mark.parametrize("case", ["gerasimov", "exercise"])
def test_a_damaged_case_file_is_rows_or_a_sentence(tmp_path: Path, case: str) -> None:
    chance = random.Random(5)
    for file in sorted(shipped(f"fixtures/{case}").glob("*.toml")):
        whole = file.read_bytes()[:20_000]
        for _ in range(4):
            damaged = bytearray(whole)
            for _ in range(chance.choice([1, 10])):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            read_or_refused(tmp_path / "damaged.toml", bytes(damaged))


@pytest.mark.parametrize("case", ["gerasimov", "exercise"])
def test_every_row_of_the_cases_that_ship_is_a_record(case: str) -> None:
    for file in files_under(shipped(f"fixtures/{case}")):
        found = list(read_file(file))
        assert found
        assert reasons(found) == []


def test_naughty_strings_are_kept_letter_for_letter(tmp_path: Path) -> None:
    strings = json.loads(naughty().read_text(encoding="utf-8"))
    assert len(strings) > 400
    lines = [
        json.dumps({"kind": "statement", "id": f"s-{n}", "source": "x", "language": "en",
                    "held": "verbatim", "text": text})
        for n, text in enumerate(strings)
    ]  # fmt: skip
    found = rows(tmp_path / "a.jsonl", "\n".join(lines))
    texts = [row.records[0].text if row.records else row.reason for row in found]
    assert texts == strings


def naughty() -> Path:
    folder = real("hostile", "naughty-strings")
    return next(path for path in sorted(folder.iterdir()) if path.suffix == ".json")


@pytest.mark.parametrize("language", ["", "English", "e", "uk_UA", "[/]", "uk-", "українська"])
def test_a_language_is_a_tag(tmp_path: Path, language: str) -> None:
    record = {"kind": "statement", "id": "s", "source": "x", "held": "verbatim", "text": "t"}
    tagged = json.dumps(record | {"language": language})
    said = reasons(rows(tmp_path / "a.jsonl", tagged))
    if language == "English":  # up to eight letters may be a registered language
        assert said == []
    else:
        assert said == [
            ("line 1", "language: not the tag of a language; write uk, ru, en or zh-Hans")
        ]


@pytest.mark.parametrize("language", ["uk", "und", "zh-Hans", "sr-Latn-RS", "de-1996", "EN"])
def test_the_tags_of_languages_are_taken(tmp_path: Path, language: str) -> None:
    record = {"kind": "statement", "id": "s", "source": "x", "held": "verbatim", "text": "t"}
    (row,) = rows(tmp_path / "a.jsonl", json.dumps(record | {"language": language}))
    assert row.records
