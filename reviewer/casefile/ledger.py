"""The append-only record of every judgement.

What must hold: nothing in `entry` is ever updated or deleted; every column beside `body` is
read out of the body on this machine; an entry names the one before it in its chain, and the
newest that its writer had seen from anyone. A reader on a device writes to one chain of one
copy of a file: a copied file starts a chain of its own, and so does one that was put back to
an earlier state where the device remembers a later one. Where it does not, the chain forks;
both branches are kept.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

from reviewer.casefile.engine import Connection, DamagedError, Row
from reviewer.model.canonical import Json
from reviewer.model.entry import ACTS, Draft, Entry, Kind, body_of, entry_id, payload_of, read_entry
from reviewer.model.naming import author_of

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.model.signing import Device

CHAIN_BYTES = 16
ENTRY = "entry.id, entry.body, payload.data"
COLUMNS = ("lsn", "id", "chain", "seq", "lamport", "kind", "subject", "author", "body")
MACHINE_ID = Path("/etc/machine-id")

Clock = Callable[[], int]


def wall_clock() -> int:
    """Milliseconds UTC, for display only."""
    return time.time_ns() // 1_000_000


def append(
    con: Connection,
    path: Path,
    reader: str,
    draft: Draft,
    clock: Clock,
    device: Device | None = None,
) -> Entry:
    """Record a draft as the newest entry of this reader's chain, within a transaction.

    A chain begins with an `enrol` entry, which names the reader, the case and the device whose
    key signs the chain's entries.

    Returns:
        The entry as it now stands in the ledger.
    """
    author = author_of(reader)
    case = case_id(con)
    chain, chain_id, is_new = _chain(con, path, author, case, device)
    if is_new:
        # A name that was erased is not written again.
        from reviewer.casefile import redaction

        name = "" if author in redaction.nameless(con) else reader
        con.execute(
            "INSERT INTO reader (author, name) VALUES (?, ?)"
            " ON CONFLICT (author) DO UPDATE SET name = excluded.name WHERE name = ''",
            (author, name),
        )
        about: dict[str, Json] = {"case": case}
        if device is not None:
            about["device"] = device.public.hex()
        enrol = Draft(Kind.ENROL, data=about, words={"name": name} if name else {})
        _append(con, author, chain, chain_id, enrol, clock, device)
    return _append(con, author, chain, chain_id, draft, clock, device)


def row_of(
    entry: Entry, body: bytes, *, lsn: int, chain: int
) -> tuple[int | str | bytes | None, ...]:
    """The row of an entry that came from elsewhere, in the order of `COLUMNS`."""
    return (
        lsn,
        bytes.fromhex(entry.id),
        chain,
        entry.seq,
        entry.lamport,
        entry.kind,
        bytes.fromhex(entry.subject) if entry.subject else None,
        bytes.fromhex(entry.author),
        body,
    )


def _append(
    con: Connection,
    author: bytes,
    chain: int,
    chain_id: bytes,
    draft: Draft,
    clock: Clock,
    device: Device | None,
) -> Entry:
    last = con.execute(
        "SELECT seq, id FROM entry WHERE chain = ? ORDER BY seq DESC LIMIT 1", (chain,)
    ).fetchone()
    newest = con.execute("SELECT id FROM entry ORDER BY lsn DESC LIMIT 1").fetchone()
    (lamport,) = con.execute("SELECT coalesce(max(lamport), 0) FROM entry").fetchone()
    payload = payload_of(draft.words)
    body = body_of(
        draft,
        chain=chain_id.hex(),
        seq=last["seq"] + 1 if last else 1,
        previous=last["id"].hex() if last else None,
        witness=newest["id"].hex() if newest else None,
        lamport=lamport + 1,
        at=clock(),
        author=author.hex(),
        payload=payload,
    )
    entry = read_entry(body, payload)
    cursor = con.execute(
        "INSERT INTO entry (id, chain, seq, lamport, kind, subject, author, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry_id(body),
            chain,
            entry.seq,
            entry.lamport,
            entry.kind,
            bytes.fromhex(entry.subject) if entry.subject else None,
            author,
            body,
        ),
    )
    lsn = cursor.lastrowid
    if device is not None:
        from reviewer.model.signing import DEVICE, to_sign

        signature = device.sign(to_sign(DEVICE, entry.id))
        con.execute(
            "INSERT INTO attest (target, what, key, sig) VALUES (?, ?, ?, ?)",
            (entry_id(body), DEVICE, device.public, signature),
        )
    if payload is not None:
        con.execute("INSERT INTO payload (lsn, data) VALUES (?, ?)", (lsn, payload))
    if entry.touches:
        con.execute(
            "INSERT INTO act (lsn, author, claim, undone) VALUES (?, ?, ?, ?)",
            (lsn, author, entry.claim, 0 if entry.kind in ACTS else -1),
        )
    return entry


def case_id(con: Connection) -> str:
    """The id of the case that this file holds."""
    row = con.execute("SELECT value FROM about WHERE key = 'id'").fetchone()
    return str(row["value"]) if row else ""


def missing(con: Connection, device: Device) -> int:
    """How many entries this device knows to have written that this file does not hold.

    There are some where an older copy was put back. They come again by a merge with a file
    that has them.
    """
    gone = 0
    for chain, (seq, id_) in device.newest(case_id(con)).items():
        held = _held(con, chain, seq, id_)
        gone += 0 if held is None else max(1, seq - held)
    return gone


def _held(con: Connection, chain: str, seq: int, id_: str) -> int | None:
    """The last number held of a chain where its newest known entry is not; else None."""
    row = con.execute("SELECT 1 FROM entry WHERE id = ?", (bytes.fromhex(id_),)).fetchone()
    if row is not None:
        return None
    (last,) = con.execute(
        "SELECT coalesce(max(seq), 0) FROM entry"
        " WHERE chain = (SELECT k FROM chain WHERE id = ?) AND seq < ?",
        (bytes.fromhex(chain), seq),
    ).fetchone()
    return int(last)


def _chain(
    con: Connection, path: Path, author: bytes, case: str, device: Device | None
) -> tuple[int, bytes, bool]:
    """The chain to write to, and whether it is new."""
    fingerprint = _fingerprint(path, author, device)
    row = con.execute(
        "SELECT chain.k, chain.id FROM writer JOIN chain ON chain.k = writer.chain"
        " WHERE writer.fingerprint = ?",
        (fingerprint,),
    ).fetchone()
    if row is not None and not _is_behind(con, row["id"], case, device):
        return row["k"], row["id"], False
    import secrets

    chain_id = secrets.token_bytes(CHAIN_BYTES)
    k = con.execute("INSERT INTO chain (id) VALUES (?)", (chain_id,)).lastrowid
    con.execute(
        "INSERT INTO writer (fingerprint, chain) VALUES (?1, ?2)"
        " ON CONFLICT (fingerprint) DO UPDATE SET chain = ?2",
        (fingerprint, k),
    )
    return int(k or 0), chain_id, True


def _is_behind(con: Connection, chain_id: bytes, case: str, device: Device | None) -> bool:
    # To write on would give a number again that another entry has had.
    known = device.newest(case).get(chain_id.hex()) if device is not None else None
    return known is not None and _held(con, chain_id.hex(), *known) is not None


def _fingerprint(path: Path, author: bytes, device: Device | None) -> bytes:
    file = path.stat()
    try:
        machine = MACHINE_ID.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        import uuid

        machine = f"{uuid.getnode():x}"
    parts = [machine, file.st_dev, file.st_ino, os.getuid(), author.hex()]
    if device is not None:
        parts.append(device.public.hex())
    return hashlib.sha256("|".join(map(str, parts)).encode()).digest()


def entry_of(row: Row) -> Entry:
    """An entry from a row that has its `id`, its `body` and its payload's `data`.

    Raises:
        DamagedError: the body is no entry's, or not that of the entry with this id.
    """
    try:
        entry = read_entry(row["body"], row["data"])
    except ValueError as error:
        raise DamagedError(str(error)) from error
    if entry.id != row["id"].hex():
        raise DamagedError(f"entry {row['id'].hex()} was changed")
    return entry


def about_claim(con: Connection, claim: str) -> list[Entry]:
    """Every entry about a claim, in order of arrival."""
    rows = con.execute(
        f"SELECT {ENTRY} FROM act JOIN entry ON entry.lsn = act.lsn"
        " LEFT JOIN payload ON payload.lsn = act.lsn WHERE act.claim = ? ORDER BY act.lsn",
        (claim,),
    ).fetchall()
    return [entry_of(row) for row in rows]


def by_id(con: Connection, id_: str) -> Entry | None:
    """The entry of this id."""
    row = con.execute(
        f"SELECT {ENTRY} FROM entry LEFT JOIN payload ON payload.lsn = entry.lsn"
        " WHERE entry.id = ?",
        (bytes.fromhex(id_),),
    ).fetchone()
    return entry_of(row) if row else None


def to_undo(con: Connection, reader: str) -> Entry | None:
    """This reader's newest act that is not undone."""
    row = con.execute(
        f"SELECT {ENTRY} FROM act JOIN entry ON entry.lsn = act.lsn"
        " LEFT JOIN payload ON payload.lsn = act.lsn"
        " WHERE act.author = ? AND act.undone = 0 ORDER BY act.lsn DESC LIMIT 1",
        (author_of(reader),),
    ).fetchone()
    return entry_of(row) if row else None


def to_redo(con: Connection, reader: str) -> Entry | None:
    """The act that this reader undid last, unless he has acted anew since."""
    author = author_of(reader)
    row = con.execute(
        f"SELECT act.undone, {ENTRY}"
        " FROM act JOIN entry ON entry.lsn = act.lsn"
        " LEFT JOIN payload ON payload.lsn = act.lsn"
        " WHERE act.author = ? AND act.undone > 0 ORDER BY act.undone DESC LIMIT 1",
        (author,),
    ).fetchone()
    if row is None:
        return None
    (last_act,) = con.execute(
        "SELECT coalesce(max(lsn), 0) FROM act WHERE author = ? AND undone = 0", (author,)
    ).fetchone()
    return entry_of(row) if last_act < row["undone"] else None


def default_reader() -> str:
    """The name to take where none is given: the account's."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reader"
