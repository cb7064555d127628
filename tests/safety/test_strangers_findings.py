"""What strangers record beside verdicts may say anything: nothing of it crashes or acts.

A stranger's program signs whatever it writes: entries whose values are of any type, about what
does not exist, in circles, with hostile words. They come in by a merge, and then everything that
reads is asked: every command, every export, the desk and the plain front end.
"""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewer.casefile import acts
from reviewer.cli import main
from reviewer.model.entry import Draft, Kind
from reviewer.model.grades import WORDS
from reviewer.model.intercepts import PARTS
from reviewer.model.likelihood import LIKELIHOODS
from reviewer.model.questions import STATES
from reviewer.model.tables import KINDS
from reviewer.service.session import Session
from reviewer.writers import FORMATS
from tests.casefile.making import new_case, rebuilt, state_of
from tests.desk.reader import at_desk
from tests.everyday import LONG, times
from tests.lines.at_work import reading
from tests.merging.laptops import Laptop, contents
from tests.safety.hostile import BRACKETS, PAYLOADS
from tests.safety.wire import plain_faults, unfit

CLAIMS = ("c-1", "c-2", "c-3", "c-4")
NOWHERE = ("", "c-9", "[/x]", "\x1b]0;HIJACKED\x07", "a/b", "x" * 500, "0" * 64, "ab" * 32)
THINGS = (*CLAIMS, "gur", "ria", "mod", "call-1", "gur-7-march", "ria-2-march", "e-1")
RULES = (
    *("origins", "gated", "likelihood", "readings", "hide_names", "grades", "agreement_line"),
    "agreement_minimum",
)
GRADED = ("source", "information", *(f"information/{claim}" for claim in CLAIMS))
ASKED = tuple(f"deadbeef{part}" for part in ("", "/answer", "/state", "/asked/1", "/asked/2", "/"))
ON_NO_CLAIM = (Kind.METHOD, Kind.ORIGIN, Kind.CARD)
KEYS = ("", "origin", *RULES, *GRADED, *ASKED, "claim", "deception", "h-1", "/", *PARTS)
SAID = (
    *(grade for words in WORDS.values() for grade in words),
    *("compete", "exclude", "either", "C", "I", "N", "?", *STATES, "known", "unknown"),
    *("2022-03-08", "2022-05-24", "9999-99-99", "0000-00-00", "2022-1-1", "-1-1-1", "verified"),
    *("false", "on", "high", *(step.word for step in LIKELIHOODS)),
)
WORD = ("question", "would_change", "asked", "answer", "said", "why", "text", "note", "reason")

hostile = st.sampled_from(
    [*PAYLOADS, BRACKETS, *NOWHERE, "=HYPERLINK(1)", "</td><script>", "|`*_#"]
)
anything: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from([None, True, False, 0, 1, 2, 3, -1, 2**53 - 1, -(2**53) + 1, 0.5, 1.0, 1e300])
    | hostile
    | st.sampled_from([*SAID, *THINGS, *KEYS]),
    lambda of: st.lists(of, max_size=3) | st.dictionaries(hostile, of, max_size=2),
    max_leaves=4,
)
mostly = st.sampled_from([*SAID, *THINGS]) | anything
things = st.sampled_from(THINGS) | st.sampled_from(CLAIMS) | hostile
keys = st.sampled_from([*KEYS, *THINGS]) | hostile
words = st.dictionaries(st.sampled_from(WORD), hostile | st.sampled_from(SAID), max_size=3)
MORE = {
    Kind.VERDICT: (
        *("likelihood", "confidence", "origins", "origins_asked", "as_of", "readings", "blind"),
        *("excerpts", "saw"),
    ),
    Kind.ADJUDICATE: ("agrees", "origins", "origins_asked", "saw", "likelihood", "about", "key"),
    Kind.READINGS: ("first",),
    Kind.QUESTION: ("asked_at",),
}


