"""How many groups a community has, and how many seats a group."""

from __future__ import annotations

from sim.knobs import Knob, KnobSet

__all__ = ["Population"]


class Population(KnobSet):
    """Groups of one community and the seats of each."""

    groups = Knob(20, 1, 20_000, "groups", "groups the community is founded with", "scenario")
    seats = Knob(200, 5, 2_000, "members", "seats of a group: the most it can ever hold", "WeChat allows 500, QQ 2,000")
    founders = Knob(15, 1, 500, "people", "people who found a group", "pet-owner scenario")
    spare_groups = Knob(0, 0, 20_000, "groups", "groups that may be opened later, when one is full", "assumption")
