"""Honours (荣誉, 等级): levels earned by points, whose distinction is lost by leaving.

What all have distinguishes nobody: only who stands above the group's mean has something to lose, so titles wear out as
the group grows old. Source: founding material, S18, H19; that people steer towards badges: Anderson et al. 2013
(direction, from memory); the rest is an assumption.
"""

from __future__ import annotations

from sim.engine.declarations import carried, daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.engine.rows import Small
from sim.engine.rule import rule
from sim.mechanisms import MEMBER, OPERATOR, Mechanism, pay, set_aside
from sim.mechanisms.gifts import Gifts
from sim.mechanisms.points import Points
from sim.model.rows import Desk, Group, Member, Today, World

__all__ = ["Honours", "level_of"]

MONTH = 30.0


class Honours(Mechanism):
    """Every morning each member's level follows from their points; the k-th needs first · growth^(k − 1) of them.

    A level never falls but where points fade; rising again to where one has been makes nobody proud.
    """

    title = ("Honours and levels", "荣誉与等级")
    uses = (Gifts, Points)
    first = Knob(10.0, 0.1, 1_000.0, "points", "for the first level", "assumption")
    growth = Knob(3.0, 1.0, 10.0, "times", "points for a level, against those for the one before", "assumption")
    leave_level = Knob(0.4, 0.0, 3.0, "log/level", "weight of a level above the mean against leaving",
                       "assumption: cost of switching")  # fmt: skip
    pride = Knob(0.1, 0.0, 1.0, "feeling", "joy of finding oneself risen", "assumption")

    class member:
        level: Small = carried()
        highest: Small = carried()  # level so far
        is_risen: Small = carried()  # and has not looked since

    class group:
        levels: float = lever(only_one, "levels", "levels that there are")
        level_perk: float = lever(plus, "CNY a month", "worth of what the top level brings", bears="perk_cost")
        level_fade: float = lever(plus, "points/day", "points that everybody loses")
        held: int  # levels held by all, counted in the morning
        n_counted: int
        mean_level: float
        is_given: int  # today there are perks
        n_risen: int = daily("times that members rise by a level", "升级人次", better=True)
        distinction: float = daily("levels that members stand above their group's mean", "高出群内平均的等级数",
                                   unit="levels", share_of="n_members")  # fmt: skip
        n_top: int = daily("members at the top level", "最高等级成员占比", share_of="n_members")
        perk_cost: int = daily("money spent on perks of levels", "等级特权花费", unit="CNY", better=False, booked=True)


@Honours.at_plan(when="level_perk")
def give(group: Group, ours: Honours.group, knobs: Honours, world: World, gifts: object, points: object) -> None:
    """cost = perk / 30 · (levels held yesterday) / levels a day, to the fen; all of it or nothing."""
    ours.is_given = 0
    if ours.levels < 1.0:
        return
    yuan = int(ours.level_perk * ours.held / ours.levels * 100.0 / MONTH + 0.5) / 100.0
    if yuan > 0.0 and set_aside(yuan, group, world):
        ours.is_given = 1
        ours.perk_cost = pay(OPERATOR, MEMBER, yuan, group)


@Honours.each_group(before="visit", when="levels")
def begin(group: Group, ours: Honours.group, knobs: Honours, world: World, desk: Desk, gifts: object,
          points: object) -> None:  # fmt: skip
    """The count begins anew."""
    ours.held = ours.n_counted = 0


@Honours.each_member(before="visit", when="levels")
def rank(
    me: Member, mine: Honours.member, group: Group, ours: Honours.group, today: Today, knobs: Honours, world: World,
    gifts: Gifts.member, points: Points.member,
) -> None:  # fmt: skip
    """points ← max(0, points − fade);  level = thresholds passed, at most ``levels``;
    in hand + perk / 30 · level / levels, CNY, on a day on which there are perks
    """
    points.points = max(0.0, points.points - ours.level_fade)
    top = int(ours.levels)
    level = level_of(points.points, top, knobs)
    if level > mine.highest:
        mine.is_risen = 1
        ours.n_risen += level - mine.highest
        mine.highest = level
    mine.level = level
    ours.held += level
    ours.n_counted += 1
    ours.n_top += 1 if level == top else 0
    ours.distinction += max(0.0, level - ours.mean_level)
    if ours.level_perk > 0.0 and ours.is_given > 0:
        gifts.yuan += ours.level_perk * level / (ours.levels * MONTH)


@Honours.each_group(before="talk", when="levels")
def compare(group: Group, ours: Honours.group, knobs: Honours, world: World, desk: Desk, gifts: object,
            points: object) -> None:  # fmt: skip
    """The mean level of the group."""
    ours.mean_level = ours.held / max(1, ours.n_counted)


@Honours.each_visitor(before="talk", when="levels")
def be_proud(
    me: Member, mine: Honours.member, group: Group, ours: Honours.group, today: Today, knobs: Honours, world: World,
    gifts: object, points: object,
) -> None:  # fmt: skip
    """leave − leave_level · max(0, level − mean);  gain + pride [risen]"""
    today.leave -= knobs.leave_level * max(0.0, mine.level - ours.mean_level)
    if mine.is_risen > 0:
        today.gain += knobs.pride
        mine.is_risen = 0


@rule
def level_of(points: float, levels: int, knobs: Honours) -> int:
    """How many thresholds first · growth^k (k = 0, 1, …) the points have passed, at most ``levels``."""
    level, due = 0, knobs.first
    while level < levels and points >= due:
        level += 1
        due *= knobs.growth
    return level
