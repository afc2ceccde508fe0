"""The boards of a tournament: what each team reached, what it spent, and who beat whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scenarios.experiments.advise.spending import Budget, Spent, spent
from scenarios.experiments.tables import Shelf
from scenarios.experiments.tournament.team import NOTHING
from sim.analysis.ceilings import Ends, bounds
from sim.analysis.experiment.contest import Contest, contest, lives_to_the_end
from sim.analysis.experiment.identical import identical
from sim.analysis.lifetimes import WINDOWS
from sim.analysis.registry import OUTCOMES

__all__ = ["BOARDS", "MEASURES", "Boards", "boards_of"]

BOARDS = {"lifetime": "lifetime", "conversion": "buyers", "return": "newcomers_again", "belonging": "belonging_of_all"}
"""Board → outcome. A group that was closed has ended; where nobody came, nobody came back: undefined counts 0."""
MEASURES = (*BOARDS.values(), "host_hours", "cost")
_SIDES = {1: "better", -1: "worse", 0: "not told apart"}


class Asked(Budget, Protocol):
    """What boards need of a tournament."""

    @property
    def names(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Boards:
    """A contest by board, what each team spent, teams that come to the same in everything, those that are ``over`` the
    budget and so on no board, and of how many communities (``n``, of those ``asked`` for) all numbers are.
    """

    boards: Mapping[str, Contest]
    spent: Mapping[str, Spent]
    alike: tuple[tuple[str, ...], ...]
    over: tuple[str, ...]
    n: int
    asked: int
    ends: Ends

    def tables(self) -> dict[str, pd.DataFrame]:
        """``boards``, a row a board and team; ``duels``, a row a board and pair; ``budget``, a row a team."""
        return {"boards": self._boards(), "duels": self._duels(), "budget": self._budget()}

    def _boards(self) -> pd.DataFrame:
        return pd.DataFrame([
            {"board": board, "outcome": BOARDS[board], "team": one.teams[k], "place": int(one.place[k]),
             "place_low": int(one.place_low[k]), "place_high": int(one.place_high[k]), "mean": one.mean[k],
             "low": one.low[k], "high": one.high[k], "unit": OUTCOMES[BOARDS[board]].unit, "n": one.n}
            for board, one in self.boards.items() for k in one.order
        ])  # fmt: skip

    def _duels(self) -> pd.DataFrame:
        return pd.DataFrame([
            {"board": board, "team": one.teams[j], "against": one.teams[k], "won": duel.won, "tied": duel.tied,
             "lost": duel.lost, "difference": duel.difference, "low": duel.low, "high": duel.high, "p_holm": duel.p,
             "surely": _SIDES[duel.sure], "n": one.n}
            for board, one in self.boards.items() for j in one.order for k in one.order if j != k
            for duel in [one.duels[j, k]]
        ])  # fmt: skip

    def _budget(self) -> pd.DataFrame:
        return pd.DataFrame([
            {"team": team, "hours_a_day": one.hours.mean, "hours_low": one.hours.low, "hours_high": one.hours.high,
             "most_hours_a_day": one.most_hours, "yuan_a_month": one.yuan.mean, "yuan_low": one.yuan.low,
             "yuan_high": one.yuan.high, "most_own_yuan_a_month": one.most_own, "n": one.hours.n}
            for team, one in self.spent.items()
        ])  # fmt: skip


def boards_of(asked: Asked, shelf: Shelf) -> Boards | None:
    """From the runs in the store, of communities that every team has played; None where there are none."""
    outcomes = shelf.outcomes()
    outcomes["arm"] = outcomes["arm"].astype(str)
    whole = _whole(outcomes, asked.names)
    if not len(whole):
        return None
    lives = shelf.lifetimes()
    lives["arm"] = pd.Categorical(lives["arm"].astype(str), categories=asked.names)
    horizon = asked.days - 1 - WINDOWS[1]
    closed = lives_to_the_end(lives, horizon).astype({"arm": str})
    table = outcomes.drop(columns="lifetime").merge(closed, on=["arm", "replicate"], validate="one_to_one")
    daily = shelf.daily()
    daily = daily[daily["replicate"].isin(whole)]
    margin = float(shelf.cells[0].scenario.numbers["operator.margin"])
    costs = {team: _spent(team, outcomes, daily, whole, asked, margin) for team in asked.names}
    alike = identical(outcomes.assign(arm=pd.Categorical(outcomes["arm"], categories=asked.names)))
    over = tuple(team for team in asked.names if team != NOTHING and not costs[team].is_within(asked))
    names = [team for team in asked.names if team not in over]
    ends = Ends(horizon)
    boards = {board: contest(names, _wide(table, outcome, names, whole), bounds(outcome, ends))
              for board, outcome in BOARDS.items()}  # fmt: skip
    return Boards(boards, costs, tuple(alike), over, len(whole), shelf.study.seeds, ends)


def _whole(outcomes: pd.DataFrame, names: Sequence[str]) -> NDArray[np.int64]:
    """Communities in which everybody was played."""
    played = outcomes.groupby("replicate")["arm"].nunique()
    return played.index[played == len(names)].to_numpy(dtype=np.int64)


def _wide(table: pd.DataFrame, outcome: str, names: Sequence[str], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    """(communities, teams)."""
    wide = table.pivot(index="replicate", columns="arm", values=outcome)
    return wide.loc[whole, list(names)].fillna(0.0).to_numpy(dtype=np.float64)


def _spent(
    team: str, outcomes: pd.DataFrame, daily: pd.DataFrame, whole: NDArray[np.int64], asked: Asked, margin: float
) -> Spent:
    """Of one team; each community stands for itself."""
    mine = outcomes[outcomes["arm"] == team].set_index("replicate").loc[whole]
    return spent(mine, daily[daily["arm"] == team], np.arange(len(whole)), asked, margin)
