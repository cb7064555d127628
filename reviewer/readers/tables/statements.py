"""Tables of statements: what somebody published, one a row, or paragraphs of documents."""

from collections.abc import Iterator, Mapping, Sequence

from reviewer.model.records import SourceRecord, StatementRecord
from reviewer.readers.given import Given
from reviewer.readers.row import LANGUAGE, Row, bundle
from reviewer.readers.tables.columns import Columns
from reviewer.readers.tables.cutting import Cut
from reviewer.readers.tables.names import bare
from reviewer.readers.tables.shared import Beside, Ids, Part, Sources, all_empty, digest
from reviewer.readers.tables.values import date_of, is_no_day
from reviewer.readers.transcript import UNKNOWN_LANGUAGE

SUMMARIES = frozenset(["summary", "abstract", "description", "zusammenfassung", "resumen"])
PARAGRAPHS = frozenset(["paragraph", "passage", "sentence", "line"])
COMPILED = ";;;;"
"""What stands between several texts that an annotator put into one cell."""
LONGEST_DOCUMENT = 4 * 1024 * 1024
BETWEEN = "\n\n"


class Statements:
    """Makes records of the rows of a table of statements.

    `translations` holds, for an id, the translations of its texts in their order.
    """

    def __init__(
        self,
        given: Given,
        columns: Columns,
        orders: Mapping[str, str],
        translations: Mapping[str, list[str]] | None = None,
    ) -> None:
        self._given = given
        self._columns = columns
        self._orders = orders
        self._ids = Ids(given.rows_id)
        person = "speaker" in columns.roles and "publisher" not in columns.roles
        self._sources = Sources(given, "person" if person else "other")
        self._beside = Beside([(at, columns.names[at]) for at in columns.rest])
        self._translations = translations
        self._texts = bare(columns.names[columns.roles["text"]])
        self._witness = [at for at in columns.rest if bare(columns.names[at]) == "witness"]
        self._varying: dict[str, bool] = {}
        self._over: list[str] = []
        """The ids under which there are translations and no original."""

    def read(self, cuts: Iterator[Cut]) -> Iterator[Row]:
        """The statements: of documents where a row is a paragraph of one."""
        if "document" in self._columns.roles and self._texts in PARAGRAPHS:
            yield from self._documents(cuts)
            return
        for n, cells, reason in cuts:
            place = f"line {n}"
            if reason or isinstance(cells, str):
                yield Row(place, cells, reason=reason)
            else:
                yield self.row(place, cells)
        yield from self._alone()

    def _alone(self) -> Iterator[Row]:
        """The translations that no original stands for, each as a statement of its own."""
        source = self._sources.of("")
        path = self._given.wishes.translation
        for own, waiting in (self._translations or {}).items():
            self._over += [own] if waiting else []
            for text in waiting:
                values: dict[str, object] = {
                    "id": self._ids.of(own, text, "only a translation"),
                    "source": source["id"],
                    "language": self._given.wishes.translation_language or "en",
                    "held": "translation",
                    "text": text,
                    "note": f"Only the translation is held: {self._given.path.name} has no"
                    f" original of the id '{own}' for it.",
                }
                parts: list[Part] = [(SourceRecord, source)] if self._sources.new(source) else []
                odd = f"no original of '{own}'; its translation is kept as a statement of its own"
                place = f"'{own}' in {path.name}" if path else f"'{own}'"
                made = bundle(place, text, *parts, (StatementRecord, values), odd=odd)
                if made.records:
                    self._sources.hold(source)
                yield made

    def row(self, place: str, cells: Sequence[str]) -> Row:
        """The statement of one row, or why there is none."""
        cell = self._columns.cell
        text = cell(cells, "text")
        if not text.strip():
            return self._without_text(place, cells)
        own, url = cell(cells, "id"), cell(cells, "url")
        key = own or (digest(url) if url else "")
        translation, odd = cell(cells, "translation"), ""
        if self._translations is not None:
            waiting = self._translations.get(own)
            if waiting:
                translation = waiting.pop(0)
            else:
                odd = f"no translation of '{own}' in the file of translations"
        id_ = self._ids.of(key, *cells, translation)
        return self._made(place, cells, id_, text, cells, translation, odd)

    def remarks(self) -> Iterator[str]:
        """What is to be said after all rows."""
        for name in self._varying:
            yield f"left out: '{name}', which is not the same for all of a document"
        if self._over:
            shown = ", ".join(self._over[:10]) + (", ..." if len(self._over) > 10 else "")
            yield f"translations without an original, each a statement of its own: {shown}"

    def _without_text(self, place: str, cells: Sequence[str]) -> Row:
        if all_empty(cells):
            return Row(place, cells, passed_over=True)
        name = self._columns.names[self._columns.roles["text"]]
        return Row(place, cells, reason=f"no text: its '{name}' is empty")

    def _made(
        self,
        place: str,
        cells: Sequence[str],
        id_: str,
        text: str,
        raw: object,
        translation: str = "",
        odd: str = "",
    ) -> Row:
        cell = self._columns.cell
        name = cell(cells, "publisher") or cell(cells, "speaker")
        source = self._sources.of(name)
        notes = self._beside.lines(cells)
        date = self._date(cells, notes)
        values: dict[str, object] = {
            "id": id_,
            "source": source["id"],
            "title": cell(cells, "title") or cell(cells, "document"),
            "date": date,
            "language": self._language(cells, notes),
            "held": self._held(text),
            "url": cell(cells, "url"),
            "text": text,
            "translation": translation,
            "translation_language": self._given.wishes.translation_language or "en",
            "note": "\n".join(notes),
        }
        parts: list[Part] = [(SourceRecord, source)] if self._sources.new(source) else []
        parts.append((StatementRecord, values))
        said = cell(cells, "date")
        if said and not date and is_no_day(said):
            odd = "; ".join(filter(None, [odd, f"its date is '{said}'; there is no such date"]))
        if self._beside.odd:
            odd = "; ".join(filter(None, [odd, *self._beside.odd]))
        made = bundle(place, raw, *parts, odd=odd)
        if made.records:
            self._sources.hold(source)
        return made

    def _held(self, text: str) -> str:
        """Verbatim, but for summaries and for what an annotator put together."""
        return "paraphrase" if self._texts in SUMMARIES or COMPILED in text else "verbatim"

    def _date(self, cells: Sequence[str], notes: list[str]) -> str:
        said = self._columns.cell(cells, "date")
        date = date_of(said, self._orders["date"]) if said else ""
        if said and not date:
            notes.append(f"{self._columns.names[self._columns.roles['date']]}: {said}")
        return date

    def _language(self, cells: Sequence[str], notes: list[str]) -> str:
        said = self._columns.cell(cells, "language").strip()
        if said and len(said) <= 11 and LANGUAGE.fullmatch(said) and len(said.split("-")[0]) < 4:
            return said
        if said:
            notes.append(f"{self._columns.names[self._columns.roles['language']]}: {said}")
        return self._given.wishes.language or UNKNOWN_LANGUAGE

    def _documents(self, cuts: Iterator[Cut]) -> Iterator[Row]:
        """Consecutive paragraphs of one document, and of one speaker in it, as one statement."""
        held: list[tuple[int, list[str]]] = []
        size = 0
        for n, cells, reason in cuts:
            if reason or isinstance(cells, str):
                yield Row(f"line {n}", cells, reason=reason)
                continue
            if not self._columns.cell(cells, "text").strip():
                yield self._without_text(f"line {n}", cells)
                continue
            if held and (size > LONGEST_DOCUMENT or self._key(cells) != self._key(held[0][1])):
                yield self._document(held)
                held, size = [], 0
            held.append((n, cells))
            size += sum(map(len, cells))
        if held:
            yield self._document(held)

    def _key(self, cells: Sequence[str]) -> tuple[str, ...]:
        """What tells one document, or one witness in it, from the next."""
        roles = [at for role, at in self._columns.roles.items() if role not in ("text", "id")]
        return tuple(cells[at] for at in (*roles, *self._witness))

    def _document(self, held: list[tuple[int, list[str]]]) -> Row:
        (first, cells), last = held[0], held[-1][0]
        text = BETWEEN.join(self._columns.cell(row, "text") for _, row in held)
        name = self._columns.cell(cells, "document")
        witness = [cells[at] for at in self._witness]
        id_ = self._ids.of("/".join([name, *witness]), text)
        place = f"line {first}" if first == last else f"lines {first} to {last}"
        rows = [row for _, row in held]
        common = list(cells)
        for at in self._columns.rest:
            if any(row[at] != cells[at] for row in rows):
                common[at] = ""
                self._varying[self._columns.names[at]] = True
        return self._made(place, common, id_, text, rows)
