"""What strategies see of the groups."""

from __future__ import annotations

import numpy as np

from sim.engine import luck
from sim.model.entities import State
from sim.stage_watch import STAGES

__all__ = ["GroupsInView"]


class GroupsInView:
    """What strategies see of the groups in the morning: yesterday's columns, and a lasting source of luck.

    Days are those of the run: a group of a running start, opened ``age`` days before day 0, was born on day −age.
    """

    def __init__(self, state: State, philox: bool, age: int) -> None:
        self._groups, self._worlds, self._philox, self._age = state.groups, state.worlds, philox, age
        self.replicate = state.groups["community"]
        self.stage = np.full(state.groups.size, STAGES.index("germination"))  # judged where a strategy asks for it

    def __getattr__(self, name: str) -> np.ndarray:
        return self._groups[name]  # type: ignore[no-any-return]

    @property
    def day_born(self) -> np.ndarray:
        """The day on which each group was opened; -1 while it is not."""
        born = self._groups["day_born"]
        return np.where(born < 0, born, born - self._age)

    def luck(self, purpose: str) -> np.ndarray:
        """A uniform number per group, today's."""
        keys = self._worlds["day_key"][self._groups["community"]]
        number = luck.PURPOSES.index(purpose) + 1
        return luck.uniforms(keys, self._groups["index"].astype(np.int64), number, philox=self._philox)
