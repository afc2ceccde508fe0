"""Policing: host and moderators delete adverts they see and remove who posted them, while their minutes last."""

from __future__ import annotations

from typing import Any

from sim.engine.rule import rule
from sim.model.submodels.conversation_log import LOG, Desk
from sim.model.submodels.messages import ADVERT, delete
from sim.model.vocabulary import REASONS

__all__ = ["police"]

REMOVED = REASONS.index("removed")


@rule
def police(desk: Desk, members: Any, me: Any, first: int, group: Any, world: Any) -> None:
    """Go through the adverts just read, oldest first. Each costs ``policing_minutes`` of the group's minutes."""
    if group.advert_ban <= 0.0:
        return
    for j in range(first, desk.n[LOG]):
        line = desk.log[j]
        if line.kind == ADVERT and group.minutes_left >= world.policing_minutes:
            group.minutes_left -= world.policing_minutes
            group.minutes_policing += world.policing_minutes
            delete(desk, j, group)
            author = members[group.first + line.slot]
            if group.removal > 0.0 and author.person == line.person and author.is_gone + author.is_staff == 0:
                author.is_gone = 1
                if author.reason == 0:  # who leaves today anyway is counted already
                    author.reason = REMOVED
                    group.new_removed += 1
