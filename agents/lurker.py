"""R3 Lurker."""

from __future__ import annotations

from agents.member import Member
from agents.propensities import mood
from sim.model.rows import Group, Today, World
from sim.model.submodels.messages import CHAT, QUESTION

__all__ = ["Lurker"]


class Lurker(Member):
    """Reads, hardly posts (潜水者); can be woken by someone close who writes, or by money in the group.

    People who have been silent for long find it hard to speak first: half the readiness of a member, full again on a
    day on which they took a packet. How many lurk is not written in. Source: founding material, R3; Nonnecke & Preece
    2000.
    """

    def opens(self, u: float, second: int, today: Today, group: Group, world: World) -> int:
        """Half the member's readiness, unless woken by a packet; never an advert, mostly a question."""
        woken = 1.0 if today.is_woken > 0 else 0.5
        rate = woken * self.talk * mood(self, world) * (1.0 - world.shyness) * (1.0 + today.open + group.heat)
        if self.is_asking > 0:
            rate += world.eager
        chance = rate / (1.0 + rate)
        if u >= chance:
            return -1
        if self.is_asking > 0:
            self.is_asking = 0
            return QUESTION
        return QUESTION if self.info_need > 0.5 else CHAT
