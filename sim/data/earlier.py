"""What was counted of memberships before they begin in the tables: before a move, in the past of a running start."""

from __future__ import annotations

import numpy as np

__all__ = ["Earlier"]

# Sums that go on in a member's row; each spell has its own part of them.
_SUMMED = ("entry_paid", "spent", "n_messages", "n_purchases", "n_active_days", "n_invited", "n_brought")
_WHO = ("person", "day_seated")


class Earlier:
    """By row: whose membership it is, since when, and what had been counted of it; nothing until :meth:`note`."""

    def __init__(self) -> None:
        self._noted: np.ndarray | None = None

    def note(self, rows: np.ndarray, members: np.ndarray) -> None:
        """Memberships of these rows begin in the tables now."""
        if self._noted is None:
            self._noted = np.zeros(members.size, [(name, members.dtype[name]) for name in (*_WHO, *_SUMMED)])
            self._noted["person"] = -1
        for name in self._noted.dtype.names or ():
            self._noted[name][rows] = members[name][rows]

    def subtract(self, rows: np.ndarray, members: np.ndarray, spells: np.ndarray) -> None:
        """Take out of ``spells`` of these ``rows`` (and ``members``, their state) what had been counted before."""
        if self._noted is None:
            return
        noted = self._noted[rows]
        same = (noted["person"] == spells["person"]) & (noted["day_seated"] == members["day_seated"])
        for name in _SUMMED:
            spells[name][same] = members[name][same] - noted[name][same]
