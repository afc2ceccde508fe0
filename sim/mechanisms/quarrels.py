"""Quarrels (争吵): a reply turns into a row, a heated group quarrels on, onlookers come, and staff may settle it.

Everybody is quarrelsome in some measure (R11, 捣乱者), a few are very. Nothing of this happens unless ``temper`` is
raised, or a strategy stages a quarrel. Source: founding material, R11, S27, C9; that rows spread by mood and context
is Cheng et al.'s (2017, from memory), weights are assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from sim.engine.declarations import daily, lost
from sim.engine.distributions import wide
from sim.engine.knobs import Knob
from sim.engine.luck import lasting, purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, give_minutes, kind
from sim.mechanisms.order import Order
from sim.model.rows import Desk, Group, Line, Member, Scene, Today, World
from sim.model.submodels.conversation_log import LOG, OPEN0
from sim.model.submodels.messages import CHAT
from sim.model.submodels.ties import weaken

__all__ = ["MOST_HURT", "Quarrels", "quarrelsome"]

MOST_HURT = 32
"""Who is attacked on a day beyond so many in a group is not marked."""
QUARREL, SETTLE, TEMPER = (purpose(f"quarrels: {it}") for it in ("quarrel", "settle", "temper"))


class Quarrels(Mechanism):
    """A chatty reply is a quarrel with P = temper · q · (0.2 + heat) · (1 − deter · order), q = u³ for everybody.

    ``order`` is how reliably rules that hang in sight have been kept (:mod:`sim.mechanisms.order`), else 0. Staff who
    read a quarrel settle it while minutes last, fairly or not, and whoever began it has offended.
    """

    title = ("Quarrels", "争吵")
    uses = (Order,)
    temper = Knob(0.0, 0.0, 1.0, "probability", "a reply of the most quarrelsome is a quarrel, if the group is on fire",
                  "assumption; 0: nobody quarrels")  # fmt: skip
    calm = Knob(0.2, 0.0, 1.0, "share", "part of that probability that is there without any heat", "assumption")
    deter = Knob(0.7, 0.0, 1.0, "share", "of quarrels kept back by rules that are always kept", "assumption")
    quarrel = Knob(0.5, 0.0, 10.0, "feeling", "weight of quarrels read", "assumption")
    visit_heat = Knob(0.6, 0.0, 10.0, "logit", "pull of a heated group on onlookers", "assumption; S27")
    heat_days = Knob(3.0, 1.0, 100.0, "days", "memory of yesterday's quarrels", "assumption")
    settle_minutes = Knob(5.0, 0.0, 120.0, "minutes", "for staff to settle a quarrel", "assumption")
    skill = Knob(0.5, 0.0, 1.0, "probability", "staff settle a quarrel fairly", "assumption")
    settle_trust = Knob(0.03, 0.0, 1.0, "share", "trust gained by seeing fairness, of what is lacking", "assumption")
    settle_fail = Knob(0.05, 0.0, 1.0, "share", "trust lost by seeing a quarrel settled unfairly", "assumption")

    class kinds:
        quarrel = kind("quarrel", "争吵", interest=1.2, info_need=-0.7)

    kind_quarrel: int  # its code

    class member:
        day: int = lost()  # day plus one of which the next tells
        n_quarrels_read: int = lost()

    class group:
        heat: float  # how much of the talk of late was quarrel, 0 … 1
        deterred: float  # share of quarrels kept back today
        is_strict: int  # who quarrels is sanctioned by degrees
        judged: int  # line of today's log up to which staff have settled quarrels
        n_hurt: int  # people attacked today …
        hurt: Annotated[list[int], MOST_HURT]  # … their numbers
        by: Annotated[list[int], MOST_HURT]  # … and whose reply it was
        n_quarrels: int = daily("quarrels begun", "争吵次数", better=False)
        n_settled: int = daily("quarrels settled fairly", "公正调解次数", better=True)
        n_botched: int = daily("quarrels settled unfairly", "调解不公次数", better=False)
        minutes_settling: float = daily("staff minutes spent on quarrels", "调解争吵用时", unit="minutes", better=False,
                                        booked=True)  # fmt: skip

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """Does anybody quarrel?"""
        return knobs.get("quarrels.temper", 0.0) > 0.0


@rule
def quarrelsome(me: Member, world: World) -> float:
    """How quarrelsome somebody is, for good: u³, so that one in ten is so by more than 0.7."""
    u = lasting(world, me.person, TEMPER, 0)
    return u * u * u


@Quarrels.each_group(before="visit")
def begin(group: Group, ours: Quarrels.group, knobs: Quarrels, world: World, desk: Desk, order: Order.group) -> None:
    """deterred = deter · order where the rules hang in sight"""
    ours.n_hurt = ours.judged = 0
    ours.is_strict = 1 if order.sanction > 0.0 else 0
    ours.deterred = knobs.deter * order.order if order.rules_shown > 0.0 else 0.0


@Quarrels.each_member(before="visit")
def look_on(
    me: Member, mine: Quarrels.member, group: Group, ours: Quarrels.group, today: Today, knobs: Quarrels, world: World,
    order: object,
) -> None:  # fmt: skip
    """visit + visit_heat · heat: a row draws onlookers"""
    today.visit += knobs.visit_heat * ours.heat


@Quarrels.at_reply()
def flare_up(
    line: Line, answered: Line, me: Member, mine: Quarrels.member, group: Group, ours: Quarrels.group, today: Today,
    knobs: Quarrels, world: World, order: object,
) -> None:  # fmt: skip
    """A chatty reply of an ordinary member turns into a quarrel, with the probability above; their own tie halves."""
    if line.kind != CHAT or me.is_staff > 0 or answered.person == me.person:
        return
    p = knobs.temper * quarrelsome(me, world) * (knobs.calm + ours.heat) * (1.0 - ours.deterred)
    if uniform(world, me.person, QUARREL, int(60.0 * line.t)) < p:
        line.kind = knobs.kind_quarrel
        ours.n_quarrels += 1
        weaken(me, answered.person, 0.5, world)
        if ours.n_hurt < MOST_HURT:
            ours.hurt[ours.n_hurt], ours.by[ours.n_hurt] = answered.person, me.person
            ours.n_hurt += 1


@Quarrels.at_look(after="read")
def overhear(
    me: Member, mine: Quarrels.member, group: Group, ours: Quarrels.group, today: Today, knobs: Quarrels, world: World,
    look: Scene, order: object,
) -> None:  # fmt: skip
    """Quarrels just read that others began, those of yesterday evening among them, unless they are settled."""
    if mine.day != world.day + 1:
        mine.day, mine.n_quarrels_read = world.day + 1, 0
    for j in range(look.first, look.desk.n[LOG]):
        line = look.desk.log[j]
        if line.kind == knobs.kind_quarrel and line.person != me.person:
            mine.n_quarrels_read += 1


@Quarrels.at_look(before="all")
def settle(
    me: Member, mine: Quarrels.member, group: Group, ours: Quarrels.group, today: Today, knobs: Quarrels, world: World,
    look: Scene, order: object,
) -> None:  # fmt: skip
    """Staff settle the quarrels of today that they have just read, oldest first, each for ``settle_minutes``.

    With P = skill fairly: then nobody reads it later. Whoever began it has offended, either way; where offences are
    sanctioned, they write no more today.
    """
    desk = look.desk
    first = max(max(look.first, ours.judged), wide(desk.n[OPEN0]))
    ours.judged = desk.n[LOG]
    for j in range(first, desk.n[LOG]):
        line = desk.log[j]
        if line.kind == knobs.kind_quarrel and give_minutes(knobs.settle_minutes, group):
            ours.minutes_settling += knobs.settle_minutes
            desk.today[line.slot].n_caught += 1
            if ours.is_strict > 0:
                desk.today[line.slot].is_silenced = 1
            if uniform(world, line.person, SETTLE, int(60.0 * line.t)) < knobs.skill:
                ours.n_settled += 1
                line.kind = -1 - knobs.kind_quarrel
            else:
                ours.n_botched += 1


@Quarrels.each_visitor(after="talk")
def take_it_in(
    me: Member, mine: Quarrels.member, group: Group, ours: Quarrels.group, today: Today, knobs: Quarrels, world: World,
    order: object,
) -> None:  # fmt: skip
    """cost + quarrel · h / (2 + h), h quarrels read;  who has read one, and sees it settled: τ + settle_trust (1 − τ)
    if fairly, τ (1 − settle_fail) if not. Who was attacked: warmth − 1, and the tie to the other halves.
    """
    if mine.day == world.day + 1 and mine.n_quarrels_read > 0:
        h = mine.n_quarrels_read
        today.cost += knobs.quarrel * h / (2.0 + h)
        if ours.n_settled > 0:
            me.trust += knobs.settle_trust * (1.0 - me.trust)
        if ours.n_botched > 0:
            me.trust -= knobs.settle_fail * me.trust
    for k in range(ours.n_hurt):
        if ours.hurt[k] == me.person:
            me.warmth = max(0.0, me.warmth - 1.0)
            weaken(me, ours.by[k], 0.5, world)


@Quarrels.each_group(after="talk")
def cool(group: Group, ours: Quarrels.group, knobs: Quarrels, world: World, desk: Desk, order: object) -> None:
    """heat ← heat + (S(quarrels not settled fairly) − heat) / heat_days, S(x) = x / (1 + x)"""
    n = ours.n_quarrels - ours.n_settled
    ours.heat += (n / (1.0 + n) - ours.heat) / knobs.heat_days
