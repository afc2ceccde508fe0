"""A ladder of prices: who is offered which rung, who climbs, and what each purchase bears."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from scenarios import ConfigError
from scenarios.config.contradictions import check_contradictions
from sim.mechanisms.ladder import Ladder, choose, climb, name_it
from tests.mechanisms.own_rows import OwnRows
from tests.money import played as with_purse
from tests.money import the_purse_is_what_the_tables_say
from tests.plays import Tables, daily_grid, differing, lively, per_day, play, strategy
from tests.unit.rules.people import Room

PRICES = {"first": 9.9, "second": 50.0, "third": 100.0}


class Stairs:
    """A group that is offered a rung today, and one member on a rung."""

    def __init__(self, offered: float, on: int, **knobs: float) -> None:
        self.room = Room()
        self.me = self.room.sit(1)
        own = OwnRows(self.room, Ladder(**knobs))
        self.ours, self.knobs, self.mine = own.ours, own.knobs, own.of(self.me)
        self.ours.offer_rung, self.mine.rung = offered, on

    def chosen(self) -> tuple[int, float]:
        """Is it for them, and how much does it pull?"""
        room, today = self.room, self.room.today
        choose(self.me, self.mine, room.group, self.ours, today, self.knobs, room.world)
        return today.offered, today.buy


@pytest.mark.parametrize(
    ("offered", "on", "is_for", "pull"),
    [(1, 0, 0, 0.0), (1, 1, -1, 0.0), (2, 0, -1, 0.0), (2, 1, 0, 1.5), (3, 2, 0, 1.5), (3, 1, -1, 0.0)],
)
def test_a_rung_is_for_those_on_the_one_below(offered: float, on: int, is_for: int, pull: float) -> None:
    assert Stairs(offered, on).chosen() == (is_for, pull)


def test_a_step_pulls_as_its_knob_says() -> None:
    assert Stairs(2, 1, step=0.0).chosen() == (0, 0.0)


@pytest.mark.parametrize(("rung", "higher"), [(1, 0), (2, 1), (3, 1)])
def test_who_buys_stands_on_the_rung_and_the_day_bears_it(rung: int, higher: int) -> None:
    stairs = Stairs(float(rung), rung - 1)
    room = stairs.room
    name_it(room.group, stairs.ours, stairs.knobs, room.world)
    climb(stairs.me, stairs.mine, room.group, stairs.ours, stairs.knobs, room.world)
    assert (stairs.mine.rung, room.group.rung_today, stairs.ours.n_second) == (rung, rung, higher)


@cache
def played(**doses: Any) -> Tables:
    """A ladder that people climb readily, an offer a day."""
    plan = [strategy("price_ladder", **{**PRICES, "gap_days": 1, **doses})]
    return play(lively(plan, days=40, mind={"buy": 1.0}))


def test_nobody_buys_a_rung_without_the_one_before_and_none_twice_in_a_membership() -> None:
    bought: dict[tuple[int, ...], list[int]] = {}
    spells = played()["spells"]
    for one in np.sort(played()["purchases"], order=["day"]):
        same = np.logical_and.reduce([spells[name] == one[name] for name in ("replicate", "group", "person")])
        joined = spells["day_joined"][same & (spells["day_joined"] <= one["day"])].max()  # a connector may come again
        key = (int(one["replicate"]), int(one["group"]), int(one["person"]), int(joined))
        bought.setdefault(key, []).append(int(one["rung"]))
    assert all(rungs == list(range(1, len(rungs) + 1)) for rungs in bought.values())
    assert [sum(len(rungs) >= k for rungs in bought.values()) > 3 for k in (1, 2, 3)] == [True] * 3


def test_each_purchase_bears_the_price_of_its_rung_and_revenue_is_their_sum() -> None:
    tables = played()
    bought = tables["purchases"]
    price = np.array([0.0, *PRICES.values()])[bought["rung"]]
    assert bought["price"] == pytest.approx(price, rel=1e-6)
    scenario = lively(days=40)
    paid = per_day(bought, scenario, "day", bought["price"])
    assert daily_grid(tables, "revenue", scenario) == pytest.approx(paid, rel=1e-5)
    counted = tables["mechanism.ladder"]["n_second"].sum()
    assert counted == (bought["rung"] > 1).sum()


def test_an_operator_who_sells_by_the_ladder_earns_the_margin_of_what_was_paid() -> None:
    """The purse at the end: margin on each price, less what was spent."""
    scenario = lively([strategy("price_ladder", **PRICES, gap_days=1)], mind={"buy": 1.0})
    the_purse_is_what_the_tables_say(with_purse(scenario), scenario)


@pytest.mark.parametrize("prices", [{"first": 300.0}, {"third": 100.0}])
def test_a_ladder_that_goes_down_is_refused(prices: dict[str, float]) -> None:
    with pytest.raises(ConfigError, match=r"price_ladder: .*goes down"):
        check_contradictions((strategy("price_ladder", **prices),), 100)


@pytest.mark.parametrize("other", ["goods", "hard_adverts"])
def test_a_ladder_and_another_price_or_tone_on_one_day_are_refused_by_name(other: str) -> None:
    with pytest.raises(ConfigError, match=f"{other} and price_ladder both want to set .*offer_tone"):
        check_contradictions((strategy("price_ladder"), strategy(other)), 100)
    check_contradictions((strategy("price_ladder", until_day=29), strategy(other, from_day=30)), 100)


def test_lanes_agree_on_a_ladder() -> None:
    scenario = lively([strategy("price_ladder", **PRICES, gap_days=2)], mind={"buy": 1.0})
    assert differing(play(scenario, "mesa"), play(scenario)) == []
