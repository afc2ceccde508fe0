"""R1 Host."""

from __future__ import annotations

from agents.member import Member
from sim.engine.luck import VISIT, uniform
from sim.model.kinds import host_worth_of
from sim.model.rows import Group, KindRow, Today, World

__all__ = ["Host"]


class Host(Member):
    """Runs the plan (群主): posts, welcomes, answers, polices, as far as the operator's hours and purse go.

    The operator's hours serve all groups; each morning they are dealt out (:mod:`sim.model.submodels.operator`).
    Everything the host does costs minutes of this group's share. Source: founding material, R1; sketch, rule 14.
    """

    def appears(self, group: Group, world: World) -> None:
        """Hosts know their subject well, have all the attention their minutes allow, and never leave their group."""
        self.is_staff = 1
        self.match = self.fit = self.trust = self.belonging = 1.0
        self.expertise, self.attention, self.profile = 0.7, 2_000.0, 1
        self.reply, self.info_need, self.need_ends = 0.5, 0.5, 1e9
        self.read_upto = group.n_total

    def visit(self, today: Today, group: Group, world: World) -> None:
        """Look once for every ten minutes at hand, at most eight times, and as often as promised beside; not at all
        without a minute.
        """
        self.n_looks = 0
        if group.minutes_left > 0.0:
            u = uniform(world, self.person, VISIT, group.index)
            self.n_looks = min(8, int(u + 0.5 + group.minutes_left / 10.0)) + group.n_host_looks

    def rest(self, days: int, group: Group, world: World) -> None:
        """Days without a minute for the group leave no mark on the host."""

    def opens(self, u: float, second: int, today: Today, group: Group, world: World) -> int:
        """What a host says first follows a plan, not a mood."""
        return -1

    def answers(
        self, kind: KindRow, n_answers: int, age: float, tie: float, addressed: int, today: Today, group: Group,
        world: World,
    ) -> float:  # fmt: skip
        """Answer questions nobody has answered, while minutes last, and the sooner where it is promised; a word in
        reply when spoken to.
        """
        if group.minutes_left < world.answer_minutes:
            return 0.0
        if kind.is_question > 0 and n_answers == 0:
            return 1.0 + today.answer
        return 0.3 if addressed > 0 and kind.is_answer == 0 else 0.0

    def worth(self, kind: KindRow, group: Group, world: World) -> float:
        """Prepared content is worth most; an offer or a packet teaches nothing. Of the matter, part may be withheld."""
        told = 1.0 - group.withheld if kind.is_piece > 0 else 1.0
        return host_worth_of(kind, self, group) * told

    def feel(self, today: Today, group: Group, world: World) -> None:
        """The operator's heart is moved by the account, not by the day's talk."""

    def bond(self, today: Today, group: Group, world: World) -> None:
        """A host stays a host."""

    def buy(self, today: Today, group: Group, world: World) -> None:
        """Hosts do not buy from themselves."""

    def invite(self, today: Today, group: Group, world: World) -> None:
        """Growth by the host is a matter of levers."""

    def leave(self, today: Today, group: Group, world: World) -> None:
        """The host's account stays in the group."""
