"""Linguists' annotations: the voices are segments, the rest stands beside them or is counted."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest
from hypothesis import given as when
from hypothesis import strategies as st

from reviewer.model.errors import UnreadableError
from reviewer.model.records import RecordingRecord
from reviewer.readers import chosen
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.wishes import Wishes
from tests.data import real

SPOKEN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20
).filter(str.strip)


def read(path: Path, **wishes: str) -> tuple[RecordingRecord, list[Row], list[str]]:
    with Given.open(path, Wishes(**wishes)) as given:
        found = list(chosen(given).read(given))
        remarks = given.remarks
    recording = found[0].records[-1]
    assert isinstance(recording, RecordingRecord)
    return recording, found, remarks


def format_of(path: Path) -> str:
    with Given.open(path) as given:
        return chosen(given).name


def eaf(tmp_path: Path, tiers: str, slots: str = "", types: str = "", head: str = "") -> Path:
    slots = slots or '<TIME_SLOT TIME_SLOT_ID="t0" TIME_VALUE="0"/>' + "".join(
        f'<TIME_SLOT TIME_SLOT_ID="t{n}" TIME_VALUE="{n * 1000}"/>' for n in range(1, 9)
    )
    path = tmp_path / "talk.eaf"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT AUTHOR="" DATE="2020">'
        f'<HEADER TIME_UNITS="milliseconds">{head}</HEADER><TIME_ORDER>{slots}</TIME_ORDER>'
        f"{tiers}"
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="utterance" TIME_ALIGNABLE="true"/>'
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="one" CONSTRAINTS="Symbolic_Association"/>'
        '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="parts" CONSTRAINTS="Symbolic_Subdivision"/>'
        f"{types}</ANNOTATION_DOCUMENT>",
        encoding="utf-8",
    )
    return path


def tier(name: str, *said: tuple[str, str, str, str], kind: str = "utterance", **more: str) -> str:
    """A tier of annotations: id, first slot, last slot, words."""
    inner = "".join(
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{id_}" TIME_SLOT_REF1="{a}"'
        f' TIME_SLOT_REF2="{b}"><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE>'
        "</ALIGNABLE_ANNOTATION></ANNOTATION>"
        for id_, a, b, text in said
    )
    return _tier(name, inner, kind, more)


def hanging(name: str, parent: str, *said: tuple[str, str, str], kind: str, **more: str) -> str:
    """A tier whose annotations refer to others: id, the other's id, words."""
    inner = "".join(
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{id_}" ANNOTATION_REF="{other}">'
        f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
        for id_, other, text in said
    )
    return _tier(name, inner, kind, {"PARENT_REF": parent, **more})


def _tier(name: str, inner: str, kind: str, more: dict[str, str]) -> str:
    said = "".join(f' {key}="{value}"' for key, value in more.items())
    return f'<TIER TIER_ID="{name}" LINGUISTIC_TYPE_REF="{kind}"{said}>{inner}</TIER>'


def texts(recording: RecordingRecord) -> list[str]:
    return [segment.text for segment in recording.segments]


# ELAN


def test_the_masters_utterances_come_with_their_translations_languages_and_sources() -> None:
    recording, found, remarks = read(real("transcripts", "elan", "ELANmaster.eaf"))
    assert len(found) == 1
    assert len(recording.segments) == 8
    assert sum(bool(segment.translation) for segment in recording.segments) == 4
    assert recording.segments[1].text.startswith("Ещё зимой в армиях")
    assert recording.segments[1].note.startswith("Language: Russian; Source: Sent ID: 1 |")
    assert "TRANSLIT: dmšq ( wikālātu" in recording.segments[2].note
    assert recording.transcribed_by == "Jarrod"
    assert [segment.speaker for segment in recording.segments] == [""] * 8
    assert counted(remarks) == 231 + 779


@pytest.mark.parametrize(
    ("name", "segments", "annotations"),
    [("pympi-sample_2.8.eaf", 399, 4788 + 3990), ("poio-two-speakers.eaf", 22, 315)],
)
def test_every_annotation_is_in_or_counted(name: str, segments: int, annotations: int) -> None:
    recording, found, remarks = read(real("transcripts", "elan", name))
    assert len(found) == 1
    assert not found[0].odd
    assert len(recording.segments) == segments
    assert counted(remarks) == annotations


