"""``shequn pairs``: plays two-by-two tables, again on fresh communities what passes, and says what can be named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from scenarios.config.compose import Composer
from scenarios.experiments.kind import Answer, Planner
from scenarios.experiments.options import Reader
from scenarios.experiments.pairs.asked import Pair, Pairs
from scenarios.experiments.pairs.words import EXAMPLE, WORDS, question_of
from scenarios.experiments.plan import Plan
from scenarios.experiments.plan import told as told_time
from scenarios.experiments.player import Player
from scenarios.experiments.several import Several, sized
from scenarios.experiments.tables import Shelf
from sim.analysis.ceilings import Ends, seats_of
from sim.analysis.experiment.pairs import Square, first_look, second_look
from sim.analysis.lifetimes import WINDOWS
from sim.data.store import Store
from sim.locale.words import say

__all__ = ["PairsKind"]


class PairsKind(Several[Pairs]):
    """``shequn pairs``."""

    name, what, example = "pairs", "pairs", EXAMPLE
    words: ClassVar[Mapping[str, Reader]] = WORDS

    def __init__(self, composer: Composer | None = None) -> None:
        self.composer = composer or Composer()

    def read(self, name: str, said: Mapping[str, Any], extra: tuple[str, ...]) -> Pairs:
        """The predicted pairs, those said to ``only``, or all."""
        return question_of(said, sized(extra), self.composer)

    def size(self, asked: Pairs, lang: str) -> str:
        """Pairs, worlds, arms, seeds."""
        arms, pairs = sum(len(study.arms) for study in asked.studies), {(one.first, one.second) for one in asked.pairs}
        return say("size_pairs", lang, pairs=len(pairs), worlds=len(asked.worlds), arms=arms, seeds=asked.seeds)

    def plan(self, asked: Pairs, plan: Planner, store: Store, lang: str) -> tuple[Plan, str]:
        """That of the first look; what the second costs at most."""
        found, _ = super().plan(asked, plan, store, lang)
        runs = sum(len(study.arms) for study in asked.studies) * asked.fresh_seeds
        if not found.to_do:
            return found, ""
        again = found.for_runs(runs, runs)
        return found, say("plan_pairs_again", lang, fresh=asked.fresh_seeds, runs=runs, time=told_time(again.seconds),
                          disk=f"{again.disk / 1e6:,.2f}")  # fmt: skip

    def play(self, asked: Pairs, player: Player) -> Answer:
        """Every pair; then those that pass once more, on other communities."""
        first = {number: Played.of(player.play(study)) for number, study in enumerate(asked.studies)}
        if any(one.is_empty for one in first.values()):
            return Answer(asked, asked.runs, lambda lang: ([], []), why="why_no_run")
        rows = [(pair, outcome) for pair in asked.pairs for outcome in asked.looked_at(pair)]
        table = first_look([first[pair.study].square(pair, outcome) for pair, outcome in rows])
        passing = {row: rows[row] for row in np.flatnonzero(table["passes"]).tolist()}
        again = asked.fresh(pair for pair, _ in passing.values())
        fresh = {number: Played.of(player.play(study)) for number, study in again.items()}
        found = second_look(table, {row: fresh[pair.study].square(pair, outcome)
                                    for row, (pair, outcome) in passing.items()})  # fmt: skip
        return _answer(asked, asked.runs + sum(study.n_runs for study in again.values()), found)


def _answer(asked: Pairs, runs: int, found: pd.DataFrame) -> Answer:
    from scenarios.reports.pairs_report import write_pairs_report
    from scenarios.reports.pairs_table import told

    tables = {"pairs": found}
    if asked.refused:
        tables["refused"] = pd.DataFrame(list(asked.refused), columns=["first", "second", "why"])
    page = partial(write_pairs_report, asked, found)
    return Answer(asked, runs, partial(told, asked, found), tables, page)


@dataclass(frozen=True)
class Played:
    """What was played of a study: each outcome as a table of arms and communities, made once."""

    outcomes: pd.DataFrame
    ends: Ends
    wide: dict[str, pd.DataFrame] = field(default_factory=dict)

    @classmethod
    def of(cls, shelf: Shelf) -> Played:
        """What the store holds of it."""
        seats = seats_of(cell.scenario.as_dict() for cell in shelf.cells)
        table = shelf.outcomes()
        return cls(table.assign(arm=table["arm"].astype(str)), Ends(shelf.study.days - WINDOWS[1] - 1, seats))

    @property
    def is_empty(self) -> bool:
        """Was nothing played?"""
        return self.outcomes.empty

    def square(self, pair: Pair, outcome: str) -> Square:
        """The two-by-two table of a pair; undefined throughout where none of the runs counts the outcome."""
        if outcome not in self.wide:
            table = self.outcomes if outcome in self.outcomes else self.outcomes.assign(**{outcome: np.nan})
            self.wide[outcome] = table.pivot(index="arm", columns="replicate", values=outcome)
        values = self.wide[outcome].reindex(index=list(pair.arms)).to_numpy(dtype=np.float64)
        expected = pair.expected if outcome == pair.outcome else ""
        return Square(pair.first, pair.second, pair.world, outcome, values, expected, self.ends)
