"""Needs (需求): what brought people is met for many at once, or arises anew, perhaps in season.

Without it a need ends for each by themselves or for a group that shares it, and may arise anew at any time
(``mind.need_again``). Here a timeline may end needs for many at once (graduation, the shop closes), and what is over
may come back in season (pets fall ill in spring). Acts without a lever:
``kept`` 1 and ``again`` 0 as they stand, and nothing of it is there.

Source: founding material, C3, C14; that needs return at a constant hazard, with one wave a year, is an assumption.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from sim.engine.declarations import daily
from sim.engine.knobs import Knob
from sim.engine.luck import purpose, uniform
from sim.mechanisms import Mechanism
from sim.model.rows import Group, Member, Today, World
from sim.model.submodels.need import is_asker, need_lasts

__all__ = ["Needs"]

MET, AGAIN, LASTS = (purpose(f"needs: {it}") for it in ("met", "again", "how long it lasts"))
YEAR = 365.0


class Needs(Mechanism):
    """Each day a need lasts with P = kept, and one that is over arises anew with the hazard of the season.

    A need that arises anew lasts as long as needs do in this world; experts, poachers and appointed persons have none
    that ends. ``kept`` is there for a timeline: a shock of 0.2 for one day leaves one need in five.
    """

    title = ("Needs", "需求")
    kept = Knob(1.0, 0.0, 1.0, "share", "of needs that outlast the day, whatever ends them otherwise",
                "definition; to be changed by a timeline")  # fmt: skip
    again = Knob(0.0, 0.0, 1.0, "1/day", "rate at which a need arises anew, once it has been met",
                 "assumption; 0: never")  # fmt: skip
    season = Knob(0.0, 0.0, 1.0, "share", "by which that rate is higher at the height of the season, lower half a year "
                  "later", "assumption")  # fmt: skip
    peak = Knob(45.0, 0.0, 365.0, "day", "height of the season, counted from the day on which groups were founded",
                "assumption: from the beginning of March, the middle of April")  # fmt: skip

    class group:
        n_needs_met: int = daily("needs met by what happens to all", "因外部变化结束的需求数")
        n_again: int = daily("needs that arise anew", "重新产生的需求数", better=True)

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """Does anything end needs, or bring them back?"""
        return knobs.get("needs.kept", 1.0) < 1.0 or knobs.get("needs.again", 0.0) > 0.0


@Needs.each_member(before="visit")
def change(
    me: Member, mine: object, group: Group, ours: Needs.group, today: Today, knobs: Needs, world: World
) -> None:
    """A need that is on ends today with P = 1 − kept; experts, poachers and the appointed have none that ends.

    One that is over arises anew with P = again (1 + season · cos(2π (day − peak) / 365)), and lasts as needs do.
    """
    if me.is_expert > 0 or me.person >= world.market_size or me.role == world.role_poacher:
        return
    if world.day < me.need_ends:
        if knobs.kept < 1.0 and uniform(world, me.person, MET, group.index) >= knobs.kept:
            me.need_ends = world.day
            ours.n_needs_met += 1
    elif knobs.again > 0.0:
        wave = 1.0 + knobs.season * math.cos(2.0 * math.pi * (world.day - knobs.peak) / YEAR)
        if uniform(world, me.person, AGAIN, group.index) < knobs.again * wave:
            u = uniform(world, me.person, LASTS, group.index)
            me.need_ends = world.day + need_lasts(me.person, u, False, world)
            me.is_asking = 1 if is_asker(me.person, world) else 0
            ours.n_again += 1
