"""One-to-one consulting (一对一咨询): an hour of the host's for one member; a few a day for nothing, others for money.

Source: founding material, S55: two free consultations a day; who asks, and what it does to trust, are assumptions.
"""

from __future__ import annotations

import math

from sim.engine.declarations import daily, lever
from sim.engine.distributions import logistic
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.engine.luck import purpose, uniform
from sim.mechanisms import OPERATOR, Mechanism, charge, give_minutes
from sim.model.rows import Group, Member, Today, World

__all__ = ["Consulting"]

ASK, PAY = purpose("consulting: ask for one"), purpose("consulting: pay for one")


class Consulting(Mechanism):
    """Who looks in and needs advice asks for a consultation; it takes the host's minutes, and wins trust."""

    title = ("Consulting", "一对一咨询")
    asks = Knob(0.1, 0.0, 1.0, "1/day", "readiness to ask, times need of information and trust", "assumption")
    minutes = Knob(30.0, 1.0, 240.0, "minutes", "of a consultation", "assumption")
    trust = Knob(0.1, 0.0, 1.0, "share", "trust gained by the client", "assumption")
    worth = Knob(2.0, -10.0, 10.0, "logit", "readiness to pay for one that costs nothing", "assumption")

    class group:
        consult_minutes: float = lever(plus, "minutes/day", "time for consultations", bears="minutes_consulting")
        consult_price: float = lever(only_one, "CNY/hour", "price of those that are not free")
        consult_free: float = lever(plus, "1/day", "consultations for nothing")
        left: float
        n_free: int  # of today
        n_consultations: int = daily("consultations", "咨询次数", better=True)
        minutes_consulting: float = daily(
            "host's minutes spent on consulting", "群主咨询用时", unit="minutes", better=False, booked=True
        )
        fen_consulting: int = daily("money earned by consulting", "咨询收入", unit="CNY", better=True, earned="member")


@Consulting.at_plan(when="consult_minutes")
def begin(group: Group, ours: Consulting.group, knobs: Consulting, world: World) -> None:
    """The day's minutes, and none of the free ones given."""
    ours.left, ours.n_free = ours.consult_minutes, 0


@Consulting.each_visitor(after="talk", when="consult_minutes")
def consult(
    me: Member, mine: object, group: Group, ours: Consulting.group, today: Today, knobs: Consulting, world: World
) -> None:
    """P(ask) = asks · w · τ;  if no free one is left, P(pay) = σ(worth − b_p ln(1 + price / B));  τ ← τ + trust (1 − τ)

    w is the need of information, b_p the weight of prices (``mind.buy_price``).
    """
    if ours.left < knobs.minutes or me.is_expert > 0 or me.role == world.role_advertiser:
        return
    if uniform(world, me.person, ASK, group.index) >= knobs.asks * me.info_need * me.trust:
        return
    yuan = 0.0 if ours.n_free < ours.consult_free else ours.consult_price * knobs.minutes / 60.0
    x = knobs.worth - world.buy_price * math.log(1.0 + yuan / me.budget)
    if yuan > 0.0 and uniform(world, me.person, PAY, group.index) >= logistic(x):
        return
    if not give_minutes(knobs.minutes, group):
        return
    ours.left -= knobs.minutes
    ours.minutes_consulting += knobs.minutes
    ours.n_consultations += 1
    ours.n_free += 1 if yuan == 0.0 else 0
    ours.fen_consulting += charge(me, OPERATOR, yuan, group) if yuan > 0.0 else 0
    me.trust += knobs.trust * (1.0 - me.trust)
