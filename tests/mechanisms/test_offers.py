"""Offers of the product: in play wherever there is one, due once in a while, and never without a minute."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.data.tables import KINDS
from sim.mechanisms.offers import Offers, plan_offer
from sim.model.submodels.messages import OFFER
from tests.mechanisms.own_rows import OwnRows
from tests.plays import lively, play, started, strategy
from tests.unit.rules.people import Room


def desk_of(day: int = 0, minutes: float = 100.0, knobs: dict[str, float] | None = None, **group: float) -> Any:
    """A group after its offer of the day was planned."""
    room = Room(day=day, **({"posting_minutes": 1.0, "offer_every": 7.0, "item_price": 100.0} | (knobs or {})))
    own = OwnRows(room, Offers())
    for name, value in ({"minutes_left": minutes} | group).items():
        setattr(room.group, name, value)
    plan_offer(room.group, own.ours, own.knobs, room.world)
    return room.group


@pytest.mark.parametrize(
    ("day", "index", "born", "is_due"),
    [(5, 0, 0, 0), (6, 0, 0, 1), (7, 0, 0, 0), (13, 0, 0, 1), (10, 0, 4, 1), (6, 1, 0, 0), (3, 1, 0, 1)],
)
def test_an_offer_is_due_once_a_week_on_a_day_of_the_groups_own(day: int, index: int, born: int, is_due: int) -> None:
    group = desk_of(day, index=index, day_born=born)
    assert group.is_offer_day == group.n_planned == is_due
    assert group.price_today == 100.0 * is_due
    assert (group.minutes_left, group.minutes_content) == (100.0 - is_due, float(is_due))


def test_no_offer_without_a_minute_or_a_product_or_where_none_are_made() -> None:
    assert desk_of(6, minutes=0.9).is_offer_day == 0
    for knobs in ({"item_price": 0.0}, {"offer_every": 0.0}):
        assert desk_of(6, knobs=knobs).is_offer_day == 0


def test_the_offer_is_made_at_seven_in_the_evening() -> None:
    group = desk_of(6)
    assert (group.planned_kind[0], int(group.planned_at[0])) == (OFFER, 19 * 60)


@pytest.mark.parametrize(("price", "every", "plays"), [(100.0, 7.0, True), (0.0, 7.0, False), (100.0, 0.0, False)])
def test_it_is_in_play_without_a_lever_wherever_there_is_something_to_offer(
    price: float, every: float, plays: bool
) -> None:
    scenario = lively(purpose={"item_price": price}, operator={"offer_every": every})
    assert [one.name() for one in scenario.mechanisms] == (["offers"] if plays else [])
    assert ("offers" in scenario.as_dict()) is plays
    assert [one.name() for one in scenario.replace(strategies=(strategy("red_packet"),)).mechanisms] == (
        ["offers", "red_packet"] if plays else ["red_packet"]
    )


def test_nothing_acts_in_the_day_of_the_groups_for_offers_alone() -> None:
    engine = started(lively())
    engine.step()
    assert list(engine.in_play.mechanisms) == ["offers"]
    assert not engine.state.groups["is_watched"].any()
    assert not any(np.any(desk.calls) for desk in engine._desks)


@pytest.mark.parametrize("lane", ["mesa", "compiled"])
def test_offers_are_made_as_often_as_they_fall_due_and_sell(lane: str) -> None:
    """Three groups of two communities, twenty days, an offer every third day: six or seven each."""
    played = play(lively(), lane)
    said = played["messages"][played["messages"]["kind"] == KINDS.index("offer")]
    assert 30 <= said.size <= 42
    assert set((said["minute"] % 1440 // 60).astype(int).tolist()) == {19}
    assert played["purchases"].size > 0
