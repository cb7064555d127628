"""The command table: every command a reader can give, as data.

Key bindings, the footer, `?`, the `:` line, the keys page in `docs/` and the check of a
reader's own keymap all come from here. The front ends have one handler for each id.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from reviewer.model.scale import Scale
from reviewer.model.words import ClaimView, State


class Mode(StrEnum):
    """What keys mean now. In the other modes of the desk they are text."""

    READ = "READ"
    SELECT = "SELECT"


class Group(StrEnum):
    """Under which heading a command is listed."""

    CLAIMS = "Claims"
    EVIDENCE = "Evidence"
    VERDICT = "Verdict and note"
    FIND = "Find and filter"
    EXCERPTS = "Excerpts"
    SHOW = "Look closer"
    PROGRAM = "Program"
    SELECTING = "While selecting (after v)"


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides whether a command can be given now."""

    view: ClaimView | None
    reader: str
    readonly: bool
    scale: Scale
    stops: int = 0
    excerpt: bool = False
    own_excerpt: bool = False
    translated: bool = False
    transcript: bool = False
    filtered: bool = False
    finding: bool = False
    jumps: int = 0


Disabled = Callable[[Situation], str]


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    `disabled` gives the reason why it cannot be given now, or nothing.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    group: Group
    disabled: Disabled
    mode: Mode = Mode.READ


def _always(_: Situation) -> str:
    return ""


def _claim(now: Situation) -> str:
    return "" if now.view else "there is no claim on the screen"


def _text(now: Situation) -> str:
    return _claim(now) or ("" if now.stops else "this claim has no text to show")


def _write(now: Situation) -> str:
    return _claim(now) or ("the case is open for reading only" if now.readonly else "")


def _write_anything(now: Situation) -> str:
    return "the case is open for reading only" if now.readonly else ""


def _verdict(key: int) -> Disabled:
    def disabled(now: Situation) -> str:
        beyond = "" if now.scale.by_key(key) else f"this case's scale has no verdict {key}"
        return beyond or _write(now)

    return disabled


def _mine(now: Situation) -> str:
    if reason := _write(now):
        return reason
    mine = now.view and now.view.mine(now.reader)
    return "" if mine else "you have no verdict on this claim"


def _aside(now: Situation) -> str:
    if reason := _write(now):
        return reason
    decided = now.view is not None and now.view.row.state in (State.DECIDED, State.IN_CONFLICT)
    return "it has a verdict; 0 withdraws yours" if decided else ""


def _steps(now: Situation) -> str:
    return _text(now) or ("" if now.stops > 1 else "there is only one text and one place in it")


def _select(now: Situation) -> str:
    return _write(now) or _text(now)


def _excerpt(now: Situation) -> str:
    return _text(now) or ("" if now.excerpt else "no excerpt is chosen; h and l step to one")


def _own_excerpt(now: Situation) -> str:
    if reason := _write(now):
        return reason
    return "" if now.own_excerpt else "only an excerpt of your own can be taken back"


def _transcript(now: Situation) -> str:
    return _text(now) or ("" if now.transcript else "this claim has no recording")


def _translated(now: Situation) -> str:
    return _text(now) or ("" if now.translated else "there is no translation of what is shown")


def _finding(now: Situation) -> str:
    return "" if now.finding else "nothing is being looked for; / finds"


def _filtered(now: Situation) -> str:
    return "" if now.filtered else "no filter is set; f sets one"


def _jumped(now: Situation) -> str:
    return "" if now.jumps else "you have not jumped yet"