ABOUT: dict[Kind, tuple[Sequence[str], Sequence[str]]] = {
    Kind.METHOD: (("",), RULES),
    Kind.READINGS: (CLAIMS, ("",)),
    Kind.ORIGIN: (("gur", "ria", "mod", "call-1", "gur-7-march", "ria-2-march"), ("origin",)),
    Kind.GRADE: (("gur", "ria", "call-1", "gur-7-march"), GRADED),
    Kind.RIVAL: (CLAIMS, CLAIMS),
    Kind.HYPOTHESIS: (("c-1",), ("h-1", "h-2", "claim", "deception", *"345678")),
    Kind.WEIGH: (("e-1",), ("claim", "h-1", "h-2", "deception")),
    Kind.CARD: (("call-1",), tuple(PARTS)),
    Kind.QUESTION: (CLAIMS[:2], ASKED),
    Kind.RECHECK: (CLAIMS, ("",)),
}
"""What a finding of each kind is about, and its keys, as our program writes them."""
HERE, THERE = "the claim as it is", "the verdicts that stand"


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """An entry that another program might write: a part of it, or all, is as ours writes it."""
    kind = Kind(draw(st.sampled_from([*ABOUT, *ABOUT, Kind.VERDICT, Kind.ADJUDICATE, Kind.REOPEN])))
    data: dict[str, Any] = {key: draw(mostly) for key in MORE.get(kind, ()) if draw(st.booleans())}
    claim = draw(st.sampled_from(["c-1", "c-1", "c-1", "c-2", "c-4", ""]) | hostile)
    if kind in ABOUT:
        ours, theirs = ABOUT[kind]
        if kind in ON_NO_CLAIM:
            claim = draw(st.sampled_from(["", "", "", claim]))
        elif ours == CLAIMS and draw(st.booleans()):
            ours = (claim,)
        data["about"] = draw(st.sampled_from(ours) | st.sampled_from(ours) | things)
        data["key"] = draw(st.sampled_from(theirs) | st.sampled_from(theirs) | keys)
        data["value"] = draw(mostly)
    elif kind == Kind.VERDICT:
        data["value"] = draw(st.sampled_from(("verified", "false")) | hostile)
    elif kind == Kind.ADJUDICATE:
        data["value"] = draw(st.sampled_from(SAID) | hostile)
        data["readings"] = [THERE] if draw(st.booleans()) else draw(st.lists(anything, max_size=3))
    if not claim and draw(st.integers(0, 9)) == 0:
        data["claim"] = draw(anything)
    subject = draw(st.sampled_from([HERE, HERE, None, "ab" * 32, "00"]))
    return Draft(kind, claim, subject=subject, data=data, words=draw(words))


def recorded(session: Session, draft: Draft) -> None:
    """Record it; a claim and verdicts that were only meant are named as they are now."""
    data, subject = dict(draft.data), draft.subject
    if subject == HERE:
        held = session.has_claim(draft.claim)
        subject = session.view(draft.claim).claim.hash if held else None
    if data.get("readings") == [THERE]:
        standing = session.view(draft.claim).verdicts if session.has_claim(draft.claim) else ()
        data["readings"] = [one.id for one in standing]
    acts.record(session.case, session.reader, replace(draft, subject=subject, data=data))


def commands(path: Path, out: Path) -> Iterator[list[str]]:
    """Every command that reads."""
    case = str(path)
    for claim in ("c-1", "c-4"):
        for name in ("show", "gaps", "origins", "rivals", "hypotheses", "changes", "suggest"):
            yield [name, case, claim, "--as", "ann"]
            yield [name, case, claim, "--as", "ann", "--json"]
        yield ["log", case, "--claim", claim]
    for name in ("queue", "gaps", "rivals", "agreement", "summary", "method"):
        yield [name, case, "--as", "ann"]
        yield [name, case, "--as", "ann", "--json"]
    for name in ("status", "log", "disagreements", "readers", "doctor"):
        yield [name, case]
        yield [name, case, "--json"]
    yield ["agreement", case, "--csv"]
    for filter_ in ("due:yes", "state:in_conflict", "verdict:false", "reader:ann", "stale:yes"):
        yield ["queue", case, "--filter", filter_, "--as", "ann"]
    for about in ("gur", "ria-2-march", "call-1"):
        yield ["grade", case, about, "--as", "ann"]
        yield ["grade", case, about, "--as", "ann", "--json"]
    yield ["card", case, "call-1", "--as", "ann"]
    yield ["card", case, "call-1", "--as", "ann", "--json"]
    yield ["search", case, "killed"]
    for format_ in FORMATS:
        yield ["export", case, str(out / format_), "--format", format_, "--draft"][: 5 + 1]
    for table in KINDS:
        yield ["export", case, str(out / f"{table}.csv"), "--format", "csv", "--table", table]
    yield ["verify", case]


