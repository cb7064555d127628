"""Keys under which the same name is found in other alphabets and spellings.

Two words of one key are looked for as one: Герасимов, Герасімов and Gerasimov; Харків,
Харьков, Kharkiv and Kharkov; Зеленский, Зеленський, Zelensky, Zelenskyi and Zelenskyy. A key
is for looking up and never shown: it decides what is found, never that two are the same.

**Why a table of our own.** Libraries romanise for people to read, by one standard and for a
text of one known language; a case mixes languages and its Latin spellings follow every
standard there is, so whatever they return must be folded as below anyway. Of those tried on
Ukrainian, Russian, Belarusian, Serbian, Arabic, Hebrew and Chinese: `cyrtranslit` and
`transliterate` ask for the language and leave the letters of the others as they are (Харкiв
keeps its і as Russian, Герасимов becomes Herasymov as Ukrainian); `iuliia` knows Russian and
Uzbek; `Unidecode` (GPL) and `anyascii` know every letter, but make Київ `Kiyiv` or `Kiiv`, drop
the vowels of Arabic and Hebrew for good and give each Chinese character one of its readings,
which joins words that have nothing in common. What is left of them for our use is a table of
the fifty letters of the Cyrillic alphabets, which is `CYRILLIC`.

Arabic and Hebrew keep their own letters, without vowel marks and in one form each; Greek,
Georgian, Armenian and all others keep theirs. Scripts that put no spaces between words are cut
into pairs of characters, so that any part of them is found.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "ѓ": "g", "д": "d", "ђ": "di",
        "е": "e", "ё": "e", "є": "e", "ж": "zh", "з": "z", "ѕ": "dz", "и": "i", "і": "i",
        "ї": "i", "й": "i", "ј": "i", "к": "k", "ќ": "k", "л": "l", "љ": "li", "м": "m",
        "н": "n", "њ": "ni", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "ch",
        "у": "u", "ў": "v", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "џ": "dzh", "ш": "sh",
        "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia", "ғ": "g",
        "қ": "k", "ң": "n", "ө": "o", "ү": "u", "ұ": "u", "һ": "h", "ә": "a", "ѣ": "e",
    }
)  # fmt: skip
"""Cyrillic letters of all the languages that use them, as the folding below leaves Latin."""
LATIN = str.maketrans(
    {
        "š": "sh", "ş": "sh", "ș": "sh", "ś": "sh", "č": "ch", "ć": "ch", "ç": "ch", "ž": "zh",
        "ż": "zh", "ź": "z", "đ": "di", "ð": "d", "þ": "t", "ł": "l", "ø": "o", "æ": "e",
        "œ": "e", "ß": "s", "ı": "i", "ə": "a", "ŭ": "v", "w": "v", "x": "ks", "q": "k",
    }
)  # fmt: skip
LETTER_FORMS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و",
        "ة": "ه", "ک": "ك", "ـ": "",
        "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
    }
)  # fmt: skip
SPELLINGS = (
    ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("cz", "ch"), ("tz", "ts"), ("ck", "k"),
    ("ph", "f"), ("gh", "g"),
)  # fmt: skip
HARD_C = re.compile("c(?![heiyj])")
KH_OR_H = re.compile("(?<![ckpstzg])h")
LONE_H = re.compile("(?<![ckpstz])h")
GLIDES = (("ye", "e"), ("je", "e"), ("y", "i"), ("j", "i"))
DOUBLED = re.compile(r"(.)\1+")
"""How the spellings of one sound are made one in words of a to z; see `spelled_alike`."""
ENDINGS = re.compile(
    r"(?<=\w{4})(?:iami|iakh|ogo|omu|imi|ami|ikh|akh|iam|aia|uiu|oiu|am|om|em|im|oi|ei|oe|ee|ou"
    r"|iu|ia|ie|[aeious])\Z"
)
"""Endings of cases, genders and numbers, as they are in a key; at least four letters stay."""

UNSPACED = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f"
    "\u1780-\u17ff\U00020000-\U0003ffff"
)
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
)
UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
BRAHMIC = "\u0900-\u0963\u0966-\u0dff"
APOSTROPHES = "'\u2019\u02bc"
LETTER = rf"[^\W_{UNSPACED}]"
GROUPED = r"\d{1,3}(?:[,.\u00a0\u2009\u202f ]\d{3})+(?!\d)"
NUMBER = re.compile(rf"\d+|{GROUPED}")
WORD = re.compile(
    rf"{GROUPED}|[{UNSPACED}]+|(?:{LETTER}|[{BRAHMIC}])+"
    rf"(?:(?:[{MARKS}{UNSEEN}{BRAHMIC}]+|[{APOSTROPHES}](?=[^\W\d_])){LETTER}*)*"
)
ASCII_WORD = re.compile(
    r"\d{1,3}(?:[,. ]\d{3})+(?!\d)|[a-z0-9]+(?:'(?=[a-z])[a-z0-9]*)*", re.ASCII | re.IGNORECASE
)
"""The same, for a text that has nothing else: most of the time of an index goes here."""
DROPPED = re.compile(f"[{MARKS}{UNSEEN}{APOSTROPHES}]|[{APOSTROPHES}]s\\Z")
ALL_UNSPACED = re.compile(f"[{UNSPACED}]+")
NOT_DIGIT = re.compile(r"\D")
NOT_WORD = re.compile(r"[\W_]")
LONGEST = 64
CACHED = 65_536


class Word(NamedTuple):
    """A word of a text: where it stands, in code points, and its key."""

    start: int
    end: int
    key: str


def words(text: str) -> Iterator[Word]:
    """The words of a text with their keys; a script without spaces is cut into pairs.

    The last character of such a run stands alone too, so that it is found by itself.
    """
    for found in WORD.finditer(text):
        start, end = found.span()
        if not found[0].isascii() and is_unspaced(found[0]):
            for at in range(start, end):
                yield Word(at, min(at + 2, end), _plain(text[at : min(at + 2, end)]))
        elif key := key_of(found[0]):
            yield Word(start, end, key)


def keys(text: str) -> list[str]:
    """The keys of a text's words alone, in their order."""
    if text.isascii():
        # Numbers are many and each is rare: they would push the words out of the cache.
        given = ASCII_WORD.findall(text)
        return [key for w in given if (key := w[:LONGEST] if w.isdecimal() else key_of(w))]
    found = []
    for word in WORD.findall(text):
        if not word.isascii() and is_unspaced(word):
            found += [one.key for one in words(word)]
        elif word.isdecimal():
            found.append(word[:LONGEST])
        elif key := key_of(word):
            found.append(key)
    return found


