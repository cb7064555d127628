"""`r` and `H` in lines: claims and explanations against each other, by short answers."""

from __future__ import annotations

from pathlib import Path

from reviewer.service.hypotheses import matrix
from reviewer.service.rivals import rivals
from tests.lines.at_work import Reader, reading, shipped_case


def signs(reader: Reader) -> list[str]:
    held = matrix(reader.session, reader.session.view("c-01"))
    return ["".join(cell.sign for cell in row.cells) for row in held.rows]


def kinds(reader: Reader) -> list[tuple[str, str]]:
    return [(one.claim, one.kind.value) for one in rivals(reader.session, "c-01")]


def test_a_claim_is_set_against_another_and_gone_to(tmp_path: Path) -> None:
    with reading(shipped_case(tmp_path)) as (reader, _):
        heard = reader.press("r", *"a c-16", "enter", *"e1", "enter", "enter")
        assert "No claim stands against c-01." in heard
        assert "Recorded: c-01 and c-16 set against each other: rival accounts" in heard
        assert "Recorded: c-01 and c-16 set against each other: the two exclude" in heard
        assert "Claim c-16. Wording: In May 2022 Vitaly Gerasimov was alive" in heard
        assert "1 c-16: the two exclude each other" in heard
        assert "A claim stands against this one; r tells." in reader.press("ctrl+l")
        assert kinds(reader) == [("c-16", "exclude")]
        heard = reader.press("1", *"Seen.", "enter")
        assert "Then c-16 cannot be verified: the two exclude each other." in heard
        assert reader.session.view("c-16").verdicts == ()
        reader.press("g", "r", "1", "enter")
        assert reader.front.claim == "c-16"
        heard = reader.press("r", *"x1", "enter", *"x1", "enter", "q", "enter")
        assert "c-01 and c-16 no longer set against each other" in heard
        assert "If c-01 is verified, c-16 cannot be" in heard
        assert "'x1' is no answer here." in heard
        assert kinds(reader) == []


def test_hypotheses_are_added_weighed_and_taken_away(tmp_path: Path) -> None:
    with reading(shipped_case(tmp_path)) as (reader, _):
        heard = reader.press("H", *"a He was wounded.", "enter", *"1 H2 i", "enter", "enter")
        assert "Only the claim itself stands here; it is H1." in heard
        assert 'Recorded: hypothesis on c-01: "He was wounded."' in heard
        assert "The least inconsistent: H2." in heard
        assert signs(reader)[0] == "cI"
        rows = matrix(reader.session, reader.session.view("c-01")).rows
        one, two = (n for n, row in enumerate(rows, start=1) if row.cells[0].sign == "i")
        answers = (f"d{one}", f"d{two}", f"{two} 2 c")
        heard = reader.press("H", *(key for said in answers for key in (*said, "enter")), "enter")
        assert "Place 1. Hypothesis: H2: He was wounded.; Inconsistent items: 1" in heard
        assert 'Item 1. supports: "Vitaly Gerasimov was killed in the fighting' in heard
        assert "H1: c; H2: I; Pairs told apart: 1 of 1" in heard
        assert "the ranking turns: H1 first instead of H2." in heard
        heard = reader.press("H", *"e H2 He lived.", "enter", *"x 2", "enter", *"?", "enter", "q")
        assert '"He lived."' in heard
        assert "hypothesis on c-01 taken away" in heard
        assert "'?' is no answer here." in heard
        assert len(signs(reader)[0]) == 1


def test_keys_are_listed_with_what_they_do_here(tmp_path: Path) -> None:
    with reading(shipped_case(tmp_path)) as (reader, _):
        heard = reader.press("?")
        assert "r: Rival accounts. Tells the claim beside those that stand against it" in heard
        assert "H: Competing hypotheses. Weighs explanations" in heard
