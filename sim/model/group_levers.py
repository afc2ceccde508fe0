"""The levers of a group that the model's own rules feel; mechanisms declare further ones."""

from __future__ import annotations

from sim.engine.levers import Lever, any_of, at_most, plus

__all__ = ["LEVERS", "GroupLevers"]


class GroupLevers:
    """All that a host can do to a group without a mechanism."""

    seat_limit = Lever(at_most, "members", "no more than this many members are let in")
    queue_length = Lever(plus, "people", "people who may wait when the group is full")
    open_new_group = Lever(any_of, "yes/no", "when the queue is full, a new group is opened for it")
    entry_price = Lever(plus, "CNY", "price at the door")


LEVERS: tuple[Lever, ...] = tuple(lever for lever in vars(GroupLevers).values() if isinstance(lever, Lever))
"""In order of declaration."""
