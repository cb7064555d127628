"""Findings: what readers record beside their verdicts, each a typed entry of the ledger.

A finding is the value of a key about a claim, a source, a text or the whole case: the grade of
a source, the answer to a question, a rule of the case. Each reader's newest is in force; those
of several readers stand beside each other.
"""

from collections.abc import Iterable

from reviewer.model.canonical import Json
from reviewer.structs import Struct, field


class Finding(Struct):
    """One finding in force. `at` is its writer's clock in milliseconds UTC."""

    id: str
    kind: str
    about: str
    key: str
    value: Json
    reader: str
    at: int
    order: tuple[int, str]
    claim: str = ""
    data: dict[str, Json] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    erased: str = ""


def newest(findings: Iterable[Finding]) -> dict[tuple[str, str], Finding]:
    """Of several readers' findings the newest on each, by what it is about and its key.

    One that was taken back leaves the others' as they are.
    """
    found: dict[tuple[str, str], Finding] = {}
    for one in sorted(findings, key=lambda finding: finding.order):
        found[one.about, one.key] = one
    return found
