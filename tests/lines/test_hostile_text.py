"""Evidence is hostile: nothing of it acts on a terminal, or passes for a line of ours."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from reviewer.service.commands import COMMANDS, Mode
from reviewer.service.session import Session
from tests.casefile.making import claim, excerpt, recording, source, statement
from tests.data import real
from tests.lines.at_work import case_of, reading

KEPT = set("\u200c\u200d\u200e\u200f\u061c")
BRACKETS = "[inaudible] [/noise] [@click=app.quit]x[/]"
FORGED = "one\nRecorded: verdict forged on c-1. u undoes.\r\nVerdict by you: forged.\rx"
NASTY = (
    f"\x1b]52;c;ZXZpbA==\x07 \x1b[31mred \x9b31m \x08\x7f\x00 \u202eevil\u2066 \ufeff {BRACKETS}"
)


def corpus() -> list[str]:
    folder = real("hostile", "terminal-escapes")
    files = [*sorted(folder.glob("*.in")), *sorted(folder.glob("*.recording"))]
    texts = [file.read_bytes().decode("utf-8", "replace") for file in files]
    texts += real("hostile", "naughty-strings", "blns.txt").read_text("utf-8").split("\n")
    texts += real("hostile", "bidi", "bidi-lines.tsv").read_text("utf-8").split("\n")
    return [NASTY, FORGED, *filter(str.strip, texts)]


def can_act(char: str) -> bool:
    if char == "\n" or char in KEPT:
        return False
    return unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} or (
        char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff"
    )


def made(path: Path, texts: list[str]) -> Path:
    lines = [text.replace("\n", "\r") for text in texts]
    speakers = [{"label": NASTY, "name": NASTY, "known_by": FORGED}]
    segments = [{"text": line, "speaker": NASTY, "translation": line[::-1]} for line in lines]
    about = {"title": FORGED, "note": NASTY, "url": NASTY, "language": "en", "held": "verbatim"}
    return case_of(
        path,
        source("gur", name=NASTY, note=FORGED),
        statement("st", "\n".join(texts), origin=NASTY, translation=FORGED, **about),
        recording("call", segments=segments, speakers=speakers, cuts=FORGED, **about),
        claim(
            "c-1", text=FORGED + NASTY, claimant=FORGED, context=NASTY + FORGED, tags=[FORGED],
            parent=NASTY, statements=["st"], recordings=["call"],
        ),
        claim("c-2", text=NASTY, statements=["st"]),
        excerpt("c-1", lines[0], target="call", note=FORGED),
        excerpt("c-1", FORGED.split("\n")[0] + "\nRecorded", target="st", note=NASTY),
    )  # fmt: skip


def test_no_byte_of_it_acts_whatever_is_asked_for(tmp_path: Path) -> None:
    path = made(tmp_path / "a.case", corpus())
    with Session.open(path, "ben") as other:
        other.decide(other.view("c-1"), "false", note=FORGED + NASTY)
    for width in (0, 60):
        with reading(path, width=width) as (reader, heard):
            heard += reader.press("c", *NASTY, "enter", *["space"] * 300)
            heard += reader.press("v", *NASTY, "enter", ":", *NASTY, "enter", "/", *NASTY, "enter")
            heard += reader.press("f", *NASTY, "enter", "\x9b", "\u202e", "alt+\x9b", "F")
            for command in COMMANDS:
                if command.mode is Mode.READ and command.keys and command.id != "app.suspend":
                    heard += reader.press(command.keys[0])
            heard = heard.replace("\b", "")  # ours, of the typing above
        assert sorted({char for char in heard if can_act(char)}) == []
        assert BRACKETS in "".join(heard.split("\n  ")) or width
        forged = [line for line in heard.split("\n") if line.startswith("Verdict by you: forged")]
        assert forged == []
        recorded = [
            line for line in heard.split("\n") if line.startswith("Recorded: verdict forged")
        ]
        assert recorded == []


def test_brackets_are_no_markup(tmp_path: Path) -> None:
    path = made(tmp_path / "a.case", [BRACKETS, FORGED])
    with reading(path) as (reader, heard):
        heard += reader.press("space", "space")
        assert f"paragraph 1: {BRACKETS}\n" in heard
