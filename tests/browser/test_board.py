"""Board, presets and form of `shequn app` in a real browser: by keyboard, in both languages, and asked for nonsense."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.browser.pages import BROWSER, MOMENT

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{ 7 * 7 }}'
SETTING = "document.querySelector('.summary').textContent"


def _serious(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [each["id"] for each in found if each["impact"] in ("serious", "critical")]


def _asked(page: Any, name: str) -> str | None:
    value: str | None = page.evaluate(f"new URLSearchParams(location.search).get('{name}')")
    return value


def test_from_the_page_to_the_board_and_back_by_keyboard(page: Any) -> None:
    page.focus("#board")
    page.keyboard.press("Enter")
    page.wait_for_selector("#filter-family")
    page.focus("#filter-family")
    page.keyboard.type("Entry")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/board?*family=entry*")
    assert page.locator("h2").count() == 1
    assert (_asked(page, "family"), _asked(page, "second")) == ("entry", "group_cap.limit=40")
    page.focus("a.first[aria-label^='Paid entry']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#unlock")
    assert (_asked(page, "first"), _asked(page, "second")) == ("paid_entry.price=99", "group_cap.limit=40")
    assert "Paid entry (price 99 CNY, promise 0 CNY a month)" in page.evaluate(SETTING)
    assert (_asked(page, "groups"), _asked(page, "days")) == ("4", "60")


def test_the_board_keeps_the_language(browser: Any, address: str) -> None:
    one = browser.new_page()
    one.set_default_timeout(MOMENT)
    one.goto(f"{address}board?groups=4&days=20&outcome=trust")
    one.click("nav a[lang=zh]")
    one.wait_for_url("**/board?*lang=zh*")
    assert one.input_value("#filter-outcome") == "trust"
    one.click("#back")
    one.wait_for_selector("#unlock")
    assert one.evaluate("document.documentElement.lang") == "zh-Hans"
    assert "4 个群，20 天" in one.evaluate(SETTING)
    one.close()


@pytest.mark.parametrize(("lang", "wide"), [("en", 1280), ("zh", 320)])
@pytest.mark.parametrize("place", ["board?", "?groups=4&days=20&day=20&second=fixed_time.until_day%3D9%2Bgroup_cap&"])
def test_nothing_serious_bars_anybody(browser: Any, address: str, place: str, lang: str, wide: int) -> None:
    one = browser.new_page(viewport={"width": wide, "height": 800})
    one.set_default_timeout(MOMENT)
    one.goto(f"{address}{place}lang={lang}")
    if not place.startswith("board"):
        one.wait_for_selector("#config")
        one.wait_for_load_state("networkidle")  # until then the page may be drawn anew, and a click be lost
        for each in one.locator(".arm.second .q-expansion-item").all():
            if "q-expansion-item--expanded" not in (each.get_attribute("class") or ""):
                each.locator(".q-item").first.click()
        one.wait_for_selector(".arm.second .knob:visible >> nth=6")
    assert _serious(one) == []
    assert one.evaluate("document.documentElement.scrollWidth") <= wide
    one.close()


def test_a_preset_is_chosen_by_keyboard_and_goes_when_something_else_is_asked(page: Any) -> None:
    page.focus(".form .q-select input")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".q-menu .q-item")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("new URLSearchParams(location.search).get('second').includes('until_day=30')")
    page.wait_for_selector("#unlock")
    watch = page.text_content("#watch")
    assert watch == "Both are alike for the first month. Watch what stays of habit and order afterwards."
    assert "Pet owners: 8 communities of 10 groups, 180 days" in page.evaluate(SETTING)
    page.get_by_role("spinbutton", name="Days").fill("90")
    page.wait_for_function("new URLSearchParams(location.search).get('days') === '90'")
    assert page.text_content("#watch") != watch


def test_a_dose_is_changed_and_set_back(page: Any) -> None:
    page.click(".arm.second .q-expansion-item .q-item")
    page.get_by_role("spinbutton", name="limit members").fill("25")
    page.wait_for_function("new URLSearchParams(location.search).get('second') === 'group_cap.limit=25'")
    assert "limit 25 members" in page.evaluate(SETTING)
    page.get_by_role("button", name="As declared").click()
    page.wait_for_function("new URLSearchParams(location.search).get('second') === 'group_cap'")
    assert "limit 30 members" in page.evaluate(SETTING)


def test_the_summary_stays_in_sight(page: Any) -> None:
    page.focus("#skip")
    page.keyboard.press("Enter")
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight / 2)")
    page.wait_for_function("scrollY > 200")
    seen = "(() => { const at = document.querySelector('.summary').getBoundingClientRect(); " \
           "return document.elementFromPoint(at.x + 30, at.y + 10).closest('.summary') !== null; })()"  # fmt: skip
    assert page.evaluate(seen)
    below = "document.querySelector('.controls').getBoundingClientRect().top - " \
            "document.querySelector('.summary').getBoundingClientRect().bottom"  # fmt: skip
    assert page.evaluate(below) >= -1


def test_nonsense_in_every_field_does_no_harm(page: Any) -> None:
    """What is none is not asked; the page goes on."""
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.click(".arm.second .q-expansion-item .q-item")
    before = page.evaluate("location.search")
    for field in page.locator(".form input[type=number]").all():
        for said in ("-5", "99999999999999999999", "1e300", ""):
            field.fill(said)
            page.wait_for_timeout(100)
    page.wait_for_timeout(1_000)
    assert page.evaluate("location.search") == before
    page.focus(".arm.first input")
    page.keyboard.type(HOSTILE)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("spinbutton", name="Days").fill("30")
    page.wait_for_function("new URLSearchParams(location.search).get('days') === '30'")
    assert page.locator("img[src=x]").count() == 0


@pytest.mark.parametrize("name", ["scenario", "first", "second", "seed", "days", "lang", "day", "guess", "outcome"])
def test_a_strangers_link_does_no_harm(browser: Any, address: str, name: str) -> None:
    one = browser.new_page()
    one.set_default_timeout(MOMENT)
    one.on("dialog", lambda dialog: pytest.fail(dialog.message))
    one.goto(f"{address}?groups=2&days=9&{name}={quote(HOSTILE)}")
    one.wait_for_selector("#config")
    assert one.locator("img[src=x]").count() == 0
    told = one.text_content("#told")
    assert bool(told) == (name in ("scenario", "first", "second", "seed", "days"))  # and it stays
    assert "\n" not in told
    one.close()
