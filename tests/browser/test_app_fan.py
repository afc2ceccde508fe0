"""The fan of the page in a browser: it gives nothing away, grows, scores the guess, and stops when nobody looks."""

from __future__ import annotations

from typing import Any

import pytest

from scenarios.web.fan import ends, part
from scenarios.web.question import Question
from tests.browser.pages import BROWSER, MOMENT

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")
QUESTION = Question(second="group_cap.limit=40", groups=4, days=60)


def _asked(page: Any) -> list[str]:
    """What the page asks the server for from now on."""
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    return urls


def test_nothing_is_asked_or_seen_before_the_guess(page: Any) -> None:
    urls = _asked(page)
    page.wait_for_timeout(2500)
    assert not [url for url in urls if "/fan" in url]
    assert page.locator("section.fan").is_hidden()


def test_the_guess_is_scored_by_the_whole_fan(page: Any) -> None:
    page.check("[name=guess][value=same]")
    page.click("#unlock")
    page.wait_for_function("document.getElementById('day')?.textContent?.startsWith('Day 60 ')")
    page.wait_for_function("document.getElementById('fan-state').textContent.startsWith('100 communities are played')")
    wanted = ends(*(curves[:, :, -1] for curves in part(QUESTION, 0, 100).values()))["members"]
    said = page.text_content(".verdict-line")
    assert "100 communities)" in said
    assert said.startswith("Your guess: About the same.")
    assert "You were right." in said or "It came otherwise." in said
    cells = page.locator("#fan tbody tr").first.locator("td").all_inner_texts()
    assert float(cells[0].split("\n")[0]) == pytest.approx(wanted["first"][0], rel=0.01)
    gap, limits = cells[2].replace("−", "-").split("\n")
    assert float(gap) == pytest.approx(wanted["gap"][0], abs=0.06)
    low, high = map(float, limits.split(" … "))
    assert low < float(gap) < high
    assert (low <= 0 <= high) == ("You were right." in said)
    urls = _asked(page)
    page.wait_for_timeout(2500)
    assert not urls  # it is whole: nobody asks any more
    page.click("#back")
    assert page.locator("#fan").is_hidden()
    page.click("#anew")
    assert page.locator("section.fan").is_hidden()


def test_another_question_has_a_fan_of_its_own(browser: Any, address: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    one = browser.new_page(viewport={"width": 320, "height": 800})
    one.set_default_timeout(MOMENT)
    one.goto(f"{address}?groups=2&days=20&day=20&seed=3&lang=zh")
    one.wait_for_selector("#fan-state:visible")
    with one.expect_request(lambda request: "/fan" in request.url and "seed=4" in request.url) as asked:
        one.get_by_label("运气（种子）").fill("4")
    assert "have=0" in asked.value.url
    one.wait_for_function("document.getElementById('fan-state').textContent.startsWith('同一问题')")
    one.wait_for_selector("#fan:visible")
    found = Axe().run(one).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    assert one.evaluate("document.documentElement.scrollWidth") <= 320
    one.close()


def test_nonsense_is_told_in_one_line(browser: Any, address: str) -> None:
    one = browser.new_page()
    one.set_default_timeout(MOMENT)
    answer = one.request.get(f"{address}fan?days=many&lang=zh")
    assert (answer.status, answer.json()["error"]) == (400, "days=many 不是整数")
    assert one.request.get(f"{address}fan?groups=2&days=20&have=-1").json()["from"] == 0
    one.close()
