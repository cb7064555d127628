"""The language that the name of a file ends with: `talk.uk.srt`, `talk-eng.txt`, `talk_rus.vtt`."""

import re

from reviewer.readers.given import SIDE, Given
from reviewer.readers.languages import TAGS, bcp47

TAGGED = re.compile(
    r".+(?P<mark>[-_.])(?P<tag>[A-Za-z]{2,3}(?:-(?:[A-Z]{2}|[A-Z][a-z]{3}))?)(?:\.(?:sdh|cc|forced))?"
)
KNOWN = frozenset((*TAGS, *(tag.partition("-")[0] for tag in TAGS.values())))
WORDS = frozenset(["be", "he", "hi", "id", "is", "it", "no", "per", "may", "geo", "est", "mac"])
"""Tags that are words too: only behind a dot they say a language."""


def language_of(given: Given) -> str:
    """The language that a file's name says, as BCP 47 has it, or nothing; a remark says so."""
    match = TAGGED.fullmatch(SIDE.sub("", given.path.stem))
    tag = match["tag"] if match else ""
    plain = tag.partition("-")[0].lower()
    if not match or plain not in KNOWN or (match["mark"] != "." and plain in WORDS):
        return ""
    found = bcp47(tag) if "-" in tag else bcp47(plain)
    said = f"its language is {found}, as its name says"
    if said not in given.remarks:
        given.remarks.append(said)
    return found
