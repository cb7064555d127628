"""Rival accounts and competing hypotheses as sentences, for the log."""

from reviewer.insight.hypotheses import CLAIM, DECEPTION, GIVEN, LABELS, Rating
from reviewer.insight.rivals import rivalry
from reviewer.model.entry import Entry

SHORT = 60


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
    words = " ".join(entry.words.get("text", "").split())
    short = words if len(words) <= SHORT else f"{words[: SHORT - 3]}..."
    said = entry.erased or f'"{short}"'
    return f"hypothesis on {entry.claim}: {said}"


def weighing(entry: Entry) -> str:
    """`excerpt 0a1b2c3d on c-1: inconsistent with hypothesis 4d5e`."""
    item = f"excerpt {str(entry.data['about'])[:8]} on {entry.claim}"
    value, key = entry.data.get("value"), str(entry.data["key"])
    if key == DECEPTION:
        return f"{item}: {'supposed' if value else 'no longer supposed'} to be deception"
    against = "the claim itself" if key == CLAIM else f"hypothesis {key[:8]}"
    if value not in GIVEN:
        return f"{item}: rating against {against} taken back"
    return f"{item}: {LABELS[Rating(str(value))]} with {against}"
