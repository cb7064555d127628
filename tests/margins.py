"""A terminal that has left and right margins, as the VT420 and xterm have them.

By DEC STD 070 (DECLRMM, DECSLRM, IND, RI) and xterm's ctlseqs; tests/desk/test_in_xterm.py
compares it with xterm itself. Nothing but moving is done here while the margins stand: a
driver that wrote between them would find its bytes in `not_drawn`.
"""

from __future__ import annotations

from pyte.screens import Margins

from tests.screen import Screen

BETWEEN = frozenset("Hrs")
"""What may come between the margins' setting and their taking off."""


class MarginScreen(Screen):
    """The screen of such a terminal."""

    def __init__(self, columns: int, rows: int) -> None:
        self._has_sides = False
        self._sides: tuple[int, int] | None = None
        self.moved_parts = 0
        """How often a part of the screen was moved that does not go from side to side."""
        super().__init__(columns, rows)

    def _reply(self, query: str) -> str:
        if query == "?69$p":
            return f"\x1b[?69;{2 - self._has_sides}$y"
        return super()._reply(query)

    def _control(self, sequence: str, numbers: str, code: str) -> None:
        if (numbers, code) in (("?69", "h"), ("?69", "l")):
            self._has_sides, self._sides = code == "h", None
            self.cursor_position()
        elif code == "s" and self._has_sides:
            left, _, right = numbers.partition(";")
            self._set_sides(int(left or 1) - 1, int(right or self.columns) - 1)
        else:
            if self._has_sides and code not in BETWEEN:
                self.not_drawn.add(sequence)
            super()._control(sequence, numbers, code)

    def _set_sides(self, left: int, right: int) -> None:
        if left < right < self.columns:
            self._sides = (left, right)
            self.cursor_position()

    def draw(self, data: str) -> None:
        if self._has_sides:
            self.not_drawn.add(data)
        super().draw(data)

    def index(self) -> None:
        _, bottom = self.margins or Margins(0, self.lines - 1)
        if self._sides is None or self.cursor.y != bottom:
            super().index()
        else:
            self._move_part(1)

    def reverse_index(self) -> None:
        top, _ = self.margins or Margins(0, self.lines - 1)
        if self._sides is None or self.cursor.y != top:
            super().reverse_index()
        else:
            self._move_part(-1)

    def _move_part(self, by: int) -> None:
        top, bottom = self.margins or Margins(0, self.lines - 1)
        left, right = self._sides or (0, self.columns - 1)
        if not left <= self.cursor.x <= right:
            return
        self.moved_parts += 1
        blank = self.default_char._replace(bg=self.cursor.attrs.bg)
        part = range(left, right + 1)
        old = {(y, x): self.buffer[y][x] for y in range(top, bottom + 1) for x in part}
        for y, x in old:
            self.buffer[y][x] = old.get((y + by, x), blank)
        self.dirty.update(range(top, bottom + 1))
