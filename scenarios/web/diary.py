"""The diary of one group: written evening by evening while it is played, as far as anything has changed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

__all__ = ["COLUMNS", "Diary"]

COLUMNS = ("role", "looks", "read", "adverts", "unread", "posts", "answered", "ignored", "ties", "trust", "belonging",
           "fatigue", "appeal")  # fmt: skip
"""What is told of a member for a day: role, counts of the day, ties; the last four in hundredths, of the evening."""
_COUNTED = ("role", "n_looks", "n_read", "n_ads_read", "n_unread", "n_posts", "warmth", "n_ignored", "n_strong")
_FELT = ("trust", "belonging", "fatigue", "appeal")


@dataclass
class Diary:
    """``number``: of each person, in the order of their coming. ``days``: by day, rows of a person's number and
    :data:`COLUMNS`, where anything changed. ``ties``: by day, pairs of numbers that became strong ties or ceased to be.
    """

    strong: float
    number: dict[int, int] = field(default_factory=dict)
    days: list[list[list[int]]] = field(default_factory=list)
    ties: list[list[list[int]]] = field(default_factory=list)
    _last: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _tied: set[tuple[int, int]] = field(default_factory=set)
    _here: set[int] = field(default_factory=set)

    def write(self, members: np.ndarray) -> None:
        """One evening. Who has left today is told of for the last time: their seat keeps the row."""
        person = members["person"]
        who = np.where(person < 0, -1 - person, person)
        is_told = (person >= 0) | ((members["reason"] > 0) & np.isin(who, list(self._here)))
        table, who = _table(members[is_told]), who[is_told].tolist()
        for one in who:
            self.number.setdefault(one, len(self.number))
        changed = []
        for one, row in zip(who, map(tuple, table.tolist()), strict=True):
            k = self.number[one]
            if self._last.get(k) != row:
                changed.append([k, *row])
                self._last[k] = row
        self.days.append(changed)
        self._here = set(person[person >= 0].tolist())
        tied = self._pairs(members[person >= 0])
        self.ties.append([[*pair] for pair in sorted(tied ^ self._tied)])
        self._tied = tied

    def _pairs(self, members: np.ndarray) -> set[tuple[int, int]]:
        """Strong ties between people who are here, each once, whoever of the two feels it."""
        held = np.arange(members["tie_person"].shape[1]) < members["n_ties"][:, None]
        held &= members["tie_strength"] > self.strong
        seat, place = np.nonzero(held)
        ones, others = members["person"][seat].tolist(), members["tie_person"][seat, place].tolist()
        pairs = ((self.number[a], self.number[b]) for a, b in zip(ones, others, strict=True) if b in self._here)
        return {(min(pair), max(pair)) for pair in pairs}


def _table(members: np.ndarray) -> np.ndarray:
    counts = np.column_stack([members[name].astype(np.int64) for name in _COUNTED])
    felt = np.column_stack([np.rint(100.0 * members[name]).astype(np.int64) for name in _FELT])
    return np.concatenate([counts, felt], axis=1)
