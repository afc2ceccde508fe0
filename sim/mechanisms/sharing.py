"""Members' own content (成员分享, UGC): the host hands the slot to a member who knows something and is often there.

Source: founding material, S11; who is asked, how it tires, and that it binds whoever shares, are assumptions.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.engine.declarations import carried, daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.mechanisms import Mechanism, give_minutes, kind, say
from sim.model.rows import Desk, Group, Member, Own, State, Today, World

__all__ = ["Sharing"]

COMES = 50.0
"""Logit of looking in for whoever has promised to share: they do."""
RECENT = 3  # days: who has not looked in for longer is not asked
MOST_DUE = 3.0
"""Slots that may be owed at most: what was due before is forgotten."""


class Sharing(Mechanism):
    """In the evening the host asks whoever writes often, knows most, and is not tired of it, for tomorrow's slot.

    Coordinating takes minutes, fewer than a post of the host's own. What members share is a piece of the matter like
    content, as good as its author is expert, and renews it; sharing binds, and tires whoever has to do it often.
    """

    title = ("Members' own content", "成员分享")
    minutes = Knob(10.0, 0.0, 600.0, "minutes", "to coordinate one contribution", "assumption")
    joy = Knob(0.05, 0.0, 1.0, "share", "belonging gained by sharing", "assumption")
    tires = Knob(0.5, 0.0, 1.0, "share", "readiness lost by sharing once", "assumption")
    recovery = Knob(0.05, 0.0, 1.0, "1/day", "speed at which it comes back", "assumption")
    hour = Knob(20.0, 0.0, 23.0, "hour", "hour of a contribution for which no hour is set", "assumption")

    class kinds:
        share = kind("shared by a member", "成员分享", is_piece=True, is_opener=True, interest=0.1, match=0.2,
                     worth=(0.3, 0.7))  # fmt: skip

    kind_share: int  # its code

    class member:
        tired: float = carried()  # of sharing, on the day of …
        shared: int = carried()  # … the last time, plus one

    class group:
        ugc_slots: float = lever(plus, "posts/day", "slots that are handed to members", bears="minutes_sharing")
        ugc_hour: float = lever(only_one, "hour", "hour of such a slot", neutral=-1.0)
        due: float
        asked: int  # seat of who shares tomorrow, plus one
        person: int  # who sits there
        is_ready: int
        n_shared: int = daily("contributions shared by members", "成员分享次数", better=True)
        minutes_sharing: float = daily(
            "staff minutes spent on members' contributions", "协调成员分享用时", unit="minutes", better=False,
            booked=True,
        )


if TYPE_CHECKING:
    Kept = Own[Sharing.member, Sharing.group, object, object]


@Sharing.each_evening(when="ugc_slots")
def ask(
    state: State, own: Kept, g: int, group: Group, ours: Sharing.group, knobs: Sharing, world: World
) -> None:
    """A slot falls due every 1 / ugc_slots days; score = expertise · (1 + days with a post) · (1 − tired)."""
    ours.due = min(MOST_DUE, ours.due + ours.ugc_slots)
    ours.asked = 0
    if ours.due < 1.0:
        return
    best = 0.0
    for row in range(group.first, group.first + group.n_slots):
        me, mine = state.members[row], own.members[row]
        is_there = me.person >= 0 and me.reason == 0 and world.day - me.day_looked <= RECENT
        if is_there and me.is_staff + me.is_expert == 0 and me.role != world.role_advertiser:
            rested = math.exp(-knobs.recovery * (world.day + 1 - mine.shared)) if mine.shared > 0 else 0.0
            score = me.expertise * (1.0 + me.n_active_days) * (1.0 - mine.tired * rested)
            if score > best:
                best, ours.asked, ours.person = score, me.slot + 1, me.person


@Sharing.each_member(before="visit", when="ugc_slots")
def come(
    me: Member, mine: Sharing.member, group: Group, ours: Sharing.group, today: Today, knobs: Sharing, world: World
) -> None:
    """Who was asked and is still there looks in."""
    if ours.asked == me.slot + 1 and ours.person == me.person:
        ours.is_ready = 1
        today.visit += COMES


@Sharing.each_group(before="talk", when="ugc_slots")
def coordinate(
    group: Group, ours: Sharing.group, knobs: Sharing, world: World, desk: Desk
) -> None:
    """They share at the hour, if they may write and the host has the minutes; the matter is renewed as by a post."""
    may = ours.is_ready > 0 and desk.today[ours.asked - 1].is_silenced == 0
    if may and give_minutes(knobs.minutes, group):
        hour = ours.ugc_hour if ours.ugc_hour >= 0.0 else knobs.hour
        say(desk, 60.0 * hour, ours.asked - 1, knobs.kind_share, group)
        ours.due -= 1.0
        ours.n_shared += 1
        ours.minutes_sharing += knobs.minutes
        group.n_fresh += 1
    ours.is_ready = 0


@Sharing.each_visitor(after="talk", when="ugc_slots")
def belong(
    me: Member, mine: Sharing.member, group: Group, ours: Sharing.group, today: Today, knobs: Sharing, world: World
) -> None:
    """β ← β + joy (1 − β) for who has shared; tired ← tired + tires (1 − tired), fading by e^(−recovery) a day"""
    if ours.n_shared > 0 and ours.asked == me.slot + 1:
        faded = mine.tired * math.exp(-knobs.recovery * (world.day + 1 - mine.shared)) if mine.shared > 0 else 0.0
        mine.tired = faded + knobs.tires * (1.0 - faded)
        mine.shared = world.day + 1
        me.belonging += knobs.joy * (1.0 - me.belonging)
