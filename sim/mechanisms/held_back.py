"""Knowledge held back (留一手): the host tells part of what they know, and keeps the rest for later.

Source: founding material, S51.
"""

from __future__ import annotations

from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import only_one
from sim.mechanisms import Mechanism, host_person
from sim.model.rows import Desk, Group, Member, Today, World
from sim.model.submodels.conversation_log import LOG, OPEN0

__all__ = ["HeldBack"]


class HeldBack(Mechanism):
    """What the host tells of the matter is worth less, and uses less of it up.

    What readers make of it follows from the rules that exist: less that is useful, so less trust and less habit; more
    of the matter left to come back for. What was kept is sold as the next course: an offer of a second or higher rung
    (:mod:`sim.mechanisms.ladder`) draws the more, the more has been kept. Goods are no course, and gain nothing.
    """

    title = ("Knowledge held back", "留一手")
    loss = Knob(0.6, 0.0, 1.0, "share", "worth that goes with all of what is held back", "assumption")

    sequel = Knob(0.5, 0.0, 5.0, "logit", "pull of a next rung to which very much has been kept", "assumption")
    sequel_half = Knob(20.0, 1.0, 1_000.0, "pieces", "kept, that pull half as much", "assumption")

    class group:
        held_back: float = lever(only_one, "share", "share of their knowledge that the host keeps for later")
        kept: float  # pieces not used up, less than one
        stock: float  # pieces held back so far
        n_sequels: int = daily("times members see a next course made of what was kept", "看到后续课程人次")


@HeldBack.at_plan(when="held_back")
def tell_part(group: Group, ours: HeldBack.group, knobs: HeldBack, world: World) -> None:
    """worth of what the host tells of the matter · (1 − loss · held_back)"""
    group.withheld += (1.0 - group.withheld) * knobs.loss * ours.held_back


@HeldBack.each_group(after="talk", when="held_back")
def spare(group: Group, ours: HeldBack.group, knobs: HeldBack, world: World, desk: Desk) -> None:
    """Of the host's pieces of today a share ``held_back`` does not use the matter up, in whole pieces over the days.

    stock ← stock + held_back · the host's pieces of today
    """
    host = host_person(group, world)
    for j in range(desk.n[OPEN0], desk.n[LOG]):
        line = desk.log[j]
        if line.person == host and line.kind >= 0:
            part = ours.held_back * desk.kinds[line.kind].is_piece
            ours.kept += part
            ours.stock += part
    whole = min(group.n_pieces, int(ours.kept))
    group.n_pieces -= whole
    ours.kept -= whole


@HeldBack.each_visitor(after="talk", since="held_back")
def promise_more(
    me: Member, mine: object, group: Group, ours: HeldBack.group, today: Today, knobs: HeldBack, world: World
) -> None:
    """On a day with a second or higher rung, who has read the host: buy + sequel · stock / (sequel_half + stock)"""
    if group.is_offer_day > 0 and group.rung_today > 1 and me.n_host_read > 0 and ours.stock > 0.0:
        today.buy += knobs.sequel * ours.stock / (knobs.sequel_half + ours.stock)
        ours.n_sequels += 1
