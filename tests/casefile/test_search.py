"""What a search finds, in which order, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.casefile import search, search_index
from reviewer.casefile.case import CaseFile
from reviewer.casefile.engine import Connection
from reviewer.casefile.search_terms import terms_of, tiers
from reviewer.model.errors import CaseBusyError, CaseError, UsageError
from reviewer.model.records import Record
from reviewer.model.searching import Found, Hit, Search, parse_search
from reviewer.service.searching import Indexing, find
from reviewer.service.session import Session
from tests.casefile.making import claim, founding, new_case, recording, source, statement, take_in

if TYPE_CHECKING:
    from reviewer.model.searching import SearchKind

GENERALS = {
    "c-vitaly": "Генерал-майор Віталій Герасимов убит под Харьковом.",
    "c-vitaly-en": "Vitaly Gerasimov was killed near Kharkiv.",
    "c-valery": "Valery Gerasimov visited the front, the Ministry said.",
    "c-valery-ru": "Начальник Генштаба Валерий Герасимов посетил фронт.",
    "c-both": "Valery Gerasimov has promoted Vitaly Gerasimov.",
    "c-none": "President Zelenskyy spoke in Kyiv; Зеленский говорил о Киеве.",
    "c-uk": "Зеленського бачили у Харкові.",
}


def generals() -> list[Record]:
    return [claim(id_, text=text) for id_, text in GENERALS.items()]


def indexed(session: Session, piece: float = 1.0) -> Session:
    indexing = Indexing(session)
    while indexing.go_on(piece):
        pass
    return session


def found(
    session: Session, words: str, kind: SearchKind | None = None, limit: int = 50
) -> list[Hit]:
    return list(find(session, Search(words, kind, limit)).hits)


def ids(session: Session, words: str) -> list[str]:
    return [hit.id for hit in found(session, words)]


@pytest.fixture
def opened(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[..., Session]:
    """A session on a case of these records, its index up to date."""

    def opening(
        make: Callable[[], list[Record]] = founding, name: str = "ann", *, readonly: bool = False
    ) -> Session:
        session = Session.open(new_case(tmp_path, make), name, readonly=readonly)
        request.addfinalizer(session.close)
        return indexed(session)

    return opening


Opened = Callable[..., Session]


# What is found


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Kharkiv", {"c-vitaly", "c-vitaly-en", "c-uk"}),
        ("Харьков", {"c-vitaly", "c-vitaly-en", "c-uk"}),
        ("Харків", {"c-vitaly", "c-vitaly-en", "c-uk"}),
        ("Zelensky", {"c-none", "c-uk"}),
        ("Зеленський", {"c-none", "c-uk"}),
        ("zelenskyi", {"c-none", "c-uk"}),
        ("Герасимову", set(GENERALS) - {"c-none", "c-uk"}),
        ("Herasymov", set(GENERALS) - {"c-none", "c-uk"}),
        ("asimo", set(GENERALS) - {"c-none", "c-uk"}),
        ("gerasi*", set(GENERALS) - {"c-none", "c-uk"}),
        ("Kiev", {"c-none"}),
        ("gerasimov -valery", {"c-vitaly", "c-vitaly-en"}),
        ('"visited the front"', {"c-valery"}),
        ('"the visited front"', set()),
        ("-gerasimov", set()),
        ("", set()),
    ],
)
def test_words_are_found_across_alphabets_spellings_and_forms(
    opened: Opened, words: str, wanted: set[str]
) -> None:
    assert set(ids(opened(generals), words)) == wanted


def test_a_namesake_is_found_behind_and_shown_as_another_person(opened: Opened) -> None:
    hits = found(opened(generals), "Vitaly Gerasimov")
    named = [(hit.id, hit.names, hit.missing) for hit in hits]
    assert {id_ for id_, _, missing in named[:3] if not missing} == {
        "c-vitaly",
        "c-vitaly-en",
        "c-both",
    }
    assert ("c-vitaly-en", ("Vitaly Gerasimov",), ()) in named
    assert ("c-both", ("Valery Gerasimov", "Vitaly Gerasimov"), ()) in named
    assert {id_: names for id_, names, missing in named if missing == ("Vitaly",)} == {
        "c-valery": ("Valery Gerasimov",),
        "c-valery-ru": ("Начальник Генштаба Валерий Герасимов",),
    }
    assert not named[0][2]
    assert named[-1][2] == ("Vitaly",)


def test_chinese_arabic_and_hebrew_are_found_by_their_own_letters(opened: Opened) -> None:
    texts = {
        "zh": "俄罗斯将军在哈尔科夫附近被打死。",
        "ar": "قُتِلَ الجِنِرالُ قُرْبَ خاركيف",
        "he": "הַגֶּנֶרָל נֶהֱרַג לְיַד חרקוב",
    }
    session = opened(lambda: [claim(id_, text=text) for id_, text in texts.items()])
    assert ids(session, "哈尔科夫") == ["zh"]
    assert ids(session, "将军") == ["zh"]
    assert ids(session, "死") == ["zh"]
    assert ids(session, "科哈") == []
    assert ids(session, "الجنرال") == ["ar"]
    assert ids(session, "جنرال") == ["ar"]
    assert ids(session, "הגנרל") == ["he"]
    hit = found(session, "哈尔科夫")[0]
    assert [hit.passage[slice(*mark)] for mark in hit.marks] == ["哈尔科夫"]


def test_a_hit_says_where_it_stands_and_marks_its_words(opened: Opened) -> None:
    session = opened()
    call = found(session, "Герасимов", "recording")[0]
    assert (call.kind, call.id, call.segment, call.start_ms) == ("recording", "call-1", 0, 1000)
    assert call.passage == "Виталий Герасимов убит."
    assert [call.passage[slice(*mark)] for mark in call.marks] == ["Герасимов"]
    said = found(session, "Минобороны")[0]
    assert (said.kind, said.id, said.field) == ("statement", "ria-2-march", "text")
    text = session.text("ria-2-march").text
    assert text[said.at :].startswith("Минобороны")


def test_words_far_into_a_long_text_are_found_where_they_stand(opened: Opened) -> None:
    text = "Nothing is known yet. " * 3000 + "Then Gerasimov spoke. " + "Nothing more came. " * 3000
    session = opened(lambda: [source(), statement(text=text)])
    (hit,) = found(session, "gerasimov spoke")
    assert text[hit.at :].startswith("Gerasimov")
    assert "Then Gerasimov spoke." in hit.passage
    assert len(hit.passage) < 300
    assert hit.cut == (True, True)


def test_a_word_at_the_end_of_a_very_long_claim_is_found_there(opened: Opened) -> None:
    session = opened(lambda: [claim("c-1", text=f"{'word ' * 30_000}Gerasimov")])
    (hit,) = found(session, "gerasimov")
    assert hit.words == "Gerasimov"
    assert hit.at == 150_000


def test_only_what_is_current_is_found(opened: Opened, tmp_path: Path) -> None:
    session = opened()
    path = session.case.path
    take_in(path, statement(text="The general is alive."), claim("c-4", text="Nobody died."))
    assert ids(session, "alive") == [], "not looked through yet"
    assert find(session, Search("alive")).partial
    indexed(session)
    assert ids(session, "alive") == ["gur-7-march"]
    assert "gur-7-march" not in ids(session, '"near Kharkiv"')
    assert "c-4" not in ids(session, '"what c-4 says"')


def test_readers_find_their_own_notes_alone_and_only_those_in_force(opened: Opened) -> None:
    ann = opened()
    with Session.open(ann.case.path, "borys") as borys:
        ann.note(ann.view("c-1"), "Ask the bellingcat people.")
        borys.note(borys.view("c-1"), "The bellingcat page is a copy.")
        borys.decide(borys.view("c-2"), "false", "See bellingcat again.")
        indexed(ann)
        assert [(hit.kind, hit.id) for hit in found(ann, "bellingcat")] == [("note", "c-1")]
        assert "Ask" in found(ann, "bellingcat", "note")[0].passage
        assert {hit.id for hit in found(borys, "bellingcat", "note")} == {"c-1", "c-2"}
        ann.note(ann.view("c-1"), "Asked them.")
        indexed(ann)
        assert found(ann, "bellingcat") == []
        ann.undo()
        indexed(ann)
        assert len(found(ann, "bellingcat")) == 1
        borys.undo()
        assert {hit.id for hit in found(borys, "bellingcat", "note")} == {"c-1"}


def test_a_kind_alone_can_be_searched(opened: Opened) -> None:
    session = opened()
    assert {hit.kind for hit in found(session, "gerasimov")} == {"statement", "recording"}
    assert {hit.kind for hit in found(session, "gerasimov", "statement")} == {"statement"}
    assert found(session, "gerasimov", "claim") == []


# Pages


def many(n: int = 1000) -> list[Record]:
    words = ("killed", "wounded", "seen", "killed and wounded")
    return [claim(f"c-{i:04}", text=f"{words[i % 4]} {'again ' * (i % 7)}{i}") for i in range(n)]


@pytest.mark.parametrize("words", ["killed", "killed wounded", "kill", '"killed and"', "again"])
def test_pages_hold_every_hit_once_and_in_one_order(opened: Opened, words: str) -> None:
    session = opened(many)
    whole = find(session, Search(words, limit=1000))
    assert whole.next == ""
    pages: list[Hit] = []
    page = Found((), next="")
    while not pages or page.next:
        page = find(session, Search(words, limit=37, after=page.next))
        assert len(page.hits) == 37 or not page.next
        pages += page.hits
    assert pages == list(whole.hits)
    assert len({hit.id for hit in pages}) == len(pages)


def test_the_better_the_words_are_met_the_further_in_front(opened: Opened) -> None:
    texts = {
        "side": "A long claim that says who was killed near here and much more than that",
        "apart": "Near the river somebody was killed",
        "form": "The killing near",
        "part": "overkilled nearby",
        "one": "killed",
    }
    session = opened(lambda: [claim(id_, text=text) for id_, text in reversed(texts.items())])
    assert ids(session, "killed near") == ["side", "apart", "part", "one", "form"]


MIXED = [
    "general killed near kharkiv",
    "vitaly gerasimov kharkiv killed -ministry",
    "valery vitaly gerasimov",
    "gerasim kill khark",
    "the front minister",
    '"was killed" near kharkiv',
]


@pytest.mark.parametrize("words", MIXED)
@pytest.mark.parametrize("kind", [None, "claim"])
@pytest.mark.parametrize("limit", [2, 50])
def test_few_passages_with_all_the_words_are_ranked_as_many_are(
    opened: Opened,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
    kind: SearchKind | None,
    limit: int,
) -> None:
    session = opened(lambda: [*founding(), *generals()])
    pages: dict[int, list[list[Hit]]] = {}
    # None is ever few; some are; all are.
    for few in (-1, 2, 1000):
        monkeypatch.setattr(search, "FEW", few)
        pages[few] = [[]]
        after = ""
        while True:
            page = find(session, Search(words, kind, limit, after))
            pages[few].append(list(page.hits))
            after = page.next
            if not after:
                break
    assert pages[-1] == pages[2] == pages[1000]
    assert any(pages[-1])


def test_what_is_not_the_end_of_a_page_is_refused_with_a_sentence(opened: Opened) -> None:
    with pytest.raises(UsageError, match="search again"):
        find(opened(), Search("killed", after="x' OR 1"))


# What is typed


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab \"'*^:()-+{}[]«»,.;\\\0\n\t%_NEAR ORANDNOT哈é1", max_size=40))
def test_no_words_that_are_typed_mean_anything_to_the_database(words: str) -> None:
    with CaseFile.open(_any_case(), readonly=True) as case:
        for way in tiers(terms_of(case.con, parse_search(words))):
            case.con.execute(
                "SELECT count(*) FROM search_text WHERE search_text MATCH ?", (way.expression,)
            ).fetchall()


_CASES: list[Path] = []


def _any_case() -> Path:
    return _CASES[0]


@pytest.fixture(scope="module", autouse=True)
def _one_case(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = new_case(tmp_path_factory.mktemp("search"), generals)
    with Session.open(path, "ann") as session:
        indexed(session)
    _CASES[:] = [path]


# The index


def shown_of(session: Session) -> list[list[Hit]]:
    return [found(session, words) for words in ("gerasimov", "near", "убит", "kharkiv killed")]


def test_the_index_dropped_and_made_anew_in_other_pieces_finds_the_same(opened: Opened) -> None:
    session = opened()
    session.note(session.view("c-1"), "Gerasimov, near the river")
    indexed(session)
    before = shown_of(session)
    tables = rows_of(session.case.con)
    with session.case.write() as con:
        search_index.forget(con)
    assert Indexing(session).needed
    assert shown_of(session) == [[], [], [], []]
    while True:
        with session.case.write() as con:
            if not search_index.bring_on(con, 1):
                break
    assert shown_of(session) == before
    assert rows_of(session.case.con) == tables


def rows_of(con: Connection) -> list[list[tuple[object, ...]]]:
    queries = (
        'SELECT kind, id, version, field, at, "end", size FROM search_passage ORDER BY 1,2,3,4,5',
        "SELECT key, stem FROM search_word ORDER BY 1",
        "SELECT * FROM search_mark ORDER BY 1",
    )
    return [[tuple(row) for row in con.execute(query)] for query in queries]


def test_a_long_call_is_taken_in_in_pieces(opened: Opened, tmp_path: Path) -> None:
    lines = [{"text": f"segment {n} said", "translation": f"сказано {n}"} for n in range(300)]
    session = Session.open(new_case(tmp_path, lambda: [source(), recording(segments=lines)]), "ann")
    with session:
        steps = 0
        more = True
        while more:
            with session.case.write() as con:
                more = search_index.bring_on(con, 50)
            steps += 1
        assert steps >= 7
        assert len(found(session, "said", limit=400)) == 300
        assert len(found(session, "сказано", limit=400)) == 300
        assert found(session, "299")[0].segment == 299


def test_a_case_that_cannot_be_written_is_searched_too(opened: Opened, tmp_path: Path) -> None:
    path = new_case(tmp_path, generals)
    before = path.read_bytes()
    with Session.open(path, "ann", readonly=True) as session:
        assert Indexing(session).needed
        indexed(session)
        assert not Indexing(session).needed
        assert len(ids(session, "Gerasimov")) == 5
    assert path.read_bytes() == before


def test_a_case_that_somebody_writes_is_searched_as_far_as_the_index_has_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_case(tmp_path, generals)
    monkeypatch.setattr("reviewer.casefile.engine.PATIENCE_S", 0.0)
    with Session.open(path, "ann") as ann, CaseFile.open(path) as other:
        with other.write(), pytest.raises(CaseBusyError):
            Indexing(ann).go_on(0.1)
        page = find(ann, Search("gerasimov"))
        assert page.partial
        assert page.records == len(GENERALS)


def test_an_index_that_a_stranger_made_up_breaks_nothing(tmp_path: Path) -> None:
    path = new_case(tmp_path, generals)
    with Session.open(path, "ann") as session:
        indexed(session)
        with session.case.write() as con:
            con.execute("UPDATE search_passage SET kind = 'evil' WHERE id = 'c-valery'")
            con.execute("UPDATE search_passage SET id = 'none', at = -5 WHERE id = 'c-both'")
            con.execute("UPDATE search_passage SET kind = 'recording' WHERE id = 'c-vitaly'")
            con.execute("UPDATE search_word SET key = 'gera\" OR \"' WHERE key = 'gerasimova'")
            con.execute("INSERT INTO search_word (key, stem) VALUES ('g*) \"', 'gerasimov')")
        assert set(ids(session, "gerasimov")) == {"c-vitaly-en", "c-valery-ru"}
        with session.case.write() as con:
            con.execute("UPDATE search_text_data SET block = x'FFFFFFFFFFFFFFFF'")
    with Session.open(path, "ann") as session, pytest.raises(CaseError, match="damaged"):
        find(session, Search("gerasimov"))


def test_an_import_leaves_the_index_alone(tmp_path: Path) -> None:
    path = new_case(tmp_path)
    with CaseFile.open(path) as case:
        assert case.con.execute("SELECT count(*) FROM search_passage").fetchone()[0] == 0
        assert search_index.is_behind(case.con)


def test_every_query_of_a_search_goes_by_an_index(opened: Opened) -> None:
    session = opened(many)
    con = session.case.con
    asked: list[str] = []
    con.set_trace_callback(asked.append)
    for words in ("killed wounded", "kill*", "ounde", '"killed and" -seen', "c-0007"):
        find(session, Search(words, limit=5))
    con.set_trace_callback(None)
    selects = {one for one in asked if one.startswith("SELECT")}
    assert len(selects) > 10
    for query in selects:
        plan = [row["detail"] for row in con.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()]
        for step in plan:
            allowed = ("search_mark", "json_each", "CONSTANT", "(subquery")
            assert (
                not step.startswith("SCAN")
                or "VIRTUAL" in step
                or any(one in step for one in allowed)
            ), (query, plan)
