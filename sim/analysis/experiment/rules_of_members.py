"""Measures over memberships: each takes what was played and a few options, and gives a value a community.

People who came are ordinary members (no staff) who came in on one of the days ``joined`` (None: on day 0 or later), by
one of the ways ``channel`` (none named: through a door, so not as founders). ``against`` names other ways: the value is
then that of those minus that of these, in the same community. Who is moved to another group goes on with the stay that
they began. A value is NaN where nobody is counted below the line.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.analysis.experiment.levels import Span
from sim.analysis.experiment.played import Played
from sim.analysis.funnel import BY_DOOR
from sim.analysis.memberships import Memberships
from sim.analysis.newcomers import FIRST_DAYS
from sim.analysis.panel import as_ints, is_one_of
from sim.analysis.statistics.divided import ratio

__all__ = [
    "bought_in_silence", "brought_by_top", "first_line", "purchases_each", "spoke_up", "stayed", "writing_days",
    "writes_again",
]  # fmt: skip

Ways = tuple[str, ...]
Level = Callable[[np.ndarray], np.ndarray]


def stayed(
    played: Played, *, channel: Ways = (), against: Ways = (), joined: Span | None = None, after: int = 28
) -> np.ndarray:
    """Share of those who came that are still in ``after`` days later; only who came early enough to be seen so long."""
    people = played.people
    until = people.left.copy()
    until[people.began[~people.goes_on]] = people.left[~people.goes_on]
    seen = people.joined + after <= played.days - 1
    there = seen & ((until < 0) | (until - people.joined > after))
    return _compared(played, channel, against, joined, lambda who: ratio(people.sums(who & there), people.sums(who & seen)))


def writing_days(
    played: Played, *, channel: Ways = (), against: Ways = (), joined: Span | None = None
) -> np.ndarray:
    """Share of the days of those who came on which they write: Σ days with a line / Σ days of membership."""
    people = played.people
    end = np.where(people.left < 0, played.days - 1, people.left)
    days = (end - np.maximum(people.joined, 0) + 1).astype(np.float64)
    wrote = people.column("n_active_days").astype(np.float64)

    def share(who: np.ndarray) -> np.ndarray:
        whose = who[people.began]
        return ratio(people.sums(whose, wrote), people.sums(whose, days))

    return _compared(played, channel, against, joined, share)


def purchases_each(
    played: Played, *, channel: Ways = (), against: Ways = (), joined: Span | None = None
) -> np.ndarray:
    """Purchases, until they leave or the run ends, for each of those who came."""
    people = played.people
    bought = people.column("n_purchases").astype(np.float64)
    return _compared(played, channel, against, joined,
                     lambda who: ratio(people.sums(who[people.began], bought), people.sums(who)))  # fmt: skip


def first_line(
    played: Played, *, channel: Ways = (), against: Ways = (), joined: Span | None = None, within: int = 14
) -> np.ndarray:
    """Share of those who came that write their first line less than ``within`` days later."""
    people = played.people
    first = _first_lines(people)
    seen = people.joined + within <= played.days
    wrote = seen & (first >= 0) & (first - people.joined < within)
    return _compared(played, channel, against, joined, lambda who: ratio(people.sums(who & wrote), people.sums(who & seen)))


def writes_again(
    played: Played, *, channel: Ways = (), against: Ways = (), joined: Span | None = None, after: int = 60,
    at_once: bool = False,
) -> np.ndarray:  # fmt: skip
    """Share of those who came, at least ``after`` days before the end, that write once their first days are over.

    The day of a first line written within three days is not counted: whoever has another day with a line, or begins
    later, writes again. ``at_once``: only of those who wrote within three days, as people do who come with a question.
    Who is moved to another group is watched until then.
    """
    people = played.people
    first = as_ints(people.spells["day_first_post"])
    soon = (first >= 0) & (first - people.joined < FIRST_DAYS)
    seen = (people.joined <= played.days - after) & (soon | (not at_once))
    again = seen & (people.column("n_active_days") > soon)
    return _compared(played, channel, against, joined, lambda who: ratio(people.sums(who & again), people.sums(who & seen)))


def spoke_up(played: Played, *, day: int, within: int = 60) -> np.ndarray:
    """Of members in on ``day`` who had never written, the share that writes their first line in ``within`` days of it."""
    people = played.people
    silent, first = _silent_on(people, day)
    woken = silent & (first >= day) & (first < day + within)
    return ratio(people.sums(woken), people.sums(silent))


def bought_in_silence(played: Played, *, day: int) -> np.ndarray:
    """Of members in on ``day`` who had never written, the share that ever buys. Purchases have no day in the table of
    memberships, so it speaks of what comes after only where nothing was sold before.
    """
    people = played.people
    silent, _ = _silent_on(people, day)
    bought = np.bincount(people.began, people.column("n_purchases"), len(people.began))[people.began] > 0
    return ratio(people.sums(silent & bought), people.sums(silent))


def brought_by_top(played: Played, *, share: float = 0.2) -> np.ndarray:
    """Of all friends whom ordinary members brought in, the part brought by the ``share`` who brought most.

    Of those who brought anybody, by person, all their memberships together. Where a share of them is no whole number of
    people, the last one counts in part, so that all alike give the share itself.
    """
    people = played.people
    brought = people.column("n_brought").astype(np.int64)
    found = np.full(people.n, np.nan)
    person = people.column("person")
    for home in np.unique(people.home):
        mine = people.ordinary & (people.home == home) & (brought > 0)
        _, who = np.unique(person[mine], return_inverse=True)
        heads = np.sort(np.bincount(who, brought[mine]))[::-1]
        if len(heads):
            found[home] = np.interp(share * len(heads), np.arange(len(heads) + 1), np.r_[0.0, np.cumsum(heads)]) / heads.sum()
    return found


def _compared(played: Played, channel: Ways, against: Ways, joined: Span | None, of: Level) -> np.ndarray:
    """What holds of those who came by the ways named; minus that of those who came by others, where some are."""
    found = of(_came(played.people, channel or BY_DOOR, joined))
    return found - of(_came(played.people, against, joined)) if against else found


def _came(people: Memberships, ways: Ways, joined: Span | None) -> np.ndarray:
    first, last = joined or (0, np.iinfo(np.int32).max)
    return people.ordinary & (people.joined >= first) & (people.joined <= last) & is_one_of(people.spells["channel"], ways)


def _first_lines(people: Memberships) -> np.ndarray:
    """Day of the first line of each stay, moves included; −1 where there is none."""
    never = np.iinfo(np.int64).max
    first = as_ints(people.spells["day_first_post"])
    of_stay = np.full(len(first), never)
    np.minimum.at(of_stay, people.began, np.where(first < 0, never, first))
    found = of_stay[people.began]
    return np.where(found == never, -1, found)


def _silent_on(people: Memberships, day: int) -> tuple[np.ndarray, np.ndarray]:
    """Ordinary members in on the morning of a day who had not written by then, and the day of their first line."""
    first = _first_lines(people)
    there = people.ordinary & (people.joined < day) & ((people.left < 0) | (people.left >= day))
    return there & ((first < 0) | (first >= day)), first
