"""Structure (更新与复制): who sits in which group, and which groups there are. Source: S28, S30, S31, S60; C10, H11.

A host culls, splits, merges, dissolves and copies groups. What it does to people follows from the verbs:
ties across a move are lost, tenure and feelings go along, nothing becomes new by being called new. Only those whom the
call reaches and who want to come along are moved. All work costs minutes of the group's host: what does not fit into
an evening is done over several.

Sorting anew is said by :mod:`sim.mechanisms.transition`, copying under written rules by :mod:`sim.mechanisms.copying`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.declarations import carried, daily, lever
from sim.engine.distributions import logistic
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, at_most, only_one, plus
from sim.engine.luck import FOLLOW, SPLIT, lasting, uniform
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, cull, dissolve, give_minutes, has_place, open_group, transfer
from sim.model.rows import Group, Member, Own, State, Today, World
from sim.model.submodels.moves import is_appointed, is_worth_moving, next_spare, rank_of

__all__ = ["Structure", "follows"]

HEARD = 3  # days within which whoever has looked knows what was announced
OLD_ENOUGH = 14  # days before which a group's pulse and size say nothing yet: two memories of the pulse
PULSE_DAYS = 7.0  # memory of the pulse: members' messages a day, moving average


class Structure(Mechanism):
    """Culling, splitting, merging, dissolving and copying, in the evening, in the order of groups.

    Directions only: groups that share an identity hold together otherwise than those held by bonds (Ren, Kraut &
    Kiesler 2007, from memory); that a move loses people is an assumption.
    """

    title = ("Structure", "更新与复制")
    follow = Knob(1.0, 0.0, 10.0, "logit", "readiness to move along at middling belonging and trust", "assumption")
    follow_belonging = Knob(4.0, 0.0, 40.0, "logit", "pull of belonging, on β − ½", "assumption")
    follow_trust = Knob(2.0, 0.0, 20.0, "logit", "pull of trust in the host, on τ − ½", "assumption")
    follow_ties = Knob(1.0, 0.0, 10.0, "logit", "pull of strong ties, on n / (1 + n)", "assumption")
    follow_trouble = Knob(0.5, 0.0, 5.0, "logit", "push of the trouble to move", "assumption")
    follow_over = Knob(2.0, 0.0, 20.0, "logit", "push of a need that has been met", "assumption")
    asked = Knob(0.3, 0.0, 1.0, "probability", "who has not looked lately is reached in private", "assumption")
    cull_doubt = Knob(0.5, 0.0, 1.0, "share", "trust lost by readers, per share of the members culled", "assumption")
    active_within = Knob(60.0, 1.0, 1_000.0, "days", "who has posted within is active", "assumption")
    head_minutes = Knob(0.3, 0.0, 60.0, "minutes", "work for each person moved or culled", "assumption")
    open_minutes = Knob(30.0, 0.0, 600.0, "minutes", "work for each group opened", "assumption")

    class member:
        n_offences: int = carried()  # days with an advert, since the host looks for offenders

    class group:
        cull_silent: float = lever(
            at_most, "days", "members who have not posted for so long are removed", bears="minutes_culling"
        )
        cull_offenders: float = lever(
            any_of, "yes/no", "members who have posted adverts are removed", bears="minutes_culling"
        )
        cull_when_full: float = lever(any_of, "yes/no", "nobody is removed while there is room")
        keep_buyers: float = lever(any_of, "yes/no", "buyers are not removed for silence")
        split_at: float = lever(
            at_most, "members", "size at which one half moves into a new group", bears="minutes_moving"
        )
        merge_below: float = lever(
            plus, "members", "a smaller group is merged into the largest that has room", bears="minutes_moving"
        )
        dissolve: float = lever(any_of, "yes/no", "the group is dissolved tonight")
        dissolve_share: float = lever(only_one, "share", "dissolved when the pulse is below this share of its peak")
        dissolve_days: float = lever(only_one, "days", "for so many days in a row")
        clone: float = lever(any_of, "yes/no", "the group is copied once, by volunteers", bears="minutes_moving")
        clone_at: float = lever(at_most, "members", "size from which it is copied")
        clone_volunteers: float = lever(only_one, "members", "most active members who move into the copy")
        pulse: float
        peak: float
        n_low_dissolve: int  # days of a low pulse in a row
        cloned: int  # day on which it was copied, plus 1
        is_barred: int  # of mechanisms: it is not to be copied as it stands
        order_here: float  # of mechanisms: how reliably its written rules are kept, …
        order_there: float  # … and those of the group of which it is a copy
        work: float  # minutes already given to what is being arranged
        n_asked: int = daily("asked to move to another group", "被邀请换群人次")
        n_stayed: int = daily("asked to move and did not follow", "未跟随换群人次", share_of="n_members", better=False)
        n_culled: int = daily("culled", "清理人数")
        n_dissolved: int = daily("groups dissolved", "解散群数")
        minutes_culling: float = daily("minutes of culling", "清理用时", "minutes", better=False, booked=True)
        minutes_moving: float = daily("minutes of moving people", "调整用时", "minutes", better=False, booked=True)


if TYPE_CHECKING:
    Kept = Own[Structure.member, Structure.group, object, object]


@Structure.each_visitor(after="talk", since="cull_offenders")
def note_offences(
    me: Member, mine: Structure.member, group: Group, ours: Structure.group, today: Today, knobs: Structure,
    world: World,
) -> None:  # fmt: skip
    """What the host can know of a member: days with an advert."""
    mine.n_offences += 1 if me.n_ads_posted > 0 else 0


@Structure.each_evening()
def end(
    state: State, own: Kept, g: int, group: Group, ours: Structure.group, knobs: Structure, world: World
) -> None:
    """First of all: how the group's pulse beats, and whether it ends tonight."""
    take_pulse(group, ours, world)
    if is_over(ours):
        ours.n_dissolved = 1 if dissolve(state, g, world) else 0


