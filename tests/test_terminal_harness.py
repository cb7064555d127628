"""The harness tells the truth: small programs whose picture is known beforehand."""

import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.make_captures import Capture, main
from tests.terminal import Screen, Terminal, key_bytes

ECHO = """
import os, sys, tty
tty.setraw(0)
os.write(1, b"ready\\r\\n")
while (data := os.read(0, 1000)) != b"q":
    os.write(1, ascii(data).encode() + b"\\r\\n")
"""
APP = """
from textual.app import App
from textual.binding import Binding
from textual.widgets import Static

class Counter(App):
    BINDINGS = [Binding("j", "count", "Count"), Binding("escape", "exit", "Leave")]
    CSS = "Static { text-style: bold; }"
    count = 0

    def compose(self):
        yield Static("waiting")

    def on_resize(self, event):
        self.title = f"{event.size.width}x{event.size.height}"
        self.show()

    def action_count(self):
        self.count += 1
        self.show()

    def show(self):
        self.query_one(Static).update(f"counted {self.count} at {self.title}")

    def action_exit(self):
        self.exit(return_code=7)

print("before the app", flush=True)
app = Counter()
app.run()
raise SystemExit(app.return_code)
"""


def python(program: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", program, *arguments]


def writes(data: str) -> list[str]:
    """A program that writes this, waits for one line of keys, and ends."""
    return python("import sys; sys.stdout.write(sys.argv[1]); sys.stdout.flush(); input()", data)


def drawn(data: str, columns: int = 20, rows: int = 4) -> list[str]:
    screen = Screen(columns, rows)
    screen.feed(data.encode())
    return [screen.line(y) for y in range(rows)]


def test_keys_arrive_as_a_terminal_sends_them() -> None:
    with Terminal(python(ECHO)) as term:
        term.wait_for("ready")
        term.press("up")
        term.wait_for(r"b'\x1b[A'")
        term.press("esc", "j")  # not alt+j
        term.wait_for(r"b'\x1b'")
        term.wait_for("b'j'")
        term.type("two\nlines")
        term.wait_for(r"b'two\rlines'")
        term.press("q")
        assert term.wait_exit() == 0


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("j", b"j"), ("+", b"+"), ("Ж", "Ж".encode()), ("space", b" "), ("enter", b"\r"),
        ("tab", b"\t"), ("shift+tab", b"\x1b[Z"), ("ctrl+l", b"\x0c"), ("ctrl+\\", b"\x1c"),
        ("alt+x", b"\x1bx"), ("pagedown", b"\x1b[6~"), ("backspace", b"\x7f"),
    ],
)  # fmt: skip
def test_key_names(name: str, sent: bytes) -> None:
    assert key_bytes(name) == sent


def test_an_unknown_key_is_a_mistake_in_the_test() -> None:
    with pytest.raises(KeyError, match="pgdn"):
        key_bytes("pgdn")


def test_the_environment_is_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TEXTUAL_FPS", "EDITOR", "VISUAL", "XDG_CONFIG_HOME", "COLUMNS"):
        monkeypatch.setenv(name, "1")
    show = "import os; print(*sorted(os.environ)); print(os.environ['HOME'])"
    with Terminal(python(show), env={"XDG_DATA_HOME": "/data", "TZ": None}) as term:
        assert term.wait_exit() == 0
        assert term.screen[0] == "HOME LANG PATH TERM XDG_DATA_HOME"
        assert str(Path.home()) != term.screen[1]


def test_the_program_runs_where_it_is_told(tmp_path: Path) -> None:
    with Terminal(python("import os; print(os.getcwd())"), columns=500, cwd=tmp_path) as term:
        term.wait_for(str(tmp_path))


def test_a_vain_wait_shows_the_screen() -> None:
    with (
        Terminal(writes("what is there")) as term,
        pytest.raises(AssertionError, match=r"(?s)'what is not'.*\b0│what is there"),
    ):
        term.wait_for("what is not", timeout=0.2)


