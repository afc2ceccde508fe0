"""M19: what does it cost to bring in a member who stays, or one who buys; and a first purchase against a repeat (H22)?

What is spent to bring people in is declared by mechanisms, with the channel it is meant for (``daily(…, brings=…)``):
money in paid adverts, a word in partner groups, rewards and commissions for asking friends, gifts for coming in; and
hours of staff who look at applications and call on members to bring friends. Money and hours are told apart, and
together at the operator's wage. Hours for all else (welcome, content, answers) are no cost of acquisition.

M7 besides: willingness by channel, where knocks were noted by channel (:mod:`sim.mechanisms.knocks`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import pandas as pd

from sim.analysis.funnel import BY_DOOR
from sim.analysis.memberships import Memberships
from sim.analysis.money import MINUTES_PER_HOUR
from sim.analysis.panel import COMMUNITY, Panel, codes, place_of
from sim.analysis.statistics.divided import ratio
from sim.analysis.statistics.intervals import interval_frame
from sim.mechanisms import mechanisms
from sim.mechanisms.knocks import Knocks

__all__ = ["AT_THE_DOOR", "MEASURES", "STAY", "WITH_HOURS", "Acquired", "acquisition"]

STAY = 28
"""Days after which a newcomer counts as kept."""
MEASURES = ("came", "kept", "bought", "bought_again", "spent", "per_kept", "per_buyer")
WITH_HOURS = ("hours", "per_kept_with_hours", "per_buyer_with_hours")
AT_THE_DOOR = ("knocked", "willing")
ANY = "door"
"""Said of what is meant for whoever comes in by the door: it is shared out by heads."""
MONEY, TIME = 0, 1
WHOLE, EARLY = 0, 1


class Acquired:
    """People who came in by the door since day 0, and what was spent to bring them, by community and channel.

    Who is moved to another group stays, and what they buy there counts, with the channel by which they came.
    All counts are (communities, channels), channels in the order of :data:`sim.analysis.funnel.BY_DOOR`.
    """

    def __init__(self, panel: Panel, people: Memberships, counted: Mapping[str, pd.DataFrame], days: int) -> None:
        self._panel, self._counted, self._last = panel, counted, days - 1 - STAY
        by = people.spells["channel"].cat
        code = np.array([BY_DOOR.index(name) if name in BY_DOOR else -1 for name in by.categories] + [-1])
        channel, self._joined = code[by.codes.to_numpy()], people.joined
        self._size = len(panel.communities) * len(BY_DOOR)
        is_newcomer = (channel >= 0) & (self._joined >= 0)
        self._cell = np.where(is_newcomer, people.home * len(BY_DOOR) + channel, self._size)  # the last is for nobody
        until = people.left.copy()
        until[people.began[~people.goes_on]] = people.left[~people.goes_on]
        self._stayed = (until < 0) | (until - self._joined > STAY)
        self._bought = np.bincount(people.began, people.column("n_purchases"), len(until))
        self._buyers = people.sums(self._bought > 0)

    def _sum(self, flags: np.ndarray | None = None) -> np.ndarray:
        cells = self._cell if flags is None else self._cell[flags]
        return np.bincount(cells, minlength=self._size + 1)[:-1].reshape(-1, len(BY_DOOR))

    @cached_property
    def came(self) -> np.ndarray:
        """Newcomers."""
        return self._sum()

    @cached_property
    def kept(self) -> np.ndarray:
        """Newcomers who came early enough to be seen for four weeks, and stayed them."""
        return self._sum(self._stayed & (self._joined <= self._last))

    @cached_property
    def bought(self) -> np.ndarray:
        """Newcomers with a purchase: each has one first purchase, in whatever group."""
        return self._sum(self._bought >= 1)

    @cached_property
    def bought_again(self) -> np.ndarray:
        """Newcomers with a second purchase."""
        return self._sum(self._bought >= 2)

    @cached_property
    def spent(self) -> np.ndarray:
        """CNY spent to bring people in over the whole run."""
        return self._shared(MONEY, WHOLE)

    @cached_property
    def spent_early(self) -> np.ndarray:
        """The same on the days on which those came who can have been kept."""
        return self._shared(MONEY, EARLY)

    @cached_property
    def hours(self) -> np.ndarray:
        """Hours of staff given to bring people in over the whole run."""
        return self._shared(TIME, WHOLE)

    @cached_property
    def hours_early(self) -> np.ndarray:
        """The same on the days on which those came who can have been kept."""
        return self._shared(TIME, EARLY)

    @cached_property
    def knocked(self) -> np.ndarray:
        """People who came to the door; NaN where it was not noted by channel."""
        panel, table = self._panel, self._counted.get(Knocks.name())
        found = np.full((len(panel.communities), len(BY_DOOR)), np.nan)
        if table is not None and len(table):
            unit, units = codes(table, COMMUNITY)
            sums = [np.bincount(unit, table[f"n_knocks_{name}"].to_numpy(), len(units)) for name in BY_DOOR]
            found[place_of(units, panel.communities)] = np.stack(sums, axis=1)
        return found

    def _shared(self, what: int, when: int) -> np.ndarray:
        """Money or hours by channel; what is meant for all goes by heads, and by halves of nothing where nobody came."""
        heads = self._sum(self._joined <= self._last) if when == EARLY else self.came
        own, common = self._given[what, when, :, :-1], self._given[what, when, :, -1:]
        all_heads = heads.sum(axis=1, keepdims=True)
        share = np.where(all_heads > 0, heads / np.maximum(all_heads, 1.0), 1.0 / len(BY_DOOR))
        return own + common * share

    @cached_property
    def _given(self) -> np.ndarray:
        """CNY and hours, in the whole run and on its early days, by community, channel and, last, for any of them:
        (2, 2, communities, channels + 1).
        """
        names = (*BY_DOOR, ANY)
        found = np.zeros((2, 2, len(self._panel.communities), len(names)))
        known = mechanisms()
        for label, table in self._counted.items():
            columns = known[label].columns("group", "daily") if label in known and len(table) else {}
            for name, column in columns.items():
                if column.brings and name in table:  # an older run may lack it
                    unit, units = codes(table, COMMUNITY)
                    place = place_of(units, self._panel.communities)[unit]
                    what, parts = (MONEY, 1.0) if column.unit == "CNY" else (TIME, MINUTES_PER_HOUR)
                    given, early = table[name].to_numpy(dtype=np.float64) / parts, table["day"].to_numpy() <= self._last
                    for when, part in ((WHOLE, given), (EARLY, given * early)):
                        found[what, when, :, names.index(column.brings)] += np.bincount(place, part, found.shape[2])
        return found

    def outcomes(self, wages: np.ndarray) -> dict[str, np.ndarray]:
        """Cost per member kept and per first buyer, in money alone and with hours at their wage, and
        ``new_to_repeat``; each (communities,), NaN where nobody is counted.
        """
        spent, early, bought, kept = (of.sum(axis=1) for of in (self.spent, self.spent_early, self.bought, self.kept))
        paid, paid_early = (wages * hours.sum(axis=1) for hours in (self.hours, self.hours_early))
        return {
            "cost_per_kept": ratio(early, kept),
            "cost_per_kept_with_hours": ratio(early + paid_early, kept),
            "cost_per_buyer": ratio(spent, bought),
            "cost_per_buyer_with_hours": ratio(spent + paid, bought),
            "new_to_repeat": self._new_to_repeat(spent + paid, wages),
        }

    def _new_to_repeat(self, spent: np.ndarray, wages: np.ndarray) -> np.ndarray:
        """H22: cost of a first purchase ÷ cost of a repeat purchase.

        What the community costs, hours at their wage, is borne by its members alike, day by day: the part of those who
        had bought by the evening is what repeat purchases cost; the rest, with all that was ``spent`` to bring people in,
        hours at their wage, is what first purchases cost. The first purchase of a stay since day 0 is its first.
        """
        panel = self._panel
        members, customers = panel.totals("n_members"), panel.totals("n_customers")
        running = panel.totals("cost") + wages * panel.totals("host_minutes") / MINUTES_PER_HOUR - spent
        share = ratio(customers, members)
        first = self._buyers
        again = panel.totals("n_purchases") - first
        return ratio(ratio(spent + running * (1.0 - share), first), ratio(running * share, again))


def acquisition(found: Acquired, communities: pd.DataFrame, wages: np.ndarray) -> pd.DataFrame:
    """Frame [arm, world, channel, measure, mean, low, high, n] of :data:`MEASURES`, :data:`WITH_HOURS` and
    :data:`AT_THE_DOOR`; intervals over communities. ``wages`` (communities,): CNY for an hour.

    ``came``, ``kept``, ``bought``, ``bought_again``: newcomers of a community; ``spent``: CNY; ``per_kept`` and
    ``per_buyer``: CNY, ratios within the community, so communities without such newcomers do not enter them; ``hours``
    given to bring them in, and the same two ratios with the hours at their wage; ``knocked``: people at the door, and
    ``willing``, the share of them who came in.
    """
    early, whole, column = found.spent_early, found.spent, wages[:, None]
    measures = {
        "came": found.came, "kept": found.kept, "bought": found.bought, "bought_again": found.bought_again,
        "spent": whole, "per_kept": ratio(early, found.kept), "per_buyer": ratio(whole, found.bought),
        "hours": found.hours, "per_kept_with_hours": ratio(early + column * found.hours_early, found.kept),
        "per_buyer_with_hours": ratio(whole + column * found.hours, found.bought),
        "knocked": found.knocked, "willing": ratio(found.came, found.knocked),
    }  # fmt: skip
    parts = []
    for k, channel in enumerate(BY_DOOR):
        values = np.stack([of[:, k] for of in measures.values()], axis=1)
        frame = interval_frame(communities, values, "measure", list(measures))
        frame.insert(2, "channel", channel)
        parts.append(frame)
    return pd.concat(parts, ignore_index=True)
