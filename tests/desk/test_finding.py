"""Finding words in the texts, and filtering the queue."""

from __future__ import annotations

from pathlib import Path

from reviewer.service.session import Session
from tests.casefile.making import claim, recording, source, statement
from tests.desk.cases import founding, made_of
from tests.desk.reader import Reader, at_desk


async def test_slash_finds_in_both_panes(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("n")
        reader.says("Next hit: nothing is being looked for; / finds.")
        await reader.press("/")
        assert reader.mode == "FIND"
        await reader.type("ENCRYPT")
        reader.says("1 hit")
        await reader.type("ed c")
        reader.sees("find: ENCRYPTed c")
        await reader.press("backspace", "backspace", "enter")
        assert reader.mode == "READ"
        reader.says("Hit 1 of 1; n and N step, esc ends.")
        reader.sees("encrypted communications")
        assert reader.style_of("encrypted").reverse
        assert reader.pane("recording")[0].startswith(">>"), "the pane of the hit scrolls now"


async def test_the_hits_go_round_and_esc_forgets_them(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("/")
        await reader.write("reported")
        total = int(reader.status.split(" of ")[1].split(";")[0])
        assert total >= 4
        panes = []
        for n in range(1, total + 1):
            reader.says(f"Hit {n} of {total};")
            panes.append(reader.desk.reading.pane)
            await reader.press("n")
        reader.says(f"Hit 1 of {total};")
        await reader.press("N")
        reader.says(f"Hit {total} of {total};")
        assert panes == sorted(panes, reverse=True), "the statement's hits, then the call's"
        await reader.press("esc")
        reader.says("Nothing is looked for now.")
        await reader.press("N")
        reader.says("Previous hit: nothing is being looked for; / finds.")


async def test_what_stands_nowhere_is_said(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("/")
        await reader.type("zeppelin")
        reader.says("'zeppelin' does not stand in the 2 of 9 texts shown here")
        await reader.press("enter")
        reader.says("'zeppelin' does not stand in the 2 of 9 texts shown here")
        assert reader.mode == "READ"


async def test_esc_leaves_a_find_as_it_was_before(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("/")
        await reader.write("killed")
        first = reader.status
        await reader.press("/")
        await reader.type("nothing")
        await reader.press("esc")
        assert reader.mode == "READ"
        await reader.press("n", "N")
        assert reader.status.partition(" of ")[2] == first.partition(" of ")[2]


async def test_words_that_are_a_pattern_elsewhere_are_words_here(tmp_path: Path) -> None:
    path = made_of(
        tmp_path / "a.case",
        source(),
        statement(text="It cost (roughly) $5.00 [inaudible] a*b."),
        claim("c-1", statements=["gur-7-march"]),
    )
    async with at_desk(path) as reader:
        for words in ("(roughly", "[inaudible]", "$5.0", "a*b"):
            await reader.press("/")
            await reader.write(words)
            reader.says("Hit 1 of 1;")
            assert reader.style_of(words).reverse


async def test_a_hit_far_down_is_brought_to_the_screen(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("/")
        await reader.write("no proof beside")
        reader.sees("no proof beside")


async def test_f_filters_and_the_claim_is_the_first_of_it(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("f")
        assert reader.mode == "FILTER"
        await reader.type("tag:casualties")
        reader.says("2 of 16 claims")
        reader.is_on("c-01")
        await reader.press("enter")
        reader.is_on("c-13")
        reader.says("2 claims; went to c-13, o goes back.")
        reader.sees("filter tag:casualties: 2")
        await reader.press("k")
        reader.says("This is the first claim of the filter.")
        await reader.press("j")
        reader.is_on("c-14")
        await reader.press("j")
        reader.says("This is the last claim of the filter.")
        await reader.press("o")
        reader.is_on("c-01")
        reader.sees("filter tag:casualties: 2, not this one")


async def test_clearing_the_filter_stays_on_the_claim(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("F")
        reader.says("Clear the filter: no filter is set; f sets one.")
        await _filter(reader, "tag:casualties")
        await reader.press("F")
        reader.says("The whole queue: 16 claims.")
        reader.is_on("c-13")
        reader.misses("filter tag:casualties")
        await reader.press("k")
        reader.is_on("c-16")


async def test_a_claim_that_is_in_the_filter_stays_on_the_screen(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("G", "k")
        reader.is_on("c-12")
        await _filter(reader, "tag:death")
        reader.is_on("c-12")
        reader.misses("went to")


async def test_a_verdict_goes_on_within_the_filter(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await _filter(reader, "tag:casualties")
        await reader.press("4")
        reader.is_on("c-14")
        await reader.press("4")
        reader.is_on("c-14")
        reader.says("verdict contested on c-14", "None left in this filter; F shows 14 more.")
        verdicts = [reader.case.verdict_of(claim) for claim in ("c-13", "c-14")]
        assert verdicts == ["contested", "contested"]


async def test_a_claim_that_leaves_the_filter_by_its_verdict_stays_until_one_moves(
    tmp_path: Path,
) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await _filter(reader, "state:undecided tag:casualties")
        await reader.press("j", "m", "k", "4")
        reader.is_on("c-14")
        reader.sees("filter state:undecided tag:casualties: 1")
        await reader.press("4")
        reader.is_on("c-14")
        reader.sees("filter state:undecided tag:casualties: 0")


async def test_a_mistake_in_a_filter_is_named_and_can_be_mended(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("f")
        await reader.write("tagg:casualties")
        assert reader.mode == "FILTER"
        reader.says("no 'tagg' to filter by", "Did you mean tag:")
        reader.sees("filter: tagg:casualties")
        await reader.press("end", *["backspace"] * len("g:casualties"))
        await reader.write(":casualties")
        assert reader.mode == "READ"
        reader.is_on("c-13")


async def test_esc_leaves_the_filter_as_it_was(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await _filter(reader, "tag:casualties")
        await reader.press("f")
        await reader.type("tag:death")
        await reader.press("esc")
        reader.is_on("c-13")
        reader.sees("filter tag:casualties: 2")
        assert reader.mode == "READ"


async def test_typing_replaces_the_old_filter_and_an_arrow_goes_on_from_it(
    tmp_path: Path,
) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await _filter(reader, "tag:casualties")
        await _filter(reader, "tag:death")
        reader.sees("filter tag:death:")
        await reader.press("f", "end")
        await reader.write(" -tag:place")
        reader.sees("filter tag:death -tag:place:")


async def test_an_empty_filter_shows_everything(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await _filter(reader, "tag:casualties")
        await reader.press("f", "backspace", "enter")
        reader.says("16 claims.")
        reader.misses("filter ")


async def test_a_filter_finds_by_everything_that_its_line_names(tmp_path: Path) -> None:
    path = founding(tmp_path)
    with Session.open(path, "ada") as session:
        without = sum("death" not in session.view(r.id).claim.tags for r in session.rows())
    async with at_desk(path) as reader:
        await reader.press("3")
        for words, claims in {
            "verdict:unverified": 1,
            "state:undecided": 15,
            'claimant:"radio free europe"': 2,
            "sukhovetsky": 2,
            "-tag:death": without,
            "id:c-10": 1,
            "tag:casualties tag:death": 0,
        }.items():
            await _filter(reader, words)
            said = "No claim matches" if claims == 0 else f"{claims} claim"
            assert said in reader.status, (words, reader.status)


async def test_the_queue_beside_the_texts_follows_the_filter(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path), size=(120, 40)) as reader:
        reader.sees("c-15  When")
        await _filter(reader, "tag:casualties")
        rows = [row for row in reader.screen[1:9] if row.strip()]
        assert [row.split()[-99 if row.startswith(">") else 0] for row in rows[1:]] == ["c-14"]
        assert rows[0].startswith(">   c-13")
        assert len(rows) == 2


async def test_a_find_stays_while_one_scrolls_and_ends_with_the_claim(tmp_path: Path) -> None:
    path = made_of(
        tmp_path / "a.case",
        source(),
        statement(),
        recording(),
        claim("c-1", statements=["gur-7-march"], recordings=["call-1"]),
        claim("c-2", statements=["gur-7-march"]),
    )
    async with at_desk(path) as reader:
        await reader.press("/")
        await reader.write("officers")
        assert reader.style_of("officers").reverse
        await reader.press("j")
        reader.is_on("c-2")
        assert not reader.style_of("officers").reverse


async def _filter(reader: Reader, words: str) -> None:
    await reader.press("f")
    await reader.write(words)


async def test_what_was_found_is_where_a_selection_begins(tmp_path: Path) -> None:
    async with at_desk(founding(tmp_path)) as reader:
        await reader.press("tab", "/")
        await reader.write("lament")
        await reader.press("enter", "v", "s")
        (link,) = [entry for entry in reader.case.log() if "excerpt" in entry.sentence]
        assert "lament the death" in link.words
