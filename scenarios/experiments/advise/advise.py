"""``shequn advise``: grows plans on the ensemble, measures the finalists on fresh communities, and answers with at most
three of them beside doing nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from scenarios.config.compose import Composer
from scenarios.errors import ConfigError
from scenarios.experiments.advise.final import (
    CHOOSING,
    EACH,
    TRIAL_DAYS,
    Advice,
    Found,
    by_arm,
    final,
    lot_of,
    table_of,
)
from scenarios.experiments.advise.growing import grown
from scenarios.experiments.advise.menu import NOTHING, Plan, label
from scenarios.experiments.advise.question import Question
from scenarios.experiments.advise.situation import from_file, situation_of
from scenarios.experiments.advise.words import WORDS
from scenarios.experiments.cells import Cell, cells_of
from scenarios.experiments.kind import Answer, Planner
from scenarios.experiments.options import Reader
from scenarios.experiments.over_ensemble import sets_of
from scenarios.experiments.plan import Plan as Price
from scenarios.experiments.player import Player
from scenarios.experiments.several import Several
from sim.analysis.experiment.advice import scores
from sim.data.store import Store
from sim.locale.words import say

__all__ = ["EACH", "TRIAL_DAYS", "Advice", "Advise", "Found", "Question", "Search", "final", "table_of", "most_runs"]

_PROBED = 12
"""Single moves that are played for the price of all."""


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
        return say("size_advise", lang, moves=len(asked.singles), sets=asked.sets)

    def plan(self, asked: Question, plan: Planner, store: Store, lang: str) -> tuple[Price, str]:
        """Of all that is played at most, at the price of some single moves; what the store has of it is not known."""
        moves = asked.singles
        fine = Search(asked, None, self.composer).offered(moves[:: max(1, len(moves) // _PROBED)])
        found = plan(asked.study([NOTHING, *fine], asked.sizes.first))
        runs = most_runs(asked)
        whole = found if not found.to_do else found.for_runs(runs, runs)
        return whole, "" if found.to_do else say("advise_plan_stored", lang)

    def play(self, asked: Question, player: Player) -> Answer:
        """Grow, then measure what is left afresh: one set of workers and one bar for all, which may end early."""
        from scenarios.reports.advise_report import told, write_advise_report

        search = Search(asked, player, self.composer)
        with player.steadily(most_runs(asked), asked.sizes.first * (1 + len(asked.singles))):
            finalists = grown(asked.singles, search.measure, search.offered, asked.sizes)
            found = final(asked, player, finalists, search)
        return Answer(asked, search.runs, partial(told, asked, found),
                      {"plans": table_of(found), "lot": lot_of(asked)},
                      partial(write_advise_report, asked, found))  # fmt: skip


def most_runs(asked: Question) -> int:
    """Communities that are played at most, for the search and for the finalists."""
    return asked.sizes.most_runs(len(asked.singles)) + (1 + asked.sizes.finalists) * asked.sets * (CHOOSING + EACH)


class Search:
    """Plays plans for :func:`~.growing.grown`; without a player it only says which could be played."""

    def __init__(self, asked: Question, player: Player | None, composer: Composer) -> None:
        self.asked, self.player, self.composer = asked, player, composer
        self.refused: dict[str, str] = {}
        self.looks: dict[Plan, int] = {}  # on how many communities each plan was looked at
        self.fresh = 0  # runs besides
        self._cells: dict[Plan, Cell] = {}

    def offered(self, plans: Sequence[Plan]) -> list[Plan]:
        """Those that can be played together and in this world."""
        fine = []
        for plan in plans:
            try:
                self.cell(plan)
                fine.append(plan)
            except ConfigError as error:
                self.refused[label(plan)] = str(error).split("\n", 1)[-1]
        return fine

    def cell(self, plan: Plan) -> Cell:
        """A plan in the world, composed once."""
        if plan not in self._cells:
            (self._cells[plan],) = cells_of(self.asked.study([plan], 1), self.composer)
        return self._cells[plan]

    @property
    def runs(self) -> int:
        """How many communities were played for it, those that were looked at twice once."""
        return sum(self.looks.values()) + self.fresh

    def margin(self) -> float:
        """What stays of a sale."""
        return float(self.cell(NOTHING).scenario.numbers["operator.margin"])

    def measure(self, plans: Sequence[Plan], communities: int) -> np.ndarray:
        """Scores on the first communities."""
        assert self.player is not None
        every = list(dict.fromkeys([NOTHING, *plans]))
        study = self.asked.study(every, communities)
        self.looks.update({plan: max(communities, self.looks.get(plan, 0)) for plan in every})
        tables = by_arm(self.player.play(study, [self.cell(plan) for plan in every]).outcomes(), communities)
        none, asked = tables[label(NOTHING)], self.asked
        return np.array([scores(tables[label(plan)], none, asked.situation.weights, asked.least) for plan in plans])
