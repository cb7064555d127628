"""However a program ends, what it had said was recorded is in the file, and so is the draft.

With `REVIEWER_LONG=1` more seeds are lived through, and more moments of an end.
"""

from __future__ import annotations

import fcntl
import os
import random
import re
import signal
import sys
import termios
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import sqlite3
from reviewer.model.records import Record
from reviewer.model.scale import HOUSE
from reviewer.service.places import Places
from tests.casefile.making import claim, new_case, source, statement
from tests.everyday import times
from tests.safety.nursery import Nursery
from tests.safety.whole import Body, whole
from tests.terminal import Terminal

READER = "ann"
CLAIMS = [f"c-{n:02}" for n in range(1, 41)]
ENDS = ("SIGKILL", "SIGHUP", "SIGTERM", "hang up")
STATUS = {"SIGKILL": -9, "SIGHUP": 129, "SIGTERM": 143, "hang up": 129}
AT_ONCE = 2.0
LETTERS = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщюя"
Act = tuple[str, str, str]


def many_claims() -> list[Record]:
    claims = [claim(id_, statements=["gur-7-march"]) for id_ in CLAIMS]
    return [source(), statement(), *claims]


def places(path: Path) -> Places:
    with CaseFile.open(path, readonly=True) as case:
        return Places(case.about().id, READER)


def own_home() -> Mapping[str, str]:
    """The home of the test itself: a desk leaves its drafts there, and the next finds them."""
    return {name: os.environ[name] for name in os.environ if name.startswith(("HOME", "XDG_"))}


@dataclass
class Book:
    """What the desk should have recorded after each key: worked out by itself, from its rules.

    Attributes:
        draft_of: the draft on a claim as the desk found it.
        drafts: the drafts that were begun or used up since.
        done: for each act that can be undone, its claim and what stood there before it.
    """

    draft_of: Callable[[str], str]
    drafts: dict[str, str] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    done: list[tuple[str, str, str, str]] = field(default_factory=list)
    at: str = ""

    @property
    def draft(self) -> str:
        """The draft of a note on the claim that is shown."""
        return self.drafts.get(self.at, self.draft_of(self.at))

    @property
    def note(self) -> str:
        """The note on the claim that is shown."""
        return self.notes.get(self.at, "")

    def enter(self, act: Act) -> None:
        """Take an act as recorded."""
        kind, claim_, value = act
        if kind == "undo":
            claim_, *before = self.done.pop()
            self.verdicts[claim_], self.notes[claim_], self.marks[claim_] = before
            return
        tables = self.verdicts, self.notes, self.marks
        self.done.append((claim_, *(table.get(claim_, "") for table in tables)))
        if kind == "verdict":
            self.verdicts[claim_], _, self.notes[claim_] = value.partition(": ")
        else:
            (self.notes if kind == "note" else self.marks)[claim_] = value

    def press(self, key: str) -> Act | None:
        """What a key should record on the claim that is shown."""
        act: Act | None = None
        if key.isdigit():
            act = self._verdict(int(key))
        elif key == "m":
            act = ("mark", self.at, "" if self.marks.get(self.at) else "on")
        elif key == "u" and self.done:
            act = ("undo", self.done[-1][0], "")
        if act is not None:
            self.enter(act)
            self.at = self._next() if key.isdigit() else act[1]
        return act

    def _verdict(self, key: int) -> Act | None:
        """A verdict takes the draft of a note along."""
        value = HOUSE.by_key(key)
        assert value is not None
        words = self.draft.strip() or self.note
        if (self.verdicts.get(self.at), self.note) == (value.value, words):
            return None
        self.drafts[self.at] = ""
        return ("verdict", self.at, f"{value.value}: {words}" if words else value.value)

    def save(self, text: str) -> Act | None:
        """What saving this note should record."""
        self.drafts[self.at] = ""
        if text.strip() == self.note:
            return None
        act = ("note", self.at, text.strip())
        self.enter(act)
        return act

    def _next(self) -> str:
        here = CLAIMS.index(self.at) + 1
        waiting = [c for c in (*CLAIMS[here:], *CLAIMS[:here]) if not self.verdicts.get(c)]
        return waiting[0] if waiting else self.at


