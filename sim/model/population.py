"""Who knows whom in the market: a symmetric rule instead of a stored network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.rule import rule

if TYPE_CHECKING:
    from sim.model.rows import State, World

__all__ = ["CIRCLE", "friend_of", "friends_inside", "market_people"]

CIRCLE = 64
"""People in a circle of friends: most friends of a person are in the same circle."""


def market_people(knobs: dict[str, float]) -> int:
    """People in the market of a community, a whole number of circles of friends."""
    people = int(knobs["groups"] * knobs["seats"] * knobs["people_per_seat"])
    return max(1, -(-people // CIRCLE)) * CIRCLE


@rule
def friend_of(person: int, k: int, market_size: int) -> int:
    """The k-th friend of a person of the market, -1 if there is none: p XOR mask(k), symmetric.

    Masks 1 … 63 stay in the circle of 64; every fifth reaches into other circles.
    """
    if person >= market_size:
        return -1
    mask = (k * 37 + 11) % 63 + 1
    if k % 5 == 4:
        mask += 64 * (1 + (k * 2_654_435 + 12_345) % 1_021)
    friend = person ^ mask
    return friend if friend < market_size else -1


@rule
def friends_inside(state: State, c: int, g: int, person: int, world: World) -> int:
    """How many friends of a person are in group ``g``."""
    n = 0
    for k in range(int(world.friends)):
        friend = friend_of(person, k, world.market_size)
        if friend >= 0 and state.people[c, friend].home == g:
            n += 1
    return n
