"""What the form says and offers: an arm in words, the box of strategies, and texts of strangers in it."""

from __future__ import annotations

import html
import json
import re

import pytest

from scenarios.config import catalog
from scenarios.web.arm import Arm
from scenarios.web.chooser import STYLE, _script, about_strategy
from scenarios.web.question import Question
from scenarios.web.summary import arm_in_words, setting_in_words
from sim.locale.speaking import speaking


def test_an_arm_is_told_with_all_its_doses() -> None:
    arm = Arm.read("group_cap.limit=60+welfare.until_day=60")
    assert arm_in_words(arm, "en") == ("Size cap (limit 60 members, queue 20 people, when_full queue) + "
                                       "Member welfare (per_month 20 CNY a month, until_day 60)")  # fmt: skip
    assert arm_in_words(arm, "zh").startswith("限制人数（limit 60 人，")
    assert arm_in_words(Arm(), "en") == "Do nothing"
    assert arm_in_words(Arm.read("stage_plan"), "en") == "Plan by stages"


def test_the_setting_is_told_in_words() -> None:
    asked = Question("deals", groups=1, communities=8, days=90, seed=3)
    assert setting_in_words(asked, "en") == "Deals: 8 communities of 1 group, 90 days; luck 3"
    assert setting_in_words(asked, "zh") == "优惠信息群：8 个社群，每个 1 个群，90 天；运气 3"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_strategy_says_what_it_does(lang: str) -> None:
    with speaking(lang):
        told = {name: about_strategy(name) for name in catalog.options("strategy")}
    assert [name for name, text in told.items() if not text or "``" in text or "\n" in text] == []
    assert bool(re.search("[\u4e00-\u9fff]", told["paid_entry"])) == (lang == "zh")


def test_every_family_has_a_heading_that_stands_once() -> None:
    assert {f".f-{one} + .f-{one} .family" in STYLE for one in catalog.families().values()} == {True}


@pytest.mark.parametrize("text", ['"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "it's \\ `so`", "</script>\u2028"])
def test_what_a_strategy_of_a_stranger_says_stays_text(text: str) -> None:
    """It goes into an attribute, as a list of JavaScript, and comes out as it was."""
    written = _script([text])
    assert not set('<>"\'') & set(written)
    assert json.loads(html.unescape(written)) == [text]


def test_a_strategy_that_is_put_in_takes_its_doses_and_leaves_the_others() -> None:
    arm = Arm.read("group_cap.limit=60+advert_ban")
    arm.put("group_cap", {"queue": "0"})
    arm.put("paid_entry", {"price": "99.0", "from_day": "30"})
    assert arm.text == "group_cap.queue=0+advert_ban+paid_entry.price=99,from_day=30"
    assert Arm.read(arm.text).text == arm.text
