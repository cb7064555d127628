"""What an engine's reader is: how its JSON is recognised, and how a transcript is made of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from reviewer.model.errors import UnreadableError
from reviewer.readers.format import Format
from reviewer.readers.given import Given
from reviewer.readers.row import Row
from reviewer.readers.transcript import Transcript, rows


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine. `fits` takes any JSON and never raises; `parse` takes what fits.

    `voices` says how speakers are known of whom the file says nothing else.
    """

    name: str
    title: str
    fits: Callable[[object], bool]
    parse: Callable[[object], Transcript]
    voices: str = "told apart by the machine"


def format_of(engine: Engine) -> Format:
    """The engine as a format of the registry."""
    return Format(
        engine.name,
        engine.title,
        lambda given: engine.fits(given.parsed),
        partial(_read, engine),
    )


def _read(engine: Engine, given: Given) -> Iterator[Row]:
    value = given.json() if given.parsed is None else given.parsed
    if not engine.fits(value):
        raise UnreadableError(f"not {engine.title}; its keys are others.")
    found = engine.parse(value)
    if not found.cues and not found.refused:
        given.remarks.append("it holds no words: no speech was heard.")
        yield Row("the whole file", given.path.name, passed_over=True)
        return
    for voice in dict.fromkeys(cue.speaker for cue in found.cues if cue.speaker):
        found.speakers.setdefault(voice, ("", engine.voices))
    yield from rows(given, found)
