"""What a look leads to: who says more, who stays about, who is told of an answer, whose phone buzzes.

``half`` is :func:`sim.engine.luck.todays` of who looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.distributions import count, pareto, wide
from sim.engine.luck import BUZZ, LINGER, NOTICE, ROUSE, STAY, drawn, uniform
from sim.engine.rule import inlined, rule
from sim.model.hands import HIDDEN
from sim.model.submodels.conversation_log import (
    GLANCE,
    LOG,
    LOOKS,
    MINUTES,
    MORE,
    MORE_ON_TOPIC,
    MUSTER,
    OVERFLOW,
    SCREEN,
    Desk,
    add_look,
)

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, Rows, World

__all__ = ["after_post", "linger"]

DAY_MINUTES = 1.0 * MINUTES
MOST_CALLED = 600.0


@inlined
def further_look(desk: Desk, t: float, scale: float, u: float, slot: int, kind: int) -> None:
    """Plan another look after a heavy-tailed wait; what falls after midnight is left to tomorrow's own looks."""
    later = t + 0.05 + pareto(u, scale, 2.0 * DAY_MINUTES)
    if later < DAY_MINUTES:
        add_look(desk, later, wide(slot), wide(kind))


@inlined
def linger(half: int, desk: Desk, me: Member, t: float, second: int, first: int, world: World) -> None:
    """Who has read something and sees that people are talking stays about, with probability ``linger``."""
    n = desk.n[LOG]
    if first < n and t - desk.log[n - 1].t < world.live_minutes and desk.log[n - 1].person != me.person:
        u = drawn(half, world, me.person, LINGER, second)
        if u < world.linger:
            further_look(desk, t, world.stay_minutes, u / world.linger, me.slot, GLANCE)


@rule
def buzz(
    half: int, desk: Desk, members: Rows[Member], me: Member, t: float, second: int, group: Group, world: World
) -> None:
    """An opener makes phones buzz: visitors of the day who are not muted may look, after a heavy-tailed wait.

    People follow the buzz of people they know: each visitor looks with probability
    ``buzz`` · (1 + heat) · min(1, (1 + ties of the author) / members shown), at most 1; how many is drawn first, then
    who of the muster. Of those who would not have come today some look with ``rouse`` · β times that probability.
    """
    n = desk.n[MUSTER]
    known = min(1.0, (1.0 + me.n_ties) / (group.n_members + group.n_fakes))
    chance = min(1.0, world.buzz * known * (1.0 + group.heat))
    places = group.n_slots * chance * world.rouse  # those of visitors, and free ones, are drawn in vain
    n_buzzed = count(drawn(half, world, me.person, BUZZ, second), min(MOST_CALLED, n * chance))
    n_roused = count(drawn(half, world, me.person, ROUSE, second), min(MOST_CALLED, places))
    if desk.n[LOOKS] + n_buzzed + n_roused + SCREEN >= desk.looks.size:
        desk.n[OVERFLOW] = 1  # one opener can call more people than has_room holds free
        return
    for k in range(n_buzzed):
        place = drawn(half, world, me.person, BUZZ, second + 86_400 * (k + 1)) * n
        slot = desk.muster[int(place)]
        if slot != me.slot and members[group.first + slot].is_muted == 0:
            further_look(desk, t, world.buzz_minutes, place - int(place), slot, GLANCE)
    for k in range(n_roused):
        place = drawn(half, world, me.person, ROUSE, second + 86_400 * (k + 1)) * group.n_slots
        slot = int(place)
        other = members[group.first + slot]
        is_free = other.person >= 0 and other.n_looks == 0 and other.is_muted + other.is_staff + other.is_gone == 0
        is_called = other.role != world.role_advertiser and other.role != world.role_guest
        if is_free and is_called and place - slot < other.belonging:
            further_look(desk, t, world.buzz_minutes, (place - slot) / other.belonging, slot, GLANCE)


@rule
def after_post(
    half: int, desk: Desk, members: Rows[Member], me: Member, t: float, second: int, target: int, group: Group,
    world: World,
) -> None:  # fmt: skip
    """After a post: the author may say more or stay about, the one answered is told, an opener makes phones buzz."""
    u = drawn(half, world, me.person, STAY, second)
    if u < world.more:
        if me.n_ads_posted == 0 and me.is_staff != HIDDEN:  # who advertises adds nothing, nor does a hidden account
            kind = MORE_ON_TOPIC if desk.log[me.cursor - 1].is_topic > 0 else MORE
            further_look(desk, t, world.more_minutes, u / world.more, me.slot, kind)
    elif u < world.more + world.stay:
        further_look(desk, t, world.stay_minutes, (u - world.more) / world.stay, me.slot, GLANCE)
    if target < 0:
        buzz(half, desk, members, me, t, second, group, world)
        return
    slot = desk.log[target].slot
    other = members[group.first + slot]
    if other.person == desk.log[target].person and slot != me.slot and me.is_staff != HIDDEN:
        u = uniform(world, other.person, NOTICE, me.person * 131_072 + second)
        if u < world.notice:
            further_look(desk, t, world.notice_minutes, u / world.notice, slot, GLANCE)
