"""A case that three readers worked on, and all the ways to tamper with it.

Whoever tampers has the file in his hands, knows its format, has a device and a key of his own,
and puts the triggers back in place. What he does not have is the readers' keys.
"""

from __future__ import annotations

import hashlib
import json
import random
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reviewer.casefile import derive, ledger
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection, connect
from reviewer.casefile.verify.check import Report, Stop, verify
from reviewer.model.entry import Draft, Kind, body_of, entry_id, payload_of
from reviewer.model.evidence import Stance
from reviewer.model.signing import DEVICE, SEAL, armored, public_blob, public_line, to_sign
from reviewer.service.session import Session
from tests.casefile.making import Ticking, new_case, statement, take_in

READERS = ("ada", "bob", "chiara")
OF_LEDGER = ("entry", "payload", "attest", "chain")


class Key:
    """A device's key, held in memory; it remembers nothing."""

    def __init__(self, seed: bytes) -> None:
        self.private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self.private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)

    def newest(self, case: str) -> dict[str, tuple[int, str]]:
        return {}

    def wrote(self, case: str, chain: str, seq: int, id_: str) -> None:
        pass


@cache
def key(name: str) -> Key:
    return Key(hashlib.sha256(name.encode()).digest())


def sealing(
    con: Connection,
    reader: str,
    path: Path,
    *,
    device: str = "",
    others: str = "",
    ssh_of: str = "",
) -> None:
    """Bind the reader to an SSH key, and seal the newest entry of his chain with it.

    `device`, `ssh_of`: whose, where not his first ones. `others`: another key to bind beside it.
    """
    ssh, clock = key(ssh_of or f"{reader}'s ssh"), Ticking()
    for one in (ssh, *([key(others)] if others else [])):
        draft = Draft(Kind.ENROL, data={"key": public_line(public_blob(one.public))})
        entry = ledger.append(con, path, reader, draft, clock, key(device or reader))
    signature = armored(ssh.public, ssh.sign(to_sign(SEAL, entry.id)), SEAL)
    con.execute(
        "INSERT INTO attest (target, what, key, sig) VALUES (?, ?, ?, ?)",
        (bytes.fromhex(entry.id), SEAL, public_blob(ssh.public), signature.encode()),
    )


def work(path: Path) -> None:
    """What three readers do in turns, each on a device of their own, each seeing the others."""
    clock = Ticking()
    sessions = [Session.open(path, reader, clock=clock) for reader in READERS]
    for session in sessions:
        session.case.device = key(session.reader)
    for n in range(3):
        for at, session in enumerate(sessions):
            view = session.view(f"c-{(n + at) % 4 + 1}")
            session.decide(view, ("false", "verified", "contested")[(n + at) % 3], f"note {n}")
            session.mark(session.view(f"c-{n + 1}"))
    ada, bob, _ = sessions
    ada.undo()
    bob.undo()
    bob.redo()
    view = bob.view("c-2")
    bob.link(view, view.targets[0], 3, 20, Stance.SUPPORTS)
    for session in sessions:
        with session.case.write() as con:
            sealing(con, session.reader, path)
    for session in sessions:
        session.note(session.view("c-3"), f"{session.reader} was here")
    # Everything above is seen by somebody; chiara's last act stands at the end of all.
    ada.mark(ada.view("c-4"))
    bob.mark(bob.view("c-4"))
    for session in sessions:
        session.close()


@cache
def worked_on() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = new_case(Path(folder))
        work(path)
        take_in(path, statement(text="It was corrected: near Kharkiv."))
        with CaseFile.open(path) as case:
            case.con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes()


def a_case(folder: Path) -> Path:
    """That case, in a file of its own."""
    path = folder / f"{secrets.token_hex(4)}.case"
    path.write_bytes(worked_on())
    return path


@contextmanager
def in_his_hands(path: Path) -> Iterator[Connection]:
    """The file without triggers; they are put back afterwards, letter for letter."""
    con = connect(path, readonly=False)
    con.execute("PRAGMA foreign_keys = OFF")
    triggers = con.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        con.execute(f"DROP TRIGGER {name}")
    try:
        yield con
    finally:
        for _, sql in triggers:
            con.execute(sql)
        con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        con.close()


def rederived(path: Path) -> None:
    """Make the derived rows fit what the ledger says now, as a thorough forger does."""
    with CaseFile.open(path) as case, case.write() as con:
        derive.everything(con)


