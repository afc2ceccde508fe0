"""``shequn effects``: plays what strategies are expected to do, and says of each whether it came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from scenarios.errors import ConfigError
from scenarios.experiments.kind import Answer
from scenarios.experiments.options import Reader, setting
from scenarios.experiments.player import Player
from scenarios.experiments.several import Several, sized
from scenarios.experiments.study import Study
from scenarios.experiments.trials.asked import MONEY, Case, Trials, trials_of
from scenarios.reports.effects_table import told
from sim.analysis.experiment.effects import smallest_relevant
from sim.analysis.experiment.trials import Trial, judged
from sim.analysis.statistics.skewed import mean_interval
from sim.locale.words import say

__all__ = ["Effects"]

SEEDS = 200


def _names(key: str, value: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in value.strip("[]").split(",") if part.strip())
    if not names:
        raise ConfigError(f"{key}= names no strategy; write it like {key}=red_packet,paid_entry")
    return names


class Effects(Several[Trials]):
    """``shequn effects``."""

    name, what, example = "effects", "effects", "only=red_packet"
    words: ClassVar[Mapping[str, Reader]] = {"only": _names, "seeds": setting, "seed": setting}

    def read(self, name: str, said: Mapping[str, Any], extra: tuple[str, ...]) -> Trials:
        """All strategies, or those said to ``only``."""
        return trials_of(said.get("only", ()), said.get("seeds", SEEDS), said.get("seed", 1), sized(extra))

    def size(self, asked: Trials, lang: str) -> str:
        """Strategies, arms, seeds."""
        arms = sum(len(study.arms) for study in asked.studies)
        strategies = len({case.strategy for case in asked.cases})
        return say("size_effects", lang, strategies=strategies, arms=arms, seeds=asked.seeds)

    def play(self, asked: Trials, player: Player) -> Answer:
        """Every study in turn; then all expectations together."""
        tables = [player.play(study).outcomes() for study in asked.studies]
        runs = sum(study.n_runs for study in asked.studies)
        if any(table.empty for table in tables):
            return Answer(asked, runs, lambda lang: ([], []), why="why_no_run")
        from scenarios.reports.effects_report import write_effects_report

        found = table_of(asked.cases, asked.studies, tables)
        return Answer(asked, runs, partial(told, found, asked.seeds), {"effects": found},
                      partial(write_effects_report, asked, found))  # fmt: skip


def table_of(cases: Sequence[Case], studies: Sequence[Study], tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The verdicts (:func:`sim.analysis.experiment.trials.judged`), and what each dose costs: by group and month after
    hours (``profit_month``), and hours (``hours_month``), with limits.
    """
    trials, money = [], []
    for case in cases:
        study, table = studies[case.study], tables[case.study]
        one, (base, arm) = case.expected, _sides(table, study.reference, case.arm)
        least = one.least or smallest_relevant(one.outcome, float(base[one.outcome].mean()))
        differences = (arm[one.outcome] - base[one.outcome]).to_numpy(dtype=np.float64)
        trials.append(Trial(case.strategy, next(iter(study.worlds)), one.against, one.outcome, case.dose, one.sign,
                            least, differences, case.is_judged))  # fmt: skip
        money.append(_money(arm, base))
    return pd.concat([judged(trials), pd.DataFrame(money)], axis=1)


def _sides(table: pd.DataFrame, reference: str, arm: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The reference and an arm, row by row the same communities."""
    base, other = (table[table["arm"] == name].set_index("replicate") for name in (reference, arm))
    shared = base.index.intersection(other.index)
    return base.loc[shared], other.loc[shared]


def _money(arm: pd.DataFrame, base: pd.DataFrame) -> dict[str, float]:
    row: dict[str, float] = {}
    for name in MONEY:
        found = mean_interval((arm[name] - base[name]).to_numpy(dtype=np.float64))
        row |= {name: float(found.mean), f"{name}_low": float(found.low), f"{name}_high": float(found.high)}
    return row
