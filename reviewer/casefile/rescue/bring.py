"""Making a case of what still proves itself of a damaged one.

The damaged file is only read. Entries and evidence come back if their hashes are theirs; the
title and the names of verdicts, which nothing proves, as they stand. State is derived anew.
"""

import contextlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.casefile import derive, engine, ledger
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.casefile.rescue.finds import EVIDENCE, FIRST_NUMBERED, Finds, columns_of_case
from reviewer.casefile.rescue.pages import Pages, Value
from reviewer.files import give_name
from reviewer.model.entry import Kind
from reviewer.model.errors import CaseError
from reviewer.model.scale import HOUSE, Scale, ScaleValue
from reviewer.model.signing import DEVICE, SEAL, is_signed
from reviewer.model.versions import edition_of, numbered

Progress = Callable[[int, int], None]
"""Told how many pages were looked through, and how many there are."""
PARTS_OF = {"recording": ("segment", "oddity"), "claim": ("shown_with",)}
KNOWN_AS = {"segment": "recording", "oddity": "recording", "shown_with": "claim"}


@dataclass(slots=True)
class Rescued:
    """What came back, and what is known to be lost.

    `lost_entries` is the fewest there can have been: gaps in chains, and entries that others
    name. `unproven` are records of evidence whose hash is another, or whose id alone is known.
    """

    title: str = ""
    case: str = ""
    sure: bool = False
    """Whether an entry says which case it is."""
    entries: int = 0
    orphans: int = 0
    """Entries whose predecessor is lost."""
    lost_entries: int = 0
    words: int = 0
    lost_words: int = 0
    evidence: dict[str, int] = field(default_factory=dict)
    unproven: list[str] = field(default_factory=list)
    signatures: int = 0
    unsigned: int = 0
    """Signatures that were made out and are not valid."""

    @property
    def lost(self) -> bool:
        """Whether anything is known not to have come back."""
        return bool(self.lost_entries or self.lost_words or self.unproven or self.unsigned)


def rescue(broken: Path, out: Path, *, progress: Progress) -> Rescued:
    """Make a new case of what proves itself of a damaged one.

    Args:
        broken: the damaged file, with its log beside it. Neither is touched.
        out: the case to make.
        progress: told how far it is.

    Raises:
        CaseError: nothing came back, `out` exists, or it cannot be written.
    """
    if out.exists() or out.is_symlink():
        raise CaseError(f"{out} exists already; name another file for what comes back.")
    with contextlib.ExitStack() as stack:
        try:
            pages = Pages.open(broken)
        except OSError as error:
            raise CaseError(f"{broken} cannot be read ({error.strerror}).") from error
        stack.callback(pages.close)
        try:
            folder = Path(
                stack.enter_context(tempfile.TemporaryDirectory(prefix=".rescue-", dir=out.parent))
            )
        except OSError as error:
            raise engine.cannot_write(out, error) from error
        with engine.sentences(out):
            finds = Finds(folder / "finds", columns_of_case())
            stack.callback(finds.close)
            for done in finds.gather(pages):
                progress(done, pages.count)
            finds.prove()
            made = folder / "made.case"
            rescued = _made(finds, made, broken)
            give_name(made, out)
    return rescued


def _made(finds: Finds, path: Path, broken: Path) -> Rescued:
    rescued = Rescued()
    said = dict(_said(finds, "about"))
    _case(finds, said, rescued)
    rescued.title = said.get("title") or broken.stem
    with CaseFile.create(path, title=rescued.title, scale=_scale(finds)) as case:
        with case.write() as con:
            _evidence(finds, con, rescued)
            _entries(finds, con, rescued)
            if not rescued.entries and not any(rescued.evidence.values()):
                raise CaseError(f"Nothing in {broken} proves itself as part of a case.")
            _signatures(finds, con, rescued)
            for key in ("about", "exercise", "origins"):
                if key in said:
                    con.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (key, said[key]))
            if rescued.case:
                con.execute("UPDATE about SET value = ? WHERE key = 'id'", (rescued.case,))
            derive.everything(con)
        rescued.case = case.about().id
    return rescued


def _said(finds: Finds, table: str) -> Iterator[tuple[str, str]]:
    for row in finds.rows(table):
        yield str(row[0]), str(row[1])


def _case(finds: Finds, said: dict[str, str], rescued: Rescued) -> None:
    """Which case it is: each chain's first entry says it, and what the case says of itself."""
    ids = Counter(
        str(entry.data["case"])
        for entry, _ in finds.entries()
        if entry.kind == Kind.ENROL and "case" in entry.data
    )
    rescued.sure = bool(ids)
    rescued.case = ids.most_common(1)[0][0] if ids else said.get("id", "")


