"""The words of the desk's rows: pure functions from where the reader is to runs of text."""

from reviewer.desk import grounds
from reviewer.desk.cards import Rows
from reviewer.desk.paint import ALERT, BOLD, CURRENT, KEY, PLAIN, Run
from reviewer.desk.panes import PaneTitle
from reviewer.desk.reading import RECORDING, STATEMENT, Reading
from reviewer.model.cards import citation, rating_words
from reviewer.model.claims import ClaimView, State
from reviewer.model.clock import long_day, minute
from reviewer.model.evidence import Held, Target
from reviewer.model.judgements import Verdict, unstopped
from reviewer.model.naming import is_by
from reviewer.service.session import DEFAULT
from reviewer.text.cells import cell_width, fit
from reviewer.text.display import display, folded
from reviewer.text.units import counted, texts_counted
from reviewer.text.wrap import wrap

__all__ = ["KEY", "PLAIN"]

MOST_STATUS = 6
MOST_VERDICTS = 3
MOST_WHY = 2
LABEL_LENGTHS = (40, 30, 22, 18, 14, 12, 10, 8)
LONGEST_READER = 24
LEAST_WORDING = 10
TOLD_STATES = {
    State.SET_ASIDE: "[set aside]",
    State.NEEDS_SECOND: "[needs a second reader]",
    State.ADJUDICATED: "[adjudicated]",
}
"""The states of work that stand beside the verdicts."""


def status(mode: str, sentence: str, width: int) -> Rows:
    """The status line: the mode's word, then the last act or what went wrong.

    What does not fit into one row goes on in the next: a remedy must not be cut off.
    """
    word = f" {mode} "
    shown = folded(sentence)
    spans = wrap(shown, max(20, width - len(word) - 2))[:MOST_STATUS] or [(0, 0)]
    heads = [(word, ALERT), *[(" " * len(word), PLAIN)] * (len(spans) - 1)]
    return [
        [head, (f" {shown[start:end]}", PLAIN)]
        for head, (start, end) in zip(heads, spans, strict=True)
    ]


def head(reading: Reading, width: int) -> list[Run]:
    """The first row: the case, how much is left, the filter, the reader."""
    session = reading.session
    about = session.about
    runs: list[Run] = []
    if about.exercise:
        runs += [(" EXERCISE ", ALERT), (" ", PLAIN)]
    claims = session.count()
    waiting = session.count(session.filter("state:undecided"))
    left = f"{waiting} of {claims} undecided"
    name = fit(folded(session.reader), LONGEST_READER)
    dated = f" as of {session.as_of}" if session.as_of else ""
    right = f"reader {name}{dated}" + (" READ-ONLY" if session.readonly else "")
    room = width - sum(cell_width(text) for text, _ in runs) - cell_width(right) - 2
    if session.order is not DEFAULT:
        left += f"  {session.order.title}"
    if reading.filter_text and not session.ready(reading.filter):
        words = folded(reading.filter_text)
        left += f"  filter {fit(words, room - cell_width(f'{left}  filter : ...'))}: ..."
    elif reading.filter_text:
        inside = session.count(reading.filter)
        found = f": {inside}" + (", not this one" if inside and not reading.in_filter() else "")
        words = folded(reading.filter_text)
        left += f"  filter {fit(words, room - cell_width(f'{left}  filter {found}'))}{found}"
    title = about.title.removeprefix("Exercise: ") if about.exercise else about.title
    name = fit(folded(title), max(0, room - cell_width(left) - 2))
    middle = fit(f"{name}  {left}".lstrip(), max(0, room))
    gap = " " * max(2, room - cell_width(middle) + 2)
    return [*runs, (middle, BOLD), (gap, PLAIN), (right, PLAIN)]


def claim(reading: Reading, width: int, most: int) -> Rows:
    """The claim: its id, who says it and when, its wording; cut at `most` rows."""
    view = reading.view
    if view is None:
        lines = no_claim(reading)
        return [[(line[start:end], PLAIN)] for line in lines for start, end in wrap(line, width)]
    of = view.claim
    claimant = fit(folded(of.claimant), width - LEAST_WORDING)
    who = ", ".join(part for part in (claimant, of.date) if part)
    part_of = f" (part of {of.parent})" if of.parent else ""
    mark = "*" if view.row.marked else ""
    label = folded(f"{mark}{of.id}{part_of}{f' [{who}]' if who else ''}") + "  "
    text = label + display(of.text, newlines=False)
    spans = wrap(text, width)
    # Only where it takes no row from the evidence.
    hinted = f"{text}  (context: i)"
    if of.context and len(wrap(hinted, width)) == len(spans):
        text, spans = hinted, wrap(hinted, width)
    lines = [text[start:end] for start, end in spans[:most]]
    if len(spans) > most:
        more = " ... i shows all"
        lines[-1] = fit(lines[-1], width - len(more), ellipsis="") + more
    rows: Rows = []
    left = len(label)
    for (start, _), line in zip(spans, lines, strict=False):
        bold = max(0, min(len(line), left - start))
        rows.append([(line[:bold], BOLD), (line[bold:], PLAIN)])
    return rows


