"""Poaching (挖人): who passes for a member asks others in private to come along to a rival's group.

It is there where the market holds poachers (``roles.poachers``), and is silent without. Nothing deters them by rule:
screening, a price, strong ties, trust and belonging do what they do to anybody. Those who follow are gone; or, with
``rival_group``, they sit in a group of the rival's, which is played beside the operator's (:mod:`sim.model.hands`).
Source: founding material, R9; all weights are assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.engine.declarations import daily, lost
from sim.engine.distributions import logistic
from sim.engine.knobs import Knob
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, expel, give_minutes, is_appointed, lure_away, lure_to, open_for
from sim.model.hands import OPERATORS, RIVALS
from sim.model.rows import Group, Member, Own, State, World
from sim.model.submodels.rings import group_of, group_owned_by
from sim.model.submodels.ties import tie_with

__all__ = ["Poaching", "follows_away"]

FOLLOW, TELL = purpose("poaching: go along"), purpose("poaching: tell staff")


class Poaching(Mechanism):
    """A poacher lies low for ``lie_low`` days; on each day on which they look in, they then ask up to ``most`` members.

    Those with whom they have the strongest ties come first, then the most active of who wrote today; nobody is asked
    twice in one membership. Who is asked goes along (reason ``poached``), or may tell staff, who remove the poacher if
    they have the minutes.

    With ``rival_group`` a spare group of the community opens as the rival's on the morning after the first success, and
    whoever is poached moves there, with what they feel and the ties to those who come along; where it has no seat left,
    they stay. Its host has ``rival_hours``; nobody finds it but those whom its members ask. None opens in the past of a
    running start.
    """

    title = ("Poaching", "挖人")
    opens = "rival_group"
    lie_low = Knob(14.0, 0.0, 365.0, "days", "that a poacher behaves like a member before asking", "assumption")
    most = Knob(2, 0, 20, "people/day", "whom one poacher asks in private on one day", "assumption")
    go = Knob(-2.0, -10.0, 10.0, "logit", "readiness of whoever is asked to go along, at middling belonging and trust",
              "assumption")  # fmt: skip
    by_tie = Knob(2.0, 0.0, 20.0, "logit", "pull of the tie to the poacher", "assumption")
    by_belonging = Knob(4.0, 0.0, 40.0, "logit", "hold of belonging, on β − ½", "assumption")
    by_trust = Knob(3.0, 0.0, 30.0, "logit", "hold of trust in the host, on τ − ½", "assumption")
    by_ties = Knob(1.5, 0.0, 15.0, "logit", "hold of strong ties, on n / (1 + n)", "assumption")
    telling = Knob(0.2, 0.0, 1.0, "probability", "who belongs wholly, and does not go along, tells staff",
                   "assumption: as of adverts")  # fmt: skip
    rival_group = Knob(0, 0, 1, "yes/no", "is the rival's group played? Needs a group in reserve",
                       "assumption; 0: who is poached is gone")  # fmt: skip
    rival_hours = Knob(0.5, 0.0, 24.0, "hours/day", "that the rival gives their group", "assumption")
    removal_minutes = Knob(3.0, 0.0, 60.0, "minutes", "for staff to hear of a poacher and remove them", "assumption")

    class member:
        was_asked: int = lost()

    class group:
        n_poach_asks: int = daily("members asked away in private", "被私聊挖人的次数", better=False)
        n_poached: int = daily("members poached", "被挖走的成员数", better=False)
        n_poachers_told_of: int = daily("times staff are told of a poacher", "举报挖人的次数")
        n_poachers_removed: int = daily("poachers removed", "被移出的挖人者数", better=True)
        minutes_poachers: float = daily("staff minutes spent on poachers", "处理挖人者用时", unit="minutes",
                                        better=False, booked=True)  # fmt: skip
        n_at_rival: int = daily("members of the rival's group", "对手群成员数", better=False)
        n_rival_messages: int = daily("messages in the rival's group", "对手群消息数", better=False)

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """Are there any?"""
        return knobs.get("poachers", 0.0) > 0.0


if TYPE_CHECKING:
    Kept = Own[Poaching.member, Poaching.group, object, object]


@Poaching.each_evening()
def ask_away(
    state: State, own: Kept, g: int, group: Group, ours: Poaching.group, knobs: Poaching, world: World
) -> None:
    """Each poacher who has looked in today and lain low for long enough asks, until they are removed."""
    if group.owner != OPERATORS:
        return
    for row in range(group.first, group.first + group.n_slots):
        me = state.members[row]
        is_one = me.person >= 0 and me.role == world.role_poacher and me.reason == 0
        if not is_one or me.n_looks == 0 or world.day - me.day_joined < knobs.lie_low:
            continue
        for _ in range(int(knobs.most)):
            at = next_asked(state, own, me, group, world)
            if at < 0 or me.reason > 0:
                break
            own.members[at].was_asked = 1
            ours.n_poach_asks += 1
            answer_poacher(state, row, at, group, ours, knobs, world)


@rule
def answer_poacher(
    state: State, row: int, at: int, group: Group, ours: Poaching.group, knobs: Poaching, world: World
) -> None:
    """Go along with the probability of :func:`follows_away`; else tell staff with P = telling · β, and the poacher in
    ``row`` is removed if staff have ``removal_minutes``.
    """
    other, poacher = state.members[at], state.members[row]
    if uniform(world, other.person, FOLLOW, group.index) < follows_away(other, poacher, knobs):
        ours.n_poached += 1 if goes_over(state, at, knobs, world) else 0
    elif uniform(world, other.person, TELL, group.index) < knobs.telling * other.belonging:
        ours.n_poachers_told_of += 1
        if give_minutes(knobs.removal_minutes, group):
            ours.minutes_poachers += knobs.removal_minutes
            ours.n_poachers_removed += 1 if expel(state, row, world) else 0


@rule
def follows_away(other: Member, poacher: Member, knobs: Poaching) -> float:
    """P = σ(go + by_tie · tie − by_belonging (β − ½) − by_trust (τ − ½) − by_ties · n / (1 + n)), n strong ties"""
    x = knobs.go + knobs.by_tie * tie_with(other, poacher.person)
    x -= knobs.by_belonging * (other.belonging - 0.5) + knobs.by_trust * (other.trust - 0.5)
    return logistic(x - knobs.by_ties * other.n_strong / (1.0 + other.n_strong))


@rule
def goes_over(state: State, row: int, knobs: Poaching, world: World) -> bool:
    """Whoever sits in ``row`` leaves tonight: to the rival's group, which opens for the first; or, where
    none is played or none is left in reserve, for good.
    """
    h = -1
    if knobs.rival_group > 0 and (world.members == 0 or world.day >= world.age):
        h = group_owned_by(state, RIVALS, world)
        h = open_for(state, group_of(state, row, world), RIVALS, world) if h < 0 else h
    return lure_to(state, row, h, world) if h >= 0 else lure_away(state, row, world)


@Poaching.between_days(after="leave")
def look_across(state: State, own: Kept, c: int, knobs: Poaching, world: World) -> None:
    """What the rival's group has come to tonight is noted in the row of the community's first group.

    Its host has ``rival_hours`` a day for it, and nothing of the operator's.
    """
    h = group_owned_by(state, RIVALS, world)
    if h >= 0 and state.groups[h].is_open == 1:
        ours, theirs = own.groups[world.first_group], state.groups[h]
        theirs.owner_minutes = 60.0 * knobs.rival_hours
        ours.n_at_rival = theirs.n_members - theirs.n_leaving
        ours.n_rival_messages = theirs.n_messages


@rule
def next_asked(state: State, own: Kept, me: Member, group: Group, world: World) -> int:
    """Row of whom a poacher asks next: strongest tie, else most active of today's writers; of those alike the first."""
    best, most = -1, 0.0
    for row in range(group.first, group.first + group.n_slots):
        other = state.members[row]
        if other.person < 0 or other.reason > 0 or other.moving < 0 or own.members[row].was_asked > 0:
            continue
        is_out = other.is_staff + other.is_expert > 0 or is_appointed(other, world)
        if is_out or other.role == world.role_poacher or other.role == world.role_advertiser:
            continue
        tie = tie_with(me, other.person)
        score = 2.0 + tie if tie > 0.0 else 1.0 + other.activity if other.n_looks > 0 and other.n_posts > 0 else 0.0
        if score > most:
            best, most = row, score
    return best
