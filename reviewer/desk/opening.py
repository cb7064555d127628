"""Opening the desk: the first frame, and only then Textual and the desk that goes on with it."""

from __future__ import annotations

import gc
import os

from reviewer.desk import first
from reviewer.desk.painter import Painter
from reviewer.desk.reading import Reading
from reviewer.service.keymap import keymap
from reviewer.service.places import Places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reviewer.desk.terminal import Terminal
    from reviewer.service.config import Config
    from reviewer.service.places import Place
    from reviewer.service.session import Session


def run_desk(session: Session, terminal: Terminal, *, filter_text: str, config: Config) -> int:
    """Open the desk on the terminal until the reader leaves.

    Args:
        session: the open case; it is not closed here.
        terminal: taken already.
        filter_text: a filter to begin with, instead of the one left in force.
        config: the reader's settings.

    Returns:
        The exit code: 0, or 1 where the desk failed.

    Raises:
        ReviewerError: a filter or a keymap that cannot be understood.
    """
    # What is made until the desk is up stays: looking through it for garbage only takes time.
    gc.disable()
    painter = painter_of(session, filter_text, config)
    shown = first.show(painter, terminal, os.environ)
    terminal.watch()
    from reviewer.desk.app import run_app

    return run_app(painter, terminal, shown, mouse=config.mouse)


def painter_of(session: Session, filter_text: str, config: Config) -> Painter:
    """A painter of the desk where the reader left, or at the beginning.

    Raises:
        ReviewerError: a filter or a keymap that cannot be understood.
    """
    keys = keymap(config.keys, aliases=config.keyboard_aliases, where=config.where)
    reading = Reading(session, Places(session.about.id, session.reader))
    place = reading.resume(reading.places.place(), filter_text)
    return Painter(reading, keys, _greeting(reading, place), place)


def _greeting(reading: Reading, place: Place | None) -> str:
    about = reading.session.about
    if reading.view is None:
        return "? lists the keys, q leaves."
    where = f"Back at {reading.claim}, where you left. " if place else ""
    fiction = "A fictional exercise. " if about.exercise else ""
    readonly = "Read-only: nothing can be recorded. " if reading.session.readonly else ""
    disk = reading.session.foreign_disk
    shared = f"On {disk}: let no second host write here. " if disk else ""
    due = f"{n} due for another look: f due:yes. " if (n := reading.session.count_due()) else ""
    room = f"{little} " if (little := reading.session.little_room()) else ""
    # One row at 80 columns: a second one would be taken from the evidence.
    said = f"{room}{fiction}{readonly}{shared}{where}{due}"
    digits = "" if said else "A digit gives a verdict, "
    return f"{said}{digits}? lists the keys, q leaves."
