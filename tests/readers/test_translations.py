"""A translation in a file of its own stands beside its original, or is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.casefile.case import CaseFile
from reviewer.model.errors import UnreadableError
from reviewer.model.evidence import Recording, Statement
from reviewer.readers.wishes import Wishes
from reviewer.service.import_report import ImportReport
from reviewer.service.importing import import_files
from reviewer.service.session import Session
from reviewer.service.telling_imports import lines as told
from tests.data import real

RUSSIAN = ["Виталий Герасимов убит под Харьковом.", "Повтори.", "Связи нет совсем."]
ENGLISH = ["Vitaly Gerasimov is dead near Kharkiv.", "Say it again.", "There is no connection."]
TIMES = [(1000, 4500), (5000, 6000), (60_000, 63_250)]


def clock(ms: int) -> str:
    return f"00:{ms // 60_000:02}:{ms // 1000 % 60:02},{ms % 1000:03}"


def subtitles(path: Path, texts: list[str], shift: int = 0, times: object = None) -> Path:
    at = TIMES if times is None else times
    blocks = [
        f"{n}\n{clock(start + shift)} --> {clock(end + shift)}\n{text}\n"
        for n, (text, (start, end)) in enumerate(zip(texts, at, strict=True), start=1)  # type: ignore[call-overload]
    ]
    path.write_text("\n".join(blocks), encoding="utf-8")
    return path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "my.case"
    CaseFile.create(path, title="T").close()
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "in"
    path.mkdir()
    return path


def brought(case: Path, *paths: Path, **wishes: object) -> ImportReport:
    with CaseFile.open(case) as opened:
        return import_files(opened, paths, Wishes(**wishes))  # type: ignore[arg-type]


def recording(case: Path, id_: str) -> Recording:
    with Session.open(case, "ann", readonly=True) as session:
        found = session.text(id_)
    assert isinstance(found, Recording)
    return found


def statement(case: Path, id_: str) -> Statement:
    with Session.open(case, "ann", readonly=True) as session:
        found = session.text(id_)
    assert isinstance(found, Statement)
    return found


def pairs(found: Recording) -> list[tuple[str, str]]:
    return [(segment.text, segment.translation) for segment in found.segments]


def remarks(report: ImportReport) -> str:
    return "; ".join(report.files[0].remarks)


def test_segments_of_the_same_times_pair_one_to_one(case: Path, folder: Path) -> None:
    original = subtitles(folder / "call.srt", RUSSIAN)
    other = subtitles(folder / "english.srt", ENGLISH)
    report = brought(case, original, translation=other, language="ru", translation_language="en")
    found = recording(case, "call")
    assert pairs(found) == list(zip(RUSSIAN, ENGLISH, strict=True))
    assert (found.language, found.translation_language) == ("ru", "en")
    assert report.files[0].translation == str(other)
    assert "its translation is english.srt, utf-8" in remarks(report)
    assert f"{original}: subrip, utf-8, with {other} as its translation" in told(report) or any(
        f"with {other} as its translation" in line for line in told(report)
    )


def test_a_shifted_translation_is_moved_and_that_is_said(case: Path, folder: Path) -> None:
    report = brought(
        case,
        subtitles(folder / "call.srt", RUSSIAN),
        translation=subtitles(folder / "english.srt", ENGLISH, shift=2500),
    )
    found = recording(case, "call")
    assert pairs(found) == list(zip(RUSSIAN, ENGLISH, strict=True))
    assert [segment.start_ms for segment in found.segments] == [1000, 5000, 60_000]
    assert "the translation was moved by -2.500 s to fit" in remarks(report)


def test_what_does_not_pair_is_kept_and_said(case: Path, folder: Path) -> None:
    times = [TIMES[0], (30_000, 31_000)]
    other = subtitles(folder / "english.srt", [ENGLISH[0], "(music)"], times=times)
    report = brought(case, subtitles(folder / "call.srt", RUSSIAN), translation=other)
    assert pairs(recording(case, "call")) == [
        (RUSSIAN[0], ENGLISH[0]),
        (RUSSIAN[1], ""),
        ("", "(music)"),
        (RUSSIAN[2], ""),
    ]
    assert "1 of 2 translations fit no original; kept apart" in remarks(report)
    assert "2 of 3 segments have no translation of their own" in remarks(report)


def test_one_statement_is_translated_by_another(case: Path, folder: Path) -> None:
    (folder / "speech.txt").write_text("Командование сообщило о потерях.\n\nСвязи нет.\n")
    (folder / "other.txt").write_text("The command told of losses.\n\nNo connection.\n")
    brought(
        case,
        folder / "speech.txt",
        translation=folder / "other.txt",
        language="ru",
        translation_language="en",
        format="text",
    )
    found = statement(case, "speech")
    assert found.text.startswith("Командование")
    assert found.translation.strip() == "The command told of losses.\n\nNo connection."
    assert found.translation_language == "en"


def test_a_table_is_translated_by_the_ids_of_another(case: Path, folder: Path) -> None:
    (folder / "posts.csv").write_text("id,text\n1,Связи нет.\n2,Он убит.\n3,Повтори.\n")
    (folder / "english.csv").write_text("id,text\n2,He is dead.\n1,No connection.\n9,Stray.\n")
    report = brought(case, folder / "posts.csv", translation=folder / "english.csv")
    assert [statement(case, f"posts/{n}").translation for n in (1, 2, 3)] == [
        "No connection.",
        "He is dead.",
        "",
    ]
    assert [odd.what for odd in report.odd] == [
        "no translation of '3' in the file of translations",
        "no original of '9'; its translation is kept as a statement of its own",
    ]
    stray = statement(case, "posts/9")
    assert (stray.text, stray.held, stray.language) == ("Stray.", "translation", "en")
    assert "each a statement of its own: 9" in remarks(report)
    assert "its translations are in english.csv, utf-8" in remarks(report)


def test_a_pair_that_is_none_is_refused_in_a_sentence(case: Path, folder: Path) -> None:
    call = subtitles(folder / "call.srt", RUSSIAN)
    (folder / "speech.txt").write_text("The command told of losses.\n\nNo connection at all.\n")
    (folder / "posts.csv").write_text("id,text\n1,Связи нет.\n2,Он убит.\n")
    (folder / "noid.csv").write_text("text,date\nСвязи нет.,2022-03-07\nОн убит.,2022-03-08\n")
    (folder / "empty.srt").write_text("")
    for original, other, said in (
        (call, folder / "speech.txt", "one of the two is a recording and the other a statement"),
        (call, folder / "posts.csv", "the translation holds 2 recordings and statements"),
        (call, folder / "no.srt", "no.srt: there is no such file"),
        (call, folder / "empty.srt", "empty.srt: empty"),
        (call, folder, "not an ordinary file"),
        (folder / "noid.csv", folder / "posts.csv", "have no id to pair a translation by"),
        (folder / "posts.csv", folder / "noid.csv", "no row of it has both 'id' and 'text'"),
    ):
        with pytest.raises(UnreadableError) as refused:
            brought(case, original, translation=other)
        assert said in refused.value.sentence, (original, other)
        assert refused.value.sentence.startswith(f"{original}: ")
    with Session.open(case, "ann") as session:
        assert session.texts() == []


# Named together


def test_files_that_are_called_alike_pair_by_themselves_and_that_is_said(
    case: Path, folder: Path
) -> None:
    original = subtitles(folder / "a.srt", ENGLISH)
    other = subtitles(folder / "a.uk.srt", RUSSIAN)
    for paths in ((original, other), (other, original), (folder,)):
        report = brought(case, *paths)
        assert [file.name for file in report.files] == [str(original)]
        assert any(f"with {other} as its translation" in line for line in told(report))
    found = recording(case, "a")
    assert pairs(found) == list(zip(ENGLISH, RUSSIAN, strict=True))
    assert found.translation_language == "uk"
    with Session.open(case, "ann") as session:
        assert len(session.texts()) == 2  # once as a file, once as one of a folder


def test_the_encoding_of_a_translation_is_told_with_its_doubt(case: Path, folder: Path) -> None:
    original = subtitles(folder / "a.srt", ENGLISH)
    other = subtitles(folder / "a.ru.srt", RUSSIAN)
    other.write_bytes(other.read_text().encode("cp1251"))
    report = brought(case, original, other)
    assert "its translation is a.ru.srt, cp1251 (by guess)" in remarks(report)
    assert recording(case, "a").segments[0].translation == RUSSIAN[0]


def test_files_that_are_called_alike_and_do_not_pair_are_taken_each_for_itself(
    case: Path, folder: Path
) -> None:
    call = subtitles(folder / "a.srt", RUSSIAN)
    (folder / "a.uk.srt").write_text("{broken")
    report = brought(case, call, folder / "a.uk.srt")
    assert [file.name for file in report.files] == [str(call), str(folder / "a.uk.srt")]
    assert report.refused_count == 1
    assert pairs(recording(case, "a")) == [(text, "") for text in RUSSIAN]
    (folder / "t.csv").write_text("text,date\nСвязи нет.,2022-03-07\nОн убит.,2022-03-08\n")
    (folder / "t-en.csv").write_text("text,date\nNo link.,2022-03-07\nHe fell.,2022-03-08\n")
    report = brought(case, folder / "t.csv", folder / "t-en.csv")
    assert (len(report.files), report.refused_count) == (2, 0)


def test_only_files_of_one_folder_pair_and_none_is_lost_on_the_way(
    case: Path, folder: Path
) -> None:
    (folder / "x").mkdir()
    (folder / "y").mkdir()
    subtitles(folder / "x" / "a.srt", ENGLISH)
    subtitles(folder / "y" / "a.uk.srt", RUSSIAN)
    report = brought(case, folder)
    assert [file.translation for file in report.files] == ["", ""]
    chain = [subtitles(folder / f"b{tag}.srt", ENGLISH) for tag in ("", "-en", "-en-uk")]
    report = brought(case, *chain)
    named = {file.name for file in report.files} | {file.translation for file in report.files}
    assert named >= set(map(str, chain))


def test_a_translation_that_a_newer_export_changed_makes_a_new_version(
    case: Path, folder: Path
) -> None:
    original, other = subtitles(folder / "a.srt", ENGLISH), folder / "a.uk.srt"
    subtitles(other, RUSSIAN)
    brought(case, original, other)
    assert brought(case, original, other).unchanged == 2
    subtitles(other, [*RUSSIAN[:2], "Зв’язку немає."])
    report = brought(case, original, other)
    assert (report.changed, report.gone) == (1, [])
    assert recording(case, "a").segments[2].translation == "Зв’язку немає."


def test_real_subtitles_in_two_languages_pair(case: Path) -> None:
    english = real("transcripts", "bilingual", "pepper-and-carrot-ep6-eng.srt")
    russian = real("transcripts", "bilingual", "pepper-and-carrot-ep6-rus.srt")
    brought(case, english, translation=russian, language="en", translation_language="ru")
    found = recording(case, "pepper-and-carrot-ep6-eng")
    assert all(segment.translation for segment in found.segments)
    ours = real("transcripts", "bilingual", "talk-2004.en.srt")
    report = brought(case, ours, translation=ours.with_name("talk-2004.uk.srt"))
    assert "segments have no translation of their own" in remarks(report)
