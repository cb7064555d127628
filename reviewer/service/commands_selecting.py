"""The commands of a selection: they have the keys while words are being selected."""

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
