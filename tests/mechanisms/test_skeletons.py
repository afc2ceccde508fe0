"""The contract tried on skeletons of mechanisms that ask much of it: they can be written, and both lanes agree.

Each does the least that shows its shape: a quarrel that is settled by silence, gifts that fall due, suspicion of lines
that were staged, a price that is paid again. What is kept of persons of the market is
tried in ``test_each_knock``, moving people in ``test_structure``. Source of all numbers: a test.
"""

from __future__ import annotations

from typing import Any, ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from sim.engine.declarations import carried, daily, lever, lost
from sim.engine.levers import Levers, any_of, only_one, plus
from sim.engine.luck import purpose, uniform
from sim.mechanisms import MEMBER, OPERATOR, Mechanism, charge, pay
from sim.model.submodels.conversation_log import LOG
from sim.model.vocabulary import REASONS
from tests.mechanisms.known_here import known_here
from tests.plays import Tables, differing, lively, play

LEFT = REASONS.index("left")
TEMPER = purpose("skeleton quarrel: temper")


class Quarrels(Mechanism):
    """Replies make tempers rise; above a limit the author is silent for a week (a ladder of one rung)."""

    title = ("Quarrels", "争吵")

    class member:
        silent_until: int = lost()
        n_warned: int = carried()

    class group:
        quarrel_rule: float = lever(any_of, "yes/no", "quarrels are sanctioned")
        heat: float
        n_silenced: int = daily("members silenced", "禁言人数")


@Quarrels.at_reply(when="quarrel_rule")
def boil(
    line: Any, answered: Any, me: Any, mine: Any, group: Any, ours: Any, today: Any, knobs: Any, world: Any
) -> None:
    """heat + 1 by luck; at five it is settled."""
    if uniform(world, me.person, TEMPER, int(line.t)) < 0.3:
        ours.heat += 1.0
    if ours.heat >= 5.0 and me.is_staff == 0:
        ours.heat = 0.0
        mine.silent_until = world.day + 7
        mine.n_warned += 1
        ours.n_silenced += 1


@Quarrels.each_member(before="visit", when="quarrel_rule")
def silence(me: Any, mine: Any, group: Any, ours: Any, today: Any, knobs: Any, world: Any) -> None:
    """Who is silenced neither opens nor answers."""
    if mine.silent_until > world.day:
        today.open = today.answer = -1.0


class Dues(Mechanism):
    """A gift ten days after joining, and a fee every fortnight that one pays or leaves."""

    title = ("Dues", "到期")

    class member:
        gift_due: int = lost()
        fee_due: int = lost()

    class group:
        gift_yuan: float = lever(plus, "CNY", "gift to every newcomer, later")
        fee_yuan: float = lever(only_one, "CNY", "fee every fortnight")
        fen_gifts: int = daily("gifts", "礼金", unit="CNY", booked=True)
        fen_fees: int = daily("fees", "会费", unit="CNY")
        n_unpaid_fees: int = daily("members who leave rather than pay", "拒付人数")


@Dues.on_seat(when="gift_yuan")
def promise(me: Any, mine: Any, group: Any, ours: Any, knobs: Any, world: Any) -> None:
    """What falls due is written down."""
    mine.gift_due, mine.fee_due = world.day + 10, world.day + 14


@Dues.each_member(after="talk", when="gift_yuan")
def fall_due(me: Any, mine: Any, group: Any, ours: Any, today: Any, knobs: Any, world: Any) -> None:
    """Gifts are paid; fees are charged, or the member leaves."""
    if mine.gift_due == world.day:
        ours.fen_gifts += pay(OPERATOR, MEMBER, ours.gift_yuan, group)
        me.belonging += 0.1 * (1.0 - me.belonging)
    if mine.fee_due == world.day and me.reason == 0:
        if me.trust > 0.3:
            ours.fen_fees += charge(me, OPERATOR, ours.fee_yuan, group)
            mine.fee_due = world.day + 14
        else:
            me.reason = LEFT
            group.new_left += 1
            ours.n_unpaid_fees += 1


class Suspicions(Mechanism):
    """Lines of the host in a row look staged; who reads many of them trusts less."""

    title = ("Suspicions", "疑心")

    class member:
        suspicion: float = carried()

    class group:
        staged: float = lever(any_of, "yes/no", "talk is staged")
        n_staged: int = daily("staged lines", "托儿发言数")


@Suspicions.at_look(before="all", when="staged")
def stage(me: Any, mine: Any, group: Any, ours: Any, today: Any, knobs: Any, world: Any, look: Any) -> None:
    """Staff who look see how many lines of their own stand in a row."""
    desk = look.desk
    for j in range(look.first, desk.n[LOG]):
        ours.n_staged += 1 if desk.log[j].slot == group.host_slot else 0


@Suspicions.each_visitor(after="talk", when="staged")
def suspect(me: Any, mine: Any, group: Any, ours: Any, today: Any, knobs: Any, world: Any) -> None:
    """s ← s + (1 − s) share read;  τ ← τ (1 − Δs)"""
    if ours.n_staged > 0 and me.n_read > 0:
        rise = (1.0 - mine.suspicion) * min(1.0, 0.01 * ours.n_staged)
        mine.suspicion += rise
        me.trust *= 1.0 - rise



class Busy(Strategy):
    """Turns all of them."""

    id: ClassVar[str] = "S96"
    title: ClassVar[tuple[str, str]] = ("Busy", "忙碌")

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        levers.quarrel_rule.any_of()
        levers.staged.any_of()
        levers.gift_yuan.plus(1.5)
        levers.fee_yuan.only_one(3.0)


known = known_here(Quarrels, Dues, Suspicions)

COUNTS = {"quarrels": ("n_silenced",), "dues": ("fen_gifts", "fen_fees"), "suspicions": ("n_staged",)}


def played(lane: str) -> Tables:
    return play(lively([Busy()], days=30), lane)


def test_skeletons_of_hard_mechanisms_do_something_and_the_same_in_both_lanes() -> None:
    compiled = played("compiled")
    for name, counts in COUNTS.items():
        for count in counts:
            assert compiled[f"mechanism.{name}"][count].sum() > 0, count
    assert differing(compiled, played("mesa")) == []
