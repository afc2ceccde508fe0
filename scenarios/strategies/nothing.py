"""S33 do nothing."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from sim.engine.levers import Levers

__all__ = ["Nothing"]


class Nothing(Strategy):
    """The host does nothing beyond chatting now and then: every lever stays neutral.

    Source: founding material, S33 and case C12 ("group nobody leads"). It is the arm the others are compared with.
    """

    id: ClassVar[str] = "S33"
    family: ClassVar[str] = "renewal"
    title: ClassVar[tuple[str, str]] = ("Do nothing", "什么都不做")

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Turn no lever."""
