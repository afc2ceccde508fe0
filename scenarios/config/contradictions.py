"""Strategies that cannot stand together."""

from __future__ import annotations

from collections import Counter

import numpy as np

from scenarios.errors import ConfigError
from scenarios.strategies.base import Strategy
from sim.engine.levers import Contradiction, Levers
from sim.mechanisms import all_levers
from sim.model.parameters import Population

__all__ = ["check_contradictions", "check_numbers"]


def check_contradictions(strategies: tuple[Strategy, ...]) -> None:
    """Refuse a strategy given twice, ``nothing`` beside another, and two that claim a lever only one can hold."""
    names = [strategy.name for strategy in strategies]
    for name, times in Counter(names).items():
        if times > 1:
            raise ConfigError(f"strategy: '{name}' is named {times} times; once is enough")
    if "nothing" in names and len(names) > 1:
        others = ",".join(name for name in names if name != "nothing")
        raise ConfigError(f"strategy: 'nothing' cannot be combined; write strategy=nothing or 'strategy=[{others}]'")
    for strategy in strategies:
        if wrong := strategy.contradiction():
            raise ConfigError(f"strategies.{strategy.name}: {wrong}")
    _rehearse(strategies)


def check_numbers(population: Population) -> None:
    """Refuse founders who do not fit into their group."""
    if population.founders > population.seats:
        found, seats = f"population.founders={population.founders}", f"population.seats={population.seats}"
        raise ConfigError(f"{found} do not fit into {seats}; give more seats or fewer founders")


def _rehearse(strategies: tuple[Strategy, ...]) -> None:
    """Let every strategy push once on a morning of one imagined group: the levers refuse two claimants."""
    levers = Levers(1, all_levers())
    try:
        for strategy in strategies:
            levers.holder = strategy.name
            strategy.push(levers, _ImaginedGroup(), 0)
    except Contradiction as error:
        raise ConfigError(f"strategy: {error}") from error


class _ImaginedGroup:
    """What a host knows of one group on its first morning."""

    def __init__(self) -> None:
        zero = np.zeros(1, dtype=np.int64)
        self.index = self.replicate = self.day_born = self.n_member_messages = zero
        self.n_members, self.seats = zero + 15, zero + 200

    def luck(self, purpose: str) -> np.ndarray:
        """Neither good nor bad."""
        return np.full(1, 0.5)
