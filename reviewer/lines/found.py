"""What a search has found, as labelled lines.

The found words stand between two signs of which neither occurs in any passage that is printed
with them, so that evidence which is full of brackets cannot pass for a mark.
"""

from collections.abc import Iterator, Sequence

from reviewer.lines.parts import one_line
from reviewer.model.searching import Found, Hit, heading, whom

Signs = tuple[str, str]
SIGNS: tuple[Signs, ...] = (("[", "]"), ("«", "»"), ("{", "}"), ("<<", ">>"), ("⟦", "⟧"))


def signs_for(hits: Sequence[Hit]) -> Signs:
    """Two signs that stand in none of these passages."""
    texts = [hit.passage for hit in hits]
    for signs in SIGNS:
        if not any(sign[0] in text for sign in signs for text in texts):
            return signs
    size = 2
    while any("[" * size in text or "]" * size in text for text in texts):
        size += 1
    return "[" * size, "]" * size


def found_lines(found: Found) -> Iterator[str]:
    """A page of hits: what each is, the passage below it, and whom it names."""
    if not found.hits:
        return
    signs = signs_for(found.hits)
    yield f"Found words stand between {signs[0]} and {signs[1]}."
    for hit in found.hits:
        yield from hit_lines(hit, signs)


def hit_lines(hit: Hit, signs: Signs) -> Iterator[str]:
    """One hit in two lines or three."""
    yield one_line(heading(hit))
    yield f"  {one_line(marked(hit, signs))}"
    if told := whom(hit):
        yield f"  {one_line(told)}"


def marked(hit: Hit, signs: Signs) -> str:
    """The passage with the found words between the signs."""
    parts, at = [], 0
    for start, end in hit.marks:
        parts += [hit.passage[at:start], signs[0], hit.passage[start:end], signs[1]]
        at = end
    before, behind = ("… " if hit.cut[0] else ""), (" …" if hit.cut[1] else "")
    return f"{before}{''.join(parts)}{hit.passage[at:]}{behind}"
