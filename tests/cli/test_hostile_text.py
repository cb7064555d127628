"""No byte of a hostile text acts on a terminal, on any way from a case to it.

With `REVIEWER_LONG=1` the case holds every text of the hostile files, and not only those
that have every kind of escape and character.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.text.display import is_safe
from tests.cli.conftest import ROOT, Reviewer
from tests.data import real
from tests.safety.hostile import fewest
from tests.terminal import Terminal

ACTING = [
    "\x1b]0;owned\x07\x1b[2J\x1b[31m",
    "\x9b31m\x9d0;owned\x9c",
    "\x00\x01\x08\x0b\x0c\x0e\x7f",
    "a\rb\r\nc\nd\te",
    "\u202eevil\u202c\u2066x\u2069\u200b\ufeff\u2028\u2029\x85",
    "\U000e0041\ue000\ufffe\ufff9",
    "[inaudible] [/noise] [@click=app.quit]x[/]",
    "a\u200db\u200d\u200dc",
    "%s %d {0} {x!r} \\x1b ${HOME} `id`",
]


def hostile() -> Iterator[str]:
    yield from ACTING
    yield from real("hostile", "bidi", "bidi-lines.tsv").read_text(encoding="utf-8").split("\n")
    blns = json.loads(real("hostile", "naughty-strings", "blns.json").read_text(encoding="utf-8"))
    yield from blns
    for path in sorted(real("hostile", "terminal-escapes").iterdir()):
        if path.name != "README.md":
            yield path.read_bytes().decode("utf-8", "replace")[:2000]
    unicode = real("hostile", "unicode", "UTF-8-test.txt").read_bytes()
    yield from unicode.decode("utf-8", "replace").split("\n")


@pytest.fixture
def texts() -> list[str]:
    return [*ACTING, *fewest(text for text in hostile() if text and text not in ACTING)]


@pytest.fixture
def case(reviewer: Reviewer, tmp_path: Path, texts: list[str]) -> Path:
    everything = "\n".join(texts)
    records: list[dict[str, object]] = [
        {"kind": "case", "title": everything[:3000], "about": everything},
        {"kind": "source", "id": "s", "name": everything[:3000], "origin": everything[:3000]},
        {"kind": "statement", "id": "st", "source": "s", "language": "en", "held": "verbatim"}
        | dict.fromkeys(("title", "text", "translation", "url", "note"), everything)
        | {"translation_language": texts[0]},
        {"kind": "recording", "id": "re", "source": "s", "language": "en", "held": "paraphrase"}
        | dict.fromkeys(("title", "cuts", "transcribed_by", "translated_by", "note"), everything)
        | {"speakers": [dict.fromkeys(("label", "name", "known_by"), everything)]}
        | {
            "segments": [
                dict.fromkeys(("text", "translation", "speaker"), text.replace("\n", " "))
                for text in texts
            ]
        },
        *(
            {"kind": "claim", "id": f"c-{n:04}", "text": text, "statements": ["st"]}
            | {
                "claimant": text,
                "context": text,
                "tags": [text if text.strip() else "-"],
                "parent": text,
            }
            | {"recordings": ["re"]}
            for n, text in enumerate(texts)
        ),
    ]
    file, path = tmp_path / "hostile.jsonl", tmp_path / "hostile.case"
    file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    reviewer("new", path)
    counts = reviewer("import", path, file, "--json").json
    assert counts["refused"] == 0, counts["refused_rows"][:3]
    reviewer("note", path, "c-0000", "-", stdin=everything.encode())
    reviewer("decide", path, "c-0000", "false", "--note", texts[0])
    reviewer("link", path, "c-0000", "st", "--quote", everything[:400], "--stance", "context")
    return path


def printed(*args: object, cwd: Path) -> str:
    """What a command writes to a real terminal, without the terminal's own line ends."""
    command = [sys.executable, "-m", "reviewer", *map(str, args)]
    with Terminal(command, env={"PYTHONPATH": str(ROOT)}, cwd=cwd) as terminal:
        terminal.wait_exit(60)
        return terminal.raw.decode("utf-8").replace("\r\n", "\n")


def harmless(text: str) -> bool:
    return is_safe(text) and "\t" not in text


def test_no_command_lets_a_hostile_text_act(case: Path, tmp_path: Path) -> None:
    bad = "\x1b]0;owned\x07\u202e.case"
    for command in (
        ["queue", case],
        ["queue", case, "--json"],
        ["show", case, "c-0000"],
        ["show", case, "c-0000", "--json"],
        ["log", case],
        ["log", case, "--json"],
        ["status", case],
        ["status", case, "--json"],
        ["doctor", case],
        ["doctor", case, "--json"],
        ["show", case, bad],
        ["decide", case, "c-0000", bad],
        ["queue", case, "--filter", f"{bad}:x"],
        ["queue", tmp_path / bad],
        ["import", case, tmp_path / bad],
        [bad],
        ["queue", f"--{bad}"],
        ["new", tmp_path / bad, "--title", bad],
        ["undo", tmp_path / bad, "--as", bad],
        ["backup", case, tmp_path / f"b{bad}"],
        ["export", case, tmp_path / f"e{bad}", "--format", "csv"],
        ["export", case, "-", "--format", "csv"],
        ["log", case, "--reader", bad],
        ["review", case, "--as", bad],
    ):
        shown = printed(*command, cwd=tmp_path)
        assert shown, command
        unsafe = {char for char in shown if not harmless(char)}
        assert harmless(shown), (command, unsafe)


def test_json_says_exactly_what_is_stored(reviewer: Reviewer, case: Path, texts: list[str]) -> None:
    rows = {row["id"]: row for row in reviewer("queue", case, "--json").rows}
    assert [rows[f"c-{n:04}"]["text"] for n in range(len(texts))] == texts
    shown = reviewer("show", case, "c-0001", "--json").json
    assert shown["statements"][0]["text"] == "\n".join(texts)
    assert [s["text"] for s in shown["recordings"][0]["segments"]] == [
        text.replace("\n", " ") for text in texts
    ]


def test_square_brackets_are_shown_as_they_are(reviewer: Reviewer, case: Path) -> None:
    assert "[inaudible] [/noise] [@click=app.quit]x[/]" in reviewer("show", case, "c-0006").out


def test_a_refused_row_does_not_act_either(reviewer: Reviewer, tmp_path: Path) -> None:
    for n, text in enumerate(ACTING):
        file = tmp_path / f"{n}.jsonl"
        row = {"kind": text, "id": text, text: text}
        file.write_text(f"{json.dumps(row)}\n{text}\n", encoding="utf-8", errors="replace")
        case = tmp_path / f"{n}.case"
        reviewer("new", case)
        done = reviewer("import", case, file)
        assert harmless(done.out.replace("\n", "")), base64.b64encode(done.out.encode())
        assert harmless(reviewer("import", case, file, "--json").out)


def test_exports_go_out_and_come_back_with_every_character(
    reviewer: Reviewer, case: Path, tmp_path: Path
) -> None:
    out, other = tmp_path / "out.jsonl", tmp_path / "other.case"
    reviewer("export", case, out, "--format", "jsonl")
    assert harmless(out.read_text(encoding="utf-8"))
    same = reviewer("import", case, out, "--json").json
    assert (same["new"], same["changed"], same["refused"]) == (0, 0, 0)
    reviewer("new", other)
    assert reviewer("import", other, out, "--json").json["refused"] == 0
    reviewer("export", case, tmp_path / "out.md", "--format", "markdown")
    assert harmless((tmp_path / "out.md").read_text(encoding="utf-8"))
