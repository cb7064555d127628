"""Grades, facts of a call and questions as sentences, for the log."""

from reviewer.model.entry import Entry
from reviewer.model.grades import base, label
from reviewer.model.intercepts import PARTS
from reviewer.service.spoken import OF

SHORT = 36


def grade(entry: Entry) -> str:
    """A grade: `source gur graded B, usually reliable`."""
    about, value = entry.data.get("about"), entry.data.get("value")
    key = base(str(entry.data.get("key")))
    on = f" on {entry.claim}" if entry.claim else ""
    what = f"source {about}" if key == "source" else f"what {about} says{on}"
    return f"grade of {what} taken back" if value is None else f"{what} graded {label(key, value)}"


def card(entry: Entry) -> str:
    """What a reader knows of a call: `card of call-1, cuts: two`."""
    about, key, value = (entry.data.get(name) for name in ("about", "key", "value"))
    name = PARTS.get(str(key), str(key))
    said = "taken back" if value is None else _short(entry, "said") or str(value)
    if value == "unknown" and said != "unknown":
        said = f"unknown: {said}"
    return f"card of {about}, {name[:1].lower()}{name[1:]}: {said}"


def question(entry: Entry) -> str:
    """A question, who was asked, or what was answered: by its words, where `spoken` found them."""
    key, _, part = str(entry.data.get("key", "")).partition("/")
    words = _cut(str(entry.data.get(OF, ""))) if part else ""
    named = f'"{words}"' if words else key
    on = f"question {named} on {entry.claim}"
    if entry.data.get("value") is None:
        return f"{part.partition('/')[0]}{' of ' if part else ''}{on} taken back"
    match part.partition("/")[0]:
        case "":
            return f"{on}: {_short(entry, 'question')}"
        case "asked":
            at = entry.data.get("asked_at")
            return f"{on} asked of {_short(entry, 'asked')}{f', {at}' if at else ''}"
        case "answer":
            return f"{on} answered: {_short(entry, 'answer')}"
        case _:
            return f"{on}: {entry.data['value']}"


def _short(entry: Entry, name: str) -> str:
    if entry.erased:
        return entry.erased
    return _cut(entry.words.get(name, ""))


def _cut(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= SHORT else text[: SHORT - 3] + "..."
