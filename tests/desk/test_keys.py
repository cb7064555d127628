"""Every key does what its help says, and the keys that mean harm elsewhere do nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.model.errors import UsageError
from reviewer.service.commands import BY_ID, COMMANDS, Mode
from reviewer.service.config import Config, config_path, load_config
from reviewer.service.keymap import key_label, keymap
from tests.casefile.making import claim
from tests.desk.cases import exercise, founding, made_of
from tests.desk.reader import Reader, at_desk

READ = [c for c in COMMANDS if c.mode is Mode.READ]

HOUSE = (
    *("verified", "partly verified", "unverified", "contested", "misleading"),
    *("false", "not checkable"),
)

STORIES: dict[str, tuple[str, tuple[str, ...], str]] = {
    # command: what is pressed before it, its keys, what then stands on the screen
    "claim.next": ("", ("j", "down"), "x-02 ["),
    "claim.previous": ("j", ("k", "up"), "x-01 ["),
    "claim.next_undecided": ("", (".",), "x-02 ["),
    "claim.first": ("jj", ("g", "home"), "x-01 ["),
    "claim.last": ("", ("G", "end"), "x-69"),
    "claim.back": ("jG", ("o",), "Back at x-02."),
    "claim.mark": ("", ("m",), "*x-01 ["),
    "queue.open": ("", ("a",), "Queue: 70 claims"),
    "queue.differing": ("", (), "Readers differ on no claim."),
    "queue.order": ("", ("A",), "The queue is contested first"),
    "queue.alike": ("", (), "like x-01"),
    "evidence.page_down": ("", ("space", "pagedown"), "The train was carrying stone"),
    "evidence.page_up": (" ", ("b", "pageup"), "At 04:40 this morning"),
    "evidence.line_down": ("", ("J",), "14 below"),
    "evidence.line_up": ("J", ("K",), "15 below"),
    "evidence.pane": ("", ("tab",), ">> CALL"),
    "excerpt.next": ("", ("l", "right"), "Excerpt 2 of 3: context"),
    "excerpt.previous": ("l", ("h", "left"), "Excerpt 1 of 3: refutes"),
    "evidence.pick": ("", ("T",), "Texts of the case: 16 statements and 9 recordings"),
    "evidence.more": ("--", ("+", "="), "segments before and after the excerpt"),
    "evidence.less": ("", ("-",), "segments before and after the excerpt"),
    "evidence.language": ("", ("L",), "The original alone"),
    **{
        f"verdict.{n}": ("", (str(n),), f"Recorded: verdict {label} on x-01")
        for n, label in enumerate(HOUSE, start=1)
    },
    "verdict.1": ("", ("1",), "verified rests on 1 origin (2 asked)."),
    "verdict.8": ("", ("8",), "scale has no verdict 8"),
    "verdict.9": ("", ("9",), "scale has no verdict 9"),
    "verdict.withdraw": ("3g", ("0",), "verdict on x-01 withdrawn"),
    "claim.set_aside": ("", ("s",), "x-01 set aside"),
    "note.write": ("", ("c",), " NOTE "),
    "note.editor": ("", ("e",), "Neither $VISUAL nor $EDITOR is set"),
    "act.undo": ("m", ("u",), "Undid: x-01 marked"),
    "act.redo": ("mu", ("U",), "Redid: x-01 marked"),
    "find.open": ("", ("/",), "find:"),
    "find.next": ("/", ("n",), "Hit "),
    "find.previous": ("/", ("N",), "Hit "),
    "search.open": ("", ("S",), "Search the case"),
    "likely.open": ("", ("p",), "Likely passages: not linked yet."),
    "filter.open": ("", ("f",), "filter:"),
    "filter.clear": ("f", ("F",), "The whole queue: 70 claims."),
    "select.start": ("", ("v",), " SELECT "),
    "excerpt.copy": ("", ("y",), "Quotation"),
    "excerpt.take_back": ("vs", (), "taken back"),
    "claim.history": ("", ("t",), "History of x-01"),
    "gaps.open": ("", ("Q",), "Not known of x-01: "),
    "card.grade": ("", (), "Claim and sources of x-01"),
    "card.facts": ("", (), "What is known of "),
    "evidence.card": ("", ("i",), "Claim and sources of x-01"),
    "layout.zoom": ("", ("z",), "This pane alone"),
    "layout.side": ("", ("w",), "Side by side"),
    "claim.reopen": ("3k", ("X",), "reopen:"),
    "claim.recheck": ("", ("W",), "again:"),
    "readings.ask": ("", ("R",), "asked for a second reading of x-01"),
    "readings.open": ("", ("D",), "Readers differ on no claim that you may see"),
    "sitting.summary": ("", ("M",), "This sitting"),
    "rivals.open": ("", ("r",), "Rival accounts"),
    "hypotheses.open": ("", ("H",), "Competing hypotheses"),
    "origins.open": ("", ("O",), "Origins of x-01"),
    "estimate.open": ("3k", ("P",), "off; reviewer method CASE --likelihood on"),
    "commands.open": ("", (":",), "Commands"),
    "keys.open": ("", ("?", "f1"), "  Keys"),
    "app.close": ("z", ("q",), "Both panes."),
    "app.step_back": ("z", ("escape",), "Both panes."),
    "app.redraw": ("", ("ctrl+l",), "x-01 ["),
    "app.suspend": ("", ("ctrl+z",), "x-01 ["),
    "app.interrupt": ("", ("ctrl+c",), "q leaves; everything recorded is saved."),
    "select.down": ("v", ("j", "down"), "The Harbour Office gives"),
    "select.up": ("vj", ("k", "up"), "At 04:40 this"),
    "select.right": ("v", ("l", "right"), '"At"'),
    "select.left": ("vll", ("h", "left"), '"At"'),
    "select.from_here": ("v", ("v",), "moving extends it"),
    "select.pane": ("v", ("tab",), ">> CALL"),
    "select.supports": ("v", ("s",), "Recorded: supports excerpt on x-01"),
    "select.refutes": ("v", ("r",), "Recorded: refutes excerpt on x-01"),
    "select.context": ("v", ("c",), "Recorded: context excerpt on x-01"),
    "select.leave": ("v", ("escape", "q"), "Nothing was selected."),
    "likely.down": ("p", ("j", "down"), "> TRANSLATION, statement s-upland-staff"),
    "likely.up": ("pj", ("k", "up"), "> statement s-commission-findings"),
    "likely.page_down": ("p", ("space", "pagedown"), "> PARAPHRASE, statement s-depot-watch"),
    "likely.page_up": ("p ", ("b", "pageup"), "> statement s-commission-findings"),
    "likely.go": ("p", ("enter",), "nothing links it to this claim yet"),
    "likely.supports": ("p", ("s",), "Recorded: supports excerpt on x-01"),
    "likely.refutes": ("p", ("r",), "Recorded: refutes excerpt on x-01"),
    "likely.context": ("p", ("c",), "Recorded: context excerpt on x-01"),
    "likely.refuse": ("p", ("x",), "Recorded: not offered again on x-01"),
    "likely.other": ("p", ("tab",), "Similar claims: nothing here is evidence."),
    "likely.undo": ("px", ("u",), "Undid: not offered again on x-01"),
    "likely.leave": ("p", ("q", "escape"), "x-01 ["),
    "history.down": ("cmt", ("j", "J", "down"), "second train"),
    "history.up": ("mctj", ("k", "K", "up"), "second train"),
    "history.page_down": ("cmt", ("space", "pagedown"), "second train"),
    "history.page_up": ("mctj", ("b", "pageup"), "second train"),
    "history.first": ("mctj", ("g", "home"), "second train"),
    "history.last": ("cmt", ("G", "end"), "second train"),
    "history.search": ("mt", ("/",), "search:"),
    "history.other": ("mt", ("tab",), "History of the case"),
    "history.whole": ("mt", ("enter",), "j/k line"),
    "history.go": ("mt", ("o",), "Back at x-01."),
    "history.undo": ("mt", ("u",), "Undid: x-01 marked"),
    "history.erase": ("mct", ("E",), "Erase its words for good"),
    "history.leave": ("mt", ("q", "escape", "t"), "Back at x-01."),
}
# The row of a note has the beginning of it; its end stands below where it is the chosen one.
TYPED = {
    "/": "the",
    "f": "tag:bridge",
    "c": "Ask the Harbour Office for the log of the second train",
}
PRESSED = [(id_, keys[0]) for id_, (_, keys, _) in STORIES.items() if keys]


def test_every_command_has_a_story_with_all_its_keys() -> None:
    assert {id_: keys for id_, (_, keys, _) in STORIES.items()} == {
        command.id: command.keys for command in COMMANDS
    }


@pytest.mark.parametrize(("id_", "key"), PRESSED)
async def test_a_key_does_what_its_help_says(tmp_path: Path, id_: str, key: str) -> None:
    before, _, then = STORIES[id_]
    async with at_desk(exercise(tmp_path)) as reader:
        await _prepare(reader, before)
        await reader.press(key)
        reader.sees(then)
        reader.misses("does nothing here")


async def test_every_command_is_found_by_its_name_and_given_by_enter(tmp_path: Path) -> None:
    async with at_desk(exercise(tmp_path)) as reader:
        await reader.press(":")
        for command in COMMANDS:
            await reader.paste(command.id)
            title = command.titled(reader.desk.session.scale)
            assert title in reader.screen[2], reader.picture(f"{command.id} is not the first")
            await reader.press("ctrl+u")
        await reader.paste("claim.last")
        await reader.press("enter")
        reader.is_on("x-69")
        await reader.press(":")
        await reader.paste("verdict.3")
        await reader.press("enter")
        assert reader.case.verdict_of("x-69") == "unverified"


def test_the_other_keys_of_a_command_give_it_too() -> None:
    for command in COMMANDS:
        for key in command.keys:
            assert keymap().command(command.mode, key) is command


async def _prepare(reader: Reader, keys: str) -> None:
    for key in keys:
        await reader.press("space" if key == " " else key)
        if key in TYPED:
            await reader.write(TYPED[key])


async def test_a_key_without_a_command_says_so_and_does_nothing(tmp_path: Path) -> None:
    config = Config(keyboard_aliases=False)
    async with at_desk(founding(tmp_path), config=config) as reader:
        before = reader.screen[:-2]
        for key in ("d", "x", "backspace", "enter", "V", "delete", "f5", "й", "ß"):
            await reader.press(key)
            reader.says(f"{key} does nothing here; ? lists the keys")
            assert reader.screen[:-2] == before
        assert reader.case.log() == []


async def test_the_keys_listed_are_the_keys_that_are_bound(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), size=(120, 60)) as reader:
        await reader.press("?")
        listed = reader.text
        await reader.press(*["pagedown"] * 3)
        listed += reader.text
        for command in COMMANDS:
            if command.keys:
                label = " ".join(map(key_label, command.keys[:2]))
                title = command.titled(reader.desk.session.scale)
                rows = [
                    line.strip().split("  ")[0] for line in listed.splitlines() if title in line
                ]
                assert label in rows, (label, title)


async def test_the_line_of_keys_names_keys_that_work(tmp_path: Path) -> None:
    for width in (60, 80, 120, 200):
        async with at_desk(founding(tmp_path), size=(width, 24)) as reader:
            line = reader.screen[-1]
            assert len(line) < width
            assert line.startswith("? keys  q leave")
            words = [part.split(" ", 1) for part in line.split("  ")]
            assert len(words) >= (6 if width < 80 else 8)
            for keys, _ in words:
                for key in keys.split("/") if keys != "/" else ["/"]:
                    assert reader.desk.keymap.command(Mode.READ, key), key


async def test_a_command_that_cannot_be_given_says_why(tmp_path: Path) -> None:
    path = made_of(tmp_path / "bare.case", claim("c-1"))
    async with at_desk(path) as reader:
        before = reader.screen[:-2]
        said = 0
        for command in READ:
            reason = command.disabled(reader.desk.reading.situation(finding=False))
            if reason and command.keys:
                await reader.press(command.keys[0])
                reader.says(f"{command.title}: {reason}.")
                assert reader.screen[:-2] == before
                said += 1
        assert said >= 18
        assert reader.case.log() == []


async def test_the_lists_say_what_cannot_be_given_and_why(tmp_path: Path) -> None:
    async with at_desk(made_of(tmp_path / "bare.case", claim("c-1"))) as reader:
        await reader.press(":")
        await reader.type("find.next")
        reader.sees("not now: nothing is being", "Not now: nothing is being looked for; / finds.")
        await reader.press("enter")
        reader.says("Next hit: nothing is being looked for; / finds.")


async def test_what_is_a_command_only_while_selecting_is_refused_while_reading(
    tmp_path: Path,
) -> None:
    selecting = [command for command in COMMANDS if command.mode is Mode.SELECT]
    async with at_desk(founding(tmp_path)) as reader:
        for command in selecting:
            await reader.press(":")
            await reader.paste(command.id)
            reader.sees("Not now: only while selecting; v begins.")
            await reader.press("enter")
            reader.says(f"{command.title}: only while selecting; v begins.")
        assert reader.case.log() == []
        for command in (c for c in COMMANDS if c.mode is Mode.LIKELY):
            await reader.press(":")
            await reader.paste(command.id)
            await reader.press("enter")
            reader.says(f"{command.title}: only in the likely passages; p begins.")
        for command in (c for c in COMMANDS if c.mode is Mode.HISTORY):
            await reader.press(":")
            await reader.paste(command.id)
            await reader.press("enter")
            reader.says(f"{command.title}: only in the history; t begins.")
        assert reader.case.log() == []
        await reader.press("?")
        await reader.type("select.supports")
        reader.sees("Supports", "not now: only while selecting")


# Other alphabets on the same keys


LIES_ON = {
    "о": "c-15",  # Russian and Ukrainian j
    "ξ": "c-15",  # Greek j
    "ח": "c-15",  # Hebrew j
    "ت": "c-15",  # Arabic j
    "ю": "c-15",  # Russian full stop
    "П": "c-10",  # Russian G
    "Γ": "c-10",  # Greek G
}


async def test_a_key_works_by_what_lies_on_it_in_another_alphabet(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        for key, claim_then in LIES_ON.items():
            await reader.press(key)
            reader.is_on(claim_then)
            await reader.press("g")


async def test_small_and_capital_letters_of_another_alphabet_stay_apart(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("о", "л")
        reader.is_on("c-01")
        await reader.press("ь")
        reader.sees("*c-01")
        await reader.press("г")
        reader.misses("*c-01")
        await reader.press("Г")
        reader.sees("*c-01")
        await reader.press("м", "с")
        reader.says("Recorded: context excerpt on c-01")
        assert len(reader.case.own_excerpts("c-01")) == 1


async def test_other_alphabets_are_text_where_text_is_written(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("с")
        assert reader.mode == "NOTE"
        await reader.write("одна сторона")
        assert reader.case.note_of("c-01") == "одна сторона"


async def test_the_aliases_can_be_turned_off(tmp_path: Path) -> None:
    config = Config(keyboard_aliases=False)
    async with at_desk(founding(tmp_path), config=config) as reader:
        await reader.press("о")
        reader.is_on("c-01")
        reader.says("о does nothing here")


# A reader's own keys


def settings(text: str) -> Config:
    path = config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return load_config()


async def test_keys_are_changed_in_the_settings_and_everything_names_the_new_ones(
    tmp_path: Path,
) -> None:
    config = settings(
        '[keys]\n"claim.next" = ["n", "down"]\n"find.next" = ["j"]\n"act.undo" = ["ctrl+u"]\n'
    )
    async with at_desk(founding(tmp_path), config=config) as reader:
        reader.sees("n/k claim", "ctrl+u undo")
        await reader.press("n")
        reader.is_on("c-15")
        await reader.press("j")
        reader.says("Next hit: nothing is being looked for")
        await reader.press("3")
        reader.says("ctrl+u undoes.")
        await reader.press("u")
        reader.says("u does nothing here")
        assert reader.case.verdict_of("c-15") == "unverified"
        await reader.press("ctrl+u")
        assert reader.case.verdict_of("c-15") == ""
        await reader.press("?")
        reader.sees("n down")


async def test_a_command_may_have_no_key_and_is_then_given_by_its_name(tmp_path: Path) -> None:
    config = settings('[keys]\n"act.undo" = []\n')
    async with at_desk(founding(tmp_path), config=config) as reader:
        await reader.press("3")
        reader.says(":act.undo undoes.")
        await reader.press(":")
        await reader.write("act.undo")
        assert reader.case.verdict_of("c-01") == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[keys]\n"claim.nxt" = ["j"]', ("there is no command 'claim.nxt'", "claim.next?")),
        ('[keys]\n"claim.next" = ["k"]', ("'k' is given to both", "claim.next", "claim.previous")),
        ('[keys]\n"claim.next" = ["spce"]', ("'spce' for claim.next is not a key", "space?")),
        ('[keys]\n"claim.next" = ["ctrl+m"]', ("'ctrl+m' cannot be given", "as enter")),
        ('[keys]\n"claim.next" = ["enter"]', ("'enter' cannot be given", "while reading")),
        ('[keys]\n"claim.next" = "j"', ("keys.claim.next", "list")),
        ('[kyes]\n"claim.next" = ["j"]', ("there is no setting 'kyes'", "keys")),
        ("keys = [", ("not valid TOML",)),
        ("mouse = 3", ("'mouse'",)),
    ],
)
def test_a_mistake_in_the_settings_is_named_with_its_file(
    text: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(UsageError) as caught:
        settings(text)
    for some in ("config.toml", *words):
        assert some in caught.value.sentence, caught.value.sentence


def test_no_key_of_the_table_is_one_that_a_terminal_cannot_tell() -> None:
    never = {"ctrl+m", "ctrl+i", "ctrl+h", "ctrl+j", "ctrl+a", "ctrl+b", "ctrl+s", "ctrl+q"}
    for command in COMMANDS:
        assert not never & set(command.keys), command.id
        assert not [key for key in command.keys if key.startswith("alt+")], command.id
    for mode in Mode:
        keys = [key for command in COMMANDS if command.mode is mode for key in command.keys]
        assert len(keys) == len(set(keys)), "one key, one command"


def test_a_key_has_one_meaning_in_every_mode_where_it_moves() -> None:
    same = {"claim.next": "select.down", "claim.previous": "select.up"}
    same |= {"excerpt.next": "select.right", "excerpt.previous": "select.left"}
    same |= {"evidence.pane": "select.pane"}
    for read, select in same.items():
        assert BY_ID[read].keys == BY_ID[select].keys
    assert keymap().command(Mode.SELECT, "j") is BY_ID["select.down"]
