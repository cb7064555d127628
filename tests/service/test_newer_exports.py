"""A newer export of the same source: what is new, changed, gone or doubled is said, and every
judgement on what stood before stays.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from reviewer.casefile.case import CaseFile
from reviewer.model.cards import came_from
from reviewer.model.claims import State
from reviewer.model.errors import UnreadableError
from reviewer.model.evidence import Stance
from reviewer.readers.wishes import Wishes
from reviewer.service import importing
from reviewer.service.import_report import ImportReport
from reviewer.service.importing import import_files
from reviewer.service.session import Session
from reviewer.service.telling_imports import lines as told
from tests.casefile.making import claim as claim_record
from tests.casefile.making import new_case, rebuilt, source, state_of, take_in
from tests.cli.conftest import *  # noqa: F403 - the fixture `reviewer`
from tests.cli.conftest import Reviewer
from tests.desk.reader import at_desk

FIRST = {
    "1": "Major General Vitaly Gerasimov was killed near Kharkiv on Monday.",
    "2": "The ministry counts 498 soldiers dead and 1,597 wounded so far.",
    "3": "Nobody has confirmed the recording independently until today.",
    "4": "A second general of the same army was buried in Novorossiysk.",
}
SECOND = {
    "1": FIRST["1"],
    "2": "On 2 March the ministry counts 498 soldiers dead and 1,600 wounded so far.",
    "4": FIRST["4"],
    "5": "The encrypted telephones of the army do not work any more.",
}
OTHERS = {
    "1": "Tomatoes should be watered early in the morning.",
    "2": "The ferry to the island leaves at half past nine.",
    "3": "Chess is played on a board of sixty-four squares.",
}

Texts = Mapping[str, str]
Write = Callable[[Path, Texts], Path]


def as_csv(folder: Path, texts: Texts) -> Path:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["id", "publisher", "date", "language", "text"])
    rows.writerows([id_, "GUR", "2022-03-07", "en", text] for id_, text in texts.items())
    path = folder / "posts.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def as_json(folder: Path, texts: Texts) -> Path:
    path = folder / "posts.json"
    path.write_text(json.dumps([_post(*item) for item in texts.items()]), encoding="utf-8")
    return path


def as_folder(folder: Path, texts: Texts) -> Path:
    path = folder / "posts"
    path.mkdir(exist_ok=True)
    for old in path.iterdir():
        old.unlink()
    for id_, text in texts.items():
        (path / f"post-{id_}.json").write_text(json.dumps(_post(id_, text)), encoding="utf-8")
    return path


def as_case_format(folder: Path, texts: Texts) -> Path:
    records: list[dict[str, Any]] = [{"kind": "source", "id": "gur", "name": "GUR"}]
    for id_, text in texts.items():
        records.append(
            {
                "kind": "statement",
                "id": f"posts/{id_}",
                "source": "gur",
                "language": "en",
                "held": "verbatim",
                "text": text,
            }
        )
    path = folder / "posts.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def _post(id_: str, text: str) -> dict[str, str]:
    return {"id": id_, "publisher": "GUR", "date": "2022-03-07", "language": "en", "text": text}


WRITERS = [as_csv, as_json, as_folder, as_case_format]


def subtitles(path: Path, texts: Iterable[str]) -> Path:
    blocks = [
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{text}\n"
        for n, text in enumerate(texts, start=1)
    ]
    path.write_text("\n".join(blocks), encoding="utf-8")
    return path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "my.case"
    CaseFile.create(path, title="Losses").close()
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "exports"
    path.mkdir()
    return path


def brought(case: Path, *paths: Path, **wishes: Any) -> ImportReport:
    go_on = wishes.pop("progress", lambda _: True)
    with CaseFile.open(case) as opened:
        return import_files(opened, paths, Wishes(**wishes), progress=go_on)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return (report.new, report.unchanged, report.changed, report.refused_count)


def ids(found: Iterable[tuple[str, str]]) -> list[str]:
    return [id_ for _, id_ in found]


def dump(case: Path) -> dict[str, list[tuple[object, ...]]]:
    with CaseFile.open(case) as opened:
        assert rebuilt(opened.con) == state_of(opened.con)
        tables = [
            row[0]
            for row in opened.con.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%'"
            )
        ]
        return {
            table: [tuple(row) for row in opened.con.execute(f"SELECT * FROM {table}").fetchall()]
            for table in tables
        }


def judged(case: Path) -> None:
    """A claim on each post, each with an excerpt, a verdict and a note."""
    with Session.open(case, "ann") as ann:
        ids = [text.id for text in ann.texts()]
    take_in(case, *(claim_record(f"on-{id_[-1]}", statements=[id_]) for id_ in ids))
    with Session.open(case, "ann") as ann:
        for id_ in ids:
            view = ann.view(f"on-{id_[-1]}")
            target = ann.text(id_)
            at = target.text.index(" ") + 1
            ann.link(view, target, at, at + 12, Stance.SUPPORTS)
            if id_[-1] == "2":
                end = target.text.index("1,597")
                ann.link(ann.view("on-2"), target, end, end + 5, Stance.CONTEXT)
            ann.decide(ann.view(f"on-{id_[-1]}"), "contested", f"note on {id_[-1]}")


def gone(case: Path, kind: str, id_: str) -> bool:
    with Session.open(case, "ann", readonly=True) as session:
        found = session.provenance(kind, id_)
    assert found is not None
    assert ("no longer in the newest export" in came_from(found)) is found.gone
    return found.gone


@pytest.mark.parametrize("write", WRITERS)
def test_what_is_new_changed_and_gone_is_said_and_every_judgement_stays(
    case: Path, folder: Path, write: Write
) -> None:
    assert brought(case, write(folder, FIRST)).new == 5
    judged(case)
    report = brought(case, write(folder, SECOND))
    assert ids(report.added) == ["posts/5"]
    assert ids(report.altered) == ["posts/2"]
    assert ids(report.gone) == ["posts/3"]
    assert (report.reopened, report.orphaned, report.refused_count) == (1, 1, 0)
    said = list(told(report))
    assert "New: statement posts/5" in said
    assert any(line.startswith("Changed: statement posts/2 reads differently") for line in said)
    assert "Gone: statement posts/3 is not in it any more; it stays in the case" in said
    with Session.open(case, "ann") as ann:
        view = ann.view("on-2")
        assert view.row.state is State.REOPENED
        (mine,) = view.verdicts
        assert (mine.value, mine.note, mine.stale) == (
            "contested",
            "note on 2",
            "posts/2 changed",
        )
        moved, orphan = sorted(view.excerpts, key=lambda e: e.orphan)
        assert moved.start is not None
        text = view.statements[0].text
        assert text[moved.start : moved.end] == moved.exact == FIRST["2"][4:16]
        assert (orphan.orphan, orphan.exact) == (True, "1,597")
        assert [row.id for row in ann.rows(ann.filter("state:reopened"))] == ["on-2"]
        for n in "134":
            view = ann.view(f"on-{n}")
            assert view.row.state is State.DECIDED
            assert view.verdicts[0].stale == ""
            assert [e.orphan for e in view.excerpts] == [False]
        assert ann.text("posts/3").text == FIRST["3"]
    assert gone(case, "statement", "posts/3")
    assert not any(gone(case, "statement", f"posts/{n}") for n in "1245")
    dump(case)


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_export_again_changes_nothing_at_all(
    case: Path, folder: Path, write: Write
) -> None:
    brought(case, write(folder, FIRST))
    judged(case)
    for texts in (FIRST, SECOND, SECOND):
        report = brought(case, write(folder, texts))
    before = dump(case)
    report = brought(case, write(folder, SECOND))
    assert (report.new, report.changed, report.refused_count) == (0, 0, 0)
    assert (report.reopened, report.orphaned, report.settled) == (0, 0, 0)
    assert dump(case) == before


@pytest.mark.parametrize("write", WRITERS)
def test_an_older_export_imported_again_is_the_newest_again_and_says_so(
    case: Path, folder: Path, write: Write
) -> None:
    brought(case, write(folder, FIRST))
    judged(case)
    brought(case, write(folder, SECOND))
    report = brought(case, write(folder, FIRST))
    assert ids(report.altered) == ["posts/2"]
    assert ids(report.gone) == ["posts/5"]
    assert (report.settled, report.found_again) == (1, 1)
    said = list(told(report))
    assert any("was imported before, and a newer one since" in line for line in said)
    assert any(line.startswith("Decided again") for line in said)
    with Session.open(case, "ann") as ann:
        target = ann.text("posts/2")
        assert (target.text, target.version) == (FIRST["2"], 3)
        view = ann.view("on-2")
        assert (view.row.state, view.verdicts[0].stale) == (State.DECIDED, "")
        assert not any(excerpt.orphan for excerpt in view.excerpts)
    assert gone(case, "statement", "posts/5")
    assert not any(gone(case, "statement", f"posts/{n}") for n in "1234")


def test_only_a_file_of_a_folder_changes_and_nothing_in_the_others_is_called_gone(
    case: Path, folder: Path
) -> None:
    brought(case, as_folder(folder, FIRST))
    report = brought(case, as_folder(folder, {**FIRST, "2": SECOND["2"]}))
    assert report.gone == []
    assert not any(gone(case, "statement", f"posts/{n}") for n in FIRST)


def test_what_a_folder_holds_no_longer_is_gone_though_nothing_in_it_changed(
    case: Path, folder: Path
) -> None:
    brought(case, as_folder(folder, FIRST))
    report = brought(case, as_folder(folder, {n: FIRST[n] for n in "124"}))
    assert ids(report.gone) == ["posts/3"]
    assert [gone(case, "statement", f"posts/{n}") for n in "1234"] == [False, False, True, False]


def test_where_a_file_of_a_folder_cannot_be_read_nothing_of_it_is_called_gone(
    case: Path, folder: Path
) -> None:
    brought(case, as_folder(folder, FIRST))
    (as_folder(folder, SECOND) / "post-3.json").write_text("{broken")
    report = brought(case, folder / "posts")
    assert (report.refused_count, report.gone) == (1, [])
    assert not any(gone(case, "statement", f"posts/{n}") for n in "12345")
    as_folder(folder, SECOND)
    assert ids(brought(case, folder / "posts").gone) == ["posts/3"]


def test_a_newer_transcript_of_a_call_reopens_what_rested_on_it(case: Path, folder: Path) -> None:
    call = ["Виталий Герасимов убит под Харьковом.", "Повтори.", "Связи нет, ничего не работает."]
    brought(case, subtitles(folder / "call.srt", call))
    take_in(case, source(), claim_record("c-1", recordings=["call"]))
    with Session.open(case, "ann") as ann:
        target = ann.text("call")
        for words in ("Герасимов убит", "Повтори"):
            at = target.text.index(words)
            ann.link(ann.view("c-1"), target, at, at + len(words), Stance.SUPPORTS)
        ann.decide(ann.view("c-1"), "verified")
    report = brought(case, subtitles(folder / "call.srt", ["Алло.", call[0], "Что?", *call[2:]]))
    assert (ids(report.altered), report.gone) == (["call"], [])
    with Session.open(case, "ann") as ann:
        view = ann.view("c-1")
        assert (view.row.state, view.verdicts[0].stale) == (State.REOPENED, "call changed")
        still, lost = view.excerpts
        assert (still.start_ms, still.orphan, lost.orphan) == (2000, False, True)


def test_doubled_rows_are_said_with_their_ids(case: Path, folder: Path) -> None:
    path = as_csv(folder, FIRST)
    path.write_text(path.read_text() + path.read_text().splitlines()[1] + "\n")
    report = brought(case, path)
    (doubled,) = report.doubled
    assert (doubled.place, doubled.what) == ("line 6", "says again what stood under 'posts/1'")
    assert f"Doubled: {path}, line 6: {doubled.what}" in told(report)


def test_text_and_json_say_the_same(reviewer: Reviewer, case: Path, folder: Path) -> None:
    reviewer("import", case, as_csv(folder, FIRST))
    judged(case)
    path = as_csv(folder, SECOND)
    path.write_text(path.read_text() + path.read_text().splitlines()[1] + "\n")
    found = reviewer("import", case, path, "--json").json
    statement = lambda n: [{"kind": "statement", "id": f"posts/{n}"}]  # noqa: E731
    assert (found["new_ids"], found["changed_ids"]) == (statement(5), statement(2))
    assert (found["gone_ids"], found["gone"]) == (statement(3), 1)
    assert (found["reopened"], found["orphaned"], found["doubled"]) == (1, 1, 1)
    assert found["doubled_rows"][0]["place"] == "line 6"
    rows = reviewer("queue", case, "--filter", "state:reopened", "--json").rows
    assert [row["id"] for row in rows] == ["on-2"]
    assert any("no longer in the newest" in line for line in reviewer("show", case, "on-3").lines)


# Stopped, and gone on with


def test_a_stopped_import_says_so_calls_nothing_gone_and_goes_on(
    case: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    brought(case, as_csv(folder, FIRST))
    judged(case)
    path = as_csv(folder, SECOND)
    for n in range(1, 9):
        stops = iter([*[True] * (n - 1), False])
        report = brought(case, path, progress=lambda _, stops=stops: next(stops, True))
        if not report.stopped:
            break
        assert any(line.startswith("Stopped. What was imported stays") for line in told(report))
        assert report.gone == []
        assert not any(gone(case, "statement", f"posts/{k}") for k in FIRST)
    else:
        raise AssertionError("it never came to its end")
    assert n > 2
    assert ids(report.gone) == ["posts/3"]
    assert gone(case, "statement", "posts/3")
    dump(case)


def test_an_older_export_that_is_stopped_halfway_calls_nothing_gone(
    case: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    brought(case, as_csv(folder, FIRST))
    brought(case, as_csv(folder, SECOND))
    report = brought(case, as_csv(folder, FIRST), progress=lambda _: False)
    assert (report.stopped, report.gone) == (True, [])
    assert not any(gone(case, "statement", f"posts/{k}") for k in "1245")
    assert ids(brought(case, as_csv(folder, FIRST)).gone) == ["posts/5"]


def test_what_stood_before_is_found_whole_after_a_stop_in_a_folder(
    case: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    brought(case, as_folder(folder, FIRST))
    path = as_folder(folder, {n: f"{text} (updated)" for n, text in FIRST.items() if n != "3"})
    assert brought(case, path, progress=lambda _: False).stopped
    assert not any(gone(case, "statement", f"posts/{k}") for k in FIRST)
    assert ids(brought(case, path).gone) == ["posts/3"]
    assert [gone(case, "statement", f"posts/{k}") for k in "1234"] == [False, False, True, False]


# Collections


def test_the_same_ids_in_two_collections_never_touch_each_other(case: Path, folder: Path) -> None:
    brought(case, as_csv(folder, FIRST))
    judged(case)
    other = as_csv(folder, OTHERS).rename(folder / "garden.csv")
    report = brought(case, other)
    assert (report.changed, report.gone, report.reopened) == (0, [], 0)
    with Session.open(case, "ann") as ann:
        assert ann.text("garden/1").text == OTHERS["1"]
        assert ann.text("posts/1").text == FIRST["1"]
    assert ids(brought(case, as_csv(folder, SECOND)).gone) == ["posts/3"]
    assert not any(gone(case, "statement", f"garden/{k}") for k in OTHERS)


def test_collection_joins_files_of_other_names(case: Path, folder: Path) -> None:
    brought(case, as_csv(folder, FIRST).rename(folder / "2022-03-07.csv"), collection="gur")
    newer = as_csv(folder, SECOND).rename(folder / "2022-03-08.csv")
    report = brought(case, newer, collection="gur")
    assert (ids(report.altered), ids(report.gone)) == (["gur/2"], ["gur/3"])


def test_a_mended_side_file_belongs_to_its_collection_and_nothing_is_gone_for_it(
    case: Path, folder: Path
) -> None:
    texts = dict(FIRST)
    missing = texts.pop("3")
    brought(case, as_csv(folder, texts))
    mended = as_csv(folder, {"3": missing}).rename(folder / "posts.refused.csv")
    report = brought(case, mended)
    assert (ids(report.added), report.gone) == (["posts/3"], [])
    assert not any(gone(case, "statement", f"posts/{k}") for k in FIRST)
    before = dump(case)
    assert brought(case, as_csv(folder, texts)).gone == []
    assert brought(case, mended).gone == []
    assert dump(case) == before
    assert ids(brought(case, as_csv(folder, {"1": FIRST["1"]})).gone) == [
        "posts/2",
        "posts/3",
        "posts/4",
    ]


def test_the_same_bytes_read_in_another_encoding_are_known_to_be(case: Path, folder: Path) -> None:
    path = folder / "posts.csv"
    path.write_bytes("id;text\n1;Генерал убит под Харьковом.\n".encode("cp1251"))
    brought(case, path, encoding="koi8-r", format="table")
    report = brought(case, path, encoding="cp1251", format="table", newer=True)
    assert report.changed == 1
    with Session.open(case, "ann") as session:
        found = session.provenance("statement", "posts/1") or session.provenance("claim", "posts/1")
    assert found is not None
    assert found.encoding == "cp1251"
    assert not found.gone


# Another file with the same name and the same small ids


@pytest.mark.parametrize("write", WRITERS)
def test_another_file_of_the_same_name_and_ids_is_refused_as_a_whole(
    case: Path, folder: Path, write: Write
) -> None:
    brought(case, write(folder, FIRST))
    judged(case)
    before = dump(case)
    with pytest.raises(UnreadableError) as refused:
        brought(case, write(folder, OTHERS))
    said = refused.value.sentence
    assert "not taken in: under 3 of the 3 ids that it shares with the case it has" in said
    assert "say --newer" in said
    assert said.count(".") <= 2
    assert dump(case) == before
    assert not list(case.parent.glob("*.refused*"))


def test_the_others_of_an_import_are_taken_in_and_the_stranger_is_kept_out(
    case: Path, folder: Path
) -> None:
    brought(case, as_csv(folder, FIRST))
    good = subtitles(folder / "call.srt", ["Алло.", "Да."])
    report = brought(case, good, as_csv(folder, OTHERS))
    assert counts(report) == (2, 0, 0, 1)
    (row,) = report.refused
    assert row.place == "the whole file"
    assert "altogether other words" in row.reason
    assert report.gone == []
    with Session.open(case, "ann") as session:
        assert session.text("posts/1").text == FIRST["1"]


def test_a_stranger_under_a_name_of_its_own_is_taken_in_beside(case: Path, folder: Path) -> None:
    brought(case, as_csv(folder, FIRST))
    report = brought(case, as_csv(folder, OTHERS), collection="garden")
    assert (report.new, report.changed, report.refused_count) == (3, 0, 0)


def test_who_insists_makes_it_a_newer_export(reviewer: Reviewer, case: Path, folder: Path) -> None:
    brought(case, as_csv(folder, FIRST))
    path = as_csv(folder, OTHERS)
    refused = reviewer("import", case, path)
    assert refused.code == 1
    assert refused.sentence.startswith(f"{path}: not taken in")
    assert reviewer("import", case, path, "--dry-run").code == 1
    found = reviewer("import", case, path, "--newer", "--json").json
    assert (found["changed"], found["gone_ids"]) == (3, [{"kind": "statement", "id": "posts/4"}])


def test_a_long_call_of_the_same_name_that_is_another_call_is_refused(
    case: Path, folder: Path
) -> None:
    brought(case, subtitles(folder / "call.srt", [FIRST[n] + " " + FIRST["1"] for n in "1234"]))
    with pytest.raises(UnreadableError, match="under the one id that it shares"):
        brought(case, subtitles(folder / "call.srt", [OTHERS[n] * 2 for n in "123"]))


def test_a_stranger_is_known_before_its_first_batch_is_written(
    case: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(case, as_csv(folder, FIRST))
    monkeypatch.setattr(importing, "BATCH", 3)
    before = dump(case)
    longer = {**OTHERS, **{str(n): f"Row {n}." for n in range(4, 40)}}
    with pytest.raises(UnreadableError, match="not taken in"):
        brought(case, as_csv(folder, longer))
    assert dump(case) == before


def test_one_statement_that_was_rewritten_from_scratch_is_a_newer_version(
    case: Path, folder: Path
) -> None:
    brought(case, as_csv(folder, FIRST))
    report = brought(case, as_csv(folder, {**FIRST, "3": OTHERS["3"]}))
    assert ids(report.altered) == ["posts/3"]
    one = as_csv(folder, {"1": "Short."}).rename(folder / "one.csv")
    brought(case, one)
    report = brought(case, as_csv(folder, {"1": "Another."}).rename(folder / "one.csv"))
    assert ids(report.altered) == ["one/1"]


async def test_at_the_desk_it_is_seen_what_a_newer_export_changed(case: Path, folder: Path) -> None:
    brought(case, as_csv(folder, FIRST))
    judged(case)
    brought(case, as_csv(folder, SECOND))
    async with at_desk(case, "ann", filter_text="state:reopened") as reader:
        reader.is_on("on-2")
        reader.sees("1 of 4 undecided", "STALE", "posts/2 changed")
        reader.sees("ORPHAN")
        await reader.press("F", "g", "j", "j")
        reader.is_on("on-3")
        await reader.press("i", "G")
        reader.sees("no longer in the newest export")


def test_lists_of_a_folder_number_their_rows_alone_and_lose_none(tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    (folder / "jan.csv").write_text("id,claim,rating,checker\n1,The dam broke.,false,Anna\n")
    (folder / "feb.csv").write_text("id,claim,rating,checker\n1,The bridge fell.,true,Olha\n")
    case = new_case(tmp_path, list)
    with CaseFile.open(case) as opened:
        report = import_files(opened, [folder])
    assert (report.refused_count, report.kinds["claim"]["new"]) == (0, 2)
    with CaseFile.open(case) as opened:
        ids = [row[0] for row in opened.con.execute("SELECT id FROM claim ORDER BY id").fetchall()]
    assert ids == ["sheets/feb/1", "sheets/jan/1"]


def test_calls_of_the_same_name_in_two_folders_are_two_calls(tmp_path: Path) -> None:
    cue = "1\n00:00:01,000 --> 00:00:02,000\n{}\n"
    for day, words in (("01", "Who is there?"), ("02", "The post office.")):
        (tmp_path / "calls" / day).mkdir(parents=True)
        (tmp_path / "calls" / day / "call.srt").write_text(cue.format(words))
    case = new_case(tmp_path, list)
    with CaseFile.open(case) as opened:
        assert import_files(opened, [tmp_path / "calls"]).kinds["recording"]["new"] == 2
        first = import_files(opened, [tmp_path / "calls" / "01" / "call.srt"])
        assert (first.new, first.refused_count) == (2, 0)
        with pytest.raises(UnreadableError, match="altogether other words"):
            import_files(opened, [tmp_path / "calls" / "02" / "call.srt"])


def test_a_refused_row_leaves_its_source_to_those_after_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "id,claim,rating,checker\n1,The dam broke.,false,Anna\n1,Another.,true,Olha\n"
        "2,The bridge fell.,true,Olha\n"
    )
    case = new_case(tmp_path, list)
    with CaseFile.open(case) as opened:
        report = import_files(opened, [tmp_path / "a.csv"])
        claims = opened.con.execute("SELECT count(*) FROM claim").fetchone()[0]
    assert claims + report.refused_count == 3
    assert not [row for row in report.refused if "source" in row.reason]
