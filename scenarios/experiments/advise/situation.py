"""What an operator says of their groups, on the command line or in a file.

    kind: pet_owners        # a scenario, or one that `shequn fit` made of a log
    groups: 10
    people: 120             # members of each group today; left out: groups begin now
    hours: 1.5              # a day, for all groups
    yuan: 500               # a month, for all groups
    matters: {life: 1, talk: 1, sales: 2}
    without: [shills, hard_adverts]
    days: 180
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.config import catalog
from scenarios.config.yamlfile import known_keys, read_yaml
from scenarios.errors import ConfigError, shown
from scenarios.experiments.options import checked_setting
from sim.engine.knobs import did_you_mean

__all__ = ["GOALS", "KEYS", "LEAST_LIFE", "MONTH", "RANGES", "Situation", "budget", "from_file", "plain",
           "situation_of"]  # fmt: skip

GOALS = {"life": "lifetime", "talk": "member_messages", "sales": "revenue"}
"""What may matter, and the outcome that tells it."""
KEYS = ("kind", "groups", "people", "hours", "yuan", "matters", "without", "days")
RANGES = {"groups": (1, 1_000), "people": (0, 2_000), "hours": (0, 1_000), "yuan": (0, 100_000_000)}
_WHOLE = ("groups", "people")
MONTH, LEAST_LIFE = 30.0, 90
"""Days of a month; fewest days in which lives can be told apart."""


@dataclass(frozen=True)
class Situation:
    """An operator's groups, what they can spend, what matters to them and what they will not do.

    The defaults are a shop with ten new groups, an hour and a half a day, and 500 CNY a month.
    """

    kind: str = "pet_owners"
    groups: int = 10
    people: int = 0
    hours: float = 1.5
    yuan: float = 500.0
    matters: Mapping[str, float] = None  # type: ignore[assignment]
    without: tuple[str, ...] = ()
    days: int = 180

    def __post_init__(self) -> None:
        if self.matters is None:
            object.__setattr__(self, "matters", dict.fromkeys(GOALS, 1.0))

    @property
    def world(self) -> tuple[str, ...]:
        """Overrides. Hours and money are what there is: an act that costs more than is left does not happen, and the
        money of a month is not there before the month.
        """
        past = (f"population.members={self.people}",) if self.people else ()
        return (f"scenario={self.kind}", f"population.groups={self.groups}", *past, *budget(self.hours, self.yuan))

    @property
    def months(self) -> float:
        """Of 30 days."""
        return self.days / MONTH

    @property
    def weights(self) -> dict[str, float]:
        """Share of each outcome in what matters; they add up to 1."""
        total = sum(self.matters.values())
        return {GOALS[goal]: value / total for goal, value in self.matters.items() if value > 0}


def budget(hours: float, yuan: float) -> tuple[str, ...]:
    """Overrides that give the operator so many hours a day and so many yuan a month, and no more of either."""
    return (f"operator.hours={plain(hours)}", f"operator.purse={plain(yuan)}", f"allowance.monthly={plain(yuan)}")


def from_file(path: Path) -> Situation:
    """The situation in a YAML file.

    Raises
    ------
    ConfigError
        Naming the place and the cure.
    """
    found = read_yaml(path, path.name)
    known_keys(found, KEYS, path.name)
    return situation_of(found, path.name)


def situation_of(said: Mapping[str, Any], place: str) -> Situation:
    """From what was said, each part checked.

    Raises
    ------
    ConfigError
        Naming the place and the cure.
    """
    found: dict[str, Any] = {key: _number(key, said[key], place) for key in RANGES if key in said}
    if "kind" in said:
        found["kind"] = _named(said["kind"], catalog.options("scenario"), f"{place}: kind", "kind of group")
    if "matters" in said:
        found["matters"] = _matters(said["matters"], f"{place}: matters")
    if "without" in said:
        names = said["without"] if isinstance(said["without"], list) else [said["without"]]
        known = catalog.strategies()
        found["without"] = tuple(_named(one, known, f"{place}: without", "strategy") for one in names)
    if "days" in said:
        found["days"] = checked_setting("days", said["days"], f"{place}: ")
    asked = Situation(**found)
    if GOALS["life"] in asked.weights and asked.days < LEAST_LIFE:
        raise ConfigError(f"{place}: days: in {asked.days} days no group's life can be told: one is over when four "
                          f"weeks have been silent; write {LEAST_LIFE} or more, or leave life out of what matters")
    return asked


def plain(value: float) -> str:
    """``500``, ``1.5``: every digit of it, and none more."""
    return str(int(value)) if value == int(value) else repr(value)


def _number(key: str, value: object, place: str) -> float:
    low, high = RANGES[key]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not low <= value <= high:  # type: ignore[operator]
        raise ConfigError(f"{place}: {key}: {shown(value)} is no number from {low:,} to {high:,}")
    if key in _WHOLE and float(value) != int(value):  # type: ignore[call-overload, arg-type]
        raise ConfigError(f"{place}: {key}: {shown(value)} is no whole number")
    return int(value) if key in _WHOLE else float(value)  # type: ignore[call-overload, arg-type, no-any-return]


def _named(value: object, known: Any, place: str, what: str) -> str:
    if not isinstance(value, str) or value not in known:
        raise ConfigError(f"{place}: there is no {what} '{shown(value)}'{did_you_mean(str(value), known)}")
    return value


def _matters(value: object, place: str) -> dict[str, float]:
    """Weights; they need not add up to anything."""
    if not isinstance(value, Mapping) or not value:
        raise ConfigError(f"{place}: {shown(value)} is no mapping; write {{life: 1, talk: 1, sales: 2}}")
    for goal, weight in value.items():
        if goal not in GOALS:
            raise ConfigError(f"{place}: there is no '{shown(goal)}'{did_you_mean(str(goal), GOALS)}")
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight < 1e6:
            raise ConfigError(f"{place}: {goal}: {shown(weight)} is no weight; write a number, 0 or more")
    if not sum(value.values()):
        raise ConfigError(f"{place}: all weights are 0; something must matter")
    return {str(goal): float(weight) for goal, weight in value.items()}
