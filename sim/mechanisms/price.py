"""The price at the door (入群费): asked of whoever comes, paid by whoever gets a seat. Source: S2, H3.

What a price means at the door stands with the people who feel it (``enters``), apart from whether they want in: a group
may be as lively as it likes, 299 CNY stay 299 CNY. Against it stands what the host promises the group to be worth. A
purse has an end: what is more than a month's free money nobody pays. Money paid wants to be used: whoever paid comes
more often, for a while.
"""

from __future__ import annotations

import math

from sim.engine.declarations import lever
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.mechanisms import OPERATOR, Mechanism, charge
from sim.model.rows import Group, Knock, Member, Today, World
from sim.model.submodels.yuan import can_pay, felt, priced
from sim.model.vocabulary import NO_DOOR

__all__ = ["Price"]



class Price(Mechanism):
    """Everybody at the door is asked the price of the day; on the day they get a seat they pay the price of that day.

    Founders and appointed persons pay nothing. Who is carried in by their own news pays without being asked at a door.
    A promise is believed as far as the host is trusted and the topic fits; whoever believed it expects it to be kept.
    """

    title = ("Price at the door", "入群费")
    sunk = Knob(8.0, 0.0, 100.0, "logit", "pull of money paid at the door, on ln(1 + paid / free money)",
                "assumption; H27")  # fmt: skip
    sunk_days = Knob(60.0, 1.0, 1_000.0, "days", "time for which money paid draws", "assumption")
    promise_expect = Knob(0.2, 0.0, 1.0, "feeling", "what a boundless promise adds to a newcomer's expectation",
                          "assumption")  # fmt: skip
    promise_half = Knob(0.02, 0.001, 0.5, "share", "promise, in monthly free money, that adds half of it", "assumption")

    class group:
        entry_price: float = lever(only_one, "CNY", "price at the door", felt=True)
        promise: float = lever(plus, "CNY a month", "what the host says a membership is worth")


@Price.each_knock(when=("entry_price", "promise"))
def ask(me: Member, theirs: object, group: Group, ours: Price.group, knock: Knock, knobs: Price, world: World) -> None:
    """price asked + entry_price, refused if entry_price > free money of a month;
    worth + e_p · 2 m τ₀ · ln(1 + promise / (h free money))

    Advertisers pay out of what adverts bring: they compare price and return, whatever their purse.
    """
    knock.price += ours.entry_price
    if not can_pay(ours.entry_price, me) and me.role != world.role_advertiser:
        knock.is_refused = 1
    if ours.promise > 0.0:
        knock.worth += world.enter_price * 2.0 * me.match * world.trust_start * priced(ours.promise, me, world)


@Price.each_member(before="visit", since="entry_price")
def use_up(
    me: Member, mine: object, group: Group, ours: Price.group, today: Today, knobs: Price, world: World
) -> None:
    """visit + sunk · ln(1 + entry paid / B) · e^(−tenure / sunk_days)"""
    if me.entry_paid > 0.0:
        worn = math.exp(-(world.day - me.day_joined) / knobs.sunk_days)
        today.visit += knobs.sunk * math.log(1.0 + me.entry_paid / me.budget) * worn


@Price.on_seat(when="promise")
def expect(me: Member, mine: object, group: Group, ours: Price.group, knobs: Price, world: World) -> None:
    """expectation + promise_expect · S(promise / (promise_half B)), for a newcomer"""
    if me.channel not in NO_DOOR:
        me.expectation += knobs.promise_expect * felt(ours.promise, knobs.promise_half, me)


@Price.on_seat(when="entry_price")
def take(me: Member, mine: object, group: Group, ours: Price.group, knobs: Price, world: World) -> None:
    """entry paid + entry_price, to the fen, from a newcomer to the operator."""
    if me.channel not in NO_DOOR:
        me.entry_paid += charge(me, OPERATOR, ours.entry_price, group) / 100.0
