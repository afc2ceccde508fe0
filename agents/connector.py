"""R5 Connector."""

from __future__ import annotations

from agents.member import Member
from agents.propensities import friends_to_ask, mood, wish_to_invite
from sim.engine.luck import KIND, uniform
from sim.model.rows import Group, Today, World
from sim.model.submodels.messages import CHAT, NEWS, QUESTION

__all__ = ["Connector"]


class Connector(Member):
    """Sits in several groups (联结者) and carries people and news between them.

    They enter further groups of the community by themselves (:mod:`sim.model.submodels.market`); what they read of
    interest in one they tell in another; their attention is shared by all. Source: founding material, R5.
    """

    def opens(self, u: float, second: int, today: Today, group: Group, world: World) -> int:
        """Ask what they have come to ask; else tell news from another group if there is any, or talk, a little more."""
        rate = 1.3 * self.talk * mood(self, world) * (1.0 + today.open + group.heat)
        if self.is_asking > 0:
            rate += world.eager
        elif self.news > 0:
            rate += 0.5
        chance = rate / (1.0 + rate)
        if u >= chance:
            return -1
        if self.is_asking > 0:
            self.is_asking = 0
            return QUESTION
        if self.news > 0:
            self.news = 0
            return NEWS
        return QUESTION if uniform(world, self.person, KIND, second) < 0.4 * self.info_need else CHAT

    def bond(self, today: Today, group: Group, world: World) -> None:
        """Stays a connector; what was worth reading here today can be told elsewhere tomorrow."""
        self.has_news = 1 if self.read_quality > 0.5 * world.enough else 0

    def invite(self, today: Today, group: Group, world: World) -> None:
        """Asks twice as readily as others, and goes on doing so."""
        wish = 2.0 * wish_to_invite(self, group, world, 0.2) + today.invite
        self.n_invitations = friends_to_ask(self, wish, today, group, world)
