"""Paid adverts: money of the purse, to the fen, and who knocks for it; the purse before packets; who bears the cost."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from scenarios import Scenario
from scenarios.strategies.base import GroupFacts, Strategy
from sim.data.tables import CHANNELS
from sim.engine.knobs import Knob
from sim.engine.levers import Levers
from sim.mechanisms import call_to_door
from sim.mechanisms.paid_adverts import PaidAdverts, buy_clicks
from sim.mechanisms.red_packet import RedPacket, plan_packet
from sim.model.submodels.market import MOST, expect
from tests.mechanisms.rows import knobs_of, ours_of
from tests.plays import Tables, lively, play, strategy
from tests.unit.rules.people import Room

PAID_AD = CHANNELS.index("paid_ad")


class Campaign(Strategy):
    """Adverts for so much a day, on the first days."""

    yuan = Knob(10.0, 0.0, 1e5, "CNY/day", "money", "assumption")
    days = Knob(1_000, 0, 1_000, "days", "how long", "assumption")

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        levers.advert_yuan.plus(self.yuan if day < self.days else 0.0)


def morning(holds: float, base: float = 0.0, yuan: float = 0.0, price: float = 2.0) -> tuple[Room, Any]:
    """A community whose purse holds so much, and the mechanism's row of a group, after adverts were bought."""
    room, ours = Room(purse=holds, advert_yuan_base=base), ours_of(PaidAdverts, advert_yuan=yuan)
    buy_clicks(room.group, ours, knobs_of(PaidAdverts, click_price=price), room.world)
    return room, ours


# --- one morning of one group ----------------------------------------------------------------------------------------


def test_paid_adverts_are_set_aside_from_the_purse_or_not_bought_at_all() -> None:
    room, ours = morning(100.0, base=30.0, yuan=40.0)
    assert (ours.advert_cost, room.world.purse_left) == (7_000, 30.0)
    assert (room.group.yuan_aside, room.group.yuan_paid, room.group.knocks_paid) == (70.0, 70.0, 35.0)
    room, ours = morning(69.0, base=30.0, yuan=40.0)
    assert (ours.advert_cost, room.world.purse_left) == (0, 69.0)
    assert room.group.yuan_aside == room.group.yuan_paid == room.group.knocks_paid == room.group.n_called == 0


def test_what_is_bought_is_paid_for_to_the_fen() -> None:
    room, ours = morning(100.0, yuan=8.884, price=4.0)
    assert (ours.advert_cost, room.group.yuan_paid, room.group.knocks_paid) == (888, 8.88, 2.22)
    room, ours = morning(100.0, yuan=0.004)
    assert (ours.advert_cost, room.group.knocks_paid) == (0, 0.0)


def packet(holds: float, **levers: float) -> tuple[int, float]:
    """Fen planned for a packet, and what the purse holds then."""
    room, ours = Room(purse=holds), ours_of(RedPacket, **levers)
    plan_packet(room.group, ours, knobs_of(RedPacket), room.world)
    return ours.fen_planned, room.world.purse_left


def test_a_packet_is_set_aside_to_the_fen_or_not_sent_at_all() -> None:
    assert packet(10.0, packet_yuan=8.884, packet_shares=5.0) == (888, pytest.approx(1.12))
    for lacking in ({"packet_yuan": 10.01}, {"packet_shares": 0.0}, {"packet_yuan": 0.004}):
        assert packet(10.0, **({"packet_yuan": 8.88, "packet_shares": 5.0} | lacking)) == (0, 10.0)


def test_as_many_are_called_as_the_money_buys_on_the_average() -> None:
    """Poisson: mean 3, variance 3; 2,000 days. Seed fixed; false alarm 6e-5 for each of the two (4 standard errors)."""
    room, called = Room(), []
    for day in range(2_000):
        room.on(day)
        expect(1.0, room.group, room.world)
        call_to_door(3.0, room.group, room.world)
        called.append(room.group.n_called)
    counts = np.array(called)
    assert abs(counts.mean() - 3.0) < 4 * math.sqrt(3.0 / 2_000)
    assert abs(counts.var() - 3.0) < 4 * math.sqrt((3.0 + 2 * 9.0) / 2_000)  # variance of a Poisson's variance


