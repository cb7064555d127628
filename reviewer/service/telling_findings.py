"""Findings and adjudications of the ledger as sentences, for the log."""

from reviewer.model.entry import Entry, Kind
from reviewer.model.scale import Scale


def finding(entry: Entry, scale: Scale) -> str:
    """What a finding or an adjudication recorded, in a few words."""
    if entry.kind == Kind.ADJUDICATE:
        return f"{entry.claim} adjudicated: {scale.label(str(entry.data['value']))}"
    about = str(entry.data.get("about", "") or entry.claim or "the case")
    value = entry.data.get("value")
    key = str(entry.data.get("key", ""))
    said = "taken back" if value is None else str(value)
    return f"{entry.kind.replace('_', ' ')} of {about}{f', {key}' if key else ''}: {said}"
