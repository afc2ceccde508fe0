"""The operator's morning: hours and purse are dealt out to the groups, and the day of each group is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.rule import rule
from sim.model.hands import OPERATORS
from sim.model.submodels.market import expect, found_by

if TYPE_CHECKING:
    from sim.model.rows import Group, State

__all__ = ["plan"]


@rule
def plan(state: State, c: int) -> None:
    """Phase ``plan``, after the levers are set: deal out hours and what is paid from the purse.

    Each living group gets hours · heart / (living groups). A group counts as living while a member wrote within the
    last 28 days. Groups of another owner get what they give, and nobody finds them in passing. What cannot be paid for
    in minutes or yuan does not happen. Moderators are those of the groups founded. Then it is drawn how many will knock
    at each door; and mechanisms plan their part of the day, from the same hours and purse.
    """
    world = state.worlds[c]
    last = world.first_group + world.n_groups
    living = 0
    founded = shown = 0.0
    for g in range(world.first_group, last):
        group = state.groups[g]
        is_ours = group.is_open == 1 and group.owner == OPERATORS
        living += 1 if is_ours and group.quiet_days < 28 else 0
        if group.index < world.groups or is_ours:
            weight = found_by(group.parent, world)
            founded += weight if group.index < world.groups else 0.0
            shown += weight if is_ours else 0.0
    world.n_living = living
    share = 60.0 * world.hours * world.heart / max(1, living)
    for g in range(world.first_group, last):
        group = state.groups[g]
        if group.is_open == 1:
            begin_counts(group)
            is_ours = group.owner == OPERATORS
            group.minutes_left = 0.0 if group.quiet_days >= 28 else share
            if not is_ours:
                group.minutes_left, group.owner_minutes = group.owner_minutes, 0.0
            if group.index < world.groups:
                group.minutes_left += world.moderators * world.moderator_minutes
            expect(founded / shown if is_ours else 0.0, group, world)


@rule
def begin_counts(group: Group) -> None:
    """Counters that fill before the group wakes."""
    group.n_seated = group.new_joined = group.new_moved_in = group.n_turned_away = group.n_opened = 0
    group.n_fresh = group.is_offer_day = group.n_planned = group.places_to_wait = group.is_relieved = 0
    group.n_host_looks = group.rung_today = group.n_knocks = 0
    group.shills_wanted = group.is_guest_wanted = group.hired_wanted = group.n_fakes = 0
    group.seats_offered = group.room
    group.withheld = group.price_today = 0.0
    group.revenue = group.yuan_aside = group.yuan_fee = group.yuan_paid = 0.0
    group.minutes_content = group.minutes_welcome = group.minutes_answers = group.minutes_given = 0.0
