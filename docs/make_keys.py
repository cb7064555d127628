"""Writes docs/keys.md from the command table; `--check` only says whether it is current."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from reviewer.service.commands import COMMANDS  # noqa: E402
from reviewer.service.keymap import AMBIGUOUS, key_label, keymap  # noqa: E402

INTRO = """# Keys

One key, one meaning, everywhere. The core loop needs no chord and no shift. This page is
made from the program's own command table (`python docs/make_keys.py`); inside the program
`?` shows the same, searchable, with the reason where a command cannot be given now.

`d`, `x`, backspace and enter do nothing while reading: elsewhere they delete or confirm.
With a Cyrillic, Greek, Hebrew or Arabic keyboard the keys work by where they lie.
"""

OTHER_VERDICTS = {f"verdict.{n}" for n in range(2, 10)}

OUTRO = """
## Your own keys

In the settings file (`reviewer doctor` says where it lies), by command id:

```toml
[keys]
"claim.next" = ["j", "down", "n"]
"find.next" = ["N"]
"find.previous" = []
```

The file is checked at every start: an unknown command, an unknown key or one key for two
commands is said at once. These cannot be used, because terminals and multiplexers take them
for something else: {ambiguous}.
"""


def page() -> str:
    """The keys page as Markdown."""
    keys = keymap()
    parts = [INTRO]
    for group in dict.fromkeys(command.group for command in COMMANDS):
        parts += [f"\n## {group}\n\n", "| key | command | | id |\n|---|---|---|---|\n"]
        for command in COMMANDS:
            if command.group is group and command.id not in OTHER_VERDICTS:
                given = " ".join(f"`{key_label(key)}`" for key in keys.keys_of(command)) or "`:`"
                if command.id == "verdict.1":
                    given, title = "`1` to `9`", "Verdict"
                    id_ = "`verdict.1` to `verdict.9`"
                else:
                    title, id_ = command.title, f"`{command.id}`"
                row = (given.replace("|", "\\|"), title, command.help, id_)
                parts.append(f"| {' | '.join(row)} |\n")
    ambiguous = ", ".join(f"`{key}`" for key in AMBIGUOUS)
    return "".join(parts) + OUTRO.format(ambiguous=ambiguous)


def main() -> int:
    """Write the page, or check it."""
    path = HERE / "keys.md"
    if "--check" in sys.argv:
        if path.read_text(encoding="utf-8") != page():
            print("docs/keys.md is not current; run: python docs/make_keys.py", file=sys.stderr)
            return 1
        return 0
    path.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
