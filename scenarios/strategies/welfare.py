"""S17 member welfare."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Welfare"]


class Welfare(Strategy):
    """Give group prices and small gifts, worth ``per_month`` to every member, on days the purse can bear it.

    It keeps people while it is new. Then it is expected, and its end is a loss; and it draws bargain hunters.

    Source: founding material, S17, H16.
    """

    id: ClassVar[str] = "S17"
    family: ClassVar[str] = "rewards"
    title: ClassVar[tuple[str, str]] = ("Member welfare", "成员福利")
    per_month = Knob(20.0, 0.0, 500.0, "CNY a month", "worth of the welfare for each member", "assumption")
    expected = (
        Expected("stayed", +1, world="deals", settings=("operator.purse=1e8",)),
        # H16: who stays for it does not write for it; heads are not counted, since bargain hunters come in
        Expected("writers", 0, world="deals", settings=("operator.purse=1e8",)),
    )
    doses = ({"per_month": 5.0}, {"per_month": 20.0}, {"per_month": 100.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Give everybody a share."""
        levers.welfare_yuan.plus(self.per_month)
