"""The commands within lists that open over the desk: the likely passages, the history."""

from __future__ import annotations

from reviewer.service.command import Command, Footer, Group, Mode
from reviewer.service.situation import never

LISTS: tuple[Command, ...] = (
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
    Command(
        "history.down", "Next record", "To the next entry of the history, an older one.",
        ("j", "J", "down"), Group.RECORDED, never, Mode.HISTORY,
    ),
    Command(
        "history.up", "Record before", "To the entry above.",
        ("k", "K", "up"), Group.RECORDED, never, Mode.HISTORY,
    ),
    Command(
        "history.page_down", "Page of records down", "A page down in the history.",
        ("space", "pagedown"), Group.RECORDED, never, Mode.HISTORY,
    ),
    Command(
        "history.page_up", "Page of records up", "A page up in the history.",
        ("b", "pageup"), Group.RECORDED, never, Mode.HISTORY,
    ),
    Command(
        "history.first", "Newest record", "To the newest entry.",
        ("g", "home"), Group.RECORDED, never, Mode.HISTORY,
    ),
    Command(
        "history.last", "Oldest record", "To the last entry listed; older ones come in below it.",
        ("G", "end"), Group.RECORDED, never, Mode.HISTORY,
    ),
    Command(
        "history.search", "Narrow the history",
        "Shows the entries with these words: of a reader, a day, a verb, a note.",
        ("/",), Group.RECORDED, never, Mode.HISTORY,
    ),
    Command(
        "history.other", "Claim or case", "The history of the claim, or of the whole case.",
        ("tab",), Group.RECORDED, never, Mode.HISTORY,
    ),
    Command(
        "history.whole", "Tell it whole", "The chosen entry with all its words and its id.",
        ("enter",), Group.RECORDED, never, Mode.HISTORY,
    ),
    Command(
        "history.go", "Go to its claim", "To the claim that the chosen entry is about.",
        ("o",), Group.RECORDED, never, Mode.HISTORY,
    ),
    Command(
        "history.undo", "Undo this act", "Undoes the chosen act, if it is yours and in force.",
        ("u",), Group.RECORDED, never, Mode.HISTORY,
    ),
    Command(
        "history.erase", "Erase its words",
        "Erases the chosen entry's words for good, after a question; it asks why.",
        ("E",), Group.RECORDED, never, Mode.HISTORY,
    ),
    Command(
        "history.leave", "Close the history", "Closes the history; esc ends a search first.",
        ("q", "escape", "t"), Group.RECORDED, never, Mode.HISTORY,
    ),
)  # fmt: skip

LIST_FOOTERS: dict[Mode, Footer] = {
    Mode.LIKELY: (
        (("likely.leave",), "close"),
        (("likely.go",), "go"),
        (("likely.supports",), "supports"),
        (("likely.refutes",), "refutes"),
        (("likely.context",), "context"),
        (("likely.refuse",), "refuse"),
        (("likely.other",), "claims"),
        (("likely.undo",), "undo"),
    ),
    Mode.HISTORY: (
        (("history.search",), "search"),
        (("history.other",), "whole case"),
        (("history.whole",), "whole"),
        (("history.go",), "claim"),
        (("history.undo",), "undo"),
        (("history.erase",), "erase"),
        (("history.leave",), "close"),
    ),
}
