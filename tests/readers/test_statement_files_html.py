"""A saved page is one statement: its article's words, all of them, in their order."""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from reviewer.model.errors import UnreadableError
from reviewer.model.records import SourceRecord, StatementRecord
from reviewer.readers import chosen
from reviewer.readers.given import Given
from reviewer.readers.statements import page
from reviewer.readers.statements.html_tree import parse, visible
from reviewer.readers.wishes import Wishes
from tests.data import real

NAV = "<nav><ul><li><a href=/>Home</a></li><li><a href=/war>War</a></li></ul></nav>"
LONG = "The general was, according to the statement, killed near the city, and two calls say so."


def whole(body: str, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="uk"><head><title>Bridge | Herald</title>{head}'
        "<script>SCRIPT</script><style>STYLE</style></head><body>"
        f"{NAV}{body}<footer>FOOTER</footer></body></html>"
    )


def statement(path: Path, content: str | bytes) -> tuple[StatementRecord, SourceRecord]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with Given.open(path, Wishes()) as given:
        assert chosen(given).name == "html"
        (row,) = chosen(given).read(given)
        source, found = row.records
        assert isinstance(source, SourceRecord)
        assert isinstance(found, StatementRecord)
        return found, source


def test_an_article_keeps_lists_tables_and_what_it_says_twice(tmp_path: Path) -> None:
    """Words that trafilatura, readability-lxml and jusText leave out or mark up."""
    body = (
        f"<article><h1>Head</h1><p>{LONG}</p><ul><li>one</li><li>two</li></ul>"
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
        f"<p>{LONG}</p><blockquote>He <b>said</b>\n  so.</blockquote><p>Short.<br>End.</p>"
        "</article>"
    )
    found, _ = statement(tmp_path / "a.html", whole(body))
    assert found.text == (
        f"Head\n\n{LONG}\n\none\ntwo\n\na\tb\nc\n\n{LONG}\n\nHe said so.\n\nShort.\nEnd."
    )
    assert found.held == "verbatim"
    assert "in <article>" in found.note


def test_a_page_says_who_published_it_when_and_in_what_language(tmp_path: Path) -> None:
    head = (
        '<meta property="og:title" content="The bridge stands">'
        '<meta property="og:site_name" content="The Herald">'
        '<meta name="author" content="A. Writer">'
        '<meta property="article:published_time" content="2022-03-07T10:00:00+0200">'
        '<base href="https://elsewhere.example/">'
        '<meta http-equiv="refresh" content="0;url=https://elsewhere.example/">'
        '<link rel="canonical" href="https://herald.example/bridge">'
    )
    found, source = statement(tmp_path / "a.html", whole(f"<main><p>{LONG}</p></main>", head))
    assert (found.title, found.language) == ("The bridge stands", "uk")
    assert (found.date, found.url) == ("2022-03-07T10:00:00+02:00", "https://herald.example/bridge")
    assert source.name == "The Herald"
    assert "author: A. Writer" in found.note.split("\n")


def test_a_page_that_says_nothing_of_itself_says_nothing(tmp_path: Path) -> None:
    found, source = statement(tmp_path / "a.html", f"<html><body><p>{LONG}</body></html>")
    assert (found.title, found.date, found.url, found.language) == ("a.html", "", "", "und")
    assert "does not say who published it" in source.name


def test_a_date_in_words_and_an_odd_language_stay_in_the_note(tmp_path: Path) -> None:
    content = f'<html lang="?"><meta name=date content="7 March"><p>{LONG}</html>'
    found, _ = statement(tmp_path / "a.html", content)
    assert (found.date, found.language) == ("", "und")
    assert {"date: 7 March", "lang: ?"} <= set(found.note.split("\n"))


def test_without_marks_the_article_is_where_most_paragraphs_are(tmp_path: Path) -> None:
    body = (
        f"<div><p>Side.</p></div><div id=x><p>{LONG}</p>Bare words.<p>{LONG}</p></div>"
        "<article><p>A teaser.</p></article>"
    )
    found, _ = statement(tmp_path / "a.html", whole(body))
    assert found.text == f"{LONG}\n\nBare words.\n\n{LONG}"
    assert "most of the page's paragraphs" in found.note


def test_where_no_part_is_the_article_all_visible_text_is_taken_and_it_says_so(
    tmp_path: Path,
) -> None:
    found, _ = statement(tmp_path / "a.html", whole("<div>Only a line.</div>"))
    assert found.text == "Home\nWar\n\nOnly a line.\n\nFOOTER"
    assert "all visible text of the page" in found.note


