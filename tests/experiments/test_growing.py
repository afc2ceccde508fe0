"""Plans grow by halving: the best is found where it stands out, and contradictions are left out."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from scenarios.config import catalog
from scenarios.experiments.advise.growing import Sizes, best_of, grown
from scenarios.experiments.advise.menu import NOTHING, STAGES, Move, Plan, label, overrides, singles, staged, together

WORTH = {"a": 1.0, "b": 0.8, "c": 0.6, "d": -1.0, **{f"x{k}": 0.0 for k in range(20)}}


class Game:
    """A plan is worth the sum of its moves; a and b spoil each other; noise of one a community."""

    def __init__(self) -> None:
        self.communities: dict[Plan, int] = {}

    @property
    def played(self) -> int:
        """Communities; what was played before is not played again."""
        return sum(self.communities.values())

    def measure(self, plans: Sequence[Plan], n: int) -> np.ndarray:
        self.communities |= {plan: max(n, self.communities.get(plan, 0)) for plan in plans}
        luck = np.random.default_rng(1).normal(0, 1, n)
        own = (np.random.default_rng(crc32(label(plan).encode())).normal(0, 0.3, n) for plan in plans)
        return np.array([luck * 0.1 + self.worth(plan) + noise for plan, noise in zip(plans, own, strict=True)])

    def worth(self, plan: Plan) -> float:
        names = {move.strategy for move in plan}
        return sum(WORTH[name] for name in names) - 1.0 * ({"a", "b"} <= names)


ONES: list[Plan] = [(Move(name),) for name in WORTH]


def test_the_best_triple_is_found() -> None:
    game = Game()
    found = grown(ONES, game.measure, list, Sizes(staged=0))
    assert found[0][:2] == (Move("a"), Move("c"))
    assert len(found) == Sizes().triples[-1]
    assert game.played <= Sizes().most_runs(len(ONES))
    everything = len(ONES) ** 3 / 6 * 20
    assert game.played < everything / 5


def test_a_move_that_does_nothing_alone_is_found_beside_another() -> None:
    """x3 is worth nothing, beside the best move 2; and x5 beside both of them 2 more."""

    class Beside(Game):
        def worth(self, plan: Plan) -> float:
            names = {move.strategy for move in plan}
            return super().worth(plan) + 2.0 * ({"a", "x3"} <= names) + 2.0 * ({"a", "x3", "x5"} <= names)

    game = Beside()
    found = grown(ONES, game.measure, list, Sizes(singles=(30, 6), staged=0))
    assert found[0] == (Move("a"), Move("x3"), Move("x5"))
    assert game.played <= Sizes(singles=(30, 6)).most_runs(len(ONES))
    blind = grown(ONES, Beside().measure, list, Sizes(singles=(30, 6), staged=0, leads=0))
    assert all({Move("x3"), Move("x5")} & set(plan) == set() for plan in blind)


def test_a_move_that_adds_nothing_is_left_out() -> None:
    """Only a is worth anything, and the others exactly nothing: plain a comes before a with any of them."""

    class Alone(Game):
        def measure(self, plans: Sequence[Plan], n: int) -> np.ndarray:
            return np.array([np.full(n, float(Move("a") in plan)) for plan in plans])

    assert grown(ONES, Alone().measure, list, Sizes(staged=0))[0] == (Move("a"),)


def test_what_cannot_be_played_is_left_out() -> None:
    def offered(plans: Sequence[Plan]) -> list[Plan]:
        return [plan for plan in plans if not {"a", "c"} <= {move.strategy for move in plan}]

    found = grown(ONES, Game().measure, offered, Sizes())
    assert all(not {"a", "c"} <= {move.strategy for move in plan} for plan in found)


def test_a_move_waits_for_its_stage_only_where_that_is_better() -> None:
    """The best plan's c is worth 2 more in decline; its a is worth as much at any time, and stays as it is."""
    late = Move("c", ("while_stage=decline",))

    class Timed(Game):
        def worth(self, plan: Plan) -> float:
            return super().worth(plan) + 2.0 * (late in plan)

    found = grown(ONES, Timed().measure, list, Sizes())
    assert late in found[0]
    assert all(not move.stage for move in found[0] if move.strategy != "c")
    assert len(found) == Sizes().finalists
    plain = [plan for plan in found[1:] if any(move.stage for move in plan)]
    assert plain == []


def test_undefined_scores_are_never_the_best() -> None:
    def measure(plans: Sequence[Plan], n: int) -> np.ndarray:
        return np.array([[np.nan] * n if plan == ONES[0] else [0.0] * n for plan in plans])

    assert ONES[0] not in best_of(ONES, measure, 4, (5,))
    assert best_of([], measure, 4, (5,)) == []


def test_the_menu_has_every_strategy_weak_and_strong() -> None:
    found = singles(without=["red_packet"])
    rising = [move.dose for plan in found for move in plan if move.strategy == "rising_price" and len(plan) == 1]
    assert rising == [("step=5.0",), ("step=50.0",)]  # not 10,000 CNY at a door
    names = {move.strategy for plan in found for move in plan}
    assert names == set(catalog.strategies()) - {"nothing", "red_packet"}
    assert len(found) > 1.8 * len(names)
    assert next(plan for plan in found if plan[0].strategy == "clone")[1].strategy == "graded_sanctions"
    open_ones = {move.strategy for plan in singles(may_close=False) for move in plan}
    assert set(catalog.strategies()) - open_ones == {"nothing", "dissolve", "project_group"}
    assert all(move.strategy != "clone" for plan in singles(["graded_sanctions"]) for move in plan)
    price = next(plan for plan in found if plan[0].strategy == "paid_entry")
    assert overrides(price) == ("strategy=[paid_entry]", "strategies.paid_entry.price=1.0")
    assert overrides(NOTHING) == ("strategy=[nothing]",)
    assert (label(NOTHING), label(price)) == ("nothing", "paid_entry.price=1.0")
    assert together(price, price) is None
    cap = next(plan for plan in found if plan[0].strategy == "group_cap")
    assert together((*price, *cap), (Move("x"), Move("y"))) is None
    assert len(staged(tuple(sorted((*price, *cap))))) == 2 * len(STAGES)
    assert all(sum(bool(move.stage) for move in plan) == 1 for plan in staged(price))
    assert together(price, cap) == tuple(sorted((*cap, *price)))
