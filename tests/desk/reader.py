"""A reader at the desk, in one process: keys go in, the screen and the case are looked at.

A test reads like a reader's story:

    async with at_desk(path) as reader:
        await reader.press("3")
        reader.says("verdict unverified on c-01")
        assert reader.case.verdict_of("c-01") == "unverified"

`press` lets the desk come to rest after each key; `at_once` is a reader who types ahead. The
desk is at rest when its event loop has nothing left to do: nothing here waits for a clock.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.strip import Strip

from reviewer.desk import review
from reviewer.desk.app import ReviewApp
from reviewer.desk.opening import painter_of
from reviewer.desk.review import ReviewScreen
from reviewer.model.claims import ClaimView, State
from reviewer.model.judgements import LogLine
from reviewer.service.config import Config
from reviewer.service.session import Session
from reviewer.text.cells import cell_width

MODES = ("READ", "SELECT", "NOTE", "FIND", "FILTER", "AGAIN", "REOPEN", "REASON")
CHARACTERS = {"enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f", "ctrl+j": "\n"}
NEVER = HELD_DOWN = 1e9


def key(name: str) -> events.Key:
    """The event that Textual makes of a key: "j", "+", "space", "enter", "ctrl+l", "о"."""
    if name == "space":
        return events.Key("space", " ")
    if len(name) == 1:
        return events.Key(_character_to_key(name), name)
    return events.Key({"esc": "escape"}.get(name, name), CHARACTERS.get(name))


class Case:
    """What stands in the case file, read by somebody else than the desk."""

    def __init__(self, path: Path, reader: str) -> None:
        self.path = path
        self.reader = reader

    @contextmanager
    def session(self, reader: str = "") -> Iterator[Session]:
        """Another session on the case, to record something as somebody else."""
        with Session.open(self.path, reader or self.reader) as session:
            yield session

    def view(self, claim: str) -> ClaimView:
        with Session.open(self.path, self.reader, readonly=True) as session:
            return session.view(claim)

    def verdict_of(self, claim: str) -> str:
        """The reader's standing verdict, or nothing."""
        mine = self.view(claim).mine(self.reader)
        return mine.value if mine else ""

    def note_of(self, claim: str) -> str:
        return self.view(claim).note_of(self.reader)

    def state_of(self, claim: str) -> State:
        return self.view(claim).row.state

    def is_marked(self, claim: str) -> bool:
        return self.view(claim).row.marked

    def own_excerpts(self, claim: str) -> list[tuple[str, str, str]]:
        """Target, stance and words of the excerpts that this reader made."""
        found = self.view(claim).excerpts
        return [(e.target, str(e.stance), e.exact) for e in found if e.reader == self.reader]

    def log(self) -> list[LogLine]:
        with Session.open(self.path, self.reader, readonly=True) as session:
            return session.log(limit=1000)

    @property
    def acts(self) -> list[str]:
        """What the reader's acts say, the oldest first."""
        return [
            line.sentence
            for line in reversed(self.log())
            if line.reader == self.reader and line.kind != "enrol"
        ]


