"""The page of `shequn app` in a real browser, driven by keyboard alone, with every host but loopback unresolvable."""

from __future__ import annotations

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.pages import BROWSER

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
MOMENT = 120_000  # milliseconds: other tests take the cores


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
    one.on("requestfailed", lambda request: complaints.append(request.url))
    one.set_default_timeout(MOMENT)
    one.goto(f"{address}?groups=4&days=60&second=group_cap.limit%3D40")
    one.wait_for_selector("#unlock")
    yield one
    one.close()
    assert complaints == []


def _press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _day(page: Any) -> str:
    text: str = page.text_content("#day")
    return text


def test_by_keyboard_alone(page: Any, tmp_path: Path) -> None:
    """Guess, play, step back, choose strategies, change the language, save the command, play it again."""
    page.focus("#player [name=guess]")
    _press(page, "ArrowDown", "Tab", "Tab", "Enter")  # the second arm; past the drawing to the button that plays
    page.wait_for_function("document.getElementById('day').textContent.startsWith('Day 60 ')")
    assert page.text_content(".verdict-line").startswith("Your guess: Size cap limit=40.")
    page.focus("#back")
    _press(page, "Enter", "Enter")
    assert _day(page) == "Day 58 of 60"
    page.focus(".arm.first input")
    page.keyboard.type("red p")
    page.wait_for_selector(".q-menu .q-item")
    _press(page, "ArrowDown", "Enter", "Escape", "Tab")
    page.wait_for_function("new URLSearchParams(location.search).get('first') === 'red_packet'")
    page.wait_for_function("document.querySelector('.pick.a b').textContent === 'Red packets'")
    page.focus("[data-lang-to=zh]")
    page.keyboard.press("Enter")
    page.wait_for_function("document.documentElement.lang === 'zh-Hans' && document.getElementById('day')")
    page.wait_for_selector("#config")
    assert _day(page) == "第 58 天，共 60 天"
    page.focus("#config")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    command = Path(saved.value.path()).read_text("utf-8").strip()
    assert "red_packet; group_cap.limit=40" in command
    words = [sys.executable, "-m", "scenarios", *shlex.split(command)[1:], f"out={tmp_path / 'run'}", "report=false"]
    subprocess.run(words, check=True, capture_output=True)
    digest = json.loads((tmp_path / "run" / "meta.json").read_text("utf-8"))["digest"]
    assert page.get_attribute("#made code", "title") == digest


def test_a_refresh_resumes(page: Any) -> None:
    page.focus(".guess summary")
    page.keyboard.press("Enter")
    page.focus("#draw-4")
    _press(page, "Home", "ArrowRight", "Tab", "Tab", "Enter")
    page.wait_for_function("document.getElementById('day').textContent.startsWith('Day 60 ')")
    page.focus("#back")
    page.keyboard.press("Enter")
    page.reload()
    page.wait_for_selector("#day")
    assert _day(page) == "Day 59 of 60"
    assert page.text_content(".drawn-line") == "Dotted: the members you guessed."
    assert page.evaluate("new URLSearchParams(location.search).get('drawn')").endswith("-1")


def test_a_strangers_link_is_told_in_one_sentence(browser: Any, address: str) -> None:
    one = browser.new_page()
    one.set_default_timeout(MOMENT)
    one.goto(f"{address}?groups=4&days=20&second=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    one.wait_for_selector("#told.mistake")
    assert "there is no strategy" in one.text_content("#told")
    assert one.locator("#told img").count() == 0
    one.close()


@pytest.mark.parametrize(("lang", "wide"), [("en", 1280), ("zh", 320)])
def test_nothing_serious_bars_anybody(browser: Any, address: str, lang: str, wide: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    one = browser.new_page(viewport={"width": wide, "height": 800})
    one.set_default_timeout(MOMENT)
    one.goto(f"{address}?groups=4&days=20&lang={lang}&day=20")
    one.wait_for_selector("#config")
    found = Axe().run(one).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    assert one.evaluate("document.documentElement.scrollWidth") <= wide
    one.close()


def test_nonsense_is_answered_in_one_line_in_the_visitors_language(browser: Any, address: str) -> None:
    one = browser.new_page()
    one.set_default_timeout(MOMENT)
    answer = one.request.get(f"{address}answer?days=many&lang=zh")
    assert (answer.status, answer.json()["error"]) == (400, "days=many 不是整数")
    assert one.request.get(f"{address}own/secret.js").status == 404
    one.close()