def counted(remarks: list[str]) -> int:
    lists = [one.partition(": ")[2] for one in remarks if one.startswith("tiers as")]
    without = [part.partition(" (")[0] for one in lists for part in one.split(", ")]
    return sum(int(part.rpartition(" ")[2]) for part in without)


def test_two_real_people_talk_at_once_and_are_sorted_by_time() -> None:
    recording, _, _ = read(real("transcripts", "elan", "poio-two-speakers.eaf"))
    starts = [segment.start for segment in recording.segments if segment.start is not None]
    assert starts == sorted(starts)
    assert [s.speaker for s in recording.segments[:4]] == ["K-Spch", "W-Spch", "K-Spch", "W-Spch"]
    assert recording.segments[1].start == 780
    assert "W-IPA: səʋ" in recording.segments[1].note
    assert recording.note.startswith("media: elan-example1.mpg;")


def test_a_participant_is_the_speaker_and_else_the_tier(tmp_path: Path) -> None:
    tiers = tier("A_spch", ("a1", "t1", "t2", "hello"), PARTICIPANT="Anna") + tier(
        "Bob", ("a2", "t0", "t3", "hm")
    )
    recording, _, _ = read(eaf(tmp_path, tiers))
    assert [(s.speaker, s.text) for s in recording.segments] == [("Bob", "hm"), ("Anna", "hello")]


def test_a_translation_is_found_through_a_chain_and_other_tiers_are_notes(tmp_path: Path) -> None:
    tiers = (
        tier("Anna", ("a1", "t0", "t1", "добрий день"), LANG_REF="ukr")
        + hanging("phonetic", "Anna", ("a2", "a1", "dobryj denʹ"), kind="one")
        + hanging("free translation", "phonetic", ("a3", "a2", "good day"), kind="one")
        + hanging("français", "Anna", ("a4", "a1", "bonjour"), kind="one", LANG_REF="fra")
        + hanging("words", "Anna", ("a5", "a1", "добрий"), ("a6", "a1", "день"), kind="parts")
        + hanging("translation", "words", ("a7", "a5", "good"), kind="one")
    )
    recording, _, remarks = read(eaf(tmp_path, tiers))
    (segment,) = recording.segments
    assert segment.translation == "good day"
    assert segment.note == "phonetic: dobryj denʹ; français: bonjour"
    assert remarks[-1].endswith("words 2, translation 1")
    assert recording.language == "ukr"
    wished, _, _ = read(eaf(tmp_path, tiers), translation_language="fra")
    assert wished.segments[0].translation == "bonjour"


def test_a_time_that_the_file_does_not_give_is_not_made_up(tmp_path: Path) -> None:
    slots = (
        '<TIME_SLOT TIME_SLOT_ID="t0" TIME_VALUE="0"/><TIME_SLOT TIME_SLOT_ID="t1"/>'
        '<TIME_SLOT TIME_SLOT_ID="t2" TIME_VALUE="9000"/>'
    )
    tiers = tier("Anna", ("a3", "t2", "t2", "z"), ("a1", "t0", "t1", "x"), ("a2", "t1", "t2", "y"))
    recording, _, _ = read(eaf(tmp_path, tiers, slots))
    times = [(s.text, s.start, s.end) for s in recording.segments]
    assert times == [("x", 0, None), ("y", None, 9000), ("z", 9000, 9000)]


def test_a_translation_of_nothing_goes_to_the_side_file(tmp_path: Path) -> None:
    tiers = tier("Anna", ("a1", "t0", "t1", "x")) + hanging(
        "translation", "Anna", ("a2", "gone", "lost words"), kind="one"
    )
    _, found, _ = read(eaf(tmp_path, tiers))
    assert [(row.place, row.raw, row.reason) for row in found[1:]] == [
        (
            "tier translation, annotation a2",
            "lost words",
            "hangs on no utterance that this file holds",
        )
    ]


def test_tiers_and_annotations_that_hang_on_each_other_in_a_ring_are_survived(
    tmp_path: Path,
) -> None:
    tiers = (
        tier("Anna", ("a1", "t0", "t1", "x"))
        + hanging("b", "c", ("a2", "a3", "y"), kind="one")
        + hanging("c", "b", ("a3", "a2", "z"), kind="one")
    )
    recording, _, remarks = read(eaf(tmp_path, tiers))
    assert texts(recording) == ["x"]
    assert remarks[-1].endswith("b 1, c 1")


