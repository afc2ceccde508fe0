"""The three cuts in the day of a group, at which the hooks of mechanisms act in it."""

from __future__ import annotations

from typing import Any

from sim.engine.rows import copy_row
from sim.engine.rule import rule
from sim.model.submodels.conversation_log import Desk

__all__ = ["CUTS", "blank_today"]

CUTS = ("before visit", "before talk", "after talk")
"""Places inside the day of a group at which hooks act: before its morning, before and after its talk."""


@rule
def blank_today(group: Any, desk: Desk) -> None:
    """What mechanisms added to the decisions of the day is over."""
    for slot in range(group.n_slots):
        copy_row(desk.today, desk.today.size - 1, slot)  # the last row is nobody's
