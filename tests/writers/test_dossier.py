"""Markdown: a dossier says what stands, and text from outside stays text in it."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape

import pytest
from markdown_it import MarkdownIt

from reviewer.model.about import About
from reviewer.model.claims import State
from reviewer.model.evidence import Held, Rating, Stance
from reviewer.model.judgements import Note
from reviewer.model.scale import HOUSE
from reviewer.text.display import display
from reviewer.writers.escape import literal, one_line, quoted
from reviewer.writers.markdown import dossier
from tests.data import real
from tests.writers.views import ABOUT, AT, a_recording, a_statement, a_verdict, a_view, an_excerpt

PLAIN = {"inline", "text", "paragraph_open", "paragraph_close", "text_special"}
BROKEN = {"hardbreak", "softbreak"}
QUOTED = {"blockquote_open", "blockquote_close"}


def parser() -> MarkdownIt:
    """Everything switched on that an editor's renderer may have switched on."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def kinds(source: str) -> set[str]:
    found = set()
    for token in parser().parse(source):
        found.add(token.type)
        found.update(child.type for child in token.children or ())
    return found


def said(source: str) -> str:
    """The words that a reader of the rendered page sees, in one line."""
    html = parser().render(source)
    for tag in ("<p>", "</p>", "<br />", "<blockquote>", "</blockquote>"):
        html = html.replace(tag, " ")
    return " ".join(unescape(html).split())


def naughty() -> list[str]:
    text = real("hostile", "naughty-strings", "blns.json").read_text(encoding="utf-8")
    return [string for string in json.loads(text) if string.strip()]


ACTIVE = [
    "# no heading",
    "- no list",
    "+ no list",
    "* no list",
    "1. no list",
    "12) no list",
    "> no quotation",
    "    no code",
    "\tno code",
    "```\nno code\n```",
    "~~~\nno code",
    "no heading\n===",
    "no heading\n---",
    "***",
    "a | b\n--|--\n1 | 2",
    "*no* _stress_ **at** __all__ ~~here~~",
    "`no code`",
    "[no](http://link) ![no](http://image) [no][1]\n\n[1]: http://link",
    "<script>alert(1)</script> <b>x</b> <!-- no -->",
    "<http://link> http://link www.link.org a@b.org",
    "&lt; &amp; &#35;",
    "ends with \\",
    "two  \nlines\\\nthree",
    "$x$ ^up^ [^1] {#id}",
    "",
]


@pytest.mark.parametrize("text", ACTIVE)
def test_what_is_active_in_markdown_is_text(text: str) -> None:
    assert kinds(one_line(text)) <= PLAIN
    assert kinds(literal(text)) <= PLAIN | BROKEN
    assert kinds(quoted(text)) <= PLAIN | BROKEN | QUOTED
    assert said(literal(text)) == " ".join(display(text).split())
    assert said(quoted(text)) == " ".join(display(text).split())


def test_naughty_strings_are_text() -> None:
    for text in naughty():
        for source in (literal(text), quoted(text), f"- {one_line(text)}"):
            assert kinds(source) <= PLAIN | BROKEN | QUOTED | {
                *("bullet_list_open", "bullet_list_close"),
                *("list_item_open", "list_item_close"),
            }, text
        assert said(literal(text)) == " ".join(display(text).split()), text


def test_a_dossier_of_naughty_strings_has_the_shape_of_any() -> None:
    plain = "x"

    def shape(text: str) -> list[str]:
        about = About("", text, text, exercise=False)
        view = a_view(
            text,
            claimant=text,
            context=text,
            state=State.DECIDED,
            statements=(a_statement(text),),
            excerpts=(an_excerpt("st", text, 0, note=text, reader=text),),
            verdicts=(a_verdict("false", text, note=text),),
        )
        source = "".join(dossier(about, HOUSE, [view], at=AT))
        return [token.type for token in parser().parse(source)]

    for text in naughty():
        # A text of several paragraphs is that in the dossier too.
        if "\n" not in display(text):
            assert shape(text) == shape(plain), text


def test_no_control_character_is_left_in_it() -> None:
    text = "\x1b[2J\x9b\u202eevil\u200b"
    source = "".join(dossier(About("", text, text, exercise=False), HOUSE, [a_view(text)], at=AT))
    assert display(source) == source
    assert "‹1B›" in source


def test_it_says_who_judged_when_and_why() -> None:
    view = a_view(
        state=State.DECIDED,
        verdicts=(
            a_verdict("false", standing=False, note="old"),
            a_verdict("unverified", note="one\norigin"),
        ),
        notes=(Note("boris", "look again", AT, ""),),
    )
    source = "".join(dossier(ABOUT, HOUSE, [view], at=AT))
    assert "### Verdict: unverified\n" in source
    assert "anna, as of 7 March 2022, recorded 2022-03-07 14:05 UTC: **unverified**" in source
    assert "> one\\\n> origin" in source
    assert "Note by boris, 2022-03-07 14:05 UTC:\n\n> look again" in source
    past = "### Earlier verdicts, withdrawn or replaced: none of these stands"
    assert source.index("> old") > source.index(past) > source.index("> one")
    assert "As of 2022-03-07 14:05 UTC." in source