@lru_cache(CACHED)
def key_of(word: str) -> str:
    """The key of one word; empty where it has no letter and no digit.

    A key is made of letters and digits alone, in small letters, at most `LONGEST`.
    """
    if word[0].isdecimal() and NUMBER.fullmatch(word):
        return NOT_DIGIT.sub("", word)[:LONGEST]
    possessive = word[-2:-1] in tuple(APOSTROPHES) and word[-1:] in "sS"
    text = DROPPED.sub("", _plain(word[:-2] if possessive else word))
    if not text.isascii():
        text = text.translate(CYRILLIC).translate(LETTER_FORMS)
    text = text.translate(LATIN)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = NOT_WORD.sub("", text)[:LONGEST]
    return spelled_alike(text) if text.isascii() and not text.isdigit() else text


def spelled_alike(text: str) -> str:
    """One spelling for all those of the same sounds, of small letters a to z."""
    for spelling, by in SPELLINGS:
        text = text.replace(spelling, by)
    if "c" in text:
        text = HARD_C.sub("k", text)
    if "h" in text:
        text = LONE_H.sub("g", text)
    for spelling, by in GLIDES:
        text = text.replace(spelling, by)
    text = DOUBLED.sub(r"\1", text)
    # Ukrainian і where Russian has о; and the one capital that no rule brings together.
    if text.endswith("iv") and len(text) > len("kiv"):
        text = f"{text[:-2]}ov"
    return f"kiv{text[4:]}" if text.startswith("kiev") else text


def other_keys(word: str) -> tuple[str, ...]:
    """More keys that a word may stand under: an `h` is г in some spellings and х in others."""
    key = key_of(word)
    folded = _plain(word)
    if "kh" in key:
        return (key.replace("kh", "g"),)
    with_kh = KH_OR_H.sub("kh", folded)
    return (key_of(with_kh),) if with_kh != folded else ()


def stem_of(key: str) -> str:
    """A key without its grammatical ending: of Герасимов, Герасимова and Герасимову the same."""
    return ENDINGS.sub("", key)


def is_unspaced(key: str) -> bool:
    """Whether a key is a pair of characters, or one, of a script without spaces."""
    return ALL_UNSPACED.fullmatch(key) is not None


def _plain(text: str) -> str:
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
