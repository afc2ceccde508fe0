"""S39 padding."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["Padding"]

FULL = 500
"""Members of a group that counts as full."""


class Padding(Strategy):
    """To look big, fill groups with fake members, pretend that earlier groups are full already, or both.

    More people come in, and more advertisers. Whoever is inside speaks the less readily the more strangers there seem
    to be, and sees in time that nobody is there. In the long run it always costs: this is here to show what.

    Source: founding material, S39.
    """

    id: ClassVar[str] = "S39"
    family: ClassVar[str] = "growth"
    title: ClassVar[tuple[str, str]] = ("Padding", "僵尸号凑人数")
    fakes = Knob(100, 0, 1_000, "members", "who are nobody, in each group",
                 "founding material: 200–300 in groups of 500; fewer fit into smaller ones")  # fmt: skip
    price = Knob(0.5, 0.0, 100.0, "CNY", "of each", "assumption")
    claimed_groups = Knob(0, 0, 100, "groups", "pretended to be full before this one", "founding material: 20")
    expected = (
        Expected("members", +1, settings=("population.seats=500",)),
        Expected("writers", -1, settings=("population.seats=500",)),
        Expected("trust", -1, settings=("population.seats=500",)),
    )
    doses = ({"fakes": 50}, {"fakes": 250}, {"fakes": 250, "claimed_groups": 20})

    def leaves_no_room(self, members: int, seats: int) -> str:
        """Fakes take seats."""
        return "fakes" if self.fakes + members >= seats else ""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Show a crowd."""
        levers.fake_members.plus(self.fakes)
        levers.fake_price.plus(self.price)
        levers.claimed_crowd.plus(FULL * self.claimed_groups)
