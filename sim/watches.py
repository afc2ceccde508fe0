"""What is noted every evening of a run that no table holds: who looked in, who muted a group, what packets moved.

Measuring alone: a run that is watched is the same run. Each watch is handed to :func:`sim.replication.simulate`, and
has a ``frame`` when the run is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from sim.simulation import Engine

__all__ = ["WATCHES", "Looks", "Mutes", "Packets", "Watch"]


class Watch:
    """Rows of members that are noted this evening, and the columns that stand beside who and where."""

    columns: tuple[str, ...] = ()

    def __init__(self) -> None:
        self._noted: list[dict[str, Any]] = []

    def __call__(self, engine: Engine) -> None:
        rows, more = self.noted(engine)
        if len(rows):
            self._noted.append(_placed(engine, rows) | dict(more))  # a batch appends whole evenings: any thread may

    def noted(self, engine: Engine) -> tuple[np.ndarray, Mapping[str, np.ndarray]]:
        """Rows to be noted, and their further columns."""
        raise NotImplementedError

    @property
    def frame(self) -> pd.DataFrame:
        """One row for each member noted on a day: replicate, group, person, day and the ``columns``."""
        names = ("replicate", "group", "person", "day", *self.columns)
        found = {name: [np.zeros(0, np.int32), *(one[name] for one in self._noted)] for name in names}
        frame = pd.DataFrame({name: np.concatenate(parts) for name, parts in found.items()})
        return frame.sort_values(list(names[:4]), kind="stable", ignore_index=True)


class Looks(Watch):
    """Everybody who looked in at the group on the day, staff too."""

    def noted(self, engine: Engine) -> tuple[np.ndarray, Mapping[str, np.ndarray]]:
        """Rows whose last look was today."""
        state = engine.state
        return _used(engine, state.members["day_looked"] == state.worlds["day"][0]), {}


class Mutes(Watch):
    """Members who have muted their group, on days on which anybody in it did; the first day of each is their own."""

    def noted(self, engine: Engine) -> tuple[np.ndarray, Mapping[str, np.ndarray]]:
        """Rows of members who have muted their group."""
        muting = engine.state.groups["new_muted"] > 0
        if not muting.any():
            return np.zeros(0, np.int64), {}
        rows = _used(engine, engine.state.members["is_muted"] == 1)
        return rows[muting[rows // _seats(engine)]], {}


class Packets(Watch):
    """Members who took a share of the host's red packet: ``received`` of it, and ``sent`` on by midnight, in fen."""

    columns = ("received", "sent")

    def noted(self, engine: Engine) -> tuple[np.ndarray, Mapping[str, np.ndarray]]:
        """Rows with a share of today's packet."""
        own = engine.in_play.own["red_packet"].members
        taken = (own["day"] == engine.state.worlds["day"][0]) & (own["fen_of_host"] > 0)
        rows = _used(engine, taken)
        return rows, {"received": own["fen_of_host"][rows], "sent": own["fen_given"][rows]}


WATCHES: dict[str, type[Watch]] = {"looks": Looks, "mutes": Mutes, "packets": Packets}


def _seats(engine: Engine) -> int:
    """Rows of members a group."""
    return int(engine.state.groups["seats"][0]) + 1


def _used(engine: Engine, marked: np.ndarray) -> np.ndarray:
    """Marked rows in seats that were ever taken, in groups that are open: others hold what was left in them."""
    groups, seats = engine.state.groups, _seats(engine)
    rows = np.flatnonzero(marked[: groups.size * seats])
    home = rows // seats
    return rows[(rows % seats < groups["n_slots"][home]) & (groups["is_open"][home] == 1)]


def _placed(engine: Engine, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Replicate, group, person and day of rows; who left today is still in theirs, with the number turned."""
    groups, home = engine.state.groups, rows // _seats(engine)
    person = engine.state.members["person"][rows]
    return {
        "replicate": (engine.first + groups["community"][home]).astype(np.int32),
        "group": groups["index"][home].astype(np.int32),
        "person": np.where(person < 0, -1 - person, person).astype(np.int32),
        "day": np.full(len(rows), engine.day, np.int32),
    }