def asked(path: Path, args: list[str]) -> str:
    """What a command says; no word of it acts, and it says no fault."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        mock.patch.object(main, "_crashed", raised),
    ):
        code = main.run(args)
    said = out.getvalue() + err.getvalue()
    said = said.removeprefix("\ufeff")  # a table begins with it
    assert plain_faults(said.encode()) == [], args
    # A bag, which has the whole ledger, and a ClaimReview may be refused, with a sentence.
    if args[0] == "export":
        assert code in (0, 1), (args, said)
        assert code == 0 or said.startswith("reviewer: "), (args, said)
    elif args[0] == "verify" and "what its reader saw" in said:
        # A text that nobody holds is missing; nothing of what is here is broken by it.
        assert code == 1
        assert "\nbroken: " not in said, said
    else:
        assert code == 0, (args, said)
    return said


def raised(error: Exception) -> int:
    raise error


CLAIM_SCREENS = ("i", "O", "Q", "H", "r", "D", "M", "t", "W", "P")


async def looked_at(path: Path) -> None:
    """Open every screen on the first claims."""
    async with at_desk(path, "ann") as reader:
        for name in CLAIM_SCREENS:
            await reader.press(name)
            seen(reader.text)
            await reader.press("tab")
            await reader.press("j", "enter")
            seen(reader.text)
            await reader.press("esc", "esc", "esc", "g")
        for key in ("t", "tab", "j", "o", "2", "u", "u", "u", "U", "j", "j", "j", "D", "a", "esc"):
            await reader.press(key)
            seen(reader.text)


def seen(text: str) -> None:
    assert unfit(text.replace("\n", "")) == set()


def heard(path: Path) -> None:
    """The same in plain lines."""
    with reading(path, "ann") as (reader, begun):
        tours = ((name, "1", "enter", "enter", "", "enter") for name in CLAIM_SCREENS)
        said = [begun, *(reader.press(*tour) for tour in tours), reader.press("2", "enter")]
        said += [reader.press(key) for key in ("u", "u", "u", "U", "j", "j")]
    assert plain_faults("".join(said).encode()) == []


@contextlib.contextmanager
def a_home() -> Iterator[Path]:
    """A folder, and an account that has seen no case yet."""
    with tempfile.TemporaryDirectory() as name:
        states = {name_: f"{name}/{name_}" for name_ in ("XDG_STATE_HOME", "XDG_CONFIG_HOME")}
        with mock.patch.dict(os.environ, states):
            yield Path(name)


@contextlib.contextmanager
def a_stranger(folder: Path) -> Iterator[tuple[Path, Laptop, Laptop]]:
    first = new_case(folder)
    second = folder / "strangers.case"
    shutil.copyfile(first, second)
    ours = Laptop(first, folder / "home-ours", "ours")
    yield first, ours, Laptop(second, folder / "home-theirs", "theirs")


def brought(folder: Path, found: list[tuple[str, Draft]]) -> Path:
    """A case of ours into which a merge brought what strangers recorded."""
    with a_stranger(folder) as (path, ours, theirs):
        for reader, draft in found:
            with theirs.at_work(reader) as session:
                recorded(session, draft)
        with theirs.reading() as case:
            acts.rebuild(case)
        ours.merge(theirs.bundled(folder / "hostile.bundle"))
        ours.merge(theirs.path)
        with ours.reading() as case, theirs.reading() as other:
            assert contents(case.con) == contents(other.con)
            assert state_of(case.con) == rebuilt(case.con)
    return path


def stands(found: list[tuple[str, Draft]]) -> None:
    """Whatever was recorded, every command says something and every screen opens."""
    with a_home() as folder:
        path = brought(folder, found)
        out = folder / "out"
        out.mkdir()
        for args in commands(path, out):
            asked(path, args)
        written_safely(out)
        asyncio.run(looked_at(path))
        heard(path)
        asked(path, ["verify", str(path)])


def written_safely(out: Path) -> None:
    """No word becomes a formula of a sheet, or an element of a page."""
    for table in sorted(out.glob("*.csv")):
        with table.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@", "\t="))] == []
    for page in (out / "html", out / "markdown"):
        if page.exists():
            said = page.read_text(encoding="utf-8")
            assert "<script>" not in said
            assert unfit(said) <= {"\n", "\t"}


VALUES: list[Any] = [
    *([[{}], ["verified", 1]], {"a": {"b": []}}, True, False, -1, 2**53 - 1, 0.5, ""),
    *("\x1b]0;HIJACKED\x07[/x]\u202e", "A" * 70_000, [], "2022-03-08", "C", 3),
]


def everywhere(value: Any) -> Iterator[tuple[str, Draft]]:
    """An entry of every kind that says this wherever it may."""
    words = dict.fromkeys(WORD, "\x1b[2J\u202e [/x] <b> =1")
    words |= {
        "question": "=1+1 <script>",
        "answer": "@SUM(1)",
        "said": "+1 <b>",
        "text": "</td><script>",
    }
    for kind, (abouts, keys) in ABOUT.items():
        for about in abouts:
            for key in keys:
                claim = "" if kind in ON_NO_CLAIM else about if about in CLAIMS else "c-1"
                of = {"about": about, "key": key, "value": value}
                more = dict.fromkeys(MORE.get(kind, ()), value)
                yield "eve", Draft(kind, claim, data={**more, **of}, words=words)
    for n, reader in enumerate(("ann", "borys", "eve", "ann")):
        more = dict.fromkeys(MORE[Kind.VERDICT], value)
        of = {"value": ("verified", "false")[n % 2]}
        yield reader, Draft(Kind.VERDICT, "c-1", subject=HERE, data={**more, **of}, words=words)
    more = dict.fromkeys(MORE[Kind.ADJUDICATE], value)
    of = {"value": "verified", "readings": [THERE]}
    yield "eve", Draft(Kind.ADJUDICATE, "c-1", subject=HERE, data={**more, **of}, words=words)


@pytest.mark.parametrize("value", VALUES if LONG else [VALUES[0], VALUES[8]], ids=ascii)
def test_one_value_in_every_place_is_no_more_than_a_value(value: Any) -> None:
    stands(list(everywhere(value)))


@settings(max_examples=times(4, 300), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(("ann", "borys", "eve")), drafts()), min_size=4, max_size=30)
)
def test_whatever_strangers_record_every_command_and_screen_stands(
    found: list[tuple[str, Draft]],
) -> None:
    stands(found)
