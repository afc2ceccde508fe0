"""One simulated log: a community played with some numbers, watched as the real one was, and what is seen of it.

A point that cannot be played (a group's talk explodes, no such running start) has no summaries: it counts as unlike the
log, and how many there are is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np

from scenarios.config.compose import compose
from scenarios.config.sections import FIELDS, SECTIONS
from scenarios.experiments.fit.watch import Watch, watched
from scenarios.scenario import Scenario
from sim.analysis.facts.targets import HOME, rooms_of_daily
from sim.analysis.fit.summaries import left_untold, summaries
from sim.analysis.logs.comings import with_comings
from sim.analysis.logs.talk import DAY, Ints, Talk, talk_of

__all__ = ["EARLY", "Play", "Task", "base", "days_of", "play_talk", "played", "seen_of", "with_knobs"]


@dataclass(frozen=True)
class Play:
    """What is the same for all communities: overrides of the world, how they are watched, the seed, and which first
    part of the watch is looked at by itself."""

    overrides: tuple[str, ...]
    watch: Watch
    seed: int
    early: float = 2 / 3


EARLY = "early/"
"""Before the name of a summary: of the first part of the watch, from which the rest is predicted."""


@dataclass(frozen=True)
class Task:
    """Community ``number`` (which is its luck) with some knobs; ``days`` asks for its messages by room and day, too."""

    number: int
    knobs: Mapping[str, float]
    days: bool = False


def seen_of(talk: Talk, play: Play) -> dict[str, float]:
    """Summaries of a talk, and of its early part; those that such a log cannot tell are left out."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = summaries(talk)
        early = summaries(watched(talk, play.watch.part(play.early)))
    found |= {EARLY + name: value for name, value in early.items()}
    left_out = left_untold(play.watch.replies, play.watch.joins, play.watch.leaves)
    return {name: value for name, value in found.items()
            if name.removeprefix(EARLY).partition(".")[0] not in left_out}  # fmt: skip


def played(play: Play, task: Task) -> tuple[int, dict[str, float] | None, Any]:
    """Number, summaries, and messages by room and day if asked for; no summaries where it cannot be played."""
    try:
        talk = play_talk(play, task)
    except _unplayable():
        return task.number, None, None
    days = days_of(talk, play.watch.longest, play.watch.births) if task.days else None
    return task.number, seen_of(watched(talk, play.watch), play), days


def _unplayable() -> tuple[type[Exception], ...]:
    from sim.model.past_search import RunningStartError
    from sim.simulation import Overflow

    return (Overflow, RunningStartError)


def play_talk(play: Play, task: Task) -> Talk:
    """The talk of one community over all days that are played."""
    from sim.replication import simulate

    results = simulate(with_knobs(_founded(play, task.number), task.knobs), first=task.number)
    messages, daily = results.messages, results.daily
    assert messages is not None
    start = str(results.meta["start"])
    if not play.watch.replies:
        messages = messages.assign(reply_to=messages["reply_to"].mask(messages["reply_to"].notna()))
    if play.watch.joins:
        messages = with_comings(messages, results.spells, start, HOME, play.watch.leaves)
    return talk_of(messages, rooms_of_daily(daily, start, HOME), HOME)


@lru_cache(8)
def base(play: Play) -> Scenario:
    """The world, every strategy off: as many groups as there are rooms, for as long as the longest watch."""
    fixed = ["strategy=[nothing]", "record=messages", "replicates=1", f"population.groups={play.watch.rooms}",
             f"days={play.watch.longest}", f"start={play.watch.start}", f"seed={play.seed}"]  # fmt: skip
    return compose([*play.overrides, *fixed])


def _founded(play: Play, number: int) -> Scenario:
    """The world of community ``number``: founded on the date of the log, or on one of the seven days from it."""
    scenario = base(play)
    if not play.watch.mixed:
        return scenario
    return scenario.replace(start=f"{date.fromisoformat(scenario.start) + timedelta(days=number % 7)}")


def with_knobs(scenario: Scenario, knobs: Mapping[str, float]) -> Scenario:
    """The scenario with some knobs, by full name; rounded where one is a whole number."""
    found: dict[str, dict[str, float]] = {}
    for key, value in knobs.items():
        section, _, name = key.partition(".")
        whole = isinstance(SECTIONS[section].knobs()[name].default, int)
        found.setdefault(FIELDS[section], {})[name] = round(value) if whole else value
    return scenario.replace(**found)


def days_of(talk: Talk, days: int, births: bool) -> Ints:
    """Messages by room and day from its birth, or its first word; −1 on days that nobody watched."""
    start = talk.born if births else np.fmin(talk.first_words, talk.end)
    day = np.floor((talk.t - start[talk.room]) / DAY).astype(np.int64)
    kept = day < days
    flat = np.bincount(talk.room[kept] * days + day[kept], minlength=talk.n_rooms * days)
    unseen = np.arange(days) >= np.floor((talk.end - start) / DAY)[:, None]
    return np.where(unseen, -1, flat.reshape(talk.n_rooms, days))
