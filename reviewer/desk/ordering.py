"""The order of the queue: the next one, or that by likeness to the claim on the screen."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from reviewer.desk.handler import Handler
from reviewer.service.ordering import order_after
from reviewer.service.session import DEFAULT, Order
from reviewer.text.display import display
from reviewer.text.units import counted

if TYPE_CHECKING:
    from reviewer.service.alike import Alike

AT_ONCE_S = 0.1
"""So long is waited for the claims that are alike before the reader is told of them later."""


class Ordering(Handler):
    """`A`."""

    alike: Alike | None = None
    """What looks for claims that are alike, if anything does."""
    _otherwise = DEFAULT

    def queue_order(self) -> None:
        """`A`."""
        order = DEFAULT if self.halt() else order_after(self.session.order)
        if order is None and self.reading.view is not None:
            self._look(DEFAULT)
        else:
            self._take(order or DEFAULT)

    def queue_alike(self) -> None:
        """Claims like this one first."""
        self.halt()
        self._look(self.session.order)

    def stop(self) -> bool:
        """`esc`: look no longer; False where nothing was looked for."""
        stopped = self.halt()
        if stopped:
            self.say(f"Stopped; the queue is {self.session.order.title}.")
        return stopped

    def halt(self) -> bool:
        """Look no longer; False where nothing was looked for."""
        alike, self.alike = self.alike, None
        if alike is not None:
            alike.stop()
        return alike is not None

    def _look(self, otherwise: Order) -> None:
        """Look for claims like the one on the screen; where there is none, it is `otherwise`."""
        # What it needs is loaded by the first one: the desk must not wait for it.
        from reviewer.service.alike import Alike

        app = self.screen.app

        def tell(alike: Alike) -> None:
            # The desk may be gone by the time that the thread has something to say.
            with contextlib.suppress(RuntimeError):
                app.call_later(self.heard, alike)

        self.alike, self._otherwise = Alike(self.session, self.view, tell), otherwise
        self.alike.start()
        self.alike.join(AT_ONCE_S)
        self.heard(self.alike)

    def close(self) -> None:
        """Leave nothing behind that still reads the case."""
        alike, self.alike = self.alike, None
        if alike is not None:
            alike.close()

    def heard(self, alike: Alike) -> None:
        """The thread tells how far it is, or that it has come to its end."""
        if alike is not self.alike:
            return
        claim = display(alike.view.claim.id, newlines=False)
        if alike.failed:
            self.alike = None
            self.say(alike.failed)
        elif alike.order is None:
            done, records = alike.looked_through
            far = f"; {done:,} of {records:,} records looked through" if records else ""
            self.say(f"Looking for claims like {claim}{far}; esc stops.")
        else:
            self.alike = None
            n = len(alike.order.first) - 1
            self._take(alike.order if n else self._otherwise)
            if n:
                self.say(f"The queue is {alike.order.title}: {counted(n, 'claim')}.")
            else:
                self.say(f"No other claim is like {claim}. {self.screen.sentence}")

    def _take(self, order: Order) -> None:
        self.session.order = order
        self.screen.filters.look_up()
        self.screen.draw()
        self.screen.keep_place()
        after = order_after(order)
        further = after.title if after else "like this claim first"
        self.say(f"The queue is {order.title}; A again: {further}.")
