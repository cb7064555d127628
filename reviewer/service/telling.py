"""Entries of the ledger as sentences."""

from reviewer.model.clock import day, is_day, long_day
from reviewer.model.entry import FINDINGS, Entry, Kind
from reviewer.model.judgements import LogLine
from reviewer.model.scale import Scale
from reviewer.service.telling_findings import finding, grounds_of

SHORT = 36
SAID = ("note", "reason", "why")
"""The words of an entry that a reader wrote, by where they stand."""
WHOLE = (Kind.CARD, Kind.QUESTION)
"""The kinds of which all words are told."""
FLAGGED = {
    str(Kind.SET_ASIDE): ("back in the queue", "set aside"),
    str(Kind.MARK): ("no longer marked", "marked"),
}


def log_line(
    entry: Entry,
    reader: str,
    scale: Scale,
    *,
    undone: bool,
    target: Entry | None,
    whose: str = "",
) -> LogLine:
    """An entry told for people.

    Args:
        entry: what to tell.
        reader: its reader's name.
        scale: the case's verdict values.
        undone: whether it is undone.
        target: for an undo, a redo or a redaction, the entry that it is about.
        whose: the name of that entry's reader.
    """
    said = next((entry.words[key] for key in SAID if entry.words.get(key)), "")
    if entry.kind in WHOLE:
        said = "\n".join(entry.words.values())
    return LogLine(
        id=entry.id,
        at=entry.at,
        reader=reader,
        kind=entry.kind,
        claim=entry.claim,
        sentence=_sentence(entry, scale, target, whose),
        undone=undone,
        words=said or str(entry.data.get("exact", "")),
        erased=entry.erased,
    )


def _sentence(entry: Entry, scale: Scale, target: Entry | None, whose: str) -> str:
    match entry.kind:
        case Kind.UNDO | Kind.REDO:
            verb = "undid" if entry.kind == Kind.UNDO else "redid"
            return f"{verb}: {what(target, scale) if target else 'an act'}"
        case Kind.REDACT:
            on = f" on {entry.claim}" if entry.claim else ""
            of = f" of {whose}" if whose else ""
            words = entry.erased or _short(entry.words.get("why", ""))
            why = f", because: {words}" if words else ""
            return f"erased the {entry.data['erased']}{of}{on} for good{why}"
        case _:
            return what(entry, scale)


def what(entry: Entry, scale: Scale) -> str:
    """What an act did, in a few words: `verdict unverified on c-01, with a note`."""
    on = f" on {entry.claim}"
    match entry.kind:
        case Kind.ENROL:
            return _enrolled(entry)
        case Kind.VERDICT:
            note = ", with a note" if entry.words.get("note") else ""
            note = f", with a note {entry.erased}" if entry.erased else note
            label = scale.label(str(entry.data["value"]))
            return f"verdict {label}{on}{_dated(entry)}{note}{grounds_of(entry)}"
        case Kind.WITHDRAW:
            return f"verdict{on} withdrawn"
        case Kind.NOTE:
            words = entry.erased or entry.words.get("note", "")
            words = entry.erased or _short(words)
            return f"note{on}: {words}" if words else f"note{on} removed"
        case Kind.SET_ASIDE | Kind.MARK:
            return f"{entry.claim} {FLAGGED[entry.kind][bool(entry.data.get('on'))]}"
        case Kind.LINK:
            stance, exact = entry.data["stance"], _short(str(entry.data["exact"]))
            return f'{stance} excerpt{on}: "{exact}"'
        case Kind.UNLINK:
            return f'excerpt{on} taken back: "{_short(str(entry.data["exact"]))}"'
        case Kind.DISMISS:
            return f'not offered again{on}: "{_short(str(entry.data["exact"]))}"'
        case kind if kind in FINDINGS or kind in (Kind.ADJUDICATE, Kind.REOPEN):
            return finding(entry, scale)
        case _:
            return f"{entry.kind}{on}"


def _dated(verdict: Entry) -> str:
    as_of = verdict.data.get("as_of")
    if not isinstance(as_of, str) or not is_day(as_of) or as_of == day(verdict.at):
        return ""
    return f" as of {long_day(as_of)}"


def _enrolled(entry: Entry) -> str:
    key = str(entry.data.get("key", ""))
    name = f"joined the case{f' under a name {entry.erased}' if entry.erased else ''}"
    return f"bound the name to the key {_key(key)}" if key else name


def _key(line: str) -> str:
    from reviewer.model.signing import blob_of, fingerprint

    try:
        return fingerprint(blob_of(line))
    except ValueError:
        return "that cannot be read"


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= SHORT else one_line[: SHORT - 3] + "..."
