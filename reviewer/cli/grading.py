"""`grade`: the Admiralty code, source and information apart."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.acts import stands_already, told
from reviewer.cli.options import (
    case_argument,
    claim_of,
    json_option,
    opened,
    reader_option,
    words,
)
from reviewer.cli.out import command, emit, say_all
from reviewer.model.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from reviewer.model.claims import ClaimView
    from reviewer.model.entry import Entry
    from reviewer.model.evidence import Source, Target
    from reviewer.model.findings import Finding
    from reviewer.service.session import Session


@click.command()
@case_argument
@click.argument("about", metavar="SOURCE_OR_TEXT", type=words)
@click.argument("value", metavar="[GRADE]", required=False, default="", type=words)
@click.option("--claim", metavar="CLAIM", default="", type=words, help="On which claim.")
@click.option("--why", metavar="T", default="", type=words, help="The reason.")
@reader_option
@json_option
def grade(
    case: Path, about: str, value: str, claim: str, why: str, reader: str, as_json: bool
) -> None:
    """Grade a source A to F, what a text says 1 to 6.

    The two are apart: B grades the source (of a text: whoever published it), 3 what the text
    says on a claim, B3 both; none takes yours back. F and 6 mean that it cannot be judged.
    Without GRADE the grades are shown in words.
    """
    from reviewer.service.grading import parsed

    with opened(case, reader) as session:
        text = session.found_text(about)
        source = text.source if text else _source(session, about)
        if not value:
            _show(session, source, text, claim, as_json=as_json)
            return
        wanted = parsed(value)
        if text is None:
            wanted = _of_source(wanted, about)
        view = _view(session, text, claim) if "information" in wanted else None
        entries = list(_given(session, source, text, view, wanted, why.strip()))
        for entry in entries:
            told(session, entry, as_json=as_json)
        if not entries:
            stands_already(None, f"Your grade of {about} stands as it is", as_json=as_json)


def _given(
    session: "Session",
    source: "Source",
    text: "Target | None",
    view: "ClaimView | None",
    wanted: dict[str, str | None],
    why: str,
) -> "Iterator[Entry]":
    from reviewer.service.grading import grade_information, grade_source

    if "source" in wanted and (entry := grade_source(session, source, wanted["source"], why)):
        yield entry
    if text is None or view is None:
        return
    if made := grade_information(session, view, text, wanted["information"], why):
        yield made


def _source(session: "Session", id_: str) -> "Source":
    found = next((source for source in session.sources() if source.id == id_), None)
    if found is None:
        texts = command("texts", session.case.path)
        raise NotFoundError(f"No source and no text of this case is called '{id_}'; see: {texts}")
    return found


def _of_source(wanted: dict[str, str | None], source: str) -> dict[str, str | None]:
    if wanted.get("information") is not None:
        raise UsageError(
            f"'{source}' is a source, and is graded A to F; 1 to 6 grades what a text says:"
            " name the text."
        )
    return {"source": wanted["source"]}


def _view(session: "Session", text: "Target | None", claim: str) -> "ClaimView | None":
    """The claim on which a text's information is graded.

    Raises:
        UsageError: none is named, and it is not plain which.
    """
    if text is None:
        return None
    if claim:
        return claim_of(session, claim).beside(text)
    from reviewer.service.grading import claims_of

    found = claims_of(session, text.id)
    if len(found) != 1:
        which = f"it stands beside {', '.join(found[:5])}" if found else "it stands beside none"
        raise UsageError(
            f"What '{text.id}' says is graded on a claim, and {which}; say which with --claim."
        )
    return session.view(found[0])


def _show(
    session: "Session", source: "Source", text: "Target | None", claim: str, *, as_json: bool
) -> None:
    from reviewer.model.entry import Kind

    found = session.findings(Kind.GRADE, source.id)
    if text is not None:
        here = claim_of(session, claim).claim.id if claim else ""
        of_text = session.findings(Kind.GRADE, text.id)
        found += [one for one in of_text if not here or one.claim == here]
    if as_json:
        emit({"source": source.id, "text": text.id if text else None, "grades": _objects(found)})
    else:
        say_all(_lines(source, found))


def _lines(source: "Source", found: "list[Finding]") -> Iterator[str]:
    from reviewer.lines.parts import one_line
    from reviewer.model.grades import INFORMATION, SOURCE, base, in_words, is_grade, source_grades

    said = in_words(SOURCE, source_grades(source.id, found))
    yield one_line(f"Source {source.id}, {source.name}: {said}")
    by_claim: dict[str, list[Finding]] = {}
    for one in found:
        if base(one.key) == INFORMATION and is_grade(one):
            by_claim.setdefault(one.claim, []).insert(0, one)
    for claim, given in by_claim.items():
        said = in_words(INFORMATION, tuple(given))
        yield one_line(f"{given[0].about} on {claim}: {said}")


def _objects(found: "list[Finding]") -> list[dict[str, object]]:
    from reviewer.cli.shapes import finding_object
    from reviewer.model.grades import WORDS, base

    return [
        {**finding_object(one), "in_words": WORDS.get(base(one.key), {}).get(str(one.value), "")}
        for one in found
    ]
