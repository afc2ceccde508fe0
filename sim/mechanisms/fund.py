"""Crowdfunding (众筹): members pledge for a common thing; if enough is pledged it is paid for, else nothing is.

Source: founding material, S55; that a thing made together binds, and one that fails costs trust, are assumptions.
"""

from __future__ import annotations

import math

from sim.engine.declarations import daily, lever, lost
from sim.engine.distributions import logistic
from sim.engine.knobs import Knob
from sim.engine.levers import only_one
from sim.engine.luck import purpose, uniform
from sim.mechanisms import OPERATOR, OUTSIDE, Mechanism, charge, host_posts, kind, pay
from sim.model.rows import Desk, Group, Member, Today, World

__all__ = ["Fund"]

PLEDGE = purpose("fund: pledge")
OPEN, MADE, MISSED = 1, 2, 3


class Fund(Mechanism):
    """A group's fund is open for ``fund_days`` and called for every ``call_days``; once in the group's life.

    Whoever reads the host on the day of a call decides whether to pledge, as about an offer. At the end the pledges of
    those who are still in are taken, if they reach the target, and part of them pays for the thing.
    """

    title = ("Crowdfunding", "众筹")
    call_days = Knob(7, 1, 60, "days", "from one call to the next", "assumption")
    call_hour = Knob(20.5, 0.0, 23.9, "hour", "hour of the call", "assumption")
    spent = Knob(0.7, 0.0, 1.0, "share", "of what is raised that pays for the thing", "assumption")
    joy = Knob(0.1, 0.0, 1.0, "share", "belonging gained by who has pledged, when it is made", "assumption")
    let_down = Knob(0.05, 0.0, 1.0, "share", "trust lost by who has pledged, when the target is missed", "assumption")

    class kinds:
        fund = kind("call for pledges", "众筹通知", author="host", worth=(0.0, 0.0), interest=0.1)

    kind_fund: int  # its code

    class member:
        has_pledged: int = lost()

    class group:
        fund_target: float = lever(only_one, "CNY", "pledges that are needed", bears="fund_cost")
        fund_pledge: float = lever(only_one, "CNY", "one pledge")
        fund_days: float = lever(only_one, "days", "from the first call to the end")
        stage: int  # 0 not yet, OPEN, or how it ended
        began: int
        is_called: int
        n_pledged: int  # of those who are in
        is_ending: int  # MADE or MISSED on the day on which it ends
        n_pledges: int = daily("pledges made", "众筹认筹数")
        n_made: int = daily("crowdfunded things made", "众筹成功次数", better=True)
        fen_raised: int = daily("money raised by crowdfunding", "众筹收入", unit="CNY", better=True, earned="member")
        fund_cost: int = daily(
            "money spent on what was crowdfunded", "众筹花费", unit="CNY", better=False, booked=True
        )


@Fund.at_plan(when="fund_target")
def call(group: Group, ours: Fund.group, knobs: Fund, world: World) -> None:
    """The first call opens the fund; each costs the minutes of a post. On the last day it is made, or not."""
    ours.is_called = ours.is_ending = 0
    if ours.stage == 0:
        ours.stage, ours.began = OPEN, world.day
    if ours.stage != OPEN:
        return
    age = world.day - ours.began
    if age >= ours.fund_days:
        ours.is_ending = MADE if ours.n_pledged * ours.fund_pledge >= ours.fund_target else MISSED
        ours.stage = ours.is_ending
    elif age % knobs.call_days == 0 and host_posts(60.0 * knobs.call_hour, knobs.kind_fund, group, world):
        ours.is_called = 1


@Fund.each_member(before="visit", when="fund_target")
def settle(
    me: Member, mine: Fund.member, group: Group, ours: Fund.group, today: Today, knobs: Fund, world: World
) -> None:
    """Made: the pledge is paid, β ← β + joy (1 − β). Missed: nothing is paid, τ ← τ (1 − let_down)."""
    if ours.is_ending == 0 or mine.has_pledged == 0:
        return
    mine.has_pledged = 0
    if ours.is_ending == MADE:
        ours.fen_raised += charge(me, OPERATOR, ours.fund_pledge, group)
        me.belonging += knobs.joy * (1.0 - me.belonging)
    else:
        me.trust *= 1.0 - knobs.let_down


@Fund.each_group(before="visit", when="fund_target")
def make(group: Group, ours: Fund.group, knobs: Fund, world: World, desk: Desk) -> None:
    """cost = spent · raised"""
    if ours.is_ending == MADE:
        ours.n_made = 1
        ours.fund_cost = pay(OPERATOR, OUTSIDE, knobs.spent * ours.fen_raised / 100.0, group)


@Fund.each_visitor(after="talk", when="fund_target")
def pledge(
    me: Member, mine: Fund.member, group: Group, ours: Fund.group, today: Today, knobs: Fund, world: World
) -> None:
    """P = σ(b₀ + b_τ τ + b_f fit − b_p ln(1 + pledge / B)), as of buying, for who reads the host on a day of a call"""
    if ours.is_called == 0 or mine.has_pledged > 0 or me.n_host_read == 0 or me.is_expert > 0:
        return
    if me.role == world.role_advertiser:
        return
    x = world.buy + world.buy_trust * me.trust + world.buy_fit * me.fit
    x -= world.buy_price * math.log(1.0 + ours.fund_pledge / me.budget)
    if uniform(world, me.person, PLEDGE, group.index) < logistic(x):
        mine.has_pledged = 1
        ours.n_pledged += 1
        ours.n_pledges += 1


@Fund.on_leave(since="fund_target")
def withdraw(me: Member, mine: Fund.member, group: Group, ours: Fund.group, knobs: Fund, world: World) -> None:
    """Who leaves takes the pledge along."""
    if mine.has_pledged > 0:
        mine.has_pledged = 0
        ours.n_pledged -= 1
