"""Nothing that lies in a case acts on the terminal that shows it: the bytes say so.

With `REVIEWER_LONG=1` the desk is shown all of the hostile files, and not only the pieces of
them that have every kind of escape and character.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from rich.segment import Segment
from textual.color import Color

from reviewer.desk.app import SafeFilter
from reviewer.service.session import Session
from tests.safety.hostile import (
    BRACKETS,
    PAYLOADS,
    READER,
    Hostile,
    corpus,
    fewest,
    hostile_case,
    kinds,
    pieces,
)
from tests.safety.nursery import Nursery
from tests.safety.rest import Rest
from tests.safety.wire import Wire, plain_faults, survivors, titles, unfit
from tests.terminal import TIMEOUT, Terminal

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
BLACK = Color(0, 0, 0)
PATIENCE, LONG = 0.2, 0.5
# The net reads what Textual writes, order and all. Our driver writes nothing of it as it is;
# what that makes of hostile text is tried in tests/desk/test_driver_difference.py.
STOCK = {"REVIEWER_DRIVER": "stock"}
CARDS = (("i", "Claim and sources of", "Wording  "),)
LISTS = (("a", "Queue: "), ("?", "Keys valid here"), (":", "Commands"))
PASTED = "pasted \x1b]52;c;ZXZpbA==\x07 \x9b31m \u202e \x1b[2J [/] \x00 \x08"


def test_the_net_catches_every_payload_that_is_sent_as_it_is() -> None:
    harmless = {payload for payload in PAYLOADS if not unfit(payload)}
    assert len(PAYLOADS) - len(harmless) >= 20
    for payload in PAYLOADS:
        sent = f"\x1b[1;1H\x1b[1mevidence {payload} more\x1b[0m\r\n".encode()
        wire = Wire(sent, 80, 24)
        caught = wire.faults or wire.copies or list(survivors(sent, [payload]))
        assert bool(caught) != (payload in harmless), ascii(payload)
    assert Wire(b"\xff", 80, 24).faults
    assert Wire(b"\x1b[25;1H", 80, 24).faults
    assert titles(b"\x1b]0;HIJACKED\x07", 80, 24) == ("HIJACKED", "HIJACKED")


def test_what_is_shown_every_day_has_every_kind_of_what_there_is() -> None:
    everything = list(pieces(corpus()))
    few = fewest(everything)
    assert set(few) <= set(everything)
    assert set().union(*map(kinds, few)) == set().union(*map(kinds, everything))
    apart = ["\x1b[31m", "\x1b[2J", "\x1b[?1h", "\x9b2J", "\x1b]0;x", "\x1b]52;x", "\x1bP", "\x1bc"]
    apart += ["\x90", "\u202e", "\u0301", "[/]", "[@click]", "\x1b", "\x1b(0", "\x1b[", "\x1b[!p"]
    assert len({frozenset(kinds(text)) for text in apart}) == len(apart)


def check(term: Terminal, size: tuple[int, int], texts: Iterable[str]) -> Wire:
    """Nothing acted and nothing hides in what the terminal was sent."""
    wire = Wire(term.raw, *size)
    assert wire.faults == []
    assert list(survivors(term.raw, texts)) == []
    assert titles(term.raw, *size) == ("", "")
    return wire


class Tour:
    """A reader who looks at everything there is in a hostile case."""

    def __init__(self, term: Terminal, hostile: Hostile) -> None:
        self.term = term
        self.hostile = hostile

    def press(self, *keys: str, patience: float = PATIENCE) -> None:
        """Press keys, each when the picture has changed; some keys change nothing."""
        for key in keys:
            self._changing(lambda key=key: self.term.press(key), patience)

    def type(self, text: str) -> None:
        self._changing(lambda: self.term.type(text), PATIENCE)

    def paste(self, text: str) -> None:
        """As a terminal gives a paste to a program that asked to know it as one."""
        self.type(f"\x1b[200~{text}\x1b[201~")

    def _changing(self, act: Callable[[], None], patience: float) -> None:
        before = self.term.text
        act()
        self._either(lambda term: term.text != before, patience)

    def _either(self, seen: Callable[[Terminal], bool], patience: float) -> None:
        """Wait until this is seen, or the desk has nothing more to show."""
        rests, until = Rest(self.term.pid), monotonic() + patience
        self.term.wait_for(lambda term: seen(term) or rests() or monotonic() > until)

    def open(self, key: str, heading: str) -> None:
        self.term.press(key)
        self.term.wait_for(heading)

    def claims(self) -> Iterator[None]:
        """Each claim, from the first to the last."""
        self.term.press("g")
        for n in range(1, self.hostile.claims + 1):
            self.term.wait_for(f"Claim {n} of {self.hostile.claims},")
            yield
            self.term.press("j")
        self.term.wait_for("This is the last claim")

    def excerpts(self) -> None:
        """Each claim as it first appears, with each of its excerpts."""
        for _ in self.claims():
            self.press("l", "h", "tab")

    def texts(self) -> None:
        """All of each text, and of what is known about it."""
        self.press("z")
        for _ in self.claims():
            for _ in range(2):
                as_they_are = False
                for key, end in (("b", "beginning"), ("space", "end")):
                    while f"This is the {end} of the" not in self.term.text:
                        as_they_are |= BRACKETS in map(str.strip, self.term.screen)
                        self.press(key, patience=TIMEOUT)
                assert as_they_are or "STATEMENT  st-" not in self.term.text
                self.press("tab")
            for card in CARDS:
                self.card(*card)
            self.history()
        self.press("z")

    def card(self, key: str, heading: str, first: str) -> None:
        """All of a card, from its end to its first words."""
        self.open(key, heading)
        self.term.wait_for(first)
        self.term.press("G")
        self._either(lambda term: first not in term.text, LONG)  # a short one is all there
        while first not in self.term.text:
            self.press("b", patience=TIMEOUT)
        self.press("q")

    def history(self) -> None:
        """Every entry about a claim, and all of its words."""
        self.open("t", "History of")
        for _ in range(self.hostile.entries):
            row = self.term.text
            self.press("enter", patience=TIMEOUT)
            if self.term.text != row:
                self.press("G", "q", patience=TIMEOUT)
            self.press("j", patience=TIMEOUT)
        self.press("q")

    def lists(self) -> None:
        """The queue, the keys, the commands, with hostile words looked for."""
        for list_, heading in LISTS:
            self.open(list_, heading)
            self.press(*["pagedown"] * 8)
            if list_ != "a":
                self.type("[/] [@click=app.quit]x[/] \u202e")
                self.paste(PASTED)
            self.press("ctrl+c")

    def prompts(self) -> None:
        """Finding and filtering by hostile words, and what is said of mistakes in them."""
        for prompt in "/f":
            for words in (BRACKETS, "foo:bar[/]", 'state:"[/]', "verdict:[@click=app.quit]x[/]"):
                self.press(prompt)
                self.term.press("ctrl+u")
                self.type(words)
                self.press("enter", "ctrl+c")
            self.press(prompt)
            self.paste(PASTED)
            self.press("enter", "ctrl+c")
        self.press("F")

    def acts(self) -> None:
        """Hostile notes in the status line and in the note's own place; undone and redone."""
        self.press("G", "c")
        self.paste(PASTED)
        self.press("ctrl+c", "c", "enter", *"uUuuuUUUm0312sj")
        self.press("v", "l", "l", "v", "l", "l", "j", "c", "v", "esc", "\x9b", "\u202e", "Ж")
        self.press("G", "y", "q", "w", "w", "L", "L", "L", "+", "-", "ctrl+l", "ctrl+c")


