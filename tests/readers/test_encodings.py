"""The text of a file is its text, whatever encoding it is in; a guess is said to be one."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

from reviewer.model.errors import UnreadableError, UsageError
from reviewer.readers import chosen, given, read
from reviewer.readers.encoding import Utf8Count
from reviewer.readers.given import Given
from reviewer.readers.wishes import Wishes
from tests.data import real

RUSSIAN = (
    "Командование сообщило, что генерал-майор Виталий Герасимов убит под Харьковом.\n"
    "«Связи нет, ничего не работает», — сказал он; повторил ещё раз.\n"
)
PLAIN = RUSSIAN.replace("—", "-").replace("«", '"').replace("»", '"')
UKRAINIAN = "Генерал-майор загинув під Харковом, повідомила розвідка. Їхні офіцери мовчать.\n"
GERMAN = "Der General fiel bei Charkiw – sagte er. Überall hört man Gerüchte; „für“ Öl.\n"
FRENCH = "L’état-major a déclaré que le général a été tué près de Kharkiv, çà et là.\n"
POLISH = "Generał zginął pod Charkowem. Żaden świadek tego nie potwierdził, źródło milczy.\n"
CHINESE = (
    "俄罗斯国防部公布了498名士兵死亡。没有人独立证实这一点。据报道，将军在哈尔科夫附近被打死。\n"
)
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
many = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def opened(path: Path, content: bytes, **wishes: str) -> Given:
    path.write_bytes(content)
    return Given.open(path, Wishes(**wishes))  # type: ignore[arg-type]


def taken(path: Path, content: bytes, **wishes: str) -> tuple[str, str, str]:
    """The text, the encoding and the doubt."""
    with opened(path, content, **wishes) as file:
        pieces = "".join(file.text_pieces())
        assert pieces == file.text()
        return pieces, file.encoding.name, file.encoding.doubt


def lines(path: Path, content: bytes, **wishes: str) -> list[str]:
    with opened(path, content, **wishes) as file:
        numbered = list(file.lines())
    assert [n for n, _ in numbered] == list(range(1, len(numbered) + 1))
    return [line for _, line in numbered]


def usual_lines(text: str) -> list[str]:
    parts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return parts[:-1] if parts[-1] == "" else parts


# What is sure


@many
@for_any(texts)
@example("\ufffd as it stands, and \x00 and \x85")
@example("\U0001f600")
def test_utf8_always_comes_back_exactly_and_without_a_doubt(tmp_path: Path, text: str) -> None:
    content = text.encode()
    for packed in (b"\x1f\x8b", b"PK", b"BZh", b"ID3", b"RIFF", b"OggS", b"%PDF", b"SQLite"):
        if content.startswith(packed):
            return
    wide = content.startswith(tuple(MARKS.values())) or b"\x00" in content
    if not wide:
        assert taken(tmp_path / "a.txt", content) == (text, "utf-8", "")
    marked = taken(tmp_path / "b.txt", codecs.BOM_UTF8 + content)
    assert marked == (text, "utf-8", "")


@many
@for_any(texts, st.sampled_from(WIDE))
def test_any_text_with_a_byte_order_mark_comes_back_exactly(
    tmp_path: Path, text: str, name: str
) -> None:
    if name == "utf-16-le" and text.startswith("\x00"):
        return  # the same bytes as the mark of UTF-32
    found = taken(tmp_path / "a.txt", MARKS[name] + text.encode(name))
    assert found == (text, name, "")


@pytest.mark.parametrize("name", WIDE)
@pytest.mark.parametrize("text", [RUSSIAN, GERMAN, CHINESE * 3, "id,text\n1,He is dead.\n"])
def test_utf16_and_32_are_known_without_a_mark_and_that_is_said(
    tmp_path: Path, text: str, name: str
) -> None:
    back, found, doubt = taken(tmp_path / "a.txt", text.encode(name))
    assert (back, found) == (text, name)
    assert "no byte order mark" in doubt


@pytest.mark.parametrize(
    "text", ["hello\0world", "a\0b\nc\0d\n", "\0" * 20 + "x" * 80, "Ген\0ерал"]
)
def test_zero_bytes_in_utf8_are_text_and_no_utf16(tmp_path: Path, text: str) -> None:
    assert taken(tmp_path / "a.txt", text.encode()) == (text, "utf-8", "")


# What is a guess


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (RUSSIAN, "cp1251"),
        (PLAIN, "koi8_r"),
        (PLAIN, "iso8859_5"),
        (PLAIN, "cp866"),
        (UKRAINIAN, "cp1251"),
        (UKRAINIAN, "koi8_u"),
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (CHINESE, "gb2312"),
        (CHINESE, "gb18030"),
    ],
)
def test_older_encodings_are_guessed_and_the_guess_is_said(
    tmp_path: Path, text: str, name: str
) -> None:
    for some in (text, text * 200):
        back, _, doubt = taken(tmp_path / "a.txt", some.encode(name))
        assert back == some
        assert doubt.startswith("by guess")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Убит.", "cp1251"),
        ("Генерал", "koi8_r"),
        ("He said Герасимов (Gerasimov) was there.", "cp1251"),
        ("Müller", "cp1252"),
        ("He was in Köln, near the cathedral.", "cp1252"),
        ("Où ça ?", "cp1252"),
        ("Generał zginął.", "cp1250"),
    ],
)
def test_of_a_few_words_what_people_write_most_is_guessed(
    tmp_path: Path, text: str, name: str
) -> None:
    back, _, doubt = taken(tmp_path / "a.txt", text.encode(name))
    assert back == text
    assert doubt == "by guess"


@pytest.mark.parametrize(
    ("text", "name", "language"),
    [
        ("Так.", "cp1251", "uk"),
        ("да", "koi8_r", "ru-RU"),
        ("将军", "gb18030", "zh-Hans"),
        ("將軍", "big5", "zh-Hant"),
        ("Több ezer főt", "cp1250", "hu"),
        ("Žádný svědek řekl", "cp1250", "cs"),
        ("Γερμανία", "cp1253", "el"),
        ("الجنرال قتل", "cp1256", "ar"),
        ("İstanbul'da öldürüldü, dışı", "cp1254", "tr"),
    ],
)
def test_the_language_that_a_person_said_decides_where_letters_are_few(
    tmp_path: Path, text: str, name: str, language: str
) -> None:
    back, _, doubt = taken(tmp_path / "a.txt", text.encode(name), language=language)
    assert back == text
    assert doubt == "by guess"


# What is damaged


def test_one_bad_byte_among_many_good_ones_is_shown_and_said(tmp_path: Path) -> None:
    content = RUSSIAN.encode() + b"\xff" + UKRAINIAN.encode()
    back, name, doubt = taken(tmp_path / "a.txt", content)
    assert back == f"{RUSSIAN}\ufffd{UKRAINIAN}"
    assert (name, doubt) == ("utf-8", "1 place not UTF-8, shown as \ufffd")


def test_a_mark_does_not_hide_damage(tmp_path: Path) -> None:
    content = codecs.BOM_UTF8 + RUSSIAN.encode() + b"\xff\xfe"
    assert taken(tmp_path / "a.txt", content)[1:] == (
        "utf-8",
        "2 places not UTF-8, shown as \ufffd",
    )
    half = codecs.BOM_UTF16_LE + RUSSIAN.encode("utf-16-le") + b"\x3d\xd8\x20\x00\x41"
    back, name, doubt = taken(tmp_path / "b.txt", half)
    assert back.startswith(RUSSIAN)
    assert (name, doubt) == ("utf-16-le", "2 places not UTF-16-LE, shown as \ufffd")


def test_a_file_of_broken_utf8_is_no_older_encoding(tmp_path: Path) -> None:
    content = real("hostile", "unicode", "UTF-8-test.txt").read_bytes()
    back, name, doubt = taken(tmp_path / "a.txt", content)
    assert name == "utf-8"
    assert "not UTF-8, shown as \ufffd" in doubt
    assert "\u03ba\u1f79\u03c3\u03bc\u03b5" in back


@pytest.mark.parametrize("content", [b"", b"\xff", b"\x80\x81", b"\xfe\xff", bytes(range(256)) * 9])
def test_bytes_of_no_encoding_are_taken_with_a_doubt_or_are_none(
    tmp_path: Path, content: bytes
) -> None:
    text, _, doubt = taken(tmp_path / "a.txt", content)
    assert doubt or text == ""


# What a person says


def test_encoding_overrules_the_guess(tmp_path: Path) -> None:
    content = "Да".encode("koi8-r")
    assert taken(tmp_path / "a.txt", content, encoding="koi8-r") == ("Да", "koi8-r", "")
    assert taken(tmp_path / "a.txt", content, encoding="KOI8_R")[0] == "Да"


@pytest.mark.parametrize(
    ("content", "asked", "said"),
    [
        (RUSSIAN.encode(), "cp1251", "as asked, but all of it is UTF-8"),
        (RUSSIAN.encode("cp1251"), "utf-8", "places not UTF-8, shown as \ufffd"),
        (RUSSIAN.encode("cp1251"), "ascii", "places not ascii, shown as \ufffd"),
        (codecs.BOM_UTF8 + RUSSIAN.encode(), "cp1251", "its mark says utf-8"),
        (codecs.BOM_UTF16_BE + RUSSIAN.encode("utf-16-be"), "utf-8", "its mark says utf-16-be"),
    ],
)
def test_a_wrong_encoding_is_taken_as_asked_and_its_doubt_is_said(
    tmp_path: Path, content: bytes, asked: str, said: str
) -> None:
    assert said in taken(tmp_path / "a.txt", content, encoding=asked)[2]


def test_an_encoding_that_cannot_be_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="not utf-16, as was asked: no zero byte"):
        taken(tmp_path / "a.txt", b"Plain words.", encoding="utf-16")
    for name in ("klingon", "rot13", "idna", "unicode_escape", "raw-unicode-escape", "base64"):
        with pytest.raises(UsageError, match=f"There is no encoding '{name}'"):
            taken(tmp_path / "a.txt", b"x", encoding=name)


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-be"])
def test_utf16_that_was_asked_for_is_of_either_byte_order(tmp_path: Path, name: str) -> None:
    asked = name[:6]
    for mark in (b"", MARKS[name]):
        back, found, doubt = taken(tmp_path / "a.txt", mark + RUSSIAN.encode(name), encoding=asked)
        assert (back, found, doubt) == (RUSSIAN, name, "")


# Line ends, and files that are read in pieces


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "utf-16-be", "cp1251"])
def test_lines_end_as_they_do(tmp_path: Path, end: str, name: str) -> None:
    text = end.join(["Один.", "Два два.", "", "Три."])
    for last in ("", end):
        content = MARKS.get(name, b"") + (text + last).encode(name)
        found = lines(tmp_path / "a.txt", content, encoding=name)
        assert found == ["Один.", "Два два.", "", "Три."]


@many
@for_any(
    st.lists(st.sampled_from(["a", "я", "将", "\U0001f600", "\r", "\n", "\r\n", " "]), max_size=40),
    st.sampled_from(["utf-8", *WIDE]),
    st.integers(2, 9),
)
def test_a_cut_at_any_byte_changes_nothing(
    tmp_path: Path, parts: list[str], name: str, piece: int
) -> None:
    text = "".join(parts)
    content = MARKS[name] + text.encode(name)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(given, "PIECE", piece)
        back, found, doubt = taken(tmp_path / "a.txt", content)
        assert (back, found, doubt) == (text, name, "")
        assert lines(tmp_path / "a.txt", content) == usual_lines(text)


@pytest.mark.parametrize("piece", range(1, 8))
def test_a_guess_does_not_depend_on_where_a_piece_ends(
    tmp_path: Path, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given, "PIECE", piece * 17)
    assert taken(tmp_path / "a.txt", RUSSIAN.encode("cp1251"))[:2] == (RUSSIAN, "cp1251")
    content = RUSSIAN.encode() + b"\xff" + UKRAINIAN.encode()
    assert taken(tmp_path / "b.txt", content)[2] == "1 place not UTF-8, shown as \ufffd"


@for_any(st.binary(max_size=60), st.lists(st.integers(0, 60), max_size=5))
@example(b"\xd0\x9f\xff\xd0", [1, 3])
@example(b"\xe2\x82", [1])
def test_good_and_bad_sequences_are_counted_alike_however_they_are_cut(
    content: bytes, cuts: list[int]
) -> None:
    whole, cut = Utf8Count(), Utf8Count()
    whole.feed(content, final=True)
    begin = 0
    for end in sorted([*cuts, len(content)]):
        cut.feed(content[begin:end])
        begin = max(begin, end)
    cut.feed(b"", final=True)
    assert cut.bad == whole.bad
    assert (whole.bad > 0) is (content.decode("utf-8", "replace").encode() != content)


@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "utf-16-be", "cp1251", "koi8_r"])
@pytest.mark.parametrize("marked", [True, False])
def test_a_table_and_subtitles_are_read_in_any_encoding(
    tmp_path: Path, name: str, marked: bool
) -> None:
    mark = MARKS.get(name, b"") if marked else b""
    table = "id,claim,language\r\n1,Генерал-майор убит под Харьковом,ru\r\n2,Связи нет,ru\r\n"
    call = "1\r\n00:00:01,000 --> 00:00:02,000\r\nГенерал-майор убит под Харьковом\r\n"
    for file, text in (("a.csv", table), ("a.srt", call)):
        path = tmp_path / file
        path.write_bytes(mark + text.encode(name))
        with Given.open(path) as one:
            said = "".join(
                row.model_dump_json() for r in read(one, chosen(one)) for row in r.records
            )
        assert "Генерал-майор убит под Харьковом" in said
