"""A scenario: everything that determines a run, frozen and checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from agents.cast import Cast
from agents.mind import Mind
from agents.operator import Operator
from agents.purpose import Purpose
from scenarios.contradictions import check_contradictions
from scenarios.errors import ConfigError, shown
from scenarios.sections import FIELDS, SECTIONS
from scenarios.settings import Settings
from scenarios.strategies.base import Strategy
from sim.knobs import KnobError, KnobSet
from sim.market import Market
from sim.population import Population
from sim.talk_knobs import Talk

__all__ = ["Scenario"]


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One community under one set of strategies, many replicates.

    Same scenario, same outcome, bit for bit. ``arm`` labels the set of strategies with its doses, ``world`` the
    scenario with its numbers; ``roles`` are roles played besides the built-in ones, with their share of the people
    in the market in ``role_shares``. Making one checks it: a Scenario that exists can be run.
    """

    name: str = "custom"
    arm: str = ""
    world: str = ""
    seed: int = 1
    replicates: int = 20
    days: int = 180
    lane: str = "compiled"
    threads: int = 1
    record: str = "spells"
    luck: str = "keyed"
    same_members: bool = False
    start: str = "2025-03-03"
    population: Population = field(default_factory=Population)
    purpose: Purpose = field(default_factory=Purpose)
    market: Market = field(default_factory=Market)
    talk: Talk = field(default_factory=Talk)
    mind: Mind = field(default_factory=Mind)
    cast: Cast = field(default_factory=Cast)
    operator: Operator = field(default_factory=Operator)
    strategies: tuple[Strategy, ...] = ()
    roles: tuple[type, ...] = ()
    role_shares: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        self._set("strategies", tuple(sorted(self.strategies, key=lambda strategy: strategy.name)))
        names = [strategy.name for strategy in self.strategies]
        check_contradictions(self.strategies)
        self._set("arm", self.arm or "+".join(names) or "nothing")
        self._set("world", self.world or self.name)
        for key, value in self._settings():
            self._set(key, value)
        _check_texts(self)
        if len(self.roles) != len(self.role_shares):
            raise ConfigError(f"{len(self.roles)} roles but {len(self.role_shares)} shares; add roles by with_role()")

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _settings(self) -> Settings:
        try:
            return Settings(**{name: getattr(self, name) for name in Settings.knobs()})
        except KnobError as error:
            raise ConfigError(str(error)) from error

    def replace(self, **changes: Any) -> Scenario:
        """A copy with some fields changed; a section may be given as a mapping of the knobs that change.

        ``scenario.replace(days=30, mind={"tie_gain": 0.3})``. A label that was made from the strategies is made anew.
        """
        for name, value in list(changes.items()):
            now = getattr(self, name, None)
            if isinstance(now, KnobSet) and isinstance(value, Mapping):
                try:
                    changes[name] = now.replace(value)
                except KnobError as error:
                    raise ConfigError(f"{name}: {error}") from error
        if "strategies" in changes and "arm" not in changes:
            changes["arm"] = ""
        return dataclasses.replace(self, **changes)

    def with_role(self, role: type, share: float) -> Scenario:
        """A copy in which ``share`` of the people in the market play ``role`` (a subclass of a role or of Member)."""
        if not 0.0 <= share <= 1.0 - sum(self.role_shares):
            raise ConfigError(f"share={share:g} of {role.__name__}: shares of added roles lie in 0 to 1, also in sum")
        return self.replace(roles=(*self.roles, role), role_shares=(*self.role_shares, float(share)))

    def as_dict(self) -> dict[str, Any]:
        """The resolved configuration as plain numbers and words, by the names the command line knows."""
        sections = {key: dict(getattr(self, FIELDS[key])) for key in SECTIONS}
        added = {role.__name__: share for role, share in zip(self.roles, self.role_shares, strict=True)}
        return {
            "name": self.name,
            "arm": self.arm,
            "world": self.world,
            **self._settings().values,
            "start": self.start,
            **sections,
            "strategies": {strategy.name: dict(strategy) for strategy in self.strategies},
            "added_roles": added,
        }


def _check_texts(scenario: Scenario) -> None:
    """Labels are short lines of text; the start is a date."""
    for name in ("name", "arm", "world"):
        value = getattr(scenario, name)
        if not isinstance(value, str) or not value.isprintable() or len(value) > 120:
            raise ConfigError(f"{name}={shown(value)} is no label: give up to 120 printable characters")
    try:
        date.fromisoformat(scenario.start)
    except (TypeError, ValueError) as error:
        raise ConfigError(f"start={shown(scenario.start)} is no date; write it like start=2025-03-03") from error