def found(path: Path, check_seal: Callable[[str, bytes, str], bool] | None = None) -> Report:
    """What verify finds in it."""
    return verify(
        path,
        tick=lambda *_: None,
        stop=Stop(),
        check_seal=check_seal or held_seal,
    )


def held_seal(text: str, message: bytes, namespace: str) -> bool:
    """Whether one of the readers' own SSH keys made this; ssh-keygen itself has its own test."""
    id_ = message.decode().strip()
    names = [*(f"{reader}'s ssh" for reader in READERS), "ada's other ssh", "mallory's ssh"]
    made = (armored(key(name).public, key(name).sign(to_sign(SEAL, id_)), SEAL) for name in names)
    return namespace == "reviewer-seal" and text in made


@dataclass(slots=True)
class Forger:
    """One act of tampering, chosen by a seeded random."""

    path: Path
    rng: random.Random

    # What he can see

    def rows(self, con: Connection, asked: str, *given: object) -> list[Any]:
        return con.execute(asked, given).fetchall()

    def entry(self, con: Connection, *, seen: bool = False, kind: str = "") -> Any:
        """An entry; `seen`: one that another entry names."""
        rows = self.rows(
            con,
            "SELECT entry.*, chain.id AS chain_id FROM entry JOIN chain ON chain.k = entry.chain"
            f" WHERE {'kind = ?' if kind else '?'} ORDER BY lsn",
            kind or 1,
        )
        named = {json.loads(row["body"])[key] for row in self.rows(con, "SELECT body FROM entry")
                 for key in "pw"}  # fmt: skip
        return self.rng.choice([row for row in rows if not seen or row["id"].hex() in named])

    # What he does to entries

    def edit(self, con: Connection) -> None:
        """Change a byte of a body, or a column beside it."""
        row = self.entry(con)
        column = self.rng.choice(["body", "body", "seq", "lamport", "kind", "subject", "author",
                                  "chain", "id"])  # fmt: skip
        new: Any = {
            "seq": row["seq"] + self.rng.choice([100, 1]),
            "lamport": row["lamport"] + self.rng.choice([-1, 1, 1000]),
            "kind": "mark" if row["kind"] != "mark" else "note",
            "subject": self.rng.randbytes(32),
            "author": self.rng.randbytes(32),
            "chain": row["chain"] % 3 + 1,
            "id": self.rng.randbytes(32),
        }.get(column)
        if column == "body":
            data = bytearray(row["body"])
            data[self.rng.randrange(len(data))] ^= 1 << self.rng.randrange(7)
            new = bytes(data)
        con.execute(f"UPDATE entry SET {column} = ? WHERE lsn = ?", (new, row["lsn"]))

    def delete(self, con: Connection) -> None:
        """Take an entry out that somebody has seen, with all that belongs to it."""
        row = self.entry(con, seen=True)
        self.take_out(con, [row["lsn"]])

    def take_out(self, con: Connection, lsns: list[int]) -> None:
        marks = ",".join(map(str, lsns))
        con.execute(
            f"DELETE FROM attest WHERE target IN (SELECT id FROM entry WHERE lsn IN ({marks}))"
        )
        for table in ("payload", "act", "verdict", "note", "flag", "excerpt", "entry"):
            con.execute(f"DELETE FROM {table} WHERE lsn IN ({marks})")

    def a_reader(self, con: Connection) -> None:
        """Take out a whole reader: chain, entries, payloads, signatures, seals, name."""
        k = self.rng.choice([row["k"] for row in self.rows(con, "SELECT k FROM chain")])
        author = self.rows(con, "SELECT author FROM entry WHERE chain = ? LIMIT 1", k)[0][0]
        lsns = [row[0] for row in self.rows(con, "SELECT lsn FROM entry WHERE chain = ?", k)]
        self.take_out(con, lsns)
        con.execute("DELETE FROM reader WHERE author = ?", (author,))
        con.execute("DELETE FROM writer WHERE chain = ?", (k,))
        con.execute("DELETE FROM chain WHERE k = ?", (k,))

    def reorder(self, con: Connection) -> None:
        """Exchange two entries of a chain, with their ids recomputed or not."""
        k = self.rng.choice([row["k"] for row in self.rows(con, "SELECT k FROM chain")])
        rows = self.rows(con, "SELECT * FROM entry WHERE chain = ? AND seq > 1", k)
        one, other = self.rng.sample(rows, 2)
        if self.rng.random() < 0.5:
            for row, seq in ((one, other["seq"]), (other, one["seq"])):
                con.execute("UPDATE entry SET seq = ? WHERE lsn = ?", (seq, row["lsn"]))
            return
        first, second = (json.loads(row["body"]) for row in (one, other))
        for name in "npwl":
            first[name], second[name] = second[name], first[name]
        for row, raw in ((one, first), (other, second)):
            self.put(con, row, raw)

    def put(self, con: Connection, row: Any, raw: dict[str, Any]) -> bytes:
        """Write a body in an entry's place, with id and columns that fit it."""
        body = rfc8785.dumps(raw)
        con.execute(
            "UPDATE entry SET id = ?, body = ?, seq = ?, lamport = ?, kind = ?, subject = ?,"
            " author = ? WHERE lsn = ?",
            (
                entry_id(body),
                body,
                raw["n"],
                raw["l"],
                raw["k"],
                bytes.fromhex(raw["s"]) if raw["s"] else None,
                bytes.fromhex(raw["a"]),
                row["lsn"],
            ),
        )
        return entry_id(body)

    def forge(self, con: Connection) -> None:
        """Change what a verdict says, and make id, columns and derived rows fit."""
        row = self.entry(con, kind="verdict")
        raw = json.loads(row["body"])
        raw["d"]["value"] = "unverified"
        new = self.put(con, row, raw)
        how = self.rng.choice(["keep", "move", "none", "sign"])
        if how == "move":
            con.execute("UPDATE attest SET target = ? WHERE target = ?", (new, row["id"]))
        elif how != "keep":
            con.execute("DELETE FROM attest WHERE target = ?", (row["id"],))
        if how == "sign":
            self.sign(con, new)

    def forge_to_the_end(self, con: Connection) -> None:
        """Change an entry and write the rest of its chain and all others anew, signing nothing."""
        rows = self.rows(con, "SELECT * FROM entry ORDER BY lsn")
        at = self.rng.choice([n for n, row in enumerate(rows) if row["kind"] == "verdict"])
        renamed: dict[str, str] = {}
        for n, row in enumerate(rows):
            raw = json.loads(row["body"])
            if n == at:
                raw["d"]["value"] = "unverified"
            for name in "pws":
                raw[name] = renamed.get(raw[name], raw[name])
            raw["o"] = [renamed.get(old, old) for old in raw["o"]]
            new = self.put(con, row, raw)
            if new != row["id"]:
                renamed[row["id"].hex()] = new.hex()
                con.execute("DELETE FROM attest WHERE target = ?", (row["id"],))
                if self.rng.random() < 0.3:
                    self.sign(con, new)

    def sign(self, con: Connection, id_: bytes, *, called: Key | None = None) -> None:
        mallory = key("mallory")
        signature = mallory.sign(to_sign(DEVICE, id_.hex()))
        con.execute(
            "INSERT OR REPLACE INTO attest (target, what, key, sig) VALUES (?, ?, ?, ?)",
            (id_, DEVICE, (called or mallory).public, signature),
        )

    def insert(self, con: Connection) -> None:
        """Put an entry of one's own at the end of somebody's chain, or beside one in it."""
        last = self.entry(con)
        if self.rng.random() < 0.5:
            rows = self.rows(
                con,
                "SELECT entry.*, chain.id AS chain_id FROM entry JOIN chain ON chain.k = chain"
                " WHERE chain = ? ORDER BY seq DESC LIMIT 1",
                last["chain"],
            )
            last = rows[0]
        new = self.write(con, last["chain"], last["chain_id"], last["seq"], last["id"],
                         last["author"], self.verdict())  # fmt: skip
        how = self.rng.choice(["none", "mallory", "lie"])
        if how != "none":
            owner = READERS[last["chain"] - 1]
            self.sign(con, new, called=key(owner) if how == "lie" else None)

    def verdict(self) -> Draft:
        return Draft(
            Kind.VERDICT,
            claim=f"c-{self.rng.randint(1, 4)}",
            subject="ab" * 32,
            data={"value": "false", "saw": {}, "excerpts": []},
        )

    def write(self, con: Connection, k: int, chain: bytes, seq: int, before: bytes | None,
              author: bytes, draft: Draft) -> bytes:  # fmt: skip
        newest = self.rows(con, "SELECT id FROM entry ORDER BY lsn DESC LIMIT 1")[0][0]
        (lamport,) = self.rows(con, "SELECT max(lamport) FROM entry")[0]
        payload = payload_of(draft.words)
        subject = draft.subject
        if draft.claim:
            held = self.rows(con, "SELECT hash FROM claim WHERE id = ?", draft.claim)
            subject = held[-1][0].hex()
        body = body_of(
            Draft(draft.kind, draft.claim, subject, draft.supersedes, draft.data, draft.words),
            chain=chain.hex(),
            seq=seq + 1,
            previous=before.hex() if before else None,
            witness=newest.hex(),
            lamport=lamport + 1,
            at=1_646_700_000_000,
            author=author.hex(),
            payload=payload,
        )
        lsn = con.execute(
            "INSERT INTO entry (id, chain, seq, lamport, kind, subject, author, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (entry_id(body), k, seq + 1, lamport + 1, draft.kind.value,
             bytes.fromhex(subject) if subject else None, author, body),
        ).lastrowid  # fmt: skip
        if payload is not None:
            con.execute("INSERT INTO payload (lsn, data) VALUES (?, ?)", (lsn, payload))
        return entry_id(body)

    def anothers_name(self, con: Connection) -> None:
        """A chain in a reader's name, signed by one's own device, and sealed by one's own key."""
        reader = self.rng.choice(READERS)
        case = self.rows(con, "SELECT value FROM about WHERE key = 'id'")[0][0]
        chain = secrets.token_bytes(16)
        k = con.execute("INSERT INTO chain (id) VALUES (?)", (chain,)).lastrowid or 0
        about = {"case": case, "device": key("mallory").public.hex()}
        enrol = Draft(Kind.ENROL, data=dict(about), words={"name": reader})
        author = ledger.author_of(reader)
        id_: bytes | None = None
        own = key("mallory's ssh")
        binds = Draft(Kind.ENROL, data={"key": public_line(public_blob(own.public))})
        sealed = self.rng.random() < 0.5
        drafts = [enrol, *([binds] if sealed else []), self.verdict()]
        for seq, draft in enumerate(drafts):
            id_ = self.write(con, k, chain, seq, id_, author, draft)
            self.sign(con, id_)
        if sealed and id_ is not None:
            text = armored(own.public, own.sign(to_sign(SEAL, id_.hex())), SEAL)
            con.execute(
                "INSERT INTO attest (target, what, key, sig) VALUES (?, ?, ?, ?)",
                (id_, SEAL, public_blob(own.public), text.encode()),
            )

    # What he does to the rest

    def payload(self, con: Connection) -> None:
        """Change, take away or add the words of an entry."""
        row = self.rng.choice(self.rows(con, "SELECT lsn, data FROM payload"))
        how = self.rng.choice(["byte", "gone", "other", "more"])
        if how == "gone":
            con.execute("DELETE FROM payload WHERE lsn = ?", (row["lsn"],))
        elif how == "more":
            bare = self.rows(
                con, "SELECT lsn FROM entry WHERE lsn NOT IN (SELECT lsn FROM payload)"
            )
            lsn = self.rng.choice(bare)[0]
            con.execute("INSERT INTO payload (lsn, data) VALUES (?, ?)", (lsn, row["data"]))
        else:
            data = bytearray(row["data"])
            data[self.rng.randrange(len(data))] ^= 1 << self.rng.randrange(7)
            words = payload_of({"note": "other words"}) if how == "other" else bytes(data)
            con.execute("UPDATE payload SET data = ? WHERE lsn = ?", (words, row["lsn"]))

    def evidence(self, con: Connection) -> None:
        """Change a text, or a part of one; or take out a version that somebody judged."""
        table, column = self.rng.choice([
            ("statement", "text"), ("statement", "date"), ("statement", "hash"),
            ("statement", "version"), ("statement", "held"), ("recording", "title"),
            ("segment", "text"), ("segment", "start_ms"), ("segment", "n"),
            ("claim", "text"), ("claim", "claimant"), ("claim", "priority"),
            ("shown_with", "target"), ("source", "origin"), ("statement", ""), ("segment", ""),
            ("shown_with", ""), ("claim", ""), ("recording", ""),
        ])  # fmt: skip
        row = self.rng.choice(self.rows(con, f"SELECT * FROM {table}"))
        ids = [name for name in ("id", "recording", "claim", "n", "version") if name in row.keys()]  # noqa: SIM118
        where = " AND ".join(f"{name} = ?" for name in ids)
        which = [row[name] for name in ids]
        if not column:
            con.execute(f"DELETE FROM {table} WHERE {where}", which)
            return
        was = row[column]
        new = {int: 9, bytes: self.rng.randbytes(32), str: f"{was}!"}.get(type(was), 77)
        new = 9 if column == "priority" and was != 9 else new
        new = was + 1 if column in ("version", "n", "priority") and isinstance(was, int) else new
        new = "paraphrase" if column == "held" else new
        con.execute(f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {where}", [new, *which])

    def excerpts(self, con: Connection) -> None:
        """Move an excerpt that came with the case, or take its stance to the other side."""
        column, new = self.rng.choice([
            ("start", 5), ('"end"', 9), ("exact", "lives"), ("prefix", "not "), ("suffix", "?"),
            ("stance", "refutes"), ("target", "ria-2-march"), ("claim", "c-2"), ("note", "so"),
            ("target_hash", self.rng.randbytes(32)),
        ])  # fmt: skip
        con.execute(f"UPDATE quotation SET {column} = ?", (new,))

    def derived(self, con: Connection) -> None:
        """Change, take away or add a row that is derived."""
        table = self.rng.choice([
            one for one in derive.STATE_TABLES
            if self.rows(con, f"SELECT 1 FROM {one} LIMIT 1")
        ])  # fmt: skip
        row = self.rng.choice(self.rows(con, f"SELECT * FROM {table}"))
        names = row.keys()
        where = " AND ".join(f'"{name}" IS ?' for name in names)
        if self.rng.random() < 0.3:
            con.execute(f"DELETE FROM {table} WHERE {where}", tuple(row))
            return
        name = self.rng.choice([one for one in names if one not in ("base", "flag")])
        was = row[name]
        whole = name in ("start", "end", "start_ms", "end_ms", "lsn") or isinstance(was, int)
        new: Any = (was or 0) + 1 if whole else f"{was}~" if isinstance(was, str) else bytes(32)
        con.execute(f'UPDATE OR REPLACE {table} SET "{name}" = ? WHERE {where}', (new, *row))

    def attest(self, con: Connection) -> None:
        """Change a signature or a seal, give it to another entry, or take the newest away."""
        how = self.rng.choice(["sig", "key", "target", "newest", "what", "seal"])
        row = self.rng.choice(self.rows(con, "SELECT * FROM attest"))
        if how == "seal":
            row = self.rng.choice(self.rows(con, "SELECT * FROM attest WHERE what = 'seal'"))
            how = self.rng.choice(["sig", "key", "target"])
        which = (row["target"], row["what"], row["key"])
        where = "WHERE target = ? AND what = ? AND key = ?"
        if how == "newest":
            last = self.rows(
                con, "SELECT id FROM entry GROUP BY chain HAVING seq = max(seq) ORDER BY chain"
            )
            con.execute("DELETE FROM attest WHERE target = ?", (self.rng.choice(last)[0],))
        elif how == "sig":
            data = bytearray(row["sig"])
            data[self.rng.randrange(len(data))] ^= 1
            con.execute(f"UPDATE attest SET sig = ? {where}", (bytes(data), *which))
        elif how == "key":
            con.execute(f"UPDATE attest SET key = ? {where}", (self.rng.randbytes(32), *which))
        elif how == "what":
            other = SEAL if row["what"] == DEVICE else DEVICE
            con.execute(f"UPDATE attest SET what = ? {where}", (other, *which))
        else:
            con.execute(f"UPDATE attest SET target = ? {where}", (self.rng.randbytes(32), *which))


KINDS = ("edit", "delete", "a_reader", "reorder", "forge", "forge_to_the_end", "insert",
         "anothers_name", "payload", "evidence", "excerpts", "derived", "attest")  # fmt: skip
MAKES_ALL_FIT = ("delete", "a_reader", "forge", "forge_to_the_end", "insert", "anothers_name")
"""After these the derived rows are made to fit, so that nothing but the ledger itself tells."""


def tampered(path: Path, kind: str, rng: random.Random) -> None:
    """Tamper with a case in one way."""
    with in_his_hands(path) as con:
        getattr(Forger(path, rng), kind)(con)
    if kind in MAKES_ALL_FIT and rng.random() < 0.7:
        rederived(path)
