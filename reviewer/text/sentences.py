"""Sentences of a text, in any language, as spans of it.

A sentence ends with a line, with the full stop of a script that needs no space behind it, or
with `.`, `!`, `?`, `…` before a space. Such a sign ends none where what follows begins with a
small letter, and a single full stop ends none behind an initial (`V. Gerasimov`), a known
abbreviation, or the number of a list. Between one sentence too many and one too few the rules
take the second: words cut from their sentence mislead. Decimals and dates hold no space.

The rules are those of the simple half of UAX #29 (https://unicode.org/reports/tr29/, SB rules)
with its advice on abbreviations; a library that knows each language by a model of its own would
have to be told the language, and the texts of a case mix them.
"""

import re

Span = tuple[int, int]

CLOSING = "\"'»”’)\\]」』）】》"
OPENING = "\"'«“„‘([「『（【《—–-"
END = re.compile(
    rf"\n+|[。！？｡]+[{CLOSING}]*|[.!?…؟۔।॥։።]+[{CLOSING}]*(?=\s|\Z)",
)
SPACES = re.compile(r"\s*")
LAST_WORD = re.compile(r"[^\W_]+\Z")
LOOKED_BACK = 24
"""Code points before a full stop in which the word stands that decides about it."""
ABBREVIATIONS = re.compile(
    "mr|mrs|ms|dr|prof|gen|maj|col|lt|capt|cpt|cmdr|sgt|brig|adm|sen|rep|gov|hon|rev|st|mt"
    "|vs|approx|est|dept|jan|feb|mar|apr|jun|jul|aug|sept|oct|nov|dec"
    "|гг|ст|ул|им|тыс|млн|млрд|руб|чел|тов|ген|полк|подп|кап|лейт|проф|акад|обл"
    "|вул|тис|грн|див|просп|hr|fr|bzw|ca|geb|mme|mlle|sr|sra|dra|mgr",
    re.IGNORECASE,
)
"""Titles, months, measures that come with a full stop, in the languages of the cases so far."""
NUMBERED = re.compile("nos?|nr|pp?|fig|vol|núm|pág|[гсрм]|стр|рис", re.IGNORECASE)
"""Words with a full stop that belong to a number behind them: `No. 5`, `с. 12`."""


def sentences(text: str) -> list[Span]:
    """The sentences of a text in order, without the white space around them."""
    found: list[Span] = []
    begin = 0
    for sign in END.finditer(text):
        if _ends(text, begin, sign):
            _add(found, text, begin, sign.end())
            begin = sign.end()
    _add(found, text, begin, len(text))
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))


def _ends(text: str, begin: int, sign: re.Match[str]) -> bool:
    """Whether a sign ends the sentence that begins at `begin`."""
    if sign[0][0] == "\n":
        return True
    behind = SPACES.match(text, sign.end())
    at = behind.end() if behind else sign.end()
    if "\n" in text[sign.end() : at]:
        return True
    while at < len(text) and text[at] in OPENING:
        at += 1
    if text[at : at + 1].islower():
        return False
    return sign[0] != "." or not _is_abbreviated(text, begin, sign.start(), text[at : at + 1])


def _is_abbreviated(text: str, begin: int, stop: int, next_: str) -> bool:
    """Whether the full stop at `stop` belongs to the word before it."""
    before = LAST_WORD.search(text, max(begin, stop - LOOKED_BACK), stop)
    if before is None:
        return False
    word = before[0]
    if word.isdecimal():
        return not text[begin : before.start()].strip()
    if len(word) == 1 and word.isupper():
        return True
    numbered = next_.isdecimal() and NUMBERED.fullmatch(word) is not None
    return numbered or ABBREVIATIONS.fullmatch(word) is not None
