"""Tags (标签): what kind of customer somebody is, and whether the host knows it.

It has no levers and does nothing to anybody. Introductions by a template and the host's own notes make people known;
offers, and groups sorted by need, go by it. Source: founding material, S8, S32; that needs lie evenly is an assumption.
"""

from __future__ import annotations

from sim.engine.declarations import carried
from sim.engine.luck import lasting, purpose, uniform
from sim.engine.rows import Tiny
from sim.engine.rule import rule
from sim.mechanisms import Mechanism
from sim.model.rows import World

__all__ = ["GUESS", "Tags", "segment_of", "taken_for"]

SEGMENT, GUESS = purpose("tags: segment"), purpose("tags: guess")


class Tags(Mechanism):
    """Everybody has a lasting need, a number of [0, 1) by luck. Where K kinds are told apart, theirs is the part where
    it lies: those who are alike among eight are alike among four.
    """

    title = ("Tags", "标签")

    class member:
        is_tagged: Tiny = carried()  # the host knows who they are


@rule
def segment_of(person: int, kinds: int, world: World) -> int:
    """Of which kind somebody is, 0 … kinds − 1: the whole part of kinds · need"""
    return min(kinds - 1, int(kinds * lasting(world, person, SEGMENT, 0)))


@rule
def taken_for(person: int, is_tagged: int, kinds: int, about: int, world: World) -> int:
    """For which kind the host takes somebody: theirs if they have a tag, else a guess, right once in ``kinds``."""
    if is_tagged > 0:
        return segment_of(person, kinds, world)
    return min(kinds - 1, int(kinds * uniform(world, person, GUESS, about)))
