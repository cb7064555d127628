"""When a program has done all that it was asked: every thread of it sleeps, and goes on sleeping.

Only Linux tells; elsewhere a program is never known to rest, and a test waits its time out.
"""

from __future__ import annotations

from pathlib import Path
from time import monotonic

LONG_ENOUGH = 0.05  # a frame of the desk is due within 0.02 s of what it shows


class Rest:
    """Whether a process rests, from the second look on."""

    def __init__(self, pid: int) -> None:
        self._tasks = Path(f"/proc/{pid}/task")
        self._seen: list[str] | None = None
        self._since = 0.0

    def __call__(self) -> bool:
        """Look at it; true once it has taken no processor time, and wanted none, long enough."""
        now = self._asleep()
        if now is None or now != self._seen:
            self._seen, self._since = now, monotonic()
            return False
        return monotonic() - self._since > LONG_ENOUGH

    def _asleep(self) -> list[str] | None:
        """The time that each thread has taken, if all of them sleep."""
        try:
            tasks = list(self._tasks.iterdir())
            states = {(t / "stat").read_text().rpartition(") ")[2][0] for t in tasks}
            return [(t / "schedstat").read_text() for t in tasks] if states == {"S"} else None
        except OSError:
            return None
