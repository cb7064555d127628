"""What happened when, as a drawing: SVG 1.1 in the page, without a script or a picture.

Each event has a row of its own, with its label as text of the page and its place on a rail
drawn in per cent: so labels wrap and never cover one another, on a telephone as on paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.model.claims import ClaimView
from reviewer.model.clock import iso, minute
from reviewer.model.evidence import Recording
from reviewer.model.scale import Scale
from reviewer.writers.dossier.dates import CUT, Axis, Span, Stretch, day_of, span
from reviewer.writers.dossier.markup import Html, bdi, el, join

MIDDLE = 11
ROOMY = 40.0


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated: `date` as it is said, `kind` and `names` for its label."""

    date: str
    kind: str
    names: tuple[str, ...]
    span: Span | None


def timeline(view: ClaimView, scale: Scale) -> Iterator[Html]:
    """The drawing of a claim, and a list of what has no date to be drawn at."""
    happened = list(events(view, scale))
    dated = sorted(
        (
            (event.span.start, event.span.end, n, event)
            for n, event in enumerate(happened)
            if event.span is not None
        ),
        key=lambda row: row[:3],
    )
    if dated:
        yield _drawing([event for *_, event in dated])
        yield _key([event for *_, event in dated])
    undated = [event for event in happened if event.span is None]
    if undated:
        yield el("p", "Not on the line, for want of a date:", class_="small")
        yield el("ul", *(_undated(event) for event in undated), class_="small")


def events(view: ClaimView, scale: Scale) -> Iterator[Event]:
    """Everything about a claim that has a date, or should have one."""
    claim = view.claim
    yield _event(claim.date, "claim made", claim.claimant or "by somebody unknown")
    for target in view.targets:
        name = target.title or target.id
        if isinstance(target, Recording):
            yield _event(target.date, "call took place", name)
            yield _event(target.released, "call released", target.source.name, name)
        else:
            yield _event(target.date, "statement", target.source.name, name)
    for rating in view.ratings:
        yield _event(rating.date, "rating published", rating.source.name, rating.rating)
    for verdict in view.verdicts:
        kind = "verdict" if verdict.standing else "verdict, no longer standing"
        kind += " (stale)" if verdict.stale else ""
        names = (verdict.reader or "an unknown reader", scale.label(verdict.value))
        if verdict.dated:
            yield _event(verdict.as_of, f"{kind}, as of this day", *names)
        else:
            yield Event(minute(verdict.at), kind, names, span(iso(verdict.at)))


def _event(date: str, kind: str, *names: str) -> Event:
    return Event(date, kind, names, span(date))


def _names(event: Event) -> Html:
    return join(map(bdi, event.names), ": ")


def _drawing(dated: list[Event]) -> Html:
    axis = Axis([event.span for event in dated if event.span])
    rows = (
        el(
            "li",
            el("p", el("b", bdi(event.date), _vague(event)), f" {event.kind}: ", _names(event)),
            _rail(event.span, axis),
        )
        for event in dated
        if event.span
    )
    return el("figure", el("ol", *rows), _scale(axis, len(dated)), class_="timeline")


def _rail(span: Span, axis: Axis) -> Html:
    begin, end = axis.at(span.start), axis.at(span.end)
    if span.vague:
        width = _per(max(end - begin, 1))
        mark = el("rect", class_="vague", x=_per(begin), y=str(MIDDLE - 4), width=width, height="8")
    else:
        # Round ends make a dot of what is too short to be seen as a line.
        mark = _line("dot", begin, end, str(MIDDLE), str(MIDDLE))
    # What it shows stands beside it in words.
    return _svg(*_grid(axis), mark, height="100%", aria_hidden="true")


def _grid(axis: Axis) -> Iterator[Html]:
    for stretch in axis.stretches:
        for x in (stretch.x, stretch.x + stretch.width):
            yield _line("grid", x, x, "0", "100%")


def _scale(axis: Axis, count: int) -> Html:
    first, last = axis.stretches[0].start, axis.stretches[-1].end
    title = f"Timeline from {day_of(first)} to {_last_day(last)}"
    desc = f"Dated events: {count}, one below another, each as exact as its date is known."
    parts = (part for stretch in axis.stretches for part in _stretch(stretch, axis))
    named = f"{title}. {desc}"
    return _svg(
        *(el("title", title), el("desc", desc), *parts), height="28", role="group", aria_label=named
    )


def _stretch(stretch: Stretch, axis: Axis) -> Iterator[Html]:
    begin, end = day_of(stretch.start), _last_day(stretch.end)
    until = stretch.x + stretch.width
    yield _line("axis", stretch.x, until, "2", "2")
    if stretch is not axis.stretches[0]:
        yield el("text", "//", x=_per(stretch.x - CUT / 2), y="7", text_anchor="middle")
    yield el("text", begin, x=_per(stretch.x), y="19")
    if stretch.width > ROOMY and end != begin:
        yield el("text", end, x=_per(until), y="19", text_anchor="end")


def _svg(*parts: str, height: str, **more: str) -> Html:
    return el("svg", *parts, width="100%", height=height, **more)


def _vague(event: Event) -> str:
    return " (day not known)" if event.span and event.span.vague else ""


def _line(class_: str, x1: float, x2: float, y1: str, y2: str) -> Html:
    return el("line", class_=class_, x1=_per(x1), x2=_per(x2), y1=y1, y2=y2)


def _key(dated: list[Event]) -> Html:
    said = ["A solid mark is a day or a moment."]
    if any(event.span and event.span.vague for event in dated):
        said.append("An open bar is a month or a year: it was at some time in it.")
    spans = [event.span for event in dated if event.span]
    if len(Axis(spans).stretches) > 1:
        said.append("At // the scale is cut.")
    return el("p", " ".join(said), class_="small")


def _undated(event: Event) -> Html:
    said = join([" (", bdi(event.date), ")"]) if event.date else Html()
    return el("li", f"{event.kind}: ", _names(event), said)


def _last_day(end: float) -> str:
    # The end of a day is the beginning of the next.
    return day_of(end - 0.001)


def _per(x: float) -> str:
    return f"{x:.2f}%"
