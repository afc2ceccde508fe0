"""Transition (转移重组): a group in decline becomes one of transition, whose best move into groups by what they need.

Who was active, or bought, or has many points is moved; where to is decided by need, as far as the host knows it, or by
activity alone. What is left is dissolved in the end. Source: founding material, S29, C15; that a narrower subject fits
those whom it is about and renews the matter is an assumption.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.declarations import carried, daily, lever
from sim.engine.distributions import clip
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, dissolve, is_appointed, next_spare, open_group
from sim.mechanisms.points import Points
from sim.mechanisms.structure import Structure, call_over, is_finished, is_low, work_on
from sim.mechanisms.tags import Tags, segment_of, taken_for
from sim.model.rows import Group, Knock, Member, Own, State, Today, World
from sim.model.submodels.moves import is_on_the_way, is_worth_moving

__all__ = ["Transition"]


class Transition(Mechanism):
    """In decline a group is sorted into new ones. By need, each is about one kind of as many as there are groups.

    There the topic fits who is of its kind better, and others worse: m ← clip(m + focus ([of the kind] − 1 / kinds)),
    while they are there; who knocks is drawn or held off by it. The matter is renewed: ν ← ν + narrower (1 − ν). Who
    has no tag goes where the host guesses, which is right once in as many times as there are groups.
    """

    title = ("Regrouping", "转移重组")
    uses = (Points, Structure, Tags)
    focus = Knob(0.2, 0.0, 0.5, "share", "by how much a group of one kind fits who is of it better than who is not",
                 "assumption")  # fmt: skip
    narrower = Knob(0.5, 0.0, 1.0, "share", "of what is used up of the matter, that a narrower subject renews",
                    "assumption")  # fmt: skip

    class member:
        added: float = carried()  # to their match, by …
        focused_in: int = carried()  # … the group of this number plus one

    class group:
        regroup: float = lever(
            only_one, "groups", "on decline, whoever is worth it moves into so many new groups",
            bears="minutes_regrouping",
        )
        regroup_share: float = lever(only_one, "share", "decline: the pulse is below this share of its peak")
        regroup_days: float = lever(only_one, "days", "for so many days in a row")
        regroup_hold: float = lever(only_one, "days", "time after which what was left behind is dissolved")
        regroup_need: float = lever(any_of, "yes/no", "each new group is about what one kind of customer needs")
        regroup_points: float = lever(only_one, "points", "whoever has so many is moved, active or not")
        n_low: int  # days of a low pulse in a row
        regrouped: int  # day on which it was sorted anew, plus 1
        topic: int  # the kind it is about, plus 1; 0: all
        kinds: int  # … of so many
        n_by_tag: int = daily("moved to where their need is known to be met", "按标签分组人次", better=True)
        n_by_guess: int = daily("moved to where their need is guessed to be met", "凭猜测分组人次", better=False)
        minutes_regrouping: float = daily("minutes of regrouping", "重组用时", "minutes", better=False, booked=True)


if TYPE_CHECKING:
    Kept = Own[Transition.member, Transition.group, object, object]
    Earned = Own[Points.member, object, object, object]
    Shape = Own[Structure.member, Structure.group, object, object]
    Known = Own[Tags.member, object, object, object]


@Transition.each_evening()
def watch(
    state: State, own: Kept, g: int, group: Group, ours: Transition.group, knobs: Transition, world: World,
    points: Earned, structure: Shape, tags: Known,
) -> None:  # fmt: skip
    """How long the pulse has been low; what was left behind is dissolved when its time is over."""
    shape = structure.groups[g]
    ours.n_low = ours.n_low + 1 if is_low(ours.regroup_share, group, shape, world) else 0
    if ours.regroup >= 1.0 and 0 < ours.regrouped <= world.day + 1 - ours.regroup_hold:
        shape.n_dissolved += 1 if dissolve(state, g, world) else 0


@rule
def is_meant(me: Member, points: float, ours: Transition.group, days: float, world: World) -> bool:
    """Whoever has bought, or posted within so many days, or has the points; neither staff nor about to leave."""
    if me.person < 0 or me.reason > 0 or is_appointed(me, world):
        return False
    return is_worth_moving(me, days, world) or 0.0 < ours.regroup_points <= points


@rule
def layer_of(
    state: State, points: Earned, row: int, group: Group, ours: Transition.group, days: float, n: int, world: World
) -> float:
    """How many of the n who are meant are more active, of n; of two who are alike, whoever sits on the lower seat."""
    me, rank = state.members[row], 0
    for at in range(group.first, group.first + group.n_slots):
        other = state.members[at]
        if other.activity > me.activity or (other.activity == me.activity and at < row):
            is_one = is_on_the_way(other) or is_meant(other, points.members[at].points, ours, days, world)
            rank += 1 if is_one else 0
    return rank / n


@Transition.each_evening(when="regroup")
def sort_anew(
    state: State, own: Kept, g: int, group: Group, ours: Transition.group, knobs: Transition, world: World,
    points: Earned, structure: Shape, tags: Known,
) -> None:  # fmt: skip
    """Whoever is meant moves: to the group of their kind, or the most active into the first group and so on down.

    The old group becomes one of transition. All work costs minutes, over several evenings if need be.
    """
    if ours.regrouped > 0 or ours.n_low < max(1.0, ours.regroup_days):
        return
    shape, host, first = structure.groups[g], structure.knobs[group.community], next_spare(state, group, world)
    into = n = 0
    for row in range(group.first, group.first + group.n_slots):
        n += 1 if is_meant(state.members[row], points.members[row].points, ours, host.active_within, world) else 0
    wanted = min(ours.regroup, n)
    if first < 0 or wanted < 1.0:
        return
    minutes = host.open_minutes * wanted + host.head_minutes * n
    ours.minutes_regrouping += work_on(minutes, group, shape)
    if not is_finished(minutes, shape):
        return
    while into < wanted and open_group(state, g, world) >= 0:
        into += 1
    if ours.regroup_need > 0.0 and into > 1:
        narrow(state, own, first, into, knobs)
    for row in range(group.first, group.first + group.n_slots):
        me = state.members[row]
        if is_meant(me, points.members[row].points, ours, host.active_within, world):
            place = min(into - 1, int(into * layer_of(state, points, row, group, ours, host.active_within, n, world)))
            if own.groups[first].topic > 0:
                is_tagged = tags.members[row].is_tagged
                place = taken_for(me.person, is_tagged, into, group.index, world)
                ours.n_by_tag += is_tagged
                ours.n_by_guess += 1 - is_tagged
            call_over(state, structure, row, first + place, group, shape, host, world)
    ours.regrouped = world.day + 1


@rule
def narrow(state: State, own: Kept, first: int, into: int, knobs: Transition) -> None:
    """Each of the new groups is about one kind: ν ← ν + narrower (1 − ν)"""
    for k in range(into):
        own.groups[first + k].topic, own.groups[first + k].kinds = k + 1, into
        new = state.groups[first + k]
        new.novelty += knobs.narrower * (1.0 - new.novelty)


@rule
def gained(person: int, ours: Transition.group, knobs: Transition, world: World) -> float:
    """What a group adds to the match of a person, before it is clipped: focus ([of its kind] − 1 / kinds)"""
    if ours.topic == 0:
        return 0.0
    is_theirs = segment_of(person, ours.kinds, world) == ours.topic - 1
    return knobs.focus * ((1.0 if is_theirs else 0.0) - 1.0 / ours.kinds)


@Transition.each_visitor(before="talk", since="regroup_need")
def find_it_fitting(
    me: Member, mine: Transition.member, group: Group, ours: Transition.group, today: Today, knobs: Transition,
    world: World, points: object, structure: object, tags: object,
) -> None:  # fmt: skip
    """At the first look into another group: m ← clip(m + focus ([of its kind] − 1 / kinds)), m as it was at first"""
    here = group.index + 1 if ours.topic > 0 else 0
    if mine.focused_in != here and me.is_expert == 0:
        plain = me.match - mine.added
        me.match = clip(plain + gained(me.person, ours, knobs, world), 0.0, 1.0)
        mine.added, mine.focused_in = me.match - plain, here


@Transition.each_knock(since="regroup_need")
def look_in(
    me: Member, theirs: object, group: Group, ours: Transition.group, knock: Knock, knobs: Transition, world: World,
    points: object, structure: object, tags: object,
) -> None:  # fmt: skip
    """enter + ``mind.enter_match`` · focus ([of its kind] − 1 / kinds): who wants in knows what the group is about"""
    knock.enter += world.enter_match * gained(me.person, ours, knobs, world)
