"""Which groups are the operator's: the one place that says so to all that is recorded.

Every table of a run is of the operator's groups alone, so lifetimes, members, money, the ledger, mechanisms' counts and
whatever is worked out from them know no other. The days of groups of another owner (a rival, a promoter) stand in the
table ``others``, which a run has where there were any: some columns of ``daily``, and ``owner``, 1 for a rival, 2 + the
number of the person for a promoter.
"""

from __future__ import annotations

import numpy as np

from sim.data import tables
from sim.model.entities import State
from sim.model.hands import OPERATORS

__all__ = ["is_operators", "of_others", "rows_of_operators"]


def is_operators(state: State) -> np.ndarray:
    """Of each group, whether it is the operator's; those that are not opened yet are."""
    return np.asarray(state.groups["owner"] == OPERATORS)


def rows_of_operators(state: State, rows: np.ndarray) -> np.ndarray:
    """Of rows of members, those whose seats are in the operator's groups."""
    return rows[is_operators(state)[rows // (state.groups["seats"][0] + 1)]]


def of_others(state: State, days: np.ndarray) -> np.ndarray:
    """The table ``others`` from the rows (groups, days) of all groups; day −1 before a group is born."""
    others = np.flatnonzero(~is_operators(state))
    table = np.zeros((others.size, days.shape[1]), tables.OTHERS)
    for name in tables.OTHERS.names or ():
        table[name] = state.groups["owner"][others, None] if name == "owner" else days[name][others]
    return table[table["day"] >= 0]
