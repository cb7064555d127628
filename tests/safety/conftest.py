"""What the tests of safety share: programs that start quickly, on a terminal or off it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.safety.nursery import Nursery


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where programs are born: one for each worker."""
    with Nursery() as made:
        yield made
