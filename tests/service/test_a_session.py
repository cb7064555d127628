"""What a reader may do in a session, and what the ledger then says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.casefile.tally import DAY_MS
from reviewer.model.about import Status
from reviewer.model.claims import State
from reviewer.model.errors import NotFoundError, NothingToDoError, UsageError
from reviewer.model.evidence import Stance
from reviewer.service.session import Session, checked_reader
from reviewer.service.telling import SHORT
from tests.casefile.making import (
    Ticking,
    at_work,
    claim,
    founding,
    ledger_of,
    new_case,
    recording,
    statement,
    take_in,
)


def entries(session: Session) -> int:
    return len(ledger_of(session.case.con))


def standing(session: Session, claim_: str = "c-1") -> list[tuple[str, str, str]]:
    return [(v.reader, v.value, v.note) for v in session.view(claim_).verdicts if v.standing]


def test_a_claim_is_shown_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        view = ann.view("c-1")
        assert [s.id for s in view.statements] == ["gur-7-march"]
        assert [r.id for r in view.recordings] == ["call-1"]
        assert [e.exact for e in view.excerpts] == ["was killed near Kharkiv"]
        assert (view.verdicts, view.notes, view.missing) == ((), (), ())
        assert view.recordings[0].text == "\n".join(s.text for s in view.recordings[0].segments)
        assert view.target("call-1") is view.recordings[0]
        assert view.target("no") is None


def test_two_sources_of_one_origin_say_so(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        gur, call = ann.text("gur-7-march"), ann.text("call-1")
        assert gur.origin == call.origin == "gur"
        assert ann.text("ria-2-march").origin == "mod"


def test_excerpts_are_shown_in_the_order_in_which_they_are_read(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        text = ann.text("gur-7-march").text
        call = ann.text("call-1")
        ann.link(ann.view("c-1"), call, 0, 7, Stance.SUPPORTS)
        for words in ("wounded", "Major General"):
            at = text.index(words)
            ann.link(ann.view("c-1"), ann.text("gur-7-march"), at, at + len(words), Stance.CONTEXT)
        shown = [e.exact for e in ann.view("c-1").excerpts]
        assert shown == ["Major General", "was killed near Kharkiv", "wounded", "Виталий"]


def test_a_call_is_read_once_for_all_a_reader_does_on_its_claim(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with Session.open(path, "ann") as session:
        asked: list[str] = []
        session.case.con.set_trace_callback(asked.append)
        view = session.view("c-1")
        assert view.recordings
        session.decide(view, "false")
        session.undo()
        assert session.view("c-1").recordings == view.recordings
        assert sum("FROM segment" in query for query in asked) == len(view.recordings)
        words = ("Он жив.", "Его видели.")
        take_in(path, recording(lines=words))
        (call,) = session.view("c-1").recordings
        assert call.text.split("\n") == list(words), "a changed call is another version"


def test_what_is_not_in_the_case_is_said_not_to_be(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        with pytest.raises(NotFoundError, match="There is no claim 'c-99' in this case"):
            ann.view("c-99")
        with pytest.raises(NotFoundError, match="no statement or recording 'x'"):
            ann.text("x")
        assert ann.row("c-99") is None
        assert ann.position("c-99") == 0


def test_the_same_verdict_again_changes_nothing(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        assert ann.decide(ann.view("c-1"), "false", "they deny it") is not None
        before = entries(ann)
        for note in (None, "they deny it", "  they deny it\n"):
            assert ann.decide(ann.view("c-1"), "false", note) is None
        assert ann.decide(ann.view("c-1"), "False") is None
        assert entries(ann) == before


def test_a_value_is_taken_as_people_spell_it(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        ann.decide(ann.view("c-1"), "Partly verified")
        assert standing(ann) == [("ann", "partly_verified", "")]
        with pytest.raises(NotFoundError, match="'maybe' is not a verdict of this case"):
            ann.decide(ann.view("c-1"), "maybe")


def test_a_verdict_carries_the_note_that_was_written_before_it(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        ann.note(ann.view("c-1"), "two sources, one origin")
        ann.decide(ann.view("c-1"), "unverified")
        assert standing(ann) == [("ann", "unverified", "two sources, one origin")]


def test_a_verdict_shows_its_readers_note_in_force_and_one_of_the_past_its_own(
    tmp_path: Path,
) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        ann.decide(ann.view("c-1"), "unverified", "first")
        ann.decide(ann.view("c-1"), "false", "second")
        ann.note(ann.view("c-1"), "third")
        told = [(v.value, v.standing, v.note) for v in ann.view("c-1").verdicts]
        assert told == [("unverified", False, "first"), ("false", True, "third")]


def test_the_note_of_a_verdict_changes_with_it_and_comes_back_with_undo(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        ann.decide(ann.view("c-1"), "false", "first")
        assert ann.decide(ann.view("c-1"), "false", "second") is not None
        assert standing(ann) == [("ann", "false", "second")]
        ann.decide(ann.view("c-1"), "false", "")
        assert standing(ann) == [("ann", "false", "")]
        assert ann.view("c-1").notes == ()
        ann.undo()
        ann.undo()
        assert standing(ann) == [("ann", "false", "first")]
        ann.redo()
        assert standing(ann) == [("ann", "false", "second")]


def test_a_note_that_stands_already_is_not_written_again(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        assert ann.note(ann.view("c-1"), "") is None
        assert ann.note(ann.view("c-1"), "call them ") is not None
        assert ann.note(ann.view("c-1"), " call them") is None
        assert ann.view("c-1").note_of("ann") == "call them"


def test_a_removed_note_leaves_the_claim_as_if_it_had_never_been(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        ann.note(ann.view("c-1"), "call them")
        assert ann.view("c-1").row.state == State.IN_REVIEW
        ann.note(ann.view("c-1"), "")
        assert ann.view("c-1").row.state == State.NEW
        assert ann.count(ann.filter("has:note")) == ann.count(ann.filter("reader:me")) == 0


def test_notes_of_two_readers_stand_side_by_side(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        ann.note(ann.view("c-1"), "one")
        borys.note(borys.view("c-1"), "other")
        assert [(n.reader, n.text) for n in ann.view("c-1").notes] == [
            ("ann", "one"),
            ("borys", "other"),
        ]


def test_a_verdict_is_withdrawn_by_its_reader_alone_and_only_while_it_stands(
    tmp_path: Path,
) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "false")
        with pytest.raises(NothingToDoError, match="You have no verdict on c-1 to withdraw"):
            borys.withdraw(borys.view("c-1"))
        ann.withdraw(ann.view("c-1"))
        assert standing(ann) == []
        with pytest.raises(NothingToDoError):
            ann.withdraw(ann.view("c-1"))
        assert ann.view("c-1").row.state == State.NEW


def test_readers_who_differ_put_a_claim_in_conflict_until_they_agree(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "false")
        borys.decide(borys.view("c-1"), "verified")
        assert (ann.view("c-1").row.state, ann.view("c-1").row.verdict) == ("in_conflict", "")
        borys.decide(borys.view("c-1"), "false")
        assert (ann.view("c-1").row.state, ann.view("c-1").row.verdict) == ("decided", "false")
        assert len(standing(ann)) == 2


def test_a_claim_set_aside_waits_behind_all_others(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        ann.set_aside(ann.view("c-1"))
        assert ann.view("c-1").row.state == State.SET_ASIDE
        order = []
        for _ in range(4):
            row = ann.next_undecided()
            assert row is not None
            order.append(row.id)
            ann.decide(ann.view(row.id), "false")
        assert order == ["c-2", "c-3", "c-4", "c-1"]
        assert ann.next_undecided() is None


def test_a_mark_is_seen_by_its_reader_alone(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        ann.mark(ann.view("c-1"))
        assert (ann.view("c-1").row.marked, borys.view("c-1").row.marked) == (True, False)
        ann.mark(ann.view("c-1"), on=False)
        assert not ann.view("c-1").row.marked


def test_an_excerpt_across_segments_is_selected_by_words_place_and_time(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        call = ann.text("call-1")
        start = call.text.index("убит.")
        end = call.text.index("нет")
        entry = ann.link(ann.view("c-2"), call, start, end, Stance.SUPPORTS)
        assert entry is not None
        (one,) = ann.view("c-2").excerpts
        assert one.exact == "убит.\nПовтори.\nСвязи "
        assert (one.start, one.end) == (start, end)
        assert (one.start_ms, one.end_ms) == (1_000, 63_250)
        assert call.text.startswith(one.prefix + one.exact + one.suffix, start - len(one.prefix))
        assert (one.reader, one.stance) == ("ann", Stance.SUPPORTS)
        assert entry.data["target_hash"] == call.hash
        assert (entry.data["start_ms"], entry.data["end_ms"]) == (1_000, 63_250)


def test_a_statement_has_no_media_times(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        ann.link(ann.view("c-2"), ann.text("gur-7-march"), 0, 5, Stance.REFUTES)
        (one,) = ann.view("c-2").excerpts
        assert (one.start_ms, one.end_ms) == (None, None)


def test_a_text_that_is_linked_is_shown_with_the_claim_from_then_on(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        ann.link(ann.view("c-4"), ann.text("ria-2-march"), 0, 6, Stance.REFUTES)
        view = ann.view("c-4")
        assert [s.id for s in view.statements] == ["ria-2-march"]
        assert view.row.state == State.IN_REVIEW
        ann.undo()
        assert ann.view("c-4").statements == ()


def test_the_same_excerpt_again_changes_nothing_and_another_stance_is_another_excerpt(
    tmp_path: Path,
) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        call = ann.text("call-1")
        assert ann.link(ann.view("c-2"), call, 0, 7, Stance.SUPPORTS) is not None
        assert ann.link(ann.view("c-2"), call, 0, 7, Stance.SUPPORTS) is None
        assert ann.link(ann.view("c-2"), call, 0, 7, Stance.REFUTES) is not None
        assert len(ann.view("c-2").excerpts) == 2


@pytest.mark.parametrize(
    "span", [(0, 0), (5, 3), (-3, 2), (-5, -1), (7, 8), (40, 999), (999, 1000)]
)
def test_there_is_no_excerpt_without_words(tmp_path: Path, span: tuple[int, int]) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        with pytest.raises(UsageError, match="no words between these two places"):
            ann.link(ann.view("c-2"), ann.text("call-1"), *span, Stance.CONTEXT)
        assert entries(ann) == 0


def test_only_ones_own_excerpt_can_be_taken_back(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        borys.link(borys.view("c-1"), borys.text("call-1"), 0, 7, Stance.SUPPORTS)
        view = ann.view("c-1")
        of_case, boryss = view.excerpts
        with pytest.raises(UsageError, match="part of the case; only your own"):
            ann.unlink(view, of_case)
        with pytest.raises(UsageError, match="This excerpt is borys's; only your own"):
            ann.unlink(view, boryss)
        borys.unlink(borys.view("c-1"), boryss)
        assert [e.id for e in ann.view("c-1").excerpts] == ["e-1"]
        borys.undo()
        assert len(ann.view("c-1").excerpts) == 2


def test_an_excerpt_that_is_gone_already_is_not_taken_back_twice(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        ann.link(ann.view("c-4"), ann.text("call-1"), 0, 7, Stance.SUPPORTS)
        view = ann.view("c-4")
        ann.unlink(view, view.excerpts[0])
        with pytest.raises(NothingToDoError, match="taken back already"):
            ann.unlink(view, view.excerpts[0])
        ann.undo()
        assert len(ann.view("c-4").excerpts) == 1


def test_undo_says_what_it_undid_and_on_which_claim(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        ann.decide(ann.view("c-2"), "false", "they deny it")
        ann.mark(ann.view("c-1"))
        assert (ann.undo().sentence, ann.redo().sentence) == (
            "undid: c-1 marked",
            "redid: c-1 marked",
        )
        ann.undo()
        line = ann.undo()
        assert (line.sentence, line.claim) == ("undid: verdict false on c-2, with a note", "c-2")
        with pytest.raises(NothingToDoError, match="ann has nothing left to undo"):
            ann.undo()


def test_undo_survives_a_restart_and_reaches_back_over_sessions(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    for value in ("unverified", "false"):
        with at_work(path, "ann") as (ann,):
            ann.decide(ann.view("c-1"), value)
    for left in ([("ann", "unverified", "")], []):
        with at_work(path, "ann") as (ann,):
            ann.undo()
            assert standing(ann) == left
    with at_work(path, "ann") as (ann,):
        ann.redo()
        ann.redo()
        assert standing(ann) == [("ann", "false", "")]
        with pytest.raises(NothingToDoError, match="ann has nothing to redo"):
            ann.redo()


def test_nobody_undoes_what_another_did(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "false")
        with pytest.raises(NothingToDoError, match="borys has nothing left to undo"):
            borys.undo()
        borys.mark(borys.view("c-2"))
        ann.undo()
        assert borys.view("c-2").row.marked


def test_a_new_act_closes_the_way_to_redo(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "false")
        ann.undo()
        borys.mark(borys.view("c-1"))
        assert ann.redo().sentence.startswith("redid")
        ann.undo()
        ann.mark(ann.view("c-2"))
        with pytest.raises(NothingToDoError):
            ann.redo()


def test_the_log_tells_every_kind_of_entry_in_a_sentence(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        ann.note(ann.view("c-1"), "call\n  the ministry")
        ann.decide(ann.view("c-1"), "partly_verified")
        ann.withdraw(ann.view("c-1"))
        ann.link(ann.view("c-1"), ann.text("call-1"), 0, 23, Stance.SUPPORTS)
        mine = next(e for e in ann.view("c-1").excerpts if e.reader)
        ann.unlink(ann.view("c-1"), mine)
        ann.set_aside(ann.view("c-1"))
        ann.set_aside(ann.view("c-1"), on=False)
        ann.mark(ann.view("c-1"))
        ann.mark(ann.view("c-1"), on=False)
        ann.note(ann.view("c-1"), "")
        ann.undo()
        ann.redo()
        borys.decide(borys.view("c-2"), "false")
        assert [(line.reader, line.sentence) for line in ann.log()][::-1] == [
            ("ann", "joined the case"),
            ("ann", "note on c-1: call the ministry"),
            ("ann", "verdict partly verified on c-1, with a note"),
            ("ann", "verdict on c-1 withdrawn"),
            ("ann", 'supports excerpt on c-1: "Виталий Герасимов убит."'),
            ("ann", 'excerpt on c-1 taken back: "Виталий Герасимов убит."'),
            ("ann", "c-1 set aside"),
            ("ann", "c-1 back in the queue"),
            ("ann", "c-1 marked"),
            ("ann", "c-1 no longer marked"),
            ("ann", "note on c-1 removed"),
            ("ann", "undid: note on c-1 removed"),
            ("ann", "redid: note on c-1 removed"),
            ("borys", "joined the case"),
            ("borys", "verdict false on c-2"),
        ]


def test_the_log_cuts_long_words_and_tells_them_on_one_line(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        ann.note(ann.view("c-1"), "again\n" * 20)
        sentence = ann.log()[0].sentence
        assert sentence.startswith("note on c-1: again again")
        assert sentence.endswith("...")
        assert len(sentence) == len("note on c-1: ") + SHORT


def test_the_log_is_of_a_claim_or_a_reader_where_that_is_asked(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "false")
        borys.decide(borys.view("c-1"), "verified")
        borys.decide(borys.view("c-2"), "verified")
        borys.undo()
        assert [line.reader for line in ann.log(claim="c-1")] == ["borys", "ann"]
        assert [line.kind for line in ann.log(reader="ann")] == ["verdict", "enrol"]
        both = ann.log(claim="c-2", reader="borys")
        assert [(line.kind, line.undone) for line in both] == [("undo", False), ("verdict", True)]
        assert ann.log(claim="c-2", reader="ann") == []
        assert len(ann.log(limit=2)) == 2


def test_an_act_told_at_once_reads_as_the_log_tells_it(tmp_path: Path) -> None:
    with at_work(new_case(tmp_path), "ann") as (ann,):
        entry = ann.decide(ann.view("c-1"), "false")
        assert entry is not None
        assert ann.tell(entry) == ann.log()[0]


def test_the_status_counts_what_there_is(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ann", "borys") as (ann, borys):
        ann.decide(ann.view("c-1"), "false")
        ann.decide(ann.view("c-2"), "verified")
        borys.decide(borys.view("c-2"), "false")
        borys.set_aside(borys.view("c-3"))
    take_in(path, statement(text="Nothing of it."))
    with at_work(path, "ann") as (ann,):
        assert ann.status() == Status(
            claims=4,
            decided=1,
            undecided=3,
            verdicts={"false": 2, "verified": 1},
            states={"in_conflict": 1, "new": 1, "reopened": 1, "set_aside": 1},
            readers={"ann": 2, "borys": 1},
            stale=1,
            orphans=1,
            today=3,
        )


def test_todays_count_begins_at_midnight(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    clock = Ticking()
    clock.now -= 2_500
    with Session.open(path, "ann", clock=clock) as ann:
        for id_ in ("c-1", "c-2", "c-3"):
            ann.decide(ann.view(id_), "false")
        # Joining took a tick: the first verdict alone was given before midnight.
        assert ann.status().today == 2


def test_todays_count_is_of_the_day_whenever_the_entries_came(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    now, past = Ticking(), Ticking()
    past.now -= 10 * DAY_MS
    with Session.open(path, "ann", clock=now) as ann:
        ann.decide(ann.view("c-1"), "false")
        with Session.open(path, "borys", clock=past) as borys:
            borys.decide(borys.view("c-2"), "false")
        assert ann.status().today == 1


def test_a_session_without_a_name_is_the_accounts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    path = new_case(tmp_path)
    monkeypatch.setattr("getpass.getuser", lambda: "olena")
    with Session.open(path) as session:
        assert session.reader == "olena"
    monkeypatch.setattr("getpass.getuser", nameless)
    with Session.open(path) as session:
        assert session.reader == "reader"


@pytest.mark.parametrize("name", ["ann", "  Олена Петренко ", "李", "x" * 80])
def test_a_readers_name_is_any_short_text_that_can_be_seen(name: str) -> None:
    assert checked_reader(name) == name.strip()


@pytest.mark.parametrize(
    "name", ["", "  ", "x" * 81, "a\nb", "a\x1b[2J", "\u202eann", "a\u200bnn", "\udcff"]
)
def test_a_name_that_cannot_be_seen_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="1 to 80 printable characters; say --as NAME"):
        checked_reader(name)


def test_a_case_on_another_teams_scale_is_decided_by_its_own_values(tmp_path: Path) -> None:
    from reviewer.casefile.case import CaseFile
    from reviewer.model.scale import scale_of

    path = tmp_path / "a.case"
    scale = scale_of([("Mostly-True", "Mostly true", ""), ("pants_on_fire", "Pants on Fire!", "")])
    CaseFile.create(path, title="T", scale=scale).close()
    take_in(path, *founding())
    with at_work(path, "ann") as (ann,):
        for value in ann.scale.values:
            ann.decide(ann.view("c-1"), value.value)
            assert standing(ann) == [("ann", value.value, "")]
            assert ann.count(ann.filter(f"verdict:{value.value}")) == 1
        assert ann.log()[0].sentence == "verdict Pants on Fire! on c-1"


def test_a_call_that_grew_keeps_each_readers_excerpts_where_their_words_are(
    tmp_path: Path,
) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ann", "borys") as (ann, borys):
        for session, claim_ in ((ann, "c-2"), (borys, "c-3")):
            call = session.text("call-1")
            at = call.text.index("Повтори")
            session.link(session.view(claim_), call, at, at + 7, Stance.CONTEXT)
    take_in(path, recording(lines=["Виталий Герасимов убит.", "Повтори. Повтори."]))
    with at_work(path, "ann") as (ann,):
        assert [ann.view(id_).excerpts[0].orphan for id_ in ("c-2", "c-3")] == [True, True]
    take_in(path, recording(lines=["Кто?", "Виталий Герасимов убит.", "Повтори."]))
    with at_work(path, "ann") as (ann,):
        for id_ in ("c-2", "c-3"):
            (one,) = ann.view(id_).excerpts
            assert (one.start_ms, one.end_ms) == (60_000, 63_250)


def test_a_claim_that_is_worded_anew_is_the_same_claim_in_the_queue(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    take_in(path, claim("c-4", text="New words.", priority=1, date="2022-01"))
    with at_work(path, "ann") as (ann,):
        assert [row.id for row in ann.rows()] == ["c-1", "c-4", "c-2", "c-3"]
        assert ann.row("c-4").text == "New words."  # type: ignore[union-attr]
