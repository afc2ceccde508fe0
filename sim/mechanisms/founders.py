"""Founders who are chosen (种子用户): of the people whom the host knows, those who talk and whom the subject fits.

Source: founding material, S52; that a host can tell who will talk, and how long it takes, are assumptions.
"""

from __future__ import annotations

from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import plus
from sim.mechanisms import Mechanism, give_minutes
from sim.model.rows import Group, World

__all__ = ["Founders"]


class Founders(Mechanism):
    """Each founder's seat goes to the liveliest of ``founder_pick`` + 1 neighbours in the market whom the subject fits.

    The choice is made when the group is founded (:mod:`sim.model.initialization`); its work is done in the first days,
    as the host has minutes left.
    """

    title = ("Founders", "种子用户")
    most_share = Knob(0.5, 0.01, 1.0, "share", "of the host's minutes of a day that go into it", "assumption")

    class group:
        founder_pick: float = lever(plus, "people", "further people looked at for each founder's seat", felt=True)
        founder_minutes: float = lever(plus, "minutes", "to look at each of them", bears="minutes_founding")
        work: float  # minutes that are still to be given
        is_begun: int
        minutes_founding: float = daily(
            "host's minutes spent on choosing founders", "群主挑选种子用户用时", unit="minutes", better=False,
            booked=True,
        )


@Founders.at_plan(since="founder_pick")
def work_off(group: Group, ours: Founders.group, knobs: Founders, world: World) -> None:
    """work = minutes · (founder_pick + 1) · founders, given in parts of at most ``most_share`` of a day's minutes"""
    if ours.is_begun == 0 and group.day_born == world.day:
        ours.work = ours.founder_minutes * (1.0 + group.founder_pick) * world.founders
    ours.is_begun = 1
    part = min(ours.work, knobs.most_share * group.minutes_left)
    if part > 0.0 and give_minutes(part, group):
        ours.work -= part
        ours.minutes_founding += part
