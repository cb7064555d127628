"""`redact`: the words of a note or a name, erased for good."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer.cli.options import case_argument, json_option, opened, reader_option, words
from reviewer.cli.out import command, emit, say
from reviewer.model.errors import UsageError

if TYPE_CHECKING:
    from reviewer.casefile.erasing import Erasure
    from reviewer.service.session import Session


@click.command()
@case_argument
@click.argument("entry", type=words)
@click.option(
    "--why", metavar="TEXT", default="", type=words, help="The reason; name nobody in it."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@reader_option
@json_option
def redact(case: Path, entry: str, why: str, yes: bool, reader: str, as_json: bool) -> int:
    """Erase the words of ENTRY for good: a note, a name.

    ENTRY is the beginning of an id as `log` shows it. The entry stays and says who erased its
    words; they go from the case file, its index and coming merges. Copies, backups and exports
    made before keep them.
    """
    with opened(case, reader) as session:
        line = session.logged(entry)
        if not yes and not _agreed(line.reader, line.sentence):
            say("Nothing was erased.")
            return 1
        erasure = session.redact(line.id, why)
        if as_json:
            emit(
                {
                    "id": line.id,
                    "redactions": [one.id for one in erasure.redactions],
                    "others": erasure.others,
                    "wiped": erasure.wiped,
                }
            )
            return 0
        _tell(session, erasure)
    return 0


def _agreed(whose: str, sentence: str) -> bool:
    from reviewer.lines.parts import one_line

    say(one_line(f"{whose}: {sentence}"))
    try:
        return click.confirm("Erase these words for good? This cannot be undone.", default=False)
    except click.Abort:
        raise UsageError(
            "Nobody was there to ask, and nothing was erased; --yes erases without asking."
        ) from None


def _tell(session: "Session", erasure: "Erasure") -> None:
    from reviewer.casefile.erasing import part_of
    from reviewer.lines.parts import one_line

    path, target = session.case.path, erasure.target
    count = len(erasure.redactions)
    if count:
        places = f", which stood in {count} entries" if count > 1 else ""
        say(f"Erased for good: the {part_of(target)} of entry {target.id[:12]}{places}.")
    else:
        say(one_line(f"Erased already, {target.erased}; the file was wiped once more."))
    if not erasure.wiped:
        say("Another program is reading the file, and copies of the words may be left in it.")
        say("Close that program and say the same again.")
    if erasure.others:
        notes = "note" if erasure.others == 1 else "notes"
        say(f"{erasure.others} other {notes} of this reader stand on the record of {target.claim}:")
        say(f"  {command('log', path, '--claim', target.claim)}")
    say("Copies, backups and exports made before still hold the words.")
