"""No byte that one reader is given tells what another has judged blind.

The same work is done in two worlds. In the second, what the first reader judged, wrote and took
an excerpt for is another; on those claims the second reader has given no verdict. Whatever he
asks of the program then, in either world he is told the same. What is not hidden is that the
first reader has done something: how much he has written can be counted by anybody.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from reviewer.cli.main import run
from reviewer.model.canonical import Json
from reviewer.model.entry import Kind
from reviewer.model.errors import NothingToDoError
from reviewer.model.evidence import STANCES
from reviewer.model.tables import KINDS
from reviewer.service import ageing, second_reading
from reviewer.service.exporting import export
from reviewer.service.gathering import Asked
from reviewer.service.session import Session
from reviewer.writers import FORMATS
from tests.casefile.making import at_work, new_case
from tests.desk.reader import at_desk
from tests.everyday import times
from tests.lines.at_work import reading

READ = ("c-1", "c-2", "c-3")
OWN = "c-4"
VALUES = ("verified", "false", "unverified", "not_checkable")
WORDS = ("zebra quartz", "violet anchor", "copper lantern", "harbour thistle")
FILTERS = (
    *(f"verdict:{value}" for value in VALUES),
    *("verdict:none", "has:verdict", "has:note", "-has:note", "reader:ann", "reader:me"),
    *("stale:yes", "state:undecided", "state:new", "state:in_review", "state:decided"),
    *("state:needs_second", "state:in_conflict", "excerpts:0", "zebra"),
    *("due:yes", "-due:yes"),
)
DAYS = ("2022-05-24", "2922-05-24", "2022-05-25", "2922-05-25")
CLOCK = re.compile(r'"(began|until)": "[^"]*"|Sitting:? +\S[^\n]*')
"""When this sitting began, by the clock of the machine."""
HEX = re.compile(r"\b[0-9a-f]{8,64}\b")

Act = tuple[str, str, int]
acts = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("verdict", "note", "link", "withdraw", "undo", "redo", "aside", "grade"),
                *("second", "recheck", "reopen", "question", "answer", "suppose", "weigh"),
                "rival",
            )
        ),
        st.sampled_from(READ),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=8,
)


def do(session: Session, act: Act, shift: int) -> None:
    """Do one act; in another world its judgement is another."""
    what, claim, n = act
    n = (n + shift) % 4
    view = session.view(claim)
    with contextlib.suppress(NothingToDoError):
        match what:
            case "verdict":
                session.decide(view, VALUES[n], WORDS[n])
            case "note":
                session.note(view, WORDS[n])
            case "link":
                start = view.row.excerpts * 4
                text = session.text("ria-2-march")
                session.link(view, text, start, start + 3, STANCES[n % 3])
            case "withdraw":
                session.withdraw(view)
            case "undo" | "redo":
                (session.undo if what == "undo" else session.redo)()
            case "aside":
                session.set_aside(view)
            case "recheck":
                ageing.recheck(session, view, DAYS[n], WORDS[n])
            case "reopen":
                ageing.reopen(session, view, WORDS[n])
            case "second":
                second_reading.ask(session, view)
            case _:
                kind, about, key, value, words = found_as(what, claim, n)
                session.find(kind, about, key, value, view=view, words=words)


def found_as(what: str, claim: str, n: int) -> tuple[Kind, str, str, Json, dict[str, str]]:
    """What a finding is of, about, its key, its value and its words."""
    question = {"question": WORDS[n], "would_change": WORDS[n]}
    return {
        "grade": (Kind.GRADE, "gur", "source", "ABCD"[n], {}),
        "question": (Kind.QUESTION, claim, "deadbeef", "open", question),
        "answer": (Kind.QUESTION, claim, "deadbeef/answer", "answered", {"answer": WORDS[n]}),
        "suppose": (Kind.HYPOTHESIS, claim, "h-1", 1, {"text": WORDS[n]}),
        "weigh": (Kind.WEIGH, "e-1", "claim", (*"CIN", None)[n], {}),
        "rival": (Kind.RIVAL, claim, OWN, ("exclude", "either", "compete", None)[n], {}),
    }[what]


def world(folder: Path, of_ann: list[Act], of_borys: list[Act], shift: int) -> Path:
    path = new_case(folder)
    with at_work(path, "ann", "borys", "chief") as (ann, borys, chief):
        # Neither of the two, whose undo would take it back.
        second_reading.set_rule(chief, 2)
        for n in range(max(len(of_ann), len(of_borys))):
            for session, of, step in ((ann, of_ann, shift), (borys, of_borys, 0)):
                if n < len(of) and not (session is borys and of[n][0] in ("verdict", "redo")):
                    do(session, of[n], step)
        borys.decide(borys.view(OWN), "false", "my own")
    # The case as it was before all of it, to be told what a merge would bring.
    new_case(folder).rename(path.with_suffix(".before"))
    return path


def commands(path: Path) -> Iterator[list[str]]:
    case = str(path)
    for claim in (*READ, OWN):
        yield ["show", case, claim]
        yield ["show", case, claim, "--json"]
        yield ["log", case, "--claim", claim]
        yield ["suggest", case, claim, "--json"]
        yield ["changes", case, claim, "--json"]
        for name in ("gaps", "origins", "rivals", "hypotheses"):
            yield [name, case, claim]
            yield [name, case, claim, "--json"]
    for filter_ in FILTERS:
        yield ["queue", case, "--filter", filter_, "--json"]
    for name in ("queue", "log", "disagreements", "status", "readers"):
        yield [name, case]
        yield [name, case, "--json"]
    for name in ("gaps", "rivals", "agreement", "summary", "method"):
        yield [name, case]
        yield [name, case, "--json"]
    yield ["gaps", case, "--all"]
    yield ["grade", case, "gur"]
    yield ["grade", case, "gur-7-march"]
    yield ["card", case, "call-1"]
    yield ["log", case, "--reader", "ann"]
    yield ["log", case, "--kind", "verdict"]
    yield ["merge", str(path.with_suffix(".before")), case, "--dry-run"]
    yield ["merge", str(path.with_suffix(".before")), case, "--dry-run", "--json"]
    for words in WORDS:
        yield ["search", case, words]


def told(path: Path) -> dict[str, str]:
    """All that the second reader is told, by what he asked."""
    answers = {}
    for asked in commands(path):
        # Who is no reader is asked for as well, and so is whoever the account belongs to.
        names = (["--as", "borys"], ["--as", "nobody"]) if asked[0] in AS_READER else ([],)
        for name in names:
            question = " ".join([asked[0], *asked[2:], *name]).replace(str(path.parent), "")
            answers[question] = said_by([*asked, *name])
    answers |= looked_at(path)
    with at_work(path, "borys") as (borys,), tempfile.TemporaryDirectory() as folder:
        for format_name in FORMATS:
            if format_name != "bag":
                out_file = Path(folder) / format_name
                export(borys, format_name, out_file, Asked(draft=True))
                answers[f"export {format_name}"] = out_file.read_text(encoding="utf-8")
        for table in KINDS:
            out_file = Path(folder) / table
            export(borys, "csv", out_file, Asked(table=table))
            answers[f"export csv {table}"] = out_file.read_text(encoding="utf-8")
    own = str(path.parent)
    return {
        asked: CLOCK.sub("@", HEX.sub("#", said.replace(own, "FOLDER")))
        for asked, said in answers.items()
    }


AS_READER = (
    *("queue", "show", "search", "suggest", "changes", "gaps", "origins", "rivals", "hypotheses"),
    *("agreement", "summary", "method", "grade", "card"),
)


def said_by(asked: list[str]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = run(asked)
    assert code == 0, (asked, out.getvalue())
    return out.getvalue()


SCREENS = ("i", "O", "Q", "H", "r", "t", "W", "M")


def looked_at(path: Path) -> dict[str, str]:
    """What the second reader sees and hears: at the desk, and in plain lines."""
    seen = {}

    async def look() -> None:
        async with at_desk(path, "borys", size=(120, 40), readonly=True) as reader:
            for claim in READ:
                seen[f"desk {claim}"] = reader.text
                for name in SCREENS:
                    await reader.press(name)
                    seen[f"desk {claim} {name}"] = reader.text
                    await reader.press("tab")
                    seen[f"desk {claim} {name} tab"] = reader.text
                    await reader.press("esc", "esc", "esc")
                await reader.press("j")

    asyncio.run(look())
    with reading(path, "borys", readonly=True) as (reader, begun):
        seen["plain"] = begun
        for claim in READ:
            for name in SCREENS:
                seen[f"plain {claim} {name}"] = reader.press(name, "", "enter", "enter")
            seen[f"plain after {claim}"] = reader.press("j")
    return seen


A_DAY = [
    *(("verdict", "c-1", 0), ("note", "c-2", 1), ("link", "c-2", 2), ("verdict", "c-3", 3)),
    *(("grade", "c-1", 1), ("suppose", "c-1", 2), ("weigh", "c-1", 1), ("question", "c-2", 3)),
    *(("answer", "c-2", 0), ("rival", "c-3", 1), ("recheck", "c-1", 1), ("withdraw", "c-3", 0)),
    *(("undo", "c-3", 0), ("aside", "c-2", 0), ("reopen", "c-3", 2), ("verdict", "c-3", 1)),
]
"""Everything once: what is tried every day."""
BESIDE = [("second", "c-1", 0), ("aside", "c-3", 0), ("grade", "c-2", 2), ("undo", "c-1", 0)]


@settings(max_examples=times(1, 400), phases=(Phase.explicit, Phase.generate)[: times(1, 2)])
@example(A_DAY, BESIDE, 1)
@given(acts, acts, st.sampled_from((1, 2)))
def test_what_is_told_of_a_claim_read_blind_is_the_same_whatever_was_judged(
    of_ann: list[Act], of_borys: list[Act], shift: int
) -> None:
    one = told_in_a_world(of_ann, of_borys, 0)
    other = told_in_a_world(of_ann, of_borys, shift)
    for asked, said in one.items():
        assert other[asked] == said, asked
    assert not [word for word in WORDS if any(word in said for said in theirs(one, of_borys))]


def told_in_a_world(of_ann: list[Act], of_borys: list[Act], shift: int) -> dict[str, str]:
    """What the second reader is told in a world of its own, whose account remembers no other."""
    with tempfile.TemporaryDirectory() as folder:
        homes = {name: f"{folder}/{name}" for name in ("XDG_STATE_HOME", "XDG_DATA_HOME")}
        with mock.patch.dict(os.environ, homes):
            return told(world(Path(folder), of_ann, of_borys, shift))


WRITTEN = (*("note", "verdict", "recheck", "reopen", "question", "answer", "suppose"),)


def theirs(answers: dict[str, str], of_borys: list[Act]) -> list[str]:
    """The answers, where the second reader himself has written none of the words."""
    if any(what in WRITTEN for what, _, _ in of_borys):
        return []
    return [said for asked, said in answers.items() if not asked.startswith("search")]
