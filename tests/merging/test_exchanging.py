"""Two laptops review one case apart, exchange what they did, and hold the same."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reviewer.casefile import holding, packed, telling
from reviewer.casefile.case import CaseFile
from reviewer.casefile.verify.check import Stop, verify
from reviewer.model.bundles import Head
from reviewer.model.claims import State
from reviewer.model.entry import Kind
from reviewer.model.errors import CaseError
from reviewer.model.scale import scale_of
from reviewer.service.gathering import Asked, Gathered
from reviewer.service.merging import merge
from reviewer.service.telling_merges import merge_lines
from tests.casefile.making import GUR, claim, excerpt, source, statement
from tests.everyday import times
from tests.merging.laptops import Laptop, check, contents, go_on, ids_of, worded

Two = tuple[Laptop, Laptop]


def judged(laptop: Laptop, reader: str, *claims: str, value: str = "false", note: str = "") -> None:
    with laptop.at_work(reader) as session:
        for id_ in claims:
            session.decide(session.view(id_), value, note)


def same(*laptops: Laptop) -> None:
    found = []
    for one in laptops:
        with one.reading() as case:
            check(case.con)
            found.append(contents(case.con))
    assert all(other == found[0] for other in found)


def test_both_end_with_the_same_and_are_told_on_what_they_differ(two: Two, tmp_path: Path) -> None:
    ann, borys = two
    judged(ann, "ann", "c-1", "c-2", note="two sources, one origin")
    judged(borys, "borys", "c-1", value="verified")
    judged(borys, "borys", "c-2")
    report = ann.merge(borys.bundled(tmp_path / "b.bundle"))
    assert (report.merged[0].entries, report.merged[0].readers) == (4 - 1, {"borys": 3})
    said = list(merge_lines(report, report.scale))
    assert said[1:] == [
        "Readers differ on 1 claim, 1 more than before",
        "c-1: What c-1 says.",
        "  ann says false since 2022-03-07: two sources, one origin",
        "  borys says verified since 2022-03-07",
    ]
    borys.merge(ann.bundled(tmp_path / "a.bundle", lacking=tmp_path / "b.bundle"))
    same(ann, borys)
    with borys.at_work("borys") as session:
        assert session.view("c-1").row.state is State.IN_CONFLICT
        assert session.view("c-2").row.state is State.DECIDED
        assert [one.claim for one in session.disagreements()] == ["c-1"]


def test_what_both_export_afterwards_is_alike_byte_for_byte(two: Two, tmp_path: Path) -> None:
    """Entries lie in either file in the order of their coming, and are told in their own."""
    ann, borys = two
    for laptop, reader in ((ann, "ann"), (borys, "borys")):
        with laptop.at_work(reader) as session:
            session.note(session.view("c-1"), f"a question by {reader}")
            session.find(Kind.CARD, "call-1", "number", reader)
            session.decide(session.view("c-2"), "false")
    borys.merge(ann.bundled(tmp_path / "a.bundle"))
    ann.merge(borys.bundled(tmp_path / "b.bundle"))
    for format_ in ("jsonl", "csv", "markdown", "html"):
        told = []
        for laptop in two:
            with laptop.at_work("eve") as session:
                told.append("".join(Gathered(session, session.filter(""), Asked()).text(format_)))
        assert told[0] == told[1], format_
        # A table of claims has the notes of verdicts alone.
        assert format_ == "csv" or "a question by ann" in told[0]


def test_a_bundle_of_what_is_lacking_holds_no_more(two: Two, tmp_path: Path) -> None:
    ann, borys = two
    judged(ann, "ann", "c-1", "c-2")
    borys.merge(ann.bundled(tmp_path / "1.bundle"))
    judged(borys, "borys", "c-3")
    back = borys.bundled(tmp_path / "2.bundle", lacking=tmp_path / "1.bundle")
    manifest = packed.Lines(packed.Packed.open(back)).manifest
    assert (manifest.entries, manifest.evidence) == (2, 0)
    ann.merge(back)
    same(ann, borys)


def test_a_dry_run_says_the_same_and_changes_nothing(two: Two, tmp_path: Path) -> None:
    ann, borys = two
    judged(ann, "ann", "c-1")
    judged(borys, "borys", "c-1", value="verified")
    borys.take_in(source("new"), claim("c-9"))
    out = borys.bundled(tmp_path / "b.bundle")
    before = ann.path.read_bytes()
    tried = merge(ann.path, [out], dry_run=True, progress=go_on)
    assert ann.path.read_bytes() == before
    assert ids_of(ann) & ids_of(borys) == set()
    done = ann.merge(out)
    assert (tried.merged, tried.after, tried.differ) == (done.merged, done.after, done.differ)


def test_nothing_new_says_so_and_writes_nothing(two: Two, tmp_path: Path) -> None:
    ann, borys = two
    judged(borys, "borys", "c-1")
    out = borys.bundled(tmp_path / "b.bundle")
    ann.merge(out)
    before = ann.path.read_bytes()
    report = ann.merge(out)
    assert ann.path.read_bytes() == before
    assert list(merge_lines(report, report.scale)) == [f"{out}: nothing that is not here already"]


def test_a_case_is_made_where_there_is_none(two: Two, tmp_path: Path) -> None:
    ann, _ = two
    judged(ann, "ann", "c-1")
    new = Laptop(tmp_path / "new.case", tmp_path / "home-new", "machine-new")
    out = ann.bundled(tmp_path / "a.bundle")
    assert merge(new.path, [out], dry_run=True, progress=go_on).merged[0].entries == 2
    assert not new.path.exists()
    assert new.merge(out).made
    same(ann, new)
    with new.reading() as case, ann.reading() as was:
        assert case.about() == was.about()


def test_evidence_of_both_sides_comes_along_and_reopens_what_rested_on_it(
    two: Two, tmp_path: Path
) -> None:
    ann, borys = two
    judged(ann, "ann", "c-1")
    ann.take_in(source(), statement("gur-7-march", "Kyiv. " + GUR))
    borys.take_in(source(), statement("gur-7-march", GUR + " So it said."))
    borys.take_in(statement("late", "It was denied."), excerpt("c-2", "denied", "late"))
    report = ann.merge(borys.path)
    assert report.merged[0].tables == {"statement": 2, "quotation": 1}
    borys.merge(ann.path)
    same(ann, borys)
    with ann.at_work("ann") as one, borys.at_work("borys") as other:
        assert one.view("c-1").verdicts[0].stale == "gur-7-march changed"
        assert one.text("gur-7-march") == other.text("gur-7-march")
        assert [text.id for text in other.view("c-2").statements] == ["ria-2-march", "late"]


def test_where_a_record_stood_comes_along(two: Two, tmp_path: Path) -> None:
    from reviewer.service.importing import import_files

    ann, borys = two
    sheet = tmp_path / "found.csv"
    sheet.write_text("id,claim\nx-1,The bridge stands.\n", encoding="utf-8")
    with borys.reading() as case:
        import_files(case, [sheet])
    ann.merge(borys.path)
    with ann.at_work() as one, borys.at_work() as other:
        (new,) = [row.id for row in one.rows() if not row.id.startswith("c-")]
        came, was = one.provenance("claim", new), other.provenance("claim", new)
        assert came is not None
        assert came == was


def test_two_devices_of_one_reader_that_did_not_see_each_other_both_stand(two: Two) -> None:
    ann, borys = two
    judged(ann, "ann", "c-1", value="verified")
    judged(borys, "ann", "c-1", value="false")
    report = ann.merge(borys.path)
    assert [v.reader for v in report.differ[0].verdicts] == ["ann", "ann"]
    judged(ann, "ann", "c-1", value="contested")
    borys.merge(ann.path)
    same(ann, borys)
    with borys.at_work("ann") as session:
        assert [v.value for v in session.view("c-1").verdicts if v.standing] == ["contested"]


def test_a_snapshot_of_a_machine_forks_a_chain_and_both_branches_are_kept_and_shown(
    two: Two, tmp_path: Path
) -> None:
    ann, _ = two
    judged(ann, "ann", "c-1")
    twin = ann.cloned(tmp_path / "twin.case", tmp_path / "home-twin", ann.machine)
    judged(ann, "ann", "c-2")
    judged(twin, "ann", "c-3", "c-4")
    report = ann.merge(twin.path)
    assert report.after.forks == 1
    assert any("forked" in line for line in merge_lines(report, report.scale))
    twin.merge(ann.path)
    same(ann, twin)
    with twin.at_work("ann") as session:
        assert all(session.view(f"c-{n}").mine("ann") for n in (1, 2, 3, 4))


def test_numbers_in_place_of_ids_would_lose_a_branch(
    two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same with the naive comparison: what has a number that is held is taken to be held."""

    def naive(_con: object, _of: object, theirs: tuple[Head, ...]) -> int:
        return max((head.seq for head in theirs), default=0)

    ann, _ = two
    judged(ann, "ann", "c-1")
    twin = ann.cloned(tmp_path / "twin.case", tmp_path / "home-twin", ann.machine)
    judged(ann, "ann", "c-2")
    judged(twin, "ann", "c-3")
    monkeypatch.setattr(telling, "_known", naive)
    ann.merge(twin.path)
    assert not ids_of(twin) <= ids_of(ann)
    monkeypatch.undo()
    ann.merge(twin.path)
    assert ids_of(twin) <= ids_of(ann)


