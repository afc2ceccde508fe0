"""Drawing a guess in a replay: by sliders and by pointer, on a phone; it stays, is scored and resumed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scenarios.reports.replay import write_replay
from sim.analysis.lifecycle import curve
from tests.browser.pages import BROWSER
from tests.fakes import fake_results

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")

INK = """() => { const it = document.getElementById("chart-members"), pen = it.getContext("2d");
  const all = pen.getImageData(0, 0, it.width, it.height).data;
  let inked = 0;
  for (let k = 0; k < all.length; k += 4) inked += all[k] === 0 && all[k + 1] === 114 && all[k + 3] > 200;
  return inked; }"""


@pytest.fixture(scope="module")
def results() -> Any:
    return fake_results(["nothing", "red_packet"], replicates=2, groups=3, days=60)


@pytest.fixture(scope="module")
def file(results: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_replay(results.write(tmp_path_factory.mktemp("drawn") / "run"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as made:
        yield made.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])


@pytest.fixture
def page(browser: Any, file: Path) -> Iterator[Any]:
    """A replay on a phone; what the browser complains of fails the test."""
    one = browser.new_page(viewport={"width": 320, "height": 800})
    complaints: list[str] = []
    one.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    one.on("pageerror", lambda error: complaints.append(str(error)))
    one.goto(f"{file.as_uri()}#en")
    one.focus(".guess summary")
    one.keyboard.press("Enter")
    yield one
    one.close()
    assert complaints == []


def drawn(page: Any) -> list[int]:
    return [int(page.input_value(f"#draw-{k}")) for k in range(5)]


def test_by_keyboard_alone_it_is_scored_against_what_came(page: Any, results: Any) -> None:
    assert page.is_disabled("#unlock")
    level = drawn(page)
    page.focus("#draw-0")
    for key in ("ArrowRight", "ArrowRight", "Tab", "Home", "Tab", "End"):
        page.keyboard.press(key)
    values = drawn(page)
    top = int(page.get_attribute("#draw-2", "max"))
    assert values == [level[0] + 2, 0, top, *level[3:]]
    assert "Do nothing, members on day 13" in page.get_attribute("#draw-0", "aria-label")
    page.focus("#unlock")
    page.keyboard.press("Enter")
    page.focus("#scrub")
    page.keyboard.press("ArrowRight")
    assert page.text_content(".drawn-line") == "Dotted: the members you guessed."
    page.keyboard.press("End")
    told = page.text_content(".drawn-line")
    curves = curve(results.daily, "n_members").groupby("arm", observed=True)
    means = {arm: rows["mean"].to_numpy() for arm, rows in curves}
    mine, days = means["nothing"], [0, 12, 24, 35, 47, 59]
    at = [mine[0], *values]
    guess = [at[k - 1] + (at[k] - at[k - 1]) * (day - days[k - 1]) / (days[k] - days[k - 1])
             for day in range(60) for k in [next(k for k in range(1, 6) if days[k] >= day)]]  # fmt: skip
    gap = sum(abs(a - b) for a, b in zip(guess, mine, strict=True)) / 60
    both = [value for one in means.values() for value in one]
    found = re.search(r"off by ([\d.]+) members a group on average, ([\d.]+) % of the range", told)
    assert found, told
    assert float(found[1]) == pytest.approx(gap, rel=0.01)
    assert float(found[2]) == pytest.approx(100 * gap / (max(both) - min(both)), rel=0.01)
    assert "communities: 2" in told
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_pointer_moves_the_same_handles_and_the_curve_stays_on_the_picture(page: Any) -> None:
    before = page.evaluate(INK)
    page.locator("#draw").scroll_into_view_if_needed()
    box = page.locator("#draw").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 10, box["y"] + 20, steps=20)
    page.mouse.up()
    values = drawn(page)
    assert values == sorted(values)
    assert values[0] < values[-1]
    assert page.evaluate(INK) > before + 40
    page.focus("#erase")
    page.keyboard.press("Enter")
    assert page.is_disabled("#unlock")
    assert page.evaluate(INK) == before


def test_a_refresh_resumes_with_the_guess_and_new_arms_forget_it(page: Any) -> None:
    page.check("[name=drawn_arm][value=b]")
    page.locator("#draw-4").fill("7")
    page.click("#unlock")
    page.focus("#scrub")
    page.keyboard.press("End")
    told = page.text_content(".drawn-line")
    assert told.startswith("Your curve of Red packets")
    page.reload()
    assert page.text_content("#day") == "Day 60 of 60"
    assert page.text_content(".drawn-line") == told
    page.select_option(".pick.a select", "red_packet")
    assert page.is_disabled("#unlock")


@pytest.mark.parametrize("said", ["a1-2-3", "a1-2-3-4-999999", "<img src=x>", "b1-2-3-4-x", "constructor", "a-1-2-3-4"])
def test_a_strangers_guess_that_is_none_is_passed_over(page: Any, said: str) -> None:
    state = {"open": True, "day": 59, "drawn": said, "guess": said}
    page.evaluate("state => sessionStorage.setItem(location.pathname, JSON.stringify(state))", state)
    page.reload()
    assert page.text_content("#day") == "Day 60 of 60"
    assert page.text_content(".drawn-line") == ""
    assert "Your guess" not in page.text_content(".verdict-line")


def test_who_wants_little_motion_presses_play_first(browser: Any, file: Path) -> None:
    days = {}
    for wish in ("reduce", "no-preference"):
        one = browser.new_page(reduced_motion=wish)
        one.goto(f"{file.as_uri()}#en")
        one.click("#skip")
        one.wait_for_timeout(400)
        days[wish] = one.text_content("#day")
        one.close()
    assert days["reduce"] == "Day 1 of 60"
    assert days["no-preference"] != "Day 1 of 60"