def test_what_no_browser_shows_is_not_taken(tmp_path: Path) -> None:
    hidden = (
        "<script>S</script><style>T</style><template>U</template><!-- V --><p hidden>W</p>"
        '<p style="display: none">X</p><svg><text>Y</text></svg>&nbsp;after'
    )
    found, _ = statement(tmp_path / "a.html", whole(f"<main><p>{LONG}</p>{hidden}</main>"))
    assert found.text == f"{LONG}\n\n\xa0after"


def test_preformatted_text_keeps_its_blanks(tmp_path: Path) -> None:
    found, _ = statement(
        tmp_path / "a.html", whole(f"<main><p>{LONG}</p><pre>a  b\n c</pre></main>")
    )
    assert found.text == f"{LONG}\n\na  b\n c"


def test_the_debunkings_of_voxcheck_lose_not_a_letter(tmp_path: Path) -> None:
    path = real("claims", "voxcheck-narratives", "dataUkr.json")
    held = json.loads(path.read_text(encoding="utf-8"))
    debunkings = dict.fromkeys(row.get("Debunking") or "" for row in held)
    seen = 0
    for n, words in enumerate(filter(None, map(str.strip, debunkings))):
        found, _ = statement(tmp_path / f"{n}.html", whole(f"<article>{words}</article>"))
        plain = "".join(parse(f"<div>{words}</div>").itertext())
        assert re.sub(r"\s", "", found.text) == re.sub(r"\s", "", plain)
        seen += 1
    assert seen > 50


def test_the_page_itself_says_its_encoding_where_the_bytes_leave_a_doubt(tmp_path: Path) -> None:
    body = f"<html><meta charset=windows-1251><p>Міст стоїть. {LONG}</html>"
    found, _ = statement(tmp_path / "a.html", body.encode("cp1251"))
    assert found.text.startswith("Міст стоїть.")


def test_a_page_that_is_nested_too_deep_is_refused_whole_and_not_cut(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"cannot be read beyond line 1 .*save its text"):
        statement(tmp_path / "a.html", "<html>" + "<div>" * 5000 + "<p>The end.</p></html>")


def test_a_page_of_more_tags_than_pages_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="more than 500,000 tags"):
        statement(tmp_path / "a.html", "<html>" + "<p>a" * 500_001)


def test_a_long_run_of_comments_at_its_beginning_is_no_trouble(tmp_path: Path) -> None:
    found, _ = statement(tmp_path / "a.html", "<!-- -->" * 4000 + f"<html><p>{LONG}</html>")
    assert found.text == LONG


def test_entities_that_a_page_defines_stay_letters(tmp_path: Path) -> None:
    bomb = '<!doctype html [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    found, _ = statement(tmp_path / "a.html", f"{bomb}<html><p>{LONG} &b;</p></html>")
    assert found.text.endswith("&b;")


@pytest.mark.parametrize("content", ["<html></html>", "<html><script>x</script>", "<html>"])
def test_a_page_without_text_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(content)
    with Given.open(path, Wishes()) as given:
        try:
            (row,) = page.read(given)
        except UnreadableError as error:
            assert "nothing in it" in error.sentence  # noqa: PT017
        else:
            assert row.reason == "an HTML page without any text"


WORDS = st.text(alphabet="abcdefghij", min_size=1, max_size=6)
TREES = st.recursive(
    WORDS,
    lambda inner: st.tuples(
        st.sampled_from(["div", "section", "b", "i", "span", "ul", "li", "td", "blockquote"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=15,
)


def tagged(tree: object) -> str:
    if isinstance(tree, str):
        return tree
    assert isinstance(tree, tuple)
    return f"<{tree[0]}>{''.join(map(tagged, tree[1]))}</{tree[0]}>"


@every(TREES)
def test_no_letter_is_lost_or_moved(tree: object) -> None:
    content = tagged(tree)
    shown = visible(parse(f"<html><body>x{content}</body></html>"))
    assert re.sub(r"\s", "", shown) == "x" + re.sub(r"<[^>]*>", "", content)


@every(st.binary(max_size=400))
def test_no_bytes_make_the_reader_stumble(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.html"
    path.write_bytes(b"<html><p>" + content)
    with Given.open(path, Wishes()) as given, contextlib.suppress(UnreadableError):
        list(page.read(given))
