"""Offers that a strategy plans: when they are made, what they cost, whom they reach, and what people make of them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from agents import Host, Member
from sim.engine.luck import BUY
from sim.mechanisms.offers import HARD, REGRET, Offers, announce, look_back, meet, plan_offer, plan_offers
from sim.model.kinds import codes
from sim.model.submodels.conversation_log import SAID
from sim.model.submodels.messages import CONTENT, OFFER
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import CLOSE, Room, measured, sigma

HARD_OFFER = codes()["hard_offer"]


class Shop:
    """A group on a day on which the operator's own offer is due; its host sits on seat 3, and a post costs a minute."""

    def __init__(self, minutes: float = 60.0, knobs: dict[str, float] | None = None, **ours: float) -> None:
        self.room = Room(day=6, posting_minutes=1.0, offer_every=7.0, item_price=100.0)
        self.group, self.world = self.room.group, self.room.world
        self.room.sit(3, Host, is_staff=1)
        self.group.minutes_left, self.group.host_slot = minutes, 3
        own = OwnRows(self.room, Offers(**(knobs or {})))
        self.ours, self.knobs, self.desk = own.ours, own.knobs, self.room.desk()
        self.knobs.kind_hard_offer = HARD_OFFER
        for name, value in ({"offers_planned": 1.0} | ours).items():
            setattr(self.ours, name, value)

    def content_at(self, *minutes: float) -> Shop:
        """The host has planned a piece at each of these minutes."""
        for k, t in enumerate(minutes):
            self.group.planned_at[k], self.group.planned_kind[k] = t, CONTENT
        self.group.n_planned = len(minutes)
        return self

    def planned(self) -> Shop:
        """After the morning."""
        plan_offer(self.group, self.ours, self.knobs, self.world)
        plan_offers(self.group, self.ours, self.knobs, self.world)
        announce(self.group, self.ours, self.knobs, self.world, self.desk)
        return self

    def said(self) -> list[tuple[float, int]]:
        """Lines of the day, to the minute."""
        return sorted((float(int(self.desk.said[k].t)), self.desk.said[k].kind) for k in range(self.desk.n[SAID]))

    def met(self, **values: float) -> Any:
        """What the day adds for somebody who looks; they."""
        me = self.room.sit(1, **values)
        meet(me, None, self.group, self.ours, self.room.today, self.knobs, self.world)
        return me


@pytest.mark.parametrize(
    ("ours", "said"),
    [
        ({"offers": 1.0}, [(1140.0, OFFER)]),
        ({"offers": 1.0, "offer_hour": 12.0}, [(720.0, OFFER)]),
        ({"offers": 2.0, "offer_tone": HARD, "offer_hour": 21.0}, [(900.0, HARD_OFFER), (1260.0, HARD_OFFER)]),
        ({"offers": 0.0}, []),
        ({"offers": 0.5, "due": 0.5}, [(1140.0, OFFER)]),
        ({"offers": 1.0, "no_offers": 1.0}, []),
    ],
    ids=str,
)
def test_a_strategy_offers_when_it_says_and_the_operators_rhythm_rests(
    ours: dict[str, float], said: list[tuple[float, int]]
) -> None:
    shop = Shop(**ours).planned()
    assert shop.said() == said
    assert (shop.group.n_planned, shop.group.is_offer_day) == (0, 1 if said else 0)
    assert (shop.group.minutes_left, shop.ours.minutes_selling) == (60.0 - len(said), float(len(said)))


def test_an_offer_costs_its_price_today_and_is_left_out_without_a_minute() -> None:
    assert Shop(offers=1.0).planned().group.price_today == 100.0
    assert Shop(offers=1.0, offer_price=19.9).planned().group.price_today == 19.9
    late = Shop(minutes=1.5, offers=3.0).planned()
    assert (late.ours.n_offers, late.ours.due) == (1, 0.0)
    assert Shop(minutes=0.5, offers=1.0).planned().group.is_offer_day == 0


def test_an_offer_follows_the_last_piece_of_the_day_if_it_is_to() -> None:
    assert Shop(offers=1.0, then_offer=1.0).content_at(600.0, 720.0).planned().said() == [(725.0, OFFER)]
    assert Shop(offers=1.0, then_offer=1.0).planned().said() == [(1140.0, OFFER)]
    assert Shop(offers=1.0).content_at(600.0).planned().said() == [(1140.0, OFFER)]


