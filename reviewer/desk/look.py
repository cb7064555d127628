"""Looking closer, the lists, the layout, leaving."""

from collections.abc import Callable

from reviewer.desk import cards
from reviewer.desk.driver.driver import forget_screen
from reviewer.desk.handler import Handler
from reviewer.desk.paint import BOLD
from reviewer.desk.reading import RECORDING, STATEMENT
from reviewer.model.cards import citation
from reviewer.model.evidence import Excerpt, Recording
from reviewer.service.commands import BY_ID, COMMANDS
from reviewer.text.display import display

LARGEST_COPY = 8_000


class Looking(Handler):
    """The commands that open something, change the layout, or leave.

    What opens over the desk is imported when it is first opened.
    """

    def queue_open(self) -> None:
        """`a`."""
        from reviewer.desk.lists import QueueScreen

        reading = self.reading
        queue = QueueScreen(self.session, reading.places, reading.filter, reading.claim)
        self.screen.app.push_screen(queue, self._chosen)

    def _chosen(self, claim: str | None) -> None:
        if claim and claim != self.reading.claim:
            self.screen.show_claim(claim, jump=True)
            self.say(f"{claim}; o goes back.")

    def evidence_pick(self) -> None:
        """`T`."""
        from reviewer.desk.shelf import ShelfScreen

        self.screen.app.push_screen(ShelfScreen(self.session), self._picked)

    def _picked(self, id_: str | None) -> None:
        if not id_:
            return
        target = self.session.text(id_)
        if self.reading.view is None:
            from reviewer.desk.shelf import whole_text

            self._text(target.title or target.id, lambda width: whole_text(target, width))
            return
        linked = self.reading.view.target(id_) is not None
        self.reading.lay_beside(target)
        self.screen.draw()
        self.screen.painter.bring_excerpts()
        select = self.screen.keymap.first_key("select.start")
        unlinked = f"; nothing links it to this claim yet: {select} makes an excerpt"
        self.say(f"{display(id_, newlines=False)}{'' if linked else unlinked}.")

    def claim_history(self) -> None:
        """`t`."""
        from reviewer.desk.history import HistoryScreen

        history = HistoryScreen(self.session, self.view, self.screen.keymap)
        self.screen.app.push_screen(history, self._looked_back)

    def _looked_back(self, claim: str | None) -> None:
        if claim and claim != self.reading.claim:
            self._chosen(claim)
            return
        # Something may have been undone or erased from there, even words of the last sentence.
        self.reading.refresh()
        self.screen.draw()
        self.say(f"Back at {self.reading.claim}.")

    def evidence_card(self) -> None:
        """`i`."""
        from reviewer.desk.card_screen import CardScreen

        first = self.reading.pane
        panes = (first, RECORDING if first == STATEMENT else STATEMENT)
        targets = [target for pane in panes if (target := self.reading.target(pane))]
        card = CardScreen(self.session, self.view, targets, self.reading.excerpt)
        self.screen.app.push_screen(card, lambda _: self._looked(card.changed))

    def _looked(self, changed: bool) -> None:
        if changed:
            self.reading.refresh()
            self.screen.draw()

    def card_grade(self) -> None:
        """`:` only."""
        self.evidence_card()

    def card_facts(self) -> None:
        """`:` only."""
        from reviewer.desk.facts import FactsScreen

        shown = self.reading.target(RECORDING)
        call = shown if isinstance(shown, Recording) else next(iter(self.view.recordings), None)
        if call is None:
            self.say("No call is held for this claim.")
        else:
            facts = FactsScreen(self.session, self.view, call)
            self.screen.app.push_screen(facts, lambda _: self._looked(facts.changed))

    def gaps_open(self) -> None:
        """`Q`."""
        from reviewer.desk.gaps import GapsScreen

        gaps = GapsScreen(self.session, self.view)
        self.screen.app.push_screen(gaps, lambda _: self._looked(gaps.changed))

    def excerpt_copy(self) -> None:
        """`y`."""
        excerpt = self.reading.excerpt
        if excerpt is None:
            return
        # What is pasted acts as if it were typed: nothing in it may be more than words. A
        # joiner is doubled for the sake of the screen alone.
        safe = display(f'"{excerpt.exact}" ({self._citation(excerpt)})')
        text = safe.replace("\u200d" * 2, "\u200d")
        size = len(text.encode())
        if size > LARGEST_COPY:
            said = f"Too long for the clipboard ({size} bytes); select it here, or export it."
        else:
            self.screen.app.copy_to_clipboard(text)
            said = "Sent to your terminal's clipboard; tmux needs: set -g set-clipboard on"
        self._text("Quotation", lambda width: [*cards.paragraph(text, width), [], [(said, BOLD)]])

    def _citation(self, excerpt: Excerpt) -> str:
        return citation(excerpt, self.view.target(excerpt.target))

    def excerpt_take_back(self) -> None:
        """`:` only."""
        excerpt = self.reading.excerpt
        if excerpt is None:
            return
        entry = self.session.unlink(self.view, excerpt)
        self.reading.refresh()
        self.screen.draw()
        undo = self.screen.keymap.first_key("act.undo")
        self.say(self.session.tell(entry).recorded(undo))

    def keys_open(self) -> None:
        """`?`."""
        self._commands("Keys valid here", only_keys=True)

    def commands_open(self) -> None:
        """`:`."""
        self._commands("Commands", only_keys=False)

    def _commands(self, title: str, *, only_keys: bool) -> None:
        commands = [c for c in COMMANDS if self.screen.keymap.keys_of(c) or not only_keys]
        reasons = {c.id: self.screen.why_not(c) for c in commands}
        from reviewer.desk.lists import CommandList

        listed = CommandList(title, commands, self.screen.keymap, self.session.scale, reasons)
        # The keys page explains; a word typed to search it must not give a verdict.
        self.screen.app.push_screen(listed, self._explain if only_keys else self._run)

    def _run(self, command: str | None) -> None:
        if command:
            self.screen.run(BY_ID[command])

    def _explain(self, command: str | None) -> None:
        if command:
            keys = self.screen.keymap.first_key(command)
            self.say(f"{BY_ID[command].titled(self.session.scale)}: press {keys}.")

    def layout_zoom(self) -> None:
        """`z`."""
        self.reading.zoomed = not self.reading.zoomed
        self.screen.draw()
        self.say("This pane alone; z shows both." if self.reading.zoomed else "Both panes.")

    def layout_side(self) -> None:
        """`w`."""
        self.reading.side = not self.screen.painter.layout.side
        self.reading.zoomed = False
        self.screen.draw()
        self.screen.keep_place()
        self.say("Side by side; w stacks." if self.reading.side else "Stacked; w is side by side.")

    def app_close(self) -> None:
        """`q`."""
        if self.reading.zoomed:
            self.layout_zoom()
            return
        self.screen.keep_place_now()
        self.screen.dismiss(0)

    def app_step_back(self) -> None:
        """`esc`."""
        screen = self.screen
        if (
            screen.seeking.step_back()
            or screen.filters.stop()
            or screen.ordering.stop()
            or screen.finds.step_back()
        ):
            return
        if self.reading.zoomed:
            self.layout_zoom()
        else:
            self.say("Nothing to step back from; q leaves.")

    def app_redraw(self) -> None:
        """`ctrl+l`."""
        self.screen.painter.layouts.clear()
        forget_screen(self.screen.app)
        self.screen.draw()
        self.screen.refresh(repaint=True, layout=True)

    def app_suspend(self) -> None:
        """`ctrl+z`."""
        self.screen.app.action_suspend_process()

    def app_interrupt(self) -> None:
        """`ctrl+c`."""
        self.say("q leaves; everything recorded is saved.")

    def _text(self, title: str, make: Callable[[int], cards.Rows]) -> None:
        from reviewer.desk.lists import TextScreen

        self.screen.app.push_screen(TextScreen(display(title, newlines=False), make))