def _scale(finds: Finds) -> Scale:
    rows = sorted(finds.rows("scale"), key=lambda row: int(str(row[0])))
    named = {str(row[1]): ScaleValue(int(str(row[0])), *map(str, row[1:4])) for row in rows}
    values = list(named.values()) or list(HOUSE.values)
    free = [key for key in range(1, 10) if key not in {value.key for value in values}]
    given = {str(e.data["value"]) for e, _ in finds.entries() if e.kind == Kind.VERDICT}
    for value in sorted(given - {value.value for value in values}):
        if free:
            values.append(ScaleValue(free.pop(0), value, value.replace("_", " "), ""))
    return Scale(tuple(sorted(values, key=lambda value: value.key)))


def _evidence(finds: Finds, con: Connection, rescued: Rescued) -> None:
    lost = finds.listed()
    for table in EVIDENCE:
        names = finds.columns[table]
        held: set[tuple[str, int]] = set()
        doubtful: dict[tuple[str, int], None] = {}
        for row in finds.rows(table):
            key = (str(row[0]), int(str(row[1])))
            if key in held:
                continue
            if not _is_version(row) or not finds.is_proven(table, row):
                doubtful[key] = None
                continue
            version = _number(row)
            _insert(con, table, names, (row[0], version, *row[2:]))
            for part in PARTS_OF.get(table, ()):
                _parts(finds, con, part, (*key, version))
            held.add(key)
        rescued.evidence[table] = len(held)
        word = "excerpt" if table == "quotation" else table
        rescued.unproven += [f"{word} {key[0]}" for key in doubtful if key not in held]
        lost -= held | doubtful.keys()
    # An index lists them, and no row of theirs could be made out.
    rescued.unproven += sorted(f"record {id_}" for id_, _ in lost)


def _number(row: tuple[Value, ...]) -> int:
    version, hash_ = row[1], row[2]
    if not isinstance(version, int) or not isinstance(hash_, bytes):
        return 0
    return version if version >= FIRST_NUMBERED else numbered(version, hash_)


def _is_version(row: tuple[Value, ...]) -> bool:
    version = _number(row)
    return isinstance(row[2], bytes) and numbered(edition_of(version), row[2]) == version


def _parts(finds: Finds, con: Connection, table: str, of: tuple[str, int, int]) -> None:
    id_, version, new = of
    names = finds.columns[table]
    for row in finds.parts(table, KNOWN_AS[table], id_, version):
        _insert(con, table, names, (row[0], new, *row[2:]))


def _insert(con: Connection, table: str, names: tuple[str, ...], values: tuple[Value, ...]) -> None:
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    con.execute(f"INSERT OR IGNORE INTO {table} ({listed}) VALUES ({marks})", values)


def _entries(finds: Finds, con: Connection, rescued: Rescued) -> None:
    chains: dict[str, int] = {}
    erased = {entry.subject for entry, _ in finds.entries() if entry.kind == Kind.REDACT}
    enrols = [entry for entry, _ in finds.entries() if entry.kind == Kind.ENROL]
    nameless = {entry.author for entry in enrols if entry.id in erased}
    erased |= {entry.id for entry in enrols if entry.author in nameless}
    numbers: dict[str, set[int]] = {}
    ids: set[str] = set()
    named: set[str] = set()
    for lsn, (entry, body) in enumerate(finds.entries(), 1):
        if entry.chain not in chains:
            chains[entry.chain] = len(chains) + 1
            chain = (chains[entry.chain], bytes.fromhex(entry.chain))
            con.execute("INSERT INTO chain (k, id) VALUES (?, ?)", chain)
        row = ledger.row_of(entry, body, lsn=lsn, chain=chains[entry.chain])
        _insert(con, "entry", ledger.COLUMNS, row)
        if entry.payload_hash is not None and entry.id not in erased:
            words = finds.words_of(entry)
            rescued.words += words is not None
            rescued.lost_words += words is None
            if words is not None:
                con.execute("INSERT INTO payload (lsn, data) VALUES (?, ?)", (lsn, words))
        ids.add(entry.id)
        named.update(id_ for id_ in (entry.previous, entry.witness) if id_)
        numbers.setdefault(entry.chain, set()).add(entry.seq)
        rescued.orphans += entry.previous is not None and entry.previous not in ids
    rescued.entries = len(ids)
    gaps = sum(max(of) - len(of) for of in numbers.values())
    rescued.lost_entries = max(gaps, len(named - ids))


def _signatures(finds: Finds, con: Connection, rescued: Rescued) -> None:
    """Bring signatures back: a device's if it is valid, a seal as it stands."""
    for row in finds.rows("attest"):
        target, what, key, sig = row
        if not isinstance(target, bytes) or not isinstance(key, bytes):
            continue
        held = con.execute("SELECT 1 FROM entry WHERE id = ?", (target,)).fetchone()
        if held is None or not isinstance(sig, bytes):
            continue
        # Whether a seal is valid only ssh-keygen can say; `verify` asks it.
        if what == SEAL or (what == DEVICE and is_signed(key, DEVICE, target.hex(), sig)):
            _insert(con, "attest", finds.columns["attest"], row)
            rescued.signatures += 1
        else:
            rescued.unsigned += 1
