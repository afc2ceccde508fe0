"""When and where a strategy is played: days, rhythm, the group's stage and size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.engine.knobs import Knob, KnobSet
from sim.stage_watch import STAGES

__all__ = ["Window"]

ALWAYS = 36_500
ANY_SIZE = 1_000_000


class Window(KnobSet):
    """The knobs that every strategy has beside its own. Open by default: every day, in every group.

    Played on day d in a group of n members if from_day ≤ d ≤ until_day, (d − from_day) mod every < length,
    size_above ≤ n < size_below, and the group's stage is ``while_stage``, as its host judges it in the morning
    (:mod:`sim.stage_watch`). Elsewhere its levers stand as if it were not there.
    """

    from_day = Knob(0, 0, ALWAYS, "day", "first day on which it is played", "the user's plan")
    until_day = Knob(ALWAYS, 0, ALWAYS, "day", "last day on which it is played", "the user's plan")
    every = Knob(1, 1, 3_650, "days", "rhythm: it begins anew every so many days", "the user's plan")
    length = Knob(1, 1, 3_650, "days", "rhythm: for so many days each time", "the user's plan")
    while_stage = Knob("any", None, None, "", "only in groups at this stage", "the user's plan",
                       choices=("any", *STAGES))
    size_above = Knob(0, 0, ANY_SIZE, "members", "only in groups of at least so many", "the user's plan")
    size_below = Knob(ANY_SIZE, 1, ANY_SIZE, "members", "only in groups of fewer than so many", "the user's plan")

    @classmethod
    def window_knobs(cls) -> Mapping[str, Knob[Any]]:
        """These knobs, by name."""
        return {name: knob for name, knob in vars(Window).items() if isinstance(knob, Knob)}

    @property
    def window(self) -> dict[str, Any]:
        """Those that are not as they are by default."""
        mine = {name: self.__dict__[name] for name in self.window_knobs()}
        return {name: value for name, value in mine.items() if value != self.window_knobs()[name].default}

    def is_day(self, day: int) -> bool:
        """Is it played anywhere on this day?"""
        return self.from_day <= day <= self.until_day and (day - self.from_day) % self.every < self.length

    def open_in(self, groups: Any, day: int) -> np.ndarray | None:
        """The groups in which it is played on this day; ``None``: in all."""
        if not self.is_day(day):
            return np.zeros(np.shape(groups.n_members), dtype=bool)
        if not self.window.keys() & {"while_stage", "size_above", "size_below"}:
            return None
        is_open = (groups.n_members >= self.size_above) & (groups.n_members < self.size_below)
        if self.while_stage != "any":
            is_open &= groups.stage == STAGES.index(self.while_stage)
        return np.asarray(is_open)

    def shared_day(self, other: Window, days: int) -> int | None:
        """The first of so many days on which both can be played in one group, if there is any."""
        stages = {self.while_stage, other.while_stage} - {"any"}
        is_size = max(self.size_above, other.size_above) < min(self.size_below, other.size_below)
        if len(stages) > 1 or not is_size:
            return None
        return next((day for day in range(days) if self.is_day(day) and other.is_day(day)), None)

    def wrong(self) -> str:
        """What is wrong with these knobs taken together, or nothing."""
        if self.from_day > self.until_day:
            return f"from_day={self.from_day} comes after until_day={self.until_day}"
        if self.size_above >= self.size_below:
            return f"no group has size_above={self.size_above} members or more and fewer than {self.size_below}"
        if self.length > self.every:
            return f"length={self.length} is longer than every={self.every}"
        return ""
