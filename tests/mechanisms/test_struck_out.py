"""Struck-out list prices: whom they pull, whom they repel, and that they are seen through."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sim.mechanisms.struck_out import StruckOut, compare
from sim.mechanisms.suspicion import Suspicion
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import Room


class Shelf:
    """A group with an offer today and a list price ten times as high, and one member who has read the host."""

    def __init__(self, ratio: float = 10.0, suspicion: float = 0.0, **knobs: float) -> None:
        self.room = Room()
        self.room.group.is_offer_day, self.room.group.price_today = 1, 198.0
        self.me = self.room.sit(1, n_host_read=1)
        self.own, self.theirs = OwnRows(self.room, StruckOut(**knobs)), OwnRows(self.room, Suspicion())
        self.own.ours.list_price = ratio
        self.theirs.of(self.me).suspicion = suspicion

    def seen(self, offered: int = 0) -> tuple[float, float, int]:
        """Pull, staged lines met, and prices seen."""
        room, theirs = self.room, self.theirs.of(self.me)
        room.today.offered = offered
        compare(self.me, None, room.group, self.own.ours, room.today, self.own.knobs, room.world, theirs)
        return room.today.buy, theirs.staged, self.own.ours.n_list_seen


@pytest.mark.parametrize(("ratio", "suspicion", "pull"), [
    (10.0, 0.0, 0.4 * math.log(10.0)), (2.0, 0.0, 0.4 * math.log(2.0)), (10.0, 0.5, 0.0),
    (10.0, 1.0, -0.4 * math.log(10.0)),
])  # fmt: skip
def test_a_list_price_pulls_who_believes_it_and_repels_others(ratio: float, suspicion: float, pull: float) -> None:
    assert Shelf(ratio, suspicion).seen() == (pytest.approx(pull), pytest.approx(0.5 * math.log(ratio)), 1)


def test_it_does_nothing_to_who_does_not_see_it_or_is_not_meant_nor_where_there_is_none() -> None:
    unread, quiet = Shelf(), Shelf()
    unread.me.n_host_read, quiet.room.group.is_offer_day = 0, 0
    found = [unread.seen(), quiet.seen(), Shelf().seen(-1), Shelf(1.0).seen(), Shelf(anchor=0.0, plain=0.0).seen()]
    assert [one[:2] for one in found] == [(0.0, 0.0)] * 5
    assert unread.seen(1)[0] > 0.0, "a hard advert is on everybody's screen"


def sold(name: str, ratio: float, lane: str = "compiled", **more: Any) -> Tables:
    plan = [strategy(name, gap_days=1, list=ratio)]
    return play(lively(plan, replicates=10, **more), lane)


@pytest.mark.parametrize("name", ["goods", "price_ladder"])
def test_more_is_bought_beside_a_list_price_and_it_is_seen_through(name: str) -> None:
    plain, struck = sold(name, 1.0), sold(name, 10.0)
    assert struck["purchases"].size > 1.2 * plain["purchases"].size
    assert "mechanism.struck_out" not in plain or plain["mechanism.struck_out"]["n_list_seen"].sum() == 0
    grows = struck["mechanism.suspicion"]["sum_suspicion"]
    assert grows.sum() > 0.0
    assert struck["mechanism.struck_out"]["n_list_seen"].sum() > struck["purchases"].size


def test_lanes_agree_on_a_struck_out_price() -> None:
    scenario = lively([strategy("price_ladder", gap_days=2, list=5.0)], mind={"buy": 1.0})
    assert differing(play(scenario, "mesa"), play(scenario)) == []
