"""The page for one's own groups in a real browser, offline: a chat given, fitted and advised on, by keyboard alone."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.browser.conftest import LEFT, _answers
from tests.browser.pages import BROWSER, MOMENT

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")
LANGS = {"en": 1280, "zh": 320}
NAMES = ("Ana Secret", "Bo", "Cem", "Dee", "Eli")
HOSTILE = '"><img src=x onerror=alert(1)>{{ 7 * 7 }}'


def chat(days: int, per_month: int = 28) -> bytes:
    """As WhatsApp writes it; with no day after the twelfth nobody knows whether day or month comes first."""
    luck, lines = Random(3), []
    for day in range(days):
        date = f"{1 + day % per_month:02}/{1 + day // per_month:02}/2025"
        clock = sorted(luck.randrange(480, 1380) for _ in range(luck.randrange(3, 9)))
        lines += [f"{date}, {at // 60:02}:{at % 60:02} - {luck.choice(NAMES)}: words nobody shall see" for at in clock]
    return "\n".join(lines).encode() + b"\n"


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page is served, with tiny amounts; nothing of its work is left when it has ended."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    folder = tmp_path_factory.mktemp("tiny")
    command = [sys.executable, str(Path(__file__).with_name("tiny_app.py")), str(port), str(folder)]
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    env |= {"LANG": "C", "TMPDIR": str(folder), "PYTHONPATH": str(Path(__file__).parents[2])}
    with (folder / "log").open("w") as out:
        served = subprocess.Popen(command, stdout=out, stderr=out, env=env)
    url, end = f"http://127.0.0.1:{port}/", time.monotonic() + MOMENT / 1000
    while not _answers(url + "advice") and time.monotonic() < end:
        assert served.poll() is None, (folder / "log").read_text()
        time.sleep(0.2)
    yield url
    served.send_signal(signal.SIGINT)
    assert served.wait(60) in (0, 130), (folder / "log").read_text()
    assert "Traceback" not in (folder / "log").read_text()
    assert [*folder.glob("shequn-advice-*")] == []


@pytest.fixture
def visitor(browser: Any) -> Iterator[Any]:
    """A page; what the browser complains of fails the test."""
    one = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    one.on("pageerror", lambda error: complaints.append(str(error)))
    one.on("dialog", lambda dialog: complaints.append(dialog.message))
    one.on("requestfailed", lambda request: complaints.append(request.url) if request.failure != LEFT else None)
    one.set_default_timeout(2 * MOMENT)
    yield one
    one.close()
    assert complaints == []


def _give(page: Any, data: bytes, name: str = "chat.txt") -> None:
    page.set_input_files("#chat", {"name": name, "mimeType": "text/plain", "buffer": data})
    page.focus("#sending button")
    page.keyboard.press("Enter")


def _press(page: Any, button: str) -> None:
    page.focus(button)
    page.keyboard.press("Enter")


def _serious(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [each["id"] for each in found if each["impact"] in ("serious", "critical")]


def _everybody(page: Any, url: str) -> None:
    """Nothing serious bars anybody, in either language, on a screen and a telephone."""
    for lang, wide in LANGS.items():
        page.set_viewport_size({"width": wide, "height": 800})
        page.goto(re.sub("lang=..", f"lang={lang}", url))
        assert _serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= wide
        assert "app_advice" not in page.content()
    page.set_viewport_size({"width": 1280, "height": 900})


def _situation(page: Any) -> None:
    """Two groups for ninety days, and all but one strategy ruled out."""
    page.fill("[name=groups]", "2")
    page.fill("[name=days]", "90")
    page.focus("#situation summary")
    page.keyboard.press("Enter")
    page.evaluate("for (const one of document.getElementsByName('without')) one.checked = one.value !== 'fixed_time'")


def test_from_a_chat_to_advice(visitor: Any, here: str) -> None:
    """Read, fitted (stopped and gone on with, the page left meanwhile), advised on, forgotten."""
    page = visitor
    page.goto(f"{here}advice?lang=en")
    _give(page, chat(40))
    page.wait_for_selector("#log dl")
    told = page.text_content("#log dl")
    assert "WhatsApp" in told
    assert "2025-01-01 to 2025-02-12" in told
    assert "Secret" not in page.content()
    _press(page, "#fit form.fields button")
    page.wait_for_selector("#fit #far")
    _press(page, "#fit .working button")
    page.wait_for_selector("#fit form[action$=again]")
    _press(page, "#fit form[action$=again] button")
    page.wait_for_selector("#fit #far")
    url = page.url
    page.goto("about:blank")
    page.goto(url)
    page.wait_for_selector("#fit a[href*='page/fit']")
    assert page.input_value("#situation [name=kind]") == "fitted"
    _situation(page)
    _press(page, "#situation form.fields > button")
    page.wait_for_selector("#advice .answer")
    assert page.text_content("#advice .answer").strip()
    assert "10 worlds" in page.text_content("#advice")
    link = page.get_attribute("#advice a", "href")
    for place in (link, page.get_attribute("#fit a", "href")):
        report = page.request.get(here.rstrip("/") + place.partition("#")[0])
        assert report.status == 200
        assert "Secret" not in report.text()
        assert "shequn-advice-" not in report.text()  # where it lies on the server is nobody's business
    _everybody(page, page.url)
    _press(page, "form[action$=forget] button")
    page.wait_for_selector("#sending")
    page.goto(url)
    assert "no longer here" in page.text_content("#told")


def test_advice_without_a_chat_and_a_wrong_number(visitor: Any, here: str) -> None:
    page = visitor
    page.goto(f"{here}advice?lang=en")
    _everybody(page, page.url)
    page.goto(f"{here}advice?lang=en")
    _situation(page)
    page.evaluate("document.querySelector('#situation form').noValidate = true")
    page.fill("[name=hours]", "")
    _press(page, "#situation form.fields > button")
    page.wait_for_selector("#advice-mistake")
    assert page.input_value("[name=groups]") == "2"
    page.fill("[name=hours]", "1")
    _press(page, "#situation form.fields > button")
    page.wait_for_selector("#advice .answer")
    assert "2 worlds" in page.text_content("#advice")


def test_a_strangers_file_is_told_in_one_sentence(visitor: Any, here: str) -> None:
    page = visitor
    page.goto(f"{here}advice?lang=en")
    _give(page, b"x" * 2_000_001)
    page.wait_for_selector("#told.mistake")
    assert "too large for the page" in page.text_content("#told")
    sent = page.request.post(f"{here}advice/log?lang=zh", data=b"x" * 2_000_001)
    assert (sent.status, "太大" in sent.json()["error"]) == (413, True)
    for data, why in ((b"PK\x03\x04" + b"0" * 900, "zip"), (HOSTILE.encode() * 9, "no chat log of a known format")):
        page.goto(f"{here}advice?lang=en")
        _give(page, data, HOSTILE)
        page.wait_for_selector("#log-mistake")
        assert why in page.text_content("#log-mistake")
        assert page.locator("img").count() == 0
    _give(page, chat(12, 12))  # and the page goes on
    page.wait_for_selector("#log [name=order][value=mdy]")
    assert _serious(page) == []
    page.focus("#log [name=order]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    _press(page, "#log form.fields button")
    page.wait_for_selector("#log dl")
    assert "2025-01-01 to 2025-12-01" in page.text_content("#log dl")


@pytest.mark.parametrize("path", ["advice/log?zone=Mars", "advice/fit", "advice/stop", "advice/order", "advice/advise"])
def test_nonsense_is_refused(visitor: Any, here: str, path: str) -> None:
    """Wrong forms, forms without a case, and forms that another site has sent."""
    sent = visitor.request.post(f"{here}{path}", data=b"job=x&kind=" + HOSTILE.encode())
    assert sent.status in (400, 404)
    assert "<img" not in sent.text()
    other = visitor.request.post(f"{here}{path}", data=b"job=x", headers={"Sec-Fetch-Site": "cross-site"})
    assert other.status == 403
    assert visitor.request.get(f"{here}advice/page/..%2Flog?job=x").status == 404