def tour(nursery: Nursery, hostile: Hostile, size: tuple[int, int], texts: list[str]) -> None:
    with nursery.terminal(["review", str(hostile.path), "--as", READER], *size, env=STOCK) as term:
        term.wait_for("undecided")
        guide = Tour(term, hostile)
        guide.excerpts()
        guide.texts()
        guide.lists()
        guide.prompts()
        guide.acts()
        term.press("q")
        assert term.wait_exit() == 0, term.picture("it did not leave by itself")
    wire = check(term, size, [*texts, PASTED])
    (copied,) = wire.copies
    assert unfit(copied.replace("\n", "")) == set()
    unseen = [tag for tag in hostile.tags if tag not in wire.said]
    assert unseen == []


@SIZES
def test_the_desk_shows_a_hostile_case_and_nothing_in_it_acts(
    nursery: Nursery, tmp_path: Path, size: tuple[int, int]
) -> None:
    tour(nursery, hostile_case(tmp_path / "a.case", PAYLOADS), size, list(PAYLOADS))


@pytest.mark.parametrize("size", [(80, 24)], ids=["80x24"])
def test_the_desk_shows_what_other_programs_met_and_nothing_in_it_acts(
    nursery: Nursery, tmp_path: Path, size: tuple[int, int]
) -> None:
    texts = fewest(pieces(corpus()))
    tour(nursery, hostile_case(tmp_path / "a.case", texts), size, texts)


