"""The page of `shequn app` under odd orders of clicks and odd links: what is shown belongs to what is asked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.pages import BROWSER, MOMENT

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")


def _shown_is_asked(page: Any) -> None:
    """The digest on the page is that of the question in its address."""
    page.wait_for_function("document.getElementById('told').className !== 'busy' && document.getElementById('made')")
    link = page.evaluate("location.search")
    wanted = page.request.get(f"{page.url.split('?')[0]}answer{link}").json()["digest"]
    assert page.get_attribute("#made code", "title") == wanted


def test_a_change_while_the_first_answer_is_on_its_way(page: Any) -> None:
    """The answer of the old question comes late, and is not shown under the new one's address."""
    held: list[Any] = []
    page.route("**/answer?**seed=21**", lambda route: held.append(route))
    page.goto(f"{page.url.split('?')[0]}?groups=3&days=20&seed=21&day=9")
    page.get_by_label("Luck (seed)").fill("22")
    page.wait_for_function("new URLSearchParams(location.search).get('seed') === '22'")
    assert page.text_content("#day") == "Day 9 of 20"
    for one in held:
        one.continue_()
    page.wait_for_timeout(1000)
    assert page.evaluate("new URLSearchParams(location.search).get('seed')") == "22"
    _shown_is_asked(page)


def test_after_a_first_question_that_was_refused_the_next_is_played(browser: Any, address: str) -> None:
    one = browser.new_page()
    one.set_default_timeout(MOMENT)
    one.goto(f"{address}?groups=3&days=20&second=clone")
    one.wait_for_selector("#told.mistake")
    assert "clone copies nothing" in one.text_content("#told")
    one.click(".arm.second .q-chip__icon--remove")
    one.wait_for_selector("#unlock")
    _shown_is_asked(one)
    one.close()


def test_rolled_luck_stands_in_its_field(page: Any) -> None:
    page.click("text=Roll the dice again")
    page.wait_for_function("new URLSearchParams(location.search).get('seed') !== '7'")
    assert page.get_by_label("Luck (seed)").input_value() == page.evaluate(
        "new URLSearchParams(location.search).get('seed')"
    )
    _shown_is_asked(page)


def test_a_link_with_half_a_day_shows_a_whole_one(page: Any) -> None:
    page.goto(f"{page.url.split('?')[0]}?groups=3&days=20&day=9.5&follow=b.1.")
    page.wait_for_selector("#member", state="visible")
    assert page.text_content("#day") == "Day 9 of 20"


def test_who_goes_by_keyboard_keeps_their_place_in_chat_and_rules(page: Any) -> None:
    """The fan grows meanwhile, and tells the page so every second."""
    page.goto(f"{page.url.split('?')[0]}?groups=4&days=20&day=5&follow=b.1.")
    page.wait_for_selector("#chat button")
    page.focus("#chat button")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "who"
    page.click("#ask-rules")
    page.wait_for_selector("#rules summary")
    page.click("#rules summary")
    page.evaluate("dispatchEvent(new Event('resize'))")  # everything is told again
    assert page.locator("#rules details[open]").count() == 1


def test_people_of_a_server_that_is_away_are_told_so(browser: Any, address: str) -> None:
    one = browser.new_page()
    one.set_default_timeout(MOMENT)
    one.goto(f"{address}?groups=3&days=20&day=5")
    one.wait_for_selector("#people-show:visible")
    one.route("**/people?**", lambda route: route.abort())
    one.click("#people-show")
    one.wait_for_function("document.getElementById('people-status').textContent.startsWith('The server did not')")
    one.unroute("**/people?**")
    one.click("#people-show")
    one.wait_for_selector("#member", state="visible")
    one.close()


def test_a_draw_is_compared_with_the_chance_it_decides(page: Any) -> None:
    """Leaving has two draws, of muting and of leaving; opening a topic has one that is handed to the rule, and more of
    what is written.
    """
    fired = [{"who": 5, "rule": "Member.leave", "numbers": {"x": 1, "chance": 0.01},
              "draws": [["mute", 0.004], ["leave", 0.5]]},
             {"who": 5, "rule": "Member.opens", "numbers": {"u": 0.01, "chance": 0.02}, "draws": [["kind", 0.3]]},
             {"who": 5, "rule": "tasks.judge", "draws": [["", 0.4]]}]  # fmt: skip
    page.goto(f"{page.url.split('?')[0]}?groups=4&days=20&day=5&follow=b.1.")
    page.wait_for_selector("#member", state="visible")
    who = int(page.input_value("#people-who"))
    played = {"fired": [{**one, "who": who} for one in fired], "docs": {}}
    page.route("**/rules?**", lambda route: route.fulfill(json=played))
    page.click("#ask-rules")
    page.wait_for_selector("#rules li")
    told = page.locator("#rules p").all_inner_texts()
    said = [text.strip() for text in told if text.startswith("Luck")]
    assert said[0] == "Luck (mute): 0.004"
    assert said[1] == "Luck (leave): 0.5 is not below the chance 0.01: no"
    assert said[2] == "Luck (open a topic): 0.01 is below the chance 0.02: yes"
    assert said[3] == "Luck (which topic): 0.3"
    assert said[4] == "Luck: 0.4"


def test_who_is_not_in_the_other_arm_is_not_replaced_in_silence(page: Any) -> None:
    page.goto(f"{page.url.split('?')[0]}?groups=3&days=20&day=20&follow=b.1.987654")
    page.wait_for_selector("#member", state="visible")
    told = page.text_content("#people-status")
    assert told == "#987654 was never in this group here; somebody else is followed now."
    page.select_option("#people-arm", "a")
    page.wait_for_function("document.getElementById('people-status').textContent === ''")
    for arm, name in (("first", "nothing"), ("second", "group_cap")):
        link = f"people{page.evaluate('location.search')}&arm={arm}&group=1"
        assert page.request.get(page.url.split("?")[0] + link).json()["arm"] == name
