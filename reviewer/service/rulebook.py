"""What readers laid down for a case as a whole, as it bears on one claim: rules, and origins."""

from __future__ import annotations

from reviewer.casefile import evidence, findings
from reviewer.model.entry import Kind
from reviewer.model.findings import newest
from reviewer.model.method import Rules, rules_of
from reviewer.structs import replace

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer.casefile.engine import Connection
    from reviewer.model.about import About
    from reviewer.model.claims import ClaimView
    from reviewer.model.evidence import Target
    from reviewer.model.findings import Finding
    from reviewer.model.scale import Scale

ORIGIN = "origin"
"""The key of a finding that says whose word a source or a text is in the end."""


class Rulebook:
    """The rules of a case and the origins that readers gave, for one reader.

    They are read again only when something was recorded since.
    """

    def __init__(self, reader: str, about: About, scale: Scale) -> None:
        self.reader = reader
        self.about = about
        self.scale = scale
        self._seen = -1
        self._rules = Rules()
        self._given: dict[str, Finding | None] = {}

    def rules(self, con: Connection) -> Rules:
        """The rules in force."""
        said = findings.about(con, self.reader, Kind.METHOD, "")
        return rules_of(self.about.origins, self.scale, said)

    def given(self, con: Connection, id_: str) -> Finding | None:
        """Whose word a source or a text is, as a reader said it last; None where nobody did."""
        said = findings.about(con, self.reader, Kind.ORIGIN, id_)
        return newest(one for one in said if one.key == ORIGIN).get((id_, ORIGIN))

    def applied(self, con: Connection, view: ClaimView) -> ClaimView:
        """A claim with the rules in force, and each of its texts with its first holder."""
        if view.seen != self._seen:
            self._seen, self._rules = view.seen, self.rules(con)
            self._given.clear()
        resolve = self._resolver(con)
        return replace(
            view,
            rules=self._rules,
            statements=tuple(map(resolve, view.statements)),
            recordings=tuple(map(resolve, view.recordings)),
        )

    def text(self, con: Connection, target: Target) -> Target:
        """A text with its first holder."""
        self._seen = -1
        self._given.clear()
        return self._resolver(con)(target)

    def _resolver(self, con: Connection) -> Callable[[Target], Target]:
        from reviewer.insight.origins import first_held

        known: dict[str, str] = {}

        def said(id_: str) -> str:
            if id_ not in self._given:
                self._given[id_] = self.given(con, id_)
            found = self._given[id_]
            return str(found.value) if found else ""

        def origin_of(id_: str) -> str:
            if id_ not in known:
                known[id_] = said(id_) or evidence.source(con, id_).origin
            return known[id_]

        def resolve(target: Target) -> Target:
            start = said(target.id) or target.own_origin or target.source.id
            origin = first_held(start, origin_of)
            if origin == target.origin:
                return target
            name = evidence.source(con, origin).name
            return replace(target, origin=origin, origin_name=name)

        return resolve
