"""`?` over the desk: what a screen is for, and what each of its keys does."""

from __future__ import annotations

from textual import events
from textual.screen import Screen

from reviewer.desk.cards import Rows, labelled, paragraph
from reviewer.desk.keys import key_of
from reviewer.desk.lists import TextScreen
from reviewer.service.command import Mode
from reviewer.service.commands import COMMANDS
from reviewer.service.keymap import Keymap, key_label

Keys = tuple[tuple[str, str], ...]

LIST: Keys = (("j k", "the row below, above; space b a page, g G the first, the last"),)
TEXT: Keys = (
    ("j k", "a line down, up; space b a page, g G to its beginning, its end"),
    ("q esc", "close"),
)
ENDS: Keys = (
    ("u", "undo your last recorded act"),
    ("q esc", "close; everything recorded is saved"),
)
HELPS: dict[str, tuple[str, Keys]] = {
    "RivalScreen": (
        "The claim and one that stands against it, side by side. What a verdict on one implies"
        " for the other is said here and sets nothing.",
        (
            ("j k r", "the next, the previous rival; r begins again behind the last"),
            ("enter", "go to the rival; o on the desk comes back"),
            ("a", "set another claim against this one: similar claims are offered"),
            ("tab", "how the two stand: both may be wrong, they exclude each other, one is true"),
            ("x", "take your own link back"),
            *ENDS,
        ),
    ),
    "MatrixScreen": (
        "After Heuer's Analysis of Competing Hypotheses: excerpts in rows, explanations in"
        " columns. The explanation with the least against it stands first. H1 is the claim"
        " itself, filled from the stances of its excerpts in small letters; what a reader rated"
        " stands in capitals, ? is not weighed. A ranking is no verdict.",
        (
            *LIST,
            ("h l", "the hypothesis to the left, to the right"),
            ("c i n", "the item is consistent, inconsistent, neutral with that hypothesis"),
            ("0", "take your rating back"),
            ("a", "add an explanation, five at most"),
            ("e", "word yours anew"),
            ("x", "take yours away"),
            ("d", "suppose that the item is deception: it is left out, D marks it"),
            ("apart", "column: how many pairs of explanations the item tells apart"),
            ("staged", "column: whether the ranking turns if the item is deception"),
            *ENDS,
        ),
    ),
    "FactsScreen": (
        "What is known of a call, and who says so. What the import brought is never changed:"
        " what you know stands beside it, with your name.",
        (
            *LIST,
            (
                "enter e",
                "type what you know; unknown: where you looked says that you do not either",
            ),
            ("i", "the chosen field whole"),
            *ENDS,
        ),
    ),
    "GapsScreen": (
        "What is not known: questions that nobody has answered, what calls leave open, sources"
        " without a grade.",
        (
            *LIST,
            ("tab", "this claim, or the whole case"),
            ("a", "add a question, and what would change the verdict"),
            ("m", "on a question: who was asked, and when"),
            ("r", "on a question: the answer"),
            ("x", "on a question: close it without an answer, or open it again"),
            ("e", "on a field of a call: type what you know"),
            ("A-F", "on a source: grade how reliable it is"),
            ("enter", "the chosen one whole"),
            *ENDS,
        ),
    ),
    "HistoryScreen": (
        "What was recorded, the newest first. Nothing here was ever changed: undoing and"
        " withdrawing add to it.",
        (
            *LIST,
            ("/", "narrow it to words; esc shows all"),
            ("tab", "this claim, or the whole case"),
            (
                "enter",
                "the chosen entry whole; of a verdict also what changed since the one before",
            ),
            ("o", "go to its claim"),
            ("u", "undo the chosen act, if it is yours and in force"),
            ("E", "erase its words for good; it asks first"),
            ("q esc", "close"),
        ),
    ),
    "OriginsScreen": (
        "On whose word the claim rests: its excerpts by who first held the information. Sources"
        " with one origin are one witness.",
        (
            *LIST,
            ("e", "say whose word the chosen excerpt's text is"),
            ("s", "say whose word everything of its source is"),
            *ENDS,
        ),
    ),
    "ReadingsScreen": (
        "Readings that differ, side by side over their evidence; claims furthest apart first."
        " Both readings stay, and the dissent is exported.",
        (
            ("a b ...", "agree with that reading"),
            ("1-9", "a verdict of your own, with its reason"),
            ("s", "send the claim back to its readers with a question"),
            ("j k", "the next, the previous claim"),
            ("J K", "a line of the evidence down, up; space b a page"),
            ("o", "open the claim on the desk"),
            *ENDS,
        ),
    ),
    "EstimateScreen": (
        "The words of ICD 203 for your verdict: how likely it is that the claim is true, and how"
        " well founded that is. Never both in one sentence.",
        (
            ("1-7", "a likelihood"),
            ("h m l", "high, moderate, low confidence"),
            ("0", "neither"),
            ("enter", "record what is chosen"),
            ("q esc", "close and record nothing"),
        ),
    ),
    "CardScreen": (
        "The claim, the chosen excerpt and the texts on the desk, with where each came from. A"
        " letter or a digit grades the text that the title names, and is recorded at once.",
        (
            ("A-F", "how reliable its source is; F: cannot be judged"),
            ("1-6", "how credible what it says on this claim is; 6: cannot be judged"),
            ("tab", "the other text"),
            ("e", "what is known of the call: add what you know"),
            ("u", "undo your last recorded act"),
            *TEXT,
        ),
    ),
    "SummaryScreen": (
        "What you did since you opened the case, and what is left; behind tab how far the readers"
        " of the case agree.",
        (("tab", "the sitting, or how far readers agree"), *TEXT),
    ),
    "QueueScreen": (
        "The claims of the filter in their order. The sign before a claim is your verdict's key,"
        " or the state of work on it; the line below the list says which.",
        (*LIST, ("enter", "go to the claim"), ("q esc a", "close")),
    ),
    "TextScreen": ("A text to read.", TEXT),
}
"""By the name of the class: a screen is imported by the first who opens it."""
LIKELY = "LikelyScreen"
ABOUT_LIKELY = (
    "Passages that share words with the claim and are not linked to it, or claims that are like"
    " it: the most alike first. None of them is evidence until you take it."
)


def help_of(front: Screen[object]) -> HelpScreen | None:
    """What is told of a screen; None of one that has its own way, or is told already."""
    if isinstance(front, HelpScreen):
        return None
    name = type(front).__name__
    if name == LIKELY:
        from reviewer.desk.likely import LikelyScreen

        keymap = front.keymap if isinstance(front, LikelyScreen) else None
        return HelpScreen(ABOUT_LIKELY, _offered(keymap)) if keymap else None
    return HelpScreen(*HELPS[name]) if name in HELPS else None


def _offered(keymap: Keymap) -> Keys:
    """The keys of the likely passages, which a reader may have given to others."""
    commands = [one for one in COMMANDS if one.mode is Mode.LIKELY]
    return tuple((" ".join(map(key_label, keymap.keys_of(one))), one.help) for one in commands)


class HelpScreen(TextScreen):
    """What a screen is for and its keys; `?` closes it too."""

    def __init__(self, about: str, keys: Keys) -> None:
        super().__init__("Keys of this screen", lambda width: _page(about, keys, width))
        self.helped = False

    def take_key(self, event: events.Key) -> bool:
        """Scroll or close."""
        if key_of(event) == "?":
            self.dismiss(None)
            return True
        return super().take_key(event)


def _page(about: str, keys: Keys, width: int) -> Rows:
    return [*paragraph(about, width), [], *labelled(keys, width)]
