"""What members feel for the group: the host, hired moderators, and hidden accounts of the host's left out.

The daily table counts the host and hired moderators among those who trust the host, wholly. Where twenty are in, each is
a twentieth of the mean; where ten of them leave, a tenth, and trust would rise though nobody trusts anybody more. Members
who help as moderators feel as they did, and count.
"""

from __future__ import annotations

import numpy as np

from sim.analysis.memberships import Memberships
from sim.analysis.panel import GROUP, Panel, as_ints, codes, is_one_of
from sim.analysis.statistics.divided import ratio

__all__ = ["HIDDEN_ROLES", "belonging_of_all", "feelings", "hidden_accounts", "hired_moderators", "members_feel"]

HIDDEN_ROLES = ("Shill", "shill")
HOSTS, MODERATORS = ("Host", "host"), ("Moderator", "moderator")
HOST = 1.0
"""Trust and belonging of a host, for good (:class:`agents.host.Host`), of whom every group has one, and of a hired
moderator.
"""


def hidden_accounts(panel: Panel, people: Memberships, in_the_morning: bool = False) -> np.ndarray:
    """How many hidden accounts of the host sat in each group on each day, (groups, days): in the evening, when members
    are counted, or in the morning, when it is counted what they feel. On the day on which a group ends, that differs.
    """
    return _seated(panel, people, is_one_of(people.spells["role"], HIDDEN_ROLES), in_the_morning)


def hired_moderators(panel: Panel, people: Memberships) -> np.ndarray:
    """How many moderators who are no people of the market sat in each group in the morning, (groups, days).

    Whoever is appointed from outside has a number behind those of all who could come; the first is that of a host.
    """
    person = people.column("person").astype(np.int64)
    first = np.full(people.n, np.iinfo(np.int64).max)
    hosts = is_one_of(people.spells["role"], HOSTS)
    np.minimum.at(first, people.home[hosts], person[hosts])
    hired = is_one_of(people.spells["role"], MODERATORS) & (person >= first[people.home])
    return _seated(panel, people, hired, in_the_morning=True)


def _seated(panel: Panel, people: Memberships, whose: np.ndarray, in_the_morning: bool) -> np.ndarray:
    """How many of some memberships there were in each group on each day."""
    found = np.zeros((len(panel.groups), panel.days + 1), dtype=np.int64)
    rows = np.flatnonzero(whose)
    if len(rows):
        spells = people.spells.iloc[rows]
        unit, units = codes(spells, GROUP)
        place = units.merge(panel.groups[[*GROUP]].assign(place=np.arange(len(panel.groups))), on=[*GROUP], how="left")
        at = place["place"].to_numpy(dtype=np.int64)[unit]
        left = as_ints(spells["day_left"])
        ended = np.where(left < 0, panel.days, left + in_the_morning)
        np.add.at(found, (at, np.maximum(as_ints(spells["day_joined"]), 0)), 1)
        np.add.at(found, (at, ended), -1)
    return np.where(panel.exists, np.cumsum(found[:, :-1], axis=1), 0)


def members_feel(
    panel: Panel, column: str, hidden: np.ndarray | int = 0, hired: np.ndarray | int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """The sum over members of what they feel, and their number, (groups, days).

    Those are counted who were in in the morning; ``mean_trust`` and ``mean_belonging`` are means over them, the host and
    hired moderators among them, ``n_trusting`` is how many trust.

    sum = mean · n − 1 − hired, number = n − 1 − hired, n = members + gone − hidden, those in the morning.
    """
    gone = sum(panel.dense(name) for name in ("new_left", "new_removed", "new_moved_out"))
    n = np.where(panel.exists, panel.dense("n_members") + gone - hidden, 1).astype(np.float64)
    all_of_them = panel.dense(column) * (1.0 if column.startswith("n_") else n)
    staff = HOST * (1.0 + hired)
    number = np.maximum(n - staff, 0.0)
    return np.where(number > 0.0, np.maximum(all_of_them - staff, 0.0), 0.0), number


def belonging_of_all(people: Memberships) -> np.ndarray:
    """Mean belonging at the end over everybody who was ever an ordinary member; (communities,). NaN where nobody was.

    Who is a member no more counts 0, whatever the reason; who was moved to another group counts once, there.
    """
    counted = people.ordinary & ~people.goes_on
    return ratio(people.sums(counted & (people.left < 0), people.column("belonging")), people.sums(counted))


def feelings(panel: Panel, hidden: np.ndarray | int = 0, hired: np.ndarray | int = 0) -> dict[str, np.ndarray]:
    """Mean trust and belonging, and the share of those who trust, over members and days; (communities,)."""
    found = {}
    for name, column in (("trust", "mean_trust"), ("belonging", "mean_belonging"), ("trusting", "n_trusting")):
        top, bottom = members_feel(panel, column, hidden, hired)
        found[name] = ratio(panel.by_community(top.sum(axis=1)), panel.by_community(bottom.sum(axis=1)))
    return found
