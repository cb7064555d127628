"""A text or Markdown file is one statement, its words exactly as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from reviewer.model.errors import UnreadableError
from reviewer.model.records import SourceRecord, StatementRecord
from reviewer.readers import chosen
from reviewer.readers.given import Given
from reviewer.readers.statements import text_file
from reviewer.readers.wishes import Wishes


def statement(
    path: Path, content: str | bytes, wishes: Wishes | None = None
) -> tuple[str, StatementRecord, SourceRecord]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with Given.open(path, wishes or Wishes()) as given:
        (row,) = chosen(given).read(given)
        source, found = row.records
        assert isinstance(source, SourceRecord)
        assert isinstance(found, StatementRecord)
        return chosen(given).name, found, source


def test_a_text_file_is_one_statement_word_for_word(tmp_path: Path) -> None:
    text = "  Statement of the ministry \r\n\r\nThe bridge\tstands.\n\n[inaudible]  \n"
    name, found, source = statement(tmp_path / "ministry-1.txt", text)
    assert name == "text"
    assert (found.id, found.text, found.held) == ("ministry-1", text, "verbatim")
    assert found.title == "Statement of the ministry"
    assert (found.language, found.date, found.url) == ("und", "", "")
    assert source.name == "ministry-1.txt (the file does not say who published it)"


def test_a_person_says_what_the_file_does_not(tmp_path: Path) -> None:
    wishes = Wishes(source="Ministry of Defence", language="uk", collection="mod")
    _, found, source = statement(tmp_path / "1.txt", "Міст стоїть.", wishes)
    assert (found.id, found.language, found.source) == ("mod/1", "uk", source.id)
    assert source.name == "Ministry of Defence"


def test_a_long_first_line_is_no_title(tmp_path: Path) -> None:
    _, found, _ = statement(tmp_path / "a.txt", "word " * 100)
    assert found.title == "a.txt"


def test_markdown_stays_as_it_was_written(tmp_path: Path) -> None:
    text = "Intro *here*.\n\n# The bridge **stands** #\n\n- one\n- [two](https://x.example)\n"
    name, found, _ = statement(tmp_path / "a.md", text)
    assert name == "markdown"
    assert (found.text, found.title) == (text, "The bridge **stands**")


def test_front_matter_says_title_date_and_who_and_is_taken_off(tmp_path: Path) -> None:
    front = (
        "---\n"
        'title: "The bridge: it stands"\n'
        "date: 2022-03-07T10:00:00Z\n"
        "author: A. Writer\n"
        "publisher: The Herald\n"
        "url: https://herald.example/1\n"
        "lang: en-GB\n"
        "tags:\n"
        "  - bridge\n"
        "---\n"
    )
    text = "\n# Another title\n\nThe bridge stands.\n---\nreally\n"
    _, found, source = statement(tmp_path / "a.md", front + text)
    assert found.text == text
    assert (found.title, found.date) == ("The bridge: it stands", "2022-03-07T10:00:00Z")
    assert (found.url, found.language) == ("https://herald.example/1", "en-GB")
    assert source.name == "The Herald"
    assert found.note == "author: A. Writer\ntags:\n  - bridge"


def test_what_front_matter_says_and_cannot_be_used_stays_in_the_note(tmp_path: Path) -> None:
    front = "---\ndate: 7 March\nlang: Ukrainian language\ntitle: |\n  Two\n---\n"
    _, found, _ = statement(tmp_path / "a.md", f"{front}The bridge.")
    assert (found.date, found.language, found.title) == ("", "und", "The bridge.")
    assert found.note.split("\n") == [
        "date: 7 March", "language: Ukrainian language", "title: |", "  Two",
    ]  # fmt: skip


def test_a_line_of_dashes_alone_is_no_front_matter(tmp_path: Path) -> None:
    text = "---\nThe bridge stands.\n"
    _, found, _ = statement(tmp_path / "a.md", text)
    assert found.text == text


def test_a_file_of_bytes_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(range(256)) * 8)
    with Given.open(path, Wishes()) as given:
        assert not text_file.recognises_text(given)
        assert not text_file.recognises_markdown(given)


def test_a_file_without_words_is_said_to_have_none(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: x\n---\n \n")
    with Given.open(path, Wishes()) as given, pytest.raises(UnreadableError, match="no text"):
        list(text_file.read_markdown(given))


@every(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), min_size=1))
def test_any_words_come_back_as_they_are(
    tmp_path_factory: pytest.TempPathFactory, words: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.txt"
    text = f"Begins here {words}"
    path.write_bytes(text.encode())
    with Given.open(path, Wishes()) as given:
        (row,) = text_file.read_text(given)
    (found,) = [one for one in row.records if isinstance(one, StatementRecord)]
    assert found.text == text
