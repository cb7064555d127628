"""Where the real files lie that tests read when they are there."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def real(*parts: str) -> Path:
    """Give the path of a real file or folder, or skip the test, saying what is missing."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs real data that is not on this machine: {'/'.join(parts)}")
    return path
