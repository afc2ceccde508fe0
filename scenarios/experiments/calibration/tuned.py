"""``tuned.toml`` to a checked :class:`Tuning`: which numbers may move, how far, and how misses are weighed."""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.config.ensemble import Row, known_knob
from scenarios.errors import ConfigError, shown
from scenarios.experiments.validation import WORLDS, scenario_for
from sim.analysis.facts import loss
from sim.analysis.facts.loss import Rule
from sim.analysis.facts.targets import targets

__all__ = ["FILE", "MOST_OF_A_WORLD", "Tuned", "Tuning", "read_tuning"]

FILE = Path(loss.__file__).with_name("tuned.toml")
MOST_OF_A_WORLD = 8
"""Worlds differ in at most so many tuned numbers."""
_KEYS = ("knob", "world", "low", "high", "scale", "facts")
_DIGITS = 6


@dataclass(frozen=True)
class Tuned:
    """One number that may move: of all worlds, or of the scenario ``world`` alone."""

    knob: str
    world: str
    low: float
    high: float
    is_log: bool
    is_whole: bool
    facts: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its name among the others: ``mind.reply``, ``learners: scenario.talk``."""
        return f"{self.world}: {self.knob}" if self.world else self.knob

    def place(self, value: float) -> float:
        """Where a value lies in the range, 0 to 1; by ratios on a logarithmic scale."""
        low, high, value = ((math.log(one) if self.is_log else one) for one in (self.low, self.high, value))
        return (value - low) / (high - low)

    def at(self, place: float) -> float:
        """The value at a place of the range."""
        low, high = (math.log(one) if self.is_log else one for one in (self.low, self.high))
        value = low + min(max(place, 0.0), 1.0) * (high - low)
        return self.tidy(math.exp(value) if self.is_log else value)

    def tidy(self, value: float) -> float:
        """The value with six figures, or whole, within the range."""
        value = round(value) if self.is_whole else float(f"{value:.{_DIGITS}g}")
        return min(max(value, self.low), self.high)


Point = tuple[float, ...]
"""A value for each tuned number, in their order."""


@dataclass(frozen=True)
class Tuning:
    """The numbers that may move, the rule of the loss, which sets an ensemble takes, and the terms that no log can
    tell, with how high they may be."""

    tuned: tuple[Tuned, ...]
    rule: Rule
    within: float
    apart: float
    unseen: tuple[tuple[str, float], ...] = ()

    def row(self, point: Point) -> Row:
        """The set that a point stands for."""
        values, worlds = {}, dict[str, dict[str, float]]()
        for one, value in zip(self.tuned, point, strict=True):
            if one.world:
                worlds.setdefault(one.world, {})[one.knob] = value
            else:
                values[one.knob] = value
        return Row(values, worlds)

    def now(self) -> Point:
        """The values that the rules and scenarios have at present, brought into the ranges."""
        from scenarios.config.compose import compose

        names = {one.world for one in self.tuned} | {scenario_for(world) for world in WORLDS}
        found = {name: compose([f"scenario={name}", "strategy=[nothing]"]).numbers for name in sorted(names - {""})}
        first = next(iter(found.values()))
        return tuple(one.tidy((found[one.world] if one.world else first)[one.knob]) for one in self.tuned)

    def places(self, point: Point) -> list[float]:
        """The point in the unit cube."""
        return [one.place(value) for one, value in zip(self.tuned, point, strict=True)]


def read_tuning(path: Path = FILE) -> Tuning:
    """What the file says.

    Raises
    ------
    ConfigError
        It cannot be read, or a number it names is unknown, or a range is none, or lies outside that of the knob.
    """
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path.name}: it cannot be read: {shown(error)}") from error
    tuned = tuple(_tuned(one, f"{path.name}, entry {number}") for number, one in enumerate(found.get("tuned", []), 1))
    _check_all(tuned, path.name)
    said = found.get("loss", {})
    rule = Rule(_statistics(said, "logs", path.name), float(said.get("pull", 0.05)), float(said.get("missing", 100.0)),
                aside=_statistics(said, "aside", path.name))  # fmt: skip
    if rule.missing < rule.most:
        raise ConfigError(f"{path.name}: missing = {rule.missing:g}: what cannot be measured must cost at least "
                          f"{rule.most:g}, as much as what is out of all measure")  # fmt: skip
    terms = enumerate(found.get("unseen", []), 1)
    unseen = tuple(_unseen(one, f"{path.name}, unseen {number}") for number, one in terms)
    return Tuning(tuned, rule, float(said.get("within", 1.0)), float(said.get("apart", 0.04)), unseen)


def _statistics(said: Mapping[str, Any], key: str, place: str) -> frozenset[str]:
    """Names of statistics, each of which is one of a fact."""
    known = {f"{row['id']}.{row['statistic']}" for row in targets().to_dict("records")}
    for name in said.get(key, ()):
        if name not in known:
            raise ConfigError(f"{place}: {key}: there is no statistic {shown(str(name))}; facts.toml lists them")
    return frozenset(said.get(key, ()))


def _unseen(one: Mapping[str, Any], place: str) -> tuple[str, float]:
    """The name of a term that stands at 0, and how high it may be."""
    if set(one) != {"knob", "high"}:
        raise ConfigError(f"{place}: write knob, high")
    knob, high = known_knob(str(one["knob"]), place, ("number",)), _edge(one["high"], f"{place}: {shown(one['knob'])}")
    if knob.default != 0 or not 0 < high <= (math.inf if knob.high is None else knob.high):
        raise ConfigError(f"{place}: {shown(one['knob'])}: name a number that stands at 0, and a high within its range")
    return str(one["knob"]), high


def _check_all(tuned: Sequence[Tuned], place: str) -> None:
    """Some, none twice, few of each world."""
    keys = Counter(one.key for one in tuned)
    if not tuned or keys.most_common(1)[0][1] > 1:
        raise ConfigError(f"{place}: name each number that is tuned, and name it once")
    for world, n in Counter(one.world for one in tuned if one.world).items():
        if n > MOST_OF_A_WORLD:
            raise ConfigError(f"{place}: {n} numbers of the world {shown(world)} are tuned; worlds differ in at most "
                              f"{MOST_OF_A_WORLD}")  # fmt: skip


def _tuned(one: Mapping[str, Any], place: str) -> Tuned:
    for key in one:
        if key not in _KEYS:
            raise ConfigError(f"{place}: there is no '{shown(key)}'; there is {', '.join(_KEYS)}")
    knob = known_knob(str(one.get("knob")), place)
    low, high = (_edge(one.get(end), f"{place}: {shown(one['knob'])}") for end in ("low", "high"))
    scale = one.get("scale", "linear")
    if scale not in ("linear", "log") or not low < high or (scale == "log" and low <= 0):
        raise ConfigError(f"{place}: {shown(one['knob'])}: write low below high, and scale linear, or log above 0")
    if (knob.low is not None and low < knob.low) or (knob.high is not None and high > knob.high):
        raise ConfigError(f"{place}: {shown(one['knob'])}: the range lies outside that of the knob, "
                          f"{knob.low:g} to {knob.high:g}")  # fmt: skip
    return Tuned(str(one["knob"]), str(one.get("world", "")), low, high, scale == "log",
                 knob.kind == "whole number", tuple(map(str, one.get("facts", ()))))  # fmt: skip


def _edge(value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ConfigError(f"{place}: write low and high as numbers")
    return float(value)
