"""Strategies that cannot stand together."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from scenarios.config import catalog
from scenarios.errors import ConfigError
from scenarios.strategies.base import Strategy
from sim.model.parameters import Population

__all__ = ["check_contradictions", "check_goals", "check_numbers", "check_room"]

FEWEST = 5
"""Fewest members that groups can have already on day 0."""


def check_contradictions(strategies: tuple[Strategy, ...], days: int) -> None:
    """Refuse a strategy given twice, ``nothing`` beside another, one without those it needs, and two that claim a lever
    only one can hold on one of the days to be played, in one group.
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
        _refuse_unfed(strategy, strategies)
    claims = {strategy.name: strategy.claims() for strategy in strategies}
    for one, other in combinations(sorted(strategies, key=lambda strategy: strategy.name), 2):
        _refuse_shared_claim(one, other, sorted(claims[one.name] & claims[other.name]), days)
        _refuse_two_who_open(one, other)
        _refuse_two_penalties(one, other, days)


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


def check_goals(strategies: tuple[Strategy, ...], population: Population) -> None:
    """Refuse a goal for the number of members that groups have reached before the first day."""
    for one in strategies if population.members > 0 else ():
        if one.chooses_founders:
            raise ConfigError(f"strategies.{one.name} chooses founders, and groups that begin with population.members="
                              f"{population.members} are founded already; leave out one of the two")  # fmt: skip
    name = "members" if population.members > 0 else "founders"
    members = getattr(population, name)
    for one in strategies:
        if knob := one.is_met_by(members):
            raise ConfigError(f"strategies.{one.name}.{knob}={getattr(one, knob)} is reached before the first day, "
                              f"since groups begin with population.{name}={members}; give more than that")  # fmt: skip


def check_room(strategies: tuple[Strategy, ...], population: Population) -> None:
    """Refuse a strategy that takes the seats of a group until nobody can come in."""
    name = "members" if population.members > 0 else "founders"
    members = getattr(population, name)
    seats = int(min([population.seats, *(one.most_members for one in strategies)]))
    for one in strategies:
        if knob := one.leaves_no_room(members, seats):
            taken = f"strategies.{one.name}.{knob}={getattr(one, knob)}"
            raise ConfigError(f"{taken} and population.{name}={members} leave nobody one of {seats} seats;"
                              " give fewer, or more seats")  # fmt: skip


def _refuse_unfed(one: Strategy, strategies: tuple[Strategy, ...]) -> None:
    """What needs another strategy beside it, to have anything to work on, is not played without one."""
    if one.needs and not any(one.needs & other.turns() for other in strategies if other is not one):
        feeding = sorted(name for name, made in catalog.strategies().items() if made.needs.isdisjoint(one.needs)
                         and made.turns() & one.needs)  # fmt: skip
        them = ", ".join(feeding)
        cure = f"play one of {them} beside it" if len(feeding) > 1 else f"play {them} beside it"
        raise ConfigError(f"strategy: {one.unfed()}: nobody sets {' or '.join(sorted(one.needs))}; {cure}")


def _refuse_two_who_open(one: Strategy, other: Strategy) -> None:
    """Those who wait cannot be given to two new groups."""
    if one.opens_for_waiting and other.opens_for_waiting:
        raise ConfigError(f"strategy: {one.name} and {other.name} both open groups for those who wait; choose one of "
                          "them (group_cap.when_full=queue opens none)")  # fmt: skip


def _refuse_two_penalties(one: Strategy, other: Strategy, days: int) -> None:
    """An offender is out at once, or climbs a ladder."""
    at_once = [s.name for s in (one, other) if s.removes_at_once]
    by_steps = [s.name for s in (one, other) if "sanction" in s.turns()] if at_once else []
    if at_once and by_steps and at_once != by_steps and one.shared_day(other, days) is not None:
        raise ConfigError(f"strategy: {at_once[0]} removes offenders at once and {by_steps[0]} by degrees; choose one "
                          f"of them, or say strategies.{at_once[0]}.remove=false")  # fmt: skip


def _refuse_shared_claim(one: Strategy, other: Strategy, shared: list[str], days: int) -> None:
    """Two that claim one lever must never be played in one group on one day."""
    day = one.shared_day(other, days) if shared else None
    if day is None:
        return
    end = min(one.until_day, other.until_day, days - 1)
    is_rhythm = max(one.every, other.every) > 1
    span = f" on day {day}" if end == day else f" from day {day} on" if is_rhythm else f" on days {day} to {end}"
    when = span if one.window or other.window else ""
    cure = "choose one of them, or give them windows that do not meet (until_day, from_day, while_stage, size_below)"
    raise ConfigError(f"strategy: {one.name} and {other.name} both want to set {', '.join(shared)}{when}; {cure}")
