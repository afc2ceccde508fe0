"""``shequn advise``: grows plans on the ensemble, measures the finalists on fresh communities, and answers with at most
three of them beside doing nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from scenarios.config.compose import Composer
from scenarios.errors import ConfigError
from scenarios.experiments.advise.growing import Sizes, grown
from scenarios.experiments.advise.menu import NOTHING, Plan, label, overrides, singles
from scenarios.experiments.advise.situation import Situation, from_file, situation_of
from scenarios.experiments.advise.words import WORDS
from scenarios.experiments.cells import cells_of
from scenarios.experiments.kind import Answer
from scenarios.experiments.options import Reader
from scenarios.experiments.over_ensemble import sets_of
from scenarios.experiments.player import Player
from scenarios.experiments.several import Several
from scenarios.experiments.study import Study
from sim.analysis.experiment.advice import chance_of_seeing, regret, scores
from sim.analysis.experiment.over_worlds import OverWorlds, over_worlds
from sim.locale.words import say

__all__ = ["EACH", "TRIAL_DAYS", "Advice", "Advise", "Found", "Question"]

MOST_PLANS = 3
EACH = 2
"""Fresh communities in each world of the ensemble."""
MONEY = ("cost", "revenue", "host_hours", "profit_month")
TRIAL_DAYS = 60


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
    def studies(self) -> tuple[Study, ...]:
        """What is played first: nothing, and every single move."""
        return (self.study([NOTHING, *singles(self.situation.without)], self.sizes.first),)

    def study(self, plans: Sequence[Plan], communities: int, fresh: bool = False) -> Study:
        """Some plans on the first communities; ``fresh``: on others, with the daily table."""
        arms = {label(plan): overrides(plan) for plan in plans}
        outcomes = tuple(dict.fromkeys([*self.situation.weights, "lifetime", "member_messages", *MONEY]))
        world = ("world=ensemble", *self.situation.world)
        return Study("advise", self.title, {}, {"groups": world}, arms, label(NOTHING), communities, outcomes,
                     self.situation.days, self.seed + fresh, self.extra, daily=fresh, part="advise")  # fmt: skip


@dataclass(frozen=True)
class Advice:
    """A plan on fresh communities: its score, effects on outcomes, and the regret if the world is another; ``seen`` is
    the chance that a trial of one's own shows it, NaN with fewer than two groups."""

    plan: Plan
    score: OverWorlds
    effects: Mapping[str, OverWorlds]
    levels: Mapping[str, float]
    regret: float
    seen: float


@dataclass(frozen=True)
class Found:
    """What is advised, the best first (none: nothing was better than doing nothing); ``alike`` are plans that the best
    cannot be told from; ``refused`` moves cannot be played there; ``tried`` plans were looked at."""

    advised: tuple[Advice, ...]
    nothing: Mapping[str, float]
    alike: tuple[Plan, ...]
    refused: Mapping[str, str]
    tried: int


class Advise(Several[Question]):
    """``shequn advise``."""

    name, what, example = "advise", "advise", "hours=1 yuan=500"
    words: ClassVar[Mapping[str, Reader]] = WORDS

    def __init__(self, composer: Composer | None = None) -> None:
        self.composer = composer or Composer()

    def read(self, name: str, said: Mapping[str, Any], extra: tuple[str, ...]) -> Question:
        """What was said, or what a file says, with what was said besides."""
        chosen = dict(said)
        seed, path = chosen.pop("seed", 1), chosen.pop("file", "")
        situation = situation_of(chosen, "advise")
        if path:
            base = from_file(Path(path))
            situation = replace(base, **{key: value for key, value in asdict(situation).items() if key in chosen})
        asked = Question(situation, extra, seed, sets_of(extra))
        cells_of(asked.study([NOTHING], 1), self.composer)
        return asked

    def size(self, asked: Question, lang: str) -> str:
        """Moves, and worlds."""
        return say("size_advise", lang, moves=len(singles(asked.situation.without)), sets=asked.sets)

    def play(self, asked: Question, player: Player) -> Answer:
        """Grow, then measure what is left afresh."""
        from scenarios.reports.advise_report import told, write_advise_report

        search = Search(asked, player, self.composer)
        finalists = grown(singles(asked.situation.without), search.measure, search.offered, asked.sizes)
        found = final(asked, player, finalists, search)
        return Answer(asked, search.runs, partial(told, asked, found), {"plans": table_of(found)},
                      partial(write_advise_report, asked, found))  # fmt: skip


