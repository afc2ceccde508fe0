"""R4 Advertiser."""

from __future__ import annotations

import math

from agents.member import Member
from sim.engine.distributions import logistic
from sim.engine.luck import LEAVE, VISIT, uniform
from sim.model.rows import Group, KindRow, Knock, Today, World
from sim.model.submodels.messages import ADVERT
from sim.model.vocabulary import REASONS

__all__ = ["Advertiser"]

LEFT = REASONS.index("left")
WEEK = 7.0


class Advertiser(Member):
    """Joins to post adverts (广告党) where reach and response exceed the price at the door and the risk of removal.

    Source: founding material, R4; sketch, rule 4. Whom a price keeps out is not written in: advertisers compare.
    """

    def enters(self, knock: Knock, group: Group, world: World) -> float:
        """σ(3 (ln of expected return − ln of price and trouble)).

        Expected return = reach · value of an advert read · adverts until removal; trouble is worth 1 CNY. Where
        adverts are forbidden an advertiser expects to post two, elsewhere forty; where there is a window for adverts,
        forty less the toll for each, if that is more. Under ``same_members`` neither door nor ban keeps them out.
        """
        adverts = 2.0 if group.advert_ban > 0.0 and world.is_same_members == 0 else 40.0
        each = (group.n_members + group.n_fakes) * world.advert_value
        expected = each * adverts
        if group.advert_window >= 0.0:
            expected = max(expected, 40.0 * (each - group.advert_toll))
        return logistic(3.0 * (math.log(0.01 + expected) - math.log(1.0 + knock.price)))

    def visit(self, today: Today, group: Group, world: World) -> None:
        """Comes to post, on two days of three, the less often the longer nobody has written; not to read."""
        chance = 0.65 * WEEK / (WEEK + group.quiet_days)
        self.n_looks = 1 if uniform(world, self.person, VISIT, group.index) < chance else 0

    def rest(self, days: int, group: Group, world: World) -> None:
        """Days between two adverts mean nothing to an advertiser."""

    def opens(self, u: float, second: int, today: Today, group: Group, world: World) -> int:
        """Post an advert, less readily where something holds talk back (min(0, pull of the day)): what draws others
        into talk draws no advert. With restraint where it is forbidden.
        """
        return ADVERT if u < (0.45 if group.advert_ban > 0.0 else 0.9) * (1.0 + min(0.0, today.open)) else -1

    def answers(
        self, kind: KindRow, n_answers: int, age: float, tie: float, addressed: int, today: Today, group: Group,
        world: World,
    ) -> float:  # fmt: skip
        """Is not here to talk."""
        return 0.0

    def feel(self, today: Today, group: Group, world: World) -> None:
        """Feels nothing for the group."""

    def bond(self, today: Today, group: Group, world: World) -> None:
        """Stays an advertiser."""

    def buy(self, today: Today, group: Group, world: World) -> None:
        """Sells, does not buy."""

    def invite(self, today: Today, group: Group, world: World) -> None:
        """Brings nobody."""

    def leave(self, today: Today, group: Group, world: World) -> None:
        """Leaves, at a visit in seven, a group that has become too quiet to be worth an advert."""
        worth = group.n_visitors * world.advert_value * WEEK / (WEEK + group.quiet_days)
        if worth < 0.05 and uniform(world, self.person, LEAVE, group.index) < 0.15:
            self.reason = LEFT
