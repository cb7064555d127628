"""Which key gives which command: the table's own keys, a reader's changes, other alphabets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from reviewer.model.errors import UsageError
from reviewer.service.commands import BY_ID, COMMANDS, FOOTERS, Command, Mode
from reviewer.structs import Struct

NAMED_KEYS = frozenset(
    {
        *("space", "tab", "escape", "enter", "backspace", "up", "down", "left", "right"),
        *("pageup", "pagedown", "home", "end", "insert", "delete"),
        *(f"f{n}" for n in range(1, 13)),
    }
)
AMBIGUOUS = {
    "ctrl+m": "terminals send it as enter",
    "ctrl+i": "terminals send it as tab",
    "ctrl+h": "terminals send it as backspace",
    "ctrl+j": "terminals send it as a line break",
    "ctrl+a": "screen takes it",
    "ctrl+b": "tmux takes it",
    "ctrl+s": "it stops the terminal's output",
    "ctrl+q": "it starts the terminal's output",
}
RESERVED = {
    "enter": "it confirms elsewhere and does nothing while reading",
    "backspace": "it deletes elsewhere and does nothing while reading",
    "d": "it deletes elsewhere and does nothing while reading",
    "x": "it deletes elsewhere and does nothing while reading",
}

LATIN = "qwertyuiopasdfghjklzxcvbnm"
LAYOUTS = {
    "russian": "йцукенгшщзфывапролдячсмить",
    "ukrainian": "йцукенгшщзфівапролдячсмить",
    "greek": "·ςερτυθιοπασδφγηξκλζχψωβνμ",
    "hebrew": "··קראטוןםפשדגכעיחלךזסבהנמצ",
    "arabic": "ضصثقفغعهخحشسيبلاتنمئءؤر·ىة",
}
PUNCTUATION = {"russian": {".": "ю"}, "ukrainian": {".": "ю"}}


class Keymap(Struct):
    """What each key does, by mode."""

    keys: Mapping[tuple[Mode, str], Command]
    own: Mapping[str, tuple[str, ...]]

    def command(self, mode: Mode, key: str) -> Command | None:
        """The command that a key gives in a mode."""
        return self.keys.get((mode, key))

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """The keys of a command, without those of other alphabets."""
        return self.own.get(command.id, command.keys)

    def first_key(self, command_id: str) -> str:
        """The key to name for a command; a command without one is given by its name."""
        keys = self.keys_of(BY_ID[command_id])
        return key_label(keys[0]) if keys else f":{command_id}"

    def footer(self, mode: Mode, width: int, *, without: Collection[str] = ()) -> str:
        """The line of keys for a mode: as many as fit into `width` cells.

        `without` are commands of the mode that do nothing at the moment.
        """
        line = ""
        for ids, word in FOOTERS[mode]:
            given = [BY_ID[id_] for id_ in ids if id_ not in without]
            firsts = [keys[0] for command in given if (keys := self.keys_of(command))]
            if not firsts:
                continue
            longer = f"{line}  {'/'.join(map(key_label, firsts))} {word}".lstrip()
            if len(longer) > width:
                break
            line = longer
        return line


def key_label(key: str) -> str:
    """A key as the footer and the list of keys write it."""
    return {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup"}.get(key, key)


def keymap(
    changes: Mapping[str, Sequence[str]] | None = None, *, aliases: bool = True, where: str = ""
) -> Keymap:
    """A keymap from the table and a reader's changes by command id.

    Args:
        changes: the keys of some commands, instead of the table's.
        aliases: also take the letters that lie on the same keys in other alphabets.
        where: the file that the changes come from, for messages.

    Raises:
        UsageError: an unknown command or key, or one key for two commands of a mode.
    """
    own = {id_: tuple(keys) for id_, keys in (changes or {}).items()}
    for id_, keys in own.items():
        _check(id_, keys, where)
    found: dict[tuple[Mode, str], Command] = {}
    for command in COMMANDS:
        for key in own.get(command.id, command.keys):
            other = found.get((command.mode, key))
            if other is not None:
                raise UsageError(
                    f"{where}: the key '{key}' is given to both {other.id} and {command.id};"
                    " take it from one of them."
                )
            found[(command.mode, key)] = command
    if aliases:
        for (mode, key), command in list(found.items()):
            for alias in aliases_of(key):
                found.setdefault((mode, alias), command)
    return Keymap(found, own)


def aliases_of(key: str) -> Iterable[str]:
    """The characters that lie on the same physical key in other alphabets."""
    for layout, letters in LAYOUTS.items():
        alias = PUNCTUATION.get(layout, {}).get(key, "")
        at = LATIN.find(key.lower()) if len(key) == 1 else -1
        if at >= 0 and letters[at] != "·":
            alias = letters[at] if key.islower() else letters[at].upper()
        if alias and alias != key and not (key.isupper() and alias == alias.lower()):
            yield alias


def _check(id_: str, keys: Sequence[str], where: str) -> None:
    if id_ not in BY_ID:
        import difflib

        near = difflib.get_close_matches(id_, BY_ID, n=1, cutoff=0.4)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise UsageError(f"{where}: there is no command '{id_}'.{meant}")
    for key in keys:
        if not _is_key(key):
            import difflib

            near = difflib.get_close_matches(key.lower(), sorted(NAMED_KEYS), n=1)
            meant = f" Did you mean {near[0]}?" if near else ""
            raise UsageError(f"{where}: '{key}' for {id_} is not a key.{meant}")
        reason = AMBIGUOUS.get(key) or (RESERVED.get(key) if key not in BY_ID[id_].keys else None)
        if reason:
            raise UsageError(f"{where}: '{key}' cannot be given to {id_}: {reason}.")


def _is_key(key: str) -> bool:
    if key in NAMED_KEYS or (len(key) == 1 and key.isprintable() and key != " "):
        return True
    return key.startswith("ctrl+") and len(key) == len("ctrl+x") and key[-1].islower()
