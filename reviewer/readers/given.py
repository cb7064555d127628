"""A file that is being read: its bytes, its text, its lines, within bounds.

Opened once and looked through once before anything is taken from it: its hash, its encoding,
its longest line. A file that changes afterwards is refused.
"""

import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Self

from reviewer.model.errors import UnreadableError
from reviewer.readers import encoding as encodings
from reviewer.readers.encoding import Encoding
from reviewer.readers.json_value import TooDeepError, TooManyError, value_of
from reviewer.readers.packed import refuse_packed
from reviewer.readers.survey import survey
from reviewer.readers.wishes import Wishes

PIECE = 1 << 20
WHOLE = 64 * 1024 * 1024
"""The largest file of a format that cannot be read piece by piece."""
LONGEST_LINE = 16 * 1024 * 1024
MOST_LINES = 300_000
"""So many lines a text may have that is read whole: a hundred hours of subtitles."""
HEAD = 64 * 1024
TOO_DEEP = "nested too deep for a file of evidence."
SIDE = re.compile(r"\.refused(-\d+)?\Z")
LINE_END = re.compile(r"\r\n|\n|\r")


class Given:
    """One file. Use `Given.open` as a context manager.

    A reader may say in `remarks` what it understood (which column is the claim, say); an
    import prints them.
    """

    def __init__(self, path: Path, file: BinaryIO, wishes: Wishes) -> None:
        self.path = path
        self.wishes = wishes
        self.remarks: list[str] = []
        self.json_error: UnreadableError | None = None
        self._file = file
        self._state = _state(file)
        self.size = self._state.st_size
        refuse_packed(self.head)
        self.survey = survey(self._pieces())

    @classmethod
    def open(cls, path: Path, wishes: Wishes | None = None) -> Self:
        """Open an ordinary file.

        Raises:
            UnreadableError: no such file, not an ordinary one, packed, or it cannot be read.
            UsageError: the encoding that was asked for is none.
        """
        wishes = wishes or Wishes()
        if wishes.encoding:
            encodings.named(wishes.encoding)
        try:
            # A FIFO would wait for its writer for ever.
            handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError as error:
            raise UnreadableError("there is no such file.") from error
        except OSError as error:
            raise UnreadableError(f"cannot be read ({error.strerror}).") from error
        file = os.fdopen(handle, "rb", buffering=PIECE) if _ordinary(handle) else None
        if file is None:
            os.close(handle)
            raise UnreadableError("not an ordinary file.")
        try:
            return cls(path, file, wishes)
        except OSError as error:
            file.close()
            raise UnreadableError(f"cannot be read ({error.strerror}).") from error
        except BaseException:
            file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def collection(self) -> str:
        """What comes from one place: as was asked, the folder, the name without endings."""
        return self.wishes.collection or self.wishes.folder or collection_of(self.path)

    @property
    def own_id(self) -> str:
        """The id of a text that is the whole file, apart from others of its collection."""
        name = self.wishes.within or collection_of(self.path)
        return name if name == self.collection else f"{self.collection}/{name}"

    @property
    def rows_id(self) -> str:
        """What stands before the ids of a file's rows.

        Each list of a folder numbers its own rows; files of one object each share a numbering.
        """
        alone = isinstance(self.parsed, dict) and not any(map(_is_list, self.parsed.values()))
        return self.own_id if self.wishes.folder and not alone else self.collection

    @property
    def ending(self) -> str:
        """What its name ends with, in small letters, without the dot: `srt`."""
        return SIDE.sub("", self.path.suffix.lower().removeprefix("."))

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB."""
        self._file.seek(0)
        return self._file.read(HEAD)

    @cached_property
    def encoding(self) -> Encoding:
        """The encoding that is taken: as was asked, as marked, UTF-8, or a guess."""
        found = self._asked() if self.wishes.encoding else self._found()
        if found.doubt or (found.name == "utf-8" and not self.survey.utf8.bad):
            return found
        wrong = encodings.wrong_places(self._pieces(), found)
        return replace(found, doubt=encodings.not_in(found.name, wrong)) if wrong else found

    def _found(self) -> Encoding:
        found = encodings.marked(self.head) or encodings.unmarked_wide(self.head)
        return found or encodings.chosen(
            self.head, self.survey.sample, self.survey.utf8, self.wishes.language
        )

    def _asked(self) -> Encoding:
        """The encoding that a person asked for; a doubt where the bytes speak against it."""
        asked = encodings.named(self.wishes.encoding)
        mark = encodings.marked(self.head)
        family = asked.name.replace("-sig", "").replace("_", "-")
        if mark is not None and family in mark.name:
            return mark
        if mark is not None:
            return Encoding(asked.name, 0, f"as asked, but its mark says {mark.name}")
        wide = family.startswith(("utf-16", "utf-32"))
        if wide and 0 not in self.head and self.size:
            raise UnreadableError(
                f"not {asked.name}, as was asked: no zero byte stands in it; leave --encoding away,"
                " or name another."
            )
        if wide and (sure := encodings.unmarked_wide(self.head)) and family in sure.name:
            return Encoding(sure.name)
        if not wide and family != "utf-8" and self.survey.utf8.good and not self.survey.utf8.bad:
            return Encoding(asked.name, 0, "as asked, but all of it is UTF-8")
        return asked

    @cached_property
    def head_text(self) -> str:
        """How the text begins, for recognising a format; the last character may be cut."""
        return "".join(encodings.decoded([self.head], self.encoding))

    def data(self) -> bytes:
        """All bytes.

        Raises:
            UnreadableError: it is larger than a file of such a format may be, or changed.
        """
        if self.size > WHOLE:
            raise UnreadableError(
                f"larger than {WHOLE >> 20} MB, and a file of this format is read whole; split it,"
                " or make JSON Lines or CSV of it."
            )
        data = b"".join(self._pieces())
        self.check()
        return data

    def text(self) -> str:
        """The whole text, with its line ends as they are.

        Raises:
            UnreadableError: too large, too many lines, or it changed.
        """
        self.few_lines()
        return self._text()

    def few_lines(self) -> None:
        """Check that a text whose lines are all held at once has not too many.

        Raises:
            UnreadableError: it has.
        """
        if self.survey.lines > MOST_LINES:
            raise UnreadableError(
                f"more than {MOST_LINES:,} lines, and a file of this format is read whole; split"
                " it."
            )

    def _text(self) -> str:
        # In pieces that are let go, so that bytes and text are not both held whole twice over.
        data = memoryview(self.data())
        pieces = (bytes(data[at : at + PIECE]) for at in range(0, len(data), PIECE))
        return "".join(encodings.decoded(pieces, self.encoding))

    def text_pieces(self) -> Iterator[str]:
        """The text piece by piece, for a reader that needs it in order only."""
        self._short_lines()
        yield from encodings.decoded(self._pieces(), self.encoding)
        self.check()

    def lines(self) -> Iterator[tuple[int, str]]:
        r"""Each line with its number from 1, without its end (`\n`, `\r\n` or `\r`).

        Raises:
            UnreadableError: a line is too long, or the file changed.
        """
        n, rest = 0, ""
        for piece in self.text_pieces():
            text = rest + piece
            # A \r at the end may be half of a \r\n.
            held = text[-1:] if text.endswith("\r") else ""
            parts = LINE_END.split(text[: len(text) - len(held)])
            rest = parts.pop() + held
            for part in parts:
                n += 1
                yield n, part
        for part in LINE_END.split(rest.removesuffix("\r")) if rest else ():
            n += 1
            yield n, part

    def byte_lines(self) -> Iterator[tuple[int, bytes]]:
        r"""Each line as bytes with its number from 1, a byte order mark left out.

        Raises:
            UnreadableError: a line is too long, or the file changed.
        """
        self._short_lines()
        self._file.seek(self.encoding.mark if self.head.startswith(b"\xef\xbb\xbf") else 0)
        left = self.size
        for n, line in enumerate(self._file, start=1):
            left -= len(line)
            if left < 0:
                break
            yield n, line.removesuffix(b"\n")
        self.check()

    @cached_property
    def parsed(self) -> object:
        """The whole file as one JSON value; None where it is none, or is many.

        For recognising a format. Why it is none stands in `json_error`.
        """
        begin = self.head_text.lstrip()
        if not begin.startswith(("{", "[")) or self.size > WHOLE:
            return None
        first, _, more = begin.partition("\n")
        if more.strip() and _is_json(first):
            return None
        try:
            return self.json()
        except UnreadableError as error:
            self.json_error = error
            return None

    def json(self) -> object:
        """The whole file as one JSON value, its keys checked to stand once.

        Raises:
            UnreadableError: it is not JSON, and where; nested too deep; too large.
        """
        try:
            return value_of(self._text())
        except TooDeepError:
            raise UnreadableError(TOO_DEEP) from None
        except TooManyError as error:
            raise UnreadableError(f"{error}, or make JSON Lines or CSV of it.") from None
        except json.JSONDecodeError as error:
            what = error.msg.removesuffix(" at")
            raise UnreadableError(
                f"not valid JSON: {what} at line {error.lineno}, character {error.colno}."
            ) from error
        except ValueError as error:
            raise UnreadableError(f"not valid JSON: {error}.") from error

    def check(self) -> None:
        """Check that the file is as it was when it was opened.

        Raises:
            UnreadableError: it is not.
        """
        now = _state(self._file)
        was = self._state
        if (now.st_size, now.st_mtime_ns) != (was.st_size, was.st_mtime_ns):
            raise UnreadableError("changed while it was read; import it again once it is still.")

    def _short_lines(self) -> None:
        if self.survey.longest_line > LONGEST_LINE:
            raise UnreadableError(
                f"a line of it is longer than {LONGEST_LINE >> 20} MB; no record is that long. Of a"
                " JSON list make one object a line: jq -c '.[]' FILE > FILE.jsonl"
            )

    def _pieces(self) -> Iterator[bytes]:
        self._file.seek(0)
        left = self.size
        # One that grows as fast as it is read would have no end.
        while left > 0 and (piece := self._file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def collection_of(path: Path) -> str:
    """The name of a file without its endings: `posts` of `posts.refused.csv`."""
    stem = SIDE.sub("", path.stem)
    return "".join(c if c.isalnum() or c in "._-" else "-" for c in stem).strip("-.") or "file"


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _state(file: BinaryIO) -> os.stat_result:
    return os.fstat(file.fileno())


def _ordinary(handle: int) -> bool:
    return stat.S_ISREG(os.fstat(handle).st_mode)