def test_two_who_call_are_one_draw_and_nobody_is_called_twice() -> None:
    for day in range(30):
        one, two = Room(day=day), Room(day=day)
        call_to_door(7.0, one.group, one.world)
        for part in (3.0, 4.0):
            call_to_door(part, two.group, two.world)
        assert one.group.n_called == two.group.n_called
        expect(1.0, two.group, two.world)
        assert (two.group.n_called, two.group.knocks_paid) == (0, 0.0)


def test_no_more_are_called_in_a_day_than_a_door_holds() -> None:
    room = Room()
    call_to_door(1e6, room.group, room.world)
    assert 0.7 * MOST < room.group.n_called < 1.3 * MOST


# --- in a run --------------------------------------------------------------------------------------------------------


def quiet_door(*strategies: Strategy, base: float = 0.0, **changes: Any) -> Scenario:
    """Nobody finds the door by themselves."""
    operator = {"advert_yuan_base": base, **changes.pop("operator", {})}
    return lively(strategies, purpose={"search_rate": 0.0}, operator=operator, cast={"kols": 0.0}, **changes)


def clicked(tables: Tables) -> int:
    """Memberships that began with a paid advert."""
    return int((tables["spells"]["channel"] == PAID_AD).sum())


def test_adverts_come_before_packets() -> None:
    """The purse holds 100 CNY: adverts for 95 leave too little for a packet of 6, and enough for one of 5."""
    for amount, sent in ((6.0, 0.0), (5.0, 5.0)):
        small = {"population": {"groups": 1}, "replicates": 1, "days": 1, "operator": {"purse": 100.0},
                 "mind": {"generosity": 0.0}}  # fmt: skip
        day = play(quiet_door(strategy("red_packet", amount=amount, shares=5), base=95.0, **small), "mesa")["daily"]
        assert day["packet_sent"].tolist() == [sent]
        assert day["cost"][0] >= 95.0


def test_adverts_bring_people_with_or_without_a_strategy_and_no_longer_than_they_are_paid() -> None:
    assert clicked(play(quiet_door(), "mesa")) == 0
    assert clicked(play(quiet_door(base=10.0), "mesa")) > 10
    tables = play(quiet_door(Campaign(days=5)), "mesa")
    assert clicked(tables) > 10
    came = tables["spells"][tables["spells"]["channel"] == PAID_AD]["day_joined"]
    assert came.max() < 5
    assert set(tables["mechanism.paid_adverts"]["day"]) == set(range(5))
    assert clicked(play(quiet_door(base=10.0, operator={"purse": 5.0, "margin": 0.0}), "mesa")) == 0


def test_the_price_of_a_click_is_a_knob() -> None:
    dear = quiet_door(base=10.0).replace(tuned=(PaidAdverts(click_price=100.0),))
    assert clicked(play(dear, "mesa")) < 0.3 * clicked(play(quiet_door(base=10.0), "mesa"))


@pytest.mark.parametrize(("strategies", "base", "bearer"), [((Campaign(yuan=4.0),), 6.0, "campaign"), ((), 6.0, "host"),
                                                            ((strategy("nothing"),), 6.0, "host")])  # fmt: skip
def test_whoever_turned_the_lever_bears_the_cost_and_else_the_host(
    strategies: tuple[Strategy, ...], base: float, bearer: str
) -> None:
    """Once the lever is turned its holder bears all of it, the operator's own spending too."""
    world = quiet_door(*strategies, base=base)
    tables = play(world, "mesa")
    names = [*(one.name for one in strategies), "host"]
    ledger, adverts = tables["ledger"], tables["mechanism.paid_adverts"]["advert_cost"]
    assert adverts.sum() == sum(one.yuan for one in strategies if isinstance(one, Campaign)) * 120 + base * 120
    assert ledger["CNY"][ledger["strategy"] == names.index(bearer)].sum(dtype=float) == adverts.sum()
    assert ledger["CNY"].sum(dtype=float) == adverts.sum() == tables["daily"]["cost"].sum(dtype=float)


def test_lanes_agree() -> None:
    world = quiet_door(Campaign(yuan=7.77), base=3.333)
    mesa, compiled = play(world, "mesa"), play(world)
    assert {name: rows.tobytes() for name, rows in mesa.items()} == {n: rows.tobytes() for n, rows in compiled.items()}
