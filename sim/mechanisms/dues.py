"""Dues (会费): a membership costs money for every period, and whoever does not renew it leaves.

What the first period costs is weighed at the door like any price; what the next one costs is weighed against what the
group has become to somebody. Source: founding material, S42, H19; all weights are an assumption.
"""

from __future__ import annotations

from sim.engine.declarations import carried, daily, lever
from sim.engine.distributions import logistic
from sim.engine.knobs import Knob
from sim.engine.levers import only_one
from sim.engine.luck import purpose, uniform
from sim.mechanisms import OPERATOR, Mechanism, charge, expire
from sim.mechanisms.honours import Honours
from sim.model.rows import Desk, Group, Knock, Member, Own, State, Today, World
from sim.model.vocabulary import NO_DOOR

__all__ = ["Dues"]

RENEW = purpose("dues: renew")
MONTH = 30.0


class Dues(Mechanism):
    """Newcomers pay the first period when they get a seat, or are free for a while; on the day it ends all are asked.

    Whoever was there before there were dues, founders among them, is asked one period later. Staff and experts pay
    nothing. Who does not renew leaves that evening, with the reason ``lapsed``.
    """

    title = ("Dues", "会费")
    uses = (Honours,)
    renew = Knob(-0.5, -20.0, 20.0, "logit", "readiness to renew at neutral belonging and trust", "assumption")
    renew_belonging = Knob(4.0, 0.0, 40.0, "logit", "pull of belonging above one half", "assumption")
    renew_trust = Knob(2.0, 0.0, 20.0, "logit", "pull of trust above one half", "assumption")
    renew_level = Knob(0.4, 0.0, 4.0, "logit/level", "pull of a level above the group's mean", "assumption; H19")
    renew_price = Knob(20.0, 0.0, 200.0, "logit", "weight of dues, as a share of the free money of their period",
                       "assumption")  # fmt: skip
    renew_over = Knob(2.0, 0.0, 20.0, "logit", "push of a need that is met", "assumption")

    class member:
        due: int = carried()  # day plus one on which the period ends, 0: nobody has told them yet
        is_lapsing: int = carried()  # they have not renewed today

    class group:
        dues_yuan: float = lever(only_one, "CNY", "dues of a period")
        dues_days: float = lever(only_one, "days", "length of a period", neutral=365.0)
        dues_free: float = lever(only_one, "days", "before a newcomer's first period, for nothing")
        mean_level: float
        n_lapsing: int
        n_asked_to_renew: int = daily("members asked to renew", "到期续费人次")
        n_renewed: int = daily("memberships renewed", "续费人次", better=True)
        fen_dues: int = daily("dues paid", "会费收入", unit="CNY", better=True, earned="member")


@Dues.each_knock(when="dues_yuan")
def ask(
    me: Member, theirs: object, group: Group, ours: Dues.group, knock: Knock, knobs: Dues, world: World, honours: object
) -> None:
    """price asked + dues, unless the first days are free"""
    if ours.dues_free < 1.0:
        knock.price += ours.dues_yuan


@Dues.on_seat(when="dues_yuan")
def begin(
    me: Member, mine: Dues.member, group: Group, ours: Dues.group, knobs: Dues, world: World, honours: object
) -> None:
    """A newcomer pays the first period, or has the free days; founders are asked later, the appointed never."""
    if me.channel in NO_DOOR:
        return
    if ours.dues_free >= 1.0:
        mine.due = world.day + int(ours.dues_free) + 1
    else:
        mine.due = world.day + max(1, int(ours.dues_days)) + 1
        ours.fen_dues += charge(me, OPERATOR, ours.dues_yuan, group)


@Dues.each_group(before="visit", when="dues_yuan")
def compare(group: Group, ours: Dues.group, knobs: Dues, world: World, desk: Desk, honours: Honours.group) -> None:
    """The mean level of yesterday."""
    ours.mean_level = honours.mean_level
    ours.n_lapsing = 0


@Dues.each_member(before="visit", when="dues_yuan")
def decide(
    me: Member, mine: Dues.member, group: Group, ours: Dues.group, today: Today, knobs: Dues, world: World,
    honours: Honours.member,
) -> None:  # fmt: skip
    """On the day P = σ(r + r_β (β − ½) + r_τ (τ − ½) + r_l max(0, level − mean) − r_p dues / (B days / 30) − r_o over)

    Those who renew pay at once; over is 1 where the need is met.
    """
    if me.is_expert > 0:
        return
    days = max(1, int(ours.dues_days))
    if mine.due == 0:
        mine.due = world.day + days + 1
    if world.day + 1 < mine.due:
        return
    x = knobs.renew + knobs.renew_belonging * (me.belonging - 0.5) + knobs.renew_trust * (me.trust - 0.5)
    x += knobs.renew_level * max(0.0, honours.level - ours.mean_level)
    x -= knobs.renew_price * ours.dues_yuan * MONTH / (me.budget * days)
    x -= knobs.renew_over if world.day >= me.need_ends else 0.0
    ours.n_asked_to_renew += 1
    if uniform(world, me.person, RENEW, group.index) < logistic(x):
        ours.n_renewed += 1
        ours.fen_dues += charge(me, OPERATOR, ours.dues_yuan, group)
        mine.due = world.day + days + 1
    else:
        mine.is_lapsing = 1
        ours.n_lapsing += 1


@Dues.each_evening(when="dues_yuan")
def let_go(
    state: State, own: Own[Dues.member, Dues.group, object, object], g: int, group: Group, ours: Dues.group,
    knobs: Dues, world: World,
) -> None:  # fmt: skip
    """Whoever has not renewed leaves."""
    if ours.n_lapsing == 0:
        return
    for row in range(group.first, group.first + group.n_slots):
        if own.members[row].is_lapsing > 0:
            own.members[row].is_lapsing = 0
            expire(state, row, world)
