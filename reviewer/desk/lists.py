"""What opens over the desk: a text to read, the queue, the commands. `q` or `esc` closes."""

from collections.abc import Callable, Mapping

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from reviewer.desk.bars import Bar, key_rows
from reviewer.desk.cards import Rows
from reviewer.desk.keys import CLOSE, FIRST, LAST, key_of, step_of
from reviewer.desk.narrowing import ChoiceRows, NarrowingScreen
from reviewer.desk.paint import ALERT, BOLD, CURRENT, KEY, PLAIN, Run
from reviewer.desk.prompts import PromptInput
from reviewer.desk.queue_list import LEGEND, QueueList
from reviewer.desk.strips import strip_of
from reviewer.desk.view import View
from reviewer.model.scale import Scale
from reviewer.service.commands import Command
from reviewer.service.keymap import Keymap, key_label
from reviewer.service.places import Places
from reviewer.service.session import DEFAULT, Filter, Session
from reviewer.text.cells import fit
from reviewer.text.units import counted
from reviewer.text.wrap import wrap

KEYS_WIDTH = 13
TITLES_WIDTH = 28


class Sheet(Widget):
    """Rows that scroll."""

    def __init__(self, make: Callable[[int], Rows], *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.make = make
        self.rows: Rows = []
        self.top = 0

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the text for another width; as far down in it as before."""
        rows = self.make(event.size.width)
        self.top = self.top * len(rows) // max(1, len(self.rows))
        self.rows = rows
        self.scroll_rows(0)

    def show(self, make: Callable[[int], Rows]) -> None:
        """Show other rows, from their beginning."""
        self.make, self.rows, self.top = make, make(self.size.width), 0
        self.refresh()

    def scroll_rows(self, step: int) -> None:
        """Scroll by rows, as far as there are any."""
        self.top = max(0, min(self.top + step, len(self.rows) - self.size.height))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of the screen."""
        n = self.top + y
        width = self.size.width
        return strip_of(self.rows[n], width) if n < len(self.rows) else Strip.blank(width)


class TextScreen(ModalScreen[None], inherit_bindings=False):
    """A text to read."""

    CSS_PATH = "lists.tcss"
    title_bar = query_one("#title", Bar)
    sheet = query_one("#sheet", Sheet)
    hint = query_one("#hint", Bar)

    def __init__(self, title: str, make: Callable[[int], Rows]) -> None:
        super().__init__()
        self.heading = title
        self.make = make
        self.keys = "j/k line  space/b page  q close"
        self.helped = True

    def compose(self) -> ComposeResult:
        """A title, the text, the keys."""
        with Vertical(id="over"):
            yield Bar(id="title")
            yield Sheet(self.make, id="sheet")
            yield Bar(id="hint")

    def on_mount(self) -> None:
        """Show the title and the keys."""
        self.show_head()

    def on_resize(self) -> None:
        """Fit the keys to another width."""
        if self.is_mounted:
            self.show_head()

    def show_head(self) -> None:
        """Show the title and the keys that it has now."""
        self.query_one("#title", Bar).show([(f" {self.heading} ", ALERT)])
        width = max(10, self.size.width - 2)
        self.query_one("#hint", Bar).show(*key_rows(self.keys, width, helped=self.helped))

    def take_key(self, event: events.Key) -> bool:
        """Scroll or close."""
        key = key_of(event)
        page = max(1, self.sheet.size.height - 1)
        if key in CLOSE:
            self.dismiss(None)
        elif step := step_of(key, page):
            self.sheet.scroll_rows(step)
        return True


class QueueView(View):
    """The queue on a screen of its own: as many rows as there is room for."""

    def on_resize(self, event: events.Resize) -> None:
        """Read as many rows as fit now."""
        if isinstance(self.part, QueueList):
            self.part.fit(event.size.width, event.size.height)


class QueueScreen(ModalScreen[str], inherit_bindings=False):
    """The queue; enter goes to the chosen claim."""

    CSS_PATH = "lists.tcss"

    def __init__(self, session: Session, places: Places, filter_: Filter, chosen: str) -> None:
        super().__init__()
        self.session = session
        self.list = QueueList(session, places)
        self.filter = filter_
        self.chosen = chosen

    def compose(self) -> ComposeResult:
        """A title, the rows, the keys."""
        with Vertical(id="over"):
            yield Bar(id="title")
            yield QueueView(self.list, id="list")
            yield Bar(id="hint")

    def on_mount(self) -> None:
        """Show the rows around the claim on the desk."""
        self._count()
        keys = key_rows(
            "j/k row  space/b page  enter go  q close", self.size.width - 2, helped=True
        )
        self.query_one("#hint", Bar).show([(LEGEND, PLAIN)], *keys)
        self.list.show(self.filter, self.chosen, empty="No claim here.")

    def read(self) -> None:
        """Read the rows again, the chosen one staying so."""
        self._count()
        self.list.read()

    def _count(self) -> None:
        ready = self.session.ready(self.filter)
        held = counted(self.session.count(self.filter), "claim") if ready else "still looked up"
        self.query_one("#title", Bar).show(
            [(f" Queue: {held}{_order(self.session)} ", ALERT), ("  ", PLAIN)]
        )

    def take_key(self, event: events.Key) -> bool:
        """Move, go or close."""
        key = key_of(event)
        page = max(1, self.list.region.height - 1)
        if key in (*CLOSE, "a"):
            self.dismiss(None)
        elif key == "enter":
            self.dismiss(self.list.chosen)
        elif key in (*FIRST, *LAST):
            self.list.to_end(last=key in LAST)
        elif step := step_of(key, page):
            self.list.move(step)
        return True


def _order(session: Session) -> str:
    return "" if session.order is DEFAULT else f", {session.order.title}"


class CommandRows(ChoiceRows[Command]):
    """Commands with their keys."""

    def __init__(
        self,
        keymap: Keymap,
        scale: Scale,
        reasons: Mapping[str, str],
        *,
        id: str,  # noqa: A002 - Textual's own name for it
    ) -> None:
        super().__init__(id=id, empty="No command is called so.")
        self.keymap = keymap
        self.scale = scale
        self.reasons = reasons

    def row(self, one: Command, part: int, *, chosen: bool) -> list[Run]:  # noqa: ARG002
        """A command: its keys, its title, what it does or why not now."""
        keys = " ".join(map(key_label, self.keymap.keys_of(one)[:2])) or ":"
        title = one.titled(self.scale)
        style = CURRENT if chosen else PLAIN
        reason = self.reasons[one.id]
        words = f"not now: {reason}" if reason else one.help
        room = max(0, self.size.width - KEYS_WIDTH - TITLES_WIDTH)
        return [
            (f" {keys:<{KEYS_WIDTH - 1}}", CURRENT if chosen else KEY),
            (f"{fit(title, TITLES_WIDTH - 2):<{TITLES_WIDTH}}", style if chosen else BOLD),
            (fit(words, room), style),
        ]


class CommandList(NarrowingScreen[str, Command]):
    """The commands; enter gives the chosen one."""

    def __init__(
        self,
        title: str,
        commands: list[Command],
        keymap: Keymap,
        scale: Scale,
        reasons: Mapping[str, str],
    ) -> None:
        super().__init__(title, CommandRows(keymap, scale, reasons, id="commands"))
        self.commands = commands
        self.keymap = keymap
        self.scale = scale
        self.reasons = reasons

    def begin(self) -> None:
        """Show all of them."""
        self.rows.show(self.commands)
        self._explain()

    def move(self, step: int) -> None:
        """Choose the command so many rows on, and explain it."""
        super().move(step)
        self._explain()

    def take(self) -> None:
        """`enter`."""
        self._narrow()
        self.dismiss(self.rows.chosen.id if self.rows.chosen else None)

    def on_resize(self) -> None:
        """Wrap what is explained for another width."""
        if self.is_mounted:
            self._explain()

    @on(PromptInput.Changed)
    def _narrow(self) -> None:
        words = self.prompt.value.casefold().split()
        found = [c for c in self.commands if all(w in self._text(c) for w in words)]
        # A command that is called so comes before those that only mention it.
        found.sort(key=lambda c: not all(w in self._called(c) for w in words))
        if found != self.rows.found:
            self.rows.show(found)
            self._explain()

    def _explain(self) -> None:
        chosen = self.rows.chosen
        reason = self.reasons[chosen.id] if chosen else ""
        words = f"{chosen.help}{f' Not now: {reason}.' if reason else ''}" if chosen else ""
        spans = wrap(words, max(10, self.size.width - 3))[:2] if words else []
        lines: Rows = [[(words[start:end], BOLD)] for start, end in spans]
        self.hint.show(*lines, [("type to search  up/down row  enter run  esc close", PLAIN)])

    def _called(self, command: Command) -> str:
        return f"{command.id} {command.titled(self.scale)}".casefold()

    def _text(self, command: Command) -> str:
        keys = " ".join(self.keymap.keys_of(command))
        return f"{self._called(command)} {command.help.casefold()} {keys.casefold()}"
