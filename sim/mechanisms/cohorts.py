"""Cohorts (分期开营): people start together, and whoever comes too late waits for the next time. Source: S5.

The door is shut by :mod:`sim.mechanisms.queue`; here the next group is opened, for those who wait first, and it is said
what few seats and a refusal do to people, which are assumptions: folklore of scarcity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, give_minutes, next_spare, open_group
from sim.model.rows import Group, Knock, Member, Own, State, World
from sim.model.submodels.door import copy_place, waits

__all__ = ["Cohorts"]


class Cohorts(Mechanism):
    """On the eve of its first day a cohort's group is ordered by the first group of its family that is still open.

    Whoever waits before any door of the family waits before the new one from then on, and is let in next morning.
    """

    title = ("Cohorts", "分期开营")
    enter_scarce = Knob(0.4, 0.0, 5.0, "logit", "pull of a group that is all but full, where seats are counted aloud",
                        "assumption")  # fmt: skip
    enter_refused = Knob(0.6, 0.0, 5.0, "logit", "pull on whoever was turned away before", "assumption; S5")
    minutes = Knob(30.0, 0.0, 600.0, "minutes", "work for each group opened", "assumption")

    class group:
        open_cohort: float = lever(
            only_one, "members", "tonight a group of so many seats is made ready for tomorrow", bears="minutes_cohorts"
        )
        seats_shown: float = lever(any_of, "yes/no", "everybody at the door is told how few seats are left")
        n_cohorts: int = daily("cohorts begun", "开营期数")
        minutes_cohorts: float = daily(
            "minutes of opening cohorts", "开营用时", unit="minutes", better=False, booked=True
        )


if TYPE_CHECKING:
    Kept = Own[object, Cohorts.group, object, object]


@Cohorts.each_knock(when="seats_shown")
def count_aloud(
    me: Member, theirs: object, group: Group, ours: Cohorts.group, knock: Knock, knobs: Cohorts, world: World
) -> None:
    """enter + enter_scarce · (members / seats offered)² + enter_refused [turned away before]; a shut door is full"""
    filled = min(1.0, group.n_members / group.seats_offered) if group.seats_offered > 0 else 1.0
    knock.enter += knobs.enter_scarce * filled * filled + knobs.enter_refused * knock.was_refused


@Cohorts.each_evening(when="open_cohort")
def begin(
    state: State, own: Kept, g: int, group: Group, ours: Cohorts.group, knobs: Cohorts, world: World
) -> None:
    """One group of the family orders the next, if there is one in reserve and the host has the minutes."""
    for h in range(world.first_group, g):
        if state.groups[h].parent == group.parent and state.groups[h].is_open == 1 and state.groups[h].fate == 0:
            return
    if next_spare(state, group, world) < 0 or not give_minutes(knobs.minutes, group):
        return
    ours.minutes_cohorts += knobs.minutes
    ours.n_cohorts += 1
    new = open_group(state, g, world)
    state.groups[new].seats_offered = min(group.room, int(ours.open_cohort))
    for h in range(world.first_group, world.first_group + world.n_groups):
        if h != new and state.groups[h].parent == group.parent and state.groups[h].is_open == 1:
            call_over(state, h, new, state.groups[h], state.groups[new])


@rule
def call_over(state: State, h: int, new: int, group: Group, target: Group) -> None:
    """Who waits before one door waits before the other, as far as it has places; who waits there already, once."""
    kept = 0
    for i in range(group.n_queue):
        whom = state.queues[h, i]
        if waits(state.queues, new, target, whom):
            continue
        if target.n_queue < group.places_to_wait:
            copy_place(whom, state.queues[new, target.n_queue])
            target.n_queue += 1
        else:
            copy_place(whom, state.queues[h, kept])
            kept += 1
    group.n_queue = kept
