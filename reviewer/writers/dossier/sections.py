"""What readers found beside their verdicts, as sections of a claim's article."""

from collections.abc import Iterable, Iterator

from reviewer.model.sections import Section, Table
from reviewer.writers.dossier.markup import Html, bdi, el, start


def sections(found: Iterable[Section]) -> Iterator[Html]:
    """Each with its heading, its sentences and its tables."""
    for section in found:
        yield start("section", class_="method")
        yield el("h3", bdi(section.title))
        for part in section.parts:
            yield _table(part) if isinstance(part, Table) else el("p", bdi(part))
        yield Html("</section>")


def _table(table: Table) -> Html:
    heads = (el("th", bdi(head), scope="col") for head in table.head)
    rows = (el("tr", *(el("td", bdi(cell)) for cell in row)) for row in table.rows)
    return el("table", el("thead", el("tr", *heads)), el("tbody", *rows))