def test_nobody_waits_for_a_program_that_has_ended() -> None:
    with (
        Terminal(python("print('last words')")) as term,
        pytest.raises(AssertionError, match="last words"),
    ):
        term.wait_for("more", timeout=3600)


def test_any_failure_inside_the_block_shows_the_screen() -> None:
    with pytest.raises(ZeroDivisionError) as caught, Terminal(writes("there")) as term:  # noqa: PT012
        term.wait_for("there")
        raise ZeroDivisionError
    assert "0│there" in caught.value.__notes__[0]


def test_a_predicate_can_be_waited_for(tmp_path: Path) -> None:
    told = tmp_path / "told"
    program = "import pathlib, sys; input(); pathlib.Path(sys.argv[1]).touch(); input()"
    with Terminal(python(program, str(told))) as term:
        term.press("enter")
        term.wait_for(lambda _: told.exists())
        assert term.alive()


def test_text_comes_and_goes() -> None:
    program = "print('here', flush=True); input(); print(end='\\x1b[2J', flush=True); input()"
    with Terminal(python(program)) as term:
        term.wait_for("here")
        term.press("enter")
        term.wait_gone("here")


def test_a_frame_is_seen_whole_or_not_at_all() -> None:
    program = "print('\\x1b[?2026hhalf', flush=True); input(); print('\\x1b[?2026l'); input()"
    with Terminal(python(program)) as term:
        with pytest.raises(AssertionError):
            term.wait_for("half", timeout=0.3)
        term.press("enter")
        term.wait_for("half")


def test_settle_waits_for_the_answer_to_a_key() -> None:
    slow = "import select; print('go', flush=True); input()\n"
    slow += "for n in '123': select.select([], [], [], 0.3); print(n, flush=True)\ninput()"
    with Terminal(python(slow)) as term:
        term.wait_for("go")
        term.press("enter")
        term.settle(gap=0.5)
        assert [line for line in term.screen if line] == ["go", "1", "2", "3"]


def test_bytes_are_counted_from_a_mark() -> None:
    with Terminal(python(ECHO)) as term:
        term.wait_for("ready")
        mark = term.mark()
        term.press("j")
        term.settle()
        assert term.since(mark) == b"b'j'\r\n"
        assert term.raw == b"ready\r\nb'j'\r\n"


def test_a_hang_up_ends_the_program() -> None:
    with Terminal(writes("reading"), columns=40) as term:
        term.wait_for("reading")
        term.hang_up()
        assert term.wait_exit() == -signal.SIGHUP
        assert not term.alive()
        assert term.screen[0] == "reading"


def test_how_it_ended() -> None:
    with Terminal(python("raise SystemExit(3)")) as term:
        assert term.wait_exit() == 3
    with Terminal(writes("reading")) as term:
        term.wait_for("reading")
        term.kill(signal.SIGTERM)
        assert term.wait_exit() == -signal.SIGTERM


def test_nothing_outlives_the_block() -> None:
    stubborn = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); print('up')\n"
    with Terminal(python(f"{stubborn}while True: pass")) as term:
        term.wait_for("up")
        term.wait_for(lambda term: term.cpu_seconds() > 0.05)
        with pytest.raises(AssertionError, match="still running"):
            term.wait_exit(timeout=0.1)
    with pytest.raises(ProcessLookupError):
        os.kill(term.pid, 0)


def test_a_resize_is_told_to_the_program() -> None:
    program = "import os, signal\n"
    program += "signal.signal(signal.SIGWINCH, lambda *_: print(*os.get_terminal_size()))\n"
    program += "print(*os.get_terminal_size())\nwhile True: signal.pause()"
    with Terminal(python(program), columns=120, rows=40, env={"PYTHONUNBUFFERED": "1"}) as term:
        term.wait_for("120 40")
        term.resize(60, 18)
        term.wait_for("60 18")
        assert len(term.screen) == 18
        assert term.row_of("120 40") == 0  # what stands above the cursor is not cut


