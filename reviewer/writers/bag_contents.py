"""What of a case goes into a bag, and how it is named there.

Nothing from a case becomes a path: files of texts are named by what is safe of an id and by
the whole hash of the record, which tells every two apart on file systems that know no case
and no accents.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator

from reviewer.casefile.verbatim import Binding, HeldSignature, HeldText, RawEntry
from reviewer.model.about import About
from reviewer.model.clock import iso
from reviewer.model.signing import NAMESPACES, public_line
from reviewer.text.display import folded
from reviewer.writers.jsonl_file import as_json

COPY = "copy.case"
EXERCISE = "EXERCISE: everything in this case is invented."
UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
LONGEST_STEM = 48

README = """\
{title}
{line}
{exercise}
This folder is a bag (BagIt 1.0, RFC 8493): everything that one case held on {day}.
manifest-sha256.txt and manifest-sha512.txt say what belongs in `data`, and with which hash.

data/README.txt      this text
data/{copy}       the case itself; the program `reviewer` opens a copy of it
data/dossier.html    what was found, for reading
data/evidence.jsonl  the evidence and what readers made of it; one JSON object a line
data/texts/          the text of every version of every statement and recording, in UTF-8
data/texts.jsonl     which of these files is which text: its kind, id and version, the
                     SHA-256 of its text and the hash of its whole record
data/ledger.jsonl    everything that readers did, one entry a line, in the order in which
                     they take effect
data/signatures/     who vouches for it: the newest signature of each chain by its device, and
                     the seals by readers' own SSH keys, as ssh-keygen reads them

To check an entry of the ledger: its `id` is the SHA-256 of its `body`, a string, in UTF-8:

    head -n 1 data/ledger.jsonl | jq -j .body | sha256sum

The body is JSON; "p" in it is the id of the entry before it in its chain, "w" the newest that
its writer had seen, and "x" the SHA-256 of its `payload` (a reader's words or name; null
where there are none). Words that were erased on purpose are null too: then the "s" of an entry
of the kind "redact" is that entry's id, and its author decided it.
Where bytes are no text, they stand in base64, as `body_base64` or `payload_base64`.

To check the signatures with ssh-keygen, from within data/signatures:

    while read -r id namespace who file rest; do
        printf '%s\\n' "$id" |
            ssh-keygen -Y verify -f allowed_signers -I "$who" -n "$namespace" -s "$file"
    done < index.txt
"""
SIGNATURES = "signatures"

Part = tuple[str, Iterable[str]]
"""A name below `data`, and the text of that file in pieces."""


def contents(
    about: About,
    *,
    at: int,
    evidence: Iterable[str],
    dossier: Iterable[str],
    entries: Iterable[RawEntry],
    texts: Iterable[HeldText],
    signatures: Iterable[HeldSignature] = (),
    bindings: Iterable[Binding] = (),
) -> Iterator[Part]:
    """The payload of a case's bag beside the copy.

    Args:
        about: the case.
        at: when the bag is written, in milliseconds UTC.
        evidence: the whole case as JSON Lines.
        dossier: the dossier as HTML.
        entries: the ledger.
        texts: every version of every text.
        signatures: the newest of each chain's device, and the seals.
        bindings: the keys that the ledger names.
    """
    yield "README.txt", [_readme(about, at)]
    yield "evidence.jsonl", evidence
    yield "dossier.html", dossier
    yield "ledger.jsonl", map(ledger_line, entries)
    index = []
    for text in texts:
        name = f"texts/{file_name(text)}"
        yield name, [text.text]
        index.append(_index_line(text, name))
    yield "texts.jsonl", index
    yield from _signatures(signatures, bindings)


def _signatures(signatures: Iterable[HeldSignature], bindings: Iterable[Binding]) -> Iterator[Part]:
    """Signatures as files, which of them are over what, and whose keys may have made them."""
    index = []
    for n, of in enumerate(signatures, 1):
        name = f"{n}-{of.what}.sig"
        yield f"{SIGNATURES}/{name}", [of.armored]
        who = _signer(of.what, of.author)
        index.append(f"{of.id} {NAMESPACES[of.what]} {who} {name} {of.chain} {of.seq}\n")
    yield f"{SIGNATURES}/index.txt", index
    yield (
        f"{SIGNATURES}/allowed_signers",
        [
            f'{_signer(of.what, of.author)} namespaces="{NAMESPACES[of.what]}"'
            f" {public_line(of.key)}\n"
            for of in bindings
        ],
    )


def _signer(what: str, author: str) -> str:
    return f"{what}-of-{author[:16]}"


def ledger_line(entry: RawEntry) -> str:
    """An entry as a line: its id, and its bytes such that they can be had back exactly."""
    line: dict[str, object] = {"id": entry.id, **_bytes("body", entry.body)}
    line |= _bytes("payload", entry.payload) if entry.payload is not None else {"payload": None}
    return f"{as_json(line)}\n"


def file_name(text: HeldText) -> str:
    """A safe name for the file of a text, unlike that of every other."""
    stem = UNSAFE.sub("_", text.id)[:LONGEST_STEM].strip("_-") or "text"
    return f"{stem}-v{text.version}-{text.hash}.txt"


def _readme(about: About, at: int) -> str:
    title = folded(about.title) or "A case"
    return README.format(
        title=title,
        line="=" * min(len(title), 80),
        exercise=f"\n{EXERCISE}\n" if about.exercise else "",
        day=iso(at).partition("T")[0],
        copy=COPY,
    )


def _index_line(text: HeldText, name: str) -> str:
    facts = {"kind": text.kind, "id": text.id, "version": text.version, "file": name}
    hashes = {"sha256": hashlib.sha256(text.text.encode()).hexdigest(), "record": text.hash}
    return f"{as_json({**facts, **hashes})}\n"


def _bytes(name: str, data: bytes) -> dict[str, object]:
    try:
        return {name: data.decode()}
    except UnicodeDecodeError:
        return {f"{name}_base64": base64.b64encode(data).decode("ascii")}
