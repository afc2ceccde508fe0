"""R6 Regular."""

from __future__ import annotations

from agents.member import Member
from agents.propensities import friends_to_ask, wish_to_answer, wish_to_invite
from agents.standing import lull, take_standing
from sim.engine.distributions import clip
from sim.model.rows import Group, KindRow, Today, World

__all__ = ["Regular"]


class Regular(Member):
    """Posts and replies most days, answers others, and is bored by floods of newcomers (核心参与者).

    Source: founding material, R6; what boredom then leads to follows from the member's rules (sketch, rule 9).
    """

    def answers(
        self, kind: KindRow, n_answers: int, age: float, tie: float, addressed: int, today: Today, group: Group,
        world: World,
    ) -> float:  # fmt: skip
        """Like a member, but answers questions one and a half times as readily: the standing rests on answers."""
        eagerness = 1.5 if kind.is_question > 0 else 1.0
        return eagerness * wish_to_answer(self, kind, n_answers, age, tie, addressed, today, group, world)

    def bond(self, today: Today, group: Group, world: World) -> None:
        """Trivial talk (newcomers' questions) tires: fatigue grows with its share of the day's talk."""
        if group.n_messages > 0:
            trivial = group.n_trivial / group.n_messages
            self.fatigue = clip(self.fatigue + world.bored * trivial * self.match, 0.0, 1.0)
            self.belonging -= 0.1 * world.bored * trivial * self.belonging
        take_standing(self, world)
        lull(self, 1, world)

    def invite(self, today: Today, group: Group, world: World) -> None:
        """A regular's eagerness does not fade below a tenth: it is from regulars that others hear of the group."""
        wish = wish_to_invite(self, group, world, 0.1) + today.invite
        self.n_invitations = friends_to_ask(self, wish, today, group, world)
