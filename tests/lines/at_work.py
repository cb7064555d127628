"""A reader at the plain front end: keys go in, lines come out, in one process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from reviewer.casefile import batch
from reviewer.casefile.arrivals import Outcome
from reviewer.casefile.case import CaseFile
from reviewer.lines.base import Means
from reviewer.lines.front import Front
from reviewer.lines.typing_in import Typing
from reviewer.model.records import Record
from reviewer.service.importing import import_files
from reviewer.service.keymap import keymap
from reviewer.service.places import Places
from reviewer.service.session import Session
from reviewer.shipped import shipped


@cache
def _shipped(name: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.case"
        with CaseFile.create(path, title="") as case:
            assert import_files(case, [shipped(f"fixtures/{name}")]).refused == []
        return path.read_bytes()


def shipped_case(folder: Path, name: str = "gerasimov") -> Path:
    path = folder / f"{name}.case"
    path.write_bytes(_shipped(name))
    return path


def case_of(path: Path, *records: Record) -> Path:
    with CaseFile.create(path, title="A case") as case:
        fates, _ = batch.take_in(case, records)
        assert all(isinstance(fate, Outcome) for fate in fates), fates
    return path


class Reader:
    """Presses keys and hears what is said."""

    def __init__(self, session: Session, *, width: int = 0) -> None:
        self.session = session
        self.keys: deque[str] = deque()
        self.out: list[str] = []
        self.on_say: Callable[[str], None] = lambda _: None
        places = Places(session.about.id, session.reader)
        ask = Typing(self._key, self.out.append, width)
        means = Means(self._key, self._say, ask, nullcontext, width)
        self.front = Front(session, places, keymap(), means)

    def _key(self) -> str:
        return self.keys.popleft() if self.keys else ""

    def _say(self, line: str) -> None:
        assert "\n" not in line
        self.out.append(f"{line}\n")
        self.on_say(line)

    def begin(self, filter_text: str = "") -> str:
        return self._heard(lambda: self.front.review(filter_text))

    def press(self, *keys: str) -> str:
        """Press keys; what was said since. A longer word that is no key is typed."""

        def pressing() -> None:
            self.keys.extend(keys)
            while self.keys:
                self.front.press(self._key())

        return self._heard(pressing)

    def _heard(self, work: Callable[[], object]) -> str:
        begin = len(self.out)
        work()
        return "".join(self.out[begin:])


@contextmanager
def reading(
    path: Path, name: str = "ada", *, readonly: bool = False, width: int = 0, filter_text: str = ""
) -> Iterator[tuple[Reader, str]]:
    """A reader who has begun, and what they heard."""
    with Session.open(path, name, readonly=readonly) as session:
        reader = Reader(session, width=width)
        yield reader, reader.begin(filter_text)
