"""The operator's morning: hours and purse are dealt out to his groups, and the day of each group is planned."""

from __future__ import annotations

from typing import Any

from sim.engine.rule import rule
from sim.model.submodels.market import expect

__all__ = ["plan"]


@rule
def plan(state: Any, c: int) -> None:
    """Phase ``plan``, after the levers are set: deal out hours, plan posts and packets, within hours and purse.

    Each living group gets hours · heart / (living groups). A group counts as living while a member wrote within the
    last 28 days. Prepared content costs ``content_minutes`` once, shared by the groups that show it, and
    ``posting_minutes`` in each; what cannot be paid for in minutes or yuan does not happen. Moderators are those of the
    groups founded. Then it is drawn how many will knock at each door.
    """
    world = state.worlds[c]
    last = world.first_group + world.n_groups
    living = n_open = 0
    for g in range(world.first_group, last):
        group = state.groups[g]
        living += 1 if group.is_open == 1 and group.quiet_days < 28 else 0
        n_open += 1 if group.is_open == 1 else 0
    share = 60.0 * world.hours * world.heart / max(1, living)
    for g in range(world.first_group, last):
        group = state.groups[g]
        if group.is_open == 1:
            begin_counts(group)
            group.minutes_left = share if group.quiet_days < 28 else 0.0
            if group.index < world.groups:
                group.minutes_left += world.moderators * world.moderator_minutes
            plan_content(group, world, living)
            plan_money(group, world)
            expect(world.groups / n_open, group, world)


@rule
def begin_counts(group: Any) -> None:
    """Counters that fill before the group wakes."""
    group.n_seated = group.new_joined = group.new_moved_in = group.n_turned_away = group.n_opened = 0
    group.revenue = group.yuan_aside = group.yuan_advert = group.yuan_fee = group.yuan_paid = 0.0
    group.minutes_content = group.minutes_welcome = group.minutes_answers = group.minutes_policing = 0.0


@rule
def plan_content(group: Any, world: Any, living: int) -> None:
    """Prepared posts fall due as ``content_posts`` a day; a post at the hour of the last one keeps the slot."""
    group.is_previewed = 1 if group.is_content_day > 0 and group.content_preview > 0.0 else 0
    group.content_debt = min(5.0, group.content_debt + group.content_posts)
    group.is_content_day = 0
    minutes = world.posting_minutes + world.content_minutes / max(1, living)
    while group.content_debt >= 1.0 and group.minutes_left >= minutes:
        group.content_debt -= 1.0
        group.is_content_day += 1
        group.minutes_left -= minutes
        group.minutes_content += minutes
    if group.is_content_day > 0:
        kept = 1.0 if abs(group.content_hour - group.last_hour) < 0.5 else 0.0
        group.slot_kept += 0.2 * (kept - group.slot_kept)
        group.last_hour = group.content_hour
    every = int(world.offer_every)
    due = every > 0 and (world.day - group.day_born + 3 * group.index) % every == every - 1
    group.is_offer_day = 1 if due and group.minutes_left >= world.posting_minutes and world.item_price > 0.0 else 0
    if group.is_offer_day > 0:
        group.minutes_left -= world.posting_minutes
        group.minutes_content += world.posting_minutes


@rule
def plan_money(group: Any, world: Any) -> None:
    """Paid adverts are paid from the purse; what it does not hold is not spent."""
    group.advert_yuan += world.advert_yuan_base
    if group.advert_yuan > world.purse_left:
        group.advert_yuan = 0.0
    world.purse_left -= group.advert_yuan
