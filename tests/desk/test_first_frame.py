"""The claim stands on the screen before the desk is there, and the desk goes on with it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reviewer.desk.first import frame
from reviewer.desk.opening import painter_of
from reviewer.model.evidence import Held, Stance
from reviewer.model.records import (
    ClaimRecord,
    ExcerptRecord,
    Record,
    RecordingRecord,
    SegmentRecord,
    SourceRecord,
    StatementRecord,
)
from reviewer.service.config import Config
from reviewer.service.session import Session
from tests.desk.cases import exercise, founding, made_of
from tests.desk.emulated import differing, watched
from tests.desk.in_terminal import environment, program, review, start
from tests.desk.reader import Case, at_desk
from tests.screen import Screen
from tests.terminal import Terminal

SIZES = [(80, 24), (120, 40), (200, 60), (60, 18), (109, 35), (110, 36), (179, 41), (181, 37)]
SCRIPTS = {
    "cyrillic": "Генерала вбито поблизу Харкова, йдеться у повідомленні. ",
    "chinese": "将军在哈尔科夫附近被打死，情报局说。",
    "arabic": "قُتل الجنرال قرب خاركيف، كما يقول البيان. ",
    "combining": "e\u0301e\u0302\u0323 Z\u0351\u0352a\u200db\u200dc \U0001f468\u200d\U0001f469 ",
    "hostile": "\x1b]52;c;AAAA\x07[/red]\x1b[2J\x1b[31m \u202egnirts\u202c \x9b5n [inaudible] ",
}
AFTERWARDS = re.compile(rb"(?:\x1b\[[?>][\d;$]*[a-zA-Z])*(?:\x1b\[1;2H\x1b\[5n)?")
MOST_AFTERWARDS = 51
"""Bytes from the first frame to the first key: modes of the terminal, where its cursor is out
of the way, and whether it answers. Nothing is drawn."""


def of_script(path: Path, name: str) -> Path:
    text = SCRIPTS[name]
    records: list[Record] = [
        SourceRecord(id="agency", name=text),
        StatementRecord(
            id="s",
            source="agency",
            language="und",
            held=Held.VERBATIM,
            text=f"First: {text * 12}\n{text}",
        ),
        RecordingRecord(
            id="r",
            source="agency",
            language="und",
            held=Held.VERBATIM,
            segments=tuple(
                SegmentRecord(start=f"{n}.0", speaker=text[:9], text=words, translation=text * 2)
                for n, words in enumerate([f"First: {text}", *[text] * 30])
            ),
        ),
        ClaimRecord(id="c", text=text * 3, claimant=text, statements=("s",), recordings=("r",)),
        ExcerptRecord(claim="c", target="s", stance=Stance.SUPPORTS, exact=f"First: {text[:6]}"),
        ExcerptRecord(claim="c", target="r", stance=Stance.REFUTES, exact=f"First: {text[:6]}"),
    ]
    return made_of(path / f"{name}.case", *records)


async def is_what_comes(path: Path, size: tuple[int, int], **how: str) -> None:
    """The first frame shows what Textual shows at the end of its beginning, cell for cell."""
    first = Screen(*size)
    with Session.open(path, "ada") as session:
        painter = painter_of(session, how.get("filter_text", ""), Config())
        painter.fit(*size)
        shown, data = frame(painter, colour="NO_COLOR" not in os.environ)
    first.feed(data.encode())
    async with watched(path, size, **how) as reader:
        assert differing(first, reader.driver.stock_screen) == [], reader.picture(f"at {size}")
        assert reader.driver._picture.rows == shown.rows


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("make", [founding, exercise])
async def test_the_first_frame_is_the_desk(
    tmp_path: Path, make: type[Path], size: tuple[int, int]
) -> None:
    await is_what_comes(make(tmp_path), size)


@pytest.mark.parametrize("size", SIZES[:4])
@pytest.mark.parametrize("script", SCRIPTS)
async def test_the_first_frame_in_every_script(
    tmp_path: Path, script: str, size: tuple[int, int]
) -> None:
    await is_what_comes(of_script(tmp_path, script), size)


async def test_without_colour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    await is_what_comes(exercise(tmp_path), (120, 40))


async def test_a_case_without_a_claim_and_a_filter_that_finds_nothing(tmp_path: Path) -> None:
    await is_what_comes(made_of(tmp_path / "empty.case"), (80, 24))
    await is_what_comes(exercise(tmp_path), (120, 40), filter_text="nowhere-at-all")


@pytest.mark.parametrize("size", SIZES[:3])
async def test_the_first_frame_where_the_reader_left(tmp_path: Path, size: tuple[int, int]) -> None:
    path = exercise(tmp_path)
    async with at_desk(path, size=size) as reader:
        await reader.press("j", "j", "l", "tab", "J", "J", "J", "w", "3", "c")
        await reader.type("half a note")
        await reader.press("esc")
    await is_what_comes(path, size)
    async with at_desk(path, size=size) as reader:
        await reader.press("f")
        await reader.write("state:undecided")
    await is_what_comes(path, size)


@pytest.mark.parametrize("size", SIZES[:3])
def test_nothing_is_drawn_twice(an_empty_home: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    path = founding(tmp_path)
    with review(an_empty_home, path, size=size) as term:
        # The last of what the desk asks of the terminal when it is up.
        term.wait_for(lambda t: b"\x1b[?2026$p" in t.since(0))
        term.settle(0.5)
        written = term.since(0)
        at = written.rindex(b"? keys")
        # What stands behind the line of keys is the rest of the first frame: its words.
        rest = re.sub(rb"\A[^\x1b]*(?:\x1b\[m)?", b"", written[at:])
        assert AFTERWARDS.fullmatch(rest), rest
        assert len(rest) <= MOST_AFTERWARDS, rest
        assert written.count(b"\x1b[?1049h") == 1
        before = term.screen
        term.press("ctrl+l")
        term.settle(0.3)
        assert term.screen == before


def test_keys_typed_at_once_are_kept(an_empty_home: Path, tmp_path: Path) -> None:
    path = founding(tmp_path)
    with review(an_empty_home, path) as term:
        term.type("3jq")
        assert term.wait_exit() == 0
        assert not term.on_alternate_screen
    assert Case(path, "ada").acts == ["verdict unverified on c-01"]


def test_keys_typed_on_the_first_frame_are_not_echoed(an_empty_home: Path, tmp_path: Path) -> None:
    path = founding(tmp_path)
    with review(an_empty_home, path) as term:
        term.wait_for("c-01 [")
        mark = term.mark()
        term.type("xdxdxd3")
        term.wait_for("Recorded: verdict unverified on c-01")
        assert b"xd" not in term.since(mark)
        term.press("ctrl+c")
        term.wait_for("q leaves")
    assert Case(path, "ada").acts == ["verdict unverified on c-01"]


def test_a_paste_before_the_desk_is_there_gives_no_command(
    an_empty_home: Path, tmp_path: Path
) -> None:
    path = founding(tmp_path)
    with review(an_empty_home, path) as term:
        term.wait_for("c-01 [")
        assert term.is_set(2004)
        term.type("\x1b[200~3\n3\x1b[201~")
        term.wait_for("Pasted text is ignored while reading")
    assert Case(path, "ada").acts == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_an_end_between_the_first_frame_and_the_desk(
    an_empty_home: Path, tmp_path: Path, number: signal.Signals
) -> None:
    path = founding(tmp_path)
    shell = ["bash", "--norc", "--noprofile", "-i"]
    # A desk that never comes: what is imported after the first frame waits for ever.
    slow = tmp_path / "slow" / "textual"
    slow.mkdir(parents=True)
    (slow / "__init__.py").write_text("import select\nselect.select([], [], [])\n")
    where = f"{slow.parent}:{environment(an_empty_home)['PYTHONPATH']}"
    env = environment(an_empty_home, PS1="$ ") | {"PYTHONPATH": where}
    with Terminal(shell, env=env, cwd=an_empty_home) as term:
        term.wait_for("$")
        line = " ".join(program("review", str(path), "--as", "ada"))
        term.type(f"{line} & echo $! > pid; fg >/dev/null\n")
        term.wait_for("c-01 [")
        assert term.on_alternate_screen
        os.kill(int((an_empty_home / "pid").read_text()), number)
        # The shell asks again: what was typed for the desk has been thrown away by then.
        term.wait_for(lambda t: not t.on_alternate_screen and "".join(t.screen).endswith("$"))
        assert term.is_set(25)
        term.type("echo 'code' $?; stty -a | grep -o ' echo ' | wc -l\n")
        term.wait_for(f"code {128 + number}\n1")


@pytest.mark.parametrize("how", [{"REVIEWER_DRIVER": "stock"}, {"size": (59, 18)}])
def test_no_first_frame_where_the_desk_draws_otherwise(
    an_empty_home: Path, tmp_path: Path, how: dict[str, str]
) -> None:
    with review(an_empty_home, founding(tmp_path), **how) as term:
        term.wait_for("READ" if "REVIEWER_DRIVER" in how else "needs 60x18")
        term.press("q")
        assert term.wait_exit() == 0
        assert not term.on_alternate_screen


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("none.case",), "There is no case at none.case."),
        (("junk.case",), "junk.case is not a case file."),
        (("good.case", "--filter", "state:nowhere"), "nowhere"),
        (("good.case", "--as", "ada"), ""),
    ],
)
def test_what_is_wrong_is_said_on_the_readers_own_screen(
    an_empty_home: Path, args: tuple[str, ...], said: str
) -> None:
    (an_empty_home / "junk.case").write_text("no case" * 50)
    (an_empty_home / "good.case").write_bytes(founding(an_empty_home).read_bytes())
    with start(an_empty_home, "review", *args) as term:
        if not said:
            term.wait_for("READ")
            return
        assert term.wait_exit() in (1, 2)
        assert said in " ".join(term.text.split())
        assert b"\x1b[?1049h" not in term.since(0)


def test_what_needs_no_textual_does_not_import_it(an_empty_home: Path, tmp_path: Path) -> None:
    path = founding(tmp_path)
    for args in (["--help"], ["queue", str(path)], ["show", str(path), "c-01"], ["--version"]):
        code = (
            "import sys; sys.argv[1:] = " + repr(args) + "\n"
            "from reviewer.cli.main import run\nrun(sys.argv[1:])\n"
            "heavy = {'textual', 'rich', 'pydantic', 'sqlite_utils', 'rfc8785'}\n"
            "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment(an_empty_home, PATH="/usr/bin:/bin"),
            capture_output=True,
            check=True,
            text=True,
        )
        assert done.stderr == "[]\n", args
