"""The rules of mechanisms that meet whoever comes to a door, compiled into the arrival where any is in play.

They act one person after the other, between the drawing of the person and the wish to come in. So the arrival is built
once more for the mechanisms of a run; a run without such a rule plays the plain one, and pays nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.engine.declarations import Rule
from sim.engine.mechanism import Mechanism
from sim.engine.rule import inlined, rule

if TYPE_CHECKING:
    from sim.model.rows import Group, Knock, Member, Tables, World

__all__ = ["meeting", "nobody_meets"]


@inlined
def nobody_meets(owns: tuple[Tables, ...], g: int, me: Member, knock: Knock, group: Group, world: World) -> None:
    """No mechanism has a word at the door."""


def meeting(names: Sequence[str], mechanisms: Sequence[type[Mechanism]]) -> Rule:
    """All rules ``each_knock`` of some mechanisms, one after the other; ``names`` are those of ``owns``, in order."""
    chain = nobody_meets
    for one in reversed(mechanisms):
        place, *others = [(names.index(used.name()), _step(used)) for used in (one, *one.uses)]
        for bit, hook in reversed(one.meets().items()):
            chain = inlined(_one_knock(place, bit, _with_rows(rule(hook.rule), others), chain))

    def meet(owns: tuple[Tables, ...], g: int, me: Member, knock: Knock, group: Group, world: World) -> None:
        if world.is_same_members == 0:
            chain(owns, g, me, knock, group, world)

    return inlined(meet)


def _one_knock(place: tuple[int, int], bit: int, act: Rule, rest: Rule) -> Rule:
    i, step = place

    def one_knock(owns: tuple[Tables, ...], g: int, me: Member, knock: Knock, group: Group, world: World) -> None:
        own = owns[i]
        ours = own.groups[g]
        if ours.runs >> bit & 1:
            c, person = group.community, me.person
            theirs = own.people[step * c, step * person]
            act(owns, c, person, me, theirs, group, ours, knock, own.knobs[0], world)
        rest(owns, g, me, knock, group, world)

    return one_knock


def _with_rows(act: Rule, others: Sequence[tuple[int, int]]) -> Rule:
    """A rule, handed besides the person's row of each mechanism that its own uses (at most three)."""
    (i, a), (j, b), (k, d) = (*others, (0, 0), (0, 0), (0, 0))[:3]

    def alone(owns: tuple[Tables, ...], c: int, p: int, *rows: object) -> None:
        act(*rows)

    def with_one(owns: tuple[Tables, ...], c: int, p: int, *rows: object) -> None:
        act(*rows, owns[i].people[a * c, a * p])

    def with_two(owns: tuple[Tables, ...], c: int, p: int, *rows: object) -> None:
        act(*rows, owns[i].people[a * c, a * p], owns[j].people[b * c, b * p])

    def with_three(owns: tuple[Tables, ...], c: int, p: int, *rows: object) -> None:
        act(*rows, owns[i].people[a * c, a * p], owns[j].people[b * c, b * p], owns[k].people[d * c, d * p])

    return inlined((alone, with_one, with_two, with_three)[len(others)])


def _step(one: type[Mechanism]) -> int:
    """0 for a mechanism that keeps nothing of persons: its table of them has a single row."""
    return 1 if one.columns("person") else 0
