"""Candidates for a list of likely passages: exact, whole, and bounded in a case of any size."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reviewer.casefile import evidence, likely, refusals, search_index
from reviewer.casefile.case import CaseFile
from reviewer.casefile.likely_reading import LONGEST, pieces
from reviewer.model.likely import Passage
from tests.casefile.making import at_work, claim, new_case, recording, source, statement, take_in
from tests.casefile.making import segment as segment_of
from tests.casefile.test_costs import grow, scans, statements_of, steps_of

FILLER = "Nothing of note was seen on the road that day, says No. 7 of the watch. "


def indexed(path: Path) -> None:
    with CaseFile.open(path) as case:
        more = True
        while more:
            with case.write() as con:
                more = search_index.bring_on(con)


def offered(path: Path, claim_: str) -> list[Passage]:
    with CaseFile.open(path) as case, case.read() as con:
        found = evidence.claim(con, claim_)
        assert found is not None
        return likely.texts(con, found, likely.sample(con, likely.TEXTS))


def test_a_sentence_deep_in_a_long_text_and_a_segment_deep_in_a_long_call(tmp_path: Path) -> None:
    path = tmp_path / "a.case"
    CaseFile.create(path, title="Long").close()
    said = "Engineers in Antonivka blew up the bridge at dawn."
    # On both sides of where the index cuts a text into pieces.
    texts = {n: FILLER * n + said + " " + FILLER * 80 for n in (26, 27, 28, 60)}
    lines = [segment_of(f"Слышно плохо, раз {n}.") for n in range(3000)]
    lines[2345] = segment_of("Мост в Антоновке взорвали сапёры.")
    take_in(
        path,
        source(),
        *(statement(f"s-{n}", text) for n, text in texts.items()),
        recording("call", lines=(), segments=lines),
        claim("c-1", text="The bridge at Antonivka was blown up by engineers."),
    )
    indexed(path)
    found = offered(path, "c-1")
    best = {one.id: one for one in found[: len(texts)]}
    assert {one.text for one in best.values()} == {said}
    for n, text in texts.items():
        one = best[f"s-{n}"]
        assert text[one.start : one.end] == said
        assert text.startswith(f"{one.before}{said}{one.behind}", one.start - len(one.before))
    assert ("call", 2345) in {(one.id, one.segment) for one in found}
    assert len({(o.id, o.field, o.segment, o.start) for o in found}) == len(found)


def test_the_queries_go_by_indexes_and_cost_the_same_in_a_larger_case(tmp_path: Path) -> None:
    cost = {}
    for size in (2_000, 20_000):
        path = new_case(tmp_path)
        with at_work(path, "ann", "borys") as (ann, borys):
            ann.mark(ann.view("c-2"))
            borys.mark(borys.view("c-2"))
        with CaseFile.open(path) as case:
            grow(case.con, size)
        indexed(path)
        with CaseFile.open(path) as case, case.read() as con:
            asked = evidence.claim(con, "x50")
            assert asked is not None
            with statements_of(con) as said, steps_of(con) as steps:
                likely.texts(con, asked, likely.sample(con, likely.TEXTS))
                likely.claims(con, asked, likely.sample(con, ("claim",)))
                refusals.refused(con, bytes(32), "x50")
            # The settings of the index are a few rows, which FTS5 reads for itself.
            ours = [s for s in said if "search_text_config" not in s]
            assert [s for s in ours if scans(con, s)] == []
            cost[size] = steps[0]
    assert cost[20_000] <= cost[2_000] * 1.5 + 10, cost


@given(st.text(alphabet=st.sampled_from(list("aБ将 .\n\t!。e\u0301")), max_size=1500))
def test_pieces_quote_exactly_and_leave_out_nothing_but_space(text: str) -> None:
    spans = pieces(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= next_[0] for one, next_ in pairwise(spans))
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())
    marks = 0
    for start, end in spans:
        marks = max(marks, text[start:end].count("\u0301"))
        assert end - start <= LONGEST + marks