class Reader:
    """Presses keys and looks at the screen."""

    def __init__(self, app: ReviewApp, pilot: Pilot[int], case: Case) -> None:
        self.app = app
        self.case = case
        self._pilot = pilot
        self._loop: Any = asyncio.get_running_loop()
        self._drawn: list[Strip] = []
        self._lines: list[str] = []
        self.leaves_searching = False
        """Whether the test goes on while the desk searches; it waits for that otherwise."""

    # What a reader does

    async def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for name in keys:
            await self.at_once(name)

    async def at_once(self, *keys: str) -> None:
        """Press keys before the desk has looked at any of them. A longer word is typed."""
        for name in keys:
            known = len(name) == 1 or name in KEY_NAMES or name.startswith("ctrl+")
            for one in [name] if known else name:
                self._send(key("space" if one == " " else one))
        await self.rest()

    async def type(self, text: str) -> None:
        """Type words."""
        await self.at_once(*("space" if character == " " else character for character in text))

    async def write(self, text: str, end: str = "enter") -> None:
        """Type words in one go, and end with a key."""
        await self.type(text)
        await self.press(end)

    async def paste(self, text: str) -> None:
        """Paste as a terminal does that brackets what is pasted."""
        self._send(events.Paste(text))
        await self.rest()

    async def resize(self, width: int, height: int) -> None:
        """Make the terminal another size."""
        size = Size(width, height)
        self._driver._size = (width, height)
        self._send(events.Resize(size, size))
        await self.rest()
        self.app._check_resize()  # Textual waits a little before it takes another size
        await self.rest()

    async def look_up(self) -> None:
        """Let the desk look for what others have recorded; it does so every second."""
        self.desk.watching.look()
        await self.rest()

    async def rest(self) -> None:
        """Wait until the desk has nothing left to do."""
        self._drawn, self._lines = [], []
        calm = 0
        while calm < 3:
            await self._searched()
            await asyncio.sleep(0)
            if self._loop._ready:
                calm = 0
            elif self.app.is_running and self.app._screen_stacks:
                calm += 1
                self.app.screen._on_timer_update()
            else:
                calm += 1
        assert self.app._exception is None or not self.app.is_running

    async def _searched(self) -> None:
        """Let what searches beside the screen come to its end."""
        searcher = self.desk.searching.searcher
        if searcher is None or not searcher.busy or self.leaves_searching:
            return
        changed = searcher._changed

        def settle() -> None:
            with changed:
                assert changed.wait_for(lambda: not searcher.busy, 20)

        await asyncio.to_thread(settle)

    # What a reader sees

    @property
    def desk(self) -> ReviewScreen:
        return self.app.desk

    @property
    def strips(self) -> list[Strip]:
        if not self._drawn:
            self._drawn = self.app.screen._compositor.render_strips()
        return self._drawn

    @property
    def screen(self) -> list[str]:
        if not self._lines:
            self._lines = [strip.text.rstrip() for strip in self.strips]
        return list(self._lines)

    @property
    def text(self) -> str:
        return "\n".join(self.screen)

    @property
    def words(self) -> str:
        """The text of the screen in one line, so that a wrapped sentence can be looked for."""
        return " ".join(self.text.split())

    @property
    def mode(self) -> str:
        """The mode's word."""
        return self.screen[self._status_row].split()[0]

    @property
    def status(self) -> str:
        """The sentence of the status line, over all its rows."""
        row = self._status_row
        lines = [self.screen[row].strip().removeprefix(self.mode), *self.screen[row + 1 : -1]]
        return " ".join(" ".join(lines).split())

    @property
    def claim(self) -> str:
        """The id of the claim on the screen."""
        return self.desk.reading.claim

    @property
    def running(self) -> bool:
        return self.app.is_running and self.app.return_code is None

    def sees(self, *words: str) -> None:
        """All of this stands on the screen, be it wrapped."""
        for some in words:
            assert some in self.text or some in self.words, self.picture(f"not seen: {some!r}")

    def misses(self, *words: str) -> None:
        """None of this stands on the screen."""
        for some in words:
            found = some in self.text or some in self.words
            assert not found, self.picture(f"seen after all: {some!r}")

    def says(self, *words: str) -> None:
        """All of this stands in the status line."""
        for some in words:
            assert some in self.status, self.picture(f"not said: {some!r}")

    def is_on(self, claim: str) -> None:
        """This claim is the one on the screen."""
        left, top = self.desk.painter.claim.region[:2]
        drawn = self.screen[top][left:].removeprefix("*")
        assert drawn.split(maxsplit=1)[0] == claim, self.picture(f"not on {claim}")
        assert self.claim == claim, self.picture(f"{claim} is drawn, but {self.claim} is judged")

    def row_of(self, text: str) -> int:
        for row, line in enumerate(self.screen):
            if text in line:
                return row
        raise AssertionError(self.picture(f"not on the screen: {text!r}"))

    def style_of(self, text: str, pane: str = "") -> Style:
        """The style of the first cell of the first place where a text stands, in a pane."""
        region = self.desk.query_one(f"#{pane}").region if pane else self.app.screen.region
        for row in range(region.y, region.bottom):
            line = self.strips[row].crop(region.x, region.right).text
            if text in line:
                return self.style_at(row, region.x + cell_width(line[: line.index(text)]))
        raise AssertionError(self.picture(f"not on the screen: {text!r}"))

    def style_at(self, row: int, column: int) -> Style:
        at = 0
        for segment in self.strips[row]:
            at += cell_width(segment.text)
            if column < at:
                return segment.style or Style()
        raise AssertionError(self.picture(f"no cell {row}, {column}"))

    def picture(self, heading: str) -> str:
        lines = [f"{row:3}|{line}" for row, line in enumerate(self.screen)]
        return "\n".join([heading, *lines])

    def pane(self, name: str) -> list[str]:
        """The rows of a pane, its title first: "statement" or "recording"."""
        region = self.desk.query_one(f"#{name}").region
        rows = self.strips[region.y : region.bottom]
        return [row.crop(region.x, region.right).text.rstrip() for row in rows]

    @property
    def _status_row(self) -> int:
        screen = self.screen
        for row in reversed(range(len(screen))):
            if screen[row].startswith(tuple(f" {mode} " for mode in MODES)):
                return row
        raise AssertionError(self.picture("no status line"))

    @property
    def _driver(self) -> Any:
        return self.app._driver

    def _send(self, event: events.Event) -> None:
        event.set_sender(self.app)
        self.app.post_message(event)


KEY_NAMES = {
    *("space", "enter", "tab", "escape", "esc", "backspace", "delete", "home", "end"),
    *("up", "down", "left", "right", "pageup", "pagedown"),
    *(f"f{n}" for n in range(1, 13)),
}


@asynccontextmanager
async def at_desk(
    path: Path,
    name: str = "ada",
    *,
    size: tuple[int, int] = (80, 24),
    filter_text: str = "",
    readonly: bool = False,
    config: Config | None = None,
    held_down: bool = False,
) -> AsyncIterator[Reader]:
    """A reader who has opened the desk on a case, as `run_desk` opens it."""
    config = config or Config()
    with (
        # When the desk looks for what others recorded is left to the test: see `look_up`.
        patch.object(review, "WATCH_S", NEVER),
        # These readers press a key twice within a moment; see `held_down` of a test.
        patch.object(review, "HELD_WITHIN_S", HELD_DOWN if held_down else 0.0),
        Session.open(path, name, readonly=readonly) as session,
    ):
        app = ReviewApp(ReviewScreen(painter_of(session, filter_text, config)))
        async with app.run_test(size=size) as pilot:
            reader = Reader(app, pilot, Case(path, name))
            await reader.rest()
            yield reader
