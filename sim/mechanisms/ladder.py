"""A ladder of products (价格阶梯): each rung is offered only to those who have bought the one before.

Small purchases make larger ones likely, so the dear product is offered to few, and to those who know what they get.
Source: founding material, S41; how much a step pulls is an assumption.
"""

from __future__ import annotations

from sim.engine.declarations import carried, daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import only_one
from sim.mechanisms import Mechanism
from sim.model.rows import Group, Member, Today, World

__all__ = ["Ladder"]


class Ladder(Mechanism):
    """Today's offer is a rung, and for nobody but those on the rung below; to all others it is no offer at all.

    Members keep their rung when they move to another group. Having bought before pulls by itself (``mind.buy_again``).
    """

    title = ("Price ladder", "价格阶梯")
    step = Knob(1.5, 0.0, 15.0, "logit", "pull of the next rung on who stands on the one below it", "assumption")

    class member:
        rung: int = carried()  # the last one bought, 0: none

    class group:
        offer_rung: float = lever(only_one, "rung", "rung that today's offer is; 0: none")
        n_second: int = daily("purchases of a second or higher rung", "进阶购买次数", better=True)


@Ladder.at_plan(when="offer_rung")
def name_it(group: Group, ours: Ladder.group, knobs: Ladder, world: World) -> None:
    """Each purchase of today bears the rung."""
    group.rung_today = int(ours.offer_rung)


@Ladder.each_visitor(after="talk", when="offer_rung")
def choose(
    me: Member, mine: Ladder.member, group: Group, ours: Ladder.group, today: Today, knobs: Ladder, world: World
) -> None:
    """Not for those who are not on the rung below; for those who are, buy + step, from the second rung on."""
    rung = int(ours.offer_rung)
    if mine.rung != rung - 1:
        today.offered = -1
    elif rung > 1:
        today.buy += knobs.step


@Ladder.on_buy(when="offer_rung")
def climb(
    me: Member, mine: Ladder.member, group: Group, ours: Ladder.group, knobs: Ladder, world: World
) -> None:
    """Whoever bought stands on the rung that was offered, one above the last."""
    mine.rung = int(ours.offer_rung)
    ours.n_second += 1 if mine.rung > 1 else 0
