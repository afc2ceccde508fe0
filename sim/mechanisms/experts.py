"""Experts (意见领袖): who knows a subject draws questions after having spoken, and their word vouches for the host.

Here are the rules of it, for experts who belong to a group and for a guest in office hours alike
(:mod:`sim.mechanisms.office_hours`). Source: founding material, R2; all sizes are an assumption. Outside office hours
they act without a lever, so they stand at 0 until all such numbers are estimated together.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.engine.declarations import lost
from sim.engine.knobs import Knob
from sim.mechanisms import Mechanism
from sim.mechanisms.office_hours import OfficeHours, draw_questions, vouch
from sim.model.rows import Desk, Group, Member, Scene, Today, World
from sim.model.submodels.conversation_log import LOG

__all__ = ["Experts"]

KNOBS = ("draw", "asks", "trust")


class Experts(Mechanism):
    """On the day after an expert spoke members open more readily, and ask more. Who reads useful words of an expert
    trusts the host more, in whose group they are said. What a guest says in office hours is left to those.
    """

    title = ("Experts", "意见领袖")
    uses = (OfficeHours,)
    draw = Knob(0.0, 0.0, 10.0, "ratio", "by how much whoever seeks information (w = 1) and fits the topic (m = 1) "
                "opens more readily on the day after an expert spoke", "assumption; 0: not at all")  # fmt: skip
    asks = Knob(0.0, 0.0, 1.0, "share", "more of what is opened on that day are questions", "assumption; 0: none")
    trust = Knob(0.0, 0.0, 1.0, "share", "trust in the host, given by a day with many useful words of experts",
                 "assumption; 0: none")  # fmt: skip

    class member:
        heard: int = lost()  # lines of experts read today

    class group:
        spoke: int  # an expert did, yesterday

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """Do experts draw questions, or vouch for the host?"""
        return any(knobs.get(f"experts.{name}", 0.0) > 0.0 for name in KNOBS)


@Experts.each_visitor(before="talk")
def ask_the_expert(
    me: Member, mine: Experts.member, group: Group, ours: Experts.group, today: Today, knobs: Experts, world: World,
    office_hours: object,
) -> None:  # fmt: skip
    """On the day after an expert spoke: open + draw · w · m;  questions + asks"""
    mine.heard = 0
    if ours.spoke > 0 and me.is_expert == 0:
        draw_questions(me, knobs.draw, knobs.asks, today)


@Experts.at_look(after="read")
def listen(
    me: Member, mine: Experts.member, group: Group, ours: Experts.group, today: Today, knobs: Experts, world: World,
    look: Scene, office_hours: object,
) -> None:  # fmt: skip
    """Lines of experts are counted as they are read."""
    for j in range(look.first, look.desk.n[LOG]):
        line = look.desk.log[j]
        author = look.members[group.first + line.slot]
        if author.is_expert > 0 and author.person == line.person != me.person and line.kind >= 0:
            mine.heard += 1


@Experts.each_visitor(after="talk")
def believe(
    me: Member, mine: Experts.member, group: Group, ours: Experts.group, today: Today, knobs: Experts, world: World,
    office_hours: OfficeHours.member,
) -> None:  # fmt: skip
    """τ ← τ + trust · S(lines of experts, without those in office hours) · useful · (1 − τ)"""
    if me.is_expert == 0:
        vouch(me, mine.heard - office_hours.heard, knobs.trust, world)


@Experts.each_group(after="talk")
def remember(
    group: Group, ours: Experts.group, knobs: Experts, world: World, desk: Desk, office_hours: object
) -> None:
    """Has an expert spoken today?"""
    ours.spoke = 1 if group.n_kol_messages > 0 else 0
