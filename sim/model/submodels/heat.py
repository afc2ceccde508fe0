"""Hot matters: now and then something sets a group alight; the talk feeds on itself, and burns out.

Matters differ in heat by a heavy tail: most are over after some lines, a few occupy a group for days. A matter is
brought up by a member who opens a topic, or happens outside, whether anybody speaks of it or not. What staff and
hidden accounts open with is as hot as it is useful: prepared content may set a group alight, a word of chat that was
posted to keep things going does not.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.engine.luck import EVENT, MATTER, uniform
from sim.engine.rule import inlined, rule

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, World

__all__ = ["burn", "cool", "felt_heat", "heat_of", "kindle"]

HOTTEST = 1_000.0


@inlined
def heat_of(u: float, world: World) -> float:
    """Heat of a matter: ``hot`` · (u^(−1 / ``hot_tail``) − 1), a Lomax (Pareto II) law, cut at 1,000."""
    return min(HOTTEST, world.hot * (math.exp(-math.log(u) / world.hot_tail) - 1.0))


@inlined
def felt_heat(group: Group) -> float:
    """S(heat) = heat / (1 + heat): how much of the pull of a hot matter there is."""
    return group.heat / (1.0 + group.heat)


@rule
def kindle(me: Member, quality: float, group: Group, world: World) -> None:
    """A topic is opened: the hotter of its matter and what was talked about is the heat of the group.

    heat ← max(heat, H) for an ordinary member, max(heat, quality · H) for staff and hidden accounts. The luck of H goes
    by author and by their lines of the day, so that it is the same in an arm in which they speak a minute later.
    """
    u = uniform(world, me.person, MATTER, 1_024 * group.index + me.n_posts)
    group.heat = max(group.heat, heat_of(u, world) * (1.0 if me.is_staff == 0 else quality))


@inlined
def burn(group: Group, world: World) -> None:
    """Another line is said, whatever it is: heat ← max(0, heat − ``burn``)."""
    group.heat = max(0.0, group.heat - world.burn)


@rule
def cool(group: Group, world: World) -> None:
    """Midnight: heat ← ``heat_keep`` · heat; with probability ``event_rate`` something happens outside tomorrow."""
    group.heat *= world.heat_keep
    u = uniform(world, group.index, EVENT, 0)
    if u < world.event_rate:
        group.heat = max(group.heat, heat_of(u / world.event_rate, world))
