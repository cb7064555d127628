"""Origins: who first held what a claim rests on, and how many independent ones that makes.

Two sources with one origin are one witness. A house that publishes nothing without two
independent sources (AFP, Fact-checking: our methodology, "at least two independent sources";
Science Feedback, "two sources for the central claim") has to count origins, not sources.

Only what stands in a text that is held counts: an orphan supports nothing. Whether a text is
held word for word or as a paraphrase does not change the count, and is said beside it.
"""

from __future__ import annotations

from reviewer.model.claims import ClaimView
from reviewer.model.evidence import Excerpt, Held, Stance, Target
from reviewer.model.judgements import Verdict
from reviewer.structs import Struct
from reviewer.text.units import counted

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reviewer.model.canonical import Json

UNKNOWN = "unknown"
"""Nobody knows who first held it: then nobody knows that it is independent, and it counts for
no origin. More may be said behind a colon."""
LONGEST_QUOTED = 60
LONGEST_CHAIN = 50


class Origin(Struct):
    """Who first held something, with the excerpts that go back to them and their texts."""

    id: str
    name: str
    excerpts: tuple[Excerpt, ...]
    texts: tuple[Target, ...]

    @property
    def known(self) -> bool:
        """Whether it is known who they are."""
        return is_known(self.id)


class Grounds(Struct):
    """What a claim rests on: the excerpts of one stance that count, by their origin."""

    excerpts: tuple[Excerpt, ...]
    origins: tuple[Origin, ...]

    @property
    def independent(self) -> int:
        """How many origins it rests on; one that nobody knows is none."""
        return sum(origin.known for origin in self.origins)

    @property
    def counts(self) -> str:
        """`3 excerpts, 1 origin`."""
        if not self.excerpts:
            return "no excerpt"
        unknown = " (and one unknown)" if any(not one.known for one in self.origins) else ""
        of = f"{counted(len(self.excerpts), 'excerpt')}, {counted(self.independent, 'origin')}"
        return f"{of}{unknown}"

    @property
    def without_the_words(self) -> int:
        """How many of the excerpts stand in a text that is held in others' words."""
        texts = {text.id: text for origin in self.origins for text in origin.texts}
        return sum(texts[one.target].held is not Held.VERBATIM for one in self.excerpts)

    def without(self, excerpt: Excerpt) -> int:
        """How many origins it would rest on without one of its excerpts."""
        return sum(one.known and one.excerpts != (excerpt,) for one in self.origins)


def is_known(origin: str) -> bool:
    """Whether an origin names somebody."""
    return origin.partition(":")[0].strip().casefold() != UNKNOWN


def first_held(start: str, origin_of: Callable[[str], str]) -> str:
    """Who first held it: from origin to origin, until one has none before it.

    Args:
        start: the id of a source, or a name.
        origin_of: the origin of the source of this id; '' where it is no source or has none.
    """
    chain = [start]
    while len(chain) < LONGEST_CHAIN:
        before = origin_of(chain[-1])
        if not before or before == chain[-1]:
            return chain[-1]
        if before in chain:
            # They name each other: whichever is asked first, they are one.
            return min(chain[chain.index(before) :])
        chain.append(before)
    return chain[-1]


def by_origin(view: ClaimView, excerpts: Sequence[Excerpt]) -> tuple[Origin, ...]:
    """Excerpts by the origin of their texts, in the order of the texts."""
    names = {_plain(target.source.name): target.source.id for target in view.targets}
    found: dict[str, list[Target]] = {}
    for target in view.targets:
        held_by = target.origin or target.source.origin or target.source.id
        key = names.get(_plain(held_by), held_by) if is_known(held_by) else UNKNOWN
        found.setdefault(key, []).append(target)
    origins = (_origin(view, key, texts, excerpts) for key, texts in found.items())
    return tuple(origin for origin in origins if origin.excerpts)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _origin(
    view: ClaimView, key: str, texts: Sequence[Target], excerpts: Sequence[Excerpt]
) -> Origin:
    names = {target.source.id: target.source.name for target in view.targets}
    name = names.get(key) or (texts[0].first_held_by if is_known(key) else key) or key
    ids = {text.id for text in texts}
    mine = tuple(one for one in excerpts if one.target in ids)
    quoted = {one.target for one in mine}
    return Origin(key, name, mine, tuple(text for text in texts if text.id in quoted))


