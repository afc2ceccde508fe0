"""Careers (成员进阶): volunteers, superusers, sharers and experts who come from among the members.

Standings beyond lurker and regular, taken from behaviour that the group can see, and lost again. All of it acts without
a lever: each of ``volunteer_minutes``, ``learn``, ``super_answers``, ``super_reports`` and ``neglect`` is 0 as it
stands, and nothing of it is there. Source: founding material, R2, R6, S11, S22; all numbers are assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.engine.declarations import carried, daily
from sim.engine.distributions import wide
from sim.engine.knobs import Knob
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import Mechanism
from sim.mechanisms.points import Points
from sim.mechanisms.sharing import Sharing
from sim.model.rows import Group, Member, Scene, Today, World
from sim.model.submodels.conversation_log import GLANCE, LOG, add_look
from sim.model.submodels.messages import ADVERT

__all__ = ["Careers"]

REPORT = purpose("careers: a superuser reports an advert")
SWITCHES = ("volunteer_minutes", "learn", "super_answers", "super_reports", "neglect")


class Careers(Mechanism):
    """Volunteers bring minutes of their own; superusers answer more and call the host to adverts; who has learnt enough
    is an expert, as those whom a host brings in, but without a fee; who shared twice is a sharer.

    Whoever is tired out gives up. Points decide with belonging, ties and expertise; they are gathered wherever this is
    in play.
    """

    title = ("Careers", "成员进阶")
    uses = (Points, Sharing)
    volunteer_minutes = Knob(0.0, 0.0, 120.0, "minutes/day", "that a volunteer who belongs wholly brings on the "
                             "day after they looked in", "assumption; 0: nobody volunteers")  # fmt: skip
    volunteer_points = Knob(60.0, 0.0, 10_000.0, "points", "from which on one may volunteer", "assumption")
    volunteer_belonging = Knob(0.7, 0.0, 1.0, "belonging", "above which one does, if one is more generous than most",
                               "assumption")  # fmt: skip
    quits = Knob(0.5, 0.0, 1.0, "belonging", "below which a volunteer gives up", "assumption")
    tiring = Knob(0.02, 0.0, 1.0, "share", "fatigue added by a day as a volunteer", "assumption")
    tired_out = Knob(0.8, 0.0, 1.0, "fatigue", "above which people give up what they have become", "assumption")
    learn = Knob(0.0, 0.0, 1.0, "share/visit", "expertise gained by a day of useful reading, of what is lacking",
                 "assumption; 0: nobody learns, and no expert comes from inside")  # fmt: skip
    expert_at = Knob(0.8, 0.0, 1.0, "share", "expertise that makes an expert …", "assumption")
    expert_points = Knob(100.0, 0.0, 10_000.0, "points", "… with so many points", "assumption")
    expert_days = Knob(7, 1, 365, "visits", "as tired in a row, after which an expert from inside is one no longer",
                       "assumption")  # fmt: skip
    super_answers = Knob(0.0, 0.0, 5.0, "share", "by how much more readily a superuser answers",
                         "assumption; 0: they do not")  # fmt: skip
    super_reports = Knob(0.0, 0.0, 1.0, "probability", "a superuser who has just read an advert calls the host",
                         "assumption; 0: they do not")  # fmt: skip
    super_points = Knob(300.0, 0.0, 10_000.0, "points", "that make a superuser of a regular …", "assumption")
    super_ties = Knob(8, 1, 15, "ties", "… with so many strong ones", "assumption")
    call_minutes = Knob(5.0, 0.5, 240.0, "minutes", "until the host looks who was called", "assumption")
    neglect = Knob(0.0, 0.0, 1.0, "share", "belonging lost by a sharer whose opener nobody answered",
                   "assumption; 0: they do not mind")  # fmt: skip

    class member:
        is_volunteer: int = carried()
        is_super: int = carried()
        n_shared: int = carried()  # contributions since the last that was not felt …
        shared: int = carried()  # … the last of them, as ``sharing`` counts days
        is_inside: int = carried()  # an expert from among the members: 1, has been one: 2
        n_tired: int = carried()  # visits in a row

    class group:
        brought: float  # minutes that volunteers bring tomorrow
        n_volunteers: int = daily("volunteers who look in", "来看的志愿者人次", better=True)
        minutes_volunteered: float = daily("minutes that volunteers bring", "志愿者投入的时间", unit="minutes")
        n_supers: int = daily("superusers who look in", "来看的超级用户人次", better=True)
        n_super_calls: int = daily("times superusers call the host", "超级用户叫来群主次数")
        n_sharers: int = daily("sharers who look in", "来看的分享者人次", better=True)
        n_neglected: int = daily("sharers whose contribution found no answer", "分享无人回应的次数", better=False)
        n_inside_experts: int = daily("members who become experts", "成长为意见领袖的成员数", better=True)

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """Can anybody become anything?"""
        return any(knobs.get(f"careers.{name}", 0.0) > 0.0 for name in SWITCHES)


@rule
def is_plain(me: Member, world: World) -> bool:
    """A lurker, member or regular: neither staff nor expert, and of no role that was brought along."""
    return me.role <= world.role_regular and me.is_staff + me.is_expert == 0


@Careers.at_plan()
def bring_minutes(
    group: Group, ours: Careers.group, knobs: Careers, world: World, points: object, sharing: object
) -> None:
    """minutes + volunteer_minutes · β of each volunteer who looked in yesterday"""
    group.minutes_left += ours.brought
    ours.minutes_volunteered = ours.brought
    ours.brought = 0.0


@Careers.each_visitor(after="talk")
def learn(
    me: Member, mine: Careers.member, group: Group, ours: Careers.group, today: Today, knobs: Careers, world: World,
    points: Points.member, sharing: object,
) -> None:  # fmt: skip
    """expertise ← e + learn · q / (enough + q) · m (1 − e), q useful reading of today; an expert from ``expert_at`` on.

    Who has been one and was tired out does not become one again.
    """
    if knobs.learn <= 0.0:
        return
    if is_plain(me, world):
        useful = me.read_quality / (world.enough + me.read_quality)
        me.expertise += knobs.learn * useful * me.match * (1.0 - me.expertise)
        is_ready = me.expertise >= knobs.expert_at and points.points >= knobs.expert_points
        if is_ready and mine.is_inside == 0:
            me.role, me.is_expert, mine.is_inside, mine.n_tired = world.role_kol, 1, 1, 0
            ours.n_inside_experts += 1
    elif mine.is_inside == 1:
        mine.n_tired = mine.n_tired + 1 if me.fatigue > knobs.tired_out else 0
        if mine.n_tired >= knobs.expert_days:
            me.role, me.is_expert, mine.is_inside = world.role_regular, 0, 2


@Careers.each_visitor(after="talk")
def volunteer(
    me: Member, mine: Careers.member, group: Group, ours: Careers.group, today: Today, knobs: Careers, world: World,
    points: Points.member, sharing: object,
) -> None:  # fmt: skip
    """One begins with enough points, β above ``volunteer_belonging`` and generosity above the median, and gives up with
    φ > tired_out or β < quits. Each day: φ ← φ + tiring (1 − φ), and minutes for tomorrow.
    """
    if mine.is_volunteer > 0:
        mine.is_volunteer = 1 if me.fatigue <= knobs.tired_out and me.belonging >= knobs.quits else 0
    elif knobs.volunteer_minutes > 0.0 and is_plain(me, world) and me.fatigue <= knobs.tired_out:
        is_generous = me.generosity > world.generosity and me.belonging > knobs.volunteer_belonging
        mine.is_volunteer = 1 if is_generous and points.points >= knobs.volunteer_points else 0
    if mine.is_volunteer > 0:
        me.fatigue += knobs.tiring * (1.0 - me.fatigue)
        ours.brought += knobs.volunteer_minutes * me.belonging
        ours.n_volunteers += 1


@Careers.each_visitor(before="talk")
def stand_out(
    me: Member, mine: Careers.member, group: Group, ours: Careers.group, today: Today, knobs: Careers, world: World,
    points: Points.member, sharing: object,
) -> None:  # fmt: skip
    """A superuser is a regular with ``super_ties`` strong ties and ``super_points``, as long as that is so:
    answer + super_answers.
    """
    mine.is_super = 0
    if knobs.super_answers + knobs.super_reports > 0.0 and me.role == world.role_regular and me.is_staff == 0:
        mine.is_super = 1 if me.n_strong >= knobs.super_ties and points.points >= knobs.super_points else 0
    if mine.is_super > 0:
        today.answer += knobs.super_answers
        ours.n_supers += 1


@Careers.at_look(after="read")
def report(
    me: Member, mine: Careers.member, group: Group, ours: Careers.group, today: Today, knobs: Careers, world: World,
    look: Scene, points: object, sharing: object,
) -> None:  # fmt: skip
    """A superuser who has just read an advert calls the host with P = super_reports, who looks soon after."""
    desk, t = look.desk, look.desk.now[0].t + knobs.call_minutes
    if mine.is_super == 0 or group.host_slot < 0 or t >= 1439.0 or group.minutes_left <= 0.0:
        return
    for j in range(look.first, desk.n[LOG]):
        if desk.log[j].kind == ADVERT:
            if uniform(world, me.person, REPORT, desk.now[0].second) < knobs.super_reports:
                ours.n_super_calls += 1
                add_look(desk, t, wide(group.host_slot), GLANCE)
            return


@Careers.each_visitor(after="talk")
def share(
    me: Member, mine: Careers.member, group: Group, ours: Careers.group, today: Today, knobs: Careers, world: World,
    points: object, sharing: Sharing.member,
) -> None:  # fmt: skip
    """Who was handed the slot twice is a sharer, until an opener of theirs from the day on which they shared finds no
    answer:  β ← β (1 − neglect), and they begin again.  Nor is anybody who is tired out.
    """
    if knobs.neglect <= 0.0:
        return
    is_first_look = sharing.shared > mine.shared  # … since: what finds no answer today was written on that day
    if is_first_look:
        mine.shared = sharing.shared
        mine.n_shared += 1
    if me.fatigue > knobs.tired_out:
        mine.n_shared = 0
    if mine.n_shared >= 2:
        ours.n_sharers += 1
        if me.n_ignored > 0 and is_first_look:
            me.belonging -= knobs.neglect * me.belonging
            mine.n_shared = 0
            ours.n_neglected += 1
