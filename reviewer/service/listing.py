"""The queue from its first claim to its last, however long it is."""

from collections.abc import Iterator

from reviewer.model.claims import QueueRow
from reviewer.service.session import ALL, Filter, Session

PAGE = 500


def every_row(
    session: Session, filter_: Filter = ALL, *, limit: int | None = None
) -> Iterator[QueueRow]:
    """The rows of the queue with their whole texts, at most `limit` of them.

    They are fetched by pages, so that the first ones are there at once and a long queue
    takes no more memory than a short one.
    """
    left, after = limit, ""
    while left is None or left > 0:
        wanted = PAGE if left is None else min(PAGE, left)
        rows = session.rows(filter_, after=after, limit=wanted, whole=True)
        yield from rows
        if len(rows) < wanted:
            return
        after = rows[-1].id
        left = None if left is None else left - wanted
