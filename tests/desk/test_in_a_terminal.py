"""What only a real terminal shows: bytes, signals, editors, the shell around the desk."""

from __future__ import annotations

import base64
import os
import re
import signal
import stat
from pathlib import Path

import pytest

from tests.desk.cases import exercise, founding
from tests.desk.in_terminal import environment, program, review
from tests.desk.reader import Case
from tests.terminal import Terminal

LOOKS_S = 1.5
"""In so long the desk looks several times for what others have recorded."""


def script(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_an_idle_desk_writes_nothing(
    size: tuple[int, int], an_empty_home: Path, tmp_path: Path
) -> None:
    with review(an_empty_home, exercise(tmp_path), size=size) as term:
        term.wait_for("READ")
        term.press("j")
        term.wait_for("x-02 [")
        term.settle(0.5)
        mark = term.mark()
        with pytest.raises(AssertionError):
            term.wait_for("never on the screen", timeout=3.0)
        assert term.since(mark) == b""


def test_what_others_record_writes_nothing_where_nothing_visible_changes(
    an_empty_home: Path, tmp_path: Path
) -> None:
    case = founding(tmp_path)
    with review(an_empty_home, case) as term:
        # The first frame stands before the desk does; the desk asks the terminal what it can.
        term.wait_for(lambda term: b"\x1b[5n" in term.raw)
        term.settle()
        before = term.mark()
        with Case(case, "borys").session() as borys:
            borys.note(borys.view("c-09"), "seen elsewhere")
        term.settle(gap=LOOKS_S)
        assert term.since(before) == b""
        with Case(case, "borys").session() as borys:
            borys.note(borys.view("c-01"), "seen here")
        term.wait_for("borys wrote a note on c-01.")


def test_what_a_key_costs_is_recorded(
    an_empty_home: Path, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    with review(an_empty_home, founding(tmp_path)) as term:
        # The first frame stands before the desk takes keys; it does once it has taken two.
        term.press("j", "k")
        term.wait_for("Claim 1 of 16")
        for key in ("J", "l", "j", "c", "x"):
            term.settle()
            mark = term.mark()
            term.press(key)
            term.settle()
            record_property(f"bytes_of_{key}", len(term.since(mark)))
            assert term.since(mark), key


def test_y_sends_the_quotation_to_the_clipboard(an_empty_home: Path, tmp_path: Path) -> None:
    with review(an_empty_home, founding(tmp_path)) as term:
        term.wait_for("READ")
        mark = term.mark()
        term.press("y")
        term.wait_for("Sent to your terminal's clipboard")
        assert "Vitaly Gerasimov was killed in the fighting near Kharkiv" in term.text
        (sent,) = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", term.since(mark))
        words = base64.b64decode(sent).decode()
        assert words.startswith('"Vitaly Gerasimov was killed in the fighting near Kharkiv" (')
        assert "held as a paraphrase" in words


def test_the_readers_editor_writes_the_note(an_empty_home: Path, tmp_path: Path) -> None:
    path, seen = founding(tmp_path), tmp_path / "seen"
    editor = script(
        tmp_path / "editor", f'stat -c %a "$1" > {seen}; printf "written outside\\nand kept" > "$1"'
    )
    with review(an_empty_home, path, EDITOR=editor) as term:
        term.wait_for("READ")
        term.press("e")
        term.wait_for("Recorded: note on c-01")
        assert Case(path, "ada").note_of("c-01") == "written outside\nand kept"
        assert seen.read_text().strip() == "600", "for the reader's eyes alone"
        term.press("j")
        term.wait_for("c-15 [")
        assert term.on_alternate_screen
        term.press("k", "e")
        term.wait_for("The note stands as it was.")
    assert not list(an_empty_home.rglob("note-*")), "and nothing is left behind"


def test_visual_goes_before_editor_and_takes_arguments(an_empty_home: Path, tmp_path: Path) -> None:
    path = founding(tmp_path)
    editor = script(tmp_path / "my editor", 'printf "%s" "$1" > "$2"')
    with review(an_empty_home, path, EDITOR="false", VISUAL=f"'{editor}' --now") as term:
        term.wait_for("READ")
        term.press("e")
        term.wait_for("note: --now")
        assert Case(path, "ada").note_of("c-01") == "--now"


def test_an_editor_that_fails_is_said_and_the_desk_stays(
    an_empty_home: Path, tmp_path: Path
) -> None:
    path, editor = founding(tmp_path), tmp_path / "editor"
    with review(an_empty_home, path, EDITOR=str(editor)) as term:
        term.wait_for("READ")
        for does, words in {
            "exit 3": "The editor ended with 3.",
            'rm "$1"': "The editor left no file.",
            "kill -9 $$": "The editor ended with -9.",
        }.items():
            script(editor, does)
            term.press("e")
            term.wait_for(words)
        editor.unlink()
        term.press("e")
        term.wait_for("cannot be started")
        term.press("j")
        term.wait_for("c-15 [")
        assert Case(path, "ada").acts == []
        term.press("q")
        assert term.wait_exit() == 0


def test_a_dropped_line_during_the_editor_loses_nothing(
    an_empty_home: Path, tmp_path: Path
) -> None:
    path = founding(tmp_path)
    with review(an_empty_home, path, EDITOR="cat") as term:
        term.wait_for("READ")
        term.type("c")
        term.wait_for(" NOTE ")
        term.type("half")
        term.wait_for("half")
        term.press("esc")
        term.wait_for("DRAFT")
        term.press("e")
        term.hang_up()
        assert term.wait_exit() != 0
    with review(an_empty_home, path) as term:
        term.wait_for("half")


def test_ctrl_z_sleeps_and_fg_wakes(an_empty_home: Path, tmp_path: Path) -> None:
    path = founding(tmp_path)
    home = an_empty_home
    shell = ["bash", "--norc", "--noprofile", "-i"]
    with Terminal(shell, env=environment(home, PS1="$ "), cwd=home) as term:
        term.wait_for("$")
        term.type(" ".join([*program("review", str(path), "--as", "ada"), "\n"]))
        term.wait_for("READ")
        term.press("j")
        term.wait_for("c-15 [")
        term.press("ctrl+z")
        term.wait_for("Stopped")
        assert not term.on_alternate_screen
        assert term.is_set(25), "the cursor is back"
        term.type("echo awake\n")
        term.wait_for("\nawake")
        term.type("fg\n")
        term.wait_for("c-15 [")
        assert term.on_alternate_screen
        term.press("3")
        term.wait_for("Recorded: verdict unverified on c-15")
        term.press("q")
        term.wait_for(lambda t: not t.on_alternate_screen and t.text.rstrip().endswith("\n$"))
        term.type("echo code $?\n")
        term.wait_for("code 0")
    assert Case(path, "ada").verdict_of("c-15") == "unverified"


def test_a_bracketed_paste_while_reading_is_ignored(an_empty_home: Path, tmp_path: Path) -> None:
    path = founding(tmp_path)
    with review(an_empty_home, path) as term:
        term.wait_for("READ")
        assert term.is_set(2004)
        term.type("\x1b[200~3\n3\nj0s\x1b[201~")
        term.wait_for("Pasted text is ignored while reading; c opens the note.")
        term.type("c\x1b[200~one\ntwo\x1b[201~\n")
        term.wait_for("Recorded: note on c-01")
    case = Case(path, "ada")
    assert case.note_of("c-01").split() == ["one", "two"]
    assert len(case.acts) == 1


def test_keys_typed_in_one_burst(an_empty_home: Path, tmp_path: Path) -> None:
    path = founding(tmp_path)
    case = Case(path, "ada")
    with review(an_empty_home, path) as term:
        term.wait_for("READ")
        for opened, sign in {"?3": "search:", ":3": "search:", "a3": "Queue:"}.items():
            term.type(opened)
            term.wait_for(sign)
            term.settle()
            assert case.acts == []
            term.press("esc")
            term.wait_for("c-01 [")
        term.type("c1\nc 2 dead\nc 3\nj")
        term.wait_for("c-15 [")
        term.settle()
    assert case.acts == [f"note on c-01: {said}" for said in ("1", "1 2 dead", "1 2 dead 3")]


def test_keys_typed_before_the_desk_is_there_are_kept(an_empty_home: Path, tmp_path: Path) -> None:
    path = founding(tmp_path)
    with review(an_empty_home, path) as term:
        term.type("jj")
        term.wait_for("c-06 [")
    assert Case(path, "ada").acts == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_an_end_without_warning_loses_neither_verdict_nor_draft(
    an_empty_home: Path, tmp_path: Path, number: signal.Signals
) -> None:
    path = founding(tmp_path)
    with review(an_empty_home, path) as term:
        term.wait_for("READ")
        term.press("3")
        term.wait_for("Recorded: verdict unverified on c-01")
        term.type("cunfinished")
        term.wait_for("unfinished")
        term.kill(number)
        code = term.wait_exit()
        assert code in (-number, 128 + number)
        if number is not signal.SIGKILL:
            assert not term.on_alternate_screen, "the terminal is given back"
            assert term.is_set(25)
    assert Case(path, "ada").verdict_of("c-01") == "unverified"
    with review(an_empty_home, path) as term:
        term.wait_for("Back at c-15, where you left.")
        assert "c goes on: unfinished" in term.text


def test_ctrl_c_does_not_end_the_desk(an_empty_home: Path, tmp_path: Path) -> None:
    with review(an_empty_home, founding(tmp_path)) as term:
        term.wait_for("READ")
        term.press("ctrl+c")
        term.wait_for("q leaves; everything recorded is saved.")
        assert term.alive()


def test_ctrl_l_draws_over_what_another_program_wrote(an_empty_home: Path, tmp_path: Path) -> None:
    with review(an_empty_home, founding(tmp_path)) as term:
        term.wait_for("READ")
        term.settle()
        before = term.screen
        term._screen.feed(b"\x1b[5;5HGARBAGE FROM ANOTHER PROGRAM")
        assert "GARBAGE" in term.text
        term.press("ctrl+l")
        term.wait_gone("GARBAGE")
        term.settle()
        assert term.screen == before


def test_the_cyrillic_keyboard_as_a_terminal_sends_it(an_empty_home: Path, tmp_path: Path) -> None:
    path = founding(tmp_path)
    with review(an_empty_home, path) as term:
        term.wait_for("READ")
        term.type("о")
        term.wait_for("c-15 [")
        term.type("л")
        term.wait_for("c-01 [")
        term.type("ссумнівно\n")
        term.wait_for("note: сумнівно")
    assert Case(path, "ada").note_of("c-01") == "сумнівно"


def test_arrows_page_keys_and_f1_as_a_terminal_sends_them(
    an_empty_home: Path, tmp_path: Path
) -> None:
    with review(an_empty_home, founding(tmp_path)) as term:
        term.wait_for("READ")
        term.press("down")
        term.wait_for("c-15 [")
        term.press("up")
        term.wait_for("c-01 [")
        term.press("right")
        term.wait_for("Excerpt 2 of 10")
        term.press("end")
        term.wait_for("c-10 [")
        term.press("home")
        term.wait_for("c-01 [")
        term.press("pagedown")
        term.wait_for("presents this as one more loss")
        term.press("f1")
        term.wait_for("search:")
        term.press("esc")
        term.wait_for("READ")


@pytest.mark.parametrize("more", [{"NO_COLOR": "1"}, {"TERM": "linux"}])
def test_without_colour_everything_is_still_marked(
    an_empty_home: Path, tmp_path: Path, more: dict[str, str]
) -> None:
    with review(an_empty_home, founding(tmp_path), **more) as term:
        term.wait_for("READ")
        line, column = term.find("Vitaly Gerasimov was\n"[:20])
        assert term.style_at(line, column).reverse
        line, column = term.find("PARAPHRASE")
        assert term.style_at(line, column).reverse
        if "NO_COLOR" in more:
            cells = [term.style_at(y, x) for y in range(24) for x in range(80)]
            assert {(cell.fg, cell.bg) for cell in cells} == {("default", "default")}


def test_a_keymap_with_a_mistake_is_said_before_the_desk_opens(
    an_empty_home: Path, tmp_path: Path
) -> None:
    config = an_empty_home / ".config/reviewer/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[keys]\n"claim.nxt" = ["j"]\n')
    with review(an_empty_home, founding(tmp_path)) as term:
        assert term.wait_exit() == 2
        assert not term.on_alternate_screen
        text = term.text.replace("\n", "")
        assert "there is no command 'claim.nxt'" in text
        assert "claim.next?" in text
        assert "Traceback" not in text
    config.write_text('[keys]\n"claim.next" = ["n"]\n"find.next" = ["j"]\n')
    with review(an_empty_home, founding(tmp_path)) as term:
        term.wait_for("n/k claim")
        term.press("n")
        term.wait_for("c-15 [")


def test_a_state_folder_that_cannot_be_made_is_said_with_the_remedy(
    an_empty_home: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "not-a-folder"
    blocked.write_text("")
    with review(an_empty_home, founding(tmp_path), XDG_STATE_HOME=str(blocked)) as term:
        assert term.wait_exit() in (1, 2)
        text = term.text.replace("\n", "")
        assert "No draft can be kept in" in text
        assert "set XDG_STATE_HOME to a folder of your own" in text


def test_the_desk_leaves_the_terminal_as_it_found_it(an_empty_home: Path, tmp_path: Path) -> None:
    with review(an_empty_home, founding(tmp_path)) as term:
        term.wait_for("READ")
        assert not term.is_set(1000), "the mouse stays the terminal's"
        term.press("q")
        assert term.wait_exit() == 0
        assert not term.on_alternate_screen
        assert term.is_set(25)
        for mode in (1000, 1003, 1004, 1006, 2004, 2026):
            assert not term.is_set(mode), mode
    assert os.environ.get("EDITOR") is None


def test_who_leaves_is_told_what_the_sitting_came_to_if_anything_was_recorded(
    an_empty_home: Path, tmp_path: Path
) -> None:
    path = founding(tmp_path)
    with review(an_empty_home, path) as term:
        term.wait_for("READ")
        term.press("j", "q")
        assert term.wait_exit() == 0
        assert "This sitting" not in term.text
    with review(an_empty_home, path) as term:
        term.wait_for("READ")
        term.press("3", "4")
        term.wait_for("14 of 16 undecided")
        term.press("q")
        assert term.wait_exit() == 0
        assert "This sitting: 3 claims seen, 2 decided in" in term.text
        assert "Left: 14 undecided." in term.text
