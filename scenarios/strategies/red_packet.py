"""S16 red packets."""

from __future__ import annotations

from typing import ClassVar

from scenarios.strategies.base import GroupFacts, Strategy
from scenarios.strategies.expected import Expected
from sim.engine.knobs import Knob
from sim.engine.levers import Levers

__all__ = ["RedPacket"]


class RedPacket(Strategy):
    """Send a red packet of ``amount`` CNY in ``shares`` shares every day, as long as the purse lasts.

    It may be sent on another ``occasion``. Occasions: ``daily`` at ``hour``; ``weekly`` once in seven days; ``quiet``
    on the day after one without a message by a member; ``showing_up`` daily, for those who look soon after it;
    ``newcomers`` on the day after somebody joined, for newcomers. A lucky split draws each share uniformly on [0.01, 2
    × rest / shares left], the last one takes the rest; an equal one gives the same to all. What nobody took within a
    day returns to the purse.

    Source: founding material, S16, H8; split rule by folklore as restated in the facts; Yuan et al. 2017.
    """

    id: ClassVar[str] = "S16"
    family: ClassVar[str] = "rewards"
    title: ClassVar[tuple[str, str]] = ("Red packets", "发红包")
    amount = Knob(5.0, 0.01, 20_000.0, "CNY", "money in a packet", "assumption")
    shares = Knob(10, 1, 100, "shares", "shares of a packet", "WeChat: at most 100")
    lucky = Knob(True, None, None, "", "draw shares by luck instead of splitting equally", "founding material, S16")
    occasion = Knob("daily", None, None, "", "when packets are sent", "founding material, S16",
                    choices=("daily", "weekly", "quiet", "showing_up", "newcomers"))
    hour = Knob(12.5, 0.0, 23.9, "hour", "hour of the packet", "assumption")
    expected = (Expected("member_messages", +1),)
    doses = ({"amount": 1.0}, {"amount": 5.0}, {"amount": 50.0})

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Put money in today's packet where there is an occasion."""
        occasions = {
            "daily": 1.0, "weekly": float(day % 7 == 0), "quiet": 1.0 * (groups.n_member_messages == 0),
            "showing_up": 1.0, "newcomers": 1.0 * (groups.new_joined > 0),
        }  # fmt: skip
        levers.packet_yuan.only_one(self.amount * occasions[self.occasion])
        levers.packet_shares.only_one(self.shares)
        levers.packet_lucky.only_one(float(self.lucky))
        levers.packet_hour.only_one(self.hour)
        levers.packet_for.only_one({"showing_up": 2.0, "newcomers": 3.0}.get(self.occasion, 0.0))
