"""What makes one person enter, buy, or ask a friend."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from agents import KOL, Advertiser, Connector, Host, Lurker, Member, Poacher, Regular
from agents.propensities import wish_to_invite
from sim.data.tables import CHANNELS
from sim.engine.luck import BUY, INVITE
from tests.unit.rules.people import CLOSE, Room, measured, sigma

SEARCH, INVITED, PAID = (CHANNELS.index(name) for name in ("search", "invited", "paid_ad"))


def door(**knobs: float) -> Room:
    """A door at which somebody of average match enters with probability σ(−0.5) when nothing draws or repels."""
    round_numbers = {
        "enter": -0.5, "enter_match": 3.0, "enter_friends": 0.8, "enter_life": 1.1, "enter_price": 1.08,
        "price_half": 0.0125, "invited_pull": 1.3, "broadcast_push": 1.2, "advert_value": 0.01,
    }  # fmt: skip
    return Room(**(round_numbers | knobs))


@pytest.mark.parametrize(
    ("values", "wrote", "change"),
    [
        ({}, 0, 0.0),
        ({"match": 0.9}, 0, 3.0 * 0.4),
        ({"match": 0.0}, 0, -3.0 * 0.5),
        ({"n_friends": 3}, 0, 0.8 * math.log(4.0)),
        ({}, 9, 1.1 * math.log(10.0)),
        ({"channel": INVITED}, 0, 1.3),
        ({"channel": PAID}, 0, -1.2),
        ({"n_friends": 1, "channel": INVITED, "match": 0.7}, 2, 0.8 * math.log(2) + 0.6 + 1.3 + 1.1 * math.log(3)),
    ],
    ids=str,
)
def test_match_friends_life_and_a_friends_word_draw(values: dict[str, float], wrote: int, change: float) -> None:
    room = door()
    room.group.n_member_messages = wrote
    me = room.sit(1, **({"match": 0.5, "channel": SEARCH} | values))
    assert Member.enters(me, room.knock, room.group, room.world) == pytest.approx(sigma(-0.5 + change))


@pytest.mark.parametrize(
    ("price", "budget", "worth", "draw", "pays"),
    [
        (10.0, 800.0, 0.0, 0.0, 2.0**-1.08),
        (10.0, 4000.0, 0.0, 0.0, 1.2**-1.08),
        (299.0, 800.0, 0.0, 0.0, 30.9**-1.08),
        (299.0, 800.0, 1.2, 0.0, 30.9**-1.08 * math.exp(1.2)),
        (0.0, 800.0, 0.4, 0.4, 1.0),
        (10.0, 800.0, 1.0, 1.0 - 1.08 * math.log(2.0), 1.0),
    ],
)
@pytest.mark.parametrize("role", [Member, Lurker, Poacher])
@pytest.mark.parametrize("wrote", [0, 999])
def test_a_price_keeps_out_the_same_people_however_lively_a_group_is(
    wrote: int, role: type[Member], price: float, budget: float, worth: float, draw: float, pays: float
) -> None:
    """What is offered in money's worth is held against it; what is left of that once the price is paid draws.

    Of 1,500 people the share that pays is off by four standard errors in one of 16,000 tests.
    """
    room = door(enter_match=0.0)
    room.group.n_member_messages, room.group.n_members = wrote, 0
    room.knock.price, room.knock.worth = price, worth
    me = room.sit(1, role, channel=SEARCH, budget=budget)
    wants_in = sigma(-0.5 + 1.1 * math.log(1.0 + wrote) + draw)

    def chance(person: int) -> float:
        me.person = person
        return float(role.enters(me, room.knock, room.group, room.world))

    found = np.array([chance(person) for person in range(1_500)])
    assert found[found > 0.0] == pytest.approx(wants_in)
    assert np.mean(found > 0.0) == pytest.approx(pays, abs=4.0 * math.sqrt(pays * (1.0 - pays) / 1_500))
    room.on(30)  # who would not pay a month ago would not today, and at no other door
    room.group.index = 1
    assert np.array_equal(found, [chance(person) for person in range(1_500)])


def test_pulls_of_mechanisms_are_added_to_the_wish() -> None:
    room = door()
    room.knock.enter = 0.75
    assert Member.enters(room.sit(1, match=0.5), room.knock, room.group, room.world) == pytest.approx(sigma(0.25))


@pytest.mark.parametrize("role", [Lurker, Regular, Connector, KOL, Host])
def test_all_but_advertisers_enter_as_members_do(role: type[Member]) -> None:
    room = door()
    me = room.sit(1, role, match=0.9)
    assert role.enters(me, room.knock, room.group, room.world) == pytest.approx(sigma(-0.5 + 1.2))


@pytest.mark.parametrize(
    ("members", "price", "ban", "same", "adverts"),
    [(100, 0.0, 0.0, 0, 40.0), (5, 9.0, 0.0, 0, 40.0), (100, 9.0, 1.0, 0, 2.0), (100, 0.0, 1.0, 1, 40.0)],
)
def test_an_advertiser_weighs_reach_and_removal_against_the_price(
    members: int, price: float, ban: float, same: int, adverts: float
) -> None:
    room = door()
    room.group.n_members, room.group.advert_ban, room.world.is_same_members = members, ban, same
    me = room.sit(1, Advertiser, match=0.9, n_friends=5)
    worth = 0.01 + members * 0.01 * adverts
    room.knock.price, room.knock.enter = price, 5.0  # praise is nothing to them
    found = Advertiser.enters(me, room.knock, room.group, room.world)
    assert found == pytest.approx(worth**3 / (worth**3 + (1.0 + price) ** 3))  # σ(3 ln(worth / (1 + price)))


@pytest.mark.parametrize(("toll", "worth"), [(0.0, 40.0), (0.25, 30.0), (0.99, 2.0), (5.0, 2.0)])
def test_an_advertiser_reckons_with_a_window(toll: float, worth: float) -> None:
    """A hundred readers make an advert worth 1 CNY: forty less the toll for each, or two under the ban."""
    room = door()
    room.group.n_members, room.group.advert_ban = 100, 1.0
    room.group.advert_window, room.group.advert_toll, room.knock.price = 21.0, toll, 9.0
    found = Advertiser.enters(room.sit(1, Advertiser), room.knock, room.group, room.world)
    assert found == pytest.approx(sigma(3.0 * (math.log(0.01 + worth) - math.log(10.0))))


def shop(**knobs: float) -> Room:
    """A group with an offer today; somebody without trust, fit and history takes it with σ(0.5)."""
    round_numbers = {
        "buy": 0.5 + 4.25 * math.log(1.125), "buy_trust": 3.5, "buy_fit": 2.5, "buy_again": 1.0,
        "buy_price": 4.25, "buy_numb": 2.0, "item_price": 100.0, "numbing": 0.1,
    }  # fmt: skip
    room = Room(**(round_numbers | knobs))
    room.group.is_offer_day, room.group.price_today = 1, room.world.item_price
    return room


def buys(room: Room, role: type[Member] = Member, **values: float) -> float:
    """Measured probability that somebody buys."""
    me = room.sit(1, role, **({"n_host_read": 1} | values))
    numb = me.numb_offer

    def does(person: int) -> bool:
        me.person, me.is_buying, me.numb_offer = person, 0, numb
        role.buy(me, room.today, room.group, room.world)
        return me.is_buying == 1  # type: ignore[no-any-return]

    return measured(room, BUY, does)


@pytest.mark.parametrize(
    ("values", "change"),
    [
        ({}, 0.0),
        ({"trust": 0.4}, 3.5 * 0.4),
        ({"fit": 0.6}, 2.5 * 0.6),
        ({"n_purchases": 2}, 1.0),
        ({"numb_offer": 0.5}, -2.0 * 0.5),
        ({"budget": 200.0}, -4.25 * (math.log(1.5) - math.log(1.125))),
    ],
    ids=str,
)
def test_trust_fit_and_habit_sell_and_price_and_numbness_do_not(values: dict[str, float], change: float) -> None:
    assert buys(shop(), **values) == pytest.approx(sigma(0.5 + change), abs=CLOSE)


def test_nobody_buys_without_an_offer_or_without_seeing_it_or_where_nothing_is_sold() -> None:
    room = shop(buy=50.0)
    assert buys(room) == 1.0
    assert buys(room, n_host_read=0) == 0.0
    assert buys(shop(buy=50.0, item_price=0.0)) == 0.0
    room.group.is_offer_day = 0
    assert buys(room) == 0.0


@pytest.mark.parametrize("role", [Host, Advertiser])
def test_the_host_and_advertisers_do_not_buy(role: type[Member]) -> None:
    assert buys(shop(buy=50.0), role) == 0.0


def test_an_offer_seen_numbs_whether_taken_or_not_and_one_not_seen_does_not() -> None:
    for buy in (50.0, -50.0):
        room = shop(buy=buy)
        me = room.sit(1, n_host_read=1, numb_offer=0.2)
        Member.buy(me, room.today, room.group, room.world)
        assert me.numb_offer == pytest.approx(0.2 + 0.1 * 0.8)
    unseen = room.sit(2, n_host_read=0, numb_offer=0.2)
    Member.buy(unseen, room.today, room.group, room.world)
    assert unseen.numb_offer == 0.2


def friendly(day: int = 5, **knobs: float) -> Room:
    """A world in which the wish to invite is 0.8 · belonging · match · 2 appeal · eagerness, fading in 2.5 days."""
    told = {"invite": 0.8, "invite_days": 2.5, "invite_late": 0.01, "invite_at_once": 1, "friends": 15.0}
    return Room(day=day, **(told | knobs))


WARM = {"belonging": 0.5, "match": 0.8, "appeal": 0.6}
AT_FIRST = 0.8 * 0.5 * 0.8 * 2 * 0.6  # 0.384


@pytest.mark.parametrize(
    ("values", "wish"),
    [
        ({}, AT_FIRST), ({"belonging": 1.0}, 2 * AT_FIRST), ({"match": 0.4}, AT_FIRST / 2), ({"appeal": 0.0}, 0.0),
        ({"joined": 2}, AT_FIRST * math.exp(-3 / 2.5)), ({"joined": -99}, AT_FIRST * 0.01),
    ],
    ids=str,
)  # fmt: skip
def test_the_wish_to_invite_is_that_of_the_new_the_warm_and_the_matching(values: dict[str, Any], wish: float) -> None:
    room = friendly()
    me = room.sit(1, **({"joined": 5} | WARM | values))
    assert wish_to_invite(me, room.group, room.world, 0.01) == pytest.approx(wish)


def asks(role: type[Member], **values: Any) -> float:
    """Measured probability that somebody asks a friend."""
    room = friendly()
    me = room.sit(1, role, **(WARM | values))

    def does(person: int) -> bool:
        me.person, me.n_invitations = person, 0
        role.invite(me, room.today, room.group, room.world)
        assert me.n_invitations in (0, 1)
        return me.n_invitations == 1  # type: ignore[no-any-return]

    return measured(room, INVITE, does)


@pytest.mark.parametrize(
    ("role", "first", "late"),
    [(Member, AT_FIRST, 0.01 * AT_FIRST), (Lurker, AT_FIRST, 0.01 * AT_FIRST), (Regular, AT_FIRST, 0.1 * AT_FIRST),
     (Connector, 2 * AT_FIRST, 0.4 * AT_FIRST), (Advertiser, 0.0, 0.0), (Host, 0.0, 0.0)],
)  # fmt: skip
def test_regulars_and_connectors_go_on_asking_friends(role: type[Member], first: float, late: float) -> None:
    assert asks(role, joined=5) == pytest.approx(first, abs=CLOSE)
    assert asks(role, joined=-200) == pytest.approx(late, abs=CLOSE)


@pytest.mark.parametrize("role", [Member, Regular, Connector])
def test_who_has_asked_all_friends_asks_nobody(role: type[Member]) -> None:
    assert asks(role, joined=5, n_invited=14) > 0.3
    assert asks(role, joined=5, n_invited=15) == 0.0