def act_of(body: Body) -> Act:
    """An entry of the ledger as the book has it."""
    kind, data, words = body["k"], body["d"], body["words"].get("note", "")
    value = {
        "verdict": lambda: f"{data['value']}: {words}" if words else data["value"],
        "note": lambda: words,
        "mark": lambda: "on" if data["on"] else "",
        "undo": str,
    }[kind]()
    return (kind, data["claim"], value)


@dataclass
class Note:
    """A note that is being typed: what it began with and what was typed to it.

    `act` is the place in the plan of what records it, by itself or with a verdict.
    """

    claim: str
    begun: str
    typed: str
    act: int | None = None

    @property
    def words(self) -> str:
        """All of it."""
        return self.begun + self.typed


@dataclass
class Plan:
    """Keys to type into one desk, with what each should record."""

    keys: list[str] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def plan(chance: random.Random, book: Book) -> Plan:
    """Some keys of a reader at work, with a note begun at the end as often as not."""
    made = Plan()
    for _ in range(chance.randrange(2, 9)):
        key = chance.choice("1234567mucccc".replace(made.keys[-1] if made.keys else "-", ""))
        if key == "c":
            typed = f" {chance.randrange(10**5):05}"  # found nowhere else on the screen
            typed += "".join(chance.choices(LETTERS, k=chance.randrange(1, 9)))
            note = Note(book.at, book.draft or book.note, typed)
            made.keys += ["c", *typed]
            if chance.random() < 0.4:
                made.notes.append(note)
                break
            made.keys.append("enter")
            act = book.save(note.words)
        else:
            note = Note(book.at, book.draft, "")
            made.keys.append(key)
            act = book.press(key)
            if not (key.isdigit() and note.begun):
                note = None
        if note is not None:
            note.act = len(made.acts)
            made.notes.append(note)
        made.acts += filter(None, [act])
    return made


SAID = (
    (re.compile(r"Recorded: verdict ([a-z ]+) on (c-\d\d)[a-z ,]*; u undoes"), "verdict"),
    (re.compile(r"Recorded: note on ()(c-\d\d): [^;]+; u undoes"), "note"),
    (re.compile(r"Recorded: ()(c-\d\d) (?:marked|no longer marked); u undoes"), "mark"),
    (re.compile(r"Undid: [^;]*?()(c-\d\d)[^;]*; U redoes"), "undo"),
)
LEAST = 6


