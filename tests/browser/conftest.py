"""`shequn app` as a user starts it, and a browser for which only loopback resolves."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.pages import BROWSER, MOMENT

OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
LEFT = "net::ERR_ABORTED"  # what was on its way when a page was left


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page is served, by the command as a user gives it; Ctrl-C ends it."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    log = tmp_path_factory.mktemp("app") / "log"
    command = [sys.executable, "-m", "scenarios", "app", f"port={port}", "workers=1", "show=false"]
    with log.open("w") as out:
        env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}  # NiceGUI looks for it
        served = subprocess.Popen(command, stdout=out, stderr=out, env={**env, "LANG": "C"})
    url, end = f"http://127.0.0.1:{port}/", time.monotonic() + MOMENT / 1000
    while not _answers(url) and time.monotonic() < end:
        assert served.poll() is None, log.read_text()
        time.sleep(0.2)
    yield url
    served.send_signal(signal.SIGINT)
    assert served.wait(30) in (0, 130), log.read_text()
    assert "Traceback" not in log.read_text()


def _answers(url: str) -> bool:
    try:
        return bool(urllib.request.urlopen(url, timeout=30).status == 200)
    except OSError:
        return False


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as made:
        yield made.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", OFFLINE])


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page with a small question; what the browser complains of fails the test."""
    one = browser.new_page(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    complaints: list[str] = []
    one.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    one.on("pageerror", lambda error: complaints.append(str(error)))
    one.on("requestfailed", lambda request: complaints.append(request.url) if request.failure != LEFT else None)
    one.set_default_timeout(MOMENT)
    one.goto(f"{address}?groups=4&days=60&second=group_cap.limit%3D40")
    one.wait_for_selector("#unlock")
    yield one
    one.close()
    assert complaints == []
