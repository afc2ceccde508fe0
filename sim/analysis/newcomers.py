"""H9: do newcomers find their way in? Of those who came in, the share that writes once the first days are over.

A line within the first three days says little: it may be the introduction that a template asks for. So the day of a first
line written then is not counted; whoever has another day with a line, or begins later, has found their way in.
"""

from __future__ import annotations

import numpy as np

from sim.analysis.memberships import Memberships
from sim.analysis.panel import as_ints, is_one_of
from sim.analysis.statistics.divided import ratio

__all__ = ["WATCHED", "write_again"]

WATCHED = 60
"""Days before the end of the run by which somebody must have come in to be counted."""
FIRST_DAYS = 3
NOT_NEW = ("founder", "appointed", "transferred")


def write_again(people: Memberships, days: int) -> np.ndarray:
    """Newcomers who have a day with a line, that of a first line in their first three days not counted, ÷ newcomers;
    (communities,). NaN where nobody came.

    Newcomers are ordinary members who came in on day 0 or later, not as founders and not by a move, and at least 60 days
    before the end: those who left since are among them. Who is moved to another group is watched until then.
    """
    came = people.ordinary & (people.joined >= 0) & (people.joined <= days - WATCHED)
    came &= ~is_one_of(people.spells["channel"], NOT_NEW)
    first = as_ints(people.spells["day_first_post"])
    at_once = (first >= 0) & (first - people.joined < FIRST_DAYS)
    return ratio(people.sums(came & (people.column("n_active_days") > at_once)), people.sums(came))
