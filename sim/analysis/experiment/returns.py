"""What each part earns and costs: all strategies together against all but one of them, in the same communities.

By community r and strategy x, under common luck, in every outcome:

    d(r) = all(r) − without x(r)        mean d̄ with the interval of :mod:`sim.analysis.statistics.skewed`, p corrected by
                                        Holm over the strategies of one world
    return = d̄(revenue) / d̄(cost)       revenue gained per yuan spent, the host's hours paid

The return is told only where the cost is clearly above 0. Its limits are found as Fieller's (1954) are: those ratios R for
which the mean of d(revenue) − R · d(cost) cannot be told from 0, here by the same interval as all other means.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.experiment.asked import Asked, by_arm
from sim.analysis.statistics.paired import CLEAR, paired
from sim.analysis.statistics.ratios import ratio

__all__ = ["EARNED", "GAINED", "LESS", "RETURN", "SPENT", "WHOLE", "parts_of", "returns", "shown"]

#: Labels of the arms of a study that leaves each strategy out.
WHOLE, LESS = "all", "without "
RETURN, EARNED, SPENT, GAINED = "return", "revenue", "cost_with_hours", "profit_with_hours"
_MONEY = (EARNED, "cost", "host_hours", SPENT, "profit", GAINED)


def parts_of(study: Asked) -> dict[str, str]:
    """The arm that lacks a strategy, by strategy, in a study that leaves each one out; empty in any other study."""
    arms = [arm for arm in study.arms if arm.startswith(LESS)]
    left_out = getattr(study, "varied", ()) == ("strategy",) and WHOLE in study.arms
    return {arm.removeprefix(LESS): arm for arm in arms} if left_out else {}


def shown(study: Asked) -> list[str]:
    """The outcomes in which the strategies are weighed: the primary one, then money and time."""
    return list(dict.fromkeys((study.outcomes[0], *_MONEY)))


def returns(study: Asked, table: pd.DataFrame) -> pd.DataFrame:
    """One row per world, strategy and outcome; last of each strategy its return. Most profit after hours comes first.

    Columns: ``world, strategy, outcome, value, low, high, n, p, p_holm, luck, rough, better``; ``value`` is what the
    strategy adds to all others, NaN for a return that cannot be told. ``better``: +1 it does good, −1 harm, 0 neither.
    Empty for a study that does not leave each strategy out, or of which nothing can be paired.
    """
    parts, names = parts_of(study), shown(study)
    if not parts or not set(names) <= set(table):
        return pd.DataFrame()
    rows = table.loc[table["arm"].isin((WHOLE, *parts.values())), ["arm", "world", "replicate", *names]]
    rows = rows[rows["world"].isin(rows.loc[rows["arm"] == WHOLE, "world"])]
    found = paired(rows, WHOLE)
    if found.empty:
        return pd.DataFrame()
    strategies = {arm: strategy for strategy, arm in parts.items()}
    keep = found[["n", "p", "p_holm", "luck", "rough"]]
    sides = {"value": -found["difference"] + 0.0, "low": -found["high"] + 0.0, "high": -found["low"] + 0.0}
    brought = pd.DataFrame({"world": found["world"], "strategy": found["arm"].map(strategies),
                            "outcome": found["outcome"], **sides}).join(keep)  # fmt: skip
    brought["better"] = -found["better"]
    told = [_return(table, str(world), str(strategy), parts, some)
            for (world, strategy), some in brought.groupby(["world", "strategy"], sort=False)]  # fmt: skip
    return _sorted(pd.concat([brought, pd.DataFrame(told)], ignore_index=True))


def _return(
    table: pd.DataFrame, world: str, strategy: str, parts: dict[str, str], brought: pd.DataFrame
) -> dict[str, object]:
    """The row of a strategy's return, NaN where its cost is not clearly above 0."""
    by_name = brought.set_index("outcome")
    spent = by_name.loc[SPENT]
    row = {"world": world, "strategy": strategy, "outcome": RETURN, "value": np.nan, "low": np.nan, "high": np.nan,
           "n": int(spent["n"]), "p": np.nan, "p_holm": np.nan, "luck": "", "rough": False, "better": 0}  # fmt: skip
    if spent["luck"] != CLEAR or spent["value"] <= 0:
        return row
    both = pd.concat([_brought(table, world, name, parts[strategy]) for name in (EARNED, SPENT)], axis=1).dropna()
    earned, paid = both.to_numpy(dtype=np.float64).T
    value, low, high = ratio(earned, paid)
    return {**row, "value": value, "low": low, "high": high, "n": len(both), "rough": bool(by_name.loc[[EARNED, SPENT], "rough"].any())}


def _brought(table: pd.DataFrame, world: str, outcome: str, arm: str) -> pd.Series:
    wide = by_arm(table, world, outcome)
    return wide[WHOLE] - wide[arm]


def _sorted(found: pd.DataFrame) -> pd.DataFrame:
    """Worlds as they come; in each the strategy with most profit after hours first."""
    gained = found[found["outcome"] == GAINED].set_index(["world", "strategy"])["value"]
    keys = pd.DataFrame({
        "world": found["world"].map({world: k for k, world in enumerate(found["world"].unique())}),
        "gained": -gained.reindex(pd.MultiIndex.from_frame(found[["world", "strategy"]])).to_numpy(),
        "strategy": found["strategy"],
    })  # fmt: skip
    order = keys.sort_values(["world", "gained", "strategy"], kind="stable").index
    return found.loc[order].reset_index(drop=True)