def test_a_backup_that_was_put_back_gets_again_what_it_lost(two: Two, tmp_path: Path) -> None:
    ann, borys = two
    judged(ann, "ann", "c-1")
    ann.backup()
    judged(ann, "ann", "c-2", note="call them")
    borys.merge(ann.path)
    ann.restore(0, forgetting=False)
    judged(ann, "ann", "c-3")
    with ann.at_work("ann") as session:
        assert session.missing_entries() == 1
    report = ann.merge(borys.path)
    assert report.after.forks == 0
    with ann.at_work("ann") as session:
        assert session.missing_entries() == 0
        assert session.view("c-2").note_of("ann") == "call them"


def test_what_was_erased_stays_erased_and_is_erased_where_it_comes(two: Two) -> None:
    ann, borys = two
    judged(ann, "ann", "c-1", note="the witness lives in Kherson")
    borys.merge(ann.path)
    ann.backup()
    with ann.at_work("ann") as session:
        entry = session.view("c-1").verdicts[0].id
        assert session.view("c-1").note_of("ann")
    ann.redact("ann", entry)
    report = borys.merge(ann.path)
    assert report.merged[0].erased == 1
    with borys.at_work("borys") as session:
        assert session.view("c-1").note_of("ann") == ""
        assert session.view("c-1").verdicts[0].value == "false"
    assert b"Kherson" not in borys.path.read_bytes()
    ann.restore(0, forgetting=True)
    assert bytes.fromhex(entry) in worded(ann)
    ann.merge(borys.path)
    assert bytes.fromhex(entry) not in worded(ann)
    same(ann, borys)


