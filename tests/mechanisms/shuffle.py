"""Shuffle: groups and people moved about at random, for the laws of moving."""

from __future__ import annotations

from typing import Any, ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from sim.engine.declarations import carried, daily, lever, lost
from sim.engine.knobs import Knob
from sim.engine.levers import Levers, any_of, only_one
from sim.engine.luck import CARRY, TIE, uniform
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, cull, dissolve, open_group, transfer

__all__ = ["Shuffle", "Shuffling"]


class Shuffle(Mechanism):
    """Every evening some are moved, some culled; groups split, merge and end. Source: this test."""

    title = ("Shuffle", "洗牌")

    class member:
        n_visits: int = carried()
        n_visits_here: int = lost()

    class group:
        shuffle: float = lever(any_of, "yes/no", "people are moved about")
        shuffle_moves: float = lever(only_one, "share", "of members who are moved in an evening")
        shuffle_culls: float = lever(only_one, "share", "of members who are culled")
        shuffle_splits: float = lever(only_one, "probability", "a group is split")
        shuffle_merges: float = lever(only_one, "probability", "a group is merged into another and dissolved")
        shuffle_ends: float = lever(only_one, "probability", "a group is dissolved")
        shuffle_opens: float = lever(only_one, "probability", "a group is opened that nobody moves into")
        n_came: int = daily("people who came in by the door", "进门人数")
        n_went: int = daily("people who left, were sent away or moved", "离开人数")


@Shuffle.each_visitor(after="talk", when="shuffle")
def count(me: Any, mine: Any, group: Any, ours: Any, today: Any, knobs: Any, world: Any) -> None:
    """Two counts that should agree but for what a move takes away."""
    mine.n_visits += 1
    mine.n_visits_here += 1


@Shuffle.on_seat(when="shuffle")
def come(me: Any, mine: Any, group: Any, ours: Any, knobs: Any, world: Any) -> None:
    """Newcomers only."""
    ours.n_came += 1


@Shuffle.on_leave(when="shuffle")
def go(me: Any, mine: Any, group: Any, ours: Any, knobs: Any, world: Any) -> None:
    """Whoever goes, of themselves or by order."""
    ours.n_went += 1


@Shuffle.between_days(when="shuffle")
def arrange(state: Any, own: Any, c: int, knobs: Any, world: Any) -> None:
    """Orders by luck."""
    for g in range(world.first_group, world.first_group + world.n_groups):
        group, ours = state.groups[g], own.groups[g]
        if group.is_open != 1 or ours.shuffle <= 0.0:
            continue
        where = world.first_group + int(uniform(world, group.index, TIE, 91) * world.n_groups)
        if uniform(world, group.index, TIE, 92) < ours.shuffle_opens:
            open_group(state, g, world)
        if uniform(world, group.index, TIE, 93) < ours.shuffle_ends:
            dissolve(state, g, world)
        if uniform(world, group.index, TIE, 94) < ours.shuffle_splits:
            h = open_group(state, g, world)
            if h >= 0:
                move_share(state, g, h, 0.5, world)
        if uniform(world, group.index, TIE, 95) < ours.shuffle_merges:
            move_share(state, g, where, 1.0, world)
            dissolve(state, g, world)
        move_share(state, g, where, ours.shuffle_moves, world)
        for row in range(group.first, group.first + group.n_slots):
            me = state.members[row]
            if me.person >= 0 and uniform(world, me.person, CARRY, 96) < ours.shuffle_culls:
                cull(state, row, world)


@rule
def move_share(state: Any, g: int, h: int, share: float, world: Any) -> None:
    """Some of a group's people are moved to another."""
    group = state.groups[g]
    for row in range(group.first, group.first + group.n_slots):
        me = state.members[row]
        if me.person >= 0 and uniform(world, me.person, CARRY, 97 + group.index) < share:
            transfer(state, row, h, world)


class Shuffling(Strategy):
    """Turns the levers above. Source: this test."""

    id: ClassVar[str] = "S99"
    title: ClassVar[tuple[str, str]] = ("Shuffling", "洗牌")
    moves = Knob(0.0, 0.0, 1.0, "share", "moved", "test")
    culls = Knob(0.0, 0.0, 1.0, "share", "culled", "test")
    splits = Knob(0.0, 0.0, 1.0, "probability", "split", "test")
    merges = Knob(0.0, 0.0, 1.0, "probability", "merged", "test")
    ends = Knob(0.0, 0.0, 1.0, "probability", "dissolved", "test")
    opens = Knob(0.0, 0.0, 1.0, "probability", "opened", "test")

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Shuffle."""
        levers.shuffle.any_of()
        levers.shuffle_moves.only_one(self.moves)
        levers.shuffle_culls.only_one(self.culls)
        levers.shuffle_splits.only_one(self.splits)
        levers.shuffle_merges.only_one(self.merges)
        levers.shuffle_ends.only_one(self.ends)
        levers.shuffle_opens.only_one(self.opens)
