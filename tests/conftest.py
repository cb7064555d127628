"""What every test starts from: an empty home, UTC, the same examples every time."""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("ours", derandomize=True, deadline=None, database=None)
settings.load_profile("ours")

# A tenth of the time of the tests went into looking for garbage.
gc.set_threshold(100_000, 50, 100)

# As the program itself does first of all: a case that everybody can read is mended with a word.
os.umask(0o077)

# Whoever starts the tests in the background may have them ignore ctrl+c or a hangup, and with
# them every program that they start.
for _ignored, _usual in (
    (signal.SIGINT, signal.default_int_handler),
    (signal.SIGHUP, signal.SIG_DFL),
    (signal.SIGTERM, signal.SIG_DFL),
    (signal.SIGQUIT, signal.SIG_DFL),
):
    if signal.getsignal(_ignored) is signal.SIG_IGN:
        signal.signal(_ignored, _usual)

DIRECTORIES = {
    "HOME": "",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": ".run",
}
TASTES = ("EDITOR", "VISUAL", "NO_COLOR", "COLORTERM", "COLUMNS", "LINES")


@pytest.fixture(autouse=True)
def an_empty_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Keep the settings, drafts and places of the person who runs the tests out of them."""
    home = tmp_path_factory.mktemp("home")
    for name, below in DIRECTORIES.items():
        monkeypatch.setenv(name, str(home / below))
    for name in [*TASTES, *(name for name in os.environ if name.startswith("REVIEWER_"))]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield home
    monkeypatch.undo()
    time.tzset()