COMMANDS: tuple[Command, ...] = (
    Command(
        "claim.next", "Next claim", "To the next claim of the queue.",
        ("j", "down"), Group.CLAIMS, _claim,
    ),
    Command(
        "claim.previous", "Previous claim", "To the claim before.",
        ("k", "up"), Group.CLAIMS, _claim,
    ),
    Command(
        "claim.next_undecided", "Next undecided",
        "To the next claim that waits for a verdict, from the top again at the end.",
        (".",), Group.CLAIMS, _claim,
    ),
    Command(
        "claim.first", "First claim", "To the first claim of the queue.",
        ("g", "home"), Group.CLAIMS, _claim,
    ),
    Command(
        "claim.last", "Last claim", "To the last claim of the queue.",
        ("G", "end"), Group.CLAIMS, _claim,
    ),
    Command(
        "claim.back", "Jump back", "To where you were before the last jump.",
        ("o",), Group.CLAIMS, _jumped,
    ),
    Command(
        "claim.mark", "Mark", "Marks the claim, or takes the mark away; marked:yes filters.",
        ("m",), Group.CLAIMS, _write,
    ),
    Command(
        "queue.open", "Queue", "The queue as a list; enter goes to a claim.",
        ("a",), Group.CLAIMS, _always,
    ),
    Command(
        "evidence.page_down", "Page down", "A page down in the pane marked with >.",
        ("space", "pagedown"), Group.EVIDENCE, _text,
    ),
    Command(
        "evidence.page_up", "Page up", "A page up in the pane marked with >.",
        ("b", "pageup"), Group.EVIDENCE, _text,
    ),
    Command(
        "evidence.line_down", "Line down", "A line down in the pane marked with >.",
        ("J",), Group.EVIDENCE, _text,
    ),
    Command(
        "evidence.line_up", "Line up", "A line up in the pane marked with >.",
        ("K",), Group.EVIDENCE, _text,
    ),
    Command(
        "evidence.pane", "Other pane", "Chooses which pane scrolls; > marks it.",
        ("tab",), Group.EVIDENCE, _text,
    ),
    Command(
        "excerpt.next", "Next excerpt",
        "To the next excerpt of this claim, or to the next text that has none.",
        ("l", "right"), Group.EVIDENCE, _steps,
    ),
    Command(
        "excerpt.previous", "Previous excerpt", "To the excerpt or the text before.",
        ("h", "left"), Group.EVIDENCE, _steps,
    ),
    Command(
        "evidence.more", "More transcript", "Shows more of the transcript around the excerpt.",
        ("+", "="), Group.EVIDENCE, _transcript,
    ),
    Command(
        "evidence.less", "Less transcript", "Shows less of the transcript around the excerpt.",
        ("-",), Group.EVIDENCE, _transcript,
    ),
    Command(
        "evidence.language", "Original or translation",
        "Shows both, the original alone, or the translation alone.",
        ("L",), Group.EVIDENCE, _translated,
    ),
    *(
        Command(
            f"verdict.{n}", f"Verdict {n}",
            "Records this verdict and goes to the next undecided claim.",
            (str(n),), Group.VERDICT, _verdict(n),
        )
        for n in range(1, 10)
    ),
    Command(
        "verdict.withdraw", "Withdraw", "Takes your verdict back; the record keeps both.",
        ("0",), Group.VERDICT, _mine,
    ),
    Command(
        "claim.set_aside", "Set aside",
        "Leaves the claim for later and goes on; on one set aside, takes it back.",
        ("s",), Group.VERDICT, _aside,
    ),
    Command(
        "note.write", "Note", "Writes your note; enter saves it, ctrl+j makes a new line.",
        ("c",), Group.VERDICT, _write,
    ),
    Command(
        "note.editor", "Note in your editor", "Writes your note in $VISUAL or $EDITOR.",
        ("e",), Group.VERDICT, _write,
    ),
    Command(
        "act.undo", "Undo", "Undoes your last recorded act, of any session.",
        ("u",), Group.VERDICT, _write_anything,
    ),
    Command(
        "act.redo", "Redo", "Brings back what you undid last.",
        ("U",), Group.VERDICT, _write_anything,
    ),
    Command(
        "find.open", "Find", "Finds words in the texts on the screen.",
        ("/",), Group.FIND, _text,
    ),
    Command("find.next", "Next hit", "To the next hit.", ("n",), Group.FIND, _finding),
    Command("find.previous", "Previous hit", "To the hit before.", ("N",), Group.FIND, _finding),
    Command(
        "filter.open", "Filter the queue",
        "Limits the queue: state:undecided verdict:false tag:casualties kharkiv -tag:dup",
        ("f",), Group.FIND, _always,
    ),
    Command(
        "filter.clear", "Clear the filter", "Shows the whole queue again.",
        ("F",), Group.FIND, _filtered,
    ),
    Command(
        "select.start", "Make an excerpt",
        "Selects words or lines of the pane marked with >, for an excerpt.",
        ("v",), Group.EXCERPTS, _select,
    ),
    Command(
        "excerpt.copy", "Copy the quotation",
        "Sends the quotation with its citation to your terminal's clipboard, and shows it.",
        ("y",), Group.EXCERPTS, _excerpt,
    ),
    Command(
        "excerpt.take_back", "Take an excerpt back",
        "Takes back the chosen excerpt, if it is your own.",
        (), Group.EXCERPTS, _own_excerpt,
    ),
    Command(
        "claim.history", "History", "Everything recorded about this claim.",
        ("t",), Group.SHOW, _claim,
    ),
    Command(
        "evidence.card", "Source and intercept card",
        "Who published or released the text, its origin, how it is held, what is unknown.",
        ("i",), Group.SHOW, _text,
    ),
    Command(
        "layout.zoom", "Zoom", "The pane marked with > alone, or both again.",
        ("z",), Group.SHOW, _text,
    ),
    Command(
        "layout.side", "Side by side", "Statement and transcript side by side, or stacked.",
        ("w",), Group.SHOW, _claim,
    ),
    Command(
        "commands.open", "Commands", "Any command by its name.",
        (":",), Group.PROGRAM, _always,
    ),
    Command(
        "keys.open", "Keys", "The keys that are valid here; type to search.",
        ("?", "f1"), Group.PROGRAM, _always,
    ),
    Command(
        "app.close", "Close", "Closes what is in front; at the bottom leaves. All is saved.",
        ("q",), Group.PROGRAM, _always,
    ),
    Command(
        "app.step_back", "One step back", "Leaves a prompt, a list, a search; never the desk.",
        ("escape",), Group.PROGRAM, _always,
    ),
    Command(
        "app.redraw", "Redraw", "Draws the whole screen anew.",
        ("ctrl+l",), Group.PROGRAM, _always,
    ),
    Command(
        "app.suspend", "Suspend", "Puts the desk to sleep; fg in the shell wakes it.",
        ("ctrl+z",), Group.PROGRAM, _always,
    ),
    Command(
        "app.interrupt", "How to leave", "Says how to leave; it never does so itself.",
        ("ctrl+c",), Group.PROGRAM, _always,
    ),
    Command(
        "select.down", "Down", "To the next line or sentence.",
        ("j", "down"), Group.SELECTING, _always, Mode.SELECT,
    ),
    Command(
        "select.up", "Up", "To the line or sentence before.",
        ("k", "up"), Group.SELECTING, _always, Mode.SELECT,
    ),
    Command(
        "select.right", "Right", "To the next word.",
        ("l", "right"), Group.SELECTING, _always, Mode.SELECT,
    ),
    Command(
        "select.left", "Left", "To the word before.",
        ("h", "left"), Group.SELECTING, _always, Mode.SELECT,
    ),
    Command(
        "select.from_here", "From here", "Fixes the beginning; moving then extends.",
        ("v",), Group.SELECTING, _always, Mode.SELECT,
    ),
    Command(
        "select.pane", "Other pane", "Selects in the other pane.",
        ("tab",), Group.SELECTING, _always, Mode.SELECT,
    ),
    Command(
        "select.supports", "Supports", "An excerpt that supports the claim.",
        ("s",), Group.SELECTING, _always, Mode.SELECT,
    ),
    Command(
        "select.refutes", "Refutes", "An excerpt that refutes the claim.",
        ("r",), Group.SELECTING, _always, Mode.SELECT,
    ),
    Command(
        "select.context", "Context", "An excerpt that gives context.",
        ("c",), Group.SELECTING, _always, Mode.SELECT,
    ),
    Command(
        "select.leave", "Leave", "One step back: the beginning, the words, the selection.",
        ("escape", "q"), Group.SELECTING, _always, Mode.SELECT,
    ),
)  # fmt: skip

BY_ID = {command.id: command for command in COMMANDS}

FOOTERS: dict[Mode, tuple[tuple[tuple[str, ...], str], ...]] = {
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
        (("claim.history",), "history"),
        (("queue.open",), "queue"),
        (("layout.zoom",), "zoom"),
        (("commands.open",), "commands"),
    ),
    Mode.SELECT: (
        (("select.leave",), "back"),
        (("select.supports",), "supports"),
        (("select.refutes",), "refutes"),
        (("select.context",), "context"),
        (("select.from_here",), "from here"),
        (("select.down", "select.up"), "line"),
        (("select.left", "select.right"), "word"),
        (("select.pane",), "pane"),
    ),
}
"""What the line of keys at the bottom says, the most needed first."""
