"""What a case file says of itself to another: its manifest, and what it holds already.

A bundle is gzip of JSON Lines (docs/merge.md): the manifest, files, evidence, entries, seals,
and a last line with the SHA-256 of all lines before it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reviewer.model.proving import CHAIN, HASH
from reviewer.model.scale import Scale, ScaleValue
from reviewer.text.patterns import compiled

FORMAT = 1
WHAT = "reviewer bundle"


class BundleError(ValueError):
    """What is read is no bundle, or not as one is written; the reason is for a person."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of a branch of a chain, and the device's signature over it."""

    seq: int
    id: str
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What a case file holds: enough to know what it lacks.

    `chains` has the heads of each chain, more than one where it forks; `tables` the number and
    a digest of the versions of each table of evidence; `wants` the entries whose words are
    missing there though nobody erased them.
    """

    chains: Mapping[str, tuple[Head, ...]] = field(default_factory=dict)
    tables: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    wants: tuple[str, ...] = ()

    def said(self) -> dict[str, object]:
        """It as JSON."""
        return {
            "chains": {
                chain: [[head.seq, head.id, head.signature] for head in heads]
                for chain, heads in self.chains.items()
            },
            "tables": {table: list(of) for table, of in self.tables.items()},
            "wants": list(self.wants),
        }

    @classmethod
    def read(cls, raw: object) -> "Held":
        """It from JSON.

        Raises:
            BundleError: it is not such.
        """
        try:
            return cls._read(raw)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BundleError("its manifest does not say what it holds") from error

    @classmethod
    def _read(cls, raw: Any) -> "Held":
        chains = {
            _matching(CHAIN, chain): tuple(
                Head(_number(seq), _matching(HASH, id_), str(signature))
                for seq, id_, signature in heads
            )
            for chain, heads in raw["chains"].items()
        }
        tables = {
            str(table): (_number(count), str(digest))
            for table, (count, digest) in raw["tables"].items()
        }
        return cls(chains, tables, tuple(_matching(HASH, id_) for id_ in raw["wants"]))


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first line of a bundle.

    `entries` and `evidence` count what follows; `unsigned` what stays behind, because no
    signature of its device speaks for it yet.
    """

    case: str
    title: str
    about: str
    exercise: str
    scale: Scale
    made: int
    held: Held
    entries: int
    evidence: int
    unsigned: int = 0
    origins: int = 0

    def said(self) -> dict[str, object]:
        """It as JSON."""
        return {
            "what": WHAT,
            "format": FORMAT,
            "case": self.case,
            "title": self.title,
            "about": self.about,
            "exercise": self.exercise,
            "scale": [[v.key, v.value, v.label, v.help] for v in self.scale.values],
            "made": self.made,
            "held": self.held.said(),
            "entries": self.entries,
            "evidence": self.evidence,
            "unsigned": self.unsigned,
            **({"origins": self.origins} if self.origins else {}),
        }

    @classmethod
    def read_line(cls, line: bytes) -> "Manifest":
        """It from the first line of a bundle that was written here."""
        return cls.read(json.loads(line))

    @classmethod
    def read(cls, raw: object) -> "Manifest":
        """It from JSON.

        Raises:
            BundleError: no manifest, or one of a later format.
        """
        if not isinstance(raw, dict) or raw.get("what") != WHAT:
            raise BundleError("it is no bundle; make one with: reviewer bundle CASE OUT")
        if raw.get("format") != FORMAT:
            raise BundleError(
                f"it was made by a newer reviewer (format {raw.get('format')}, this one knows"
                f" {FORMAT}); update the program"
            )
        try:
            values = tuple(
                ScaleValue(int(k), str(v), str(n), str(h)) for k, v, n, h in raw["scale"]
            )
            named = {v.value for v in values} - {""}
            if [v.key for v in values] != list(range(1, len(named) + 1)) or not 0 < len(named) < 10:
                raise ValueError("no scale")
            return cls(
                case=_matching(CHAIN, raw["case"]),
                title=str(raw["title"]),
                about=str(raw["about"]),
                exercise=str(raw["exercise"]),
                scale=Scale(values),
                made=_number(raw["made"]),
                held=Held.read(raw["held"]),
                entries=_number(raw["entries"]),
                evidence=_number(raw["evidence"]),
                unsigned=_number(raw["unsigned"]),
                origins=_number(raw.get("origins", 0)),
            )
        except (KeyError, TypeError, ValueError) as error:
            if isinstance(error, BundleError):
                raise
            raise BundleError("its manifest is not one that a reviewer writes") from error


def _matching(pattern: str, text: object) -> str:
    if not isinstance(text, str) or not compiled(pattern).fullmatch(text):
        raise ValueError(f"not an id: {text!r:.40}")
    return text


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise ValueError(f"not a number: {value!r:.40}")
    return value
