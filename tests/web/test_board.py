"""The board: every strategy with what was measured of it, on one scale, and links that put it into an arm."""

from __future__ import annotations

import csv
import html
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from scenarios.config import catalog
from scenarios.strategies.plans import PLANS
from scenarios.web.board import board, place_on_axis
from scenarios.web.question import Question
from sim.locale.words import arm_label

FILE = Path("scenarios/strategies/measured.csv")


def links(text: str, which: str) -> dict[str, Question]:
    """Where the links into an arm lead, by what they are called."""
    found = re.findall(rf'<a class="{which}" href="([^"]*)" aria-label="([^"]*)"', text)
    return {label: Question.read(dict(parse_qsl(urlsplit(html.unescape(to)).query))) for to, label in found}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_strategy_is_told_once_with_every_expectation(lang: str) -> None:
    text = board({}, lang)
    names = [name for name in catalog.options("strategy") if name != "nothing"]
    titles = re.findall(r'colspan="6"><b>([^<]*)</b>', text)
    assert sorted(map(html.unescape, titles)) == sorted(arm_label(name, lang) for name in names)
    expected = sum(len(one.expected) for one in {**catalog.strategies(), **PLANS}.values())
    assert len(re.findall("<circle", text)) == expected
    assert len(re.findall(r"\bn = \d+", text)) >= expected
    assert not re.search(r"\bnan\b|``|effects_", text)


def test_filled_is_as_expected() -> None:
    """A circle for every verdict of the table that ships, in every family."""
    verdicts = [row["verdict"] for row in csv.DictReader(FILE.open(encoding="utf-8")) if row["verdict"]]
    drawn = re.findall(r'class="(filled|hollow)"', board({}, "en"))
    assert drawn.count("filled") == verdicts.count("as_expected") > 0
    assert drawn.count("hollow") == len(verdicts) - verdicts.count("as_expected") > 0


def test_the_axis_is_even_up_to_one_and_tenfold_beyond() -> None:
    step = place_on_axis(1.0) - place_on_axis(0.0)
    assert place_on_axis(-1.0) == pytest.approx(place_on_axis(0.0) - step, abs=0.02)
    assert place_on_axis(10.0) == pytest.approx(place_on_axis(1.0) + step, abs=0.02)
    assert place_on_axis(0.5) == pytest.approx(place_on_axis(0.0) + step / 2, abs=0.02)
    assert place_on_axis(float("inf")) == place_on_axis(1000.0) == place_on_axis(1e9) < 100
    assert place_on_axis(float("-inf")) == place_on_axis(-100.0) > 0


@pytest.mark.parametrize(("place", "outcome"), [(0, "stayed"), (1, "members")])
def test_a_dot_lies_at_the_difference_in_multiples_of_the_least(place: int, outcome: str) -> None:
    lines = csv.DictReader(FILE.read_text("utf-8").splitlines())
    (row,) = [one for one in lines if (one["strategy"], one["outcome"]) == ("cohorts", outcome) and one["verdict"]]
    times = float(row["difference"]) / float(row["least"])
    text = board({"family": "entry"}, "en")
    dots = re.findall(r'<circle[^>]* cx="([\d.]+)%"', text[text.index("<b>Cohorts</b>") :])
    assert abs(times) > 3
    assert float(dots[place]) == pytest.approx(place_on_axis(times), abs=0.01)


def test_a_link_adds_the_strategy_at_the_dose_it_was_tried_at() -> None:
    asked = Question("deals", "red_packet.every=3", "group_cap.limit=40", seed=3, days=90)
    text = board(dict(parse_qsl(asked.link)), "en")
    first, second = links(text, "first"), links(text, "second")
    assert first["Paid entry: First arm (price=99.0)"].first == "red_packet.every=3+paid_entry.price=99"
    assert second["Paid entry: Second arm (price=99.0)"].second == "group_cap.limit=40+paid_entry.price=99"
    assert second["Size cap: Second arm (limit=148)"].second == "group_cap.limit=148"  # it was there: another dose
    assert {(one.scenario, one.seed, one.days) for one in (*first.values(), *second.values())} == {("deals", 3, 90)}
    assert {one.second for one in first.values()} == {asked.second}
    assert any(one.second == "group_cap.limit=40+stage_plan" for one in second.values())  # a plan has its own doses
    staged = [label for label in first if label.startswith("Staged quarrel")]
    assert len(staged) == 2  # good and bad acting are tried apart


def test_a_link_plays_it_where_it_was_tried() -> None:
    """With what it was compared with, and what was played beside it; not where the page lacks a field for a setting."""
    text = board({}, "en")
    tries = re.findall(r'<a href="([^"]*)" aria-label="([^"]*): as it was tried">', text)
    found = {title: Question.read(dict(parse_qsl(urlsplit(html.unescape(to)).query))) for to, title in tries}
    assert (found["Paid entry"].scenario, found["Paid entry"].first) == ("deals", "nothing")
    assert found["Goods"].second == "goods.gap_days=1+fixed_time"
    assert found["Goods"].first == "fixed_time"
    assert found["Interest first"].first == "hard_adverts.per_day=5"
    assert found["Project groups"].first == "paid_entry"
    assert "Answer at once" not in found  # by an operator with 24 hours a day
    for asked in found.values():
        assert len(asked.composed()) == 2


def test_an_arm_that_would_be_too_long_is_no_link() -> None:
    full = "advert_ban+fixed_time+goods+cull+screening+welfare+introductions+co_moderators+members_market+" \
           "answer_complaints"  # fmt: skip
    text = board({"second": full}, "en")
    assert "an arm is written in up to 120 printable letters" in text
    assert len(links(text, "first")) > 50


def test_the_address_holds_filter_question_and_language() -> None:
    asked = {"second": "group_cap.limit=40", "family": "money", "outcome": "revenue", "day": "12", "guess": "b"}
    text = html.unescape(board(asked, "zh"))
    assert '<option value="money" selected>' in text
    assert '<option value="revenue" selected>' in text
    assert 'name="second" value="group_cap.limit=40"' in text
    back = dict(parse_qsl(urlsplit(re.findall(r'id="back" href="([^"]*)"', text)[0]).query))
    assert (back["second"], back["lang"], back["day"], back["guess"]) == ("group_cap.limit=40", "zh", "12", "b")
    other = re.findall(r'<a href="(/board[^"]*)" lang="en"', text)[0]
    assert dict(parse_qsl(other))["outcome"] == "revenue"
    assert 'name="family" id="filter-family"' in text
    assert len(re.findall(r"<h2>", text)) == 1


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.mark.parametrize("key", ["first", "second", "scenario", "family", "outcome", "day", "guess", "lang", "groups"])
def test_a_strangers_link_does_no_harm(key: str) -> None:
    text = board({key: HOSTILE}, "en")
    assert "<script" not in text
    assert "<img" not in text
    assert len(links(text, "first")) > 50
    assert ('id="told"' in text) == (key in ("first", "second", "scenario", "groups"))


def test_what_is_asked_for_and_not_there_is_said() -> None:
    assert "No strategy of this family" in board({"family": "welcome", "outcome": "revenue"}, "en")
    assert "<h2>Money</h2>" in board({"family": "moneyy"}, "en")  # such a filter is passed over
