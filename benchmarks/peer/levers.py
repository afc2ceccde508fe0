"""What strategies do to a group each morning, as plain branches; numbers come from the scenario's strategies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.peer.group import Group

__all__ = ["KNOWN", "turn"]

KNOWN = ("nothing", "paid_entry", "advert_ban", "group_cap", "fixed_time", "red_packet")


def turn(group: Group, strategies: Iterable[Any], day: int) -> None:
    """Set the levers of one group for today."""
    group.forget_levers()
    for plan in strategies:
        if plan.name == "paid_entry":
            group.entry_price += plan.price
        elif plan.name == "advert_ban":
            group.advert_ban, group.removal = True, plan.remove
        elif plan.name == "group_cap":
            group.seat_limit, group.queue_length = plan.limit, plan.queue
        elif plan.name == "fixed_time":
            group.content_posts += plan.posts_per_day
            group.content_hour, group.content_preview = plan.hour, plan.preview
        elif plan.name == "red_packet":
            quiet = group.n_member_messages == 0
            occasion = {"daily": True, "weekly": day % 7 == 0, "quiet": quiet}[plan.occasion]
            group.packet_yuan = plan.amount if occasion else 0.0
            group.packet_shares, group.packet_lucky, group.packet_hour = plan.shares, float(plan.lucky), plan.hour
