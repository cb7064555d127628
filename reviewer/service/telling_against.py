"""Rival accounts and competing hypotheses as sentences, for the log."""

from reviewer.insight.hypotheses import CLAIM, DECEPTION, GIVEN, LABELS, Rating
from reviewer.insight.rivals import rivalry
from reviewer.model.entry import Entry
from reviewer.service.spoken import ITEM, OF

SHORT = 48


def short(text: str) -> str:
    """The beginning of a text in quotation marks, or nothing."""
    words = " ".join(text.split())
    cut = words if len(words) <= SHORT else f"{words[: SHORT - 3]}..."
    return f'"{cut}"' if cut else ""


def rival(entry: Entry) -> str:
    """`c-1 and c-2 set against each other: the two exclude each other`."""
    both = f"{entry.data['about']} and {entry.data['key']}"
    value = entry.data.get("value")
    if value is None:
        return f"{both} no longer set against each other"
    return f"{both} set against each other: {rivalry(value).label}"


def hypothesis(entry: Entry) -> str:
    """`hypothesis on c-1: "He was wounded."`."""
    if entry.data.get("value") is None:
        return f"hypothesis on {entry.claim} taken away"
    said = entry.erased or short(entry.words.get("text", "")) or '""'
    return f"hypothesis on {entry.claim}: {said}"


def weighing(entry: Entry) -> str:
    """`inconsistent with "He was wounded." on c-1: "It was seen."`.

    The words are those that `spoken` found; without them both are named by their ids. How it was
    rated comes first: many ratings are of one item.
    """
    words = short(str(entry.data.get(ITEM, "")))
    item = f"on {entry.claim}: {words or 'excerpt ' + str(entry.data['about'])[:8]}"
    value, key = entry.data.get("value"), str(entry.data["key"])
    if key == DECEPTION:
        return f"{'' if value else 'no longer '}supposed to be deception {item}"
    known = short(str(entry.data.get(OF, ""))) or f"hypothesis {key[:8]}"
    against = "the claim itself" if key == CLAIM else known
    if value not in GIVEN:
        return f"rating against {against} taken back {item}"
    return f"{LABELS[Rating(str(value))]} with {against} {item}"