def test_who_found_something_in_a_piece_takes_the_offer_after_it_more_readily() -> None:
    shop = Shop(offers=1.0, then_offer=1.0).content_at(600.0).planned()
    shop.met(read_quality=2.1)
    assert shop.room.today.buy == pytest.approx(0.4 * 0.5)
    for other in (Shop(offers=1.0, then_offer=1.0).planned(), Shop(offers=1.0).content_at(600.0).planned(),
                  Shop(offers=1.0, then_offer=1.0, knobs={"attentive": 0.0}).content_at(600.0).planned()):  # fmt: skip
        other.met(read_quality=2.1)
        assert other.room.today.buy == 0.0


def bought(room: Room, **values: float) -> float:
    """Measured probability that somebody takes today's offer."""
    me = room.sit(1, **values)

    def does(person: int) -> bool:
        me.person, me.is_buying, me.numb_offer = person, 0, 0.0
        Member.buy(me, room.today, room.group, room.world)
        return bool(me.is_buying)

    return measured(room, BUY, does)


def test_people_weigh_the_price_of_the_day_and_pulls_and_only_what_reaches_them() -> None:
    room = Room(buy=0.5, buy_trust=0.0, buy_fit=0.0, buy_price=1.0, item_price=1.0)
    room.group.is_offer_day, room.group.price_today = 1, 800.0
    assert bought(room, n_host_read=1) == pytest.approx(sigma(0.5 - np.log(2.0)), abs=CLOSE)
    assert bought(room, n_host_read=0) == 0.0
    room.today.offered = 1
    assert bought(room, n_host_read=0) > 0.0
    room.today.offered = -1
    assert bought(room, n_host_read=1) == 0.0


def test_an_offer_numbs_less_where_the_day_says_so() -> None:
    room = Room(numbing=0.2)
    room.group.is_offer_day, room.group.price_today, room.today.numb = 1, 9.9, -0.5
    me = room.sit(1, n_host_read=1)
    Member.buy(me, room.today, room.group, room.world)
    assert me.numb_offer == pytest.approx(0.1)


def trust_after(shop: Shop, fit: float) -> float:
    """Trust of somebody who has bought, half of all before."""
    me = shop.room.sit(1, trust=0.5, fit=fit)
    look_back(me, None, shop.group, shop.ours, shop.knobs, shop.world)
    return float(me.trust)


def test_a_purchase_that_does_not_fit_is_regretted_and_one_that_fits_builds_trust_where_the_knobs_say_so() -> None:
    assert trust_after(Shop(), 0.0) == trust_after(Shop(), 1.0) == 0.5
    told = {"regret": 1.0, "good_trust": 0.04}
    assert trust_after(Shop(knobs=told), 0.0) == pytest.approx(0.45)
    assert trust_after(Shop(knobs=told), 1.0) == pytest.approx(0.52)
    shop = Shop(knobs={"regret": 0.4})
    me = shop.room.sit(1, fit=0.5)

    def regrets(person: int) -> bool:
        me.person, me.trust = person, 0.5
        look_back(me, None, shop.group, shop.ours, shop.knobs, shop.world)
        return bool(me.trust < 0.5)

    assert measured(shop.room, REGRET, regrets) == pytest.approx(0.2, abs=CLOSE)


@cache
def sold(**doses: Any) -> Tables:
    """Goods in groups with a piece of content a day."""
    plan = [strategy("goods", **doses), strategy("fixed_time")]
    return play(lively(plan, purpose={"item_price": 50.0}, replicates=10))


def test_goods_at_the_operators_rhythm_and_price_sell_what_the_operator_sells() -> None:
    """Then nothing is different but who bears the minutes."""
    mine = play(lively([strategy("goods", gap_days=3, then_offer=False, price=100.0)]))
    habit = play(lively())
    assert set(differing(mine, habit)) == {"mechanism.offers", "ledger"}
    assert mine["purchases"].size > 10


def test_each_purchase_bears_the_price_that_was_paid() -> None:
    tables = sold(price=19.9)
    assert tables["purchases"]["price"] == pytest.approx(np.full(tables["purchases"].size, 19.9), rel=1e-6)
    assert tables["daily"]["revenue"].sum(dtype=float) == pytest.approx(19.9 * tables["purchases"].size, rel=1e-5)
    assert sold(price=190.0)["purchases"].size < tables["purchases"].size


def test_more_is_bought_right_after_content() -> None:
    after, apart = (sold(price=50.0, gap_days=2, then_offer=one)["purchases"].size for one in (True, False))
    assert after > apart


def test_lanes_agree_on_goods_after_content() -> None:
    scenario = lively([strategy("goods", gap_days=2), strategy("fixed_time")])
    assert differing(play(scenario, "mesa"), play(scenario)) == []


