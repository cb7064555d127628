"""Keys under which one name is found in all its spellings, and two names are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.text import latin

SAME = [
    "Gerasimov Gerasymov Herasymov GERASIMOV Герасимов Герасімов",
    "Kharkiv Kharkov Харків Харьков Khar’kov’s",
    "Zelensky Zelenskyi Zelenskyy Zelenskiy Zelenskyj Зеленский Зеленський",
    "Kyiv Kiev Київ Киев",
    "Chernihiv Chernigov Чернігів Чернигов",
    "Lviv Lvov Львів Львов",
    "Odesa Odessa Одеса Одесса",
    "Sukhovetsky Sukhovetskyi Суховецкий Суховецький",
    "Vitaly Vitaliy Vitalii Виталий Віталій",
    "Shoigu Shoygu Шойгу",
    "Lukianov Lukyanov Лук'янов Лукʼянов Лукьянов",
    "Aleksandr Alexandr Александр",
    "Đorđević Ђорђевић",
    "Džon Џон Джон",
    "Yevgeny Evgeny Евгений",
    "Shcherbakov Щербаков",
    "Afghanistan Афганистан",
    "ﬁle file",
    "Gera\u200bsimov Gera\u00adsimov Gerasimov",
    "مُحَمَّد محمد محمـد",
    "أحمد احمد",
    "שָׁלוֹם שלום",
    "é e\u0301 e",
    "Ukraine's Ukraine",
]
APART = [
    ("Vitaly", "Valery"),
    ("Виталий", "Валерий"),
    ("Gerasimov", "Sukhovetsky"),
    ("Kharkiv", "Kherson"),
    ("Zelensky", "Yelensky"),
    ("محمد", "احمد"),
    ("498", "1597"),
]


@pytest.mark.parametrize("spellings", SAME)
def test_spellings_of_one_name_have_one_key(spellings: str) -> None:
    assert len(set(latin.keys(spellings))) == 1, latin.keys(spellings)


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_names_keep_two_keys(one: str, other: str) -> None:
    assert latin.key_of(one) != latin.key_of(other)
    assert latin.stem_of(latin.key_of(one)) != latin.stem_of(latin.key_of(other))


@pytest.mark.parametrize(
    "forms",
    [
        "Герасимов Герасимова Герасимову Герасимовым Герасимове Герасимовы Gerasimova",
        "Зеленский Зеленского Зеленскому Зеленским Зеленський Зеленського Zelensky",
        "Харьков Харькова Харькове Харьковом Харків Харкова Харкові Харковом Kharkiv",
    ],
)
def test_forms_of_one_name_have_one_stem(forms: str) -> None:
    assert len({latin.stem_of(key) for key in latin.keys(forms)}) == 1


def test_a_short_word_keeps_its_ending() -> None:
    assert latin.stem_of("moskva") == "moskv"
    assert latin.stem_of("ira") == "ira"


def test_an_h_may_be_either_of_two_letters() -> None:
    assert latin.key_of("ХАМАС") in (latin.key_of("Hamas"), *latin.other_keys("Hamas"))
    assert latin.key_of("Hamas") in latin.other_keys("ХАМАС")
    assert latin.other_keys("Shoigu") == ()


def test_numbers_are_one_however_they_are_grouped() -> None:
    assert latin.keys("11,000 11.000 11 000 11\u202f000 11000") == ["11000"] * 5
    assert latin.keys("1.5 2022-03-07") == ["1", "5", "2022", "03", "07"]


def test_a_script_without_spaces_is_cut_into_pairs() -> None:
    assert [tuple(word) for word in latin.words("在哈尔科夫")] == [
        (0, 2, "在哈"),
        (1, 3, "哈尔"),
        (2, 4, "尔科"),
        (3, 5, "科夫"),
        (4, 5, "夫"),
    ]


def test_words_say_where_they_stand_in_the_text_as_it_is() -> None:
    text = "«Лук'янов», [inaudible] — Đorđević's 11,000 哈尔!"
    found = [(text[w.start : w.end], w.key) for w in latin.words(text)]
    assert found == [
        ("Лук'янов", "lukianov"),
        ("inaudible", "inaudible"),
        ("Đorđević's", "diordievich"),
        ("11,000", "11000"),
        ("哈尔", "哈尔"),
        ("尔", "尔"),
    ]


@given(st.text() | st.text(alphabet="aZ09_'., -\n"))
def test_whatever_the_text_keys_are_letters_and_digits_in_the_order_of_its_words(text: str) -> None:
    found = list(latin.words(text))
    assert [word.key for word in found] == latin.keys(text)
    assert all(word.key and word.start < word.end <= len(text) for word in found)
    assert [word.start for word in found] == sorted(word.start for word in found)
    for word in found:
        assert '"' not in word.key
        assert not any(map(str.isspace, word.key))
        assert "\0" not in word.key
        assert len(word.key) <= latin.LONGEST


@given(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ").filter(bool)
)
def test_capitals_make_no_other_key(word: str) -> None:
    assert latin.key_of(word) == latin.key_of(word.upper()) == latin.key_of(word.capitalize())