@rule
def take_pulse(group: Group, ours: Structure.group, world: World) -> None:
    """pulse ← pulse + (members' messages − pulse) / 7; low while below a share of its peak, once the group is old."""
    ours.pulse += (group.n_member_messages - ours.pulse) / PULSE_DAYS
    ours.peak = max(ours.peak, ours.pulse)
    ours.n_low_dissolve = ours.n_low_dissolve + 1 if is_low(ours.dissolve_share, group, ours, world) else 0


@rule
def is_low(share: float, group: Group, ours: Structure.group, world: World) -> bool:
    """Is the pulse of a group that is old enough below a share of its peak?"""
    return world.day - group.day_born >= OLD_ENOUGH and ours.pulse < share * ours.peak


@rule
def is_over(ours: Structure.group) -> bool:
    """Is the group to be dissolved tonight: by order, or because its value is used up?"""
    return ours.dissolve > 0.0 or (ours.dissolve_share > 0.0 and ours.n_low_dissolve >= max(1.0, ours.dissolve_days))


@rule
def is_done(minutes: float, group: Group, ours: Structure.group) -> bool:
    """Give what is left of the host's minutes to what is to be arranged; true once all of its minutes are given."""
    ours.minutes_moving += work_on(minutes, group, ours)
    return is_finished(minutes, ours)


@rule
def work_on(minutes: float, group: Group, ours: Structure.group) -> float:
    """Minutes given tonight to what takes so many in all; ``ours.work`` is what has been given so far."""
    given = min(max(0.0, group.minutes_left), max(0.0, minutes - ours.work))
    give_minutes(given, group)
    ours.work += given
    return given


@rule
def is_finished(minutes: float, ours: Structure.group) -> bool:
    """Are all minutes given? Then the next work begins with none."""
    if ours.work < minutes - 1e-9:
        return False
    ours.work = 0.0
    return True


@rule
def follows(me: Member, group: Group, knobs: Structure, world: World) -> bool:
    """Does a member hear of the move, and come along? Who has not looked for three days may be reached in private.

    P = σ(follow + f_β (β − ½) + f_τ (τ − ½) + f_t n / (1 + n) − trouble − over [need met]), n strong ties
    """
    is_aware = world.day - me.day_looked < HEARD
    if not is_aware and uniform(world, me.person, FOLLOW, 2 * group.index) >= knobs.asked:
        return False
    x = knobs.follow + knobs.follow_belonging * (me.belonging - 0.5) + knobs.follow_trust * (me.trust - 0.5)
    x += knobs.follow_ties * me.n_strong / (1.0 + me.n_strong) - knobs.follow_trouble
    x -= knobs.follow_over if world.day >= me.need_ends else 0.0
    return uniform(world, me.person, FOLLOW, 2 * group.index + 1) < logistic(x)


@rule
def call_over(
    state: State, own: Kept, row: int, h: int, group: Group, ours: Structure.group, knobs: Structure, world: World
) -> None:
    """Ask whoever sits in ``row`` to move to group ``h``."""
    me = state.members[row]
    if me.person >= 0 and me.reason == 0 and not is_appointed(me, world):
        ours.n_asked += 1
        if not (follows(me, group, knobs, world) and transfer(state, row, h, world)):
            ours.n_stayed += 1


