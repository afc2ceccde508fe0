"""A group in which packets lie open, for the tests of red packets."""

from __future__ import annotations

from typing import Any

import numpy as np

from agents import Host
from sim.engine.objects import Sheet
from sim.mechanisms import host_person
from sim.mechanisms.red_packet import RedPacket, lay, take
from sim.model.submodels.conversation_log import NOW
from sim.model.submodels.messages import CHAT, RED_PACKET
from tests.mechanisms.own_rows import OwnRows
from tests.unit.rules.people import Room

__all__ = ["EQUAL", "LUCKY", "Table", "given"]

LUCKY, EQUAL = 1, 0


class Table:
    """A group with the host in seat 0; packets lie open once they are laid."""

    def __init__(self, day: int = 0, **knobs: float) -> None:
        self.room, mechanism = Room(day=day), RedPacket(**knobs)
        self.own = OwnRows(self.room, mechanism)
        self.ours, self.knobs = self.own.ours, self.own.knobs
        self.host, self.desk = self.room.sit(0, Host, is_staff=1), self.room.desk()
        self.host.person = host_person(self.room.group, self.room.world)

    def lay(self, who: Any, fen: int, shares: int, is_lucky: int = LUCKY) -> int:
        return lay(who.person, fen, shares, is_lucky, self.ours)

    def call(self, rule: Any, who: Any, look: Any = None) -> None:
        """A rule of the mechanism, as it is called for one person."""
        room = self.room
        extra = () if look is None else (look,)
        rule(who, self.own.of(who), room.group, self.ours, room.today, self.knobs, room.world, *extra)

    def look(self, second: int = 0, kind: int = CHAT) -> Any:
        """A look at a second of the day, at which somebody plans to write a line of a kind."""
        look = Sheet("now", np.zeros(1, dtype=NOW))[0]
        look.t, look.second, look.kind = second / 60.0, second, kind
        return look

    def take(self, who: Any, second: int = 0) -> int:
        """Fen that a person takes at a look."""
        had = self.ours.fen_received
        self.call(take, who, self.look(second))
        return self.ours.fen_received - had  # type: ignore[no-any-return]


def given(table: Table, me: Any, taken: int, second: int = 0, usual: int | None = None) -> int:
    """Fen that somebody who has taken so much today sends on at a look, where a usual share is as much, or told."""
    mine = table.own.of(me)
    table.ours.fen_received, table.ours.n_taken = taken if usual is None else usual, 1
    mine.day, mine.fen_taken, mine.fen_given, mine.n_seen = table.room.world.day, taken, 0, table.ours.n_open
    look = table.look(second)
    table.call(take, me, look)
    assert look.says[: look.n_says] == [RED_PACKET] * (mine.fen_given > 0)
    return mine.fen_given  # type: ignore[no-any-return]
