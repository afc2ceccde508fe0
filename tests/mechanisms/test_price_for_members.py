"""A price for members: it is asked of whoever buys, pleases who has bought, and is heard of at the door."""

from __future__ import annotations

import numpy as np
import pytest

from sim.mechanisms.gifts import Gifts
from sim.mechanisms.price_for_members import PriceForMembers, be_glad, hear_of_it, lower, lure
from tests.mechanisms.own_rows import OwnRows
from tests.money import played as with_purse
from tests.money import revenue_adds_up, the_purse_is_what_the_tables_say
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import Room


class Shop:
    """A group with an offer of 100 CNY today, which costs members so much of it."""

    def __init__(self, ratio: float, **knobs: float) -> None:
        self.room = Room()
        self.group, self.world = self.room.group, self.room.world
        self.group.is_offer_day, self.group.price_today, self.group.n_members = 1, 100.0, 20
        self.own, self.gifts = OwnRows(self.room, PriceForMembers(**knobs)), OwnRows(self.room, Gifts())
        self.ours, self.knobs = self.own.ours, self.own.knobs
        self.ours.member_price = ratio
        lower(self.group, self.ours, self.knobs, self.world, None)


@pytest.mark.parametrize(("ratio", "price"), [(0.9, 90.0), (0.333, 33.3), (1.0, 100.0), (0.00001, 0.01)])
def test_members_pay_less_in_whole_fen_and_have_the_saving_in_hand(ratio: float, price: float) -> None:
    shop = Shop(ratio)
    me = shop.room.sit(1)
    assert shop.group.price_today == price
    be_glad(me, None, shop.group, shop.ours, shop.knobs, shop.world, shop.gifts.of(me))
    assert shop.gifts.of(me).yuan == pytest.approx(100.0 - price)
    assert shop.ours.fen_saved == round(100.0 * (100.0 - price))


def test_who_comes_has_heard_what_members_save_in_a_month() -> None:
    shop = Shop(0.9, memory=10.0)
    shop.ours.fen_saved = 2000
    hear_of_it(None, None, 0, shop.group, shop.ours, shop.knobs, shop.world)
    assert shop.ours.usual == pytest.approx(0.1)
    knock = shop.room.knock
    lure(shop.room.sit(1), None, shop.group, shop.ours, knock, shop.knobs, shop.world, None)
    assert knock.worth == pytest.approx(0.8 * 3.0 / (0.02 * 800.0 + 3.0))


def sold(ratio: float) -> Tables:
    chosen = [strategy("lead_magnet", value=0.0, member_price=ratio)]
    return play(lively(chosen, replicates=20, population={"seats": 200}))


def test_members_buy_more_at_a_lower_price_which_is_what_is_booked() -> None:
    full, half = sold(1.0), sold(0.5)
    assert half["purchases"].size > 1.1 * full["purchases"].size
    prices = [np.unique(one["purchases"]["price"]) for one in (full, half)]
    assert prices[1] == pytest.approx(0.5 * prices[0])
    assert half["mechanism.price_for_members"]["fen_saved"].sum() == pytest.approx(half["purchases"]["price"].sum())
    assert half["spells"].size > full["spells"].size, "it is heard of at the door"


def test_money_adds_up_at_the_price_for_members_on_a_ladder_too() -> None:
    scenario = lively([strategy("lead_magnet", member_price=0.7), strategy("price_ladder", gap_days=1)],
                      mind={"buy": 1.0})  # fmt: skip
    tables = with_purse(scenario)
    the_purse_is_what_the_tables_say(tables, scenario)
    revenue_adds_up(tables, scenario)
    asked = np.unique(tables["purchases"]["price"])
    assert asked[:2] == pytest.approx([0.7 * 19.9, 0.7 * 299.0])


def test_lanes_agree_on_a_price_for_members() -> None:
    scenario = lively([strategy("lead_magnet", member_price=0.8), strategy("goods", gap_days=2)])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
