"""Walking the ledger, in order of arrival: bodies, ids, columns, links and payloads.

What is held in memory is a line a chain and the newest ids; every other id is asked of the
file itself. An entry's links are what tells of an entry that was taken out: the one before it
in its chain, and the newest that its writer had seen from anyone (the witness).
"""

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from reviewer.casefile import ledger, redaction
from reviewer.casefile.engine import Connection
from reviewer.casefile.verify.bodies import NoEntryError, Raw, are_hex, raw_of
from reviewer.casefile.verify.findings import Bound, Chain, Finding, Found, Nature
from reviewer.model.canonical import text_hash
from reviewer.model.entry import ACTS, FORMAT, OF_THE_CASE, Entry, Kind, entry_from, kind_of
from reviewer.model.signing import blob_of

EVERY = 5_000
RECENT = 20_000
AT_ONCE = 500
OF_ENTRIES = (Kind.UNDO, Kind.REDO, Kind.REDACT)
"""The kinds whose subject is another entry."""
ROWS = """
    SELECT entry.lsn, entry.id, entry.chain, entry.seq, entry.lamport, entry.kind,
           entry.subject, entry.author, entry.body, payload.data, act.author, act.claim, act.undone
    FROM entry
    LEFT JOIN payload ON payload.lsn = entry.lsn
    LEFT JOIN act ON act.lsn = entry.lsn
    ORDER BY entry.lsn"""


@dataclass(slots=True)
class _Row:
    """An entry as it lies in the file, with its body as read."""

    lsn: int
    id: str
    chain: int
    body: bytes
    data: bytes | None
    raw: Raw

    def entry(self) -> Entry:
        return entry_from(self.raw, self.id, {})