def no_claim(reading: Reading) -> list[str]:
    """What to do where there is no claim to show."""
    if reading.session.count() == 0:
        statements, recordings = reading.session.count_texts()
        if statements or recordings:
            held = texts_counted(statements, recordings)
            return [
                f"This case holds {held}, and no claims yet. T lists the texts and opens them.",
                "To bring claims in, leave with q, then:",
                f"  reviewer import {folded(str(reading.session.case.path))} FILES",
            ]
        return [
            "This case holds no claims yet. Leave with q, then bring some in:",
            f"  reviewer import {folded(str(reading.session.case.path))} FILES",
            "To practise first, there is a fictional case:  reviewer demo --exercise",
        ]
    return [empty_queue(reading)]


def empty_queue(reading: Reading) -> str:
    """What to say where the queue has no row."""
    if not reading.session.ready(reading.filter):
        return f"Looking for {folded(reading.filter_text)} in all claims; esc stops."
    if reading.filter_text:
        return f"No claim matches {folded(reading.filter_text)}. F shows all, f changes it."
    return "This case holds no claims yet."


def no_target(reading: Reading, pane: str) -> str:
    """What to say in a pane that has nothing to show."""
    view = reading.view
    if view is None:
        return "Nothing to show."
    missing = f" Named but not held: {folded(', '.join(view.missing))}." if view.missing else ""
    if not view.targets:
        neither = (
            "Nothing is linked to this claim: no statement, no recording."
            " T puts any text of the case beside it."
        )
        return f"{neither}{missing}" if pane == STATEMENT else "This claim has no recording."
    return f"This claim has no {pane}.{missing if pane == STATEMENT else ''}"


def pane_title(reading: Reading, pane: str, target: Target) -> PaneTitle:
    """A pane's title: what it shows, how it is held, where in its excerpts the reader is."""
    of_pane = reading.of_pane(pane)
    count = f" {of_pane.index(target) + 1}/{len(of_pane)}" if len(of_pane) > 1 else ""
    kind = "STATEMENT" if pane == STATEMENT else "CALL"
    date = getattr(target, "released", "") or target.date
    return PaneTitle(
        kind=f"{kind}{count}",
        # What must stand out: a text that is not the original words.
        alert="" if target.held is Held.VERBATIM else target.held.upper(),
        id=folded(target.id),
        grade=reading.grade(target),
        source=folded(f"{target.source.name}  {date}".strip()),
        place=_place(reading, target),
    )


def _place(reading: Reading, target: Target) -> str:
    excerpts = reading.excerpts_on(target)
    chosen = reading.excerpt
    if not excerpts:
        return "no excerpt"
    if chosen not in excerpts or chosen is None:
        return counted(len(excerpts), "excerpt")
    orphan = " ORPHAN" if chosen.orphan else ""
    return f"excerpt {excerpts.index(chosen) + 1}/{len(excerpts)} {chosen.stance}{orphan}"


def note(reading: Reading, width: int) -> Rows:
    """The reader's note, or its draft; and the verdicts of others and what is stale."""
    view = reading.view
    if view is None:
        return [[]]
    draft = reading.places.draft(view.claim.id)
    saved = view.note_of(reading.session.reader)
    if draft and draft.strip() != saved:
        words = fit(f" not saved, c goes on: {folded(draft)}", width - len(" DRAFT ") - 1)
        rows: Rows = [[(" DRAFT ", ALERT), (words, PLAIN)]]
    elif saved:
        rows = [[("note: ", BOLD), (fit(folded(saved), width - 7), PLAIN)]]
    else:
        rows = [[("note: ", BOLD), ("-", PLAIN)]]
    if not grounds.beside(_scale(reading, width)[-1], view, width):
        grounds.shortened(rows[0], view, width)
    others = _joined(_others(reading, view))
    if others:
        rows.append([("others: ", BOLD), (fit(others, width - 9), PLAIN)])
    if view.ratings:
        published = folded("; ".join(map(rating_words, view.ratings)))
        rows.append([("published: ", BOLD), (fit(published, width - 12), PLAIN)])
    return rows


def _joined(said: list[str]) -> str:
    """Readers' words one after another; a full stop before another word would be doubled."""
    return "; ".join([*map(unstopped, said[:-1]), *said[-1:]])