class Search:
    """Plays plans for :func:`~scenarios.experiments.advise.growing.grown`."""

    def __init__(self, asked: Question, player: Player, composer: Composer) -> None:
        self.asked, self.player, self.composer = asked, player, composer
        self.refused: dict[str, str] = {}
        self.seen: set[Plan] = set()
        self.runs = 0

    def offered(self, plans: Sequence[Plan]) -> list[Plan]:
        """Those that can be played together and in this world."""
        fine = []
        for plan in plans:
            try:
                cells_of(self.asked.study([NOTHING, plan], 1), self.composer)
                fine.append(plan)
            except ConfigError as error:
                self.refused[label(plan)] = str(error).split("\n", 1)[-1]
        return fine

    def measure(self, plans: Sequence[Plan], communities: int) -> np.ndarray:
        """Scores on the first communities."""
        study = self.asked.study([NOTHING, *plans], communities)
        self.seen.update(plans)
        self.runs += study.n_runs
        tables = by_arm(self.player.play(study).outcomes(), communities)
        none = tables[label(NOTHING)]
        return np.array([scores(tables[label(plan)], none, self.asked.situation.weights) for plan in plans])


def by_arm(outcomes: pd.DataFrame, communities: int) -> dict[str, pd.DataFrame]:
    """The outcomes of each arm, a row a community."""
    return {str(arm): table.set_index("replicate").reindex(range(communities))
            for arm, table in outcomes.groupby("arm", observed=False)}  # fmt: skip


def final(asked: Question, player: Player, finalists: Sequence[Plan], search: Search) -> Found:
    """The finalists on communities that the search has not seen."""
    n = asked.sets * EACH
    study = asked.study([NOTHING, *finalists], n, fresh=True)
    shelf = player.play(study)
    search.runs += study.n_runs
    tables, world = by_arm(shelf.outcomes(), n), np.arange(n) % asked.sets
    none = tables[label(NOTHING)]
    won = {plan: scores(tables[label(plan)], none, asked.situation.weights) for plan in finalists}
    each = {plan: over_worlds(won[plan], world) for plan in finalists}
    means = np.array([[np.nanmean(won[plan][world == w]) for w in range(asked.sets)] for plan in finalists])
    lost = dict(zip(finalists, regret(means), strict=True)) if finalists else {}
    good = sorted((plan for plan in finalists if each[plan].mean > 0), key=lambda plan: -each[plan].mean)
    alike = tuple(plan for plan in good[1:] if _is_alike(won[good[0]] - won[plan], world))
    daily = shelf.daily()
    advised = tuple(
        Advice(plan, each[plan], _effects(tables[label(plan)], none, world, study.outcomes),
               {name: float(tables[label(plan)][name].mean()) for name in study.outcomes}, float(lost[plan]),
               _seen(daily, plan, asked.situation.groups))
        for plan in good[:MOST_PLANS]
    )  # fmt: skip
    return Found(advised, {name: float(none[name].mean()) for name in study.outcomes}, alike, search.refused,
                 len(search.seen))  # fmt: skip


def _is_alike(gap: np.ndarray, world: np.ndarray) -> bool:
    found = over_worlds(gap, world)
    return not found.low > 0


def _effects(plan: pd.DataFrame, none: pd.DataFrame, world: np.ndarray, names: Sequence[str]) -> dict[str, OverWorlds]:
    return {name: over_worlds((plan[name] - none[name]).to_numpy(dtype=np.float64), world) for name in names}


def _seen(daily: pd.DataFrame, plan: Plan, groups: int) -> float:
    """Chance that lines of members over two months show it, in half of the groups."""
    first = daily[(daily["day"] < TRIAL_DAYS) & (daily["group"] < groups)]
    lines = first.groupby(["arm", "replicate", "group"], observed=True)["n_member_messages"].mean().rename("value")
    table = lines.reset_index()
    with_plan, without = (table[table["arm"] == label(one)] for one in (plan, NOTHING))
    return chance_of_seeing(with_plan, without, groups // 2)


def table_of(found: Found) -> pd.DataFrame:
    """A row for each plan and outcome."""
    return pd.DataFrame([
        {"plan": label(one.plan), "outcome": name, "with": one.levels[name], "nothing": found.nothing[name],
         "effect": effect.mean, "low": effect.low, "high": effect.high, "score": one.score.mean,
         "score_low": one.score.low, "score_high": one.score.high, "regret": one.regret, "seen": one.seen,
         "n": effect.n}
        for one in found.advised for name, effect in one.effects.items()
    ])  # fmt: skip
