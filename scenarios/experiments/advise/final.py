"""What is left of a search, on communities that it has not seen: some choose among the finalists, others tell gain,
cost, regret, and how to try it. So no plan is told on the luck that chose it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.experiments.advise.menu import NOTHING, Plan, label
from scenarios.experiments.advise.question import Question
from scenarios.experiments.advise.spending import Spent, spent
from scenarios.experiments.player import Player
from sim.analysis.experiment.advice import chance_of_seeing, in_one_world, regrets, scores
from sim.analysis.experiment.over_worlds import OverWorlds, over_worlds

if TYPE_CHECKING:
    from scenarios.experiments.advise.advise import Search

__all__ = ["EACH", "MOST_PLANS", "TRIAL_DAYS", "Advice", "Found", "by_arm", "drawn", "final", "lot_of", "table_of",
           "trial_days", "watched"]  # fmt: skip

MOST_PLANS = 3
CHOOSING, EACH = 2, 3
"""Fresh communities in each world of the ensemble that choose, and those that tell."""
TRIAL_DAYS = 60


@dataclass(frozen=True)
class Advice:
    """A plan on fresh communities: its score over worlds, the limits between which nine of ten worlds have it, effects
    on outcomes, levels, what it costs, and the regret if the world is another; ``seen`` is the chance that a trial of
    one's own shows it, NaN with fewer than two groups.
    """

    plan: Plan
    score: OverWorlds
    one_world: tuple[float, float]
    effects: Mapping[str, OverWorlds]
    levels: Mapping[str, float]
    spent: Spent
    regret: float
    seen: float

    @property
    def is_sure(self) -> bool:
        """Is it better than doing nothing beyond luck and worlds?"""
        return self.score.low > 0


@dataclass(frozen=True)
class Found:
    """What is advised, the best first (none: nothing was better than doing nothing); ``alike`` are plans that the best
    cannot be told from; ``refused`` moves cannot be played there; ``dear`` plans cost more than there is; ``tried``
    plans were looked at, of which ``finalists`` on fresh communities.
    """

    advised: tuple[Advice, ...]
    nothing: Mapping[str, float]
    alike: tuple[Plan, ...]
    refused: Mapping[str, str]
    tried: int
    dear: tuple[Plan, ...] = ()
    finalists: int = 0


def by_arm(outcomes: pd.DataFrame, communities: int) -> dict[str, pd.DataFrame]:
    """The outcomes of each arm, a row a community."""
    return {str(arm): table.set_index("replicate").reindex(range(communities))
            for arm, table in outcomes.groupby("arm", observed=False)}  # fmt: skip


def final(asked: Question, player: Player, finalists: Sequence[Plan], search: Search) -> Found:
    """The finalists on communities that the search has not seen; none that costs more than there is in any of them."""
    n, chosen = asked.sets * (CHOOSING + EACH), asked.sets * CHOOSING
    study = asked.study([NOTHING, *finalists], n, fresh=True)
    shelf = player.play(study)
    search.fresh += study.n_runs
    tables, daily = by_arm(shelf.outcomes(), n), shelf.daily()
    worlds = np.arange(n) % asked.sets
    margin = search.margin()
    costs = {plan: spent(tables[label(plan)], daily[daily["arm"] == label(plan)], worlds, asked.situation, margin)
             for plan in finalists}  # fmt: skip
    choosing = {arm: table.iloc[:chosen] for arm, table in tables.items()}
    gains = {plan: over_worlds(won, worlds[:chosen]).mean for plan, won in _won(asked, finalists, choosing).items()}
    better = sorted((plan for plan in finalists if gains[plan] > 0), key=lambda plan: -gains[plan])
    good = [plan for plan in better if costs[plan].is_within(asked.situation)]

    telling, world = {arm: table.iloc[chosen:] for arm, table in tables.items()}, worlds[chosen:]
    none, daily = telling[label(NOTHING)], daily[daily["replicate"] >= chosen]
    won = _won(asked, good, telling)
    lost = dict(zip(good, regrets(list(won.values()), world), strict=True))
    advised = tuple(
        Advice(plan, over_worlds(won[plan], world), in_one_world(won[plan], world),
               _effects(telling[label(plan)], none, world, study.outcomes),
               _levels(telling[label(plan)], study.outcomes), costs[plan], float(lost[plan]), _seen(daily, plan, asked))
        for plan in good[:MOST_PLANS]
    )  # fmt: skip
    alike = tuple(plan for plan in good[1:] if not over_worlds(won[good[0]] - won[plan], world).low > 0)
    dear = tuple(plan for plan in better if plan not in good)
    tried = len(search.looks.keys() - {NOTHING})
    return Found(advised, _levels(none, study.outcomes), alike, search.refused, tried, dear, len(finalists))


def _won(asked: Question, plans: Sequence[Plan], tables: Mapping[str, pd.DataFrame]) -> dict[Plan, np.ndarray]:
    """The scores of each plan in some communities."""
    none = tables[label(NOTHING)]
    return {plan: scores(tables[label(plan)], none, asked.situation.weights, asked.least) for plan in plans}


def _levels(table: pd.DataFrame, names: Sequence[str]) -> dict[str, float]:
    return {name: float(table[name].mean()) for name in names}


def _effects(plan: pd.DataFrame, none: pd.DataFrame, world: np.ndarray, names: Sequence[str]) -> dict[str, OverWorlds]:
    return {name: over_worlds((plan[name] - none[name]).to_numpy(dtype=np.float64), world) for name in names}


def watched(asked: Question) -> str:
    """The column of the daily table that a trial counts: sales if they matter most, else lines of members."""
    weights = asked.situation.weights
    return "revenue" if max(weights, key=lambda name: weights[name]) == "revenue" else "n_member_messages"


def trial_days(asked: Question) -> int:
    """How long a trial lasts."""
    return min(TRIAL_DAYS, asked.situation.days)


def drawn(asked: Question) -> tuple[int, ...]:
    """Numbers (from 1) of the half of one's groups that try it, by lot; another seed draws another lot."""
    groups = asked.situation.groups
    lot = sorted(range(1, groups + 1), key=lambda number: sha256(f"{asked.seed} {number}".encode()).digest())
    return tuple(sorted(lot[: groups // 2]))


def lot_of(asked: Question) -> pd.DataFrame:
    """A row a group: does it try the plan?"""
    groups = pd.Series(range(1, asked.situation.groups + 1), name="group")
    return pd.DataFrame({"group": groups, "tried": groups.isin(drawn(asked))})


def _seen(daily: pd.DataFrame, plan: Plan, asked: Question) -> float:
    """Chance that what is watched shows it, in half of the groups; a group that is gone has none of it."""
    groups = asked.situation.groups
    first = daily[(daily["day"] < trial_days(asked)) & (daily["group"] < groups)]
    sums = first.groupby(["arm", "replicate", "group"], observed=True)[watched(asked)].sum().rename("value")
    table = sums.reset_index()
    with_plan, without = (table[table["arm"] == label(one)] for one in (plan, NOTHING))
    return chance_of_seeing(with_plan, without, groups // 2)


def table_of(found: Found) -> pd.DataFrame:
    """A row for each plan and outcome."""
    return pd.DataFrame([
        {"plan": label(one.plan), "outcome": name, "with": one.levels[name], "nothing": found.nothing[name],
         "effect": effect.mean, "low": effect.low, "high": effect.high, "score": one.score.mean,
         "score_low": one.score.low, "score_high": one.score.high, "one_world_low": one.one_world[0],
         "one_world_high": one.one_world[1], "regret": one.regret, "seen": one.seen, "n": effect.n,
         "hours_a_day": one.spent.hours.mean, "most_hours_a_day": one.spent.most_hours,
         "yuan_a_month": one.spent.yuan.mean, "most_own_yuan_a_month": one.spent.most_own}
        for one in found.advised for name, effect in one.effects.items()
    ])  # fmt: skip
