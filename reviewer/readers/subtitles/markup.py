"""What the subtitle formats write around words: tags, overrides, character references.

Only what a format defines is taken off; what merely looks like it stays and is named. Every
pattern is such that reading is linear in the length of the text.
"""

import html
import re
from collections.abc import Iterator

STYLE = re.compile(
    r"</?(?:b|i|u|s|em|strong|strike|font|span)(?:\s[^<>]*)?>"
    r"|\{\\[^{}]*\}|\{[YyCcFfSsPo]:[^{}]*\}",
    re.IGNORECASE,
)
"""SubRip: the tags of HTML that its players know, and the overrides of ASS and MicroDVD."""
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
LOOKS_LIKE_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,80}>")
REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
LOOSE_REFERENCE = re.compile(
    r"&(?:#\d{1,7}(?!\d)|#[xX][0-9a-fA-F]{1,6}(?![0-9a-fA-F])|[A-Za-z][A-Za-z0-9]{1,31});?"
)

VTT = re.compile(
    r"<(?P<time>\d+:[\d:.]+)>"
    r"|<(?P<close>/)?(?P<name>c|i|b|u|ruby|rt|v|lang)(?P<classes>\.[^<>\s]*)?(?P<said>\s[^<>]*)?>"
)
"""https://www.w3.org/TR/webvtt1/#webvtt-cue-text-tokenizer, for tags that it defines."""


def unescaped(text: str) -> str:
    """HTML's character references as characters; what is none stays."""
    return LOOSE_REFERENCE.sub(lambda match: html.unescape(match[0]), text)


def styled(text: str) -> tuple[str, bool, list[str]]:
    """The words of a SubRip text, whether styling was taken off, and what stayed and is odd."""
    bare = BREAK.sub("\n", STYLE.sub("", text))
    return bare, bare != text, left(bare, "SubRip")


def left(text: str, format_: str) -> list[str]:
    """What looks like markup that the format does not define, and was kept."""
    found = [m[0] for m in LOOKS_LIKE_TAG.finditer(text)]
    if format_ == "SubRip":
        found += [m[0] for m in REFERENCE.finditer(text) if html.unescape(m[0]) != m[0]]
    first = list(dict.fromkeys(found))[:3]
    return [f"it holds {', '.join(first)}, which {format_} does not define; kept"] if first else []


def voices(text: str) -> Iterator[tuple[str, str]]:
    """The words of a WebVTT cue, voice by voice: who speaks, and what.

    The timestamps, classes and languages of `<00:01.000>`, `<c.x>`, `<lang en>` are taken off.
    """
    speaker, at, said = "", 0, ""
    for match in VTT.finditer(text):
        said += unescaped(text[at : match.start()])
        at = match.end()
        if match["name"] != "v":
            continue
        if said:
            yield speaker, said
        said = ""
        speaker = "" if match["close"] else " ".join(unescaped(match["said"] or "").split())
    yield speaker, said + unescaped(text[at:])
