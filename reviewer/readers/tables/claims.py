"""Tables of claims: one a row, with the verdict that somebody else published on it."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError

from reviewer.model.records import ClaimRecord, RatingRecord, SourceRecord, StatementRecord
from reviewer.readers.given import Given
from reviewer.readers.row import Row, bundle
from reviewer.readers.tables.columns import Columns
from reviewer.readers.tables.shared import Beside, Ids, Part, Sources, all_empty, digest
from reviewer.readers.tables.values import (
    NOTHING,
    date_of,
    is_figure,
    is_no_day,
    is_total,
    list_of,
    words_of_html,
)
from reviewer.readers.transcript import UNKNOWN_LANGUAGE

SOMETIMES = ("title", "url", "rated", "value", "publisher", "language")
"""Roles that a claim itself has no field for."""


class Claims:
    """Makes records of the rows of a table of claims.

    Args:
        given: the file.
        columns: what its columns are.
        orders: of the roles `date` and `rated`, whether day or month stands first.
    """

    def __init__(self, given: Given, columns: Columns, orders: dict[str, str]) -> None:
        self._columns = columns
        self._ids = Ids(given.rows_id)
        self._sources = Sources(given)
        self._collection = given.collection
        self._language = given.wishes.language or UNKNOWN_LANGUAGE
        self._orders = orders
        self._claim = columns.roles["claim"]
        self._own_id = columns.roles.get("id", -1)
        self._at = tuple((role, at) for role, at in columns.roles.items() if role != "claim")
        self._beside = Beside([(at, columns.names[at]) for at in columns.rest])
        self._sometimes = [role for role in SOMETIMES if role in columns.roles]
        self._always_used = "language" not in columns.roles
        roles = columns.roles
        self._dates = [
            (role, roles[role], columns.names[roles[role]])
            for role in ("date", "rated")
            if role in roles
        ]
        self._names = {role: columns.names[at] for role, at in self._at}

    def row(self, place: str, cells: Sequence[str]) -> Row:
        """The records of one row, or why there are none."""
        text = cells[self._claim]
        if text in NOTHING or not text.strip():
            if all_empty([cell for at, cell in enumerate(cells) if at != self._own_id]):
                return Row(place, cells, passed_over=True)
            name = self._columns.names[self._claim]
            return Row(place, cells, reason=f"no claim: its '{name}' is empty")
        if is_total(cells):
            return Row(place, cells, reason="no claim: a line of totals")
        if is_figure(text):
            name = self._columns.names[self._claim]
            return Row(place, cells, reason=f"no claim: its '{name}' is only a number")
        parts, source = self._parts(cells, text)
        try:
            records = tuple([model.model_validate(values) for model, values in parts])
        except ValidationError:
            return bundle(place, cells, *parts)
        odd = "; ".join([*self._beside.odd, *self._no_days(cells)])
        if source and parts[0][0] is SourceRecord:
            self._sources.hold(source)
        return Row(place, cells, records, odd=odd)

    def _no_days(self, cells: Sequence[str]) -> Iterator[str]:
        """What stands where a date should and is written as one, and is none."""
        for role, at, name in self._dates:
            if cells[at] and not date_of(cells[at], self._orders[role]) and is_no_day(cells[at]):
                yield f"its '{name}' is '{cells[at].strip()}'; there is no such date"

    def _parts(
        self, cells: Sequence[str], text: str
    ) -> tuple[list[Part], dict[str, object] | None]:
        """The source, the publisher's article, the claim and its rating."""
        said = {role: cells[at] for role, at in self._at if cells[at] not in NOTHING}
        if "rating" not in said and "reason" in said and "body" not in said:
            said["body"] = said.pop("reason")
        rating, body = said.get("rating"), said.get("body")
        if not rating and not body:
            return [(ClaimRecord, self._claim_of(cells, text, said))], None
        source = self._sources.of(said.get("publisher", ""))
        parts: list[Part] = [(SourceRecord, source)] if self._sources.new(source) else []
        statement: object = ""
        if body:
            values = self._statement(body, said, source)
            statement = values["id"]
            parts.append((StatementRecord, values))
        claim = self._claim_of(cells, text, said, statement)
        parts.append((ClaimRecord, claim))
        if rating:
            parts.append((RatingRecord, self._rating(rating, said, claim, source)))
        return parts, source

    def _claim_of(
        self,
        cells: Sequence[str],
        text: str,
        said: dict[str, str],
        statement: object = "",
    ) -> dict[str, object]:
        claim: dict[str, object] = {"id": "", "text": text}
        beside = self._beside.lines(cells)
        if self._sometimes and not (self._always_used and "rating" in said):
            beside += [f"{self._names[role]}: {said[role]}" for role in self._unused(said)]
        if "date" in said:
            claim["date"] = date = date_of(said["date"], self._orders["date"])
            if not date:
                beside.append(f"{self._names['date']}: {said['date']}")
        for role in ("claimant", "priority"):
            if role in said:
                claim[role] = said[role]
        if "tags" in said:
            claim["tags"] = list_of(said["tags"])
        if beside:
            claim["context"] = "\n".join(beside)
        if statement:
            claim["statements"] = (statement,)
        claim["id"] = self._ids.of(said.get("id", ""), *map(str, claim.values()))
        return claim

    def _unused(self, said: dict[str, str]) -> Iterator[str]:
        """The roles that only a rating or a statement has, where there is none."""
        rated = "rating" in said
        for role in self._sometimes:
            if role not in said:
                continue
            used = rated or ("body" in said and role not in ("value", "url"))
            if role == "language" or not (used or (role == "url" and _about_the_check(said))):
                yield role

    def _statement(
        self, body: str, said: dict[str, str], source: dict[str, object]
    ) -> dict[str, object]:
        text = words_of_html(body) if "</" in body else body
        title = said.get("title", "")
        url = said.get("url", "") if _about_the_check(said) else ""
        date = date_of(said.get("rated", ""), self._orders["rated"])
        return {
            "id": f"{self._collection}/{digest(text, title, url, date, str(source['id']))}",
            "source": source["id"],
            "title": title,
            "date": date,
            "language": self._language,
            "held": "verbatim",
            "url": url,
            "text": text,
        }

    def _rating(
        self,
        rating: str,
        said: dict[str, str],
        claim: dict[str, object],
        source: dict[str, object],
    ) -> dict[str, object]:
        found: dict[str, object] = {"claim": claim["id"], "source": source["id"], "rating": rating}
        for role, key in (("title", "title"), ("url", "url"), ("reason", "text")):
            if role in said:
                found[key] = said[role]
        if "value" in said:
            ends = [f"{role} {said[role]}" for role in ("worst", "best") if role in said]
            found["value"] = said["value"] + (f" ({', '.join(ends)})" if ends else "")
        if "rated" in said:
            date = date_of(said["rated"], self._orders["rated"])
            if date:
                found["date"] = date
            else:
                found["note"] = f"{self._names['rated']}: {said['rated']}"
        return found


def _about_the_check(said: Mapping[str, str]) -> bool:
    """Whether the address of a row is that of the check, not of where the claim stood."""
    return "rating" in said or ("body" in said and "title" in said)