@Structure.each_evening(when=("cull_silent", "cull_offenders"))
def cull_members(
    state: State, own: Kept, g: int, group: Group, ours: Structure.group, knobs: Structure, world: World
) -> None:
    """Remove who was silent for too long and whom the host, who has looked today, saw advertise, while minutes last.

    Those who read it lose trust: τ ← τ (1 − doubt · culled / members)
    """
    if ours.cull_when_full > 0.0 and group.n_members < group.seats_offered:
        return
    members = group.n_members
    has_seen = group.host_slot >= 0 and state.members[group.first + group.host_slot].n_looks > 0
    for row in range(group.first, group.first + group.n_slots):
        if group.minutes_left < knobs.head_minutes:
            break
        me = state.members[row]
        if me.person < 0:
            continue
        is_silent = world.day - max(me.day_last_post, me.day_joined) >= ours.cull_silent
        is_kept = ours.keep_buyers > 0.0 and me.n_purchases > 0
        offends = has_seen and ours.cull_offenders > 0.0 and own.members[row].n_offences > 0
        if ((is_silent and not is_kept) or offends) and cull(state, row, world):
            give_minutes(knobs.head_minutes, group)
            ours.minutes_culling += knobs.head_minutes
            ours.n_culled += 1
    if ours.n_culled > 0:
        for row in range(group.first, group.first + group.n_slots):
            me = state.members[row]
            if me.person >= 0 and me.n_looks > 0 and me.is_staff == 0:
                me.trust -= me.trust * min(1.0, knobs.cull_doubt * ours.n_culled / members)


@Structure.each_evening(when="split_at")
def split(state: State, own: Kept, g: int, group: Group, ours: Structure.group, knobs: Structure, world: World) -> None:
    """One half, by lasting luck, is asked to move into a new group."""
    if group.n_members < ours.split_at:
        return
    minutes = knobs.open_minutes + knobs.head_minutes * 0.5 * group.n_members
    if next_spare(state, group, world) < 0 or not is_done(minutes, group, ours):
        return
    h = open_group(state, g, world)
    for row in range(group.first, group.first + group.n_slots):
        me = state.members[row]
        if me.person >= 0 and lasting(world, me.person, SPLIT, group.index) < 0.5:
            call_over(state, own, row, h, group, ours, knobs, world)


@Structure.each_evening(when="merge_below")
def merge(state: State, own: Kept, g: int, group: Group, ours: Structure.group, knobs: Structure, world: World) -> None:
    """Everybody is asked into the largest group that is larger and has seats for all; the rest is let go.

    The minutes are those of the larger group: to a dead one the host gives none.
    """
    if group.n_members >= ours.merge_below or world.day - group.day_born < OLD_ENOUGH:
        return
    best = -1
    for h in range(world.first_group, world.first_group + world.n_groups):
        other = state.groups[h]
        room = other.seats_offered - other.n_members - other.n_promised
        is_fit = h != g and other.owner == group.owner and has_place(other, world) and room >= group.n_members
        if is_fit and other.n_members > (group.n_members if best < 0 else state.groups[best].n_members):
            best = h
    if best < 0 or group.n_promised > 0:
        return
    if not is_done(knobs.head_minutes * group.n_members, state.groups[best], own.groups[best]):
        return
    for row in range(group.first, group.first + group.n_slots):
        call_over(state, own, row, best, group, ours, knobs, world)
    ours.n_dissolved = 1 if dissolve(state, g, world) else 0


@Structure.each_evening(when="clone")
def copy(state: State, own: Kept, g: int, group: Group, ours: Structure.group, knobs: Structure, world: World) -> None:
    """The most active members open a copy, once there are as many as needed; half of the good manners comes along."""
    if ours.cloned > 0 or ours.is_barred > 0 or group.n_members < ours.clone_at:
        return
    n, days = 0, knobs.active_within
    for row in range(group.first, group.first + group.n_slots):
        n += 1 if is_worth_moving(state.members[row], days, world) else 0
    if n < ours.clone_volunteers or next_spare(state, group, world) < 0:
        return
    if not is_done(knobs.open_minutes + knobs.head_minutes * ours.clone_volunteers, group, ours):
        return
    h = open_group(state, g, world)
    state.groups[h].help_norm, own.groups[h].order_there = 0.5 * group.help_norm, ours.order_here
    for row in range(group.first, group.first + group.n_slots):
        me = state.members[row]
        if is_worth_moving(me, days, world) and rank_of(state, row, group, days, world) < ours.clone_volunteers:
            call_over(state, own, row, h, group, ours, knobs, world)
    ours.cloned = world.day + 1
