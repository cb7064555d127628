"""What the state of claims is derived from, fetched for many claims with a few queries."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from reviewer.casefile import blind, ledger, ranks
from reviewer.casefile.engine import Connection, Row
from reviewer.model.blind import is_blind
from reviewer.model.entry import Entry
from reviewer.model.fold import Folded, fold

Place = tuple[int | None, int | None, int | None, int | None]
JUDGED = ("claimant", "date", "context")
"""What of a claim a verdict rests on, beside its wording. Tags and priority order the work."""
GIVEN = "IN (SELECT value FROM json_each(?))"
Counted = tuple[ranks.Key, str]
"""How a claim is counted in the queue: its key, and its class."""


@dataclass(frozen=True, slots=True)
class Act:
    """An entry about a claim, where it lies in this file, and how it is held to be undone."""

    lsn: int
    undone: int
    entry: Entry


@dataclass(slots=True)
class Gathered:
    """Everything that the state of one claim follows from."""

    id: str
    acts: list[Act] = field(default_factory=list)
    current: Row | None = None
    authored: list[str] = field(default_factory=list)
    quotations: list[Row] = field(default_factory=list)
    placed: dict[str, Place] = field(default_factory=dict)
    counted: Counted | None = None
    folded: Folded = field(default_factory=Folded)
    lsn_of: dict[str, int] = field(default_factory=dict)
    blind: bool = False
    fresh: bool = False
    """Whether nothing of its state was derived before but its place in the queue."""

    @property
    def shown(self) -> list[str]:
        """The ids of the evidence that stands with the claim: its author's, its excerpts'."""
        return list(dict.fromkeys([*self.authored, *(row["target"] for row in self.quotations)]))


@dataclass(slots=True)
class Claims:
    """Claims with what their state follows from, and the hashes that it is compared with."""

    of: dict[str, Gathered]
    hashes: dict[str, str] = field(default_factory=dict)
    """Of each statement and recording that stands with one of them or stood there."""
    worded: dict[tuple[str, str], Row] = field(default_factory=dict)
    readings: int = 1
    """How many readings the case asks for of every claim."""
    """Versions of claims that are not current and that a verdict was given on, by hash."""


def gather(
    con: Connection, ids: Collection[str], *, placed: bool, new: Mapping[int, Entry]
) -> Claims:
    """Fetch what the state of these claims follows from.

    Args:
        con: the connection.
        ids: of claims; one that is not held may have entries all the same.
        placed: also where excerpts were found before.
        new: entries that have come since, by their numbers, and need not be read again.

    Raises:
        DamagedError: an entry is none, or not the one that its id names.
    """
    found = Claims({id_: Gathered(id_) for id_ in ids}, readings=blind.rule(con))
    said = json.dumps(list(found.of))
    _acts(con, said, found, new)
    _evidence(con, said, found)
    if placed:
        for row in con.execute(
            f'SELECT claim, id, start, "end", start_ms, end_ms FROM excerpt WHERE claim {GIVEN}',
            (said,),
        ).fetchall():
            found.of[row[0]].placed[row[1]] = (row[2], row[3], row[4], row[5])
    for one in found.of.values():
        old = any(act.lsn not in new for act in one.acts)
        one.fresh = placed and bool(new) and not old and not one.placed
    found.hashes = target_hashes(con, _texts(found.of.values()))
    _worded(con, found)
    return found


def _acts(con: Connection, said: str, found: Claims, new: Mapping[int, Entry]) -> None:
    rows = con.execute(
        f"SELECT claim, lsn, undone FROM act WHERE claim {GIVEN}", (said,)
    ).fetchall()
    entries = _entries(con, [row["lsn"] for row in rows if row["lsn"] not in new])
    for row in rows:
        lsn = row["lsn"]
        act = Act(lsn, row["undone"], new[lsn] if lsn in new else entries[lsn])
        found.of[row["claim"]].acts.append(act)
    for one in found.of.values():
        one.folded = fold(act.entry for act in one.acts)
        # Where nobody has recorded anything there is nothing to hide; nor on the case itself.
        one.blind = bool(one.id and one.acts) and is_blind(one.folded, found.readings)
        one.lsn_of = {act.entry.id: act.lsn for act in one.acts}


def _entries(con: Connection, numbers: list[int]) -> dict[int, Entry]:
    rows = con.execute(
        f"SELECT entry.lsn, {ledger.ENTRY} FROM entry"
        f" LEFT JOIN payload ON payload.lsn = entry.lsn WHERE entry.lsn {GIVEN}",
        (json.dumps(numbers),),
    ).fetchall()
    return {row["lsn"]: ledger.entry_of(row) for row in rows}


def _evidence(con: Connection, said: str, found: Claims) -> None:
    newest = "version = (SELECT max(version) FROM {0} AS newest WHERE newest.id = {0}.id)"
    for row in con.execute(
        f"SELECT * FROM claim WHERE id {GIVEN} AND {newest.format('claim')}", (said,)
    ).fetchall():
        found.of[row["id"]].current = row
    for row in con.execute(
        f"SELECT claim, target FROM shown_with WHERE claim {GIVEN} AND version ="
        " (SELECT max(version) FROM claim WHERE claim.id = shown_with.claim) ORDER BY claim, n",
        (said,),
    ).fetchall():
        found.of[row["claim"]].authored.append(row["target"])
    for row in con.execute(
        f"SELECT * FROM quotation WHERE claim {GIVEN} AND {newest.format('quotation')}"
        " ORDER BY quotation.rowid",
        (said,),
    ).fetchall():
        found.of[row["claim"]].quotations.append(row)
    for row in con.execute(
        f"SELECT {ranks.PRIORITY.key()}, {ranks.CLASS} AS class FROM queue AS q"
        f" WHERE q.claim {GIVEN}",
        (said,),
    ).fetchall():
        found.of[row[2]].counted = ((row[0], row[1], row[2]), row[3])


def _texts(claims: Iterable[Gathered]) -> set[str]:
    """Every text that one of these claims stands with, or that its readers saw with it."""
    texts: set[str] = set()
    for one in claims:
        if one.folded.standing:
            texts.update(one.shown)
            for entry in one.folded.standing:
                texts.update(saw_of(entry))
    return texts


def saw_of(verdict: Entry) -> dict[str, object]:
    """The hash of each text that a reader saw when he gave a verdict."""
    saw = verdict.data.get("saw")
    return dict(saw) if isinstance(saw, dict) else {}


def target_hashes(con: Connection, ids: Collection[str]) -> dict[str, str]:
    """The hash of the current version of each statement or recording that is held."""
    said = json.dumps(list(ids))
    hashes: dict[str, str] = {}
    # Where both have the id, it is the statement's.
    for table in ("recording", "statement") if ids else ():
        rows = con.execute(
            f"SELECT id, max(version), hash FROM {table} WHERE id {GIVEN} GROUP BY id", (said,)
        ).fetchall()
        hashes.update({row["id"]: row["hash"].hex() for row in rows})
    return hashes


def _worded(con: Connection, found: Claims) -> None:
    # A verdict may have been given on an earlier wording of its claim.
    ids = [
        one.id
        for one in found.of.values()
        if one.current is not None
        and any(e.subject != one.current["hash"].hex() for e in one.folded.standing)
    ]
    if not ids:
        return
    rows = con.execute(f"SELECT * FROM claim WHERE id {GIVEN}", (json.dumps(ids),)).fetchall()
    found.worded = {(row["id"], row["hash"].hex()): row for row in rows}
