"""`r` and `H`: claims and explanations that stand against each other."""

from __future__ import annotations

from pathlib import Path

from reviewer.desk.asking import AskingScreen
from reviewer.insight.rivals import Rivalry
from reviewer.model.entry import Kind
from reviewer.model.evidence import Stance
from reviewer.service import hypotheses
from reviewer.service.rivals import oppose, rivals
from tests.casefile.making import claim, source, statement
from tests.desk.cases import founding, made_of
from tests.desk.reader import Reader, at_desk


def figures(folder: Path) -> Path:
    """A fictional exercise: three claims about the same losses."""
    return made_of(
        folder / "a.case",
        source(),
        statement("report", "The ministry counts 5 dead. The other side counts 80 dead."),
        claim("c-1", text="Five soldiers died at Lipovka.", claimant="Ministry", priority=1),
        claim("c-2", text="Eighty soldiers died at Lipovka.", claimant="Militia", priority=2),
        claim("c-3", text="Nobody died at Lipovka.", priority=3),
        claim("c-4", text="The bridge stands.", priority=4),
    )


def is_open(reader: Reader) -> bool:
    return isinstance(reader.app.screen, AskingScreen)


def linked(reader: Reader, one: str) -> list[tuple[str, str]]:
    with reader.case.session() as session:
        return [(rival.claim, rival.kind.value) for rival in rivals(session, one)]


async def test_a_claim_is_set_against_another_and_seen_beside_it(tmp_path: Path) -> None:
    async with at_desk(figures(tmp_path)) as reader:
        await reader.press("r")
        reader.sees("Rival accounts", "No claim stands against this one; a sets one against it.")
        await reader.press("a")
        reader.sees("> c-", "enter adds it")
        await reader.write("c-2")
        reader.sees("c-1 and c-2 set against each other: rival accounts; both may be wrong")
        reader.sees("Five soldiers died at Lipovka.", "| Eighty soldiers died at Lipovka.")
        reader.sees("Nothing follows from the one for the other.")
        assert linked(reader, "c-2") == [("c-1", "compete")]
        await reader.press("tab")
        assert linked(reader, "c-1") == [("c-2", "exclude")]
        reader.sees("> c-2  the two exclude each other, says ada")
        reader.sees("Nothing follows yet; if one of the two is verified, the other cannot be.")
        await reader.press("u", "u")
        reader.sees("Undid: c-1 and c-2 set against each other", "No claim stands against")
        assert linked(reader, "c-1") == []
        await reader.press("q")
        assert not is_open(reader)
        assert reader.mode == "READ"


async def test_r_steps_between_several_and_enter_goes_there(tmp_path: Path) -> None:
    path = figures(tmp_path)
    async with at_desk(path) as reader:
        with reader.case.session("borys") as borys:
            for other in ("c-2", "c-3"):
                oppose(borys, borys.view("c-1"), other, Rivalry.EITHER)
        await reader.look_up()
        await reader.press("r")
        reader.sees("> c-2", "| Eighty soldiers", "says borys")
        await reader.press("r")
        reader.sees("> c-3", "| Nobody died")
        await reader.press("r", "j", "x")
        reader.sees("You have not set c-3 against c-1; borys did, and can take it back.")
        await reader.press("enter")
        reader.is_on("c-3")
        reader.says("c-3; o goes back.")
        await reader.press("o")
        reader.is_on("c-1")


async def test_a_claim_with_rivals_says_so_and_one_without_is_as_before(tmp_path: Path) -> None:
    async with at_desk(figures(tmp_path)) as reader:
        before = reader.text
        reader.misses("rival")
        await reader.press("r", "a")
        await reader.write("c-2")
        await reader.press("q")
        reader.sees("7 not checkable  [rival]")
        await reader.press("r", "a")
        await reader.write("c-3")
        await reader.press("q")
        reader.sees("7 not checkable  [2 rivals]")
        await reader.press("j")
        reader.sees("7 not checkable  [rival]")
        await reader.press("G")
        reader.misses("rival")
        await reader.press("u", "u", "g")
        assert reader.text.splitlines()[:-2] == before.splitlines()[:-2]


