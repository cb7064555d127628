"""What was recorded stays as it was recorded, and each entry proves the one before it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from reviewer.casefile import ledger
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection, sqlite3
from reviewer.model.canonical import canonical
from reviewer.model.entry import read_entry
from reviewer.model.evidence import Stance
from reviewer.service.session import Session
from tests.casefile.making import at_work, ledger_of, new_case, rebuilt, state_of

EVIDENCE = ("source", "statement", "recording", "segment", "claim", "shown_with", "quotation")


def a_days_work(path: Path) -> None:
    """Every kind of entry, by two readers in turn."""
    with at_work(path, "ann", "borys") as (ann, borys):
        ann.note(ann.view("c-1"), "call the ministry")
        ann.decide(ann.view("c-1"), "unverified")
        borys.decide(borys.view("c-1"), "contested", "two accounts")
        view = ann.view("c-2")
        ann.link(view, view.statements[0], 0, 6, Stance.CONTEXT)
        ann.unlink(ann.view("c-2"), ann.view("c-2").excerpts[0])
        borys.mark(borys.view("c-3"))
        borys.set_aside(borys.view("c-4"))
        ann.undo()
        ann.redo()
        borys.withdraw(borys.view("c-1"))


def bodies(con: Connection) -> list[dict[str, object]]:
    return [json.loads(body) for (body,) in con.execute("SELECT body FROM entry ORDER BY lsn")]


@pytest.fixture
def case(tmp_path: Path) -> CaseFile:
    path = new_case(tmp_path)
    a_days_work(path)
    return CaseFile.open(path)


@pytest.mark.parametrize("table", ["entry", "payload", "chain"])
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {table} SET {column} = {column}",
        "UPDATE OR REPLACE {table} SET {column} = {column}",
        "DELETE FROM {table}",
        "DELETE FROM {table} WHERE rowid = 1",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE rowid = 2",
        "REPLACE INTO {table} SELECT * FROM {table}",
    ],
)
def test_the_ledger_refuses_every_way_to_change_it(case: CaseFile, table: str, change: str) -> None:
    before = ledger_of(case.con)
    column = {"entry": "body", "payload": "data", "chain": "id"}[table]
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|only a redact entry"):
        case.con.execute(change.format(table=table, column=column))
    assert ledger_of(case.con) == before


@pytest.mark.parametrize("table", EVIDENCE)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {table} SET version = version",
        "DELETE FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table}",
    ],
)
def test_evidence_refuses_every_way_to_change_it(case: CaseFile, table: str, change: str) -> None:
    count = f"SELECT count(*) FROM {table}"
    before = case.con.execute(count).fetchone()[0]
    assert before > 0
    with pytest.raises(sqlite3.IntegrityError, match="evidence is never"):
        case.con.execute(change.format(table=table))
    assert case.con.execute(count).fetchone()[0] == before


def redaction_of(con: Connection, lsn: int) -> None:
    """A redact entry about another entry, as a later program will write it."""
    target = con.execute("SELECT id FROM entry WHERE lsn = ?", (lsn,)).fetchone()["id"]
    body = canonical({"k": "redact", "s": target.hex(), "lsn": lsn})
    con.execute(
        "INSERT INTO entry (id, chain, seq, lamport, kind, subject, author, body)"
        " VALUES (?, 1, 999, 999, 'redact', ?, ?, ?)",
        (hashlib.sha256(body).digest(), target, bytes(32), body),
    )


def test_words_are_erased_only_where_a_redact_entry_says_so(case: CaseFile) -> None:
    con = case.con
    noted, other = [
        row["lsn"]
        for row in con.execute("SELECT lsn FROM payload ORDER BY lsn DESC LIMIT 2").fetchall()
    ]
    con.execute("BEGIN")
    with pytest.raises(sqlite3.IntegrityError, match="only a redact entry erases a payload"):
        con.execute("DELETE FROM payload WHERE lsn = ?", (noted,))
    redaction_of(con, noted)
    with pytest.raises(sqlite3.IntegrityError, match="only a redact entry"):
        con.execute("DELETE FROM payload WHERE lsn = ?", (other,))
    con.execute("DELETE FROM payload WHERE lsn = ?", (noted,))
    assert con.execute("SELECT 1 FROM payload WHERE lsn = ?", (noted,)).fetchone() is None
    con.execute("ROLLBACK")


def test_what_was_erased_is_not_left_in_the_pages_of_the_file(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    secret = "Halyna-Petrenko-of-Izium"
    with at_work(path, "ann") as (ann,):
        ann.note(ann.view("c-1"), secret)
        with ann.case.write() as con:
            redaction_of(con, 2)
            con.execute("DELETE FROM payload WHERE lsn = 2")
            con.execute("DELETE FROM note")
    assert secret.encode() not in path.read_bytes()


def test_every_column_of_an_entry_follows_from_its_body(case: CaseFile) -> None:
    chains = dict(case.con.execute("SELECT k, id FROM chain").fetchall())
    kinds = set()
    for row in case.con.execute("SELECT * FROM entry").fetchall():
        entry = read_entry(row["body"])
        kinds.add(entry.kind)
        assert row["id"] == hashlib.sha256(row["body"]).digest()
        assert chains[row["chain"]].hex() == entry.chain
        assert (row["seq"], row["lamport"]) == (entry.seq, entry.lamport)
        assert (row["kind"], row["author"].hex()) == (entry.kind, entry.author)
        assert (row["subject"].hex() if row["subject"] else None) == entry.subject
    assert len(kinds) == 10


def test_the_words_of_an_entry_are_bound_to_it_by_their_hash(case: CaseFile) -> None:
    rows = case.con.execute("SELECT body, data FROM entry LEFT JOIN payload USING (lsn)").fetchall()
    for row in rows:
        bound = read_entry(row["body"]).payload_hash
        held = hashlib.sha256(row["data"]).hexdigest() if row["data"] is not None else None
        assert bound == held
    assert sum(row["data"] is not None for row in rows) == 5


def test_a_name_stands_in_erasable_words_and_nowhere_else(case: CaseFile) -> None:
    text = b"".join(row[0] for row in case.con.execute("SELECT body FROM entry").fetchall())
    assert b"ann" not in text
    assert b"borys" not in text


def test_each_entry_names_the_one_before_it_in_its_chain(case: CaseFile) -> None:
    chains: dict[object, list[dict[str, object]]] = {}
    for body in bodies(case.con):
        chains.setdefault(body["c"], []).append(body)
    assert len(chains) == 2
    for chain in chains.values():
        assert [body["n"] for body in chain] == list(range(1, len(chain) + 1))
        ids = [hashlib.sha256(canonical(body)).hexdigest() for body in chain]  # type: ignore[arg-type]
        assert [body["p"] for body in chain] == [None, *ids[:-1]]
        assert {body["k"] for body in chain[:1]} == {"enrol"}
        assert len({body["a"] for body in chain}) == 1


def test_each_entry_names_the_newest_that_its_writer_had_seen_from_anyone(
    case: CaseFile,
) -> None:
    ids = [row[0].hex() for row in case.con.execute("SELECT id FROM entry ORDER BY lsn")]
    assert [body["w"] for body in bodies(case.con)] == [None, *ids[:-1]]


def test_the_count_of_lamport_goes_up_with_every_entry(case: CaseFile) -> None:
    counts = [body["l"] for body in bodies(case.con)]
    assert counts == list(range(1, len(counts) + 1))


def test_a_clock_that_goes_backwards_changes_no_order(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    times = iter([5_000, 4_000, 3_000, 2_000, 1_000])
    with Session.open(path, "ann", clock=lambda: next(times)) as ann:
        ann.decide(ann.view("c-1"), "unverified")
        ann.decide(ann.view("c-1"), "false")
        assert ann.view("c-1").row.verdict == "false"
        assert [line.at for line in ann.log()] == [3_000, 4_000, 5_000]
        ann.undo()
        assert ann.view("c-1").row.verdict == "unverified"


def test_a_reader_writes_one_chain_in_a_file_however_often_it_is_opened(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    for value in ("unverified", "false", "verified"):
        with at_work(path, "ann") as (ann,):
            ann.decide(ann.view("c-1"), value)
    with CaseFile.open(path) as case:
        assert {body["c"] for body in bodies(case.con)} == {bodies(case.con)[0]["c"]}


def test_a_copied_file_starts_a_chain_of_its_own(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with at_work(path, "ann") as (ann,):
        ann.decide(ann.view("c-1"), "unverified")
    copy = tmp_path / "copy.case"
    shutil.copyfile(path, copy)
    for file, value in ((path, "false"), (copy, "verified")):
        with at_work(file, "ann") as (ann,):
            ann.decide(ann.view("c-1"), value)
    with CaseFile.open(path) as here, CaseFile.open(copy) as there:
        ours, theirs = bodies(here.con), bodies(there.con)
    assert ours[:2] == theirs[:2]
    assert ours[2]["c"] == ours[1]["c"]
    assert theirs[2]["c"] != theirs[1]["c"]
    assert (theirs[2]["n"], theirs[2]["p"]) == (1, None)
    assert theirs[2]["w"] == ours[2]["w"] == ours[2]["p"]


def test_two_accounts_of_a_machine_do_not_write_to_one_chain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_case(tmp_path)
    for user, claim in ((1000, "c-1"), (1001, "c-2")):
        monkeypatch.setattr(ledger.os, "getuid", lambda user=user: user)
        with at_work(path, "ann") as (ann,):
            ann.mark(ann.view(claim))
    with CaseFile.open(path) as case:
        assert len({body["c"] for body in bodies(case.con)}) == 2
        assert [body["k"] for body in bodies(case.con)] == ["enrol", "mark"] * 2


def test_state_that_was_dropped_is_derived_again_as_it_was(case: CaseFile) -> None:
    assert rebuilt(case.con) == state_of(case.con)
