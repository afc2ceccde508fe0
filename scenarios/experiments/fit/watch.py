"""How a log was watched, so that simulated rooms can be watched the same way.

A watch is the number of days that each room was looked at, from its birth, or from its first word where the birth is
not known. Simulated groups are founded together, watched as long as the real rooms, group by group, and what real
people leave unmarked is unmarked in them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from scenarios.experiments.folder_of_logs import real_messages
from scenarios.reports.log_report import log_name
from scenarios.reports.log_source import How, Opened, opened
from sim.analysis.facts.fingerprints import first_days
from sim.analysis.logs.columns import LogError
from sim.analysis.logs.comings import LEAST as LEAST_COMINGS
from sim.analysis.logs.comings import only_told, tells
from sim.analysis.logs.talk import DAY, HUMAN, Floats, Talk, first_posts, talk_of
from sim.analysis.statistics.bootstrap import by_lot

__all__ = ["Seen", "Watch", "read_seen", "watched"]

MOST_ROOMS, MOST_DAYS = 40, 364
LEAST_MESSAGES, LEAST_DAYS = 100, 14
_MARKED = 0.005  # a log with a smaller share of replies marks none
_ACCOUNTED = 0.8  # share of posters with a line of joining, where the log tells joins


@dataclass(frozen=True)
class Watch:
    """Days each room was watched; whether births are known (silent rooms are then, too), replies are marked, joins and
    leaves are told; the time zone of the log; the date on which simulated groups are founded, that of the middle room,
    since first days at a weekend are not first days in a week. Where rooms began on different weekdays (``mixed``),
    communities take all seven in turn from that date."""

    days: tuple[float, ...]
    births: bool
    replies: bool
    zone: str = "UTC"
    joins: bool = False
    leaves: bool = False
    start: str = "2025-03-03"
    mixed: bool = False

    @property
    def rooms(self) -> int:
        """How many."""
        return len(self.days)

    @property
    def longest(self) -> int:
        """Days that a community must be played."""
        return int(np.ceil(max(self.days)))

    def part(self, share: float) -> Watch:
        """The same rooms, watched for the first ``share`` of the time."""
        return replace(self, days=tuple(one * share for one in self.days))


@dataclass(frozen=True, eq=False)
class Seen:
    """A log as it is fitted to: its talk, its watch, and how many rooms it has in all."""

    name: str
    talk: Talk
    watch: Watch
    rooms_in_all: int


def watched(talk: Talk, watch: Watch) -> Talk:
    """The talk within the watch of each room."""
    talk = talk if watch.births else replace(talk, born=np.full(talk.n_rooms, np.nan))
    return first_days(talk, np.array(watch.days))


def read_seen(path: str, rooms: str | None = None, zone: str = "UTC", seed: int = 1, how: How | None = None,
              members: int = 0) -> Seen:  # fmt: skip
    """The log at ``path``, or those of a folder, made ready.

    Of more than 40 rooms 40 are drawn by lot; of each room the first 364 days count. ``members`` were in each group
    before the log begins.

    Raises
    ------
    LogError
        It cannot be read, it is a simulation of several communities, or too little is said in it.
    """
    found = Opened(real_messages(path, rooms), None, None, zone) if Path(path).is_dir() else \
        opened(path, rooms, zone, how or How())
    messages, known = found.messages, found.rooms
    if "replicate" in messages:
        messages = _one_community(messages, path)
    in_all = len(known) if known is not None else messages["group"].nunique()
    if in_all > MOST_ROOMS:
        messages, known = _by_lot(messages, known, seed)
    talk = talk_of(messages, known, zone)
    births = bool(np.isfinite(talk.born).all())
    start, mixed = _founded(talk, births)
    watch = Watch(_days(talk, births), births, bool(talk.n and talk.answers.mean() >= _MARKED), zone,
                  start=start, mixed=mixed)  # fmt: skip
    there, (joins, leaves) = watched(talk, watch), tells(messages)
    joins = joins and _has_joins(there, members)
    watch = replace(watch, joins=joins, leaves=joins and leaves and _has_leaves(there))
    talk = watched(talk_of(only_told(messages, watch.joins, watch.leaves), known, zone), watch)
    if talk.n < LEAST_MESSAGES or max(watch.days) < LEAST_DAYS:
        raise LogError(f"{path}: {talk.n} messages of people over {max(watch.days):.0f} days say too little; a fit "
                       f"takes {LEAST_MESSAGES} over {LEAST_DAYS} days")  # fmt: skip
    return Seen(found.name or log_name(path), talk, watch, in_all)


def _has_joins(talk: Talk, members: int) -> bool:
    """Are there joins within the watch, and do they account for those who speak? Not where they are told of a part of
    the time, or under other names; of as many in each room as were there before the log began none is expected.
    """
    known = talk.members
    inside = known.came < talk.end[known.room]
    if inside.sum() < LEAST_COMINGS:
        return False
    first = first_posts(talk)
    said = set(zip(talk.room[first].tolist(), talk.who[first].tolist(), strict=True))
    told = said & set(zip(known.room[inside].tolist(), known.who[inside].tolist(), strict=True))
    return len(told) >= _ACCOUNTED * max(len(said) - members * talk.n_rooms, 0)


def _has_leaves(talk: Talk) -> bool:
    """Do so many leave within the watch that nobody need think that it is not told?"""
    return bool((talk.members.left < talk.end[talk.members.room]).sum() >= LEAST_COMINGS)


def _founded(talk: Talk, births: bool) -> tuple[str, bool]:
    """Local date of the birth of the middle room, or of its first word; whether not all rooms began on its weekday."""
    first = talk.born if births else talk.first_words
    known = np.sort(first[np.isfinite(first)])
    if not len(known):
        return Watch.start, False
    days = np.floor((known + talk.shift) / DAY)
    middle = days[(len(days) - 1) // 2]
    return f"{pd.Timestamp(middle, unit='D'):%Y-%m-%d}", bool(((days - middle) % 7 != 0).any())


def _one_community(messages: pd.DataFrame, path: str) -> pd.DataFrame:
    """A recorded community may be fitted to, to see whether its numbers are found again."""
    keys = [name for name in ("arm", "world", "replicate") if name in messages]
    if len(messages[keys].drop_duplicates()) > 1:
        raise LogError(f"{path}: it holds several simulated communities; a fit takes one (replicates=1, one arm)")
    return messages.drop(columns=[name for name in ("arm", "world") if name in messages])


def _by_lot(messages: pd.DataFrame, known: pd.DataFrame | None, seed: int) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Some of the rooms; where silent ones are not known, of those in which somebody speaks."""
    spoken = messages.loc[messages["kind"].isin(list(HUMAN)), "group"]
    names = np.sort((spoken if known is None else known["group"]).unique())
    kept = names[by_lot(len(names), seed)[:MOST_ROOMS]]
    messages = messages[messages["group"].isin(kept)]
    return messages, None if known is None else known[known["group"].isin(kept)]


def _days(talk: Talk, births: bool) -> tuple[float, ...]:
    """Days each room is watched."""
    start: Floats = talk.born if births else talk.first_words
    days = np.where(np.isfinite(start), (talk.end - start) / DAY, 1.0)
    return tuple(float(one) for one in np.clip(days, 1.0, MOST_DAYS))
