"""Evidence comes in once; what changes stands beside it, and what rested on it is marked."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from reviewer.casefile import batch
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.casefile.evidence import row_hash
from reviewer.model.claims import ClaimView, State
from reviewer.model.evidence import Excerpt, Stance
from reviewer.model.records import Record, RecordingRecord, StatementRecord
from reviewer.service.importing import import_files
from reviewer.shipped import shipped
from tests.casefile.making import (
    CALL,
    GUR,
    at_work,
    claim,
    excerpt,
    founding,
    ledger_of,
    new_case,
    rebuilt,
    recording,
    source,
    state_of,
    statement,
    take_in,
)

EVIDENCE = ("source", "statement", "recording", "segment", "claim", "shown_with", "quotation")


def evidence_of(con: Connection) -> dict[str, set[tuple[object, ...]]]:
    return {
        table: {tuple(row) for row in con.execute(f"SELECT * FROM {table}").fetchall()}
        for table in EVIDENCE
    }


def seen(path: Path, claim_: str = "c-1") -> ClaimView:
    with at_work(path, "ann") as (ann,):
        assert rebuilt(ann.case.con) == state_of(ann.case.con)
        return ann.view(claim_)


def only(excerpts: tuple[Excerpt, ...]) -> Excerpt:
    (one,) = excerpts
    return one


def decided(path: Path, *claims: str) -> None:
    with at_work(path, "ann") as (ann,):
        for id_ in claims:
            ann.decide(ann.view(id_), "contested")


def stale(path: Path, claim_: str = "c-1") -> str:
    return next(v.stale for v in seen(path, claim_).verdicts if v.standing)


def test_the_same_records_a_second_time_change_nothing(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    decided(path, "c-1")
    with CaseFile.open(path) as case:
        before = (evidence_of(case.con), ledger_of(case.con), state_of(case.con))
        fates, counts = batch.take_in(case, founding())
        assert set(fates) == {"unchanged"}
        assert counts == {"new": 0, "unchanged": 10, "changed": 0, "refused": 0}
        assert (evidence_of(case.con), ledger_of(case.con), state_of(case.con)) == before


def test_records_in_any_order_make_the_same_case(tmp_path: Path) -> None:
    with CaseFile.open(new_case(tmp_path)) as case:
        expected = (evidence_of(case.con), state_of(case.con))
    chance = random.Random(3)
    for n in range(10):
        shuffled = founding()
        chance.shuffle(shuffled)
        with CaseFile.create(tmp_path / f"{n}.case", title="T") as case:
            fates, _ = batch.take_in(case, shuffled)
            assert set(fates) == {"new"}
            assert (evidence_of(case.con), state_of(case.con)) == expected


def test_a_claim_may_come_before_its_evidence_and_says_what_is_missing(tmp_path: Path) -> None:
    early = lambda: [source(), claim("c-1", statements=["gur-7-march"])]  # noqa: E731
    path = new_case(tmp_path, early)
    view = seen(path)
    assert (view.statements, view.missing) == ((), ("gur-7-march",))
    take_in(path, statement())
    view = seen(path)
    assert ([s.id for s in view.statements], view.missing) == (["gur-7-march"], ())


def test_a_changed_text_is_a_new_version_beside_the_old_one(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    assert take_in(path, statement(text=GUR + " He was 44.")) == ["changed"]
    with CaseFile.open(path) as case:
        rows = case.con.execute(
            "SELECT version >> 40, text FROM statement WHERE id = 'gur-7-march' ORDER BY version"
        ).fetchall()
    assert [tuple(row) for row in rows] == [(1, GUR), (2, GUR + " He was 44.")]
    assert seen(path).statements[0].text == GUR + " He was 44."


def test_an_excerpt_whose_words_moved_is_found_where_they_stand_now(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    was = only(seen(path).excerpts)
    take_in(path, statement(text="Kyiv. " + GUR))
    now = only(seen(path).excerpts)
    assert was.start is not None
    assert now.start == was.start + 6
    assert now.exact == "was killed near Kharkiv"


def test_an_excerpt_whose_words_are_gone_is_an_orphan_and_comes_back_with_them(
    tmp_path: Path,
) -> None:
    path = new_case(tmp_path)
    was = only(seen(path).excerpts)
    take_in(path, statement(text=GUR.replace("killed near", "wounded near")))
    view = seen(path)
    assert only(view.excerpts).orphan
    assert (view.row.excerpts, view.row.state) == (1, State.NEW)
    take_in(path, statement())
    assert only(seen(path).excerpts) == was


def test_an_excerpt_never_jumps_to_words_that_only_look_like_it(tmp_path: Path) -> None:
    text = "12 were killed in Izium. 12 were killed in Balakliia."
    make = lambda: [  # noqa: E731
        source(),
        statement(text=text),
        claim("c-1"),
        excerpt("c-1", "12 were killed", suffix=" in Balakliia"),
    ]
    path = new_case(tmp_path, make)
    assert only(seen(path).excerpts).start == 25
    take_in(path, statement(text="12 were killed in Izium. 14 were killed in Balakliia."))
    assert only(seen(path).excerpts).orphan


def test_a_reader_s_words_quoted_from_a_refrain_stay_where_they_were_selected(
    tmp_path: Path,
) -> None:
    refrain = "ой у лузі червона калина " * 8
    path = new_case(tmp_path, lambda: [source(), statement(text=refrain), claim("c-1")])
    with at_work(path, "ann") as (ann,):
        view = ann.view("c-1")
        ann.link(view, ann.text("gur-7-march"), 100, 104, Stance.CONTEXT)  # type: ignore[arg-type]
    assert only(seen(path).excerpts).start == 100


def test_a_verdict_is_stale_when_a_text_under_it_changes_and_its_claim_comes_back(
    tmp_path: Path,
) -> None:
    path = new_case(tmp_path)
    decided(path, "c-1", "c-2")
    take_in(path, statement(text=GUR + " He was 44."))
    view = seen(path)
    assert stale(path) == "gur-7-march changed"
    assert (view.row.state, view.row.verdict) == (State.REOPENED, "")
    assert seen(path, "c-2").row.state == State.DECIDED
    with at_work(path, "ann") as (ann,):
        assert ann.status().stale == 1
        first = ann.next_undecided()
        assert first is not None
        assert first.id == "c-1"
        ann.decide(ann.view("c-1"), "contested")
    assert (stale(path), seen(path).row.state) == ("", State.DECIDED)


def test_a_text_that_is_put_back_as_it_was_makes_its_verdict_fresh_again(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    decided(path, "c-1")
    take_in(path, statement(text="Something else. " + GUR))
    assert stale(path) == "gur-7-march changed"
    take_in(path, statement())
    assert stale(path) == ""
    with CaseFile.open(path) as case:
        assert case.con.execute("SELECT max(version >> 40) FROM statement").fetchone()[0] == 3


def test_several_reasons_are_all_named(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    decided(path, "c-1")
    take_in(
        path,
        claim("c-1", text="New words.", statements=["gur-7-march", "new"], recordings=["call-1"]),
        statement("new", "More."),
        recording(lines=CALL[:2]),
    )
    assert stale(path) == "the claim's wording changed; call-1 changed; new is new"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"text": "Other words."}, "the claim's wording changed"),
        ({"priority": 9}, ""),
        ({"tags": ["dup"]}, ""),
        (
            {"context": "x", "claimant": "y"},
            "the claim's claimant changed; the claim's context changed",
        ),
        ({"statements": []}, ""),
    ],
)
def test_the_reason_says_what_really_changed_in_a_claim(
    tmp_path: Path, more: dict[str, object], reason: str
) -> None:
    path = new_case(tmp_path)
    decided(path, "c-2")
    take_in(path, claim("c-2", **{"priority": 2, "statements": ["ria-2-march"], **more}))
    assert stale(path, "c-2") == reason


def test_evidence_that_arrives_later_makes_a_verdict_stale(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    decided(path, "c-3")
    take_in(path, excerpt("c-3", "498 человек убитыми", "ria-2-march", stance="refutes"))
    assert stale(path, "c-3") == "ria-2-march is new"


def test_a_verdict_rests_on_what_its_reader_saw_even_after_the_excerpt_was_taken_back(
    tmp_path: Path,
) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ann") as (ann,):
        ann.link(ann.view("c-4"), ann.text("call-1"), 0, 9, Stance.SUPPORTS)
        ann.decide(ann.view("c-4"), "contested")
        ann.unlink(ann.view("c-4"), only(ann.view("c-4").excerpts))
    take_in(path, recording(lines=["Кто это?", *CALL]))
    assert stale(path, "c-4") == "call-1 changed"


def test_a_withdrawn_verdict_is_not_called_stale(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    decided(path, "c-1")
    with at_work(path, "ann") as (ann,):
        ann.withdraw(ann.view("c-1"))
    take_in(path, statement(text="Something else."))
    assert seen(path).row.state == State.NEW
    with at_work(path, "ann") as (ann,):
        ann.undo()
    assert stale(path) == "gur-7-march changed"


def test_an_excerpt_that_is_said_to_belong_to_another_claim_moves_there(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    for home, other in (("c-4", "c-1"), ("c-2", "c-4"), ("c-1", "c-2")):
        assert take_in(path, excerpt(home, "was killed near Kharkiv", id="e-1")) == ["changed"]
        assert [e.id for e in seen(path, home).excerpts] == ["e-1"]
        assert seen(path, other).excerpts == ()
        assert seen(path, other).row.excerpts == 0


def test_an_excerpt_that_is_said_to_be_of_another_text_leaves_the_old_text(
    tmp_path: Path,
) -> None:
    make = lambda: [  # noqa: E731
        *founding(),
        claim("c-5"),
        excerpt("c-5", "was killed", id="e-5"),
    ]
    path = new_case(tmp_path, make)
    take_in(path, excerpt("c-5", "Минобороны", "ria-2-march", id="e-5"))
    view = seen(path, "c-5")
    assert [s.id for s in view.statements] == ["ria-2-march"]
    assert only(view.excerpts).exact == "Минобороны"


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (statement("s-9", source="tass"), "its source 'tass' is not in the case; import it too"),
        (recording("r-9", source="tass"), "its source 'tass' is not in the case; import it too"),
        (statement("call-1"), "a recording has the id 'call-1' already"),
        (recording("gur-7-march"), "a statement has the id 'gur-7-march' already"),
        (excerpt("c-9", "killed"), "its claim 'c-9' is not in the case; import it too"),
        (excerpt("c-1", "x", "s-9"), "its target 's-9' is not in the case; import it too"),
        (
            excerpt("c-1", "was KILLED"),
            "its words do not stand in 'gur-7-march', letter for letter",
        ),
        (
            excerpt("c-1", "killed"),
            "its words stand 2 times in 'gur-7-march'; add prefix or suffix to say which",
        ),
        (
            excerpt("c-1", "убит.\nСвязи", "call-1"),
            "its words do not stand in 'call-1', letter for letter",
        ),
    ],
    ids=lambda value: value.kind_name if isinstance(value, Record) else "",
)
def test_a_record_that_cannot_stand_is_refused_and_the_others_come_in(
    tmp_path: Path, record: Record, reason: str
) -> None:
    path = new_case(tmp_path)
    assert take_in(path, record, claim("c-8")) == [reason, "new"]
    assert seen(path, "c-8").row.state == State.NEW


def test_words_from_one_segment_into_the_next_are_joined_by_a_line_break(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    assert take_in(path, excerpt("c-2", "убит.\nПовтори.\nСвязи", "call-1")) == ["new"]
    one = only(seen(path, "c-2").excerpts)
    assert (one.start_ms, one.end_ms) == (1_000, 63_250)


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("Виталий", (1_000, 4_500)),
        ("убит.", (1_000, 4_500)),
        ("Повтори.", (5_000, 5_900)),
        ("убит.\nП", (1_000, 5_900)),
        ("работает.", (60_000, 63_250)),
    ],
)
def test_an_excerpt_of_a_call_knows_when_it_was_said(
    tmp_path: Path, words: str, times: tuple[int, int]
) -> None:
    path = new_case(tmp_path)
    take_in(path, excerpt("c-2", words, "call-1"))
    one = only(seen(path, "c-2").excerpts)
    assert (one.start_ms, one.end_ms) == times


def test_every_span_of_a_call_lies_in_the_segments_whose_times_it_is_given(
    tmp_path: Path,
) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ann") as (ann,):
        call = ann.text("call-1")
        starts = list(itertools.accumulate((len(line) + 1 for line in CALL), initial=0))
        for start, end in ((5, 6), (0, len(call.text)), (starts[1], starts[1] + 1), (20, 30)):
            ann.link(ann.view("c-4"), call, start, end, Stance.CONTEXT)
            (one,) = [e for e in ann.view("c-4").excerpts if (e.start, e.end) == (start, end)]
            first = max(n for n in range(3) if starts[n] <= start)
            last = max(n for n in range(3) if starts[n] <= end - 1)
            times = [(1_000, 4_500), (5_000, 5_900), (60_000, 63_250)]
            assert (one.start_ms, one.end_ms) == (times[first][0], times[last][1])


def test_a_text_held_only_as_a_paraphrase_has_no_times(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    held = RecordingRecord.model_validate(
        {
            "id": "call-2",
            "source": "gur",
            "language": "en",
            "held": "paraphrase",
            "segments": [{"text": "An officer laments a death."}],
        }
    )
    take_in(path, held, excerpt("c-2", "laments a death", "call-2"))
    one = only(seen(path, "c-2").excerpts)
    assert (one.start_ms, one.end_ms) == (None, None)


def test_a_dry_run_says_what_would_be_and_changes_nothing(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    before = path.read_bytes()
    with CaseFile.open(path) as case:
        fates, counts = batch.take_in(
            case,
            [
                claim("c-9"),
                statement(text="Changed."),
                source("gur", kind="agency"),
                excerpt("c-9", "nowhere"),
            ],
            dry_run=True,
        )
        assert fates[:3] == ["new", "changed", "unchanged"]
        assert counts == {"new": 1, "unchanged": 1, "changed": 1, "refused": 1}
    assert path.read_bytes() == before


def test_what_a_case_says_of_itself_is_a_label_and_is_changed_in_place(tmp_path: Path) -> None:
    from reviewer.model.records import CaseRecord

    path = new_case(tmp_path)
    record = CaseRecord(title="Kharkiv", about="Losses.", exercise=True)
    assert take_in(path, record) == ["new"]
    assert take_in(path, record) == ["unchanged"]
    assert take_in(path, record.model_copy(update={"title": "Izium"})) == ["changed"]
    with CaseFile.open(path) as case:
        about = case.about()
        assert (about.title, about.about, about.exercise) == ("Izium", "Losses.", True)


def test_hostile_text_is_stored_letter_for_letter(tmp_path: Path) -> None:
    text = "\x1b]52;c;QQ\x07 [/x] \u202e\x00 \r\n\ufeff'; DROP TABLE entry; --"
    path = new_case(tmp_path)
    assert take_in(path, statement("h", text), claim("c-h", statements=["h"], text=text)) == [
        "new",
        "new",
    ]
    view = seen(path, "c-h")
    assert (view.claim.text, view.statements[0].text) == (text, text)
    assert take_in(path, statement("h", text)) == ["unchanged"]


def test_a_statement_of_many_versions_costs_nobody_his_place(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    chance = random.Random(11)
    texts = [GUR, "Kyiv. " + GUR, GUR.upper(), GUR.replace("Kharkiv", "Izium"), GUR + GUR]
    for _ in range(12):
        record: StatementRecord = statement(text=chance.choice(texts))
        take_in(path, record)
        one = only(seen(path).excerpts)
        if not one.orphan:
            assert record.text[one.start : one.end] == one.exact


@pytest.mark.parametrize("name", ["gerasimov", "exercise"])
def test_the_hash_of_every_version_is_derived_from_what_is_stored(
    tmp_path: Path, name: str
) -> None:
    with CaseFile.create(tmp_path / "a.case", title="") as case:
        import_files(case, [shipped(f"fixtures/{name}")])
        parts_of = {
            "recording": "SELECT start_ms, end_ms, speaker, text, translation FROM segment"
            " WHERE recording = ? AND version = ? ORDER BY n",
            "claim": "SELECT target FROM shown_with WHERE claim = ? AND version = ? ORDER BY n",
        }
        for table in ("source", "statement", "recording", "claim", "quotation"):
            rows = case.con.execute(f"SELECT * FROM {table}").fetchall()
            assert rows
            for row in rows:
                held = dict(row)
                columns = {k: v for k, v in held.items() if k not in ("version", "hash")}
                query = parts_of.get(table)
                parts = case.con.execute(query, (row["id"], row["version"])) if query else ()
                assert row_hash(table, columns, [list(part) for part in parts]) == row["hash"]
