"""Chats as Telegram Desktop exports them in JSON: each message with words is a statement.

One chat (`result.json` of a channel or a group) or all chats of an account. A text is a string,
or a list of strings and of pieces that are set apart: links, bold words, names.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from reviewer.model.errors import UnreadableError
from reviewer.model.records import Record, SourceRecord, StatementRecord
from reviewer.readers.claimreview.values import lines, part_id, without
from reviewer.readers.format import Format
from reviewer.readers.given import Given
from reviewer.readers.row import Row, bundle
from reviewer.readers.statements.published import iso_date, source
from reviewer.readers.transcript import UNKNOWN_LANGUAGE

Chat = Mapping[str, object]

OWN = (
    "id", "type", "date", "date_unixtime", "edited_unixtime", "from", "text", "text_entities",
)  # fmt: skip
"""What a statement says by itself; all else goes into its note."""
MEDIA = ("photo", "file", "media_type", "poll", "location_information", "contact_information")


def recognises(given: Given) -> bool:
    """Whether a file holds chats whose messages have the keys of Telegram's."""
    return bool(_chats(given.parsed))


def read(given: Given) -> Iterator[Row]:
    """The messages in their order.

    Raises:
        UnreadableError: it holds no chat of Telegram.
    """
    chats = _chats(given.parsed)
    if not chats:
        raise UnreadableError("no chat as Telegram Desktop exports it.")
    given.remarks.append(
        "dates are in UTC where the file says it; times in notes are as the exporting machine wrote"
    )
    told: set[object] = set()
    for chat in chats:
        where = _Where(given, chat, several=len(chats) > 1)
        messages = chat["messages"]
        for n, message in enumerate(messages if isinstance(messages, list) else (), start=1):
            yield _row(where, n, message, told)


FORMAT = Format("telegram", "chats exported by Telegram Desktop (.json)", recognises, read)


@dataclass(frozen=True, slots=True)
class _Where:
    """The chat in which a message stands."""

    given: Given
    chat: Chat
    several: bool

    @property
    def prefix(self) -> str:
        """What stands before the ids of its messages."""
        own = self.given.collection
        return part_id(own, str(self.chat.get("id", ""))) if self.several else own

    def place(self, n: int) -> str:
        """For people: `message 7`, `chat 12345, message 7`."""
        chat = f"chat {self.chat.get('id', '')}, " if self.several else ""
        return f"{chat}message {n}"


def _chats(value: object) -> list[Chat]:
    """The chats of a file: itself, or those that an export of an account lists."""
    if not isinstance(value, dict):
        return []
    whole = value.get("chats")
    listed = whole.get("list") if isinstance(whole, dict) else None
    found: list[object] = listed if isinstance(listed, list) else [value]
    chats: list[Chat] = [one for one in found if isinstance(one, dict) and _is_chat(one)]
    return chats if len(chats) == len(found) else []


def _is_chat(chat: Chat) -> bool:
    messages = chat.get("messages")
    return isinstance(messages, list) and all(
        isinstance(one, dict) and {"id", "type", "date", "text"} <= one.keys() for one in messages
    )


def _row(where: _Where, n: int, message: Chat, told: set[object]) -> Row:
    place, given = where.place(n), where.given
    text = _text(message["text"])
    if not text.strip():
        return _without_words(place, message)
    name = where.given.wishes.source or message.get("from") or where.chat.get("name")
    who = source(given, str(name or ""))
    values = {
        "id": part_id(where.prefix, str(message["id"])),
        "source": who["id"],
        "date": _date(message),
        "language": given.wishes.language or UNKNOWN_LANGUAGE,
        "held": "verbatim",
        "text": text,
        "note": "\n".join(_notes(where, message)),
    }
    parts: list[tuple[type[Record], Mapping[str, object]]] = [(StatementRecord, values)]
    if who["id"] not in told:
        parts.insert(0, (SourceRecord, who))
    made = bundle(place, message, *parts)
    if made.records:
        told.add(who["id"])
    return made


def _without_words(place: str, message: Chat) -> Row:
    """A message without words: a note of Telegram's own, or a picture, a file, a poll."""
    if message["type"] == "service":
        return Row(place, message, passed_over=True)
    held = next((key for key in MEDIA if key in message), "")
    what = f"it is a {held.partition('_')[0]} only" if held else "it is empty"
    return Row(place, message, reason=f"no text: {what}")


def _text(value: object) -> str:
    if isinstance(value, list):
        return "".join(map(_text, value))
    if isinstance(value, dict):
        return _text(value.get("text", ""))
    return value if isinstance(value, str) else ""


def _date(message: Chat) -> str:
    """When it was sent, in UTC; its plain date is in the zone of the machine that exported it."""
    said = str(message.get("date_unixtime", ""))
    if said.isdecimal() and len(said) <= 10:
        return datetime.fromtimestamp(int(said), UTC).isoformat().replace("+00:00", "Z")
    return iso_date(str(message["date"]))


def _notes(where: _Where, message: Chat) -> Iterator[str]:
    chat = str(where.chat.get("name") or "")
    if chat and chat != message.get("from"):
        yield f"chat: {chat}"
    yield from lines(without(message, *OWN))
    pieces = message.get("text_entities") or message["text"]
    for piece in pieces if isinstance(pieces, list) else ():
        if isinstance(piece, dict) and piece.get("href"):
            yield f"'{_text(piece)}' leads to {piece['href']}"
