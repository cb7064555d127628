"""The orders of the queue as a reader goes through them, and as they are kept for the next time."""

from __future__ import annotations

from reviewer.service.places import Place
from reviewer.service.session import DEFAULT, ORDERS, Order


def order_after(order: Order) -> Order | None:
    """The one that comes after an order; None is that by likeness to the claim on the screen.

    After that one they begin anew.
    """
    if order.first:
        return DEFAULT
    orders = list(ORDERS.values())
    at = orders.index(order) + 1
    return orders[at] if at < len(orders) else None


def order_of(place: Place, usual: Order) -> Order:
    """The order that a reader left the queue in, or the usual one where it says none.

    Of an order by likeness the list itself is kept, so that the queue is the very same again.
    """
    if place.first:
        from reviewer.casefile.listed import LIKE, order_like

        if place.order.startswith(LIKE):
            return order_like(place.order.removeprefix(LIKE), place.first)
    return ORDERS.get(place.order, usual)
