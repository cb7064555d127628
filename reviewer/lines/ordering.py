"""The order of the queue: the next one, or that by likeness to the claim that is shown."""

from __future__ import annotations

from reviewer.lines.offering import Offering
from reviewer.lines.parts import one_line
from reviewer.service.ordering import order_after
from reviewer.service.session import DEFAULT, Order
from reviewer.text.units import counted


class Ordering(Offering):
    """The commands of the order."""

    def do_queue_order(self) -> None:
        """Show the queue in the next of its orders."""
        order = order_after(self.session.order)
        if order is None and self.view is not None:
            self._alike_first(DEFAULT)
        else:
            self._take(order or DEFAULT)

    def do_queue_alike(self) -> None:
        """Show the claims like this one before all others."""
        self._alike_first(self.session.order)

    def _alike_first(self, otherwise: Order) -> None:
        from reviewer.service.alike import look_for_alike

        sentence = self.bring_on()
        if sentence:
            self.say(f"Not all of the case was looked through. {sentence}")
        order = look_for_alike(self.session, self.shown)
        n = len(order.first) - 1
        if n:
            self._take(order, f": {counted(n, 'claim')}")
        else:
            self.say(f"No other claim of this case is like {one_line(self.claim)}.")
            self._take(otherwise)

    def _take(self, order: Order, found: str = "") -> None:
        self.session.order = order
        self.keep_place()
        self.say(f"The queue is {order.title}{found}.")
