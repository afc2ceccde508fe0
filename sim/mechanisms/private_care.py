"""Private care (私下关怀): the host has a word in private, and a small favour, for a few members. Source: S20.

A host knows from the log who writes, who wrote once and has fallen silent, and who has bought: by that they choose.
Others do not see it; that favourites are resented is not modelled.
"""

from __future__ import annotations

import math

from sim.engine.declarations import carried, daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.engine.rule import rule
from sim.mechanisms import MEMBER, OPERATOR, Mechanism, give_minutes, pay, set_aside
from sim.mechanisms.gifts import Gifts
from sim.mechanisms.tags import Tags
from sim.model.rows import Group, Member, Today, World

__all__ = ["FOR_WHOM", "PrivateCare"]

FOR_WHOM = ("active", "once_active", "buyers", "everybody")
"""Those who write; those who wrote, and have not for ``silent_days``; those who have bought; all members."""
ACTIVE, ONCE_ACTIVE, BUYERS, EVERYBODY = range(len(FOR_WHOM))


class PrivateCare(Mechanism):
    """Each of those cared for has a word once in ``round_days``, in the order of seats, while the minutes meant for it
    last; a favour too, if the purse holds one.

    It binds, and brings them back to have a look: what they find there is as it is. The oftener, the less.
    """

    title = ("Private care", "私下关怀")
    uses = (Gifts, Tags)
    word_minutes = Knob(6.0, 0.5, 120.0, "minutes", "for a word with one member", "assumption")
    round_days = Knob(14, 1, 180, "days", "from one word to the next with the same member", "assumption")
    silent_days = Knob(14, 1, 180, "days", "without a line, after which somebody has fallen silent", "assumption")
    wrote_days = Knob(3, 1, 100, "days", "with a line that make somebody one who writes or wrote", "assumption")
    joy = Knob(0.15, 0.0, 1.0, "share", "belonging given by a word", "assumption")
    trust = Knob(0.05, 0.0, 1.0, "share", "trust given by a word", "assumption")
    fitting = Knob(0.5, 0.0, 5.0, "ratio", "belonging that a word gives more where the host knows who they are",
                   "assumption: as a greeting that fits")  # fmt: skip
    glance = Knob(0.35, 0.0, 1.0, "appeal", "of the group to whoever was just spoken to, at least",
                  "assumption: that of a founder's hopes")  # fmt: skip
    numbing = Knob(0.3, 0.0, 1.0, "share", "of what a word does that is used up by it", "assumption")
    recovery = Knob(0.03, 0.0, 1.0, "1/day", "speed at which it comes back", "assumption")

    class member:
        numb: float = carried()  # to private words, on the day of …
        cared: int = carried()  # … the last one, plus one

    class group:
        care_minutes: float = lever(plus, "minutes/day", "time for private words", bears="minutes_care")
        care_yuan: float = lever(only_one, "CNY", "favour that goes with a word", bears="fen_favours")
        care_who: float = lever(only_one, "place", "for whom: a place of FOR_WHOM")
        left: float  # minutes left for it today
        favours: int  # set aside today and not given yet
        n_cared: int = daily("private words with members", "私下关怀人次")
        minutes_care: float = daily("staff minutes spent on private words", "私下关怀用时", unit="minutes",
                                    better=False, booked=True)  # fmt: skip
        fen_favours: int = daily("money in private favours", "私下关怀花费", unit="CNY", better=False, booked=True)


@PrivateCare.at_plan(when="care_minutes")
def put_by(
    group: Group, ours: PrivateCare.group, knobs: PrivateCare, world: World, gifts: object, tags: object
) -> None:
    """The day's minutes; for as many favours as there may be words, as far as the purse goes, money is set aside."""
    ours.left = ours.care_minutes
    ours.favours = 0
    if ours.care_yuan > 0.0:
        words = min(int(ours.care_minutes / knobs.word_minutes), int(world.purse_left / ours.care_yuan))
        ours.favours = words if set_aside(words * ours.care_yuan, group, world) else 0


@PrivateCare.each_member(before="visit", when="care_minutes")
def care(
    me: Member, mine: PrivateCare.member, group: Group, ours: PrivateCare.group, today: Today, knobs: PrivateCare,
    world: World, gifts: Gifts.member, tags: Tags.member,
) -> None:  # fmt: skip
    """n ← n e^(−recovery · days);  β ← β + joy (1 + fitting · tagged)(1 − β)(1 − n), joy (…) at most 1;  τ ← τ +
    trust (1 − τ)(1 − n),  appeal ← max(appeal, glance (1 − n));  n ← n + numbing (1 − n)
    """
    if ours.left < knobs.word_minutes or not is_meant(me, ours, knobs, world):
        return
    if mine.cared > 0 and world.day + 1 - mine.cared < knobs.round_days:
        return
    if not give_minutes(knobs.word_minutes, group):
        return
    ours.left -= knobs.word_minutes
    ours.minutes_care += knobs.word_minutes
    ours.n_cared += 1
    if ours.favours > 0:
        ours.favours -= 1
        ours.fen_favours += pay(OPERATOR, MEMBER, ours.care_yuan, group)
        gifts.yuan += ours.care_yuan
    if mine.cared > 0:
        mine.numb *= math.exp(-knobs.recovery * (world.day + 1 - mine.cared))
    mine.cared = world.day + 1
    fresh = 1.0 - mine.numb
    me.belonging += min(1.0, knobs.joy * (1.0 + knobs.fitting * tags.is_tagged)) * (1.0 - me.belonging) * fresh
    me.trust += knobs.trust * (1.0 - me.trust) * fresh
    me.appeal = max(me.appeal, knobs.glance * fresh)
    mine.numb += knobs.numbing * (1.0 - mine.numb)


@rule
def is_meant(me: Member, ours: PrivateCare.group, knobs: PrivateCare, world: World) -> bool:
    """Is somebody one of those cared for? Never experts and advertisers."""
    if me.is_expert > 0 or me.role == world.role_advertiser:
        return False
    if ours.care_who == EVERYBODY:
        return True
    if ours.care_who == BUYERS:
        return me.n_purchases > 0
    is_silent = world.day - me.day_last_post >= knobs.silent_days
    return me.n_active_days >= knobs.wrote_days and is_silent == (ours.care_who == ONCE_ACTIVE)
