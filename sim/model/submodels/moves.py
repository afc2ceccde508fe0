"""Verbs that move people and open and close groups; mechanisms give them as orders in their hooks ``between_days``.

In the evening an order says who goes, and where to; memberships end by the rule that ends all of them. Next morning,
before any door opens, ordered groups are opened and movers are seated, in the order of groups
(:mod:`sim.model.submodels.moving`).
Hooks between days run one after the other, so that the first order on a person or a group counts; one that cannot be
carried out is refused at once: whoever cannot be moved stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.rule import rule
from sim.model.entities import CLOSING, LEAVING, OPENING
from sim.model.hands import OPERATORS
from sim.model.submodels.rings import group_of
from sim.model.vocabulary import REASONS

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, State, World

__all__ = [
    "come_over", "cull", "dissolve", "expel", "expire", "has_place", "is_appointed", "is_on_the_way", "is_worth_moving",
    "lure_away", "lure_to", "next_spare", "open_for", "open_group", "rank_of", "transfer", "withdraw",
]  # fmt: skip

LEFT, REMOVED, TRANSFERRED, CULLED, DISSOLVED, LAPSED, POACHED = (
    REASONS.index(it) for it in ("left", "removed", "transferred", "culled", "dissolved", "lapsed", "poached")
)


@rule
def is_appointed(me: Member, world: World) -> bool:
    """Host, experts, moderators and the like: they belong to their group and are neither moved nor culled."""
    return me.person >= world.market_size + world.n_advertisers


@rule
def is_worth_moving(me: Member, days: float, world: World) -> bool:
    """Has bought, or has posted within so many days; neither staff nor about to leave."""
    if me.person < 0 or me.reason > 0 or is_appointed(me, world):
        return False
    is_lately = me.day_last_post >= 0 and world.day - me.day_last_post <= days
    return me.n_purchases > 0 or is_lately


@rule
def is_on_the_way(me: Member) -> bool:
    """Is moved tonight, by the same operator: who is lured to a rival is not."""
    return me.moving < 0 and me.reason == TRANSFERRED


@rule
def rank_of(state: State, row: int, group: Group, days: float, world: World) -> int:
    """How many of those worth moving are more active; of two who are alike, whoever sits on the lower seat."""
    me, rank = state.members[row], 0
    for at in range(group.first, group.first + group.n_slots):
        other = state.members[at]
        if other.activity > me.activity or (other.activity == me.activity and at < row):
            rank += 1 if is_worth_moving(other, days, world) or is_on_the_way(other) else 0
    return rank


@rule
def has_place(target: Group, world: World) -> bool:
    """Can one more be moved into a group? It is open, or will be tomorrow, and has a seat, by the lever too.

    Seats that fall free tonight are not counted on, those promised are: so every order finds its seat.
    """
    if target.fate == CLOSING or (target.is_open != 1 and target.fate != OPENING):
        return False
    return target.n_members + target.n_fakes + target.n_promised < target.seats_offered


@rule
def send_away(state: State, row: int, group: Group, reason: int) -> None:
    """The membership ends this evening."""
    state.members[row].reason = reason
    state.listed[group.first + group.n_leaving, LEAVING] = row
    group.n_leaving += 1


@rule
def transfer(state: State, row: int, h: int, world: World) -> bool:
    """Move whoever sits in ``row`` to group ``h``; they keep what they feel, know and have earned.

    Refused (they stay): who leaves anyway, the appointed, who sits in ``h`` or is on the way there, where there is no
    place (:func:`has_place`), and where the other group is somebody else's (:func:`lure_to`).
    """
    g = group_of(state, row, world)
    if state.groups[h].owner != state.groups[g].owner or not moves_to(state, row, h, TRANSFERRED, world):
        return False
    state.groups[g].new_moved_out += 1
    return True


@rule
def lure_to(state: State, row: int, h: int, world: World) -> bool:
    """Whoever sits in ``row`` leaves tonight for group ``h``, which is somebody else's: they are lost to this one, and
    arrive there as who is moved does. Refused as by :func:`transfer`.
    """
    g = group_of(state, row, world)
    if state.groups[h].owner == state.groups[g].owner or not moves_to(state, row, h, POACHED, world):
        return False
    state.groups[g].new_left += 1
    return True


@rule
def come_over(state: State, row: int, h: int, world: World) -> bool:
    """Whoever sits in ``row`` of somebody else's group leaves it tonight for group ``h`` of the operator's: tomorrow
    they join it as who was asked by that owner. Refused as by :func:`transfer`.
    """
    g = group_of(state, row, world)
    if state.groups[g].owner == OPERATORS or state.groups[h].owner != OPERATORS:
        return False
    if not moves_to(state, row, h, LEFT, world):
        return False
    state.groups[g].new_left += 1
    return True


@rule
def moves_to(state: State, row: int, h: int, reason: int, world: World) -> bool:
    """Whoever sits in ``row`` moves to group ``h``, if they may and there is a place."""
    me, g = state.members[row], group_of(state, row, world)
    if me.person < 0 or me.reason > 0 or g == h or is_appointed(me, world) or not has_place(state.groups[h], world):
        return False
    at = row
    for _ in range(me.n_homes):
        if group_of(state, at, world) == h or state.members[at].moving == -1 - h:
            return False
        at = state.members[at].elsewhere
    me.moving = -1 - h
    send_away(state, row, state.groups[g], reason)
    state.groups[h].n_promised += 1
    world.n_moving += 1
    return True


@rule
def cull(state: State, row: int, world: World) -> bool:
    """Whoever sits in ``row`` is sent away for good. Refused for who leaves anyway, and for the appointed."""
    return ends(state, row, CULLED, 1, world)


@rule
def expel(state: State, row: int, world: World) -> bool:
    """Whoever sits in ``row`` is removed by staff for what they did. Refused as by :func:`cull`."""
    return ends(state, row, REMOVED, 1, world)


@rule
def expire(state: State, row: int, world: World) -> bool:
    """The membership of whoever sits in ``row`` was not renewed and ends: they leave. Refused as by :func:`cull`."""
    return ends(state, row, LAPSED, 0, world)


@rule
def withdraw(state: State, row: int, world: World) -> bool:
    """Whoever sits in ``row`` leaves tonight of their own accord. Refused as by :func:`cull`."""
    return ends(state, row, LEFT, 0, world)


@rule
def lure_away(state: State, row: int, world: World) -> bool:
    """Whoever sits in ``row`` leaves tonight for a rival's group that is not played. Refused as by :func:`cull`."""
    return ends(state, row, POACHED, 0, world)


