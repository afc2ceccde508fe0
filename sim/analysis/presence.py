"""M12, M17, M18: is anybody there? Who is answered, on which days only the host speaks, and who needs the expert."""

from __future__ import annotations

import numpy as np

from sim.analysis.memberships import Memberships
from sim.analysis.panel import Panel, is_one_of
from sim.analysis.statistics.divided import ratio

__all__ = ["after_expert", "notice_board", "presence", "without_expert"]

WEEK = 7
BLOCK = 4
"""Weeks that are compared with each other: over longer times groups grow and fade, with or without an expert."""
WATCHED = 28
"""Days that are looked at before and after an expert leaves, at most."""
EXPERTS = ("KOL", "kol")


def presence(panel: Panel) -> np.ndarray:
    """M17: of those who write in a week, the share of whom a line is answered that week; (communities,).

    Σ n_noticed ÷ Σ n_week_posters. Ordinary members only; rituals are no lines. NaN where nobody wrote.
    """
    return ratio(panel.totals("n_noticed"), panel.totals("n_week_posters"))


def notice_board(panel: Panel) -> np.ndarray:
    """M18: share of the days of groups on which the host speaks and no ordinary member does; (communities,)."""
    alone = (panel.dense("n_host_messages") > 0) & (panel.dense("n_member_messages") == 0)
    return panel.by_community(alone.sum(axis=1)) / panel.totals_of_rows()


def without_expert(panel: Panel) -> np.ndarray:
    """M12: members' messages on days on which no expert speaks, against days on which one does; (communities,).

    Mantel and Haenszel's ratio of rates, Σ x₀ d₁ / (d₀ + d₁) ÷ Σ x₁ d₀ / (d₀ + d₁), over strata of one group, four weeks
    and one day of the week: x messages and d days without (0) and with (1) an expert's word. A stratum that has days of
    one kind only says nothing. NaN where none has both, or where members said nothing on days with an expert's word.
    """
    rows = np.flatnonzero(panel.dense("n_kol_messages").any(axis=1))
    if not len(rows):
        return np.full(len(panel.communities), np.nan)
    there, day = slice(None) if panel.is_full else panel.exists[rows].ravel(), np.arange(panel.days)
    spoke, said = (panel.dense(name)[rows].ravel()[there] for name in ("n_kol_messages", "n_member_messages"))
    of_day = day // (BLOCK * WEEK) * WEEK + day % WEEK
    each = int(of_day.max()) + 1
    stratum, size = (np.arange(len(rows))[:, None] * each + of_day).ravel()[there], len(rows) * each
    expert = np.flatnonzero(spoke)
    with_one = stratum[expert]
    days = {1: np.bincount(with_one, minlength=size)}
    days[0] = np.bincount(stratum, minlength=size) - days[1]
    lines = {1: np.bincount(with_one, said[expert], size)}
    lines[0] = np.bincount(stratum, said, size) - lines[1]
    both = np.maximum(days[0] + days[1], 1)
    top, bottom = ((lines[k] * days[1 - k] / both).reshape(-1, each).sum(axis=1) for k in (0, 1))
    return ratio(*(np.bincount(panel.community[rows], side, len(panel.communities)) for side in (top, bottom)))


def after_expert(panel: Panel, people: Memberships) -> np.ndarray:
    """M12: members' messages in the weeks after an expert has left a group, against as many before; (communities,).

    Four weeks, or fewer where the group began, or the watch ends, within them; the day itself is in neither. NaN where no
    expert left with a whole week on both sides, or nobody spoke before.
    """
    spells = people.spells
    went = np.flatnonzero(is_one_of(spells["role"], EXPERTS) & is_one_of(spells["reason"], ["left"]))
    row, day = _rows(panel, people.home[went], people.column("group")[went]), people.left[went]
    born, last = (panel.groups[name].to_numpy()[row] for name in ("day_born", "day_last"))
    weeks = np.minimum(np.minimum(day - born, last - day), WATCHED) // WEEK
    row, day, width = (values[weeks > 0] for values in (row, day, weeks * WEEK))
    said = panel.dense("n_member_messages")[row]
    until, at = said.cumsum(axis=1), np.arange(len(row))
    after = until[at, day + width] - until[at, day]
    before = until[at, day - 1] - until[at, day - width] + said[at, day - width]
    top, bottom = (np.bincount(panel.community[row], lines, len(panel.communities)) for lines in (after, before))
    return ratio(top, bottom)


def _rows(panel: Panel, community: np.ndarray, group: np.ndarray) -> np.ndarray:
    """The rows of some groups in the panel, which is sorted by community, then group."""
    numbers = panel.groups["group"].to_numpy().astype(np.int64)
    wide = max(int(numbers.max(initial=0)), int(group.max(initial=0))) + 1
    return np.searchsorted(panel.community * wide + numbers, community * wide + group)
