"""A scenario: everything that determines a run, frozen and checked."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from agents import ROLES, Member
from agents.composition import Cast
from agents.psychology import Mind
from agents.topic import Purpose
from scenarios.config.contradictions import check_contradictions, check_goals, check_numbers
from scenarios.config.ensemble import Sets, applied
from scenarios.config.plugin import plugin_of
from scenarios.config.sections import FIELDS, SECTIONS, all_knobs
from scenarios.config.settings import Settings
from scenarios.errors import ConfigError, shown
from scenarios.strategies.base import Strategy
from scenarios.timeline import Event, TimelineError, changes_on, check_events, values_on
from sim.engine.knobs import KnobError, KnobSet, snake_case
from sim.engine.mechanism import Mechanism, in_play
from sim.engine.refusals import check_spelling
from sim.mechanisms import mechanisms
from sim.model.membership import ACTS, Resident
from sim.model.parameters import Market, Operator, Population, Talk
from sim.model.role_columns import row_types

__all__ = ["Scenario"]

MOST_LETTERS = 160
"""Of a label: that of a world says all its settings."""
LETTERS = 120
"""Of a label made up from names of strategies, from which on it is cut short."""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One community under one set of strategies, many replicates.

    Same scenario, same outcome, bit for bit. ``arm`` labels the set of strategies with its doses, ``world`` the
    scenario with its numbers; ``added_roles`` are roles played besides the built-in ones, each with its share of the
    people in the market; ``tuned`` are mechanisms whose knobs are not at their defaults; with ``sets`` each replicate
    plays numbers of its own (:mod:`scenarios.config.ensemble`), and ``held`` are the mechanisms that some set puts in
    play, so in play in all. Making one checks it: a Scenario that exists can be
    run.
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
    tuned: tuple[Mechanism, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    timeline: tuple[Event, ...] = ()
    added_roles: tuple[tuple[type[Resident], float], ...] = ()
    sets: Sets | None = None
    held: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self._set("strategies", tuple(sorted(self.strategies, key=lambda strategy: strategy.name)))
        names = [strategy.name for strategy in self.strategies]
        check_numbers(self.population)
        self._set("arm", self.arm or _label(names))
        self._set("world", self.world or self.name)
        for key, value in self._settings():
            self._set(key, value)
        check_contradictions(self.plan, self.days)
        check_goals(self.plan, self.population)
        if self.timeline:
            _check_timeline(self)
        spares = max((s.spare_groups_each for s in self.plan if s.needs_spare_groups), default=0)
        spares += self._groups_of_others()
        if spares > 0 and self.population.spare_groups == 0:
            try:
                self._set("population", self.population.replace({"spare_groups": spares * self.population.groups}))
            except KnobError as error:
                raise ConfigError(f"population.{error}; play fewer groups, or a strategy that opens fewer") from error
        _check_texts(self)
        _check_roles(self)

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _settings(self) -> Settings:
        try:
            return Settings(**{name: getattr(self, name) for name in Settings.knobs()})
        except KnobError as error:
            raise ConfigError(str(error)) from error

    def replace(self, **changes: Any) -> Scenario:
        """A copy with some fields changed; a section may be given as a mapping of the knobs that change.

        ``scenario.replace(days=30, talk={"tie_gain": 0.3})``. A label that was made from the strategies is made anew.
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

    def played_by(self, replicate: int) -> Scenario:
        """The scenario as one replicate plays it: with its set of the ensemble, if there is one."""
        return self.each(replicate, 1)[0]

    def each(self, first: int, n: int) -> list[Scenario]:
        """The scenario as each of ``n`` replicates plays it; those of the same set share one."""
        if self.sets is None:
            return [self] * n
        rows = [self.sets.row(replicate) for replicate in range(first, first + n)]
        made = {key: applied(self, row) for key, row in {id(row): row for row in rows}.items()}
        return [made[id(row)] for row in rows]

    def with_role(self, role: type[Resident], share: float) -> Scenario:
        """A copy in which ``share`` of the people in the market play ``role`` (a subclass of Member or of a role)."""
        return self.replace(added_roles=(*self.added_roles, (role, share)))

    @property
    def roles(self) -> tuple[type[Resident], ...]:
        """Every role that is played; a role's code is its place."""
        return (*ROLES, *(role for role, _ in self.added_roles))

    @property
    def role_shares(self) -> dict[str, float]:
        """Shares of the people in the market by name of the role; whoever is in none of them is an ordinary member."""
        cast = self.cast
        built_in = {"advertiser": cast.advertisers, "connector": cast.connectors, "poacher": cast.poachers}
        return built_in | {snake_case(role.__name__): float(share) for role, share in self.added_roles}

    @property
    def plan(self) -> tuple[Strategy, ...]:
        """What is played in all: the arm's strategies, and in every arm those of the timeline."""
        others = tuple(one for event in self.timeline for one in event.strategies)
        return (*(s for s in self.strategies if not others or s.turns()), *others)

    @property
    def numbers(self) -> dict[str, float]:
        """Numbers of the world and of all mechanisms by full name, without events."""
        known: dict[str, KnobSet] = {**self.sections, **{name: made() for name, made in mechanisms().items()}}
        known |= {one.name(): one for one in self.tuned}
        pairs = ((f"{key}.{name}", value) for key, knobs in known.items() for name, value in knobs)
        return {name: float(value) for name, value in pairs if not isinstance(value, str)}

    def changes(self, day: int) -> dict[str, float]:
        """Numbers that the timeline gives another value from this day on."""
        is_edge = any(day in (event.day, event.until + 1) for event in self.timeline)
        return changes_on(day, self.timeline, self.numbers) if is_edge else {}

    @property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        """The mechanisms in play: those of which a strategy turns a lever, that are always there in a world of these
        numbers (or of those of another set), and those they use.
        """
        mechanisms()
        turned = {lever for strategy in self.plan for lever in strategy.turns() - strategy.rests}
        tuned = {type(one): one for one in self.tuned}
        found = {made.name(): made for numbers in self._numbers_of_days() for made in in_play(turned, numbers)}
        found |= {name: mechanisms()[name] for name in self.held}
        return tuple(tuned.get(found[name]) or found[name]() for name in sorted(found))

    def _groups_of_others(self) -> int:
        """How many groups for other owners may be opened for each one founded, on the day that asks for most."""
        names = [f"{name}.{made.opens}" for name, made in mechanisms().items() if made.opens]
        days = self._numbers_of_days()
        return sum(math.ceil(max(day[name] for day in days)) for name in names)

    def _numbers_of_days(self) -> list[dict[str, float]]:
        """The numbers of the world by their own names, and all by their full ones (``order.unfair``), at first and on
        each day on which the timeline changes any.
        """
        base = self.numbers
        edges = sorted({day for event in self.timeline for day in (event.day, event.until + 1)})
        days = [base, *(base | values_on(day, self.timeline, base) for day in edges)]
        return [{key.rpartition(".")[2]: v for key, v in one.items() if key.split(".")[0] in SECTIONS} | one
                for one in days]  # fmt: skip

    @property
    def sections(self) -> dict[str, KnobSet]:
        """The knobs of the world by section, under the names of the configuration."""
        return {key: getattr(self, FIELDS[key]) for key in SECTIONS}

    def as_dict(self) -> dict[str, Any]:
        """The resolved configuration as plain numbers and words, by the names the command line knows."""
        mechanisms = self.mechanisms
        plugins = self._plugins(mechanisms)
        return {
            "name": self.name,
            "arm": self.arm,
            "world": self.world,
            **self._settings().values,
            "start": self.start,
            **{key: dict(section) for key, section in self.sections.items()},
            **{one.name(): dict(one) for one in mechanisms},
            "strategies": {strategy.name: _said(strategy) for strategy in self.strategies},
            "added_roles": {role.__name__: share for role, share in self.added_roles},
            **({"timeline": [event.as_dict() for event in self.timeline]} if self.timeline else {}),
            **({"plugins": plugins} if plugins else {}),
            **({"ensemble": self.sets.as_dict()} if self.sets else {}),
        }

    def _plugins(self, mechanisms: Iterable[Mechanism]) -> dict[str, str]:
        """The plugins of which anything is in play, by name, and the hash of their text."""
        playing = [*map(type, self.plan), *map(type, mechanisms), *(role for role, _ in self.added_roles)]
        found = {plugin.name: plugin.version for one in playing if (plugin := plugin_of(one)) is not None}
        return dict(sorted(found.items()))


