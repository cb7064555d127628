"""The dossier as one HTML page that holds all it needs and asks nothing of anybody.

No script, no picture, no font, no request: a policy in its head forbids them, and names the
one style sheet by its hash. Everything that is evidence is text.
"""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from reviewer.model.about import About, Status
from reviewer.model.claims import ClaimView, QueueRow, State
from reviewer.model.clock import minute
from reviewer.model.evidence import STANCES
from reviewer.model.scale import Scale
from reviewer.model.sections import Section
from reviewer.writers.dossier.aged import Changes, unchanged
from reviewer.writers.dossier.claim import anchor, article
from reviewer.writers.dossier.markup import Html, bdi, block, el, facts, join, start
from reviewer.writers.dossier.said import EXERCISE


def html(
    about: About,
    scale: Scale,
    views: Iterable[ClaimView],
    *,
    at: int,
    contents: Iterable[QueueRow] = (),
    status: Status | None = None,
    changes: Changes = unchanged,
    beside: Callable[[ClaimView], Iterable[Section]] = lambda _: (),
    agreed: Sequence[tuple[str, str]] = (),
) -> Iterator[str]:
    """The page, piece by piece: a claim is let go of once it is written.

    Args:
        about: the case.
        scale: its verdict values.
        views: the claims, in the order they are to be read in.
        at: when it is written, in milliseconds UTC.
        contents: the same claims as rows, for the table of contents; without them there
            is none.
        status: the progress of the whole case, of which the claims may be a part.
        changes: what changed between the verdicts on a claim.
        agreed: how far the readers of the whole case agree, as labels and words.
    """
    yield from _head(about)
    yield from _front(about, at)
    yield from _progress(scale, status, agreed)
    yield from _contents(contents, scale, status)
    yield start("main")
    for view in views:
        found, aged = beside(view), changes(view)
        yield from article(view, scale, exercise=about.exercise, changes=aged, beside=found)
    yield Html("</main>")
    yield from _legend(scale)
    yield Html("</body>\n</html>\n")


def style() -> str:
    """The one style sheet."""
    return Path(__file__).with_name("dossier.css").read_text(encoding="utf-8")


def policy(css: str) -> str:
    """The content security policy of a page with this style sheet."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _head(about: About) -> Iterator[Html]:
    css = style()
    invented = "EXERCISE: " if about.exercise else ""
    yield Html('<!DOCTYPE html>\n<html lang="en">\n<head>\n')
    yield el("meta", charset="utf-8")
    yield el("meta", http_equiv="Content-Security-Policy", content=policy(css))
    # A browser may look up the names of hosts that a page has links to.
    yield el("meta", http_equiv="x-dns-prefetch-control", content="off")
    yield el("meta", name="referrer", content="no-referrer")
    yield el("meta", name="format-detection", content="telephone=no")
    yield el("meta", name="viewport", content="width=device-width, initial-scale=1")
    yield el("meta", name="color-scheme", content="light dark")
    yield el("meta", name="robots", content="noindex, noarchive")
    yield el("title", f"{invented}{' '.join(about.title.split())}")
    yield Html(f"<style>{css}</style>\n</head>\n")


def _front(about: About, at: int) -> Iterator[Html]:
    yield start("body", class_="exercise" if about.exercise else None)
    if about.exercise:
        yield el("p", EXERCISE, class_="banner")
    yield start("header", class_="front")
    yield el("p", f"Dossier, as of {minute(at)}", class_="kicker")
    yield block("h1", about.title, "title")
    if about.about.strip():
        yield block("p", about.about.strip(), "about")
    yield Html("</header>")


def _progress(
    scale: Scale, status: Status | None, agreed: Sequence[tuple[str, str]]
) -> Iterator[Html]:
    if status is None:
        return
    states = _counts({State(state).label: n for state, n in status.states.items()})
    given = _counts({scale.label(value): n for value, n in status.verdicts.items()})
    yield start("section", class_="progress")
    yield el("h2", "Progress of the whole case")
    rows = [
        ("Claims", f"{status.claims}: {status.decided} judged, {status.undecided} to judge"),
        ("Work", states),
        ("Standing verdicts", given),
        ("Readers", _counts(status.readers)),
        ("Stale verdicts", str(status.stale)),
        ("Orphans", str(status.orphans)),
        *agreed,
    ]
    yield from facts(rows)
    yield Html("</section>")


def _counts(counts: Mapping[str, int]) -> str:
    said = [el("span", bdi(name), f" {n}") for name, n in sorted(counts.items()) if n]
    return join(said, ", ") if said else "none"


def _contents(contents: Iterable[QueueRow], scale: Scale, status: Status | None) -> Iterator[Html]:
    count = 0
    for count, row in enumerate(contents, start=1):
        if count == 1:
            yield Html('<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>')
        verdict = f": {scale.label(row.verdict)}" if row.verdict else ""
        yield el(
            "li",
            el("a", bdi(row.text), href=f"#{anchor(row.id)}"),
            *(" ", el("span", bdi(row.id), f", {row.state.label}", bdi(verdict), class_="small")),
        )
    if count:
        whole = f" of the {status.claims} in the case" if status else ""
        yield Html("</ol>")
        yield el("p", f"In this dossier: {count}{whole}.", class_="small")
        yield Html("</nav>")


def _legend(scale: Scale) -> Iterator[Html]:
    yield start("footer", class_="legend")
    yield el("h2", "How to read this")
    samples = [el("mark", stance.value, class_=stance.value) for stance in STANCES]
    yield el(
        "p",
        *("Linked words are marked by their stance towards the claim: ", samples[0], ", "),
        *(samples[1], " or ", samples[2], "; words that excerpts of differing stance share: "),
        *(el("mark", "several", class_="several"), ". The number before them is that of the"),
        " excerpt below the text. A mark like ",
        *(el("span", "‹202E›", class_="cp"), " stands for a character that cannot be seen."),
    )
    yield el("p", "A verdict is one reader's dated judgement by the scale of this case:")
    yield from facts((value.label, value.help or "not explained") for value in scale.values)
    yield Html("</footer>")
