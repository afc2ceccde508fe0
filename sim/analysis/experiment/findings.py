"""Everything a study says, each analysis made when first asked for and then kept: what pictures and page stand on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from sim.analysis.ceilings import Ends
from sim.analysis.experiment import lives as life
from sim.analysis.experiment.asked import Asked, checked, sign_of
from sim.analysis.experiment.best import best
from sim.analysis.experiment.bottom_line import BottomLine, bottom_line, with_money
from sim.analysis.experiment.dose import Dose, doses
from sim.analysis.experiment.effects import effects
from sim.analysis.experiment.identical import identical
from sim.analysis.experiment.precision import precision
from sim.analysis.experiment.ranking import ranking
from sim.analysis.experiment.returns import returns
from sim.analysis.experiment.tradeoff import objectives, tradeoff
from sim.analysis.experiment.worlds import Robustness, robustness
from sim.analysis.lifetimes import Survival
from sim.analysis.weeks import week_curve

__all__ = ["Findings", "Notes", "Remark"]

Remark = tuple[str, Mapping[str, object]]
"""The key of a text and what fills its slots; ``arm`` is an arm's label."""


@dataclass(frozen=True)
class Notes:
    """What is known of the arms besides their numbers: ``remarks`` on doses, by world the ``seats`` of a group, by arm the
    ``family`` of its strategies.
    """

    remarks: Sequence[Remark] = ()
    seats: Mapping[str, float] = field(default_factory=dict)
    family: Mapping[str, str] = field(default_factory=dict)


class Findings:
    """The analyses of one study from its tables of outcomes and lifetimes (see :mod:`sim.analysis.experiment.asked`), and
    from its ``weeks``, as far as these were kept.
    """

    def __init__(
        self, study: Asked, outcomes: pd.DataFrame, lifetimes: pd.DataFrame, notes: Notes | None = None,
        weeks: pd.DataFrame | None = None,
    ) -> None:  # fmt: skip
        self.study = study
        self.notes = notes or Notes()
        self.table = checked(study, outcomes)
        self.groups = life.prepared(study, lifetimes)
        self.weeks = weeks
        self.worlds = [str(world) for world in self.table["world"].unique()]
        there = set(self.table["arm"])
        rest = [arm for arm in study.arms if arm in there and arm != study.reference]
        self.reference = study.reference
        self.arms = [study.reference, *rest] if study.reference in there else rest
        self.primary = study.outcomes[0]

    @cached_property
    def effects(self) -> pd.DataFrame:
        """Differences to the reference."""
        return effects(self.study, self.table)

    @cached_property
    def with_money(self) -> pd.DataFrame:
        """Differences to the reference, those in money too where the study did not ask for them."""
        return with_money(self.study, self.table, self.effects)

    def bottom_line(self, world: str) -> BottomLine | None:
        """What to do, by the rules of :mod:`sim.analysis.experiment.bottom_line`; None where nothing can be compared."""
        rows = self.with_money
        if rows.empty or (rows.loc[rows["world"] == world, "n"] < 2).all():
            return None
        return bottom_line(self.study, self.table, rows, world)

    @cached_property
    def best(self) -> pd.DataFrame:
        """Probability of being best and expected regret."""
        return best(self.study, self.table)

    @cached_property
    def lives(self) -> pd.DataFrame:
        """Restricted means and log-rank against the reference."""
        return life.lives(self.study, self.groups)

    @cached_property
    def quantiles(self) -> pd.DataFrame:
        """Ages by which shares of the groups are dead."""
        return life.quantiles(self.groups)

    @cached_property
    def survival(self) -> dict[str, dict[str, Survival]]:
        """world → arm → survival."""
        return {str(world): life.by_arm(self.groups, str(world)) for world in self.groups["world"].unique()}

    @cached_property
    def precision(self) -> pd.DataFrame:
        """Communities needed, with and without common luck."""
        return precision(self.study, self.table)

    @cached_property
    def tradeoff(self) -> pd.DataFrame:
        """The front of lifetime, conversion and cost."""
        return tradeoff(self.study, self.table)

    @cached_property
    def members(self) -> pd.DataFrame:
        """Members per group by week, mean and interval of every arm; empty where no weeks were kept."""
        if self.weeks is None or self.weeks.empty:
            return pd.DataFrame(columns=["arm", "world", "week", "mean", "low", "high", "n"])
        return week_curve(self.weeks, "members")

    def family(self, arm: str) -> str:
        """The family of an arm's strategies, ``own`` where it is not known."""
        return self.notes.family.get(arm, "own")

    def places(self, world: str) -> pd.DataFrame:
        """Ranks of a world's arms in the primary outcome (:func:`sim.analysis.experiment.ranking.ranking`)."""
        return ranking(self.table, world, self.primary)

    @cached_property
    def returns(self) -> pd.DataFrame:
        """What each strategy earns and costs, where the study leaves each out; else empty."""
        return returns(self.study, self.table)

    @cached_property
    def objectives(self) -> list[str]:
        """What is traded off."""
        return objectives(self.study)

    @cached_property
    def robustness(self) -> Robustness | None:
        """Winners of the primary outcome by world; None where it knows no better and worse, or there is one arm."""
        known = sign_of(self.primary) != 0 and (self.best["outcome"] == self.primary).any()
        return robustness(self.study, self.table, self.best) if known else None

    @cached_property
    def identical(self) -> list[tuple[str, ...]]:
        """Sets of arms that are equal cell by cell."""
        return identical(self.table)

    @cached_property
    def doses(self) -> list[Dose]:
        """Arms that differ by one number."""
        return [line for line in doses(self.study) if set(line.arms) <= set(self.arms)]

    def replicates(self, world: str) -> tuple[int, int]:
        """Fewest and most communities an arm has in a world."""
        counts = self.table[self.table["world"] == world].groupby("arm", observed=True).size()
        return int(counts.min()), int(counts.max())

    def horizon(self, world: str) -> float:
        """For how many days the lives of a world's groups are watched; without end where nothing is known of them."""
        return max((float(one.horizon) for one in self.survival.get(world, {}).values()), default=math.inf)

    def ends(self, world: str) -> Ends:
        """Where a world's numbers end."""
        return Ends(self.horizon(world), self.notes.seats.get(world, math.inf))

    def ranked(self, world: str) -> list[str]:
        """Arms of a world, the best of the primary outcome first; in the study's order where nothing is better."""
        rows = self.best[(self.best["world"] == world) & (self.best["outcome"] == self.primary)]
        order = list(rows.sort_values("rank", kind="stable")["arm"])
        return order + [arm for arm in self.arms if arm not in order]
