"""The price at the door: what is asked, who pays, to the fen, and on which day's terms."""

from __future__ import annotations

from typing import Any

import pytest

from scenarios.strategies.base import GroupFacts, Strategy
from sim.data.tables import CHANNELS
from sim.engine.levers import Levers
from sim.mechanisms.price import Price, ask, take
from tests.mechanisms.rows import knobs_of, ours_of
from tests.plays import differing, lively, play, strategy
from tests.unit.rules.people import Room

FOUNDER, SEARCH, CARRIED = (CHANNELS.index(name) for name in ("founder", "search", "carried"))


class Dearer(Strategy):
    """Free for five days, then dearer every day; another price in every group."""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        levers.entry_price.plus(0.1 * (groups.index + 1) * max(0, day - 4))


def asked(price: float, before: float = 0.0) -> float:
    """The price that somebody is asked at the door."""
    room = Room()
    room.knock.price = before
    ask(None, None, room.group, ours_of(Price, entry_price=price), room.knock, None, room.world)
    return float(room.knock.price)


def test_the_price_is_added_to_what_others_ask() -> None:
    assert asked(9.9) == 9.9
    assert asked(9.9, before=5.0) == 14.9


@pytest.mark.parametrize(("channel", "price", "paid"), [(SEARCH, 9.9, 9.9), (CARRIED, 9.9, 9.9), (FOUNDER, 9.9, 0.0),
                                                        (SEARCH, 1.119, 1.12), (SEARCH, 0.004, 0.0)])  # fmt: skip
def test_a_newcomer_pays_to_the_fen_and_a_founder_nothing(channel: int, price: float, paid: float) -> None:
    room = Room()
    me: Any = room.sit(1, channel=channel)
    take(me, None, room.group, ours_of(Price, entry_price=price), knobs_of(Price), room.world)
    assert (me.entry_paid, me.spent, room.group.revenue) == (paid, paid, paid)


def test_everybody_pays_the_price_of_their_group_on_the_day_they_got_a_seat() -> None:
    tables = play(lively([Dearer()], purpose={"search_rate": 4.0}))
    spells = tables["spells"]
    price = 0.1 * (spells["group"] + 1) * (spells["day_joined"] - 4).clip(0)
    price[spells["channel"] == FOUNDER] = 0.0
    assert spells["entry_paid"] == pytest.approx(price, abs=1e-5)
    assert (price > 0.0).sum() > 10
    sold = tables["purchases"]["price"].sum(dtype=float)
    assert tables["daily"]["revenue"].sum(dtype=float) == pytest.approx(price.sum() + sold, rel=1e-5)


def test_lanes_agree_on_days_with_and_without_a_price() -> None:
    scenario = lively([Dearer(), strategy("group_cap", limit=16, queue=5)])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
