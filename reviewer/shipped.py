"""Where the files lie that ship with the program: the schema and the two cases."""

from pathlib import Path

HERE = Path(__file__).parent


def shipped(name: str) -> Path:
    """The path of a shipped file or folder, such as `schema.sql` or `fixtures/exercise`.

    An installed package carries them inside itself; in a checkout they stand at the top.
    """
    inside = HERE / name
    return inside if inside.exists() else HERE.parent / name
