"""`?` on what opens over the desk: what the screen is for, and what its keys do."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from textual.screen import ModalScreen

import reviewer.desk
from reviewer.desk.helps import HELPS, LIKELY, HelpScreen
from reviewer.desk.narrowing import NarrowingScreen
from tests.desk.cases import founding
from tests.desk.reader import Reader, at_desk

OPENED = {
    "i": "A-F             how reliable its source is",
    "ie": "unknown: where you looked",
    "t": "/               narrow it to words",
    "a": "The sign before a claim",
    "M": "how far the readers of the case agree",
    "O": "Sources with one origin are one witness.",
    "Q": "m               on a question: who was asked, and when",
    "r": "set another claim against this one",
    "H": "After Heuer's Analysis of Competing Hypotheses",
    "p": "Links the passage: it refutes the claim.",
}


def every(kind: type) -> set[type]:
    """All classes of a kind, however far down."""
    return {kind, *(one for below in kind.__subclasses__() for one in every(below))}


def test_every_screen_over_the_desk_has_its_help() -> None:
    for module in iter_modules(reviewer.desk.__path__):
        import_module(f"reviewer.desk.{module.name}")
    shared = {
        "ModalScreen",
        "PromptScreen",
        "AskingScreen",
        "FillingScreen",
        HelpScreen.__name__,
        LIKELY,
    }
    # In a list that typing narrows a question mark is typed.
    own = every(ModalScreen) - every(NarrowingScreen)
    screens = {one.__name__ for one in own if one.__module__.startswith("reviewer.")}
    assert screens - shared == set(HELPS)


async def opened(reader: Reader, keys: str) -> str:
    await reader.press(*keys)
    return reader.text


@pytest.mark.parametrize("keys", OPENED)
async def test_a_question_mark_tells_the_keys_of_the_screen(tmp_path: Path, keys: str) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        before = await opened(reader, keys)
        assert "? keys" in before or keys in ("i", "t", "O", "p")
        await reader.press("?")
        reader.sees("Keys of this screen")
        await reader.press("G")
        below = reader.text
        await reader.press("g")
        shown = " ".join(f"{reader.text}\n{below}".split())
        assert " ".join(OPENED[keys].split()) in shown
        await reader.press("?")
        assert reader.text == before
        await reader.press("?", "esc")
        assert reader.text == before
        assert reader.case.acts == []


async def test_a_question_mark_that_is_written_is_written(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), size=(60, 18)) as reader:
        await reader.press("Q", "a")
        await reader.write("Who filmed it?")
        await reader.write("")
        reader.sees("Who filmed it?")
        reader.misses("Keys of this screen")
        assert reader.case.acts[0].endswith("Who filmed it?")