def grounds(view: ClaimView, stance: Stance = Stance.SUPPORTS) -> Grounds:
    """What speaks for a claim, or with another stance against it or beside it."""
    held = {target.id for target in view.targets}
    count = [one for one in view.excerpts if one.stance is stance and not one.orphan]
    counting = tuple(one for one in count if one.target in held)
    return Grounds(counting, by_origin(view, counting))


def supported(view: ClaimView) -> str:
    """`supported by 3 excerpts, 1 origin`."""
    return f"supported by {grounds(view).counts}"


def indispensable(found: Grounds, asked: int) -> list[Excerpt]:
    """The excerpts each of which it needs: without it there would be fewer origins than asked.

    Where there are fewer already, or none are asked for: without it there would be fewer.
    """
    floor = asked if 0 < asked <= found.independent else found.independent
    return [one for one in found.excerpts if found.without(one) < floor]


def what_would_change(view: ClaimView) -> str:
    """One line: the excerpt without which the claim would rest on fewer origins than asked."""
    found, asked = grounds(view), view.rules.origins if view.rules.gated else 0
    asked = asked if asked > 1 else 0
    if not found.excerpts:
        return "A first excerpt that supports the claim would change it."
    needed = indispensable(found, asked)
    missing = max(0, asked - found.independent)
    more = f"{counted(missing, 'more independent origin')} asked for. " if missing else ""
    if not needed:
        without = min(found.without(one) for one in found.excerpts)
        held = counted(without, "origin")
        return f"{more}No single excerpt decides: without any one it still rests on {held}."
    first = needed[0]
    others = f", and likewise without {len(needed) - 1} other" if len(needed) > 1 else ""
    left = counted(found.without(first), "origin")
    return (
        f"{more}Without {quoted(first)} it would rest on {left}{others}{'s' * (len(needed) > 2)}."
    )


def quoted(excerpt: Excerpt) -> str:
    """An excerpt by its words and its text, in one line; outside text."""
    words = " ".join(excerpt.exact.split())
    short = words if len(words) <= LONGEST_QUOTED else f"{words[: LONGEST_QUOTED - 1]}…"
    return f'"{short}" ({excerpt.target})'


def rests(origins: int, asked: int) -> str:
    """`rests on 1 origin (2 asked)`."""
    return f"rests on {counted(origins, 'origin')} ({asked} asked)"


def shortfall(view: ClaimView, value: str) -> tuple[int, int] | None:
    """On how many origins a verdict would rest, and how many are asked, where those are more."""
    asked = view.rules.asks_for(value)
    if not asked:
        return None
    found = grounds(view).independent
    return (found, asked) if found < asked else None


def recorded_basis(data: Mapping[str, Json], words: Mapping[str, str]) -> str:
    """The same from what was recorded with a verdict, which needs no claim."""
    asked, names = data.get("origins_asked"), data.get("origins")
    if not isinstance(asked, int) or not isinstance(names, list):
        return ""
    reason = words.get("reason", "").strip() or "[the reason is not held any more]"
    return f"{rests(len(names), asked)}: {reason}"


def basis(view: ClaimView, verdict: Verdict) -> str:
    """`rests on 1 origin (2 asked): the reason`, where a verdict rests on too few; else nothing.

    What was recorded with it is said as it was then. Of one that came without, what is held
    now decides, and it is said that no reason is given.
    """
    recorded = recorded_basis(verdict.data, verdict.words)
    if recorded:
        return recorded
    short = shortfall(view, verdict.value) if verdict.standing else None
    return f"{rests(*short)}: no reason is given" if short else ""


def settled_basis(view: ClaimView) -> str:
    """The same of what settled the readings, be it overtaken; else nothing.

    Its own reason is told beside it. Of one that has none, the reason of the reading that it
    agrees with is said.
    """
    found = view.adjudication
    if found is None:
        return ""
    agreed = next((one for one in view.verdicts if one.id == found.agrees), None)
    reason = agreed.words.get("reason", "").strip() if agreed and not found.reason else ""
    if found.origins_asked:
        few = rests(len(found.origins), found.origins_asked)
        return f"{few}: {reason}" if reason else few
    short = shortfall(view, found.value) if view.settled and not found.reason else None
    return f"{rests(*short)}: {reason or 'no reason is given'}" if short else ""
