"""The HTML dossier in a real browser: no script of the evidence runs, nothing is asked for."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from reviewer.model.about import About
from tests.writers.hostile import PAYLOADS
from tests.writers.pages import Element, everywhere, page_of, parsed

FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-default-apps", "--disable-extensions", "--mute-audio", "--timeout=20000"),
]
EVIL = "evil.example"


@pytest.fixture(scope="module")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("needs chromium, a browser, which is not installed")
    return found


@contextmanager
def proxy() -> Iterator[tuple[str, list[str]]]:
    """A proxy that everything asked of the network goes to, and the list of what was."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_CONNECT = do_POST = do_HEAD = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


def opened(chromium: str, page: str, folder: Path) -> tuple[str, list[str]]:
    """A page as the browser has it once it is loaded, and what it asked of that host."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8", newline="")
    with proxy() as (address, asked):
        done = subprocess.run(
            [
                *(chromium, *FLAGS, f"--user-data-dir={folder / 'profile'}"),
                *(f"--proxy-server={address}", "--dump-dom", file.as_uri()),
            ],
            capture_output=True,
            timeout=60,
            check=True,
        )
    return done.stdout.decode(), [path for path in asked if EVIL in path]


def test_the_browser_of_this_test_does_run_scripts_and_ask(chromium: str, tmp_path: Path) -> None:
    page = f"<title>no</title><script>document.title='ran'</script><img src=http://{EVIL}/x>"
    dom, asked = opened(chromium, page, tmp_path)
    assert "<title>ran</title>" in dom
    assert asked


def test_hostile_evidence_neither_runs_nor_asks(chromium: str, tmp_path: Path) -> None:
    views = [everywhere(text) for text in PAYLOADS]
    about = About("", "The case", PAYLOADS[0], exercise=False)
    page = page_of(*views, about=about)
    dom, asked = opened(chromium, page, tmp_path)
    assert asked == []
    # What the browser made of it is what was written: nothing was added, moved or run.
    assert parts(dom) == parts(page)


def parts(page: str) -> list[Element]:
    """Head and body; a parser moves the white space after these into the body."""
    found = [child for child in parsed(page).children if isinstance(child, Element)]
    for element in found:
        while element.children and not str(element.children[-1]).strip():
            element.children.pop()
    return found