def quick_tour(nursery: Nursery, path: Path, before: str) -> Wire:
    """The first claims of a case on a desk that was meddled with."""
    with nursery.terminal(["review", str(path), "--as", READER], before=before, env=STOCK) as term:
        term.wait_for(lambda term: b"undecided" in term.raw)
        guide = Tour(term, Hostile(path, 0, []))
        guide.press(*"jlhtqjiqac", "ctrl+c", *"ajj")
        return Wire(term.raw, 80, 24)


NO_DISPLAY = """
import sys
for name, module in list(sys.modules.items()):
    kept = name in ("reviewer.desk.app", "reviewer.text.display")
    if name.startswith("reviewer.") and hasattr(module, "display") and not kept:
        module.display = lambda text, newlines=True: text
"""


def test_the_last_guard_alone_keeps_the_terminal_safe(nursery: Nursery, tmp_path: Path) -> None:
    """Whatever a row of the desk forgets to make safe, the filter before the terminal does."""
    hostile = hostile_case(tmp_path / "a.case", PAYLOADS)
    wire = quick_tour(nursery, hostile.path, NO_DISPLAY)
    assert wire.faults == []
    assert hostile.tags[0] in wire.said


def test_no_character_that_could_act_passes_the_last_guard() -> None:
    acting = sorted(unfit("".join(map(chr, range(0x110000)))))
    segments = [Segment("evidence"), *(Segment(f"a{char}b") for char in acting)]
    let_through = "".join(segment.text for segment in SafeFilter().apply(segments, BLACK))
    assert unfit(let_through) == set()
    for segment in segments[1:40]:
        (alone,) = SafeFilter().apply([segment], BLACK)
        assert not unfit(alone.text), ascii(segment.text)


def test_without_any_guard_the_net_is_full(nursery: Nursery, tmp_path: Path) -> None:
    """The tests above can fail: this is what they would say."""
    hostile = hostile_case(tmp_path / "a.case", PAYLOADS)
    without = "import reviewer.text.display as d; d._is_plain = lambda *_: True"
    assert len(quick_tour(nursery, hostile.path, without).faults) > 20


EVIL = "\x1b]0;HIJACKED\x07[/] \x9b31m \u202e"
NAME = EVIL.replace("/", "")


class Commands:
    """Commands typed at a terminal about a hostile case of a hostile name."""

    def __init__(self, nursery: Nursery, folder: Path) -> None:
        self.nursery = nursery
        self.folder = folder / f"folder {NAME}"
        self.folder.mkdir()
        self.case = self.folder / f"{NAME}.case"
        self.hostile = hostile_case(self.case, PAYLOADS)

    def __call__(self, *arguments: object, code: int | None = 0) -> str:
        """Run a command; give what it said, of which nothing can act."""
        with self.nursery.terminal([*map(str, arguments)], 100, 30) as term:
            ended = term.wait_exit()
            assert plain_faults(term.raw) == [], arguments
            assert list(survivors(term.raw, PAYLOADS)) == [], arguments
            assert titles(term.raw, 100, 30) == ("", "")
            said = term.raw.decode()
        assert code is None or ended == code, (arguments, said)
        return said

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def command(nursery: Nursery, tmp_path: Path) -> Commands:
    return Commands(nursery, tmp_path)


def test_the_commands_that_look_show_a_hostile_case_and_nothing_acts(command: Commands) -> None:
    case = command.case
    assert BRACKETS in command("queue", case)
    command("queue", case, "--json")
    assert BRACKETS in command("queue", case, "--filter", "[inaudible]")
    command("queue", case, "--filter", f"state:{EVIL}", code=2)
    command("queue", case, "--filter", f"{EVIL}:x", code=2)
    for row in Session.open(case).rows():
        assert BRACKETS in command("show", case, row.id).replace("\r\n  ", " ")
        command("show", case, row.id, "--json")
    command("show", case, EVIL, code=1)
    for more in ([], ["--json"], ["--claim", "c-01[/noise]"], ["--reader", EVIL]):
        command("log", case, *more)
    command("log", case, "--claim", EVIL, code=1)
    for verb in ("status", "doctor"):
        command(verb, case)
        command(verb, case, "--json")
    command("review", case, "--filter", f"{EVIL}:x", code=2)
    command(EVIL, code=2)
    command("queue", case, f"--{EVIL}", code=2)
    command("queue", command.folder / f"none {NAME}.case", code=1)
    command("queue", command.file(f"no case {NAME}", EVIL), code=1)


