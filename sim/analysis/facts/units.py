"""The units of the bootstrap where a fact is counted from memberships or notes of a run, not from talk."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.logs.marking import room_keys
from sim.analysis.statistics.bootstrap import Ints

__all__ = ["units_of"]


def units_of(cases: pd.DataFrame, known: pd.DataFrame) -> tuple[int, Ints]:
    """How many units there are in ``known``, and the unit of each case: its replicate where there are several, else
    its room. Both frames have the keys of rooms."""
    keys = room_keys(known)
    rooms = known[keys].drop_duplicates()
    by = ["replicate"] if "replicate" in rooms and rooms["replicate"].nunique() > 1 else keys
    codes = rooms.groupby(by, observed=True, sort=True).ngroup()
    of_room = pd.Series(codes.to_numpy(), pd.MultiIndex.from_frame(rooms))
    unit = of_room.reindex(pd.MultiIndex.from_frame(cases[keys])).to_numpy(np.int64)
    return int(codes.max()) + 1 if len(codes) else 0, unit
