"""The tables of a study, read back from the store: outcomes, lifetimes, and the daily table where it was kept.

Rows are sorted by world and arm (in the study's order), replicate and group, so the same runs give the same bytes,
whoever played them and in whatever order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from scenarios.study.cells import Cell
from scenarios.study.study import Study
from sim.analysis.outcomes import OUTCOMES
from sim.store import Store
from sim.store.chunks import LIVES, unnested

__all__ = ["Shelf"]

_PLACE = ("arm", "world", "replicate")


@dataclass(frozen=True)
class Shelf:
    """What the store holds of a study. Runs that failed or were not played yet are missing from every table."""

    study: Study
    cells: Sequence[Cell]
    store: Store

    def outcomes(self) -> pd.DataFrame:
        """One row a run: ``arm, world, replicate`` and one float column per outcome."""
        parts = [self._outcomes(cell) for cell in self.cells]
        return self._labelled(pd.concat(parts, ignore_index=True) if parts else _empty())

    def lifetimes(self) -> pd.DataFrame:
        """One row a group: ``arm, world, replicate, group, lifetime, censored, cause``."""
        found = self._labelled(self._nested("lifetimes"))
        found["cause"] = pd.Categorical(found["cause"], categories=["silent", "dissolved"])
        return found[[*_PLACE, *LIVES]]

    def daily(self) -> pd.DataFrame:
        """The daily tables, of those runs for which they were kept."""
        return self._labelled(self._nested("daily"))

    def _place(self, cell: Cell) -> dict[str, int]:
        return {run: replicate for replicate, run in enumerate(cell.runs(range(self.study.seeds)))}

    def _outcomes(self, cell: Cell) -> pd.DataFrame:
        wanted = self._place(cell)
        names = list(OUTCOMES)
        parts = [table.to_pandas() for table in self.store.tables(wanted, ["run", "replicate", *names])]
        frame = pd.concat(parts, ignore_index=True) if parts else _empty(["run"])
        frame = frame.assign(arm=cell.arm, world=cell.world)
        return frame[[*_PLACE, *names]]

    def _nested(self, column: str) -> pd.DataFrame:
        parts = []
        for cell in self.cells:
            wanted = self._place(cell)
            for table in self.store.tables(wanted, ["run", column]):
                frame = unnested(table, column)
                frame.insert(0, "replicate", frame.pop("run").map(wanted).astype(np.int32))
                parts.append(frame.assign(arm=cell.arm, world=cell.world))
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*_PLACE, *LIVES])

    def _labelled(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Labels as categories in the study's order; rows in the canonical order."""
        frame = frame.assign(
            arm=pd.Categorical(frame["arm"], categories=list(self.study.arms)),
            world=pd.Categorical(frame["world"], categories=list(self.study.worlds)),
            replicate=frame["replicate"].astype(np.int32),
        )
        keys = ["world", "arm", "replicate", *(name for name in ("group", "day") if name in frame)]
        first = [*_PLACE, *(name for name in frame.columns if name not in _PLACE)]
        return frame.sort_values(keys, kind="stable", ignore_index=True)[first]


def _empty(more: Sequence[str] = ()) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=float) for name in (*more, *_PLACE, *OUTCOMES)})