class Walk:
    """One walk over the ledger."""

    def __init__(self, con: Connection, found: Found) -> None:
        self.con = con
        self.found = found
        self.recent: OrderedDict[str, int] = OrderedDict()
        self.asked: list[tuple[str, str, _Row]] = []
        self.missing: set[str] = set()
        # Redactions are rare: where there is none, no entry is asked for its own.
        self.redacted = con.execute(
            "SELECT 1 FROM entry WHERE kind = ? LIMIT 1", (Kind.REDACT,)
        ).fetchone()
        self.nameless = redaction.nameless(con) if self.redacted is not None else set()

    def run(self) -> int:
        """Walk it from its beginning to its end.

        Returns:
            How many entries there are.
        """
        for k, id_ in self.con.execute("SELECT k, id FROM chain").fetchall():
            self.found.chains[k] = Chain(k, id_.hex())
            self._name(k)
        (total,) = self.con.execute("SELECT count(*) FROM entry").fetchone()
        forks = self.con.execute(
            "SELECT chain, seq, count(*) FROM entry GROUP BY chain, seq HAVING count(*) > 1"
            " ORDER BY chain, seq DESC"
        ).fetchall()
        rows = self.con.cursor()
        rows.row_factory = None
        done = 0
        for done, row in enumerate(rows.execute(ROWS), 1):
            self._take(*row)
            if done % EVERY == 0:
                self.found.tick("entries", done, total)
        self._ask()
        for chain, seq, count in forks:
            self._fork(self.found.chains[chain], seq, count)
        self._readers()
        self.found.tick("entries", done, total)
        return done

    def _name(self, k: int) -> None:
        """Learn who writes in a chain, to tell of him by his name."""
        first = self.con.execute(
            "SELECT entry.author, payload.data FROM entry JOIN payload USING (lsn)"
            " WHERE entry.chain = ? AND entry.seq = 1 LIMIT 1",
            (k,),
        ).fetchone()
        name = _word_in(first[1], "name") if first else None
        erased = first is not None and first[0] in self.nameless
        if name is not None and not erased and text_hash(f"reader:{name}") == first[0]:
            self.found.names.setdefault(first[0].hex(), name)

    def _take(
        self,
        lsn: int,
        id_: bytes,
        chain: int,
        seq: int,
        lamport: int,
        kind: str,
        subject: bytes | None,
        author: bytes,
        body: bytes,
        data: bytes | None,
        *act: Any,
    ) -> None:
        hex_id = id_.hex()
        of = self.found.chains.get(chain) or self._unknown(chain)
        if hashlib.sha256(body).digest() != id_:
            self._of_bytes(hex_id, of, seq, "its body was changed: its id is not the hash of it")
            return
        try:
            raw = raw_of(body)
        except NoEntryError as error:
            self._of_bytes(hex_id, of, seq, f"its body is no entry's ({error})")
            return
        row = _Row(lsn, hex_id, chain, body, data, raw)
        beside = (of.id, seq, lamport, kind, subject.hex() if subject else None, author.hex())
        said = (raw["c"], raw["n"], raw["l"], kind_of(raw), raw["s"] or None, raw["a"])
        if beside != said:
            self._wrong(row, f"its columns do not say what its body says ({_apart(beside, said)})")
        self._chain(row, of)
        self._links(row)
        self._payload(row)
        self._act(row, act)
        self._remember(hex_id, raw["l"])
        if raw["k"] == Kind.ENROL:
            self._enrol(row, of)

    def _unknown(self, k: int) -> Chain:
        self.found.broken("ledger", f"chain {k}, of which there are entries, is missing")
        return self.found.chains.setdefault(k, Chain(k, ""))

    def _of_bytes(self, id_: str, of: Chain, seq: int, said: str) -> None:
        whose = f"number {seq} of {self.found.name(of.author)}'s chain {of.id[:10]}"
        self.found.add(
            Finding(Nature.BROKEN, "ledger", f"entry {id_[:10]} ({whose}): {said}", id_, of.k, seq)
        )
        # It keeps its place, or every entry behind it would be named too.
        of.seq, of.head = seq, id_

    def _wrong(self, row: _Row, said: str) -> None:
        self.found.of_entry(row.entry(), row.chain, said)

    # Links

    def _chain(self, row: _Row, of: Chain) -> None:
        raw = row.raw
        seq, before, lamport = raw["n"], raw["p"], raw["l"]
        if before == (of.head or None) and seq == of.seq + 1 and lamport > of.lamport:
            pass
        elif seq == 1 or before is None:
            if (seq, before) != (1, None):
                self._wrong(row, f"it is number {seq} of its chain and has none before it")
        else:
            self._before(row)
        if seq > of.seq:
            of.seq, of.head, of.lamport = seq, row.id, lamport
        if seq == 1 and not of.author:
            self._begins(row, of)
        elif raw["a"] != of.author:
            owner = self.found.name(of.author)
            self._wrong(row, f"it stands in {owner}'s chain in the name of another reader")

    def _before(self, row: _Row) -> None:
        raw = row.raw
        held = self._held(raw["p"])
        if held is None:
            self._gone(row, "the entry before it in its chain", raw["p"])
        elif held[:2] != (row.chain, raw["n"] - 1):
            self._wrong(row, f"the entry before it, {raw['p'][:10]}, stands elsewhere")
        elif held[2] >= raw["l"]:
            self._wrong(row, "its counter is not above that of the entry before it")

    def _held(self, id_: str) -> tuple[int, int, int] | None:
        key = bytes.fromhex(id_) if are_hex(id_) else b""
        held = self.con.execute(
            "SELECT chain, seq, lamport FROM entry WHERE id = ?", (key,)
        ).fetchone()
        return (held[0], held[1], held[2]) if held else None

    def _gone(self, row: _Row, which: str, id_: str) -> None:
        if id_ in self.missing:
            return
        if len(self.missing) < RECENT:
            self.missing.add(id_)
        self._wrong(row, f"{which} is missing ({id_[:10]}): somebody took it out")

    def _links(self, row: _Row) -> None:
        raw = row.raw
        witness = raw["w"]
        if witness is not None:
            self._see(witness, "an entry that its writer had seen", row)
        elif raw["v"] == FORMAT and raw["l"] != 1:
            self._wrong(row, "it names no entry that its writer had seen, though there were some")
        for old in raw["o"]:
            self._see(old, "an entry that it supersedes", row)
        if raw["s"] and raw["k"] in OF_ENTRIES:
            self._see(raw["s"], "the entry that it is about", row)

    def _see(self, id_: str, which: str, row: _Row) -> None:
        known = self.recent.get(id_)
        if known is not None:
            if known >= row.raw["l"]:
                self._wrong(row, f"its counter is not above that of {id_[:10]}, which it names")
            return
        self.asked.append((id_, which, row))
        if len(self.asked) >= AT_ONCE:
            self._ask()

    def _ask(self) -> None:
        ids = {id_ for id_, _, _ in self.asked if are_hex(id_)}
        marks = ",".join("?" * len(ids))
        rows = self.con.execute(
            f"SELECT id, lamport FROM entry WHERE id IN ({marks})",
            [bytes.fromhex(id_) for id_ in sorted(ids)],
        ).fetchall()
        held = {row[0].hex(): row[1] for row in rows}
        for id_, which, row in self.asked:
            if id_ not in held:
                self._gone(row, which, id_)
            elif held[id_] >= row.raw["l"]:
                self._wrong(row, f"its counter is not above that of {id_[:10]}, which it names")
        self.asked.clear()

    def _remember(self, id_: str, lamport: int) -> None:
        self.recent[id_] = lamport
        if len(self.recent) > RECENT:
            self.recent.popitem(last=False)

    def _fork(self, of: Chain, seq: int, count: int) -> None:
        of.forked_at = seq
        self.found.add(
            Finding(
                Nature.FORK,
                "ledger",
                f"{self.found.name(of.author)}'s chain {of.id[:10]} has {count} entries of number"
                f" {seq}: a copy of the file was written to as well; all of them are kept",
                k=of.k,
                seq=seq,
            )
        )

    # Payloads and the rows beside

    def _payload(self, row: _Row) -> None:
        wanted = row.raw["x"]
        if row.data is not None:
            if wanted is None or hashlib.sha256(row.data).hexdigest() != wanted:
                self._wrong(row, "its words were changed: they are not those that it was made with")
            elif self._redacted(row.id) is not None:
                self._wrong(row, "its words were erased on purpose, and are here all the same")
            return
        if wanted is None:
            return
        by = self._redacted(row.id)
        if by is None and kind_of(row.raw) == Kind.ENROL:
            by = self._name_erased(row.raw["a"])
        if by is None:
            self._wrong(row, "its words are gone, and nobody erased them")
            return
        why = " ".join((_word_in(by[1], "why") or "").split())
        self.found.of_entry(
            row.entry(),
            row.chain,
            f"its words were erased on purpose by {self.found.name(by[0].hex())}"
            + (f": {why}" if why else ""),
            nature=Nature.ERASED,
        )

    def _redacted(self, id_: str) -> tuple[bytes, bytes | None] | None:
        """The author and the words of the first redact entry about an entry."""
        if self.redacted is None:
            return None
        by = self.con.execute(
            "SELECT author, data FROM entry LEFT JOIN payload USING (lsn)"
            " WHERE subject = ? AND kind = ? ORDER BY lamport, id LIMIT 1",
            (bytes.fromhex(id_), Kind.REDACT),
        ).fetchone()
        return (by[0], by[1]) if by else None

    def _name_erased(self, author: str) -> tuple[bytes, bytes | None] | None:
        """The same, about any entry that gives a reader's name."""
        if bytes.fromhex(author) not in self.nameless:
            return None
        row = self.con.execute(redaction.NAME_REDACTION, (bytes.fromhex(author),)).fetchone()
        by = ledger.entry_of(row)
        return bytes.fromhex(by.author), row["data"]

    def _act(self, row: _Row, act: tuple[Any, ...]) -> None:
        author, held, undone = act
        claim = str(row.raw["d"].get("claim", "")) or None
        if claim is None and kind_of(row.raw) in OF_THE_CASE:
            claim = ""
        fits = claim is None or (undone == -1) == (kind_of(row.raw) not in ACTS)
        of_author = row.raw["a"] if claim is not None else None
        if (author.hex() if author else None, held) != (of_author, claim) or not fits:
            said = "its row in act is not what it gives"
            self.found.of_entry(row.entry(), row.chain, said, part="derived")

    # Beginnings of chains

    def _begins(self, row: _Row, of: Chain) -> None:
        data = row.raw["d"]
        of.author = row.raw["a"]
        of.device = str(data.get("device", ""))
        of.case = str(data.get("case", ""))
        case = self.con.execute("SELECT value FROM about WHERE key = 'id'").fetchone()
        if of.case and (case is None or of.case != case[0]):
            self._wrong(row, "it was written for another case, and put into this one")

    def _enrol(self, row: _Row, of: Chain) -> None:
        author = row.raw["a"]
        name = _word_in(row.data, "name")
        if name is not None and bytes.fromhex(author) in self.nameless:
            said = (
                "its name was erased on purpose in another chain, and lies here yet: erase it too"
            )
            self.found.of_entry(row.entry(), row.chain, said, nature=Nature.ERASED)
        elif name is not None:
            if text_hash(f"reader:{name}").hex() != author:
                self._wrong(row, f"it gives the name {name} to what stands for another reader")
            self.found.names.setdefault(author, name)
        line = row.raw["d"].get("key")
        if line is None or author != of.author:
            return
        try:
            bound = Bound(blob_of(str(line)), of.k, row.raw["n"])
            self.found.keys.setdefault(author, []).append(bound)
        except ValueError:
            self._wrong(row, "it binds a name to what is no SSH key")

    def _readers(self) -> None:
        rows = self.con.execute("SELECT author, name FROM reader").fetchall()
        held = {row[0].hex(): row[1] for row in rows}
        for author, name in sorted(held.items() | self.found.names.items()):
            if held.get(author) != self.found.names.get(author, ""):
                self.found.broken(
                    "derived",
                    f"reader {author[:10]} is not called {name} in both the ledger and its table",
                    table="reader",
                    row=author,
                )


def _word_in(data: bytes | None, key: str) -> str | None:
    try:
        words = json.loads(data) if data is not None else None
    except (ValueError, RecursionError):
        return None
    word = words.get(key) if isinstance(words, dict) else None
    return word if isinstance(word, str) else None


def _apart(beside: tuple[object, ...], said: tuple[object, ...]) -> str:
    names = ("chain", "seq", "lamport", "kind", "subject", "author")
    return ", ".join(n for n, a, b in zip(names, beside, said, strict=True) if a != b)
