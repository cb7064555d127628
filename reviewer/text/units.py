"""What a reader selects by: words and sentences, as spans of a text."""

import re

Span = tuple[int, int]

WORD = re.compile(
    # A letter of a script without spaces is a word by itself; so is a run of marks.
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|(?:(?![\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])"
    r"\w)+(?:['’ʼ-]\w+)*|[^\w\s]+"
)
SENTENCE = re.compile(r"[^\n]+?(?:[.!?…؟]+[\"'»”)\]]*(?=\s|$)|[。！？]|(?=\n)|$)")


def words(text: str) -> list[Span]:
    """The words of a text and the runs of signs between them, in order."""
    return [match.span() for match in WORD.finditer(text)]


def sentences(text: str) -> list[Span]:
    """The sentences of a text, without the white space around them."""
    found = []
    for match in SENTENCE.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            found.append((start, end))
    return found
