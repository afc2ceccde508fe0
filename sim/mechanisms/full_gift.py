"""A gift for all when the group is N (满群礼): the nearer the goal, the keener people are to ask friends in.

Source: founding material, S53; that nearness of a goal pulls: Kivetz, Urminsky & Zheng 2006 (direction only); that it
makes people ask friends, and how much, is an assumption.
"""

from __future__ import annotations

from sim.engine.declarations import daily, lever, lost
from sim.engine.knobs import Knob
from sim.engine.levers import only_one
from sim.mechanisms import MEMBER, OPERATOR, Mechanism, pay, set_aside
from sim.mechanisms.gifts import Gifts
from sim.model.rows import Group, Member, Today, World
from sim.model.submodels.yuan import felt

__all__ = ["FullGift"]


class FullGift(Mechanism):
    """Once in a group's life: when it has N members, everybody who is still in some days later gets the gift.

    The operator pays for everybody but the host, as soon as the purse holds it.
    """

    title = ("Gift at N members", "满群礼")
    uses = (Gifts,)
    ask_pull = Knob(0.6, 0.0, 3.0, "1/day", "readiness to ask a friend for a gift beyond all wishes, one short of N",
                    "assumption")  # fmt: skip
    ask_half = Knob(0.02, 0.001, 0.5, "share", "gift, in monthly free money, that makes half as ready", "assumption")
    near = Knob(10.0, 0.1, 1_000.0, "members", "number that lack at which a gift pulls half as much", "assumption")

    class member:
        is_given: int = lost()

    class group:
        full_gift_n: float = lever(only_one, "members", "number of members at which there is a gift for all")
        full_gift_yuan: float = lever(only_one, "CNY", "worth of the gift for each", bears="gift_cost")
        full_gift_delay: float = lever(only_one, "days", "from that number to the gift")
        reached: int  # day plus one on which the group had N members
        given: int  # … on which the gift was given
        gift_cost: int = daily(
            "money spent on gifts for a full group", "满群礼花费", unit="CNY", better=False, booked=True,
            brings="invited",
        )
        n_full_gifts: int = daily("gifts for a full group", "满群礼份数")


@FullGift.at_plan(when="full_gift_n")
def give(group: Group, ours: FullGift.group, knobs: FullGift, world: World, gifts: object) -> None:
    """cost = gift · (members − 1), ``delay`` days after N was reached, or later if the purse does not hold it yet."""
    today = world.day + 1
    if ours.reached == 0 and group.n_members >= ours.full_gift_n:
        ours.reached = today
    is_due = ours.reached > 0 and ours.given == 0 and today >= ours.reached + ours.full_gift_delay
    yuan = ours.full_gift_yuan * (group.n_members - 1)
    if is_due and yuan > 0.0 and set_aside(yuan, group, world):
        ours.gift_cost = pay(OPERATOR, MEMBER, yuan, group)
        ours.n_full_gifts = group.n_members - 1
        ours.given = today


@FullGift.each_visitor(before="talk", when="full_gift_n")
def take(
    me: Member, mine: FullGift.member, group: Group, ours: FullGift.group, today: Today, knobs: FullGift, world: World,
    gifts: Gifts.member,
) -> None:  # fmt: skip
    """In hand + gift, once, at the first look after it was given, for those who were in already."""
    if ours.given > 0 and mine.is_given == 0 and me.day_joined + 1 < ours.given:
        mine.is_given = 1
        gifts.yuan += ours.full_gift_yuan


@FullGift.each_visitor(after="talk", when="full_gift_n")
def be_keen(
    me: Member, mine: FullGift.member, group: Group, ours: FullGift.group, today: Today, knobs: FullGift, world: World,
    gifts: object,
) -> None:  # fmt: skip
    """invite + ask_pull · S(b / (ask_half B)), b = gift / (1 + (N − members) / near), until there are N."""
    if ours.reached == 0:
        lacking = max(0.0, ours.full_gift_n - group.n_members)
        today.invite += knobs.ask_pull * felt(ours.full_gift_yuan / (1.0 + lacking / knobs.near), knobs.ask_half, me)