def test_a_note_that_was_changed_in_the_file_goes_into_no_bundle(two: Two, tmp_path: Path) -> None:
    ann, _ = two
    judged(ann, "ann", "c-1", note="call the ministry")
    data = ann.path.read_bytes()
    assert data.count(b"call the ministry") == 2, "the words, and the note that is derived of them"
    ann.path.write_bytes(data.replace(b"call the ministry", b"call the Ministry"))
    with pytest.raises(CaseError, match=r"is damaged \(the words of entry .* were changed\)"):
        ann.bundled(tmp_path / "a.bundle")
    assert not (tmp_path / "a.bundle").exists()


def test_a_name_that_was_erased_does_not_come_back_with_another_chain(
    two: Two, tmp_path: Path
) -> None:
    """Halyna works on two laptops; on the one her name is erased, the other knows nothing of it."""
    ann, borys = two
    name = "Halyna Petrenko"
    judged(ann, name, "c-1")
    judged(borys, name, "c-2", note="the bridge")
    with ann.at_work("ann") as session:
        (first,) = session.log(kind="enrol", reader=name)
        session.redact(first.id, "she asked for it")
    report = ann.merge(borys.path)
    assert report.merged[0].withheld == 1
    assert report.named_still == []
    said = "  not taken, since it was erased here: the name in 1 entry"
    assert said in list(merge_lines(report, report.scale))
    assert b"Petrenko" not in ann.path.read_bytes()
    with ann.at_work("ann") as session:
        assert session.view("c-2").verdicts[0].reader.startswith("reader ")
        joined = session.log(kind="enrol")
        assert [line.sentence.partition("[erased by ann")[1] for line in joined].count("") == 1
    assert ann.merge(borys.path).merged[0].withheld == 0, "nothing is asked for again"
    found = verify(ann.path, tick=lambda *_: None, stop=Stop(), check_seal=None)
    assert found.whole
    assert found.counts["erased"] == 2

    report = borys.merge(ann.path)
    with borys.at_work("borys") as session:
        assert all(name not in line.reader for line in session.log())
        (left,) = report.named_still
        told = "\n".join(merge_lines(report, report.scale))
        assert "A name that was erased lies in 1 entry here yet, and is not shown." in told
        assert f"  reviewer redact {borys.path} {left[:12]}" in told
        found = verify(borys.path, tick=lambda *_: None, stop=Stop(), check_seal=None)
        assert found.whole
        assert any("lies here yet: erase it too" in one.said for one in found.findings)
        out = borys.bundled(tmp_path / "from-borys.bundle")
        assert all(b"Petrenko" not in line for line in packed.Packed.open(out).lines())
        session.redact(left)
    assert borys.merge(ann.path).named_still == []
    assert b"Petrenko" not in borys.path.read_bytes()
    ann.merge(borys.path)
    same(ann, borys)
    # Whoever it is goes on; no chain that she begins from now on says her name again.
    ann.restore_elsewhere(tmp_path / "moved.case")
    judged(ann, name, "c-3")
    assert b"Petrenko" not in ann.path.read_bytes()


