"""What a format is: its name for `--format`, how it is recognised, how it is read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reviewer.readers.given import Given
from reviewer.readers.row import Row


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    `recognises` looks at the content and may look at the name; it never raises. `read` gives
    the rows, what a record refers to before it, and raises UnreadableError where the file is
    broken as a whole.
    """

    name: str
    title: str
    recognises: Callable[[Given], bool]
    read: Callable[[Given], Iterator[Row]]
