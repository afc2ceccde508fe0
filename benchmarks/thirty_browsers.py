"""A class at `shequn app`: thirty browsers at once, each moving a slider; then the server's memory over 200 runs."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.harness import spread

__all__ = ["measure"]

ROOT = Path(__file__).resolve().parent.parent
SIZE, SMALL = "groups=50&days=180", "groups=5&days=30"
PATIENCE = 180_000
"""Milliseconds after which a browser counts as lost."""
_NEW = """() => { const digest = document.querySelector("#made code"), old = digest.title, began = performance.now();
  window.took = null;
  new MutationObserver(() => { const now = document.querySelector("#made code");
    if (now && now.title !== old && window.took === null) window.took = (performance.now() - began) / 1000;
  }).observe(document.getElementById("made").parentNode, {subtree: true, childList: true}); }"""


def measure(quick: bool) -> dict[str, Any]:
    """Both, with a server of their own each."""
    before = os.getloadavg()[0]
    browsers, runs = (4, 20) if quick else (30, 200)
    size = SMALL if quick else SIZE
    with served() as (url, _):
        waited, lost = answered(url, browsers, size)
    with served() as (url, server):
        memory = grown(url, server, runs, size)
    return {"question": size, "cores": os.cpu_count(), "load": before, "browsers": browsers, "lost": lost,
            "answer_s": spread(waited), "memory_mb": memory}  # fmt: skip


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """Where a server listens that has played once, and its process."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    words = [sys.executable, "-m", "scenarios", "app", f"port={port}", "show=false"]
    server = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/"
    try:
        while not _answers(f"{url}answer?{SMALL}"):
            time.sleep(0.2)
        yield url, server.pid
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=300) as answer:
            return bool(answer.read())
    except OSError:
        return False


def answered(url: str, n: int, size: str) -> tuple[list[float], int]:
    """Seconds from a slider's move to the new curve in each of ``n`` browsers, and how many never saw one.

    All have the last day in sight, so that their fans are asked for too.
    """
    from playwright.sync_api import TimeoutError as Lost
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))))
    waited: list[float] = []
    with sync_playwright() as made:
        browser = made.chromium.launch(executable_path=found, args=["--no-sandbox"])
        pages = [browser.new_context(viewport={"width": 1280, "height": 720}).new_page() for _ in range(n)]

        def each(step: Callable[[Any], None]) -> None:
            for page in [*pages]:
                try:
                    step(page)
                except Lost:
                    pages.remove(page)

        for seed, page in enumerate(pages):
            page.set_default_timeout(PATIENCE)
            page.goto(f"{url}?{size}&day=1&seed={100 + seed}", wait_until="commit")
        each(lambda page: page.wait_for_selector("#config"))
        each(lambda page: page.click(".arm.second .q-expansion-item .q-item"))
        each(lambda page: page.focus(".arm.second .q-slider__track-container"))
        each(_move)
        each(lambda page: waited.append(float(page.wait_for_function("window.took").json_value())))
        browser.close()
    return waited, n - len(waited)


def _move(page: Any) -> None:
    page.evaluate(_NEW)
    page.keyboard.press("ArrowRight")


def grown(url: str, server: int, runs: int, size: str) -> dict[int, float]:
    """Megabytes of the server and its workers after a quarter, a half, … of so many different runs, two at a time."""
    import psutil

    found, quarter = {}, runs // 4
    everybody = [psutil.Process(server), *psutil.Process(server).children(recursive=True)]
    with ThreadPoolExecutor(2) as askers:
        for done in range(0, runs, quarter):
            seeds = range(1000 + done, 1000 + done + quarter)
            assert all(askers.map(lambda seed: _answers(f"{url}answer?{size}&seed={seed}"), seeds))
            found[done + quarter] = sum(one.memory_full_info().uss for one in everybody) / 1e6
    return found