class Eye:
    """What a reader has seen on the desk: what it said was recorded, what stood in a note."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.recorded: set[tuple[str, str, str]] = set()
        self.shown: dict[int, int] = {}

    def __call__(self, term: Terminal) -> None:
        """Look at the screen once."""
        rows = term.screen
        status = next((n for n, row in enumerate(rows) if row.startswith((" READ ", " NOTE "))), 0)
        below = " ".join(row.strip() for row in rows[status:])
        for pattern, kind in SAID:
            if said := pattern.search(below):
                value = said[1].replace(" ", "_")
                self.recorded.add((kind, said[2], value))
        if rows[status].startswith(" NOTE "):
            self._read_note(" ".join(row.strip() for row in rows[:status]))

    def _read_note(self, above: str) -> None:
        for n, note in enumerate(self.notes):
            for length in range(len(note.words), len(note.begun) + LEAST, -1):
                if note.words[:length].strip() in above:
                    self.shown[n] = max(length, self.shown.get(n, 0))
                    break


def types(term: Terminal, keys: list[str], chance: random.Random, eye: Eye) -> None:
    """Type keys as a reader does, or far ahead of the screen, and stop at any moment."""
    if chance.random() < 0.4:
        term.press(*keys)
        watch(term, chance.uniform(0, 0.25), eye)
        return
    for key in keys[: chance.randrange(len(keys)) + 1]:
        term.press(key)
        watch(term, chance.choice((0, 0.01, 0.03, 0.06)), eye)


def watch(term: Terminal, seconds: float, eye: Callable[[Terminal], object]) -> None:
    """Look at the screen for so long."""
    until = monotonic() + seconds

    def over(term: Terminal) -> bool:
        eye(term)
        return monotonic() > until

    term.wait_for(over)


def end(term: Terminal, how: str, typed: str = "") -> None:
    """End the program; it is gone at once, and leaves the terminal as it should be.

    What was `typed` last may be echoed by the line, as the shell's line does.
    """
    if how == "hang up":
        term.hang_up()
    else:
        term.kill(getattr(signal, how))
    assert term.wait_exit(AT_ONCE) == STATUS[how]
    if how in ("SIGHUP", "SIGTERM"):
        assert_restored(term, typed)


def assert_restored(term: Terminal, typed: str = "") -> None:
    """The terminal is the shell's again: its screen, its cursor, its modes, its line."""
    assert not term.on_alternate_screen
    assert [term.is_set(mode) for mode in (25, 7, 2004, 1004, 1000)] == [
        *(True, True, False, False, False)
    ]
    behind = term.raw.decode().rpartition("\x1b[?1049l")[2]
    # Textual's own last words, where the program ends by itself.
    echo = behind.removeprefix("\x1b[?25h\x1b[?1004l").replace("\r\n", "\r")
    # What the terminal answers to a question of the program's may come too late for it.
    assert re.sub(r"\^\[\[(?:\?\d+;\d\$y|\?0u|0n)", "", echo) in typed
    # The keyboard's mode belongs to the alternate screen, where it is taken back.
    assert term.raw.count(b"\x1b[<u") >= term.raw.count(b"\x1b[>25u")
    assert b"\x1b[<u" not in term.raw.rpartition(b"\x1b[?1049l")[2]
    flags = termios.tcgetattr(term._line)[3]
    assert flags & termios.ICANON
    assert flags & termios.ECHO


class Life:
    """One desk from its birth to its end, and what is left of it."""

    def __init__(self, path: Path, chance: random.Random, before: list[Act]) -> None:
        self.path = path
        self.chance = chance
        self.before = before
        self.eye = Eye()
        self.plan = Plan()
        self.book: dict[str, str] = {}
        self.drafts = places(path)

    def live(self, nursery: Nursery, how: str) -> None:
        arguments = ["review", str(self.path), "--as", READER]
        with nursery.terminal(arguments, env=own_home()) as term:
            term.wait_for(lambda term: " READ " in term.text and "? keys" in term.text)
            # The first frame stands before the desk takes keys; then it asks the terminal.
            term.wait_for(lambda term: b"\x1b[5n" in term.raw)
            book = Book(self.drafts.draft)
            for act in self.before:
                book.enter(act)
            book.at = re.search(r"c-\d\d", term.text)[0]
            self.book = dict(book.notes)
            self.plan = plan(self.chance, book)
            self.eye.notes = self.plan.notes
            types(term, self.plan.keys, self.chance, self.eye)
            typed = "".join("\r" if key == "enter" else key for key in self.plan.keys)
            end(term, how, typed)
            self.eye(term)

    def check(self) -> list[Act]:
        """Nothing is lost and nothing is made up; gives all that is recorded."""
        acts = [act_of(body) for body in whole(self.path) if body["k"] != "enrol"]
        assert acts[: len(self.before)] == self.before
        new = acts[len(self.before) :]
        assert new == self.plan.acts[: len(new)]
        in_file = {
            (kind, c, value.partition(": ")[0] if kind == "verdict" else "")
            for kind, c, value in new
        }
        assert self.eye.recorded <= in_file
        self._check_drafts(new)
        return acts

    def _check_drafts(self, new: list[Act]) -> None:
        for n, note in enumerate(self.plan.notes):
            draft = self.drafts.draft(note.claim)
            same = [other for other in self.plan.notes if other.claim == note.claim]
            assert any(other.words.startswith(draft) for other in same), draft
            recorded = note.act is not None and note.act < len(new)
            if not recorded and note is same[0]:
                assert draft.startswith(note.begun) or note.begun == self.book.get(note.claim)
            if not recorded and n in self.eye.shown and note is same[-1]:
                assert len(draft) >= self.eye.shown[n] - 1, (note, draft, new, self.plan)