def test_words_that_are_missing_are_asked_for_and_come(two: Two, tmp_path: Path) -> None:
    ann, borys = two
    judged(ann, "ann", "c-1", note="the bridge")
    lines = list(packed.Packed.open(ann.bundled(tmp_path / "a.bundle")).lines())
    bare = [line for line in lines if b"the bridge" not in line]
    assert len(bare) == len(lines) - 1
    with ann.reading() as case:
        said = case.con.execute("SELECT id, body FROM entry WHERE kind = 'verdict'").fetchone()
    borys.merge(ann.path)
    with borys.reading() as case, case.write() as con:
        con.execute("DROP TRIGGER payload_kept")
        con.execute(
            "DELETE FROM payload WHERE lsn = (SELECT lsn FROM entry WHERE id = ?)", said[:1]
        )
        con.execute(KEPT)
        holding.keep_wants(con, [said["id"].hex()])
    assert said["id"] not in worded(borys)
    ask = borys.bundled(tmp_path / "ask.bundle")
    report = borys.merge(ann.bundled(tmp_path / "answer.bundle", lacking=ask))
    assert report.merged[0].words == 1
    with borys.reading() as case:
        assert holding.wants(case.con) == []
    same(ann, borys)


KEPT = """CREATE TRIGGER payload_kept BEFORE DELETE ON payload
  WHEN NOT EXISTS (
    SELECT 1 FROM entry AS target JOIN entry AS redaction
      ON redaction.subject = target.id AND redaction.kind = 'redact'
    WHERE target.lsn = OLD.lsn)
  BEGIN SELECT RAISE(ABORT, 'only a redact entry erases a payload'); END"""


def test_clocks_that_are_wrong_by_decades_change_no_order(two: Two) -> None:
    ann, borys = two
    borys.ahead = -80 * 365 * 24 * 3600 * 1000
    judged(ann, "ann", "c-1", value="verified")
    borys.merge(ann.path)
    judged(borys, "ann", "c-1", value="false")
    ann.merge(borys.path)
    same(ann, borys)
    with ann.at_work("ann") as session:
        assert [v.value for v in session.view("c-1").verdicts if v.standing] == ["false"]


