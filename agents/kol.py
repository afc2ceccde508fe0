"""R2 KOL."""

from __future__ import annotations

from agents.member import Member
from agents.propensities import mood, wish_to_answer
from agents.traits import draw_traits, start_membership
from sim.engine.distributions import clip
from sim.model.rows import Group, KindRow, Today, World
from sim.model.submodels.messages import CONTENT
from sim.model.submodels.moves import is_appointed

__all__ = ["KOL"]


class KOL(Member):
    """Brings trust in one subject (意见领袖), answers what is worth an answer, tires of trivial questions, costs a fee.

    Source: founding material, R2. The fee is booked on days on which the expert speaks (knob ``roles.kol_fee``).
    """

    def appears(self, group: Group, world: World) -> None:
        """An ordinary person's traits, but an expert's knowledge and a lasting interest."""
        draw_traits(self, group, world)
        start_membership(self, group, world)
        self.is_expert, self.is_asking = 1, 0
        self.expertise, self.match = 1.0, 1.0
        self.talk, self.need_ends = max(self.talk, 0.3), 1e9
        self.belonging = 0.7

    def opens(self, u: float, second: int, today: Today, group: Group, world: World) -> int:
        """Speak on the subject, the less the more tired."""
        rate = self.talk * mood(self, world) * (1.0 - self.fatigue) * (1.0 + today.open)
        return CONTENT if u < rate / (1.0 + rate) else -1

    def answers(
        self, kind: KindRow, n_answers: int, age: float, tie: float, addressed: int, today: Today, group: Group,
        world: World,
    ) -> float:  # fmt: skip
        """Questions draw an expert three times as much as other messages; fatigue lessens the wish to answer any."""
        eagerness = 3.0 if kind.is_question > 0 else 1.0
        wish = wish_to_answer(self, kind, n_answers, age, tie, addressed, today, group, world)
        return eagerness * (1.0 - self.fatigue) * wish

    def bond(self, today: Today, group: Group, world: World) -> None:
        """Trivial questions tire; days away restore (``rest``). Who comes from among the members asks no fee."""
        if self.n_posts > 0 and is_appointed(self, world):
            group.yuan_fee += world.kol_fee
        if group.n_messages > 0:
            self.fatigue = clip(self.fatigue + 2.0 * world.bored * group.n_trivial / group.n_messages, 0.0, 1.0)