@pytest.mark.parametrize("seed", range(times(2, 5)))
def test_nothing_seen_is_lost_however_the_desk_ends(
    nursery: Nursery, tmp_path: Path, seed: int
) -> None:
    path = new_case(tmp_path, many_claims)
    chance = random.Random(seed)
    recorded: list[Act] = []
    seen = 0
    for n in range(20):
        life = Life(path, chance, recorded)
        life.live(nursery, ENDS[n % len(ENDS)])
        recorded = life.check()
        seen += len(life.eye.recorded)
    assert len(recorded) > 20
    # How much is seen before an end depends on the machine; something must be.
    assert seen


SCRIBE = """
import random, sys
from pathlib import Path
from reviewer.model.errors import ReviewerError
from reviewer.model.evidence import Stance
from reviewer.service.session import Session

path, seed = sys.argv[1:]
chance = random.Random(int(seed))
with Session.open(Path(path), "ann") as session:
    claims = [row.id for row in session.rows()]
    scale = [value.value for value in session.scale.values]
    session.prepare()
    print("ready", flush=True)
    while True:
        view = session.view(chance.choice(claims))
        start = chance.randrange(40)
        acts = {
            "decide": lambda: session.decide(view, chance.choice(scale), str(chance.random())),
            "note": lambda: session.note(view, str(chance.random())),
            "mark": lambda: session.mark(view, on=not view.row.marked),
            "aside": lambda: session.set_aside(view),
            "withdraw": lambda: session.withdraw(view),
            "link": lambda: session.link(
                view, view.statements[0], start, start + 9, Stance.CONTEXT
            ),
            "unlink": lambda: session.unlink(view, view.excerpts[0]),
            "undo": session.undo,
            "redo": session.redo,
        }
        name = chance.choice(list(acts))
        try:
            entry = acts[name]()
        except (ReviewerError, IndexError):
            continue
        if entry is not None:
            print("recorded", entry.id, flush=True)
"""


@pytest.mark.parametrize("seed", range(times(2, 6)))
def test_nothing_acknowledged_is_lost_whatever_the_act(
    nursery: Nursery, tmp_path: Path, seed: int
) -> None:
    path = new_case(tmp_path, many_claims)
    chance = random.Random(seed)
    acknowledged: list[str] = []
    for n in range(30):
        with nursery.terminal([str(path), str(n)], before=SCRIBE) as term:
            term.wait_for(lambda term: b"ready" in term.raw)
            watch(term, chance.uniform(0, 0.06), lambda _: None)
            if n % 5:
                term.kill(signal.SIGKILL)
            else:
                term.hang_up()
            term.wait_exit(AT_ONCE)
            acknowledged += re.findall(r"recorded ([0-9a-f]{64})\r\n", term.raw.decode())
        ids = [body["id"] for body in whole(path)]
        assert set(acknowledged) <= set(ids)
    # What was committed and not yet acknowledged is one entry a kill at most; the first of a
    # chain is also that the reader joined.
    chains = len({body["c"] for body in whole(path)})
    assert len(acknowledged) <= len(ids) <= len(acknowledged) + 30 + chains
    assert acknowledged, "they have worked, however busy the machine was"


