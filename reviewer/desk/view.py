"""Parts of the desk as Textual shows them: handed over row by row, where the layout says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.strip import Strip
from textual.widget import Widget

from reviewer.desk.parts import Part
from reviewer.desk.strips import strip_of

if TYPE_CHECKING:
    from textual.geometry import Size

    from reviewer.desk.painter import Painter


class View(Widget):
    """Shows a part, and draws it again when it says that it is another."""

    def __init__(self, part: Part, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.part = part
        part.on_change = self._drawn_again

    def _drawn_again(self) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of the screen."""
        width = self.size.width
        return strip_of(self.part.row(y, width), width)


class DeskLayout(Layout):
    """Puts each widget into the region that the painter has for the part of its id."""

    name = "desk"

    def __init__(self, painter: Painter) -> None:
        self.painter = painter

    def arrange(
        self,
        parent: Widget,
        children: list[Widget],
        size: Size,  # noqa: ARG002 - the painter knows it
        greedy: bool = True,  # noqa: ARG002
    ) -> ArrangeResult:
        """Place the widgets that are seen."""
        parent.pre_layout(self)
        regions = self.painter.regions
        return [
            WidgetPlacement(Region(*region), NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if (region := regions.get(child.id or "")) is not None
        ]


class DeskArea(Widget):
    """All of the desk, each part of it where the painter has it."""

    def __init__(self, painter: Painter, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._desk_layout = DeskLayout(painter)

    @property
    def layout(self) -> Layout:
        """The one layout there is here."""
        return self._desk_layout

    def lay_out(self) -> None:
        """Put everything where the painter has it now."""
        self._clear_arrangement_cache()
        self.refresh(layout=True)
