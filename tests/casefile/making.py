"""Cases to test with: made once, copied as often as they are needed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

from reviewer.casefile import batch, derive
from reviewer.casefile.arrivals import Outcome
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.model.records import (
    ClaimRecord,
    ExcerptRecord,
    Record,
    RecordingRecord,
    SegmentRecord,
    SourceRecord,
    StatementRecord,
)
from reviewer.service import known
from reviewer.service.session import Session

RIA = (
    "Потери ВС РФ в ходе специальной операции составили 498 человек убитыми и 1597 ранеными. "
    "Об этом сообщило Минобороны."
)
GUR = (
    "Major General Vitaly Gerasimov was killed near Kharkiv. Other senior officers were killed"
    " or wounded."
)
CALL = ("Виталий Герасимов убит.", "Повтори.", "Связи нет, ничего не работает.")
TIMES = (("00:01.000", "00:04.500"), ("00:05.000", "00:05.900"), ("01:00.000", "01:03.250"))

Rows = dict[str, list[tuple[object, ...]]]


def source(id_: str = "gur", **more: object) -> SourceRecord:
    return SourceRecord.model_validate({"id": id_, "name": id_.upper(), **more})


def statement(id_: str = "gur-7-march", text: str = GUR, **more: object) -> StatementRecord:
    given = {"source": "gur", "language": "en", "held": "translation", **more}
    return StatementRecord.model_validate({"id": id_, "text": text, **given})


def recording(id_: str = "call-1", lines: Iterable[str] = CALL, **more: object) -> RecordingRecord:
    segments = [
        {"text": text, "start": start, "end": end}
        for text, (start, end) in zip(lines, TIMES, strict=False)
    ]
    given = {"source": "gur", "language": "ru", "held": "verbatim", "segments": segments, **more}
    return RecordingRecord.model_validate({"id": id_, **given})


def claim(id_: str, **more: object) -> ClaimRecord:
    return ClaimRecord.model_validate({"id": id_, "text": f"What {id_} says.", **more})


def excerpt(claim_: str, exact: str, target: str = "gur-7-march", **more: object) -> ExcerptRecord:
    given = {"stance": "supports", **more}
    return ExcerptRecord.model_validate(
        {"claim": claim_, "target": target, "exact": exact, **given}
    )


def founding() -> list[Record]:
    """A small case with everything in it: two sources, a statement each, a call, four claims."""
    return [
        source("gur", kind="agency"),
        source("ria", kind="outlet", origin="mod"),
        statement(),
        statement("ria-2-march", RIA, source="ria", language="ru", held="verbatim"),
        recording(),
        claim("c-1", priority=1, statements=["gur-7-march"], recordings=["call-1"]),
        claim("c-2", priority=2, statements=["ria-2-march"]),
        claim("c-3", priority=2, date="2022-03-02"),
        claim("c-4"),
        excerpt("c-1", "was killed near Kharkiv", id="e-1"),
    ]


def segment(text: str) -> SegmentRecord:
    return SegmentRecord(text=text)


def take_in(path: Path, *records: Record) -> list[Outcome | str]:
    """Import records and give what became of each."""
    with CaseFile.open(path) as case:
        fates, _ = batch.take_in(case, records)
    return fates


@cache
def _made(make: Callable[[], list[Record]]) -> tuple[bytes, str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.case"
        CaseFile.create(path, title="Losses of March 2022").close()
        refused = [fate for fate in take_in(path, *make()) if not isinstance(fate, Outcome)]
        assert refused == []
        with CaseFile.open(path) as case:
            id_ = case.about().id
        return path.read_bytes(), id_


def new_case(folder: Path, make: Callable[[], list[Record]] = founding) -> Path:
    """A case file of its own, with what `make` gives in it."""
    path = next(p for n in count(1) if not (p := folder / f"case-{n}.case").exists())
    content, id_ = _made(make)
    path.write_bytes(content)
    known.keep(path, id_)
    return path


def copied(path: Path) -> Path:
    """A copy of a case that nobody has open."""
    copy = path.with_name(f"copy-of-{path.name}")
    shutil.copyfile(path, copy)
    return copy


class Ticking:
    """A clock that moves on by a second whenever it is read; it starts on 7 March 2022."""

    def __init__(self) -> None:
        self.now = 1_646_611_200_000

    def __call__(self) -> int:
        self.now += 1000
        return self.now


@contextmanager
def at_work(path: Path, *readers: str) -> Iterator[list[Session]]:
    """A session on the case for each reader, all open at once."""
    clock = Ticking()
    sessions = [Session.open(path, reader, clock=clock) for reader in readers]
    try:
        yield sessions
    finally:
        for session in sessions:
            session.close()


def state_of(con: Connection) -> Rows:
    """Every row of every table that is derived."""
    return {
        table: sorted(map(tuple, con.execute(f"SELECT * FROM {table}").fetchall()), key=repr)
        for table in derive.STATE_TABLES
    }


def ledger_of(con: Connection) -> list[tuple[object, ...]]:
    """Every entry as it lies in the file, in order of arrival."""
    rows = con.execute("SELECT * FROM entry ORDER BY lsn").fetchall()
    return [tuple(row) for row in rows]


def rebuilt(con: Connection) -> Rows:
    """What the state would be if it were dropped and derived anew; changes nothing."""
    con.execute("BEGIN")
    try:
        derive.everything(con)
        return state_of(con)
    finally:
        con.execute("ROLLBACK")


def left_beside(path: Path) -> list[str]:
    """What lies beside a case, but for the empty files that SQLite may leave there."""
    return sorted(
        beside.name
        for beside in path.parent.iterdir()
        if beside != path
        and not beside.name.endswith("-shm")
        and not (beside.name.endswith(("-wal", "-journal")) and not beside.stat().st_size)
    )