def opened(nursery: Nursery, path: Path, *options: str, **more: Any) -> Any:
    return nursery.terminal(["review", str(path), "--as", READER, *options], **more)


def writing_a_note(term: Terminal, text: str) -> None:
    """Each letter when the one before it is on the screen."""
    term.wait_for("? keys")
    term.press("c")
    term.wait_for(" NOTE ")
    for n in range(1, len(text) + 1):
        term.press(text[n - 1])
        if n < len(text):
            term.wait_for(text[:n])


@pytest.mark.parametrize("how", ENDS)
def test_a_note_loses_its_last_letter_at_the_most(
    nursery: Nursery, tmp_path: Path, how: str
) -> None:
    path = new_case(tmp_path, many_claims)
    note = "ЖЫЗаписка-про-виклик"
    for length in (1, 2, 7, len(note)):
        places(path).forget_draft("c-01")
        with opened(nursery, path, env=own_home()) as term:
            writing_a_note(term, note[:length])
            end(term, how, note)
        assert places(path).draft("c-01") in (note[: length - 1], note[:length])
    with opened(nursery, path, env=own_home()) as term:
        term.wait_for("? keys")
        assert places(path).draft("c-01") in term.text
        assert " DRAFT " in term.text
    assert whole(path) == []


def test_a_note_typed_far_ahead_of_the_screen_is_kept_as_far_as_it_is_seen(
    nursery: Nursery, tmp_path: Path
) -> None:
    path = new_case(tmp_path, many_claims)
    note = "".join(chr(0x430 + n % 32) for n in range(60))
    for n in range(0, 16, times(3, 1)):
        places(path).forget_draft("c-01")
        with opened(nursery, path, env=own_home()) as term:
            term.wait_for("? keys")
            term.press("c")
            term.wait_for(" NOTE ")
            term.type(note)
            term.wait_for(note[: 1 + 3 * n])
            seen = next(k for k in range(60, 0, -1) if note[:k] in term.text)
            end(term, "SIGKILL")
        draft = places(path).draft("c-01")
        assert note.startswith(draft)
        assert len(draft) >= seen - 1


@pytest.mark.parametrize("how", ["SIGHUP", "SIGTERM", "hang up"])
def test_an_end_at_the_very_beginning_leaves_the_terminal_too(
    nursery: Nursery, tmp_path: Path, how: str
) -> None:
    path = new_case(tmp_path, many_claims)
    chance = random.Random(how)
    for _ in range(times(6, 12)):
        with opened(nursery, path, env=own_home()) as term:
            watch(term, chance.uniform(0, 0.12), lambda _: None)
            if how == "hang up":
                term.hang_up()
            else:
                term.kill(getattr(signal, how))
            number = signal.SIGTERM if how == "SIGTERM" else signal.SIGHUP
            assert term.wait_exit(AT_ONCE) in (-number, 128 + number)
            if how != "hang up":
                assert_restored(term)
    assert whole(path) == []


DEAF: dict[str, dict[str, Any]] = {
    "SIGHUP is heard": {},
    "SIGHUP is ignored, as nohup does": {"ignored": [signal.SIGHUP]},
    "SIGHUP is blocked": {
        "before": "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])"
    },
}


@pytest.mark.parametrize("options", [[], ["--plain"]], ids=["desk", "plain lines"])
@pytest.mark.parametrize("deaf", DEAF.values(), ids=DEAF)
@pytest.mark.parametrize("writing", [False, True], ids=["reading", "writing a note"])
def test_without_its_terminal_it_is_gone_at_once_and_never_spins(
    nursery: Nursery, tmp_path: Path, options: list[str], deaf: dict[str, Any], writing: bool
) -> None:
    path = new_case(tmp_path, many_claims)
    with opened(nursery, path, *options, env=own_home(), **deaf) as term:
        term.wait_for(lambda term: "c-01" in term.text and b"verified" in term.raw)
        if writing:
            term.press("c", "h", "a", "l", "f")
            term.wait_for("half")
        term.settle()
        before = term.cpu_seconds()
        term.hang_up()
        assert term.wait_exit(AT_ONCE) in (128 + signal.SIGHUP, -signal.SIGHUP, 0)
        # What it imports to begin with is in it; one that spins takes all there is.
        assert term._program.used() - before < 0.5
    assert places(path).draft("c-01") == ("half" if writing else "")


