"""Knowledge held back (留一手): the host tells part of what they know, and keeps the rest for later.

Source: founding material, S51.
"""

from __future__ import annotations

from sim.engine.declarations import lever
from sim.engine.knobs import Knob
from sim.engine.levers import only_one
from sim.mechanisms import Mechanism, host_person
from sim.model.rows import Desk, Group, World
from sim.model.submodels.conversation_log import LOG, OPEN0

__all__ = ["HeldBack"]


class HeldBack(Mechanism):
    """What the host tells of the matter is worth less, and uses less of it up.

    What readers make of it follows from the rules that exist: less that is useful, so less trust and less habit; more
    of the matter left to come back for. There is nothing yet that what was kept could be sold as.
    """

    title = ("Knowledge held back", "留一手")
    loss = Knob(0.6, 0.0, 1.0, "share", "worth that goes with all of what is held back", "assumption")

    class group:
        held_back: float = lever(only_one, "share", "share of their knowledge that the host keeps for later")
        kept: float  # pieces not used up, less than one


@HeldBack.at_plan(when="held_back")
def tell_part(group: Group, ours: HeldBack.group, knobs: HeldBack, world: World) -> None:
    """worth of what the host tells of the matter · (1 − loss · held_back)"""
    group.withheld += (1.0 - group.withheld) * knobs.loss * ours.held_back


@HeldBack.each_group(after="talk", when="held_back")
def spare(group: Group, ours: HeldBack.group, knobs: HeldBack, world: World, desk: Desk) -> None:
    """Of the host's pieces of today a share ``held_back`` does not use the matter up, in whole pieces over the days."""
    host = host_person(group, world)
    for j in range(desk.n[OPEN0], desk.n[LOG]):
        line = desk.log[j]
        if line.person == host and line.kind >= 0:
            ours.kept += ours.held_back * desk.kinds[line.kind].is_piece
    whole = min(group.n_pieces, int(ours.kept))
    group.n_pieces -= whole
    ours.kept -= whole
