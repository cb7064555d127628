"""A note being written is never lost: each keystroke is kept, each end of it is said."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from reviewer.lines.typing_in import Typing, edited
from reviewer.service.places import Places
from tests.casefile.making import new_case
from tests.lines.at_work import Reader, reading


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return new_case(tmp_path)


def draft(reader: Reader) -> str:
    return Places(reader.session.about.id, "ada").draft("c-1")


def test_every_keystroke_is_kept(case: Path) -> None:
    with reading(case) as (reader, _):
        kept: list[str] = []
        ask = reader.front.means.ask

        def watching(prompt: str, text: str = "", changed: object = None) -> str | None:
            def change(now: str) -> None:
                assert callable(changed)
                changed(now)
                kept.append(draft(reader))

            return ask(prompt, text, change)

        reader.front.means = type(reader.front.means)(
            reader.front.means.keys, reader.front.means.say, watching
        )
        reader.press("c", *"ab", "space", "c", "backspace", "enter")
        assert kept == ["a", "ab", "ab ", "ab c", "ab "]
        assert draft(reader) == ""
        assert reader.session.view("c-1").note_of("ada") == "ab"


@pytest.mark.parametrize("left_by", ["escape", "ctrl+c"])
def test_leaving_keeps_a_draft_and_goes_on_with_it(case: Path, left_by: str) -> None:
    with reading(case) as (reader, _):
        assert reader.press("c", *"half", left_by).endswith(
            "The note is not recorded; its draft is kept, c goes on with it.\n"
        )
        assert draft(reader) == "half"
        assert reader.session.log() == []
        assert "\nDraft of your note: half\nIt is not recorded yet; c goes on with it.\n" in (
            reader.press("ctrl+l")
        )
        assert "Note: half and whole\n" in reader.press("c", *" and whole", "enter")
        assert reader.session.view("c-1").note_of("ada") == "half and whole"
        assert "Draft of" not in reader.press("ctrl+l")


def test_a_note_that_stands_is_changed_removed_or_left(case: Path) -> None:
    with reading(case) as (reader, _):
        reader.press("c", *"first", "enter")
        assert reader.press("c", "enter").endswith("The note stands as it was.\n")
        left = reader.press("c", "x", "backspace", "escape")
        assert left.endswith("The note stands as it was.\n")
        assert draft(reader) == ""
        assert "first, then" in reader.press("c", *", then", "enter")
        reader.press("c", "ctrl+u", "enter")
        assert reader.session.view("c-1").note_of("ada") == ""
        assert reader.press("c", "enter").endswith("No note is written.\n")


@pytest.mark.parametrize(
    ("text", "key", "then"),
    [
        ("ab", "c", "abc"), ("ab", "space", "ab "), ("ab", "backspace", "a"), ("", "backspace", ""),
        ("ae\u0301", "backspace", "a"), ("a b  ", "ctrl+w", "a "), ("", "ctrl+w", ""),
        ("ab", "ctrl+u", ""), ("ab", "left", "ab"), ("ab", "f1", "ab"), ("a\nb", "Ж", "a\nbЖ"),
    ],
)  # fmt: skip
def test_what_a_key_does_to_a_text(text: str, key: str, then: str) -> None:
    assert edited(text, key) == then


@pytest.mark.parametrize(
    ("keys", "echo"),
    [
        ("ab|enter", "Q: ab\n"),
        ("ab|backspace|enter", "Q: ab\b \b\n"),
        ("中|backspace|enter", "Q: 中\b\b  \b\b\n"),
        ("a\x9bb|enter", "Q: a‹9B›b\n"),
        ("\x9b|backspace|escape", "Q: ‹9B›\b\b\b\b    \b\b\b\b\n"),
        ("ab", "Q: ab"),
    ],
)
def test_typing_is_shown_as_a_teletype_does(keys: str, echo: str) -> None:
    pressed = iter([k for part in keys.split("|") for k in ([part] if len(part) > 4 else part)])
    shown: list[str] = []
    Typing(lambda: next(pressed, ""), shown.append, 79)("Q")
    assert "".join(shown) == echo


def test_backspace_over_the_edge_of_the_terminal_asks_anew() -> None:
    pressed = iter([*"x" * 17, "backspace", "enter"])
    shown: list[str] = []
    assert Typing(lambda: next(pressed, ""), shown.append, 19)("Q") == "x" * 16
    assert "".join(shown).endswith(f"\nQ: {'x' * 16}\n")


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    file = folder / "editor.py"
    file.write_text(f"import sys, pathlib\nfile = pathlib.Path(sys.argv[1])\n{script}")
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(file)]))


def test_a_note_in_an_editor(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(tmp_path, monkeypatch, "file.write_text(file.read_text() + 'two\\nlines\\n')")
    with reading(case) as (reader, _):
        reader.press("c", *"in ", "escape")
        heard = reader.press("e")
        assert heard.startswith("Recorded: note on c-1: in two lines. u undoes.\n")
        assert reader.session.view("c-1").note_of("ada") == "in two\nlines"
        assert "\nNote by you:\n  in two\n  lines\n" in reader.press("ctrl+l")
        assert draft(reader) == ""


def test_an_editor_that_fails_records_nothing(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading(case) as (reader, _):
        assert reader.press("e") == (
            "Neither $VISUAL nor $EDITOR is set; c writes the note here.\n"
        )
        monkeypatch.setenv("EDITOR", "/no/such/editor -w")
        assert reader.press("e") == (
            "The editor '/no/such/editor' cannot be started (No such file or directory).\n"
            "No note is written.\n"
        )
        monkeypatch.setenv("EDITOR", "vi '")
        assert reader.press("e") == "The editor 'vi '' is not a command: No closing quotation.\n"
        editor(tmp_path, monkeypatch, "file.write_text('lost?'); sys.exit(3)")
        assert reader.press("e") == (
            "The editor ended with 3.\n"
            "The note is not recorded; its draft is kept, c goes on with it.\n"
        )
        assert draft(reader) == "lost?"
        assert reader.session.log() == []
        editor(tmp_path, monkeypatch, "file.unlink()")
        assert reader.press("e").startswith("The editor left no file.\n")
        assert draft(reader) == "lost?"
