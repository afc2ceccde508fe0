"""Which arms are the same? Under common luck an arm that changes nothing gives the very same numbers, cell by cell."""

from __future__ import annotations

import pandas as pd

from sim.analysis.outcomes import OUTCOMES

__all__ = ["identical"]


def identical(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """Sets of arms with equal outcomes in every community of every world (NaN equals NaN), in order of appearance.

    Every outcome in the table counts, not only those the study asks for. Two arms in one set differ in name alone, or
    a setting of theirs has no effect: worth a look.
    """
    names = [name for name in OUTCOMES if name in table]
    found: list[tuple[pd.DataFrame, list[str]]] = []
    for arm in table["arm"].cat.categories:
        rows = table[table["arm"] == arm]
        if rows.empty:
            continue
        cells = rows.set_index(["world", "replicate"])[names].sort_index()
        for first, members in found:
            if cells.index.equals(first.index) and cells.equals(first):
                members.append(str(arm))
                break
        else:
            found.append((cells, [str(arm)]))
    return [tuple(members) for _, members in found if len(members) > 1]