def test_gestures_are_no_words_and_a_file_of_nothing_says_so(tmp_path: Path) -> None:
    tiers = tier("Anna", ("a1", "t0", "t1", "x")) + tier("gestures", ("a2", "t0", "t1", "stroke"))
    recording, _, remarks = read(eaf(tmp_path, tiers))
    assert texts(recording) == ["x"]
    assert remarks[-1].endswith("gestures 1")
    with pytest.raises(UnreadableError, match="no annotation that could be an utterance"):
        read(eaf(tmp_path, "<TIER TIER_ID='x'/>"))


# Praat


@pytest.mark.parametrize(
    ("name", "segments", "first"),
    [
        ("praatio-mary.TextGrid", 4, (315, 676, "mary")),
        ("praatio-mary_longfile.TextGrid", 4, (315, 676, "mary")),
        ("praatio-bobby_words_with_newlines.TextGrid", 1, (65, 1117, "BOBBY RIPPED THE LEDGER")),
        ("praatio-bobby_phones_elan.TextGrid", 13, (65, 84, "B")),
        ("long_format.TextGrid", 45, (1358892, 1361892, "sp")),
        ("short_format.TextGrid", 45, (1358892, 1361892, "sp")),
        ("mfa-two-speakers.TextGrid", 7, None),
        ("rerooted-ShushanikNargozian.TextGrid", 492, None),
    ],
)
def test_real_textgrids_bring_the_largest_units_they_hold(
    name: str, segments: int, first: tuple[int, int, str] | None
) -> None:
    recording, found, _ = read(real("transcripts", "praat", name))
    assert len(found) == 1
    assert len(recording.segments) == segments
    if first:
        begin = recording.segments[0]
        assert (begin.start, begin.end, begin.text) == first


def test_every_interval_of_the_interview_is_in_or_counted() -> None:
    path = real("transcripts", "praat", "rerooted-ShushanikNargozian.TextGrid")
    recording, _, remarks = read(path)
    assert remarks == [
        "tiers as segments: Interviewee 290, Interviewer 199",
        "tiers in notes of segments, or as segments where nobody speaks: notes 67",
        "empty intervals passed over: 350",
    ]
    assert 290 + 199 + 67 + 350 == 466 + 309 + 131
    noted = sum(segment.note.count("notes: ") for segment in recording.segments)
    alone = [segment for segment in recording.segments if segment.speaker == "notes"]
    assert noted + len(alone) == 67
    # Blanks at the end of what was transcribed stay: a library that was tried takes them off.
    assert recording.segments[4].text == "Հա՛, մեծ մայրս բան "


@pytest.mark.parametrize("ending", ["eaf", "textgrid_long", "textgrid_short"])
def test_the_sonnet_is_the_same_fifteen_segments_in_each_format(ending: str) -> None:
    recording, _, _ = read(real("transcripts", "one-text-all-formats", f"sonnet001.{ending}"))
    lines = [(s.start, s.end, s.speaker, s.text) for s in recording.segments]
    assert len(lines) == 15
    assert lines[0] == (0, 2680, "", "1")
    assert lines[-1] == (48080, 53240, "", "To eat the world's due, by the grave and thee.")


def textgrid(*tiers: tuple[str, list[tuple[float, float, str]]], short: bool = False) -> str:
    """A TextGrid in the long form or the short one."""

    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    def name(words: str) -> str:
        return "" if short else f"{words} = "

    rows = ['File type = "ooTextFile"', 'Object class = "TextGrid"', ""]
    rows += [f"{name('xmin')}0", f"{name('xmax')}9", "tiers? <exists>" if not short else "<exists>"]
    rows += [f"{name('size')}{len(tiers)}"]
    rows += [] if short else ["item []:"]
    for n, (title, spans) in enumerate(tiers, start=1):
        rows += [] if short else [f"    item [{n}]:"]
        rows += [f'{name("class")}"IntervalTier"', name("name") + quoted(title)]
        rows += [f"{name('xmin')}0", f"{name('xmax')}9", f"{name('intervals: size')}{len(spans)}"]
        for m, (start, end, text) in enumerate(spans, start=1):
            rows += [] if short else [f"        intervals [{m}]:"]
            rows += [f"{name('xmin')}{start}", f"{name('xmax')}{end}", name("text") + quoted(text)]
    return "\n".join(rows) + "\n"


