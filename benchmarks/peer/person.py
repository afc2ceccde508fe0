"""People of the market: what someone is before (and while) they sit in a group."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.model.population import friend_of

if TYPE_CHECKING:
    from benchmarks.peer.community import PeerCommunity
    from benchmarks.peer.group import Group
    from benchmarks.peer.member import Member

__all__ = ["Person", "clip"]


def clip(x: float, low: float, high: float) -> float:
    """``x`` held between two bounds."""
    return low if x < low else (high if x > high else x)


class Person:
    """Someone who may join: traits drawn when they are first met, friends, and where they sit."""

    def __init__(self, model: PeerCommunity, number: int, kind: type[Member]) -> None:
        k, gauss = model.knobs, model.random.gauss
        self.number, self.kind = number, kind
        self.was_inside = False
        self.home: Group | None = None
        self.seats: list[Member] = []  # memberships; more than one for connectors
        n = int(k.friends)
        self.friends = [friend_of(number, i, model.market_size) for i in range(n)]
        z = gauss()
        self.talk = k.talk * math.exp(k.talk_spread * z)
        self.reply = k.reply * math.exp(k.reply_spread * (0.6 * z + 0.8 * gauss()))
        self.info_need = clip(k.info_need + 0.2 * gauss(), 0.02, 0.98)
        self.match = clip(k.match + 0.2 * gauss(), 0.0, 1.0)
        self.fit = clip(k.fit + 0.2 * gauss(), 0.0, 1.0)
        self.budget = k.budget * math.exp(k.budget_spread * gauss())
        self.attention = k.attention * math.exp(k.attention_spread * gauss())
        self.thrift = model.draw()
        self.dislike = model.draw()
        self.copying = model.draw() ** 2
        self.generosity = min(0.95, k.generosity * math.exp(0.8 * gauss()))
        self.profile = int(4.0 * model.draw())
        self.is_asker = model.draw() < k.askers
        self.interest_lasts = model.need_time()
        self.need_lasts = model.need_time(True) if self.is_asker else self.interest_lasts
        self.shares_need = model.draw() < k.shared_need

    def friends_in(self, group: Group) -> int:
        """How many friends sit in a group."""
        known = group.model.people
        found = [known[number] for number in self.friends if number in known]
        return sum(friend.home is group for friend in found)