def _others(reading: Reading, view: ClaimView) -> list[str]:
    me = reading.session.reader
    said = []
    for verdict in view.verdicts:
        if verdict.standing and not is_by(verdict.reader, me):
            label = reading.session.scale.label(verdict.value)
            words = f"{verdict.reader}: {label}{verdict.dated}"
            if verdict.stale:
                words += " (STALE)"
            if verdict.note:
                words += f", {verdict.note}"
            words = _joined([words, *grounds.said_of(view, verdict)])
            said.append(folded(words))
    if view.row.state is State.IN_CONFLICT:
        said.insert(0, "IN CONFLICT")
    if view.settled is not None:
        label = reading.session.scale.label(view.settled.value)
        said.insert(0, folded(f"SETTLED by {view.settled.reader}: {label}"))
    return said


def verdicts(reading: Reading, width: int) -> Rows:
    """The scale with its keys, the given verdict in brackets; as many rows as that needs."""
    view = reading.view
    mine = view.mine(reading.session.reader) if view else None
    rows = _scale(reading, width)
    grounds.beside(rows[-1], view, width)
    if view and mine:
        rows += [[(f" {fit(said, width - 2)}", PLAIN)] for said in grounds.said_of(view, mine)]
    if mine and mine.stale:
        was = f"was {reading.session.scale.label(mine.value)}, as of {long_day(mine.as_of)}"
        said = fit(folded(f"{was}; give it again to confirm"), width - 9)
        rows.append([(" STALE ", ALERT), (f" {said}", PLAIN)])
        rows += _why_stale(folded(mine.stale), width - 4)
    if reading.due:
        due = fit(folded(f"{reading.due}; X reopens"), width - len(" LOOK AGAIN ") - 2)
        rows.append([(" LOOK AGAIN ", ALERT), (f" {due}", PLAIN)])
    return rows


def _why_stale(why: str, width: int) -> Rows:
    spans = wrap(why, width)
    lines = [why[start:end] for start, end in spans[:MOST_WHY]]
    if len(spans) > MOST_WHY:
        lines[-1] = fit(why[spans[MOST_WHY - 1][0] :], width)
    return [[(f"   {line}", PLAIN)] for line in lines]


def _scale(reading: Reading, width: int) -> Rows:
    view = reading.view
    mine = view.mine(reading.session.reader) if view else None
    rows: Rows = []
    for longest in LABEL_LENGTHS:
        words = [
            _value(value.key, fit(folded(value.label), longest), value.value, mine)
            for value in reading.session.scale.values
        ]
        if mine:
            words.append(("0 withdraw", PLAIN))
        if view and view.row.state in TOLD_STATES:
            words.append((TOLD_STATES[view.row.state], CURRENT))
        if reading.rivals:
            many = f"{reading.rivals} rivals" if reading.rivals > 1 else "rival"
            words.append((f"[{many}]", CURRENT))
        rows = _in_rows(words, width)
        if len(rows) <= MOST_VERDICTS:
            break
    return rows


def _in_rows(words: list[Run], width: int) -> Rows:
    rows: Rows = [[(" ", PLAIN)]]
    used = 1
    for text, style in words:
        if used > 1 and used + cell_width(text) > width - 1:
            rows.append([(" ", PLAIN)])
            used = 1
        rows[-1] += [(text, style), ("  ", PLAIN)]
        used += cell_width(text) + 2
    return rows


def _value(key: int, shown: str, value: str, mine: Verdict | None) -> Run:
    if mine is not None and mine.value == value:
        return (f"[{key} {shown}]", CURRENT)
    return (f"{key} {shown}", PLAIN)


def record(reading: Reading, width: int) -> Rows:
    """The strip of the widest layout: what was recorded last, where the texts come from."""
    view = reading.view
    if view is None:
        return []
    rows: Rows = [[("RECORD", BOLD)]]
    for line in reversed(reading.session.log(claim=view.claim.id, limit=4)):
        undone = " (undone)" if line.undone else ""
        words = f"  {minute(line.at)}  {line.reader}: {line.sentence}{undone}"
        rows.append([(fit(folded(words), width), PLAIN)])
    if len(rows) == 1:
        rows.append([("  nothing yet", PLAIN)])
    rows.append([("SOURCE", BOLD)])
    for pane in (STATEMENT, RECORDING):
        target = reading.target(pane)
        if target is not None:
            words = (
                f"  {target.id}: {target.source.name}, origin {target.origin},"
                f" held as {target.held}, version {target.version}, sha256 {target.hash[:16]}"
            )
            rows.append([(fit(folded(words), width), PLAIN)])
    excerpt = reading.excerpt
    if excerpt is not None:
        words = f"  {excerpt.stance}: {citation(excerpt, view.target(excerpt.target))}"
        rows.append([(fit(folded(words), width), PLAIN)])
    return rows


def too_small(width: int, height: int, smallest: tuple[int, int]) -> Rows:
    """One sentence for a terminal that is too small."""
    text = (
        f"The desk needs {smallest[0]}x{smallest[1]}; this terminal is {width}x{height}."
        " Make it larger, or leave with q and use --plain."
    )
    return [[(text[start:end], PLAIN)] for start, end in wrap(text, max(1, width))]
