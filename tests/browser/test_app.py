"""The page of `shequn app` in a real browser, driven by keyboard alone, with every host but loopback unresolvable."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.browser.pages import BROWSER, MOMENT

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")


def _press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _day(page: Any) -> str:
    text: str = page.text_content("#day")
    return text


def test_by_keyboard_alone(page: Any, tmp_path: Path) -> None:
    """Predict, switch two strategies on, play 60 days, step back, follow one member, change the language, save the
    command, and play it again from the command line: the same digest.
    """
    for words in ("red p", "advert b"):
        _choose(page, "first", words)
    page.wait_for_function("new URLSearchParams(location.search).get('first') === 'red_packet+advert_ban'")
    page.wait_for_function("document.querySelector('.pick.a b').textContent.includes('Red packets')")
    page.focus("#player [name=guess]")
    _press(page, "ArrowDown", "Tab", "Tab", "Enter")  # the second arm; past the drawing to the button that plays
    page.wait_for_function("document.getElementById('day')?.textContent?.startsWith('Day 60 ')")
    assert page.text_content(".verdict-line").startswith("Your guess: Size cap limit=40.")
    page.focus("#back")
    _press(page, "Enter", "Enter")
    assert _day(page) == "Day 58 of 60"
    _follow(page)
    page.focus("[data-lang-to=zh]")
    page.keyboard.press("Enter")
    page.wait_for_function("document.documentElement.lang === 'zh-Hans' && document.getElementById('day')")
    page.wait_for_selector("#member", state="visible")
    assert _day(page) == "第 58 天，共 60 天"
    page.focus("#config")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    command = Path(saved.value.path()).read_text("utf-8").strip()
    assert "red_packet+advert_ban; group_cap.limit=40" in command
    words = [sys.executable, "-m", "scenarios", *shlex.split(command)[1:], f"out={tmp_path / 'run'}", "report=false"]
    subprocess.run(words, check=True, capture_output=True)
    digest = json.loads((tmp_path / "run" / "meta.json").read_text("utf-8"))["digest"]
    assert page.get_attribute("#made code", "title") == digest


def _choose(page: Any, arm: str, words: str) -> None:
    """A strategy by the beginning of its name, typed into the box of an arm."""
    page.focus(f".arm.{arm} input")
    page.keyboard.type(words)
    page.wait_for_selector(".q-menu .q-item")
    _press(page, "ArrowDown", "Enter", "Escape", "Tab")


def _follow(page: Any) -> None:
    """Open a group, see who somebody is and how their day was, and which rules acted on it with which numbers."""
    page.focus("#people-show")
    page.keyboard.press("Enter")
    page.wait_for_selector("#member", state="visible")
    who = page.eval_on_selector("#people-who", "box => box.selectedOptions[0].textContent").split(" ")[0]
    assert page.text_content("#member").startswith(f"{who} · came on day ")
    page.focus("#people-who")
    _press(page, "ArrowDown")
    other = page.eval_on_selector("#people-who", "box => box.selectedOptions[0].textContent").split(" ")[0]
    assert other != who
    assert page.text_content("#member").startswith(other)
    page.focus("#ask-rules")
    page.keyboard.press("Enter")
    page.wait_for_selector("#rules li")
    rules = page.text_content("#rules")
    assert "Open the group today?" in rules
    assert "Luck (open the group): 0." in rules


def test_a_refresh_resumes(page: Any) -> None:
    page.focus(".guess summary")
    page.keyboard.press("Enter")
    page.focus("#draw-4")
    _press(page, "Home", "ArrowRight", "Tab", "Tab", "Enter")
    page.wait_for_function("document.getElementById('day')?.textContent?.startsWith('Day 60 ')")
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
    one.goto(f"{address}?groups=4&days=20&lang={lang}&day=20&follow=b.1.")
    one.wait_for_selector("#member", state="visible")
    one.click("#ask-rules")
    one.wait_for_selector("#rules li")
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
