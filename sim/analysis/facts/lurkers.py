"""Lurkers, K3: members without a word in a window of twelve weeks, of all members and of the regulars.

Both need what a log of talk does not have: who was a member, and who looked in.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.facts.published import Measures, member_windows, window_starts, windows_of
from sim.analysis.logs.talk import DAY, Talk
from sim.analysis.statistics.bootstrap import Boot

__all__ = ["REGULAR", "k3"]

REGULAR = 3  # days of a window on which a regular looks in, at least
_KEY = ["room", "window", "who"]


def k3(talk: Talk, boot: Boot, members: pd.DataFrame, looks: pd.DataFrame | None = None) -> Measures:
    """Share of members who wrote nothing in a window of twelve weeks; the same of regulars, where looks are known.

    Windows run from a room's birth, as in K4, and must be seen whole; those in which nobody at all spoke are left out,
    since a silent group has no lurkers. Members: there throughout the window. Regulars: looked in on at least three
    days of it, whenever they came and went. ``members`` (room, person, joined, left in seconds, ordinary) and ``looks``
    (room, person, t) are of everybody; staff and advertisers are not counted. What a member is in is not asked of a
    log: the share of all members stands under both names, and the world says which of them is its own.
    """
    start = window_starts(talk)
    spoke = _spoken(talk, start)
    ours = members[members["ordinary"]]
    silent = _silence(member_windows(ours, start, talk.end), spoke)
    share = boot.mean(silent["silent"].to_numpy(bool), talk.room_unit[silent["room"].to_numpy(np.int64)])
    found: Measures = {"lurkers_bond": share, "lurkers_deals": share}
    if looks is not None:
        silent = _silence(_regulars(looks, ours, start, talk), spoke)
        unit = talk.room_unit[silent["room"].to_numpy(np.int64)]
        found["lurkers_regulars"] = boot.mean(silent["silent"].to_numpy(bool), unit)
    return found


def _spoken(talk: Talk, start: np.ndarray) -> pd.DataFrame:
    """Who said anything in which window of which room."""
    window, _ = windows_of(talk.room, talk.t, start, talk.end)
    return pd.DataFrame({"room": talk.room, "window": window, "who": talk.who}).drop_duplicates()


def _silence(there: pd.DataFrame, spoke: pd.DataFrame) -> pd.DataFrame:
    """Who was there in windows in which anybody spoke, and whether they were ``silent`` themselves."""
    lively = there.merge(spoke[["room", "window"]].drop_duplicates(), on=["room", "window"])
    found = lively.merge(spoke.assign(spoke=True), on=_KEY, how="left")
    return found.assign(silent=found["spoke"].isna())


def _regulars(looks: pd.DataFrame, members: pd.DataFrame, start: np.ndarray, talk: Talk) -> pd.DataFrame:
    """Ordinary members who looked in on at least :data:`REGULAR` days of a whole window."""
    room, t = looks["room"].to_numpy(np.int64), looks["t"].to_numpy(np.float64)
    window, whole = windows_of(room, t, start, talk.end)
    seen = pd.DataFrame({"room": room, "window": window, "who": looks["person"].to_numpy(np.int64),
                         "day": np.floor((t + talk.shift) / DAY)})[whole]  # fmt: skip
    ours = members[["room", "person"]].rename(columns={"person": "who"}).drop_duplicates()
    days = seen.drop_duplicates().merge(ours, on=["room", "who"]).groupby(_KEY, as_index=False).size()
    return days.loc[days["size"] >= REGULAR, _KEY]
