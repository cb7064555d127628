"""The acceptance story: a fact-checker's day on the founding case, in a real terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.desk.in_terminal import review, shown, start
from tests.desk.reader import Case
from tests.terminal import Terminal

NOTE = "No independent confirmation; both sources are GUR."


def standing(claim: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(v["reader"], v["value"], v["note"]) for v in claim["verdicts"] if v["standing"]]


def row(term: Terminal, text: str) -> str:
    return term.screen[term.row_of(text)]


def test_a_day_at_the_desk(an_empty_home: Path) -> None:
    home = an_empty_home
    case = home / ".local/share/reviewer/gerasimov.case"
    reader = ""

    # The founding case opens with one command.
    with start(home, "demo") as term:
        term.wait_for("Your name, as it will stand beside your verdicts")
        term.press("enter")
        term.wait_for("A digit gives a verdict, ? lists the keys, q leaves.")
        reader = row(term, "undecided").rpartition("reader ")[2]
        looked_at = Case(case, reader)
        assert term.on_alternate_screen

        # The first claim is read with both its panes.
        assert row(term, "c-01 [").startswith("c-01 [Main Intelligence Directorate of Ukraine")
        assert "15 of 15 undecided" in term.screen[0]
        assert row(term, "STATEMENT 1/4").startswith(">> STATEMENT 1/4  PARAPHRASE")
        assert row(term, "CALL 1/2").startswith("-- CALL 1/2  PARAPHRASE  call-2")
        assert row(term, "killed in the fighting").startswith("+ ")
        assert row(term, "The field officer is reported").startswith("+ A")
        term.press("space")
        term.wait_for("It describes him as a Russian major general")
        term.press("b")
        term.wait_for("PARAPHRASE: about what was published")

        # Its excerpts are stepped through, there and back.
        for n, stance in enumerate(("context", "context", "context"), start=2):
            term.press("l")
            term.wait_for(f"Excerpt {n} of 7: {stance}")
        line, column = term.find("Reuters could not verify the report")
        style = term.style_at(line, column)
        assert (style.reverse, style.bold) == (True, True)
        assert term.screen[line].startswith("~ ")
        for n in (3, 2, 1):
            term.press("h")
            term.wait_for(f"Excerpt {n} of 7")
        term.press("h")
        term.wait_for("This is the first excerpt of the claim.")
        assert looked_at.acts == []

        # "Unverified", with a note.
        term.press("c")
        term.wait_for(" NOTE ")
        term.type(NOTE)
        term.press("enter")
        term.wait_for("Recorded: note on c-01")
        term.wait_for(f"note: {NOTE}")
        assert looked_at.note_of("c-01") == NOTE
        term.press("3")
        term.wait_for("Recorded: verdict unverified on c-01, with a note; u undoes.")
        term.wait_for("c-15 [")
        assert "14 of 15 undecided" in term.screen[0]
        claim = shown(home, case, "c-01")
        assert standing(claim) == [(reader, "unverified", NOTE)]

        # Undone: the screen goes back to the claim, and the record keeps both.
        term.press("u")
        term.wait_for("Undid: verdict unverified on c-01, with a note; U redoes.")
        assert row(term, "c-01 [")
        assert "15 of 15 undecided" in term.screen[0]
        assert "[3 unverified]" not in term.text
        claim = shown(home, case, "c-01")
        assert standing(claim) == []
        assert [v["value"] for v in claim["verdicts"]] == ["unverified"]

        # Recorded again.
        term.press("3")
        term.wait_for("Recorded: verdict unverified on c-01, with a note")
        term.press("k")
        term.wait_for("[3 unverified]")
        assert looked_at.verdict_of("c-01") == "unverified"

        # An excerpt of the transcript, as context.
        term.press("tab")
        term.wait_for(">> CALL 1/2")
        term.press("v")
        term.wait_for(" SELECT ")
        term.press("j", "j")
        term.wait_for('SELECT  "In press accounts')
        line, column = term.find("In press accounts he gives the general's name as Gerasimov.")
        assert term.style_at(line, column).reverse
        term.press("c")
        term.wait_for("Recorded: context excerpt on c-01")
        assert term.screen[line].startswith("~ ") or row(term, "In press accounts")[0] == "~"
        (made,) = [e for e in shown(home, case, "c-01")["excerpts"] if e["reader"] == reader]
        assert (made["target"], made["stance"]) == ("call-2", "context")
        assert made["exact"] == "In press accounts he gives the general's name as Gerasimov."
        assert made["prefix"].endswith("has been killed.\n")
        assert not made["orphan"]

        # The casualty claims, and nothing else.
        term.press("f")
        term.wait_for("filter:")
        term.type("tag:casualties")
        term.wait_for("2 of 15 claims")
        term.press("enter")
        term.wait_for("c-13 [")
        assert "filter tag:casualties: 2" in term.screen[0]

        # Both are contested; the second is the last of the filter and stays.
        term.press("4")
        term.wait_for("Recorded: verdict contested on c-13")
        term.wait_for("c-14 [")
        term.press("4")
        term.wait_for("Recorded: verdict contested on c-14")
        term.wait_for("None left in this filter;")
        assert "F shows 12 more." in term.text
        assert [looked_at.verdict_of(c) for c in ("c-13", "c-14")] == ["contested", "contested"]

        # Left, at a place further down a text.
        term.press("l")
        term.wait_for("Excerpt 2 of 4")
        term.press("J", "J")
        term.settle()
        left = term.screen[1:19]
        term.press("q")
        assert term.wait_exit() == 0
        assert not term.on_alternate_screen

    # Back where it was; then the line drops in the middle of a note.
    with start(home, "demo") as term:
        term.wait_for("Back at c-14, where you left.")
        term.settle()
        assert term.screen[1:19] == left
        assert "filter tag:casualties: 2" in term.screen[0]
        assert "[4 contested]" in term.text
        term.press("c")
        term.wait_for(" NOTE ")
        term.type("The count may mean all losses, not only the de")
        term.wait_for("not only the de")
        term.hang_up()
        assert term.wait_exit() == 128 + 1

    # Back again, with the draft there.
    with start(home, "demo") as term:
        term.wait_for("Back at c-14, where you left.")
        assert "DRAFT" in row(term, "not saved, c goes on: The count may mean all losses")
        assert looked_at.note_of("c-14") == ""
        term.press("c")
        term.wait_for("Your draft is back, not saved yet.")
        term.type("ad.")
        term.press("enter")
        term.wait_for("Recorded: note on c-14")
        assert looked_at.note_of("c-14") == "The count may mean all losses, not only the dead."
        term.wait_gone("DRAFT")
        term.press("q")
        assert term.wait_exit() == 0


def test_the_same_in_a_larger_terminal(an_empty_home: Path, tmp_path: Path) -> None:
    home = an_empty_home
    with start(home, "demo", "--dir", str(tmp_path), size=(120, 40)) as term:
        term.wait_for("Your name, as it will stand beside your verdicts")
        term.press("enter")
        term.wait_for("? lists the keys, q leaves.")
        case = tmp_path / "gerasimov.case"
        looked_at = Case(case, row(term, "undecided").rpartition("reader ")[2])
        titles = row(term, "STATEMENT 1/4")
        assert "-- CALL 1/2" in titles, "side by side"
        assert row(term, "  c-15  When").startswith("    c-15"), "the queue stands on top"
        assert row(term, ">   c-01")
        term.press("c")
        term.wait_for(" NOTE ")
        term.type("One origin.\n3u3")
        term.wait_for("Recorded: verdict unverified on c-01, with a note")
        assert row(term, "3 c-01").lstrip().startswith("3 c-01")
        assert row(term, ">   c-15")
        mine = looked_at.view("c-01").mine(looked_at.reader)
        assert mine is not None
        assert (mine.value, mine.note) == ("unverified", "One origin.")
        term.type("ftag:casualties\n44")
        term.wait_for("None left in this filter")
        assert [looked_at.verdict_of(c) for c in ("c-13", "c-14")] == ["contested", "contested"]
        term.press("q")
        assert term.wait_exit() == 0
    with review(home, case, size=(120, 40)) as term:
        term.wait_for("READ")
        assert "reader ada" in term.screen[0], "another reader begins at their own place"
        assert row(term, "c-15 ["), "what one decided waits for nobody else"
        term.press("g")
        term.wait_for("c-01 [")
        assert f"others: {looked_at.reader}: unverified, One origin." in term.text
