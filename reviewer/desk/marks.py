"""What is marked on a document: the excerpts of the claim, the chosen one above all."""

from reviewer.desk.documents import Document
from reviewer.desk.paint import CURRENT, QUOTED, SIGNS, STANCE_STYLES
from reviewer.desk.panes import Mark, Sign
from reviewer.desk.reading import Reading
from reviewer.model.evidence import Recording, Target

ALL_OF_IT = 1 << 30


def marks_on(document: Document, reading: Reading, target: Target) -> tuple[list[Mark], list[Sign]]:
    """The marks and the gutter's signs of a text's excerpts, the chosen one last."""
    chosen = reading.excerpt
    marks: list[Mark] = []
    signs: list[Sign] = []
    for excerpt in sorted(reading.excerpts_on(target), key=lambda e: e == chosen):
        if excerpt.start is None or excerpt.end is None:
            continue
        style = CURRENT if excerpt == chosen else QUOTED
        sign = SIGNS[excerpt.stance]
        sign_style = STANCE_STYLES[excerpt.stance]
        for block, start, end in document.spans(excerpt.start, excerpt.end):
            marks.append(Mark(block, start, end, style))
            signs.append(Sign(block, start, end, sign, sign_style))
        if reading.language == "translation" and isinstance(target, Recording):
            segments = target.segments_of(excerpt.start, excerpt.end)
            blocks = document.translations(segments)
            signs += [Sign(block, 0, ALL_OF_IT, sign, sign_style) for block in blocks]
    return marks, signs