@when(st.lists(SPOKEN, min_size=1, max_size=6), st.booleans(), st.sampled_from(["utf-8", "utf-16"]))
def test_any_words_that_a_textgrid_holds_come_back(
    tmp_path_factory: pytest.TempPathFactory, said: list[str], short: bool, encoding: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.TextGrid"
    spans = [(n / 10, (n + 1) / 10, text) for n, text in enumerate(said)]
    path.write_bytes(textgrid(("Anna", spans), short=short).encode(encoding))
    recording, _, _ = read(path)
    assert texts(recording) == said
    assert [s.end for s in recording.segments] == [100 * (n + 1) for n in range(len(said))]
    assert {s.speaker for s in recording.segments} == {"Anna"}


def test_forced_alignment_gives_the_words_of_each_voice_and_not_the_sounds(
    tmp_path: Path,
) -> None:
    path = tmp_path / "aligned.TextGrid"
    path.write_text(
        textgrid(
            ("anna - words", [(0, 1, "hello")]),
            ("anna - phones", [(0, 0.5, "HH"), (0.5, 1, "OW")]),
            ("bob - words", [(2, 3, "hi")]),
            ("bob - phones", [(2, 3, "AY")]),
        )
    )
    recording, _, remarks = read(path)
    assert [(s.speaker, s.text) for s in recording.segments] == [("anna", "hello"), ("bob", "hi")]
    assert "anna - phones 2, bob - phones 1" in remarks[1]


def test_words_that_repeat_what_a_voice_says_are_not_taken_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.TextGrid"
    spoken = [(0.0, 2.0, "hello there")]
    path.write_text(textgrid(("Anna", spoken), ("words", [(0, 1, "hello"), (1, 2, "there")])))
    assert texts(read(path)[0]) == ["hello there"]
    path.write_text(textgrid(("Anna", spoken), ("words", [(3, 4, "something"), (4, 5, "else")])))
    assert texts(read(path)[0]) == ["hello there", "something", "else"]


def test_points_are_segments_where_there_is_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "points.TextGrid"
    path.write_text(
        'File type = "ooTextFile"\nObject class = "TextGrid"\n0\n9\n<exists>\n1\n'
        '"TextTier"\n"Anna"\n0\n9\n2\n1.5\n"he said ""no"""\n2\n""\n'
    )
    recording, _, _ = read(path)
    assert [(s.start, s.end, s.text) for s in recording.segments] == [(1500, None, 'he said "no"')]


def test_a_textgrid_that_breaks_off_says_where_and_keeps_what_came_before(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.TextGrid"
    whole = textgrid(("A", [(n, n + 1, f"said {n}") for n in range(3)]), short=True)
    path.write_text(whole[: whole.index('"said 2"') + 4])
    recording, found, _ = read(path)
    assert texts(recording) == ["said 0", "said 1"]
    assert found[1].place.startswith("line ")
    assert found[1].reason == "the file breaks off here; what follows was not read"


# TEI


def tei(tmp_path: Path, body: str, head: str = "") -> Path:
    path = tmp_path / "sitting.xml"
    path.write_text(
        '<?xml version="1.0"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="uk">'
        f"<teiHeader>{head}</teiHeader><text><body><div>{body}</div></body></text></TEI>",
        encoding="utf-8",
    )
    return path


def test_the_sitting_of_the_catalan_parliament_comes_whole_and_in_order() -> None:
    path = real("transcripts", "parliament-tei", "ParlaMint-ES-CT_2015-10-26.xml")
    recording, found, remarks = read(path)
    assert len(found) == 1
    assert not found[0].odd
    assert len(recording.segments) == 243 + 39 + 1
    assert remarks[0].startswith("utterances: 9; segments of speech: 243; headings and notes")
    assert recording.date == "2015-10-26"
    assert recording.language == "ca"
    assert recording.held == "verbatim"
    assert recording.source == "Infraestructura d'investigació CLARIN"
    assert "licence: http://creativecommons.org/licenses/by/4.0/" in recording.note
    assert recording.segments[0].text == "SESSIÓ NÚM. 1"
    assert recording.segments[0].start is None
    spanish = [s for s in recording.segments if s.note == "language: es"]
    assert len(spanish) == 1
    names = {speaker.label: speaker.name for speaker in recording.speakers}
    assert names["ForcadellCarme"] == "La presidenta del Parlament (Carme Forcadell i Lluís)"
    # Where `who` is one blank, the heading above says who speaks.
    assert "El secretari de la Mesa d’Edat Joan Giner Miguélez" in names
    assert " " not in names


def test_what_happens_within_a_speech_stands_in_its_place(tmp_path: Path) -> None:
    body = (
        '<u who="#A"><seg>Шановні <note>Шум у залі.</note> колеги!</seg>'
        '<vocal type="laughter"><desc>Сміх.</desc></vocal><gap reason="inaudible"/>'
        "<seg>Слово\n      честі.</seg></u><u>Без <pause/>імені</u>"
    )
    recording, _, _ = read(tei(tmp_path, body))
    assert [(s.speaker, s.text) for s in recording.segments] == [
        ("A", "Шановні"),
        ("", "Шум у залі."),
        ("A", "колеги!"),
        ("", "Сміх."),
        ("", "[gap: inaudible]"),
        ("A", "Слово честі."),
        ("", "Без"),
        ("", "[pause]"),
        ("", "імені"),
    ]


def test_words_that_are_marked_one_by_one_are_joined_as_the_file_says(tmp_path: Path) -> None:
    body = (
        '<u who="#A"><seg>\n <s>\n  <name><w>Добрий</w>\n <w join="right">день</w>\n</name>\n'
        "<pc>,</pc>\n<w>пане</w></s>\n</seg></u>"
    )
    recording, _, _ = read(tei(tmp_path, body))
    assert texts(recording) == ["Добрий день, пане"]


def test_a_list_of_people_names_the_speakers(tmp_path: Path) -> None:
    name = "<persName><forename>Анна</forename> <surname>К.</surname></persName>"
    people = f'<person xml:id="A">{name}</person>'
    recording, _, _ = read(tei(tmp_path, '<u who="#A"><seg>Так.</seg></u>', people))
    assert [(s.label, s.name) for s in recording.speakers] == [("A", "Анна К.")]


def test_words_nested_deeper_than_python_calls_are_read(tmp_path: Path) -> None:
    deep = 3000
    body = "<div>" * deep + '<u who="A"><seg>' + "<s>" * deep + "x" + "</s>" * deep + "</seg></u>"
    recording, _, _ = read(tei(tmp_path, body + "</div>" * deep))
    assert texts(recording) == ["x"]


# All of them


@pytest.mark.parametrize(
    "content",
    ["<TEI><text><p>A statement.</p></text></TEI>", "<html><u>x</u></html>", '"ooTextFile"', "x"],
)
def test_other_files_are_none_of_these(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(content)
    with contextlib.suppress(UnreadableError):
        assert format_of(path) not in {"elan", "textgrid", "tei"}


@pytest.mark.parametrize("name", ["elan", "textgrid", "tei"])
@when(content=st.binary(max_size=80))
def test_any_bytes_are_rows_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.bin"
    path.write_bytes(content)
    rows_or_sentence(path, name)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("elan", ("one-text-all-formats", "sonnet001.eaf")),
        ("textgrid", ("praat", "mfa-two-speakers.TextGrid")),
        ("textgrid", ("praat", "praatio-bobby_words_with_newlines.TextGrid")),
        ("tei", ("parliament-tei", "ParlaMint-ES-CT_2015-10-26.xml")),
    ],
)
def test_a_damaged_real_file_is_rows_or_a_sentence(
    tmp_path: Path, name: str, parts: tuple[str, str]
) -> None:
    chance = random.Random(7)
    whole = real("transcripts", *parts).read_bytes()
    for _ in range(25):
        damaged = bytearray(whole[: chance.randrange(1, len(whole))])
        for _ in range(chance.choice([0, 1, 10])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path = tmp_path / "damaged.bin"
        path.write_bytes(damaged)
        rows_or_sentence(path, name)


def rows_or_sentence(path: Path, name: str) -> None:
    try:
        with Given.open(path, Wishes(format=name)) as given:
            found = list(chosen(given).read(given))
    except UnreadableError as error:
        assert error.sentence  # noqa: PT017
    else:
        assert all(row.records or row.reason for row in found)
