"""The append-only record of every judgement.

What must hold: nothing in `entry` is ever updated or deleted; every column beside `body` is
read out of the body on this machine; an entry names the one before it in its chain, and the
newest that its writer had seen from anyone. A reader on a device writes to one chain of one
copy of a file: a copied file starts a chain of its own. A backup put back in place of the
file may fork the chain; both branches are kept.
"""

import getpass
import hashlib
import os
import secrets
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from reviewer.casefile.engine import Connection, DamagedError, Row
from reviewer.model.canonical import text_hash
from reviewer.model.entry import ACTS, Draft, Entry, Kind, body_of, entry_id, payload_of, read_entry

CHAIN_BYTES = 16
ENTRY = "entry.id, entry.body, payload.data"
MACHINE_ID = Path("/etc/machine-id")

Clock = Callable[[], int]


def wall_clock() -> int:
    """Milliseconds UTC, for display only."""
    return time.time_ns() // 1_000_000


def author_of(reader: str) -> bytes:
    """The 32 bytes that stand for a reader in entries; the name itself can be erased."""
    return text_hash(f"reader:{reader}")


def append(con: Connection, path: Path, reader: str, draft: Draft, clock: Clock) -> Entry:
    """Record a draft as the newest entry of this reader's chain, within a transaction.

    Returns:
        The entry as it now stands in the ledger.
    """
    author = author_of(reader)
    known = con.execute("SELECT 1 FROM reader WHERE author = ?", (author,)).fetchone()
    chain, chain_id = _chain(con, path, author)
    if known is None:
        con.execute("INSERT INTO reader (author, name) VALUES (?, ?)", (author, reader))
        enrol = Draft(Kind.ENROL, words={"name": reader})
        _append(con, author, chain, chain_id, enrol, clock)
    return _append(con, author, chain, chain_id, draft, clock)


def _append(
    con: Connection, author: bytes, chain: int, chain_id: bytes, draft: Draft, clock: Clock
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
    if payload is not None:
        con.execute("INSERT INTO payload (lsn, data) VALUES (?, ?)", (lsn, payload))
    if entry.claim:
        con.execute(
            "INSERT INTO act (lsn, author, claim, undone) VALUES (?, ?, ?, ?)",
            (lsn, author, entry.claim, 0 if entry.kind in ACTS else -1),
        )
    return entry


def _chain(con: Connection, path: Path, author: bytes) -> tuple[int, bytes]:
    fingerprint = _fingerprint(path, author)
    row = con.execute(
        "SELECT chain.k, chain.id FROM writer JOIN chain ON chain.k = writer.chain"
        " WHERE writer.fingerprint = ?",
        (fingerprint,),
    ).fetchone()
    if row is not None:
        return row["k"], row["id"]
    chain_id = secrets.token_bytes(CHAIN_BYTES)
    k = con.execute("INSERT INTO chain (id) VALUES (?)", (chain_id,)).lastrowid
    con.execute("INSERT INTO writer (fingerprint, chain) VALUES (?, ?)", (fingerprint, k))
    return int(k or 0), chain_id


def _fingerprint(path: Path, author: bytes) -> bytes:
    file = path.stat()
    try:
        machine = MACHINE_ID.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        machine = f"{uuid.getnode():x}"
    parts = (machine, file.st_dev, file.st_ino, os.getuid(), author.hex())
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
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reader"
