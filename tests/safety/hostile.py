"""Hostile texts, and a case that has one in every place that can hold a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from reviewer.casefile import acts, batch, derive
from reviewer.casefile.arrivals import Outcome
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.model.entry import Draft, Kind
from reviewer.model.records import (
    CaseRecord,
    ClaimRecord,
    ExcerptRecord,
    Record,
    RecordingRecord,
    SourceRecord,
    StatementRecord,
)
from reviewer.service.session import Session
from tests.data import real
from tests.everyday import LONG
from tests.safety.wire import unfit

BRACKETS = "[inaudible] [/noise] [@click=app.quit]x[/]"
PAYLOADS = (
    "\x1b]52;c;ZXZpbA==\x07 OSC 52",
    "\x1b]52;c;ZXZpbA==\x1b\\ OSC 52 to ST",
    "\x1b]0;HIJACKED\x07 OSC 0",
    "\x1b]2;HIJACKED\x1b\\ OSC 2",
    "\x1b]8;;http://evil.example/\x07link\x1b]8;;\x07",
    "\x1b[2J\x1b[H all gone",
    "\x1b[7;7Hmoved \x1b[31mred\x1b[0m",
    "\x1b[c\x1b[>c\x1b[=c who are you",
    "\x1b[6n where",
    "\x1b[21t title back",
    "\x1b[?1049l\x1b[?25l\x1b[?1000h\x1b[?2004l modes",
    "\x1b[4i printer \x1b[5i",
    '\x1bP$q"p\x1b\\ DCS',
    "\x1bPtmux;\x1b\x1b]52;c;ZXZpbA==\x07\x1b\\ DCS of tmux",
    "\x1b_APC\x1b\\ \x1b^PM\x1b\\ \x1bXSOS\x1b\\",
    "\x1bc RIS \x1b#8 \x1b7\x1b8\x1b(0",
    "\x9b31mC1 CSI\x9b0m",
    "\x9d0;HIJACKED\x9c C1 OSC",
    "\x90C1 DCS\x9c \x85 \x84",
    "DEL \x7f\x7f NUL \x00 BEL \x07 BS \x08\x08\x08 SO \x0e SI \x0f VT \x0b FF \x0c",
    "overwritten\rby CR\ttab",
    "two\nlines\r\nof it",
    "zero\u200bwidth \ufeffBOM \u2060 \u00ad",
    "\u202egpj.exe\u202c RLO \u2066isolated\u2069 \u2069PDI \u061c",
    "\u2028line\u2029paragraph \U000e0041\U000e007f tags \ufff9\ufffb",
    "\ue000 private \U0010fffd \ufdd0 \uffff",
    "\U0010eeee picture",
    "joined a\u200db\u200dc \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "[bold]x[/]",
    "[/]",
    "[@click=app.quit]x[/]",
    "[inaudible]",
    "[/noise]",
    "[link=file:///x]y[/link] [red] \\[bold]",
    "$(reboot) `reboot` ; reboot # %s %n {0} {{}}",
    "unterminated \x1b]0;HIJACKED",
    "unterminated \x1b[38;5;201",
    "\x1b",
)
LONGEST = 240


def corpus() -> list[str]:
    """The hostile files, each read in two ways: as bytes that are characters, and as UTF-8."""
    files = [
        *sorted(real("hostile", "terminal-escapes").glob("*.in")),
        *sorted(real("hostile", "terminal-escapes").glob("*.recording")),
        real("hostile", "naughty-strings", "blns.txt"),
        *sorted(real("hostile", "bidi").glob("*.tsv")),
        real("hostile", "unicode", "UTF-8-test.txt"),
    ]
    raw = [file.read_bytes() for file in files]
    read = {data.decode("utf-8", "replace"): None for data in raw}
    read |= {data.decode("latin-1"): None for data in raw}
    return list(read)


def pieces(texts: Iterable[str]) -> Iterator[str]:
    """Texts in pieces of no more than a few lines, but for those of nothing but plain words."""
    for text in texts:
        for piece in re.findall(rf"(?s).{{1,{LONGEST}}}", text):
            if "[" in piece or not piece.replace("\n", "").isprintable() or not piece.isascii():
                yield piece


ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[<-?]?(?P<numbers>[0-9;:]*)[ -/]*[@-~]?"
    r"|(?:\x1b\]|\x9d)[0-9]*|\x1b[ -/]*[0-~]?"
)
MARKUP = re.compile(r"\[[^\w\s]?")


def kinds(text: str) -> set[str]:
    """What is hostile in a text: its control sequences but for their numbers, each character
    that acts or hides, the categories of the others, how its markup begins."""
    found = {match[0].replace(match["numbers"] or "\0", "") for match in ESCAPE.finditer(text)}
    return found | unfit(text) | set(map(unicodedata.category, text)) | {*MARKUP.findall(text)}


def fewest(texts: Iterable[str]) -> list[str]:
    """Of these texts a few that have every kind in them; all in the long run."""
    if LONG:
        return list(texts)
    of = {text: kinds(text) for text in texts}
    left, chosen = set().union(*of.values()), []
    while left:
        chosen.append(max(of, key=lambda text: len(of[text] & left)))
        left -= of[chosen[-1]]
    return chosen


@dataclass
class Feed:
    """Hands out pieces of hostile text, each behind a tag by which it is found again."""

    pieces: list[str]
    tags: list[str] = field(default_factory=list)

    @property
    def done(self) -> bool:
        """Whether each piece was handed out."""
        return len(self.tags) >= len(self.pieces)

    def more(self) -> str:
        """A piece for a place that the desk does not show, or not all of."""
        return self.pieces[len(self.tags) % len(self.pieces)]

    def take(self) -> str:
        """The next piece, from the first again at the end."""
        n = len(self.tags)
        self.tags.append(f"k{n:05}")
        return f"{self.tags[-1]} {self.pieces[n % len(self.pieces)]}"

    def line(self) -> str:
        """The next piece, for where no line feed may stand."""
        return self.take().replace("\n", "\r")

    def lines(self, n: int) -> str:
        """Several pieces as a text."""
        return "\n".join(self.take() for _ in range(n))


@dataclass
class Hostile:
    """A hostile case, and what to find in it."""

    path: Path
    claims: int
    tags: list[str]

    @property
    def entries(self) -> int:
        """How many entries the claim has that was worked on most."""
        with CaseFile.open(self.path, readonly=True) as case:
            counts = case.con.execute("SELECT count(*) FROM act GROUP BY claim").fetchall()
        return max((count for (count,) in counts), default=0)


READER = "ann"


def hostile_case(path: Path, texts: Iterable[str]) -> Hostile:
    """A case with hostile text in every place: as any import takes it, and as no import does."""
    feed = Feed([BRACKETS, *pieces(texts)])
    records: list[Record] = [
        CaseRecord.model_validate({"title": feed.take(), "about": feed.more(), "exercise": True})
    ]
    n = 0
    while n < 3 or not feed.done:
        n += 1
        records += _claim(feed, n)
    with CaseFile.create(path, title="hostile") as case:
        fates, _ = batch.take_in(case, records)
        refused = [fate for fate in fates if not isinstance(fate, Outcome)]
        assert refused == []
        with case.write() as con:
            _past_the_import(con, feed)
        _judge(case, feed, n)
        claims = len(Session(case, READER).rows())
    return Hostile(path, claims, feed.tags)


def _claim(feed: Feed, n: int) -> Iterator[Record]:
    source, statement, recording, id_ = f"s[{n}]", f"st-[/]{n}", f"call-[b]{n}", f"c-{n:02}[/noise]"
    yield SourceRecord(id=source, name=feed.take(), origin=feed.more(), note=feed.take())
    said = [feed.take() for _ in range(5)]
    yield StatementRecord.model_validate(
        {
            "id": statement, "source": source, "origin": feed.take(), "title": feed.take(),
            "date": "2022-03-07", "language": "[/]", "held": "verbatim", "url": feed.take(),
            "text": "\n".join([BRACKETS, *said]), "translation": feed.lines(2),
            "translation_language": feed.more(), "note": feed.take(),
        }
    )  # fmt: skip
    segments = [
        {"start": f"00:{m:02}.000", "speaker": feed.line(), "text": feed.line(),
         "translation": feed.line()}
        for m in range(6)
    ]  # fmt: skip
    speakers = [{"label": feed.take(), "name": feed.take(), "known_by": feed.take()}]
    yield RecordingRecord.model_validate(
        {
            "id": recording, "source": source, "origin": feed.take(), "title": feed.take(),
            "language": "uk", "translation_language": feed.more(), "held": "paraphrase",
            "cuts": feed.take(), "transcribed_by": feed.take(), "translated_by": feed.take(),
            "url": feed.take(), "note": feed.take(), "speakers": speakers, "segments": segments,
        }
    )  # fmt: skip
    yield ClaimRecord.model_validate(
        {
            "id": id_, "text": f"{BRACKETS} {feed.take()}", "claimant": feed.take(),
            "tags": [feed.take(), "[bold]tag[/]"], "parent": feed.take(),
            "context": feed.lines(3), "statements": [statement, "st-missing[/]"],
            "recordings": [recording],
        }
    )  # fmt: skip
    heard = [segment["text"] for segment in segments]
    for target, exact in ((statement, said[1]), (recording, heard[1]), (recording, heard[4])):
        yield ExcerptRecord.model_validate(
            {"claim": id_, "target": target, "stance": "refutes", "exact": exact,
             "note": feed.more()}
        )  # fmt: skip


def _past_the_import(con: Connection, feed: Feed) -> None:
    """What a stranger's file may hold although no import takes it: ids, dates, languages."""
    con.execute("UPDATE scale SET label = label || ?, help = ?", (f" {PAYLOADS[2]}", feed.more()))
    hash_ = bytes(32)
    ids = {word: f"{word} {feed.take()}" for word in ("claim", "statement", "recording")}
    ids["source"] = feed.more()
    con.execute(
        "INSERT INTO source VALUES (?, 1, ?, ?, ?, ?, ?)",
        (ids["source"], hash_, feed.take(), feed.take(), feed.take(), feed.take()),
    )
    con.execute(
        "INSERT INTO statement VALUES (?, 1, ?, ?, '', ?, ?, ?, 'verbatim', '', ?, '', '', '')",
        (ids["statement"], hash_, ids["source"], *(feed.take() for _ in range(4))),
    )
    con.execute(
        "INSERT INTO recording VALUES (?, 1, ?, ?, '', ?, ?, ?, 'part', ?, '', 'translation',"
        " '', '', '', '', '', ?)",
        (ids["recording"], hash_, ids["source"], *(feed.take() for _ in range(4)), "[]"),
    )
    con.execute(
        "INSERT INTO segment VALUES (?, 1, 0, 0, 1000, ?, ?, '')",
        (ids["recording"], feed.take(), feed.take()),
    )
    con.execute(
        "INSERT INTO claim VALUES (?, 1, ?, ?, ?, ?, 1, ?, ?, ?)",
        (ids["claim"], hash_, feed.take(), feed.take(), feed.take(), "[]", "", feed.take()),
    )
    for n, word in enumerate(("statement", "recording")):
        con.execute("INSERT INTO shown_with VALUES (?, 1, ?, ?)", (ids["claim"], n, ids[word]))
    derive.claim(con, ids["claim"])


def _judge(case: CaseFile, feed: Feed, claims: int) -> None:
    """Notes, verdicts and excerpts of readers, most of them with names that nobody could give."""
    names = [READER, f"[/noise] {feed.take()}", f"{feed.take()}", f"\x1b]2;HIJACKED\x07{BRACKETS}"]
    for turn, name in enumerate(names):
        session = Session(case, name)
        for row in session.rows():
            view = session.view(row.id)
            session.note(view, feed.take())
            if turn:
                value = session.scale.values[(turn + claims) % len(session.scale.values)]
                session.decide(session.view(row.id), value.value, f"{BRACKETS}\n{feed.take()}")
    stranger = Session(case, f"{feed.more()} stranger")
    view = stranger.view("c-01[/noise]")
    unheard_of: Any = SimpleNamespace(value=feed.take())
    for kind, data in ((Kind.VERDICT, {"value": feed.take()}), (unheard_of, {})):
        draft = Draft(kind, claim=view.claim.id, data=data, words={"note": BRACKETS})
        acts.record(case, stranger.reader, draft)
