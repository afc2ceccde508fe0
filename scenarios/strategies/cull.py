"""S28 culling the silent and the spoilers."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Cull"]


class Cull(Strategy):
    """Remove whoever has not posted for ``silent_days`` days, buyers excepted, and whoever posts adverts.

    Without ``offenders`` those who post adverts stay. Fewer strangers to be shy of, and room for newcomers; but who
    only reads may be a buyer, and those who see others removed trust the host less. It costs a little of the host's
    time for each.

    Source: founding material, S28.
    """

    id: ClassVar[str] = "S28"
    family: ClassVar[str] = "renewal"
    title: ClassVar[tuple[str, str]] = ("Culling", "清理潜水者")
    silent_days = Knob(60, 14, 365, "days", "silence after which a member is removed", "assumption")
    keep_buyers = Knob(True, None, None, "", "buyers may be silent", "founding material, S28")
    offenders = Knob(True, None, None, "", "remove who posts adverts too", "founding material, S28")
    when_full = Knob(False, None, None, "", "only while the group is full", "assumption")
    expected = (Expected("writers", +1),)
    doses = ({"silent_days": 120}, {"silent_days": 60}, {"silent_days": 30})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Say who has to go."""
        levers.cull_silent.at_most(self.silent_days)
        levers.keep_buyers.any_of(bool(self.keep_buyers))
        levers.cull_offenders.any_of(bool(self.offenders))
        levers.cull_when_full.any_of(bool(self.when_full))
