"""The state of many claims derived at once is that which is derived of one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.casefile import derive, engine, rank_counts, ranks, tally
from reviewer.casefile.case import CaseFile
from reviewer.model.errors import NothingToDoError
from reviewer.model.evidence import Stance
from tests.casefile.making import (
    GUR,
    at_work,
    claim,
    copied,
    excerpt,
    new_case,
    rebuilt,
    source,
    state_of,
    statement,
    take_in,
)
from tests.everyday import times

CLAIMS = ("c-1", "c-2", "c-3", "c-4")
acts = st.tuples(
    st.sampled_from(["decide", "note", "mark", "aside", "link", "withdraw", "undo"]),
    st.integers(0, 1),
    st.sampled_from(CLAIMS),
    st.sampled_from(["verified", "false"]),
)
texts = st.sampled_from([GUR, "Kyiv. " + GUR, "Something else altogether, and no word of it."])


def worked(path: Path, done: list[tuple[str, int, str, str]]) -> None:
    with at_work(path, "ann", "borys") as sessions:
        for verb, who, id_, value in done:
            one = sessions[who]
            view = one.view(id_)
            try:
                match verb:
                    case "decide":
                        one.decide(view, value, f"because {value}")
                    case "note":
                        one.note(view, value)
                    case "mark":
                        one.mark(view)
                    case "aside":
                        one.set_aside(view)
                    case "link":
                        one.link(view, one.text("gur-7-march"), 0, 13, Stance.SUPPORTS)
                    case "withdraw":
                        one.withdraw(view)
                    case _:
                        one.undo()
            except NothingToDoError:
                continue


@settings(max_examples=times(15, 300))
@given(before=st.lists(acts, max_size=12), text=texts, after=st.lists(acts, max_size=6))
def test_many_at_once_are_as_one_after_the_other(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, int, str, str]],
    text: str,
    after: list[tuple[str, int, str, str]],
) -> None:
    path = new_case(tmp_path_factory.mktemp("many"))
    worked(path, before)
    take_in(path, source(), statement("gur-7-march", text), claim("c-5", parent="c-1"))
    take_in(path, claim("c-3", text="Other words.", priority=1), excerpt("c-4", text[:9], id="e-4"))
    worked(path, after)
    ids = [*CLAIMS, "c-5"]
    with CaseFile.open(copied(path)) as one, CaseFile.open(path) as many:
        wrong = "UPDATE queue SET state = 'new', undecided = 1, verdict = '' WHERE claim <> 'c-1'"
        for case in (one, many):
            with case.write() as con:
                for table in ("verdict", "note", "flag", "excerpt"):
                    con.execute(f"DELETE FROM {table} WHERE claim <> 'c-2'")
                con.execute(wrong)
                rank_counts.judge_all(con)
                rank_counts.rebuild(con)
                tally.rebuild(con)
        with one.write() as con:
            for id_ in ids:
                derive.claim(con, id_, texts_changed=True)
        with many.write() as con:
            derive.claims(con, ids, texts_changed=True)
        assert state_of(many.con) == state_of(one.con) == rebuilt(many.con)


changes = st.dictionaries(
    st.integers(0, 30),
    st.tuples(st.integers(1, 3), st.sampled_from(["2022", "2023"]), st.sampled_from(ranks.CLASSES)),
    max_size=30,
)


@settings(max_examples=times(40, 1000))
@given(first=changes, then=changes)
def test_the_queue_counted_in_one_go_is_as_counted_anew(
    tmp_path_factory: pytest.TempPathFactory,
    first: dict[int, tuple[int, str, str]],
    then: dict[int, tuple[int, str, str]],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "FENCES", {1: 3, 2: 9})
        path = tmp_path_factory.mktemp("queue") / "a.case"
        with CaseFile.create(path, title="T") as case, case.write() as con:
            for rows in (first, then):
                changed = []
                for n, (priority, date, class_) in rows.items():
                    id_ = f"c-{n}"
                    was = ranks.class_of(con, id_)
                    key = (priority, date, id_)
                    decided = class_ in ("once", "several")
                    con.execute(
                        "INSERT OR REPLACE INTO queue VALUES (?, 1, ?, ?, ?, 0, '', 0, 0)",
                        (id_, priority, date, "decided" if decided else class_),
                    )
                    readers = 1 + (class_ == "several") if decided else 0
                    rank_counts.judge(con, [(key, readers)])
                    changed.append((was, (key, class_)))
                rank_counts.follow_all(con, changed)
                counted = con.execute("SELECT * FROM fence ORDER BY base, level, claim").fetchall()
                rank_counts.rebuild(con)
                anew = con.execute("SELECT * FROM fence ORDER BY base, level, claim").fetchall()
                assert list(map(tuple, counted)) == list(map(tuple, anew))
