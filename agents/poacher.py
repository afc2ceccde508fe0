"""R9 Poacher."""

from __future__ import annotations

import math

from agents.member import Member
from agents.traits import draw_traits, start_membership
from sim.engine.luck import LEAVE, VISIT, uniform
from sim.model.rows import Group, Knock, Today, World
from sim.model.submodels.yuan import chance_at_price
from sim.model.vocabulary import REASONS

__all__ = ["Poacher"]

LEFT = REASONS.index("left")


class Poacher(Member):
    """Passes for a member (换群者) in order to ask others away in private: :mod:`sim.mechanisms.poaching` says how.

    What keeps them out or makes them fail is not written in: they pay at the door, look as unsuited as others to who
    screens, and whom they ask decides. Source: founding material, R9; their numbers are assumptions.
    """

    def appears(self, group: Group, world: World) -> None:
        """Match 0.6 and half a person's readiness to open topics; they answer twice as readily."""
        draw_traits(self, group, world)
        start_membership(self, group, world)
        self.match, self.expertise, self.need_ends = 0.6, 0.18, 1e9
        self.talk *= 0.5
        self.reply *= 2.0
        self.appeal = 0.35
        self.is_asking = 0

    def enters(self, knock: Knock, group: Group, world: World) -> float:
        """As a member of that match, whom reach draws instead of friends: σ(… + ½ ln(members)), and the price."""
        reach = 0.5 * math.log(1.0 + group.n_members + group.n_fakes)
        life = world.enter_life * math.log(1.0 + group.n_member_messages)
        x = world.enter + world.enter_match * (self.match - 0.5) + life + reach + knock.enter
        return chance_at_price(x, knock, self, world)

    def visit(self, today: Today, group: Group, world: World) -> None:
        """Comes on two days of three, twice: it is work."""
        self.n_looks = 2 if uniform(world, self.person, VISIT, group.index) < 0.65 else 0

    def rest(self, days: int, group: Group, world: World) -> None:
        """Days between mean nothing to a poacher."""

    def feel(self, today: Today, group: Group, world: World) -> None:
        """Feels nothing for the group."""

    def bond(self, today: Today, group: Group, world: World) -> None:
        """Stays a poacher."""

    def buy(self, today: Today, group: Group, world: World) -> None:
        """Does not buy."""

    def invite(self, today: Today, group: Group, world: World) -> None:
        """Brings nobody here."""

    def leave(self, today: Today, group: Group, world: World) -> None:
        """Leaves, at a visit in seven, a group in which hardly anybody else looks in."""
        if group.n_visitors < 3 and uniform(world, self.person, LEAVE, group.index) < 0.15:
            self.reason = LEFT
