"""The rows of one mechanism beside the room of the rules' tests, in plain Python."""

from __future__ import annotations

from typing import Any

from sim.engine.mechanism import Mechanism
from sim.engine.objects import Objects
from sim.engine.rows import new_rows
from sim.model.hooks import Own
from tests.unit.rules.people import Room

__all__ = ["OwnRows"]


class OwnRows:
    """A mechanism's tables beside a room's: every lever neutral, every column blank."""

    def __init__(self, room: Room, mechanism: Mechanism) -> None:
        types = mechanism.declared.types
        sizes = {"member": room.members.size, "group": len(room.groups), "world": 1}
        rows = {table: new_rows(n, types[table]) for table, n in sizes.items()}
        for lever in mechanism.levers().values():
            rows["group"][lever.name] = lever.neutral
        own = Own(rows["member"], rows["group"], rows["world"], mechanism.knob_row(), ())
        self.tables = Objects(own, {}).state  # as rules that give orders are handed them
        self.knobs, self.ours = self.tables.knobs[0], self.tables.groups[0]

    def of(self, me: Any) -> Any:
        """The mechanism's row of a member of the first group."""
        return self.tables.members[me.slot]
