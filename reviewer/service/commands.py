"""The command table: every command a reader can give, as data.

Key bindings, the footer, `?`, the `:` line, the keys page in `docs/` and the check of a
reader's own keymap all come from here. The front ends have one handler for each id.
"""

from __future__ import annotations

from reviewer.service.command import Command, Footer, Group, Mode
from reviewer.service.commands_lists import LIST_FOOTERS, LISTS
from reviewer.service.commands_method import METHOD
from reviewer.service.commands_selecting import SELECTING, SELECTING_FOOTER
from reviewer.service.situation import (
    needs_claim,
    needs_excerpt,
    needs_filter,
    needs_hits,
    needs_jump,
    needs_own_excerpt,
    needs_own_verdict,
    needs_steps,
    needs_text,
    needs_to_write,
    needs_transcript,
    needs_translation,
    needs_undecided,
    needs_value,
    needs_words,
    needs_writable_case,
    never,
)

__all__ = ["BY_ID", "COMMANDS", "FOOTERS", "Command", "Group", "Mode"]

COMMANDS: tuple[Command, ...] = (
    Command(
        "claim.next", "Next claim", "To the next claim of the queue.",
        ("j", "down"), Group.CLAIMS, needs_claim,
    ),
    Command(
        "claim.previous", "Previous claim", "To the claim before.",
        ("k", "up"), Group.CLAIMS, needs_claim,
    ),
    Command(
        "claim.next_undecided", "Next undecided",
        "To the next claim that waits for a verdict, from the top again at the end.",
        (".",), Group.CLAIMS, needs_claim,
    ),
    Command(
        "claim.first", "First claim", "To the first claim of the queue.",
        ("g", "home"), Group.CLAIMS, needs_claim,
    ),
    Command(
        "claim.last", "Last claim", "To the last claim of the queue.",
        ("G", "end"), Group.CLAIMS, needs_claim,
    ),
    Command(
        "claim.back", "Jump back", "To where you were before the last jump.",
        ("o",), Group.CLAIMS, needs_jump,
    ),
    Command(
        "claim.mark", "Mark", "Marks the claim, or takes the mark away; marked:yes filters.",
        ("m",), Group.CLAIMS, needs_to_write,
    ),
    Command(
        "queue.open", "Queue",
        "The queue as a list; enter goes to a claim. DRAFT: a note there is not saved.",
        ("a",), Group.CLAIMS, never,
    ),
    Command(
        "queue.order", "Order of the queue",
        "By priority, contested first, read once first, newest first, like this claim first.",
        ("A",), Group.CLAIMS, never,
    ),
    Command(
        "queue.alike", "Like this claim first",
        "Puts the claims like this one, as p and tab list them, before all others in the queue.",
        (), Group.CLAIMS, needs_claim,
    ),
    Command(
        "queue.differing", "Where readers differ",
        "Limits the queue to the claims on which readers' verdicts differ; F shows all again.",
        (), Group.CLAIMS, never,
    ),
    Command(
        "evidence.page_down", "Page down", "A page down in the pane marked with >.",
        ("space", "pagedown"), Group.EVIDENCE, needs_text,
    ),
    Command(
        "evidence.page_up", "Page up", "A page up in the pane marked with >.",
        ("b", "pageup"), Group.EVIDENCE, needs_text,
    ),
    Command(
        "evidence.line_down", "Line down", "A line down in the pane marked with >.",
        ("J",), Group.EVIDENCE, needs_text,
    ),
    Command(
        "evidence.line_up", "Line up", "A line up in the pane marked with >.",
        ("K",), Group.EVIDENCE, needs_text,
    ),
    Command(
        "evidence.pane", "Other pane", "Chooses which pane scrolls; > marks it.",
        ("tab",), Group.EVIDENCE, needs_text,
    ),
    Command(
        "excerpt.next", "Next excerpt",
        "To the next excerpt of this claim, or to the next text that has none.",
        ("l", "right"), Group.EVIDENCE, needs_steps,
    ),
    Command(
        "excerpt.previous", "Previous excerpt", "To the excerpt or the text before.",
        ("h", "left"), Group.EVIDENCE, needs_steps,
    ),
    Command(
        "evidence.pick", "Any text of the case",
        "Lists all statements and recordings; enter puts one beside the claim, or opens it.",
        ("T",), Group.EVIDENCE, never,
    ),
    Command(
        "evidence.more", "More transcript", "Shows more of the transcript around the excerpt.",
        ("+", "="), Group.EVIDENCE, needs_transcript,
    ),
    Command(
        "evidence.less", "Less transcript", "Shows less of the transcript around the excerpt.",
        ("-",), Group.EVIDENCE, needs_transcript,
    ),
    Command(
        "evidence.language", "Original or translation",
        "Shows both, the original alone, or the translation alone.",
        ("L",), Group.EVIDENCE, needs_translation,
    ),
    *(
        Command(
            f"verdict.{n}", f"Verdict {n}",
            "Records this verdict and goes to the next undecided claim.",
            (str(n),), Group.VERDICT, needs_value(n),
        )
        for n in range(1, 10)
    ),
    Command(
        "verdict.withdraw", "Withdraw", "Takes your verdict back; the record keeps both.",
        ("0",), Group.VERDICT, needs_own_verdict,
    ),
    Command(
        "claim.set_aside", "Set aside",
        "Leaves the claim for later and goes on; on one set aside, takes it back.",
        ("s",), Group.VERDICT, needs_undecided,
    ),
    Command(
        "note.write", "Note", "Writes your note; enter saves it, ctrl+j makes a new line.",
        ("c",), Group.VERDICT, needs_to_write,
    ),
    Command(
        "note.editor", "Note in your editor", "Writes your note in $VISUAL or $EDITOR.",
        ("e",), Group.VERDICT, needs_to_write,
    ),
    Command(
        "act.undo", "Undo", "Undoes your last recorded act, of any session.",
        ("u",), Group.VERDICT, needs_writable_case,
    ),
    Command(
        "act.redo", "Redo", "Brings back what you undid last.",
        ("U",), Group.VERDICT, needs_writable_case,
    ),
    Command(
        "find.open", "Find", "Finds words in the texts on the screen.",
        ("/",), Group.FIND, never,
    ),
    Command("find.next", "Next hit", "To the next hit.", ("n",), Group.FIND, needs_hits),
    Command("find.previous", "Previous hit", "To the hit before.", ("N",), Group.FIND, needs_hits),
    Command(
        "search.open", "Search the case",
        "Finds words in all claims, statements, calls and your notes; enter goes there.",
        ("S",), Group.FIND, never,
    ),
    Command(
        "likely.open", "Likely passages",
        "Lists what is likely to bear on this claim and is not linked yet; tab: similar claims.",
        ("p",), Group.FIND, needs_claim,
    ),
    Command(
        "filter.open", "Filter the queue",
        "Limits the queue: state:new or state:reopened date:2022-03..2022-04 -tag:dup kharkiv;"
        " name = filter keeps one, tab offers those kept.",
        ("f",), Group.FIND, never,
    ),
    Command(
        "filter.clear", "Clear the filter", "Shows the whole queue again.",
        ("F",), Group.FIND, needs_filter,
    ),
    Command(
        "select.start", "Make an excerpt",
        "Selects words or lines of the pane marked with >, for an excerpt.",
        ("v",), Group.EXCERPTS, needs_words,
    ),
    Command(
        "excerpt.copy", "Copy the quotation",
        "Sends the quotation with its citation to your terminal's clipboard, and shows it.",
        ("y",), Group.EXCERPTS, needs_excerpt,
    ),
    Command(
        "excerpt.take_back", "Take an excerpt back",
        "Takes back the chosen excerpt, if it is your own.",
        (), Group.EXCERPTS, needs_own_excerpt,
    ),
    Command(
        "claim.history", "History",
        "Everything recorded here: / narrows, tab the whole case, u undoes yours, E erases words.",
        ("t",), Group.SHOW, needs_claim,
    ),
    Command(
        "evidence.card", "Source and intercept card",
        "Who published or released the text, its origin, how it is held, what is unknown.",
        ("i",), Group.SHOW, needs_claim,
    ),
    Command(
        "layout.zoom", "Zoom", "The pane marked with > alone, or both again.",
        ("z",), Group.SHOW, needs_text,
    ),
    Command(
        "layout.side", "Side by side", "Statement and transcript side by side, or stacked.",
        ("w",), Group.SHOW, needs_claim,
    ),
    *METHOD,
    Command(
        "commands.open", "Commands", "Any command by its name.",
        (":",), Group.PROGRAM, never,
    ),
    Command(
        "keys.open", "Keys", "The keys that are valid here; type to search.",
        ("?", "f1"), Group.PROGRAM, never,
    ),
    Command(
        "app.close", "Close", "Closes what is in front; at the bottom leaves. All is saved.",
        ("q",), Group.PROGRAM, never,
    ),
    Command(
        "app.step_back", "One step back", "Leaves a prompt, a list, a search; never the desk.",
        ("escape",), Group.PROGRAM, never,
    ),
    Command(
        "app.redraw", "Redraw", "Draws the whole screen anew.",
        ("ctrl+l",), Group.PROGRAM, never,
    ),
    Command(
        "app.suspend", "Suspend", "Puts the desk to sleep; fg in the shell wakes it.",
        ("ctrl+z",), Group.PROGRAM, never,
    ),
    Command(
        "app.interrupt", "How to leave", "Says how to leave; it never does so itself.",
        ("ctrl+c",), Group.PROGRAM, never,
    ),
    *SELECTING,
    *LISTS,
)  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}

FOOTERS: dict[Mode, Footer] = {
    Mode.READ: (
        (("keys.open",), "keys"),
        (("app.close",), "leave"),
        (("claim.next", "claim.previous"), "claim"),
        (("evidence.page_down",), "page"),
        (("excerpt.previous", "excerpt.next"), "excerpt"),
        (("note.write",), "note"),
        (("act.undo",), "undo"),
        (("filter.open",), "filter"),
        (("select.start",), "select"),
        (("claim.set_aside",), "aside"),
        (("find.open",), "find"),
        (("evidence.pane",), "pane"),
        (("evidence.card",), "source"),
        (("evidence.pick",), "texts"),
        (("claim.history",), "history"),
        (("queue.open",), "queue"),
        (("layout.zoom",), "zoom"),
        (("commands.open",), "commands"),
    ),
    Mode.SELECT: SELECTING_FOOTER,
    **LIST_FOOTERS,
}
"""What the line of keys at the bottom says, the most needed first."""