async def test_a_verdict_says_what_it_leaves_to_a_rival_and_sets_nothing(tmp_path: Path) -> None:
    path = figures(tmp_path)
    async with at_desk(path) as reader:
        with reader.case.session() as session:
            oppose(session, session.view("c-1"), "c-2", Rivalry.EXCLUDE)
        await reader.press("1")
        reader.says("verdict verified on c-1", "Then c-2 cannot be verified: the two exclude")
        assert reader.case.verdict_of("c-2") == ""
        await reader.press("6")
        reader.says("Recorded: verdict false on c-2; u undoes.")
        assert "rival" not in reader.status
        await reader.press("6")
        reader.says("Recorded: verdict false on c-3; u undoes.")
        assert "rival" not in reader.status
        await reader.press("g", "r")
        reader.sees("If c-1 is verified, c-2 cannot be: the two exclude each other.")
        reader.sees("Verdicts: verified (ada)", "Verdicts: false (ada)")


async def test_what_is_written_there_and_left_records_nothing(tmp_path: Path) -> None:
    async with at_desk(figures(tmp_path)) as reader:
        await reader.press("r", "a")
        await reader.write("c-99")
        reader.sees("There is no claim 'c-99' in this case.")
        await reader.press("esc")
        reader.sees("Nothing was recorded.")
        assert is_open(reader)
        await reader.press("x", "z", "esc")
        assert not is_open(reader)
        assert reader.case.acts == []


def weighed(reader: Reader, one: str = "c-1") -> list[str]:
    with reader.case.session() as session:
        held = hypotheses.matrix(session, session.view(one))
    return ["".join(cell.sign for cell in row.cells) for row in held.rows]


def with_excerpts(folder: Path, reader: str = "ada") -> Path:
    from reviewer.service.session import Session

    path = figures(folder)
    with Session.open(path, reader) as session:
        text = session.text("report")
        for start, end, stance in ((0, 26, Stance.SUPPORTS), (28, 58, Stance.REFUTES)):
            session.link(session.view("c-1"), text, start, end, stance)
    return path


async def test_there_is_shown_on_what_each_of_two_rivals_rests(tmp_path: Path) -> None:
    path = with_excerpts(tmp_path)
    async with at_desk(path) as reader:
        await reader.press("r", "a")
        await reader.write("c-2")
        reader.sees("Supported by 1 excerpt, 1 origin")
        reader.sees("| Nothing is linked to it.")
        await reader.press("a")
        reader.misses("Supported by")


async def test_the_sitting_lists_what_was_recorded_last(tmp_path: Path) -> None:
    async with at_desk(figures(tmp_path)) as reader:
        await reader.press("3", "5", "u", "M", "G")
        reader.sees("What you recorded last", "Undid: verdict misleading on c-2")
        reader.sees("Verdict misleading on c-2 (undone)", "Verdict unverified on c-1")


async def test_hypotheses_are_added_weighed_and_ranked(tmp_path: Path) -> None:
    async with at_desk(with_excerpts(tmp_path)) as reader:
        await reader.press("H")
        reader.sees("Competing hypotheses, after Heuer's ACH", "Only the claim itself stands here")
        await reader.press("a")
        await reader.write("Eighty died.")
        reader.sees('Recorded: hypothesis on c-1: "Eighty died."', ">H2 place 1, 0 against, 2 open")
        reader.sees("H1 place 2, 1 against")
        assert weighed(reader) == ["c?", "i?"]
        await reader.press("i", "j", "c")
        assert weighed(reader) == ["cI", "iC"]
        reader.sees("H1 place 1, 1 against", "H2 place 1, 1 against", "1/1  turns")
        reader.sees("H2: consistent, by ada. It tells 1 of 1 pairs apart. If staged, H1 first.")
        reader.sees('Recorded: "The other side counts 80 dead." consistent with H2; u undoes.')
        await reader.press("0")
        reader.sees("not weighed against H2 any more; u undoes.")
        assert weighed(reader) == ["cI", "i?"]
        await reader.press("h", "n")
        assert weighed(reader) == ["cI", "N?"]
        await reader.press("u", "u")
        assert weighed(reader) == ["cI", "iC"]


