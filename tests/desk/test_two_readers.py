"""The story of method: two readers in two homes, from the first excerpt to the report of May.

Both work from the keyboard on a copy of the founding case of their own, and exchange bundles by
file. What each recorded is looked at with the program's own commands in between.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from reviewer.casefile.engine import sqlite3
from tests.desk.in_terminal import ROOT, environment, program, shown, start
from tests.terminal import Terminal

MAY = ROOT / "fixtures" / "gerasimov" / "later" / "2022-05.toml"


class Laptop:
    """A home with a copy of the case in it, and its reader."""

    def __init__(self, folder: Path, reader: str) -> None:
        self.home = folder / reader
        self.home.mkdir()
        self.case = self.home / "gerasimov.case"
        self.reader = reader

    def run(self, *args: object, code: int = 0) -> str:
        done = subprocess.run(
            program(*map(str, args)),
            env=environment(self.home, PATH="/usr/bin:/bin", TZ="UTC"),
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def desk(self, *args: str) -> Terminal:
        return start(self.home, "review", str(self.case), "--as", self.reader, *args)

    def shows(self) -> dict[str, Any]:
        return shown(self.home, self.case, "c-01")

    def give(self, other: Laptop) -> None:
        """Hand a bundle over by file."""
        bundle = self.home / f"to-{other.reader}.bundle"
        bundle.unlink(missing_ok=True)
        self.run("bundle", self.case, bundle)
        other.run("merge", other.case, bundle)


def says(term: Terminal, sentence: str) -> None:
    """Wait for a sentence that the status line may break."""
    term.wait_for(lambda term: sentence in " ".join(term.text.split()), why=sentence)


def leave(term: Terminal) -> None:
    term.press("q")
    term.wait_for(lambda term: not term.on_alternate_screen)


@pytest.fixture
def laptops(tmp_path: Path) -> tuple[Laptop, Laptop]:
    ada, borys = Laptop(tmp_path, "ada"), Laptop(tmp_path, "borys")
    ada.run("new", ada.case, "--title", "The reported death", "--origins", "2")
    ada.run("import", ada.case, *sorted((ROOT / "fixtures" / "gerasimov").glob("*.toml")))
    ada.run("method", ada.case, "--readings", "2", "--as", "ada")
    shutil.copyfile(ada.case, borys.case)
    return ada, borys


def test_two_readers_judge_blind_settle_and_judge_anew(laptops: tuple[Laptop, Laptop]) -> None:
    ada, borys = laptops

    # Ada links what the call says, is refused "verified" without a reason, and judges.
    with ada.desk() as term:
        term.wait_for("c-01 [")
        term.press("tab")
        term.wait_for(">> CALL 1/2")
        term.press("v")
        term.wait_for(" SELECT ")
        term.press("j", "j")
        term.wait_for('SELECT  "In press accounts')
        term.press("s")
        term.wait_for("Recorded: supports excerpt on c-01")
        term.wait_for("supported by 4 excerpts, 1 origin")
        term.press("1")
        says(term, "verified rests on 1 origin (2 asked). Why all the same?")
        term.press("esc")
        term.wait_for("Nothing was recorded.")
        term.press("c")
        term.wait_for(" NOTE ")
        term.type("The calls name him.")
        term.press("enter")
        term.wait_for("Recorded: note on c-01")
        term.press("2")
        says(term, "It waits for another reader.")
        leave(term)

    # Borys has her work in his file, and sees her excerpt without its stance, and nothing else.
    ada.give(borys)
    assert borys.shows()["verdicts"] == []
    assert "'ada'" not in str(borys.shows())
    assert "The calls name him." not in str(borys.shows())
    with borys.desk() as term:
        term.wait_for("c-01 [")
        assert "The calls name him." not in term.text
        assert "partly verified]" not in term.text
        term.press("c")
        term.wait_for(" NOTE ")
        term.type("One origin, no independent word.")
        term.press("enter")
        term.wait_for("Recorded: note on c-01")
        term.press("3")
        says(term, "Now both readings are in; D shows them.")
        term.press("k")
        says(term, "ada: partly verified, The calls name him.")
        leave(term)

    # They differ; Ada settles it, and the dissent is kept.
    borys.give(ada)
    with ada.desk() as term:
        term.wait_for("? lists the keys")
        term.press("D")
        term.wait_for("Readings of c-01, 1 of 1")
        assert "The calls name him." in term.text
        assert "One origin, no independent word." in term.text
        assert term.text.count("read blind") == 2
        term.press("3")
        term.wait_for("why unverified:")
        term.type("Nobody but GUR says so.")
        term.press("enter")
        says(term, "c-01 adjudicated: unverified, with a reason")
        term.press("q")
        term.wait_for("reader ada")
        leave(term)
    assert ada.shows()["claim"]["state"] == "adjudicated"
    dossier = ada.home / "march.md"
    ada.run("export", ada.case, "--format", "markdown", dossier)
    said = dossier.read_text(encoding="utf-8")
    assert "Adjudicated: unverified" in said
    assert "dissent: ada (partly verified)" in said

    # In May he is shown alive: what was judged is stale, is judged anew, and both are told.
    ada.run("import", ada.case, MAY)
    assert "state-media-2022-05-23 is new" in str(ada.shows()["verdicts"])
    with ada.desk() as term:
        term.wait_for("? lists the keys")
        term.press("g")
        term.wait_for(" STALE ")
        term.press("4")
        term.wait_for("Recorded: verdict contested on c-01")
        leave(term)
    ada.give(borys)
    with borys.desk() as term:
        term.wait_for("? lists the keys")
        term.press("g")
        term.wait_for(" STALE ")
        term.press("4")
        term.wait_for("Recorded: verdict contested on c-01")
        leave(term)
    borys.give(ada)
    for laptop in laptops:
        claim = laptop.shows()
        assert {v["value"] for v in claim["verdicts"] if v["standing"]} == {"contested"}
        assert claim["claim"]["state"] == "decided"
    dossier = ada.home / "may.md"
    ada.run("export", ada.case, "--format", "markdown", dossier)
    said = dossier.read_text(encoding="utf-8")
    assert "Verdict: contested" in said
    assert "Earlier verdicts, withdrawn or replaced" in said
    assert "2 texts are new: pravda-2022-05-24, state-media-2022-05-23." in said

    # Everything proves itself, until a byte of the second call is changed.
    ada.run("verify", ada.case)
    con = sqlite3.connect(ada.case)
    con.execute("DROP TRIGGER segment_unchanged")
    con.execute(
        "UPDATE segment SET text = replace(text, 'killed', 'killes') WHERE recording = 'call-2'"
    )
    con.execute(
        "CREATE TRIGGER segment_unchanged BEFORE UPDATE ON segment\n"
        "  BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END"
    )
    con.commit()
    con.close()
    found = ada.run("verify", ada.case, code=1)
    assert "call-2" in found