def test_the_commands_that_act_take_hostile_words_and_nothing_acts(command: Commands) -> None:
    case, claim = command.case, "c-01[/noise]"
    command("decide", case, claim, EVIL, code=1)
    command("decide", case, EVIL, "false", code=1)
    command("decide", case, claim, "verified", "--as", EVIL, code=2)
    command("decide", case, claim, "verified", "--as", "[/noise]", "--note", EVIL)
    command("decide", case, claim, "verified", "--as", "[/noise]", "--note", EVIL)
    command("note", case, claim, f"{EVIL} noted", "--as", "[/noise]")
    for verb in ("undo", "redo", "undo"):
        command(verb, case, "--as", "[/noise]")
        command(verb, case, "--as", READER, "--json", code=None)
    command("link", case, claim, "st-[/]1", "--quote", EVIL, "--stance", "context", code=1)
    command("link", case, claim, EVIL, "--quote", "x", "--stance", "context", code=1)
    command("link", case, claim, "st-[/]1", "--quote", BRACKETS, "--stance", EVIL, code=2)
    command("link", case, claim, "st-[/]1", "--quote", BRACKETS, "--stance", "context")
    command("set-aside", case, claim, "--as", "[/noise]", code=None)
    command("withdraw", case, claim, "--as", f"nobody {EVIL}"[:8], code=None)
    command("new", command.folder / f"new {NAME}.case", "--title", EVIL)
    command("new", case, code=1)
    command("backup", case, command.folder / f"copy {NAME}.case")
    command("backup", case, case, code=1)
    command("rescue", case, command.folder / f"rescued {NAME}.case", code=1)
    command("rescue", case, case, code=1)
    command("demo", "--dir", command.file(f"a file {NAME}", ""), code=1)


def test_files_in_and_out_of_a_hostile_case_say_nothing_that_acts(command: Commands) -> None:
    case = command.case
    for payload in (EVIL, f"[[claim]]\n{EVIL}", f'[[claim]]\nid = "{EVIL}"'):
        command("import", case, command.file(f"{NAME}.toml", payload), code=None)
    rows = [
        {"kind": "claim", "id": EVIL, "text": "x"},
        {"kind": "claim", "id": "c", EVIL: EVIL},
        {"kind": EVIL},
        {"kind": "source", "id": "s", "name": "x", "source_kind": EVIL},
        {"kind": "statement", "id": "x", "source": f"none{EVIL[4:7]}", "held": EVIL, "text": EVIL},
        {"kind": "excerpt", "claim": "c-01[/noise]", "target": "st-[/]1", "exact": EVIL,
         "stance": "context"},
    ]  # fmt: skip
    lines = "\n".join(json.dumps(row, ensure_ascii=n % 2 == 0) for n, row in enumerate(rows))
    said = command("import", case, command.file(f"{NAME}.jsonl", f"{lines}\n{EVIL}\n"), code=1)
    assert said.count("Refused: ") == 7
    command("import", case, command.file(f"{NAME}.jsonl", f"{lines}\n"), "--json", code=1)
    command("import", case, command.folder / f"none {NAME}", code=1)
    command("import", case, command.file(NAME, "what?"))
    command("import", case, command.folder, "--format", EVIL, code=2)
    for side_file in command.folder.glob("*.refused*"):
        assert file_faults(side_file) == []
    for format_ in ("jsonl", "markdown", "csv"):
        out = command.folder / f"out {NAME}.{format_}"
        command("export", case, out, "--format", format_)
        command("export", case, out, "--format", format_, code=1)
        command("export", case, "/dev/stdout", "--format", format_, "--force", code=1)
        command("export", case, command.folder, "--format", format_, "--force", code=1)
        if format_ != "csv":  # what a spreadsheet reads is kept as it is, but for formulas
            assert file_faults(out) == []


def file_faults(path: Path) -> list[str]:
    """What would act if somebody printed a file on a terminal."""
    return plain_faults(path.read_bytes())