async def test_an_item_is_supposed_to_be_deception(tmp_path: Path) -> None:
    async with at_desk(with_excerpts(tmp_path)) as reader:
        await reader.press("H", "a")
        await reader.write("Eighty died.")
        await reader.press("i", "d")
        reader.sees("supposed to be deception; u undoes", ">D+", "H2 place 1, 0 against")
        reader.sees("1 supposed to be deception and left out: the ranking turns: H2 first")
        await reader.press("d")
        reader.sees("no longer supposed to be deception", "H2 place 1, 1 against")
        reader.misses("left out")


async def test_a_hypothesis_is_worded_anew_and_taken_away(tmp_path: Path) -> None:
    async with at_desk(with_excerpts(tmp_path)) as reader:
        await reader.press("H", "e")
        reader.sees("The first hypothesis is the claim itself; it cannot be changed here.")
        await reader.press("a")
        await reader.write("Eighty died")
        await reader.press("e")
        await reader.write(" or more.")
        reader.sees("Eighty died or more.")
        await reader.press("x")
        reader.sees("hypothesis on c-1 taken away", "Only the claim itself")
        await reader.press("H")
        assert not is_open(reader)
        with reader.case.session() as session:
            assert session.findings(Kind.HYPOTHESIS) == []


async def test_keys_of_another_alphabet_work_by_where_they_lie(tmp_path: Path) -> None:
    async with at_desk(with_excerpts(tmp_path)) as reader:
        await reader.press("Р", "ф")
        await reader.write("Погибло восемьдесят.")
        reader.sees("Погибло восемьдесят.")
        await reader.press("ш")
        assert weighed(reader) == ["cI", "i?"]
        await reader.press("й", "к", "ф")
        await reader.write("c-2")
        assert linked(reader, "c-1") == [("c-2", "compete")]


async def test_both_fit_every_size_of_terminal(tmp_path: Path) -> None:
    path = founding(tmp_path)
    for size in ((80, 24), (120, 40), (60, 18)):
        async with at_desk(path, size=size) as reader:
            await reader.press("r")
            reader.sees("Rival accounts", "q close")
            if size == (80, 24):
                await reader.press("a")
                await reader.write("c-16")
            reader.sees("> c-16", "q close")
            await reader.press("q", "H")
            if size == (80, 24):
                for text in ("He was wounded.", "He was not hurt.", "The calls were staged.", "x"):
                    await reader.press("a")
                    await reader.write(text)
            reader.sees("H5 place 1", "staged", "> +", "q close")
            await reader.press("G")
            reader.sees("> ~ the BBC only")


async def test_hostile_words_act_on_nothing(tmp_path: Path) -> None:
    path = made_of(
        tmp_path / "a.case",
        source(),
        statement("report", "[b]x[/y] \x1b[2J words"),
        claim("c-1", text="\x1b[2J[/z] one \u202e", claimant="\x9b1m", priority=1),
        claim("c-2", text="\x1b]0;owned\x07[/x] other", priority=2),
    )
    from reviewer.service.session import Session

    with Session.open(path, "ada") as session:
        text = session.text("report")
        session.link(session.view("c-1"), text, 0, len(text.text), Stance.SUPPORTS)
        oppose(session, session.view("c-1"), "c-2", Rivalry.EXCLUDE)
        hypotheses.add(session, session.view("c-1"), "[/q] \x1b[31m other")
    async with at_desk(path) as reader:
        for key in ("r", "H"):
            await reader.press(key)
            assert is_open(reader)
            assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(reader.text)
            await reader.press("q")


async def test_a_case_that_cannot_be_written_shows_both_and_refuses(tmp_path: Path) -> None:
    async with at_desk(with_excerpts(tmp_path), readonly=True) as reader:
        await reader.press("H", "a")
        await reader.write("Eighty died.")
        reader.sees("is open for reading only")
        await reader.press("esc", "q", "r", "a")
        await reader.write("c-2")
        reader.sees("is open for reading only")