def test_queries_are_answered_unless_told_otherwise() -> None:
    asks = "import os, tty; tty.setraw(0)"
    asks += "\nos.write(1, b'12345\\x1b[6n\\x1b[?2026$p\\x1b[c\\x1b[?u')"
    asks += "\nheard = b''\nwhile not heard.endswith(b'.'): heard += os.read(0, 99)"
    asks += "\nos.write(1, ascii(heard).encode())"
    with Terminal(python(asks)) as term:
        term.wait_for("12345")
        term.settle()
        term.type(".")
        term.wait_for(r"b'\x1b[1;6R\x1b[?2026;2$y\x1b[?62;22c\x1b[?0u.'")
    with Terminal(python(asks), answers=False) as term:
        term.wait_for("12345")
        term.settle()
        term.type(".")
        term.wait_for("b'.'")


def test_the_alternate_screen_gives_the_main_one_back() -> None:
    enter, leave = "\x1b[?1049h\x1b[Hinside\x1b[1m", "\x1b[?1049l after"
    program = "import sys\nfor part in sys.argv[1:]: print(end=part, flush=True); input()"
    with Terminal(python(program, "outside", enter, leave)) as term:
        term.wait_for("outside")
        assert not term.on_alternate_screen
        term.press("enter")
        term.wait_for("inside")
        assert term.on_alternate_screen
        assert "outside" not in term.text
        term.press("enter")
        term.wait_for("after")
        assert not term.on_alternate_screen
        assert term.screen[:2] == ["outside", " after"]
        assert not term.style_at(1, 1).bold


