"""What is asked of ``shequn advise``, and the studies that answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scenarios.experiments.advise.growing import Sizes
from scenarios.experiments.advise.menu import NOTHING, Plan, label, overrides, singles
from scenarios.experiments.advise.situation import GOALS, Situation
from scenarios.experiments.study import Study
from sim.analysis.experiment.advice import floors
from sim.model.parameters import Operator

__all__ = ["MONEY", "Question"]

MONEY = ("cost", "revenue", "host_hours", "profit_month")


@dataclass(frozen=True)
class Question:
    """What is asked: a situation, the user's other overrides, and how widely it is looked for."""

    situation: Situation
    extra: tuple[str, ...]
    seed: int
    sets: int
    sizes: Sizes = field(default_factory=Sizes)
    name: str = "advise"

    @property
    def title(self) -> Mapping[str, str]:
        """In both languages."""
        return {"en": "Advice", "zh": "建议"}

    @property
    def question(self) -> Mapping[str, str]:
        """In both languages."""
        return {"en": "What should I do with these groups?", "zh": "这些群该怎么做？"}

    @property
    def singles(self) -> list[Plan]:
        """Single moves that may be thought of; some of them cannot be played in this world."""
        is_for_sales_alone = self.situation.weights.keys() == {GOALS["sales"]}
        return singles(self.situation.without, may_close=is_for_sales_alone)

    @property
    def studies(self) -> tuple[Study, ...]:
        """What is played first: nothing, and (after :meth:`Search.offered`) every single move."""
        return (self.study([NOTHING], self.sizes.first),)

    @property
    def least(self) -> Mapping[str, float]:
        """What is nothing to speak of, for somebody who puts in so much (:mod:`sim.analysis.experiment.advice`)."""
        one = self.situation
        return floors(one.yuan * one.months, one.hours * one.days, Operator.knobs()["wage"].default)

    def study(self, plans: Sequence[Plan], communities: int, fresh: bool = False) -> Study:
        """Some plans on the first communities; ``fresh``: on others, with the daily table."""
        arms = {label(plan): overrides(plan) for plan in plans}
        outcomes = tuple(dict.fromkeys([*self.situation.weights, "lifetime", "member_messages", *MONEY]))
        world = ("world=ensemble", *self.situation.world)
        return Study("advise", self.title, {}, {"groups": world}, arms, label(NOTHING), communities, outcomes,
                     self.situation.days, self.seed + fresh, self.extra, daily=fresh, part="advise")  # fmt: skip
