"""Entries that name what they are about by an id, with the words that people know it by.

An excerpt that was weighed, the hypothesis that it was weighed against, the question that was
asked or answered: the record names each by what never changes, and people by what it says.
"""

from __future__ import annotations

from reviewer.model.entry import Entry, Kind
from reviewer.structs import replace

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from reviewer.service.looking import Looking

ITEM, OF = "item", "of"
"""Keys of the words of an excerpt, and of a hypothesis or a question; they stand in no entry."""
SAID_BY = {Kind.HYPOTHESIS: "text", Kind.QUESTION: "question"}


class Spoken:
    """Looks the words up for one entry after another; each claim is read once."""

    def __init__(self, session: Looking) -> None:
        self.session = session
        self._held: dict[tuple[Kind, str], dict[str, str]] = {}

    def __call__(self, entry: Entry) -> Entry:
        """The entry with the words for what it is about, where this reader may know them.

        What is not held any more, or was taken back, is left to its id.
        """
        if entry.kind == Kind.WEIGH:
            item = self.session.words_of_excerpt(str(entry.data["about"]))
            of = self._of(Kind.HYPOTHESIS, entry.claim, str(entry.data["key"]))
            return replace(entry, data={**entry.data, ITEM: item, OF: of})
        if entry.kind == Kind.QUESTION:
            key = str(entry.data.get("key", "")).partition("/")[0]
            of = self._of(Kind.QUESTION, entry.claim, key)
            return replace(entry, data={**entry.data, OF: of})
        return entry

    def _of(self, kind: Kind, claim: str, key: str) -> str:
        if (kind, claim) not in self._held:
            found = self.session.findings(kind, claim)
            self._held[kind, claim] = {
                one.key: one.words.get(SAID_BY[kind], "") for one in found if not one.erased
            }
        return self._held[kind, claim].get(key, "")
