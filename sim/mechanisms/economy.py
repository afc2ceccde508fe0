"""Economy (经济环境): everybody's free money in good times and bad, to be changed by a timeline.

Prices, gifts and offers are weighed against a person's free money, so hard times keep people out, and make them buy
less, without a rule of their own. Source: founding material, C3: the market's money dries up; that all have as much
less of it, in proportion, is an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.engine.declarations import carried
from sim.engine.knobs import Knob
from sim.mechanisms import Mechanism
from sim.model.rows import Group, Knock, Member, Today, World

__all__ = ["Economy"]


class Economy(Mechanism):
    """Free money ← money · free money, of members and of whoever comes to a door, for as long as it is so.

    What is spent on adverts, or earned abroad, is not changed by it.
    """

    title = ("Economy", "经济环境")
    money = Knob(1.0, 0.01, 10.0, "ratio", "everybody's free money, against what it is in this world",
                 "definition; to be changed by a timeline")  # fmt: skip

    class member:
        level: float = carried()  # by which their free money is changed already; 0: it was not looked at yet

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """Are times other than usual?"""
        return knobs.get("economy.money", 1.0) != 1.0


@Economy.each_knock()
def reckon(
    me: Member, theirs: object, group: Group, ours: object, knock: Knock, knobs: Economy, world: World
) -> None:
    """B ← money · B, of whoever stands at the door"""
    me.budget *= knobs.money


@Economy.each_member(before="visit")
def feel_it(
    me: Member, mine: Economy.member, group: Group, ours: object, today: Today, knobs: Economy, world: World
) -> None:
    """B ← B · money / what it was changed by before"""
    level = mine.level if mine.level > 0.0 else 1.0
    if knobs.money != level:
        me.budget *= knobs.money / level
    mine.level = knobs.money
