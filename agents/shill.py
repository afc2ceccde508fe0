"""R7 Shill."""

from __future__ import annotations

from agents.host import Host
from sim.model.hands import HIDDEN
from sim.model.kinds import worth_of
from sim.model.rows import Group, KindRow, Today, World

__all__ = ["Shill"]


class Shill(Host):
    """A second account of the host (托), taken for a member: says what is planned for it, and nothing else.

    It takes a seat, feels nothing, buys nothing, brings nobody, and does not leave. What it says counts neither as
    members' nor as the host's. What it costs is that its lines can be seen through (:mod:`sim.mechanisms.suspicion`).
    Source: founding material, R7.
    """

    def appears(self, group: Group, world: World) -> None:
        """An account knows nothing and believes nobody; its holder reads all."""
        self.is_staff = HIDDEN
        self.match = self.fit = self.trust = self.belonging = self.expertise = 0.0
        self.attention, self.profile = 2_000.0, 1
        self.reply, self.info_need, self.need_ends = 0.0, 0.5, 1e9
        self.read_upto = group.n_total

    def visit(self, today: Today, group: Group, world: World) -> None:
        """Looks are planned for it, one for each line."""
        self.n_looks = 0

    def answers(
        self, kind: KindRow, n_answers: int, age: float, tie: float, addressed: int, today: Today, group: Group,
        world: World,
    ) -> float:  # fmt: skip
        """Nothing but what is planned."""
        return 0.0

    def worth(self, kind: KindRow, group: Group, world: World) -> float:
        """As of a member who knows nothing."""
        return worth_of(kind, self, group)
