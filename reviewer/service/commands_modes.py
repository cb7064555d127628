"""The commands while something other than reading has the keys: a selection, a list of offers."""

from __future__ import annotations

from reviewer.service.command import Command, Footer, Group, Mode
from reviewer.service.situation import never

SELECTING: tuple[Command, ...] = (
    Command(
        "select.down", "Down", "To the next line or sentence.",
        ("j", "down"), Group.SELECTING, never, Mode.SELECT,
    ),
    Command(
        "select.up", "Up", "To the line or sentence before.",
        ("k", "up"), Group.SELECTING, never, Mode.SELECT,
    ),
    Command(
        "select.right", "Right", "To the next word.",
        ("l", "right"), Group.SELECTING, never, Mode.SELECT,
    ),
    Command(
        "select.left", "Left", "To the word before.",
        ("h", "left"), Group.SELECTING, never, Mode.SELECT,
    ),
    Command(
        "select.from_here", "From here", "Fixes the beginning; moving then extends.",
        ("v",), Group.SELECTING, never, Mode.SELECT,
    ),
    Command(
        "select.pane", "Other pane", "Selects in the other pane.",
        ("tab",), Group.SELECTING, never, Mode.SELECT,
    ),
    Command(
        "select.supports", "Supports", "An excerpt that supports the claim.",
        ("s",), Group.SELECTING, never, Mode.SELECT,
    ),
    Command(
        "select.refutes", "Refutes", "An excerpt that refutes the claim.",
        ("r",), Group.SELECTING, never, Mode.SELECT,
    ),
    Command(
        "select.context", "Context", "An excerpt that gives context.",
        ("c",), Group.SELECTING, never, Mode.SELECT,
    ),
    Command(
        "select.leave", "Leave", "One step back: the beginning, the words, the selection.",
        ("escape", "q"), Group.SELECTING, never, Mode.SELECT,
    ),
)  # fmt: skip

SELECTING_FOOTER: Footer = (
    (("select.leave",), "back"),
    (("select.supports",), "supports"),
    (("select.refutes",), "refutes"),
    (("select.context",), "context"),
    (("select.from_here",), "from here"),
    (("select.down", "select.up"), "line"),
    (("select.left", "select.right"), "word"),
    (("select.pane",), "pane"),
)

OFFERED: tuple[Command, ...] = (
    Command(
        "likely.down", "Next offered", "To the next passage or claim of the list.",
        ("j", "down"), Group.OFFERED, never, Mode.LIKELY,
    ),
    Command(
        "likely.up", "Offered before", "To the passage or claim before.",
        ("k", "up"), Group.OFFERED, never, Mode.LIKELY,
    ),
    Command(
        "likely.page_down", "Page of offers down", "A page down in the list.",
        ("space", "pagedown"), Group.OFFERED, never, Mode.LIKELY,
    ),
    Command(
        "likely.page_up", "Page of offers up", "A page up in the list.",
        ("b", "pageup"), Group.OFFERED, never, Mode.LIKELY,
    ),
    Command(
        "likely.go", "Go there", "Puts the text beside the claim, or goes to the other claim.",
        ("enter",), Group.OFFERED, never, Mode.LIKELY,
    ),
    Command(
        "likely.supports", "Take as supporting", "Links the passage: it supports the claim.",
        ("s",), Group.OFFERED, never, Mode.LIKELY,
    ),
    Command(
        "likely.refutes", "Take as refuting", "Links the passage: it refutes the claim.",
        ("r",), Group.OFFERED, never, Mode.LIKELY,
    ),
    Command(
        "likely.context", "Take as context", "Links the passage: it gives context.",
        ("c",), Group.OFFERED, never, Mode.LIKELY,
    ),
    Command(
        "likely.refuse", "Do not offer again", "Never offers it to you on this claim again.",
        ("x",), Group.OFFERED, never, Mode.LIKELY,
    ),
    Command(
        "likely.other", "Passages or claims", "Likely passages, or similar claims.",
        ("tab",), Group.OFFERED, never, Mode.LIKELY,
    ),
    Command(
        "likely.undo", "Undo in the list", "Undoes your last recorded act, of any session.",
        ("u",), Group.OFFERED, never, Mode.LIKELY,
    ),
    Command(
        "likely.leave", "Close the list", "Stops the preparing, then closes the list.",
        ("q", "escape"), Group.OFFERED, never, Mode.LIKELY,
    ),
)  # fmt: skip

OFFERED_FOOTER: Footer = (
    (("likely.leave",), "close"),
    (("likely.go",), "go"),
    (("likely.supports",), "supports"),
    (("likely.refutes",), "refutes"),
    (("likely.context",), "context"),
    (("likely.refuse",), "refuse"),
    (("likely.other",), "claims"),
    (("likely.undo",), "undo"),
)
