"""`new`: an empty case file."""

from pathlib import Path

import click

from reviewer.cli.options import PATH, case_argument, json_option, words
from reviewer.cli.out import command, emit, say


@click.command()
@case_argument
@click.option("--title", metavar="T", default="", type=words, help="What the case is about.")
@click.option(
    "--scale",
    "scale_file",
    metavar="FILE",
    type=PATH,
    help="Verdict values of your own: a TOML file of [[value]] tables; else the house scale.",
)
@click.option(
    "--origins",
    metavar="N",
    type=click.IntRange(0, 9),
    default=2,
    show_default=True,
    help="So many independent origins 'verified' is to rest on, or a reason is asked; 0: none.",
)
@json_option
def new(case: Path, title: str, scale_file: Path | None, origins: int, as_json: bool) -> None:
    """Make an empty case file."""
    from reviewer.casefile.case import CaseFile
    from reviewer.model.scale import HOUSE
    from reviewer.service import known

    scale = HOUSE
    if scale_file is not None:
        from reviewer.readers.scale import read_scale

        scale = read_scale(scale_file)
    title = title.strip() or case.stem
    with CaseFile.create(case, title=title, scale=scale, origins=origins) as made:
        known.remember(made)
    if as_json:
        values = [value.value for value in scale.values]
        emit({"case": str(case), "title": title, "scale": values, "origins": origins})
        return
    say(f"Made {case}: {title}")
    say(f"To bring evidence in: {command('import', case)} FILE...")
