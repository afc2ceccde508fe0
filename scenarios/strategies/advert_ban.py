"""S23 ban adverts and remove offenders."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["AdvertBan"]


class AdvertBan(Strategy):
    """Forbid adverts in writing; the host and the moderators delete those they see.

    With ``remove`` whoever posted them is removed, too. Deleting and removing cost minutes of the same day that
    welcomes and answers need, so policing competes with both. A written rule deters as far as it is kept.

    Source: founding material, S23, H7.
    """

    id: ClassVar[str] = "S23"
    family: ClassVar[str] = "order"
    title: ClassVar[tuple[str, str]] = ("Advert ban", "禁广告")
    remove = Knob(True, None, None, "", "remove the author, not only the advert", "founding material, S23")
    expected = (Expected("advert_share", -1, world="deals"),)
    doses = ({"remove": False}, {"remove": True}, {"remove": True, "from_day": 30})

    @property
    def removes_at_once(self) -> bool:
        """Their authors are out at once."""
        return self.remove

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Write the rule up and keep it."""
        levers.advert_ban.any_of()
        if self.remove:
            levers.removal.any_of()
