"""Hard adverts and woven ones, and no offers at all: what each does to those who meet it."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from agents import Host
from scenarios import ConfigError
from scenarios.config.contradictions import check_contradictions
from sim.mechanisms.offers import HARD, WOVEN, meet, set_an_example
from sim.model.submodels.conversation_log import LOG
from sim.model.submodels.messages import post
from tests.mechanisms.test_planned_offers import HARD_OFFER, Shop
from tests.plays import Tables, daily_grid, differing, lively, play, strategy


def pieces(n: int, share: float, due: float = 0.0, **knobs: float) -> Shop:
    """A morning on which the host has planned so many pieces, and a share of them is to sell."""
    return Shop(knobs=knobs, offer_tone=WOVEN, soft_share=share, due=due).content_at(*range(600, 600 + n)).planned()


@pytest.mark.parametrize(
    ("n", "share", "due", "selling", "left"),
    [(1, 0.5, 0.0, 0, 0.5), (1, 0.5, 0.5, 1, 0.0), (2, 0.9, 0.0, 1, 0.8), (0, 0.9, 0.0, 0, 0.0), (0, 0.9, 0.4, 0, 0.4)],
)
def test_a_share_of_the_pieces_sells_in_whole_ones(n: int, share: float, due: float, selling: int, left: float) -> None:
    shop = pieces(n, share, due)
    assert (shop.ours.n_offers, shop.ours.due) == (selling, pytest.approx(left))
    assert (shop.group.is_offer_day, shop.group.price_today) == ((1, 100.0) if selling else (0, 0.0))
    assert (shop.group.minutes_left, shop.said()) == (60.0, [])  # the piece is the offer


def test_what_is_told_on_the_day_is_worth_less_as_far_as_it_sells() -> None:
    assert pieces(1, 0.9, 0.1).group.withheld == pytest.approx(0.3)
    assert pieces(2, 0.5).group.withheld == pytest.approx(0.15)
    assert pieces(1, 0.9, 0.1, woven_loss=0.0).group.withheld == 0.0
    assert pieces(1, 0.5).group.withheld == 0.0


def test_a_woven_offer_numbs_less_and_pulls_no_harder() -> None:
    shop = pieces(1, 0.9, 0.1)
    shop.met(read_quality=1.0)
    assert (shop.room.today.numb, shop.room.today.buy, shop.room.today.offered) == (-0.5, 0.0, 0)
    none = pieces(1, 0.5)
    none.met()
    assert none.room.today.numb == 0.0


def test_a_hard_advert_pulls_and_reaches_whoever_looks_unless_it_is_not_for_them() -> None:
    shop = Shop(offers=1.0, offer_tone=HARD).planned()
    me = shop.met()
    assert (shop.room.today.buy, shop.room.today.offered, shop.room.today.numb) == (0.4, 1, 0.0)
    shop.room.today.offered = -1
    meet(me, None, shop.group, shop.ours, shop.room.today, shop.knobs, shop.world)
    assert shop.room.today.offered == -1
    reader = Shop(offers=2.0, offer_tone=HARD).planned()
    reader.met(n_host_read=3)
    assert reader.room.today.n_selling == 2  # of what they have read of the host's, two lines are no reason for trust
    plain = Shop(offers=1.0).planned()
    plain.met()
    assert (plain.room.today.buy, plain.room.today.offered, plain.room.today.n_selling) == (0.0, 0, 0)


def test_readers_of_a_hard_advert_have_read_an_advert_which_counts_as_no_members() -> None:
    room, desk = Shop().room, Shop().desk
    host = room.sit(3, Host, is_staff=1)
    post(desk, host, HARD_OFFER, -1, 0, 600.0, 1, 0.0, room.group, room.world)
    assert desk.log[desk.n[LOG]].ads_before == 1
    assert (room.group.n_ads, room.group.n_host_messages, room.group.n_ads_unpunished) == (0, 1, 0)


@pytest.mark.parametrize(("example", "openers", "seen"), [(2.0, 9, 4), (0.0, 9, 0), (2.0, 1, 2)])
def test_the_hosts_adverts_are_an_example(example: float, openers: int, seen: int) -> None:
    """Two of them, among so many openers; the norm stays at or below 1."""
    shop = Shop(offers=2.0, offer_tone=HARD, knobs={"example": example}).planned()
    shop.group.n_openers = openers
    set_an_example(shop.group, shop.ours, shop.knobs, shop.world, shop.desk)
    assert shop.group.n_ads_unpunished == seen


@cache
def played(name: str = "", **doses: Any) -> Tables:
    """Ten communities in which people buy readily and adverts are common, with a piece of content a day."""
    plan = [strategy("fixed_time"), *([strategy(name, **doses)] if name else [])]
    return play(lively(plan, replicates=10, operator={"hours": 20.0}, mind={"imitation": 1.0}))


def total(tables: Tables, column: str) -> float:
    return float(tables["daily"][column].sum(dtype=float))


def test_hard_adverts_sell_now_cost_trust_and_are_imitated() -> None:
    plain, hard = played(), played("hard_adverts", per_day=3.0)
    assert total(hard, "n_purchases") > total(plain, "n_purchases")
    assert hard["daily"]["mean_trust"].mean() < plain["daily"]["mean_trust"].mean() - 0.01
    assert total(hard, "n_ads") > total(plain, "n_ads") * 1.1


def test_woven_products_sell_to_readers_of_content_and_take_no_minutes() -> None:
    none, some = (played("woven_product", share=share) for share in (0.0, 0.9))
    assert none["purchases"].size == 0
    assert some["purchases"].size > 50
    assert "mechanism.offers" not in none or none["mechanism.offers"]["minutes_selling"].sum() == 0.0
    assert some["mechanism.offers"]["minutes_selling"].sum() == 0.0


def test_nothing_is_offered_in_a_group_that_is_too_young_by_whomever() -> None:
    plan = [strategy("interest_first", first_day=12), strategy("hard_adverts"), strategy("fixed_time")]
    scenario = lively(plan)
    sold = daily_grid(play(scenario), "n_purchases", scenario).sum(axis=(0, 1))
    assert (sold[:12].sum(), sold[12:].sum() > 10) == (0, True)
    habit = lively([strategy("interest_first", first_day=12)])
    assert play(habit)["purchases"]["day"].min() >= 12
    assert differing(play(lively([strategy("interest_first", first_day=0)])), play(lively())) == ["ledger"]


@pytest.mark.parametrize(("one", "other"), [*combinations(("goods", "hard_adverts", "woven_product"), 2)])
def test_one_group_hears_one_tone(one: str, other: str) -> None:
    with pytest.raises(ConfigError, match=f"{one} and {other} both want to set .*offer_tone"):
        check_contradictions((strategy(one), strategy(other), strategy("fixed_time")), 100)


def test_a_product_is_woven_into_content_that_there_is() -> None:
    with pytest.raises(ConfigError, match=r"woven_product has nothing to work on.*fixed_time"):
        check_contradictions((strategy("woven_product"),), 100)


@pytest.mark.parametrize("name", ["hard_adverts", "woven_product"])
def test_lanes_agree_on_both_tones(name: str) -> None:
    scenario = lively([strategy(name), strategy("fixed_time")])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
    assert np.isfinite(play(scenario)["daily"]["mean_trust"]).all()
