"""The door (入口): a price that will rise, an application that is looked at, a gift for coming in.

Source: S3, S4, S6, S7, H4; all weights are assumptions, each with a knob whose 0 takes the term away. Prices themselves
stand in :mod:`sim.mechanisms.price`, seats in :mod:`sim.mechanisms.queue`.
"""

from __future__ import annotations

import math

from sim.engine.declarations import daily, lever
from sim.engine.distributions import normal
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.engine.luck import purpose, uniform
from sim.mechanisms import MEMBER, OPERATOR, Mechanism, give_minutes, pay, set_aside
from sim.model.rows import Group, Knock, Member, World
from sim.model.submodels.yuan import felt
from sim.model.vocabulary import NO_DOOR

__all__ = ["Door"]

LOOK_AT = purpose("door: look at an application")


class Door(Mechanism):
    """What people are told at the door besides the price, and who looks at them there.

    Whoever wants in hands in an application, where one is asked for: it is trouble for them and minutes for the host.
    Who has been found unsuited may come another day. A gift draws whoever comes, draws those who come for the gift too,
    and raises what is expected; founders get none.
    """

    title = ("Door", "入口")
    enter_rise = Knob(0.5, 0.0, 5.0, "logit", "pull of a rise that is announced, on the log of how many times dearer",
                      "assumption; H4")  # fmt: skip
    enter_gift = Knob(0.8, 0.0, 8.0, "logit", "pull of a boundless gift", "assumption")
    gift_half = Knob(0.02, 0.001, 0.5, "share", "gift, in monthly free money, that pulls half as much", "assumption")
    gift_expect = Knob(0.1, 0.0, 1.0, "feeling", "what a boundless gift adds to a newcomer's expectation", "assumption")
    screen_noise = Knob(0.25, 0.0, 2.0, "share", "error in judging from an application how the topic fits somebody",
                        "assumption")  # fmt: skip
    screen_tell = Knob(0.3, 0.0, 1.0, "share", "by how much an advertiser's application looks worse", "assumption")
    screen_minutes = Knob(4.0, 0.0, 60.0, "minutes", "to look at one application", "assumption")

    class group:
        price_rise: float = lever(plus, "CNY", "by how much the price will rise next, as is announced")
        screen_bar: float = lever(
            only_one, "share", "applicants who seem to fit less are refused", bears="minutes_screening"
        )
        screen_effort: float = lever(plus, "CNY", "trouble of applying, as if it were paid")
        name_clarity: float = lever(plus, "times", "how clearly name and topic say who belongs here")
        magnet_yuan: float = lever(plus, "CNY", "what the gift for coming in is worth to a newcomer")
        magnet_cost: float = lever(plus, "CNY", "what it costs the operator", bears="fen_magnets")
        has_magnet: int
        n_refused: int = daily("people refused as unsuited", "申请被拒人数")
        n_unseen: int = daily("applications nobody had time for", "没时间审核的申请数", better=False)
        minutes_screening: float = daily(
            "staff minutes spent on applications", "审核用时", unit="minutes", better=False, booked=True,
            brings="door",
        )
        n_magnets: int = daily("gifts for coming in", "入群礼份数")
        fen_magnets: int = daily("money in gifts for coming in", "入群礼花费", unit="CNY", better=False, booked=True,
                                 brings="door")  # fmt: skip


@Door.at_plan(when="magnet_yuan")
def hold_ready(group: Group, ours: Door.group, knobs: Door, world: World) -> None:
    """A gift is spoken of on days on which the purse could pay one."""
    ours.has_magnet = 1 if world.purse_left >= ours.magnet_cost else 0


@Door.each_knock(when="price_rise")
def hurry(
    me: Member, theirs: object, group: Group, ours: Door.group, knock: Knock, knobs: Door, world: World
) -> None:
    """worth + enter_rise · ln((1 + price + rise) / (1 + price)): the price of waiting, in CNY"""
    price = group.entry_price
    knock.worth += knobs.enter_rise * math.log((1.0 + price + ours.price_rise) / (1.0 + price))


@Door.each_knock(when="screen_effort")
def apply(
    me: Member, theirs: object, group: Group, ours: Door.group, knock: Knock, knobs: Door, world: World
) -> None:
    """price and trouble + effort"""
    knock.price += ours.screen_effort


@Door.each_knock(when="name_clarity")
def recognise(
    me: Member, theirs: object, group: Group, ours: Door.group, knock: Knock, knobs: Door, world: World
) -> None:
    """enter + enter_match · clarity · (m − ½): what fits is seen at once, and what does not"""
    knock.enter += world.enter_match * ours.name_clarity * (me.match - 0.5)


@Door.each_knock(when="magnet_yuan")
def lure(
    me: Member, theirs: object, group: Group, ours: Door.group, knock: Knock, knobs: Door, world: World
) -> None:
    """worth + enter_gift · S(gift / (gift_half · B)), while there is one"""
    if ours.has_magnet > 0:
        knock.worth += knobs.enter_gift * felt(ours.magnet_yuan, knobs.gift_half, me)


@Door.each_knock(after="wish", when="screen_bar")
def look_at(
    me: Member, theirs: object, group: Group, ours: Door.group, knock: Knock, knobs: Door, world: World
) -> None:
    """In, if m + noise · N(0, 1) − tell [advertiser] ≥ bar. Each application costs minutes; without them, nobody.

    The error is drawn anew each day, so who applies again may have better luck.
    """
    if not give_minutes(knobs.screen_minutes, group):
        ours.n_unseen += 1
        knock.is_refused = 1
        return
    ours.minutes_screening += knobs.screen_minutes
    seems = me.match + knobs.screen_noise * normal(uniform(world, me.person, LOOK_AT, group.index))
    if me.role == world.role_advertiser:
        seems -= knobs.screen_tell
    if seems < ours.screen_bar:
        ours.n_refused += 1
        knock.is_refused = 1


@Door.on_seat(when="magnet_yuan")
def hand_over(me: Member, mine: object, group: Group, ours: Door.group, knobs: Door, world: World) -> None:
    """The operator pays the gift, as long as the purse lasts; expectation + gift_expect · S(gift / (gift_half · B))"""
    if me.channel in NO_DOOR or ours.has_magnet == 0:
        return
    me.expectation += knobs.gift_expect * felt(ours.magnet_yuan, knobs.gift_half, me)
    if set_aside(ours.magnet_cost, group, world):
        ours.n_magnets += 1
        ours.fen_magnets += pay(OPERATOR, MEMBER, ours.magnet_cost, group)
