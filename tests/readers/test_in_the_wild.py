"""Files as other people's programs write them do what whoever holds them expects."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from reviewer.casefile.case import CaseFile
from reviewer.model.errors import UnreadableError
from reviewer.model.records import (
    ClaimRecord,
    RatingRecord,
    Record,
    RecordingRecord,
    SegmentRecord,
    StatementRecord,
)
from reviewer.readers import chosen, read
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.service.importing import import_files

PAIR = [("The bridge is gone, he said", "False"), ("It stands, she said", "True")]
BODY = "1;The bridge is gone, he said;False\r\n2;It stands, she said;True\r\n"


class Came:
    """What came of a file."""

    def __init__(self, path: Path, content: str | bytes, encoding: str = "utf-8") -> None:
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        with Given.open(path) as given:
            format_ = chosen(given)
            self.rows: list[Row] = list(read(given, format_))
            self.format, self.encoding = format_.name, given.encoding
            self.remarks = given.remarks

    def of(self, model: type[Record]) -> Sequence[Record]:
        return [one for row in self.rows for one in row.records if isinstance(one, model)]

    @property
    def claims(self) -> list[ClaimRecord]:
        return list(self.of(ClaimRecord))  # type: ignore[arg-type]

    @property
    def rated(self) -> list[tuple[str, str]]:
        ratings = [one.rating for one in self.of(RatingRecord)]  # type: ignore[attr-defined]
        return list(zip([one.text for one in self.claims], ratings, strict=True))

    @property
    def statements(self) -> list[StatementRecord]:
        return list(self.of(StatementRecord))  # type: ignore[arg-type]

    @property
    def segments(self) -> tuple[SegmentRecord, ...]:
        (one,) = self.of(RecordingRecord)
        return one.segments  # type: ignore[attr-defined,no-any-return]

    @property
    def passed(self) -> list[str]:
        return [row.place for row in self.rows if row.passed_over]

    @property
    def refused(self) -> list[tuple[str, str]]:
        return [(row.place, row.reason) for row in self.rows if row.reason]


@pytest.mark.parametrize(
    ("heading", "row", "encoding"),
    [
        ("Behauptung;Urheber;Datum;Bewertung", "Es regnet;Meier;24.02.2022;falsch", "cp1252"),
        ("Твердження,Хто сказав,Дата,Вердикт", "Йде дощ,Meier,24.02.2022,falsch", "utf-8"),
        ("Affirmation;Urheber;Date;Verdict", "Il pleut;Meier;24.02.2022;falsch", "utf-8-sig"),
        ("Afirmación,Urheber,Fecha,Calificación", "Llueve,Meier,24.02.2022,falsch", "utf-8"),
        ("Alegação;Urheber;Data;Veredito", "Chove;Meier;24.02.2022;falsch", "utf-8"),
        ("Twierdzenie;Urheber;Data;Ocena", "Pada;Meier;24.02.2022;falsch", "cp1250"),
        ("Утверждение;Кто сказал;Дата;Вердикт", "Идёт дождь;Meier;24.02.2022;falsch", "cp1251"),
        ("الادعاء,المتحدث,التاريخ,التقييم", "تمطر,Meier,24.02.2022,falsch", "utf-8"),
    ],
)
def test_headings_may_be_in_the_language_of_the_newsroom(
    tmp_path: Path, heading: str, row: str, encoding: str
) -> None:
    came = Came(tmp_path / "t.csv", f"{heading}\n{row}\n{row.replace('24', '25')}\n", encoding)
    assert [rating for _, rating in came.rated] == ["falsch", "falsch"]
    assert {one.claimant for one in came.claims} == {"Meier"}
    assert [one.date for one in came.claims] == ["2022-02-24", "2022-02-25"]


def test_a_column_alone_needs_a_heading_that_says_what_it_is(tmp_path: Path) -> None:
    came = Came(tmp_path / "t.csv", 'Claim\r\n"It rains, he said"\r\nIt stands\r\n')
    assert [one.text for one in came.claims] == ["It rains, he said", "It stands"]
    with pytest.raises(UnreadableError):
        Came(tmp_path / "u.csv", "Weather\r\nIt rains\r\n")


def test_posts_of_twitter_keep_their_date(tmp_path: Path) -> None:
    post = {"id": 1, "created_at": "Thu Feb 24 05:00:00 +0000 2022", "full_text": "Gone"}
    came = Came(tmp_path / "t.jsonl", json.dumps(post) + "\n" + json.dumps({**post, "id": 2}))
    assert {(one.text, one.date) for one in came.statements} == {("Gone", "2022-02-24T05:00:00Z")}


def test_decimal_commas_and_semicolons_within_quotes_stay_in_their_cells(tmp_path: Path) -> None:
    text = 'Behauptung;Bewertung;Zahl\n"Zerstört; sagte er";falsch;1,5\nEs gab 3,5 Mio.;wahr;2,75\n'
    came = Came(tmp_path / "t.csv", text)
    assert came.rated == [("Zerstört; sagte er", "falsch"), ("Es gab 3,5 Mio.", "wahr")]
    assert [one.context for one in came.claims] == ["Zahl: 1,5", "Zahl: 2,75"]


@pytest.mark.parametrize("first", ["sep=;\r\n", '"sep=;"\r\n', "SEP=;\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_first_line_that_excel_reads_is_no_row(
    tmp_path: Path, first: str, encoding: str
) -> None:
    came = Came(tmp_path / "t.csv", f"{first}id;claim;verdict\r\n{BODY}", encoding)
    assert came.rated == PAIR
    assert [row.place for row in came.rows] == ["line 3", "line 4"]
    assert "its first line says so and is no row" in came.remarks


def test_a_sheet_may_have_a_title_and_blank_rows_above_its_headings(tmp_path: Path) -> None:
    text = f"Fact-checks, February;;\r\n;;\r\nNo;Claim;Our verdict\r\n{BODY}"
    came = Came(tmp_path / "t.csv", text)
    assert came.rated == PAIR
    assert came.passed == ["line 1", "line 2"]
    assert "its headings stand in row 3" in came.remarks


def test_of_two_lines_of_headings_the_second_names_the_columns(tmp_path: Path) -> None:
    text = "Claim;;;Check;\nText;Speaker;Date;Verdict;Link\n"
    text += "It rains;Ivanov;24.02.2022;False;https://a.example/1\n"
    text += "It stands;Petrenko;25.02.2022;True;https://a.example/2\n"
    came = Came(tmp_path / "t.csv", text)
    assert came.rated == [("It rains", "False"), ("It stands", "True")]
    assert came.passed == ["line 1"]


@pytest.mark.parametrize(
    "heading", ["id;claim;verdict", "id;claim;verdict;", '"id";"claim";"verdict"', "id;claim;;;"]
)
def test_separators_at_the_end_of_rows_make_no_column(tmp_path: Path, heading: str) -> None:
    more = ";" * max(1, heading.count(";") - 2)
    came = Came(tmp_path / "t.csv", f"{heading}\n" + BODY.replace("\r\n", f"{more}\n"))
    assert [one.text for one in came.claims] == [text for text, _ in PAIR]
    assert not came.refused


def test_numbers_of_rows_without_a_heading_do_not_shift_the_columns(tmp_path: Path) -> None:
    """So R writes a data frame."""
    came = Came(tmp_path / "t.csv", f"claim;verdict\n{BODY}")
    assert came.rated == PAIR


@pytest.mark.parametrize("name", ["t.csv", "t.txt"])
def test_what_excel_saves_as_unicode_text_is_a_table(tmp_path: Path, name: str) -> None:
    text = "id\tclaim\tverdict\r\n1\tМіст зруйновано\tFalse\r\n2\tВін стоїть\tTrue\r\n"
    came = Came(tmp_path / name, text, "utf-16")
    assert came.rated == [("Міст зруйновано", "False"), ("Він стоїть", "True")]


def test_json_may_have_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    objects = [{"id": n, "claim": text, "verdict": v} for n, (text, v) in enumerate(PAIR)]
    whole = Came(tmp_path / "a.json", json.dumps(objects), "utf-8-sig")
    lines = Came(tmp_path / "b.jsonl", "\r\n".join(map(json.dumps, objects)) + "\r\n", "utf-8-sig")
    assert whole.rated == lines.rated == PAIR


def test_what_stands_beside_a_list_of_objects_is_passed_over_and_said(tmp_path: Path) -> None:
    value = {"meta": {"exported": "2022"}, "rows": [{"claim": t, "verdict": v} for t, v in PAIR]}
    came = Came(tmp_path / "t.json", json.dumps(value))
    assert came.rated == PAIR
    assert came.passed == ["key 'meta'"]
    assert "what stands beside its objects is left out: meta" in came.remarks


def test_a_table_of_a_call_is_a_recording(tmp_path: Path) -> None:
    text = "Время;Абонент;Текст\n00:00:01;А;Это я\n00:00:04;Б;Кто там?\n00:00:09;А;Мост разрушен\n"
    came = Came(tmp_path / "call.csv", text, "cp1251")
    assert [(s.start, s.speaker, s.text) for s in came.segments] == [
        (1000, "А", "Это я"),
        (4000, "Б", "Кто там?"),
        (9000, "А", "Мост разрушен"),
    ]


def test_exports_of_social_media_know_their_date_address_and_page(tmp_path: Path) -> None:
    crowd = Came(
        tmp_path / "crowdtangle.csv",
        "Page Name,Post Created,Post Created Date,Message,URL,Likes\n"
        'Voice,2022-02-24 05:00:01 EST,2022-02-24,"Gone, see",https://f.example/1,"1,234"\n'
        "Voice,2022-02-25 05:00:01 EST,2022-02-25,,https://f.example/2,2\n",
    )
    (post,) = crowd.statements
    assert (post.source, post.date, post.url) == ("Voice", "2022-02-24", "https://f.example/1")
    assert crowd.refused == [("line 3", "no text: its 'Message' is empty")]
    archive = Came(
        tmp_path / "archive.csv",
        "Link,Archive Status,Upload Timestamp,Upload Title,Text Content\n"
        "https://t.example/1,telethon: success,2022-02-24T05:00:00+00:00,Bridge,It stands\n",
    )
    (post,) = archive.statements
    assert (post.title, post.text, post.date) == (
        "Bridge",
        "It stands",
        "2022-02-24T05:00:00+00:00",
    )


LINK = {"type": "text_link", "text": "тут", "href": "https://a.example"}


def telegram() -> dict[str, object]:
    common = {"type": "message", "from": "Канал", "from_id": "channel1"}
    return {
        "name": "Канал",
        "type": "public_channel",
        "id": 12345,
        "messages": [
            {"id": 1, "type": "service", "date": "2022-02-24T05:00:00", "text": ""},
            {
                **common, "id": 2, "date": "2022-02-24T08:01:02", "date_unixtime": "1645682462",
                "text": ["Читайте ", LINK, "."],
                "forwarded_from": "Інший",
            },
            {**common, "id": 3, "date": "2022-02-24T09:00:00", "photo": "p.jpg", "text": ""},
        ],
    }  # fmt: skip


def test_a_channel_exported_by_telegram_is_a_statement_a_message(tmp_path: Path) -> None:
    came = Came(tmp_path / "result.json", json.dumps(telegram()))
    (said,) = came.statements
    assert came.format == "telegram"
    assert (said.id, said.source, said.text) == ("result/2", "Канал", "Читайте тут.")
    assert said.date == "2022-02-24T06:01:02Z"
    assert said.note.splitlines()[1:] == [
        "forwarded_from: Інший",
        "'тут' leads to https://a.example",
    ]
    assert came.passed == ["message 1"]
    assert came.refused == [("message 3", "no text: it is a photo only")]


def test_all_chats_of_an_account_keep_their_messages_apart(tmp_path: Path) -> None:
    other = {**telegram(), "id": 77, "name": "Група"}
    chats = {"about": "x", "list": [telegram(), other]}
    came = Came(tmp_path / "result.json", json.dumps({"about": "y", "chats": chats}))
    assert [one.id for one in came.statements] == ["result/12345/2", "result/77/2"]
    assert "chat: Група" in came.statements[1].note
    assert came.passed == ["chat 12345, message 1", "chat 77, message 1"]


def test_srt_with_points_for_commas_and_without_blank_lines(tmp_path: Path) -> None:
    text = (
        "1\n00:00:01.000 --> 00:00:02.500\nGood morning.\n2\n00:00:03.000 --> 00:00:04.000\nWho?\n"
    )
    came = Came(tmp_path / "t.srt", text)
    assert [(s.start, s.text) for s in came.segments] == [(1000, "Good morning."), (3000, "Who?")]


def test_webvtt_of_meetings_says_who_speaks(tmp_path: Path) -> None:
    teams = "WEBVTT\n\nab-1/12-0\n00:00:03.120 --> 00:00:05.460\n<v Anna Koval>Morning.</v>\n"
    came = Came(tmp_path / "teams.vtt", teams)
    assert [(s.speaker, s.text) for s in came.segments] == [("Anna Koval", "Morning.")]
    zoom = "WEBVTT\n\n1\n00:00:03.120 --> 00:00:05.460\nAnna Koval: Morning.\n\n"
    zoom += "2\n00:00:06.000 --> 00:00:07.000\nPetro Bondar: Shall we?\n\n"
    zoom += "3\n00:00:08.000 --> 00:00:09.000\nAnna Koval: Yes.\n"
    came = Came(tmp_path / "zoom.vtt", zoom)
    assert [s.speaker for s in came.segments] == ["Anna Koval", "Petro Bondar", "Anna Koval"]


def rolling(mark: str) -> str:
    lines = ["good morning", "the bridge is gone", "the bridge is gone", "since yesterday", "yes"]
    cues, before = [], " "
    for n, line in enumerate(lines):
        words = f"{line[:2]}<00:00:0{n}.500><c>{line[2:]}</c>" if mark else line
        cues.append(f"00:00:0{n}.000 --> 00:00:0{n}.990\n{before}\n{words}\n")
        cues.append(f"00:00:0{n}.990 --> 00:00:0{n + 1}.000\n{line}\n \n")
        before = line
    return "WEBVTT\n\n" + "\n".join(cues)


@pytest.mark.parametrize("mark", ["<c>", ""])
def test_captions_that_roll_say_every_line_once(tmp_path: Path, mark: str) -> None:
    came = Came(tmp_path / "yt.vtt", rolling(mark))
    assert [s.text for s in came.segments] == [
        "good morning",
        "the bridge is gone",
        "the bridge is gone",
        "since yesterday",
        "yes",
    ]
    assert came.passed == [f"cue {n}" for n in (2, 4, 6, 8, 10)]
    assert any("captions that roll" in remark for remark in came.remarks)


def test_a_line_that_is_said_twice_in_ordinary_subtitles_stays_twice(tmp_path: Path) -> None:
    text = "\n".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\nla la la\n" for n in range(1, 9))
    assert len(Came(tmp_path / "song.srt", text).segments) == 8


TURNS = (("0:03", "Anna Koval", "Morning."), ("0:05", "Petro Bondar", "Shall we?"))


@pytest.mark.parametrize(
    "form",
    [
        "{who}  {at}  \n{said}\n",
        "{who} (0{at}):\n{said}\n",
        "[00:0{at}] {who}: {said}\n",
        "[00:0{at}.000] - {who}\n{said}\n",
        "00:0{at} {who}\n{said}\n",
    ],
    ids=["otter", "rev", "descript", "happy-scribe", "word"],
)
def test_transcripts_of_services_as_text_have_times_and_speakers(tmp_path: Path, form: str) -> None:
    turns = [*TURNS, ("0:09", "Anna Koval", "Yes.")]
    text = "\n".join(form.format(at=at, who=who, said=said) for at, who, said in turns)
    came = Came(tmp_path / "talk.txt", text)
    assert [(s.start, s.speaker, s.text) for s in came.segments] == [
        (3000, "Anna Koval", "Morning."),
        (5000, "Petro Bondar", "Shall we?"),
        (9000, "Anna Koval", "Yes."),
    ]


def test_whisper_cpp_says_its_language(tmp_path: Path) -> None:
    part = {
        "timestamps": {"from": "00:00:00,000", "to": "00:00:02,500"},
        "offsets": {"from": 0, "to": 2500},
        "text": " Добрий день.",
    }
    value = {
        "systeminfo": "AVX",
        "model": {"type": "base"},
        "params": {"language": "uk"},
        "result": {"language": "uk"},
        "transcription": [part],
    }
    came = Came(tmp_path / "t.json", json.dumps(value))
    assert came.format == "whisper-cpp"
    assert [(s.start, s.end, s.text) for s in came.segments] == [(0, 2500, "Добрий день.")]


def test_a_page_whose_review_stands_in_a_graph_names_its_checker(tmp_path: Path) -> None:
    review = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Organization", "@id": "#org", "name": "Checkers"},
            {
                "@type": ["ClaimReview"],
                "author": {"@id": "#org"},
                "claimReviewed": "Міст\nзруйновано",
                "reviewRating": {"@type": "Rating", "alternateName": "Неправда"},
                "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Ян"}},
            },
        ],
    }
    script = json.dumps(review, ensure_ascii=False).replace("\\n", "\n")
    came = Came(
        tmp_path / "page.html",
        f'<html lang="uk"><head><script type="application/ld+json">//<![CDATA[\n{script}\n//]]>'
        "</script></head><body><article><p>Міст стоїть.</p></article></body></html>",
    )
    assert came.rated == [("Міст\nзруйновано", "Неправда")]
    assert came.claims[0].claimant == "Ян"
    assert came.of(RatingRecord)[0].source == "Checkers"  # type: ignore[attr-defined]
    assert came.statements[0].text == "Міст стоїть."


def test_polish_letters_are_not_taken_for_raised_numbers(tmp_path: Path) -> None:
    text = "Twierdzenie;Ocena\nMost jest zniszczony;Fałsz\nMost stoi;Prawda\n"
    came = Came(tmp_path / "t.csv", text, "cp1250")
    assert came.rated[0] == ("Most jest zniszczony", "Fałsz")
    assert came.encoding.doubt


def test_the_texts_of_a_folder_come_in_together(tmp_path: Path) -> None:
    folder = tmp_path / "post"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"What {name} said.\n", encoding="utf-8")
    with CaseFile.create(tmp_path / "x.case", title="x") as case:
        report = import_files(case, [folder])
    assert report.kinds["statement"]["new"] == 3
    assert not report.refused


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.json", b'{"a": {"b": [1]}}', "JSON of a kind this program does not know"),
        ("t.bin", b"ab\x00\x00\x01cd", "not text, and not a format"),
        ("t.in", b"hello", "if it is plain text say --format text"),
    ],
)
def test_what_is_no_known_format_says_in_one_sentence_what_to_do(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(UnreadableError, match=said) as caught:
        Came(tmp_path / name, content)
    assert len(caught.value.sentence) < 240