def test_styles_are_found_by_the_text_that_has_them() -> None:
    data = "\x1b[1;31mБой\x1b[0m 死者 \x1b[7;4;44mhere\x1b[0m"
    with Terminal(writes(data)) as term:
        term.wait_for("here")
        assert term.find("here") == (0, 9)
        first, last = term.style_at(0, 0), term.style_at(*term.find("here"))
        assert (first.data, first.bold, first.fg, first.reverse) == ("Б", True, "red", False)
        assert (last.bold, last.reverse, last.underscore, last.bg) == (False, True, True, "blue")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("死者 498", "死者 498"),
        ("死者\x1b[1;2Hx", " x者"),  # the second half is overwritten: the first is blank
        ("死者\x1b[1;1Hx", "x 者"),
        ("死者\x1b[1;3H\x1b[K", "死"),
        ("\x1b[1;20H死", ""),  # half of it does not fit: it goes to the next line
        ("e\u0301t\u200dx", "e\u0301t\u200dx"),
        ("นี่คือ ok", "นี่คือ ok"),
        ("بيان ok", "بيان ok"),
        ("a\x01\u009b1mb\x07", "ab"),
        ("12345678901234567890\x1b[K", "1234567890123456789"),
        ("text\x1b[M", ""),
    ],
)  # fmt: skip
def test_the_screen_shows_what_a_terminal_shows(data: str, line: str) -> None:
    assert drawn(data)[0] == line


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b[>25u", "\x1b[=1;1u", "\x1b[<u", "\x1b[?2026$p", "\x1b[?u", "\x1b[>4;2m", "\x1b[2 q",
        "\x1b]0;title\x07", "\x1b]52;c;UFdORUQ=\x1b\\", "\x1bP+q544e\x1b\\", "\x1b_G\x07x\x1b\\",
        "\x1b[?1;2c", "\x1b[4:3m", "\x1b[1;2;3;4A", "\x1b[9K", "\x1b F", "\x1b(B", "\x1b=",
    ],
)  # fmt: skip
def test_sequences_that_draw_nothing_leave_no_trace(sequence: str) -> None:
    whole, split = Screen(20, 2), Screen(20, 2)
    whole.feed(f"a{sequence}死b".encode())
    for byte in f"a{sequence}死b".encode():
        split.feed(bytes([byte]))
    assert whole.line(0) == split.line(0) == "a死b"
    assert whole.buffer[0][3] == split.buffer[0][3] == whole.default_char._replace(data="b")


PIECES = ["\x1b", "[", "]", "P", "?", "1049h", "1049l", ";", "5", "m", "H", "K", "\\", "\x07", " "]
PIECES += ["死", "e\u0301", "\u200d", "\r", "\n", "\x9b", "$p", "L", "@", "text", "\x18", "b", "r"]


@given(st.lists(st.sampled_from(PIECES)).map("".join).map(str.encode), st.integers(1, 9))
def test_where_the_output_is_cut_makes_no_difference(data: bytes, step: int) -> None:
    whole, split = Screen(7, 3), Screen(7, 3)
    replies = whole.feed(data)
    assert "".join(split.feed(data[at : at + step]) for at in range(0, len(data), step)) == replies
    assert [whole.line(y) for y in range(3)] == [split.line(y) for y in range(3)]


def test_a_textual_app_from_start_to_end(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(APP)
    with Terminal([sys.executable, "app.py"], cwd=tmp_path) as term:
        term.wait_for("counted 0 at 80x24")
        assert term.on_alternate_screen
        term.settle()
        term.press("j", "j")
        term.wait_for("counted 2")
        assert term.style_at(*term.find("counted")).bold
        assert b"\x1b[?2026h" in term.raw  # the query was answered
        term.resize(100, 30)
        term.wait_for("counted 2 at 100x30")
        term.settle()
        idle = term.mark()
        term.settle(gap=0.5)
        assert term.since(idle) == b""
        term.press("esc")
        assert term.wait_exit() == 7
        assert not term.on_alternate_screen
        assert term.is_set(25)
        assert term.screen[0] == "before the app"
        assert "counted" not in term.text


def test_a_textual_app_dies_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(APP)
    with Terminal([sys.executable, "app.py"], cwd=tmp_path) as term:
        term.wait_for("counted 0")
        term.hang_up()
        assert term.wait_exit() == -signal.SIGHUP


SHOW = "import os, sys; print('size', *os.get_terminal_size()); input(); print('```'); input()"
CAPTURES = (
    Capture("small", 40, 5, tuple(python(SHOW)), ready="size"),
    Capture("wide", 60, 5, tuple(python(SHOW)), ready="size", keys=("enter",), shows="```"),
)
README = "before\n<!-- capture:{} -->\nold\n<!-- /capture -->\nafter\n"


def test_captures_are_written_once_and_checked(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(README.format("wide") + README.format("small"))
    before = readme.read_text()
    assert main(["--check"], CAPTURES, tmp_path) == 1
    assert readme.read_text() == before
    assert not (tmp_path / "docs").exists()
    assert main([], CAPTURES, tmp_path) == 0
    assert (tmp_path / "docs/captures/small.txt").read_text() == "size 40 5\n\n\n\n\n"
    wide = "<!-- capture:wide -->\n````\nsize 60 5\n\n```\n\n\n````\n<!-- /capture -->"
    small = "<!-- capture:small -->\n```\nsize 40 5\n\n\n\n\n```\n<!-- /capture -->"
    assert readme.read_text() == f"before\n{wide}\nafter\nbefore\n{small}\nafter\n"
    assert main(["--check"], CAPTURES, tmp_path) == 0


@pytest.mark.parametrize(
    ("readme", "complaint"),
    [
        (README.format("unheard-of"), "no capture is called unheard-of"),
        ("<!-- capture:small -->\nold\n", "no partner"),
        ("<!-- capture:small -->\n" + README.format("small"), "no partner"),
    ],
)
def test_a_mark_that_cannot_be_filled_is_an_error(
    readme: str, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "README.md").write_text(readme)
    assert main([], CAPTURES[:1], tmp_path) == 1
    assert complaint in capsys.readouterr().err
    assert not (tmp_path / "docs").exists()
