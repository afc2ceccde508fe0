"""S37 the same campaign on the same people, again and again."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["CampaignAgain"]


class CampaignAgain(Strategy):
    """Every ``gap`` days call on everybody for ``lasts`` days to bring people, for ``yuan`` CNY a head.

    The first campaign brings some, the next ones fewer: friends have been asked, in vain mostly, and people are tired
    of being called on. The calls and thanks remain, and drive out those who came to talk.

    Source: founding material, S37, H10.
    """

    id: ClassVar[str] = "S37"
    family: ClassVar[str] = "growth"
    title: ClassVar[tuple[str, str]] = ("Campaign again", "老套路再裂变")
    gap = Knob(60, 1, 365, "days", "from the beginning of one campaign to that of the next", "assumption")
    lasts = Knob(7, 1, 365, "days", "days of a campaign", "assumption")
    yuan = Knob(5.0, 0.0, 1_000.0, "CNY", "for each person brought", "assumption")
    expected = (
        Expected("coming", -1, settings=("population.seats=200",), against="campaign_again.gap=56,from_day=56",
                 days=70),  # heads of the last campaign, against those of a first on the same day
        Expected("leaving", +1, settings=("population.seats=200",), days=70),
    )
    doses = ({"gap": 56}, {"gap": 28}, {"gap": 14})  # the last campaign is always on day 56, in the last two weeks

    def contradiction(self) -> str:
        """A campaign that never pauses."""
        if self.lasts >= self.gap:
            return f"lasts={self.lasts:g} leaves no pause in gap={self.gap:g}; give a larger gap"
        return ""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """On the days of a campaign: the call, and the reward."""
        if day % self.gap < self.lasts:
            levers.campaign.any_of()
            levers.bounty_yuan.plus(self.yuan)
