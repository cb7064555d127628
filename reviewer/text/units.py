"""What a reader selects by: words, as spans of a text. And counts in words."""

from __future__ import annotations

from reviewer.text.patterns import compiled

Span = tuple[int, int]

WITHOUT_SPACES = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# A sign of a script without spaces is a word by itself.
WORD = f"[{WITHOUT_SPACES}]|(?:(?![{WITHOUT_SPACES}])\\w)+(?:['’ʼ-](?:(?![{WITHOUT_SPACES}])\\w)+)*"


def words(text: str) -> list[Span]:
    """The words of a text in order, without the signs between them."""
    return [match.span() for match in compiled(WORD).finditer(text)]


def texts_counted(statements: int, recordings: int) -> str:
    """`1 statement and 2 recordings`; of what there is none nothing is said."""
    kinds = ((statements, "statement"), (recordings, "recording"))
    return " and ".join(counted(n, kind) for n, kind in kinds if n) or "none"


def counted(n: int, word: str, words: str = "") -> str:
    """`1 claim`, `2 claims`; `words` where its plural is another: `2 entries`."""
    return f"{n} {_one_or_more(n, word, words)}"


def grouped(n: int, word: str, words: str = "") -> str:
    """The same with the thousands apart: `1,234 entries`."""
    return f"{n:,} {_one_or_more(n, word, words)}"


def _one_or_more(n: int, word: str, words: str) -> str:
    return word if n == 1 else words or f"{word}s"
