"""Rivals and hypotheses of two laptops that worked apart: both stand, in the same order."""

from __future__ import annotations

from pathlib import Path

from reviewer.insight.hypotheses import MOST, Rating
from reviewer.insight.rivals import Rivalry
from reviewer.service import hypotheses
from reviewer.service.rivals import oppose, rivals
from tests.merging.laptops import Laptop

Two = tuple[Laptop, Laptop]


def found(laptop: Laptop, reader: str) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """The hypotheses, the cells and the rivals of c-1, as a reader sees them."""
    with laptop.at_work(reader) as session:
        held = hypotheses.matrix(session, session.view("c-1"))
        against = [(one.claim, one.kind.value) for one in rivals(session, "c-1")]
    cells = ["".join(cell.sign for cell in row.cells) for row in held.rows]
    return [one.text for one in held.hypotheses][1:], cells, against


def work(laptop: Laptop, reader: str, texts: tuple[str, ...], kind: Rivalry) -> None:
    with laptop.at_work(reader) as session:
        for text in texts:
            hypotheses.add(session, session.view("c-1"), text)
        view = session.view("c-1")
        one = hypotheses.matrix(session, view).hypotheses[1]
        hypotheses.rate(session, view, view.excerpts[0], one, Rating.INCONSISTENT)
        oppose(session, session.view("c-1"), "c-2", kind)


def test_both_laptops_hold_both_and_show_the_same(two: Two, tmp_path: Path) -> None:
    ann, borys = two
    work(ann, "ann", ("wounded", "alive", "staged"), Rivalry.EXCLUDE)
    work(borys, "borys", ("hurt", "a namesake"), Rivalry.EITHER)
    ann.merge(borys.bundled(tmp_path / "b.bundle"))
    borys.merge(ann.bundled(tmp_path / "a.bundle"))
    assert found(ann, "ann") == found(borys, "ann")
    texts, cells, against = found(ann, "borys")
    assert sorted(texts) == ["a namesake", "alive", "hurt", "staged", "wounded"]
    assert {texts.index("wounded"), texts.index("hurt")} == {0, 1}
    assert len(texts) + 1 > MOST
    assert cells[0] == "cII???"
    assert len(against) == 1
    with ann.at_work() as session:
        for one in ("wounded", "alive"):
            view = session.view("c-1")
            held = hypotheses.matrix(session, view).hypotheses
            named = next(other for other in held if other.text == one)
            hypotheses.remove(session, view, named)
    assert sorted(found(ann, "borys")[0]) == ["a namesake", "hurt", "staged"]
