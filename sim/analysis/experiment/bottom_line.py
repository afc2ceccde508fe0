"""The bottom line of a study: what to do for one thing alone, what for money, what is not worth it, what cannot be told.

All outcomes that know better and worse count, not the first alone, each after Holm's correction (see
:mod:`sim.analysis.experiment.effects`). By arm, against the reference:

    gains    outcomes that are clearly better, and not surely too little to matter
    losses   the same, worse
    not worth it   no gain, and a loss that does not rest on few unusual communities; or surely nothing that matters in
                   any outcome
    cannot tell    no gain, no such loss, but not surely nothing either
    dear           gains, but less money than the reference
    mixed          gains and losses, none of these in money

Whoever is first is named with all arms that may be the best (:func:`sim.analysis.experiment.best.contenders`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sim.analysis.experiment.asked import Asked, Block, block, sign_of
from sim.analysis.experiment.best import contenders
from sim.analysis.experiment.effects import effects
from sim.analysis.outcomes import OUTCOMES

__all__ = ["GAIN", "MONEY", "BottomLine", "First", "bottom_line"]

MONEY = "profit_month"
GAIN, _NOTHING = ("clear", "clear_size_open"), ("clear_tiny", "equal", "same")


@dataclass(frozen=True)
class First:
    """The arm with the best mean of an outcome and the others that may be the best; ``effect`` is its row of effects.

    ``helps``: whether it is clearly better than the reference.
    """

    outcome: str
    arm: str
    others: tuple[str, ...]
    n: int
    effect: pd.Series | None
    helps: bool


@dataclass(frozen=True)
class BottomLine:
    """``best`` of all arms in the primary outcome, ``money`` in money; ``alone`` and ``money_alone`` of the arms of one
    strategy (None where all arms are such: ``only_single``, or none is)."""

    best: First | None
    alone: First | None
    money: First | None
    money_alone: First | None
    only_single: bool
    dear: tuple[str, ...]
    mixed: tuple[str, ...]
    not_worth: tuple[str, ...]
    cannot_tell: tuple[str, ...]


def with_money(study: Asked, table: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The effects of a study, those on money added as a family of their own where it did not ask for them."""
    if MONEY in study.outcomes or MONEY not in table or found.empty:
        return found
    return pd.concat([found, effects(study, table, (MONEY,))], ignore_index=True)


def bottom_line(study: Asked, table: pd.DataFrame, found: pd.DataFrame, world: str) -> BottomLine:
    """What the effects ``found`` (see :func:`with_money`) come to in one world."""
    rows = found[found["world"] == world]
    rows = rows[[sign_of(str(name)) != 0 for name in rows["outcome"]]]
    combined: frozenset[str] = getattr(study, "combined", frozenset())
    arms = [arm for arm in study.arms if arm != study.reference and (rows["arm"] == arm).any()]
    single = [arm for arm in arms if arm not in combined]
    some, primary = 0 < len(single) < len(arms), study.outcomes[0]
    money = MONEY if primary != MONEY else ""
    dear = [arm for arm in arms if _any(rows, arm, 1) and _any(rows, arm, -1, MONEY)]
    return BottomLine(
        best=first(study, table, rows, world, primary, arms),
        alone=first(study, table, rows, world, primary, single) if some else None,
        money=first(study, table, rows, world, money, arms),
        money_alone=first(study, table, rows, world, money, single) if some else None,
        only_single=len(single) == len(arms),
        dear=tuple(dear),
        mixed=tuple(arm for arm in arms if arm not in dear and _any(rows, arm, 1) and _any(rows, arm, -1)),
        not_worth=tuple(arm for arm in arms if _useless(rows, arm)),
        cannot_tell=tuple(arm for arm in arms if not (_any(rows, arm, 1) or _useless(rows, arm))),
    )


def first(
    study: Asked, table: pd.DataFrame, rows: pd.DataFrame, world: str, outcome: str, arms: Sequence[str]
) -> First | None:
    """The best of some arms and the reference; None where nothing is better or the outcome was not counted."""
    if outcome not in table or outcome not in OUTCOMES or not sign_of(outcome) or not arms:
        return None
    some = table[table["arm"].isin([study.reference, *arms])]
    values = block(some, world, outcome)
    if values.n < 2 or len(values.arms) < 2:
        return None
    return _first(study, rows, values)


def _first(study: Asked, rows: pd.DataFrame, values: Block) -> First:
    ranked = contenders(values)
    mine = rows[(rows["arm"] == ranked[0]) & (rows["outcome"] == values.outcome)]
    effect = None if mine.empty else mine.iloc[0]
    helps = effect is not None and effect["verdict"] in GAIN and effect["better"] > 0
    return First(values.outcome, ranked[0], ranked[1:], values.n, effect, helps)


def _any(rows: pd.DataFrame, arm: str, way: int, outcome: str = "") -> bool:
    """Has the arm a gain (``way`` 1) or a loss (−1), in any outcome or in one?"""
    mine = rows[(rows["arm"] == arm) & ((rows["outcome"] == outcome) if outcome else True)]
    return bool((mine["verdict"].isin(GAIN) & (mine["better"] == way)).any())


def _useless(rows: pd.DataFrame, arm: str) -> bool:
    nothing = bool(rows.loc[rows["arm"] == arm, "verdict"].isin(_NOTHING).all())
    sure = rows[~rows["rough"].to_numpy(dtype=bool)]
    return not _any(rows, arm, 1) and (_any(sure, arm, -1) or nothing)
