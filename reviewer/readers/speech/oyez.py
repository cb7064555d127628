"""Oyez (api.oyez.org): oral arguments of the Supreme Court of the United States.

`transcript.sections[].turns[].text_blocks[]`; each turn has its speaker with all their roles.
"""

import re
from datetime import datetime

from reviewer.readers.speech.engine import Engine
from reviewer.readers.speech.values import listed, seconds, span, table, text, timecode
from reviewer.readers.transcript import Cue, Transcript

HELD_ON = re.compile(r"([A-Z][a-z]+ \d{1,2}, \d{4})\Z")
DOCKET = re.compile(r"/case_data/(\d{4})/([^/]{1,40})/")


def _fits(value: object) -> bool:
    sections = listed(table(table(value).get("transcript")).get("sections"))
    turns = listed(table(sections[0]).get("turns")) if sections else []
    return bool(turns) and isinstance(table(turns[0]).get("text_blocks"), list)


def _parse(value: object) -> Transcript:
    raw = table(value)
    transcript = table(raw.get("transcript"))
    links = [text(table(one).get("href")) for one in listed(raw.get("media_file"))]
    out = Transcript(
        [],
        title=_title(text(transcript.get("title")), text(raw.get("title")), links),
        date=_date(text(raw.get("title"))),
        language="en",
        url=next(filter(None, links), ""),
        source="Oyez",
    )
    marks = [_section(section, n, out) for n, section in _numbered(transcript.get("sections"))]
    out.note = " ".join([_said(marks), *_warnings(raw)]).strip()
    return out


def _title(case: str, session: str, links: list[str]) -> str:
    docket = next(filter(None, map(DOCKET.search, links)), None)
    named = f" (No. {docket[2]}, {docket[1]} term)" if docket and case else ""
    return ": ".join(filter(None, [case + named, session]))


def _date(session: str) -> str:
    match = HELD_ON.search(session)
    try:
        return datetime.strptime(match[1], "%B %d, %Y").date().isoformat() if match else ""
    except ValueError:
        return ""


def _section(section: object, n: int, out: Transcript) -> str:
    """Take a section's blocks in; say where it begins."""
    raw = table(section)
    begin = len(out.cues) + 1
    for m, turn in _numbered(raw.get("turns")):
        where = f"section {n}, turn {m}"
        one = table(turn)
        voice = _speaker(table(one.get("speaker")), out)
        blocks = listed(one.get("text_blocks"))
        if not blocks:
            out.refused.append((where, turn, "it holds no text"))
        for k, block in enumerate(blocks, start=1):
            said = table(block).get("text")
            if not isinstance(said, str):
                out.refused.append((f"{where}, block {k}", block, "it holds no text"))
                continue
            start, end, note = span(table(block).get("start"), table(block).get("stop"), seconds)
            out.cues.append(Cue(said, start, end, voice, note=note))
    start, _, _ = span(raw.get("start"), None, seconds)
    time = "" if start is None else f" ({timecode(start)})"
    return f"{n} at segment {begin}{time}"


def _speaker(raw: dict[str, object], out: Transcript) -> str:
    """The speaker's name; with the key of Oyez where two bear one name."""
    key, name = text(raw.get("identifier")), text(raw.get("name"))
    roles = [text(table(role).get("role_title")) for role in listed(raw.get("roles"))]
    said = ", ".join(filter(None, dict.fromkeys(roles)))
    known = f"named by Oyez{' as ' if said else ''}{said}"
    voice = name or key
    if voice and out.speakers.setdefault(voice, (name, known)) != (name, known):
        voice = f"{voice} ({key})"
        out.speakers.setdefault(voice, (name, known))
    return voice


def _said(marks: list[str]) -> str:
    if not marks:
        return ""
    count = "1 section" if len(marks) == 1 else f"{len(marks)} sections"
    return f"The transcript has {count}: {'; '.join(marks)}."


def _warnings(raw: dict[str, object]) -> list[str]:
    return [
        f"Oyez says: {key.replace('_', ' ')}: {raw[key]}."
        for key in ("unavailable", "damaged", "public_note")
        if raw.get(key)
    ]


def _numbered(value: object) -> list[tuple[int, object]]:
    return list(enumerate(listed(value), start=1))


ENGINES = (Engine("oyez", "an oral argument of Oyez (JSON)", _fits, _parse),)
