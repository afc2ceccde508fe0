"""Strategies that cannot stand together."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from scenarios.errors import ConfigError
from scenarios.strategies.base import Strategy
from sim.model.parameters import Population

__all__ = ["check_contradictions", "check_numbers"]

FEWEST = 5
"""Fewest members that groups can have already on day 0."""


def check_contradictions(strategies: tuple[Strategy, ...], days: int) -> None:
    """Refuse a strategy given twice, ``nothing`` beside another, and two that claim a lever only one can hold on one of
    the days to be played, in one group.
    """
    names = [strategy.name for strategy in strategies]
    for name, times in Counter(names).items():
        if times > 1:
            raise ConfigError(f"strategy: '{name}' is named {times} times; once is enough, or give each its own name")
    if "nothing" in names and len(names) > 1:
        raise ConfigError("strategy: 'nothing' cannot be combined; leave it out, or leave out all the others")
    for strategy in strategies:
        if wrong := strategy.wrong() or strategy.contradiction():
            raise ConfigError(f"strategies.{strategy.name}: {wrong}")
    for one, other in combinations(sorted(strategies, key=lambda strategy: strategy.name), 2):
        _refuse_shared_claim(one, other, days)
        _refuse_two_who_open(one, other)


def check_numbers(population: Population) -> None:
    """Refuse founders, and members of a running start, who do not fit into their group, and a past without members."""
    members, seats = population.members, f"population.seats={population.seats}"
    if members > population.seats:
        raise ConfigError(f"population.members={members} do not fit into {seats}; give more seats, or say no seats on "
                          "the command line, and they follow")  # fmt: skip
    if 0 < members < FEWEST:
        raise ConfigError(f"population.members={members}: a group that is there already has at least {FEWEST}; leave "
                          "it out to found groups on day 0")  # fmt: skip
    for name in ("age", "messages_a_day"):
        value = getattr(population, name)
        if members == 0 and value != Population.knobs()[name].default:
            raise ConfigError(f"population.{name}={value:g} is that of groups that are there already on day 0; say how "
                              "many members they have, like population.members=200")  # fmt: skip
    if population.founders > population.seats:
        found = f"population.founders={population.founders}"
        raise ConfigError(f"{found} do not fit into {seats}; give more seats or fewer founders")


def _refuse_two_who_open(one: Strategy, other: Strategy) -> None:
    """Those who wait cannot be given to two new groups."""
    if one.opens_for_waiting and other.opens_for_waiting:
        raise ConfigError(f"strategy: {one.name} and {other.name} both open groups for those who wait; choose one of "
                          "them (group_cap.when_full=queue opens none)")  # fmt: skip


def _refuse_shared_claim(one: Strategy, other: Strategy, days: int) -> None:
    """Two that claim one lever must never be played in one group on one day."""
    shared = sorted(one.claims() & other.claims())
    day = one.shared_day(other, days) if shared else None
    if day is None:
        return
    end = min(one.until_day, other.until_day, days - 1)
    is_rhythm = max(one.every, other.every) > 1
    span = f" on day {day}" if end == day else f" from day {day} on" if is_rhythm else f" on days {day} to {end}"
    when = span if one.window or other.window else ""
    cure = "choose one of them, or give them windows that do not meet (until_day, from_day, while_stage, size_below)"
    raise ConfigError(f"strategy: {one.name} and {other.name} both want to set {', '.join(shared)}{when}; {cure}")
