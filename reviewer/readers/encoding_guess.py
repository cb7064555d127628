"""Guessing which of the older encodings a text is in, from its bytes and its language.

What comes out is a guess and is always said to be one. charset-normalizer is good at long
texts. Of a few words it makes anything: so short ones are looked at for what people write most,
Cyrillic words or Latin ones with a few marked letters in them.
"""

import re
from collections.abc import Sequence

GUESSES = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1255", "cp1256", "koi8_r", "koi8_u",
    "iso8859_2", "iso8859_5", "cp866", "gb18030", "big5", "shift_jis", "euc_kr", "euc_jp",
)  # fmt: skip
CYRILLIC = ("cp1251", "koi8_u", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")
MAC = "mac_cyrillic"
CENTRAL = ("cp1250", "iso8859_2")
BY_LANGUAGE = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "kk", "ky", "tg", "mn", "tt"), CYRILLIC),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq"), CENTRAL),
    "sr": (*CYRILLIC, *CENTRAL),
    **dict.fromkeys(
        ("en", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "no", "nb", "fi", "is", "ca"),
        ("cp1252",),
    ),
    "el": ("cp1253",), "tr": ("cp1254",), "he": ("cp1255",), "ar": ("cp1256",), "fa": ("cp1256",),
    "lt": ("cp1257",), "lv": ("cp1257",), "et": ("cp1257", "cp1252"),
    "zh-hans": ("gb18030",), "zh-cn": ("gb18030",), "zh-hant": ("big5",), "zh-tw": ("big5",),
    "zh": ("gb18030", "big5"), "ja": ("shift_jis", "euc_jp"), "ko": ("euc_kr",),
}  # fmt: skip
"""The encodings that a language was written in, the likeliest first."""

SHORT = 200
"""So many bytes that are not ASCII are too few for statistics."""
FEW = 24
FEWEST = 3
WORDS = re.compile(r"[^\W\d_]+")
OF_CYRILLIC = re.compile(r"[\u0400-\u045f\u0490\u0491]+")
USUAL = frozenset("оеаинтсрвлкмдпуяіь")
"""Two letters of three are among these in the languages that are written in Cyrillic."""
WELL_FORMED = re.compile(r"[^\W\d_a-zа-яёіїєґ]?[a-zа-яёіїєґўђјљњћџѓѕќ]*|[A-ZА-ЯЁІЇЄҐ]+")
MIXED = re.compile(r"[A-Za-z][\u0400-\u0491]|[\u0400-\u0491][A-Za-z]")
SIGNS = frozenset("\u00ab\u00bb\u2014\u2013\u2026\u2116\u201e\u201c\u201d\u2019\u2018\u00a0\u00b0")
"""What stands in Cyrillic texts beside letters."""
OF_CP1250 = re.compile(
    "[A-Za-z\u00c0-\u00ff][\u00b9\u00b3\u00bf\u00be\u00ba\u0161\u017e][a-z\u00e0-\u00ff\u00b9\u00b3]"
    "|\\b[\u0160\u0161\u017d\u017e][a-z\u00e0-\u00ff]"
)
"""What as cp1252 makes no word, and as cp1250 does: a raised number within one, say."""
OF_LATIN2 = re.compile(
    "[A-Za-z\u00c0-\u00ff][\u00b1\u00b6\u00a6\u00bc][a-z\u00e0-\u00ff\u00b1\u00b3]"
)
"""What does so as ISO 8859-2: signs for which cp1250 has no letters either."""
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd]")
MOST_CONTROLS = 0.02


def guessed(sample: bytes, language: str = "") -> str:
    """The likeliest encoding of a text, or nothing where it makes sense in none.

    Args:
        sample: lines of it that are not ASCII.
        language: the tag of its language, where a person said it.
    """
    tag = language.casefold()
    hinted = BY_LANGUAGE.get(tag) or BY_LANGUAGE.get(tag.split("-")[0], ())
    high = sum(byte > 0x7F for byte in sample[: SHORT * 50])
    name = ""
    if high < SHORT or set(hinted) & set(CYRILLIC):
        name = _cyrillic(sample, fewest=1 if hinted else FEWEST)
    elif _cyrillic(sample, SHORT) == MAC:
        # Any bytes are letters there, so that statistics would find it in what is no text.
        name = MAC
    if not name or (hinted and name not in hinted):
        name = _by_statistics(sample, hinted or GUESSES) or _first_that_fits(sample, hinted)
        name = name if hinted else _rather_western(sample, name, high)
    return name if name and _makes_sense(sample, name) else ""


def _by_statistics(sample: bytes, names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(names), threshold=0.4).best()
    return best.encoding if best else ""


def _first_that_fits(sample: bytes, names: Sequence[str]) -> str:
    return next((name for name in names if _makes_sense(sample, name)), "")


def _cyrillic(sample: bytes, fewest: int) -> str:
    """The encoding that makes Cyrillic words of nearly all letters, if there is one."""
    found = [(_as_cyrillic(sample, name, fewest), -n, name) for n, name in enumerate(CYRILLIC)]
    share, _, name = max(found)
    both = {one for share, _, one in found if share >= 0.8} >= {"cp1251", MAC}
    if name == "cp1251" and both and _usual(sample, MAC) > _usual(sample, name):
        # Nearly all small letters are the same in both: the capitals and і are not.
        return MAC
    return name if share >= 0.8 else ""


def _usual(sample: bytes, name: str) -> int:
    """How many usual letters stand in the well-formed Cyrillic words of a text."""
    words = OF_CYRILLIC.findall(sample.decode(name, "replace"))
    return sum(
        letter.casefold() in USUAL
        for word in words
        if WELL_FORMED.fullmatch(word)
        for letter in word
    )


def _as_cyrillic(sample: bytes, name: str, fewest: int) -> float:
    """How much of a text in this encoding is Cyrillic words of usual letters."""
    text = sample.decode(name, "replace")
    words = OF_CYRILLIC.findall(text)
    letters = "".join(words)
    others = sum(c > "\x7f" and c not in SIGNS for c in text) - len(letters)
    if len(letters) < fewest or len(letters) < 10 * (others + len(MIXED.findall(text))):
        return 0.0
    # Koi8 and cp1251 have small letters where the other has capitals, and few shout.
    well = sum(
        len(word) * (0.9 if len(word) > 1 and word.isupper() else 1.0)
        for word in words
        if WELL_FORMED.fullmatch(word)
    ) / len(letters)
    usual = sum(letter.casefold() in USUAL for letter in letters) / len(letters)
    return well * min(1.0, usual / 0.55)


def _rather_western(sample: bytes, name: str, high: int) -> str:
    """Western where only a few marked letters stand among Latin ones.

    The letters of German are in the same places in cp1250 and cp1252, most of French are not:
    what is no Polish, Czech or Croatian word is taken for the commoner of the two.
    """
    western = sample.decode("cp1252", "replace")
    latin = len(re.findall("[A-Za-z]", western))
    few = high < FEW and latin > 2 * high
    if name in (*CENTRAL, "cp1252") or few:
        if OF_LATIN2.search(western):
            return "iso8859_2"
        return "cp1250" if OF_CP1250.search(western) else "cp1252"
    return name


def _makes_sense(sample: bytes, name: str) -> bool:
    """Whether hardly any of it are control characters or no characters at all."""
    text = sample.decode(name, "replace")
    odd = len(CONTROLS.findall(text))
    return odd <= MOST_CONTROLS * max(1, sum(c > "\x7f" for c in text))