@pytest.mark.parametrize(
    ("view", "heading"),
    [
        (a_view(), "### No verdict stands"),
        (
            a_view(
                state=State.IN_CONFLICT,
                verdicts=(a_verdict("false"), a_verdict("verified", "boris")),
            ),
            "### Verdicts: readers differ",
        ),
        (
            a_view(state=State.REOPENED, verdicts=(a_verdict("false", stale="st changed"),)),
            "### Verdict: reopened, what it rested on has changed",
        ),
    ],
    ids=["none", "dissent", "stale"],
)
def test_a_verdict_is_never_shown_as_more_certain_than_it_is(view: object, heading: str) -> None:
    source = "".join(dossier(ABOUT, HOUSE, [view], at=AT))  # type: ignore[list-item]
    assert heading in source


def test_quotations_are_cited_with_their_stance_and_time() -> None:
    view = a_view(
        statements=(a_statement(held=Held.PARAPHRASE),),
        recordings=(a_recording(),),
        excerpts=(
            an_excerpt("st", "dead", 6, stance=Stance.REFUTES),
            an_excerpt("re", "вбито.\nХто", 5, start_ms=1000, end_ms=65_000, reader="anna"),
            an_excerpt("re", "weg", None),
            an_excerpt("lost", "weg", None),
        ),
        missing=("lost",),
    )
    source = "".join(dossier(ABOUT, HOUSE, [view], at=AT))
    assert (
        "**Refutes:**\n\n> dead\n\nGUR; A title; 2022-03-07; \\[st\\]; origin: ru-mod; **HELD AS"
        in source
    )
    assert "> вбито.\\\n> Хто\n" in source
    assert "Translation (en):\n\n> He is killed.\\\n> Who says?\n" in source
    assert "at 00:00:01 to 00:01:05; call of unknown date; released 2022-03-08" in source
    assert "excerpt by anna" in source
    assert "**ORPHAN: these words no longer stand in the text**; GUR" in source
    assert "from lost, which is not in the case" in source
    assert "Named as evidence but not in the case: lost" in source
    assert "- Statement \\[st\\]; A title; GUR; origin: ru-mod; 2022-03-07; language en" in source
    assert source.count("origin: ") == 2, "a call is told to come from its own source"


def test_a_source_that_is_itself_the_origin_is_not_named_twice() -> None:
    for origin in ("gur", "GUR"):
        view = a_view(
            statements=(replace(a_statement(), origin=origin),),
            excerpts=(an_excerpt("st", "dead", 6),),
        )
        assert "origin: " not in "".join(dossier(ABOUT, HOUSE, [view], at=AT))


def test_an_exercise_is_called_one_at_every_claim() -> None:
    about = About("", "T", "", exercise=True)
    source = "".join(dossier(about, HOUSE, [a_view(), a_view()], at=AT))
    assert "**EXERCISE: everything in this case is invented.**" in source
    assert source.count("## c-1 (exercise)") == 2


def test_the_text_list_names_each_text_once() -> None:
    view = a_view(statements=(a_statement(),))
    source = "".join(dossier(ABOUT, HOUSE, [view, view], at=AT))
    assert source.count("\n- Statement ") == 1


def test_it_says_how_many_origins_there_are_and_what_is_not_known() -> None:
    wire = replace(a_statement().source, id="wire", name="A wire", origin="gur")
    view = a_view(
        statements=(
            replace(a_statement(), origin="gur"),
            replace(a_statement(), id="st-2", source=wire, origin="gur"),
        ),
        recordings=(a_recording(),),
        excerpts=(an_excerpt("re", "вбито.\nХто", 5),),
    )
    source = "".join(dossier(ABOUT, HOUSE, [view], at=AT))
    assert "### Sources: 2 sources, 1 origin" in source
    assert "- GUR, published by: GUR (not graded), A wire (not graded)" in source
    assert "Speakers: A, B" in source
    assert "**HELD AS PARAPHRASE: not the words that were spoken**" in source
    for unknown in ("Cuts", "Transcribed by", "Speakers", "Call took place"):
        assert f"  - {unknown}: unknown" in source


def test_ratings_of_others_and_the_proof_are_in_it() -> None:
    rating = Rating(
        *("r-1", "c-1", a_statement().source, "Mostly True", "4 (worst 1, best 5)", "", ""),
        *("", "Because.", "late"),
    )
    view = replace(a_view(verdicts=(a_verdict("false", id="entry-1"),)), ratings=(rating,))
    source = "".join(dossier(ABOUT, HOUSE, [view], at=AT))
    assert "None of these is a verdict of this case." in source
    assert "GUR: **Mostly True**\n\non their scale 4 (worst 1, best 5); date unknown" in source
    assert "> Because." in source
    assert "- verdict, entry: anna: entry-1" in source
