"""One simulated log: a community played with some numbers, watched as the real one was, and what is seen of it.

A point that cannot be played (a group's talk explodes, no such running start) has no summaries: it counts as unlike the
log, and how many there are is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from scenarios.config.compose import compose
from scenarios.experiments.fit.watch import Watch, watched
from sim.analysis.facts.targets import HOME, rooms_of_daily
from sim.analysis.fit.summaries import of_replies, summaries
from sim.analysis.logs.talk import DAY, Ints, Talk, talk_of

__all__ = ["Play", "Task", "days_of", "play_talk", "played", "seen_of"]


@dataclass(frozen=True)
class Play:
    """What is the same for all communities: overrides of the world, how they are watched, and the seed."""

    overrides: tuple[str, ...]
    watch: Watch
    seed: int


@dataclass(frozen=True)
class Task:
    """Community ``number`` (which is its luck) with some knobs; ``days`` asks for its messages by room and day, too."""

    number: int
    knobs: Mapping[str, float]
    days: bool = False


def seen_of(talk: Talk, watch: Watch) -> dict[str, float]:
    """Summaries of a talk; those that such a log cannot tell are left out."""
    found = summaries(talk)
    return {name: value for name, value in found.items() if watch.replies or name not in of_replies}


def played(play: Play, task: Task) -> tuple[int, dict[str, float] | None, Any]:
    """Number, summaries, and messages by room and day if asked for; no summaries where it cannot be played."""
    try:
        talk = play_talk(play, task)
    except _unplayable():
        return task.number, None, None
    with np.errstate(divide="ignore", invalid="ignore"):
        found = seen_of(talk, play.watch)
    return task.number, found, days_of(talk, play.watch) if task.days else None


def _unplayable() -> tuple[type[Exception], ...]:
    from sim.model.past_search import RunningStartError
    from sim.simulation import Overflow

    return (Overflow, RunningStartError)


def play_talk(play: Play, task: Task) -> Talk:
    """The talk of one community within the watch."""
    from sim.replication import simulate

    results = simulate(_base(play).replace(**_sections(task.knobs)), first=task.number)
    messages, daily = results.messages, results.daily
    assert messages is not None
    if not play.watch.replies:
        messages = messages.assign(reply_to=messages["reply_to"].mask(messages["reply_to"].notna()))
    rooms = rooms_of_daily(daily, results.meta["start"], HOME)
    return watched(talk_of(messages, rooms, HOME), play.watch)


@lru_cache(8)
def _base(play: Play) -> Any:
    """The world, every strategy off, with as many groups as there are rooms, played for as long as the longest watch."""
    fixed = ["strategy=[nothing]", "record=messages", "replicates=1", f"population.groups={play.watch.rooms}",
             f"days={play.watch.longest}", f"seed={play.seed}"]  # fmt: skip
    return compose([*play.overrides, *fixed])


def _sections(knobs: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Knobs by full name as fields of a scenario; whole numbers where a knob is one."""
    from scenarios.config.sections import FIELDS, SECTIONS

    found: dict[str, dict[str, float]] = {}
    for key, value in knobs.items():
        section, _, name = key.partition(".")
        whole = isinstance(SECTIONS[section].knobs()[name].default, int)
        found.setdefault(FIELDS[section], {})[name] = round(value) if whole else value
    return found


def days_of(talk: Talk, watch: Watch) -> Ints:
    """Messages by room and day of its watch, counted from its birth or first word."""
    first = np.full(talk.n_rooms, np.inf)
    np.minimum.at(first, talk.room, talk.t)
    start = np.fmin(talk.born, first)[talk.room]
    day = np.floor((talk.t - start) / DAY).astype(np.int64)
    last = watch.longest
    flat = np.bincount(talk.room * last + np.minimum(day, last - 1), minlength=talk.n_rooms * last)
    return flat.reshape(talk.n_rooms, last)
