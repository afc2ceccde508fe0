"""M5 and M6 day by day: how far people got, and what came in and went out, in each group from day 0 to each day."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from sim.analysis.funnel import is_ordinary
from sim.analysis.money import MINUTES_PER_HOUR
from sim.analysis.noted import noted
from sim.analysis.panel import GROUP, Panel, as_ints, codes
from sim.data.results import Results
from sim.engine.declarations import Column
from sim.mechanisms import mechanisms

__all__ = ["RENEWED", "cost_so_far", "income_so_far", "steps_so_far"]

RENEWED = "n_renewed"
"""Memberships renewed: what the mechanism of dues counts."""
_FEN = 0.01


def steps_so_far(panel: Panel, results: Results) -> dict[str, np.ndarray]:
    """Step of the funnel → (groups, days), people who got there by the evening of each day.

    The steps are those of :func:`sim.analysis.funnel.steps_by_community`, and after ``invited`` those who ``knocked`` at
    the door; who buys twice under one membership has ``bought_again``. Where dues fall due, last how many were renewed. Where
    no memberships were kept there are the first two.
    """
    found = {"invited": _summed(panel.dense("n_invitations")), "knocked": _summed(panel.dense("n_knocks"))}
    if results.purchases is None:
        return found
    spells, bought = results.spells, results.purchases
    ordinary = np.flatnonzero(is_ordinary(spells))
    row = _rows(panel, spells)[ordinary]
    for step, name in (("joined", "day_joined"), ("active", "day_first_post"), ("trusting", "day_trusting")):
        day = as_ints(spells[name])[ordinary]
        is_there = np.full(len(day), True) if step == "joined" else day >= 0
        found[step] = _counted(panel, row[is_there], day[is_there])
    rank, of_ordinary = _ranks(spells, bought, is_ordinary(spells))
    row, day = _rows(panel, bought), bought["day"].to_numpy()
    for k, step in enumerate(("bought", "bought_again")):
        mine = of_ordinary & (rank == k)
        found[step] = _counted(panel, row[mine], day[mine])
    return found | dict(_declared(panel, results, lambda name, _: name == RENEWED))


def income_so_far(panel: Panel, results: Results) -> dict[str, np.ndarray]:
    """Kind of income → (groups, days), CNY: ``purchases``, ``entries``, and each column that a mechanism earns.

    Where purchases were not kept they are among the ``entries``.
    """
    found = dict(_declared(panel, results, lambda _, column: bool(column.earned)))
    if results.purchases is not None:
        bought = results.purchases
        prices = bought["price"].to_numpy(dtype=np.float64)
        found["purchases"] = _counted(panel, _rows(panel, bought), bought["day"].to_numpy(), prices)
    entries = _summed(panel.dense("revenue")) - sum(found.values())
    found["entries"] = np.where(np.abs(entries) < _FEN, 0.0, entries)
    return found


def cost_so_far(panel: Panel, results: Results) -> dict[str, np.ndarray]:
    """Kind of cost → (groups, days), CNY: each column of money that a mechanism books, ``fees`` of experts for the rest,
    and ``hours`` of host and moderators at their wage, where that is known.
    """
    found = dict(_declared(panel, results, lambda _, column: column.is_booked and column.unit == "CNY"))
    fees = _summed(panel.dense("cost")) - sum(found.values())
    found["fees"] = np.where(np.abs(fees) < _FEN, 0.0, fees)
    wage = noted(panel, results.meta.get("arms", {}), "operator", "wage")[panel.community]
    if not np.isnan(wage).any():
        found["hours"] = _summed(panel.dense("host_minutes")) / MINUTES_PER_HOUR * wage[:, None]
    return found


def _declared(panel: Panel, results: Results, is_wanted: Callable[[str, Column], bool]) -> Iterator[tuple[str, np.ndarray]]:
    """Sums of columns that mechanisms count, those that are wanted and not 0 throughout."""
    known = mechanisms()
    for label, table in results.mechanisms.items():
        columns: dict[str, Column] = known[label].columns("group", "daily") if label in known and len(table) else {}
        for name, column in columns.items():
            if name in table and is_wanted(name, column) and (given := table[name].to_numpy(dtype=np.float64)).any():
                yield name, _counted(panel, _rows(panel, table), table["day"].to_numpy(), given)


def _rows(panel: Panel, table: pd.DataFrame) -> np.ndarray:
    """The group of each row of a table in the panel."""
    code, groups = codes(table, GROUP)
    keys = list(GROUP)
    place = panel.groups[keys].assign(row=np.arange(len(panel.groups)))
    found = groups.assign(at=np.arange(len(groups))).merge(place, on=keys, how="inner").sort_values("at")["row"].to_numpy()
    if len(found) != len(groups):
        raise ValueError("tables do not belong together: groups occur that are not in the daily table")
    return found[code]


def _counted(panel: Panel, row: np.ndarray, day: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """(groups, days) of events, or of their weights, up to each day; what was before day 0 is there on day 0."""
    is_seen = day < panel.days
    cell = row[is_seen] * panel.days + np.maximum(day[is_seen], 0)
    size = len(panel.groups) * panel.days
    sums = np.bincount(cell, None if weights is None else weights[is_seen], size)
    return _summed(sums.reshape(len(panel.groups), panel.days))


def _summed(values: np.ndarray) -> np.ndarray:
    """Of each day, the sum up to it."""
    return np.cumsum(values, axis=1, dtype=np.float64)


def _ranks(spells: pd.DataFrame, bought: pd.DataFrame, ordinary: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each purchase, how many were made before it under the same membership, and whether that is an ordinary member's.

    The membership is the last that its person began in the group by that day.
    """
    both = pd.concat([one[[*GROUP, "person"]] for one in (spells, bought) if len(one)] or [spells[[*GROUP, "person"]]])
    who = codes(both, (*GROUP, "person"))[0]
    joined, day = as_ints(spells["day_joined"]), bought["day"].to_numpy().astype(np.int64)
    least, long = min(int(joined.min(initial=0)), 0), int(max(joined.max(initial=0), day.max(initial=0))) + 1
    long -= least
    begun, at = who[: len(spells)] * long + joined - least, who[len(spells) :] * long + day - least
    order = np.argsort(begun, kind="stable")
    spell = order[np.maximum(np.searchsorted(begun[order], at, side="right") - 1, 0)] if len(spells) else at
    in_time = np.lexsort((day, spell))
    new = np.r_[True, np.diff(spell[in_time]) != 0] if len(at) else np.zeros(0, dtype=bool)
    place = np.arange(len(at))
    rank = np.zeros(len(at), dtype=np.int64)
    rank[in_time] = place - np.maximum.accumulate(np.where(new, place, 0))
    return rank, ordinary[spell]