def _check_timeline(scenario: Scenario) -> None:
    """What happens in every arm goes together with the arm's strategies, and numbers stay in their ranges."""
    try:
        check_events(scenario.timeline, scenario.numbers, all_knobs())
    except TimelineError as error:
        raise ConfigError(str(error)) from error


def _label(names: Sequence[str]) -> str:
    """The arm's own label: its strategies by name, cut short where they are too many for one."""
    label = "+".join(names) or "nothing"
    return label if len(label) <= LETTERS else f"{label[: LETTERS - 20]}… ({len(names)} in all)"


def _said(strategy: Strategy) -> dict[str, Any]:
    """A strategy as config says it; where its node has a name of its own, with the kind it is of."""
    kind = strategy.config_name()
    return dict(strategy) if strategy.name == kind else {"use": kind, **dict(strategy)}


def _check_texts(scenario: Scenario) -> None:
    """Labels are short lines of text; the start is a date."""
    for name in ("name", "arm", "world"):
        value = getattr(scenario, name)
        if not isinstance(value, str) or not value.isprintable() or len(value) > MOST_LETTERS:
            raise ConfigError(f"{name}={shown(value)} is no label: give up to {MOST_LETTERS} printable characters")
    try:
        date.fromisoformat(scenario.start)
    except (TypeError, ValueError) as error:
        raise ConfigError(f"start={shown(scenario.start)} is no date; write it like start=2025-03-03") from error


def _check_roles(scenario: Scenario) -> None:
    """Added roles are agents with names of their own and shares that leave room for the others."""
    names = [snake_case(role.__name__) for role in ROLES]
    for role, share in scenario.added_roles:
        if not (isinstance(role, type) and issubclass(role, Resident)):
            raise ConfigError(f"{shown(role)} is no role; write a subclass of agents.Member")
        if snake_case(role.__name__) in names:
            raise ConfigError(f"there is a role '{role.__name__}' already; give the class another name")
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0.0 <= share <= 1.0:
            raise ConfigError(f"share={shown(share)} of {role.__name__} is not between 0 and 1")
        names.append(snake_case(role.__name__))
    _check_rules(scenario)
    total = sum(scenario.role_shares.values())
    if total > 1.0:
        raise ConfigError(f"the roles' shares of the market add up to {total:g}, more than 1")


def _check_rules(scenario: Scenario) -> None:
    """Rules of added roles are spelt like rules, and speak of columns that there are."""
    if not scenario.added_roles:
        return
    try:
        types = row_types(scenario.roles, scenario.sections.values())
        columns = {row: frozenset(kept.names or ()) for row, kept in types.items()}
        for role, _ in scenario.added_roles:
            check_spelling(role, Member, ACTS, columns)
    except TypeError as error:  # a column declared twice, of another kind
        raise ConfigError(str(error)) from error
