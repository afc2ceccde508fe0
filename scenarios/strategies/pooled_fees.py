"""S54 fees pooled for the best members and for guests."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["PooledFees"]


class PooledFees(Strategy):
    """Of what members pay, ``share`` goes into the group's pool, with their penalties; each week it is paid out.

    The ``best`` members of the week share what guests do not get, which is ``guest`` of it. So the money comes back as
    honour and content. Where the same ones always win, the others have nothing of it.

    Beside it something has to flow in: a price at the door, dues, or penalties.

    Source: founding material, S54, C8.
    """

    id: ClassVar[str] = "S54"
    family: ClassVar[str] = "money"
    title: ClassVar[tuple[str, str]] = ("Pooled fees", "费用入奖金池")
    share = Knob(0.7, 0.0, 1.0, "share", "share of the fees that goes into the pool", "assumption")
    best = Knob(3, 1, 10, "people", "members who share it", "assumption")
    guest = Knob(0.5, 0.0, 1.0, "share", "share of the pool for guests", "assumption")
    needs = frozenset({"dues_yuan", "entry_price", "penalty_yuan"})
    expected = (Expected("renewal", +1, world="study_group", beside="membership.days=30,dues=50"),)
    doses = ({"share": 0.3}, {"share": 0.7}, {"share": 1.0, "best": 10})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Fill the pool and pay it out."""
        levers.fee_to_pool.plus(self.share)
        levers.pool_best.only_one(self.best)
        levers.pool_guest.plus(self.guest)