@rule
def ends(state: State, row: int, reason: int, is_sent: int, world: World) -> bool:
    """One more who was sent away, or has left."""
    me = state.members[row]
    if me.person < 0 or me.reason > 0 or is_appointed(me, world):
        return False
    group = state.groups[group_of(state, row, world)]
    send_away(state, row, group, reason)
    group.new_removed += is_sent
    group.new_left += 1 - is_sent
    return True


@rule
def dissolve(state: State, g: int, world: World) -> bool:
    """Group ``g`` ends tonight: all give up their seats and may come again, to another group. Strong pairs are kept.

    Refused where it is not open, or expects people who move in tomorrow.
    """
    group = state.groups[g]
    if group.is_open != 1 or group.fate != 0 or group.n_promised > 0:
        return False
    for row in range(group.first, group.first + group.n_slots):
        me = state.members[row]
        if me.person >= 0 and me.reason == 0:
            send_away(state, row, group, DISSOLVED)
            group.new_removed += 1
    group.fate = CLOSING
    return True


@rule
def next_spare(state: State, group: Group, world: World) -> int:
    """The next group kept in reserve for a group's family, -1 if there is none.

    Each founded group has ``spare_groups // groups`` of its own (the first ones one more, if there is a rest), so the
    number of an opened group, its identity in luck, says whose it is, whatever happens elsewhere. Groups opened draw on
    the reserve of the founded group they descend from; somebody else's group has none.
    """
    if group.owner != OPERATORS:
        return -1
    founded = int(world.groups)
    each = (world.n_groups - founded) // founded
    more = world.n_groups - founded - each * founded
    start = world.first_group + founded + group.parent * each + min(group.parent, more)
    for h in range(start, start + each + (1 if group.parent < more else 0)):
        if state.groups[h].is_open == 0 and state.groups[h].fate == 0:
            return h
    return -1


@rule
def open_group(state: State, g: int, world: World) -> int:
    """Order a group to be opened tomorrow morning, beside group ``g``; returns its row, -1 if none is left in reserve.

    What the talk is about is as new and as hot there as here, and norms come along: nothing becomes new by being called
    new. The order may change ``novelty``, ``help_norm`` and ``ad_norm`` of the row before the group is opened.
    """
    h = next_spare(state, state.groups[g], world)
    if h >= 0:
        group, new = state.groups[g], state.groups[h]
        new.fate, new.parent, new.n_promised = OPENING, group.parent, 1  # a seat for the host
        new.novelty, new.help_norm, new.ad_norm = group.novelty, group.help_norm, group.ad_norm
        new.heat = group.heat
        new.seats_offered = group.seats_offered
        group.n_opened += 1
        world.n_moving += 1
    return h


@rule
def open_for(state: State, g: int, owner: int, world: World) -> int:
    """As :func:`open_group`, for somebody else than the operator: a group that is of no family of theirs, with all its
    seats on offer.
    """
    h = open_group(state, g, world)
    if h >= 0:
        new = state.groups[h]
        new.owner, new.parent, new.seats_offered = owner, new.index, new.seats
    return h
