"""An invited expert, R2 for some hours a week."""

from __future__ import annotations

from agents.kol import KOL
from agents.propensities import wish_to_answer
from agents.traits import draw_traits, start_membership
from sim.engine.distributions import clip
from sim.model.rows import Group, KindRow, Today, World

__all__ = ["Guest"]


class Guest(KOL):
    """An expert who is paid to be there in office hours (嘉宾), and answers questions; otherwise they are seen
    only where somebody answers them.

    When they come, what they cost, and that they may have had enough, stands in :mod:`sim.mechanisms.office_hours`.
    Source: founding material, S19.
    """

    def appears(self, group: Group, world: World) -> None:
        """Like an expert, with all the attention that the hours allow."""
        draw_traits(self, group, world)
        start_membership(self, group, world)
        self.is_expert, self.is_asking = 1, 0
        self.expertise, self.match = 1.0, 1.0
        self.attention, self.need_ends, self.belonging = 2_000.0, 1e9, 0.7

    def visit(self, today: Today, group: Group, world: World) -> None:
        """Looks are planned for them, in office hours."""
        self.n_looks = 0

    def rest(self, days: int, group: Group, world: World) -> None:
        """Between office hours they recover."""
        for _ in range(days):
            self.fatigue *= 0.9

    def opens(self, u: float, second: int, today: Today, group: Group, world: World) -> int:
        """They were asked to answer."""
        return -1

    def answers(
        self, kind: KindRow, n_answers: int, age: float, tie: float, addressed: int, today: Today, group: Group,
        world: World,
    ) -> float:  # fmt: skip
        """A question that nobody has answered is what they are paid for: weight 20 (1 − φ); others as anybody."""
        if kind.is_question > 0 and n_answers == 0:
            return 20.0 * (1.0 - self.fatigue)
        return (1.0 - self.fatigue) * wish_to_answer(self, kind, n_answers, age, tie, addressed, today, group, world)

    def feel(self, today: Today, group: Group, world: World) -> None:
        """Paid to be there."""

    def bond(self, today: Today, group: Group, world: World) -> None:
        """Trivial questions tire."""
        if group.n_messages > 0:
            self.fatigue = clip(self.fatigue + 2.0 * world.bored * group.n_trivial / group.n_messages, 0.0, 1.0)

    def buy(self, today: Today, group: Group, world: World) -> None:
        """Not a customer."""

    def invite(self, today: Today, group: Group, world: World) -> None:
        """Brings nobody."""

    def leave(self, today: Today, group: Group, world: World) -> None:
        """Only when they have had enough, see ``office_hours``."""