def test_another_case_or_another_scale_is_refused_in_one_sentence(two: Two, tmp_path: Path) -> None:
    ann, borys = two
    out = borys.bundled(tmp_path / "b.bundle")
    other = tmp_path / "other.case"
    CaseFile.create(other, title="Other").close()
    with pytest.raises(CaseError, match="it belongs to another case, 'Losses of March 2022'"):
        merge(other, [out], progress=go_on)
    with ann.reading() as case:
        like = case.about()
    scaled = tmp_path / "scaled.case"
    scale = scale_of([("yes", "yes", ""), ("no", "no", "")])
    CaseFile.create(scaled, title="Same", scale=scale, like=like).close()
    with pytest.raises(CaseError, match=r"verdicts are those of another scale \(verified, "):
        merge(scaled, [out], progress=go_on)


def test_stopped_between_batches_it_says_so_and_goes_on(
    two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "BLOCK", 3)
    ann, borys = two
    judged(borys, "borys", "c-1", "c-2", "c-3", "c-4")
    out = borys.bundled(tmp_path / "b.bundle", lacking=ann.path)
    assert ann.merge(out, steps=1).stopped
    assert ids_of(ann) == set()
    report = ann.merge(out, steps=2)
    assert report.stopped
    assert 0 < len(ids_of(ann)) < 5
    said = list(merge_lines(report, report.scale))
    assert said[1] == "Stopped. What was merged stays; give the same command again to go on."
    with ann.reading() as case:
        check(case.con)
    # What no signature speaks for yet is not passed on.
    assert packed.Lines(packed.Packed.open(ann.bundled(tmp_path / "half"))).manifest.unsigned
    assert not ann.merge(out).stopped
    same(ann, borys)


def test_killed_at_any_point_the_same_command_ends_as_if_nothing_had_been(
    two: Two, tmp_path: Path
) -> None:
    ann, borys = two
    for n in range(12):
        judged(borys, f"reader {n % 3}", "c-1", "c-2", "c-3", "c-4", value=VALUES[n % 3])
    out = borys.bundled(tmp_path / "b.bundle")
    program = (
        "import sys; from pathlib import Path; from reviewer.casefile import packed;"
        " from reviewer.service.merging import merge; packed.BLOCK = 2;"
        " say = lambda told: print(told, flush=True) or True;"
        " merge(Path(sys.argv[1]), [Path(sys.argv[2])], progress=say)"
    )
    for turn in range(times(4, 1000)):
        copy = tmp_path / f"copy-{turn}.case"
        shutil.copyfile(ann.path, copy)
        child = subprocess.Popen(
            [sys.executable, "-c", program, str(copy), str(out)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert child.stdout is not None
        for _ in range(1 + turn * 13 % 58):
            child.stdout.readline()
        time.sleep(0)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        laptop = Laptop(copy, tmp_path / "home-copy", "machine-copy")
        with laptop.reading() as case:
            check(case.con)
        laptop.merge(out)
        same(laptop, borys)
        copy.unlink()


VALUES = ("verified", "false", "contested")


def test_a_case_file_is_told_by_a_process_of_its_own(two: Two) -> None:
    ann, borys = two
    judged(borys, "borys", "c-1", note="a note")
    report = merge(ann.path, [borys.path], progress=go_on)
    assert report.merged[0].entries == 2
    borys.merge(ann.path)
    same(ann, borys)


def test_a_case_file_that_somebody_changed_is_refused_before_anything_in_it_runs(
    two: Two,
) -> None:
    ann, borys = two
    with borys.reading() as case:
        case.con.execute("CREATE VIEW x AS SELECT 1")
    with pytest.raises(CaseError, match="changed by another program"):
        merge(ann.path, [borys.path], progress=go_on)
    borys.path.write_bytes(borys.path.read_bytes()[:8192] + b"\xff" * 60_000)
    with pytest.raises(CaseError, match=str(borys.path)):
        merge(ann.path, [borys.path], progress=go_on)
    assert ids_of(ann) == set()