@pytest.mark.parametrize("driver", ["stock", "cells"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_line_that_takes_nothing_any_more_does_not_hold_it(
    nursery: Nursery, tmp_path: Path, number: int, driver: str
) -> None:
    path = new_case(tmp_path, many_claims)
    with opened(nursery, path, env={**own_home(), "REVIEWER_DRIVER": driver}) as term:
        term.wait_for("? keys")
        line = term._line.fileno()
        os.write(line, b"jk" * 400)
        waiting = [-1, 0]
        # The one driver fills the line until it takes no more, the other waits for its answers.
        while waiting[-1] != waiting[-2] or waiting[-1] < (2000 if driver == "stock" else 1):
            nursery.listen(0.1)
            waiting.append(unread(line))
        term.kill(number)
        assert term._program.wait(AT_ONCE) == 128 + number
    assert whole(path) == []


def test_another_program_that_holds_the_file_does_not_hold_the_desk(
    nursery: Nursery, tmp_path: Path
) -> None:
    path = new_case(tmp_path, many_claims)
    other = sqlite3.connect(path, isolation_level=None)
    with opened(nursery, path, env=own_home()) as term:
        term.wait_for("? keys")
        other.execute("BEGIN IMMEDIATE")
        term.press("3")
        watch(term, 0.3, lambda _: None)
        end(term, "SIGTERM")
    other.close()
    assert whole(path) == []


def unread(line: int) -> int:
    """How many bytes of a terminal nobody has read yet."""
    return int.from_bytes(fcntl.ioctl(line, termios.FIONREAD, bytes(4)), sys.byteorder)


def test_two_desks_of_one_reader_end_in_any_order(nursery: Nursery, tmp_path: Path) -> None:
    path = new_case(tmp_path, many_claims)
    with (
        opened(nursery, path, env=own_home()) as first,
        opened(nursery, path, env=own_home()) as second,
    ):
        for term, key in ((first, 3), (second, 1), (first, 2), (second, 4)):
            term.wait_for("? keys")
            term.press(".", str(key))
            term.wait_for(f"Recorded: verdict {HOUSE.by_key(key).label} on")
        end(first, "SIGKILL")
        second.press("c", *"after", "enter")
        second.wait_for("Recorded: note on")
        end(second, "hang up")
    acts = [act_of(body) for body in whole(path) if body["k"] != "enrol"]
    assert [act[0] for act in acts] == ["verdict"] * 4 + ["note"]


@pytest.mark.parametrize("how", ENDS)
def test_what_was_saved_in_an_editor_is_a_draft_when_the_line_drops(
    nursery: Nursery, tmp_path: Path, how: str
) -> None:
    path = new_case(tmp_path, many_claims)
    script = tmp_path / "editor"
    script.write_text('printf "from the editor" > "$1"; echo EDITING; exec cat > /dev/null\n')
    with opened(nursery, path, env={**own_home(), "EDITOR": f"sh {script}"}) as term:
        term.wait_for("? keys")
        term.press("e")
        term.wait_for("EDITING")
        term.wait_for(lambda _: places(path).draft("c-01") == "from the editor")
        if how == "hang up":
            term.hang_up()
        else:
            term.kill(getattr(signal, how))
        assert term.wait_exit(AT_ONCE) == STATUS[how]
    assert places(path).draft("c-01") == "from the editor"
    left = [file for file in Path(os.environ["HOME"]).rglob("*") if file.is_file()]
    assert {file.stat().st_mode & 0o077 for file in left} == {0}
