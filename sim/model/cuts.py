"""The three cuts of the day, at which the hooks of mechanisms act in all groups of a chunk.

Where nothing acts inside the day, each group's day is played whole. Else it is cut into morning, talk and night, and
what one part leaves to the next lies on the desk: who has come (``gathered``), what mechanisms add to the decisions of
the day (``today``), and the lines of the talk where somebody asks for them (``kept``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.rows import copy_row
from sim.engine.rule import rule
from sim.model.submodels.conversation_log import FIRST, KEPT, LOG, MUSTER, OPEN0, OVERFLOW, Desk, copy_line

if TYPE_CHECKING:
    from sim.model.rows import Group

__all__ = ["MORNING", "NIGHT", "TALK", "WHOLE", "blank_today", "keep_lines", "keep_muster", "lay_out_muster"]

MORNING, TALK, NIGHT = 1, 2, 4
WHOLE = MORNING | TALK | NIGHT
"""Parts of the day, as bits: what nothing is done between is played in one go, while the rows are at hand."""


@rule
def keep_muster(group: Group, desk: Desk) -> None:
    """Who has come stands on the desk until the group's next part."""
    at = group.first - desk.n[FIRST]
    group.n_mustered = desk.n[MUSTER]
    for i in range(desk.n[MUSTER]):
        desk.gathered[at + i] = desk.muster[i]


@rule
def lay_out_muster(group: Group, desk: Desk) -> None:
    """Take up again who has come."""
    at = group.first - desk.n[FIRST]
    desk.n[MUSTER] = group.n_mustered
    for i in range(group.n_mustered):
        desk.muster[i] = desk.gathered[at + i]


@rule
def blank_today(group: Group, desk: Desk) -> None:
    """What mechanisms added to the decisions of the day is over."""
    at = group.first - desk.n[FIRST]
    for slot in range(group.n_slots):
        copy_row(desk.today, desk.today.size - 1, at + slot)  # the last row is nobody's


@rule
def keep_lines(group: Group, desk: Desk) -> None:
    """Copy the lines of the day where a mechanism asks for them; yesterday's open ones stand first."""
    if desk.kept.size == 1:
        return
    n, first = desk.n[LOG], desk.n[KEPT]
    if first + n > desk.kept.size:
        desk.n[OVERFLOW] = 1
        return
    group.kept_from, group.n_old, group.n_kept = first, desk.n[OPEN0], n
    for j in range(n):
        copy_line(desk.log[j], desk.kept[first + j])
        desk.kept[first + j].reply_to = desk.log[j].reply_to
    desk.n[KEPT] = first + n
