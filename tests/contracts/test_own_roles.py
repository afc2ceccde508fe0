"""A role of one's own that differs in every rule, and a mechanism that knows it, do the same in both lanes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from agents import ROLES, Lurker
from agents.propensities import wish_to_answer
from agents.traits import draw_traits, start_membership
from scenarios import Scenario
from sim.engine.declarations import daily
from sim.engine.luck import OPEN, VISIT, lasting, uniform
from sim.engine.mechanism import Mechanism
from sim.engine.rows import Small
from sim.engine.rule import rule
from sim.lane_choice import lane_for
from sim.model.membership import ACTS
from sim.model.submodels.messages import CHAT
from tests.mechanisms.known_here import known_here
from tests.plays import differing, lively, play, started


@rule
def sums_up(me: Any, n: int) -> float:
    """A helper for rows that the loops of the day do not know."""
    me.n_asked += n
    return 1.0 / (1.0 + me.n_asked)


class Contrary(Lurker):
    """Has a way of its own of doing everything, and columns of every kind."""

    n_asked: int
    n_tried: Small
    mood: float

    def appears(self, group: Any, world: Any) -> None:
        draw_traits(self, group, world)
        start_membership(self, group, world)
        self.mood = lasting(world, self.person, OPEN, 77)

    def enters(self, knock: Any, group: Any, world: Any) -> float:
        return 0.9 if knock.price < 5.0 and self.mood > 0.1 else 0.1

    def visit(self, today: Any, group: Any, world: Any) -> None:
        self.n_looks = 2 if uniform(world, self.person, VISIT, group.index) < 0.3 + 0.5 * self.mood + today.visit else 0

    def rest(self, days: int, group: Any, world: Any) -> None:
        self.mood += 0.01 * days
        if self.mood > 1.4:
            self.reason = 1

    def opens(self, u: float, second: int, today: Any, group: Any, world: Any) -> int:
        self.n_tried += 1
        return CHAT if u < 0.2 + self.mood and second % 3 else -1

    def answers(
        self, kind: Any, n_answers: int, age: float, tie: float, addressed: int, today: Any, group: Any, world: Any
    ) -> float:
        wish = wish_to_answer(self, kind, n_answers, age, tie, addressed, today, group, world)
        return wish * (1.0 + addressed + tie) * sums_up(self, 1 + n_answers) + 0.001 * age

    def worth(self, kind: Any, group: Any, world: Any) -> float:
        return self.mood * (0.2 + kind.worth)

    def feel(self, today: Any, group: Any, world: Any) -> None:
        self.trust += 0.1 * (1.0 - self.trust)
        self.mood -= 0.02 * self.n_read

    def bond(self, today: Any, group: Any, world: Any) -> None:
        if self.n_tried > 9:
            self.role = world.role_lurker if self.mood < 0.2 else world.role_contrary

    def buy(self, today: Any, group: Any, world: Any) -> None:
        self.is_buying = 1 if group.is_offer_day > 0 and self.n_host_read > 0 else 0

    def invite(self, today: Any, group: Any, world: Any) -> None:
        self.n_invitations = 1 if self.mood > 0.8 and self.n_invited < 2 else 0

    def leave(self, today: Any, group: Any, world: Any) -> None:
        if self.mood < -2.0:
            self.reason = 1


class Cheering(Mechanism):
    """Lifts the mood of those who have one: a mechanism that knows a role of somebody's own.

    Source: assumption.
    """

    title = ("Cheering", "打气")

    class group:
        n_cheered: int = daily("people cheered up", "被鼓励人数")

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        return True


@Cheering.each_member(before="visit")
def cheer(me: Any, mine: Any, group: Any, ours: Any, today: Any, knobs: Any, world: Any) -> None:
    """A word a day for those who are low."""
    if me.role == world.role_contrary and me.mood < 0.5:
        me.mood += 0.1
        ours.n_cheered += 1


mechanism = known_here(Cheering)


def contrary() -> Scenario:
    return lively(days=20).with_role(Contrary, 0.3)


def moods(lane: str) -> np.ndarray:
    """What the contrary hold of their own after a while."""
    engine = started(contrary(), lane)
    for _ in range(12):
        engine.step()
    rows = engine.state.members[engine.recorder.seated()]
    return np.sort(rows[rows["role"] == len(ROLES)][["person", "n_asked", "n_tried", "mood"]])


def test_all_rules_of_ones_own_do_the_same_in_both_lanes() -> None:
    assert all(name in vars(Contrary) for name in ACTS)
    mesa, compiled = play(contrary(), "mesa"), play(contrary())
    assert differing(mesa, compiled) == []
    assert (mesa["spells"]["role"] == len(ROLES)).sum() > 20
    assert mesa["mechanism.cheering"]["n_cheered"].sum() > 0
    assert lane_for(contrary()) == ("compiled", "")


def test_columns_of_ones_own_are_kept_in_both_lanes() -> None:
    mesa, compiled = moods("mesa"), moods("compiled")
    assert mesa.tolist() == compiled.tolist()
    assert min(mesa["n_asked"].max(), mesa["n_tried"].max()) > 0
