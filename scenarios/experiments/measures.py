"""A measure as files of cases and claims write it: an outcome, days of a column, or a rule by name.

    lifetime
    {outcome: n_second, per: purchases}
    {column: n_member_messages, per: n_members, days: [0, 29]}
    {column: n_member_messages, days: [60, 89], before: [30, 59], how: ratio}
    {column: mean_trust, days: [60, 89], groups: {healthy: 59}}
    {column: new_joined, days: [90, 119], groups: {born: [90, 90]}}
    {column: n_members, reached: 1000}
    {rule: stayed, channel: invited, against: paid_ad, joined: [0, 59], after: 28}
    {rule: rank_correlation, of: {column: n_purchases, per: n_members}, along: {column: mean_trust}, days: [30, 179]}
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from typing import Any

from scenarios.errors import ConfigError, shown
from scenarios.experiments.reader import known_outcome
from sim.analysis.experiment.levels import MEANS, Groups, Span
from sim.analysis.experiment.measure import HOWS, Measure
from sim.analysis.experiment.rules import RULES
from sim.analysis.experiment.rules_of_groups import Quantity
from sim.data.tables import CHANNELS, DAILY
from sim.engine.knobs import did_you_mean

__all__ = ["measure_of", "number_of"]

_KEYS = ("column", "per", "days", "before", "how", "reached", "groups")
_COLUMNS = tuple(name for name in DAILY.names or () if name not in ("replicate", "group", "day"))


def measure_of(value: object, place: str, days: int) -> Measure:
    """The measure, checked against outcomes, columns, rules and the days that are played.

    Raises
    ------
    ConfigError
        Naming the place and the cure.
    """
    if isinstance(value, str):
        return Measure(outcome=known_outcome(value, place))
    if isinstance(value, Mapping):
        for key, read in (("column", _of_column), ("rule", _of_rule), ("outcome", _of_outcomes)):
            if key in value:
                return read(value, place, days)
    raise ConfigError(f"{place}: {shown(value)} is no measure; write the name of an outcome, {{column: …}} or "
                      "{rule: …}")  # fmt: skip


def _of_outcomes(value: Mapping[Any, Any], place: str, days: int) -> Measure:
    _known(value, ("outcome", "per", "over"), place, "a measure of outcomes")
    per = known_outcome(value["per"], f"{place}: per") if "per" in value else ""
    return Measure(outcome=known_outcome(value["outcome"], place), per=per, over=_over(value, place))


def _of_column(value: Mapping[Any, Any], place: str, days: int) -> Measure:
    _known(value, _KEYS, place, "a measure")
    column, per = _column(value, place)
    how = value.get("how", HOWS[0])
    if how not in HOWS:
        raise ConfigError(f"{place}: how: {shown(how)} is neither {' nor '.join(HOWS)}")
    before = _span(value["before"], f"{place}: before", days) if "before" in value else None
    reached = number_of(value["reached"], f"{place}: reached") if "reached" in value else None
    groups = _groups(value["groups"], f"{place}: groups", days) if "groups" in value else None
    return Measure(column=column, per=per, before=before, how=str(how), reached=reached,
                   days=_span(value.get("days", [0, days - 1]), f"{place}: days", days), groups=groups)  # fmt: skip


def _column(value: Mapping[Any, Any], place: str) -> tuple[str, str]:
    """Column and ``per``, each one of the daily table; what is a mean already is divided by nothing."""
    for key in ("column", "per"):
        if key in value and value[key] not in _COLUMNS:
            raise ConfigError(f"{place}: {key}: the daily table has no '{shown(value[key])}'"
                              f"{did_you_mean(str(value[key]), _COLUMNS)}")  # fmt: skip
    column, per = str(value["column"]), str(value.get("per", ""))
    if per and column in MEANS:
        raise ConfigError(f"{place}: {column} is a mean of members already; leave out per")
    return column, per


def _groups(value: object, place: str, days: int) -> Groups:
    if not isinstance(value, Mapping) or not value:
        raise ConfigError(f"{place}: {shown(value)} chooses no groups; write {{born: [90, 90]}}, {{healthy: 59}} or "
                          "{ailing: 59}")  # fmt: skip
    _known(value, ("born", "healthy", "ailing"), place, "a choice of groups")
    if {"healthy", "ailing"} <= set(value):
        raise ConfigError(f"{place}: no group is healthy and ailing; choose one")
    born = _span(value["born"], f"{place}: born", days) if "born" in value else None
    state = {key: _whole(value[key], f"{place}: {key}", days) for key in ("healthy", "ailing") if key in value}
    return Groups(born, **state)


def _of_rule(value: Mapping[Any, Any], place: str, days: int) -> Measure:
    name = str(value["rule"])
    if name not in RULES:
        raise ConfigError(f"{place}: there is no rule '{shown(name)}'{did_you_mean(name, RULES)}\n"
                          f"rules: {', '.join(RULES)}")  # fmt: skip
    allowed = RULES[name].options
    _known(value, ("rule", *allowed, "over"), place, f"the rule {name}")
    options = {}
    for key, default in allowed.items():
        if key in value:
            options[key] = _READ[key](value[key], f"{place}: {key}", days)
        elif default is inspect.Parameter.empty:
            raise ConfigError(f"{place}: the rule {name} needs '{key}'")
    joined, wait = options.get("joined"), max(options.get(key) or allowed.get(key, 0) for key in ("after", "within"))
    if joined and joined[0] + wait > days - 1:
        raise ConfigError(f"{place}: nobody who comes from day {joined[0]} on is seen for {wait} days; "
                          f"{days} are played")  # fmt: skip
    return Measure(rule=name, options=options, over=_over(value, place))


def _over(value: Mapping[Any, Any], place: str) -> float:
    return number_of(value["over"], f"{place}: over") if "over" in value else 0.0


def _known(value: Mapping[Any, Any], keys: tuple[str, ...], place: str, what: str) -> None:
    for key in value:
        if key not in keys:
            raise ConfigError(f"{place}: {what} has no '{shown(key)}'{did_you_mean(str(key), keys)}; "
                              f"there is {', '.join(keys)}")  # fmt: skip


def number_of(value: object, place: str) -> float:
    """A number; infinity is one (``.inf`` in YAML)."""
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise ConfigError(f"{place}: {shown(value)} is no number")
    return float(value)


def _span(value: Any, place: str, days: int) -> Span:
    is_pair = isinstance(value, list) and len(value) == 2 and all(type(one) is int for one in value)
    if not is_pair or not 0 <= value[0] <= value[1] < days:
        raise ConfigError(f"{place}: {shown(value)} is no span of days; write [first, last], from 0 to {days - 1}")
    return value[0], value[1]


def _whole(value: Any, place: str, days: int) -> int:
    if type(value) is not int or not 0 <= value < days:
        raise ConfigError(f"{place}: {shown(value)} is no day; days go from 0 to {days - 1}")
    return value


def _wait(value: Any, place: str, days: int) -> int:
    if type(value) is not int or not 1 <= value < days:
        raise ConfigError(f"{place}: {shown(value)} is no number of days; it goes from 1 to {days - 1}")
    return value


def _ways(value: Any, place: str, days: int) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not names:
        raise ConfigError(f"{place}: {shown(value)} names no way of coming in; there is {', '.join(CHANNELS)}")
    for name in names:
        if name not in CHANNELS:
            raise ConfigError(f"{place}: nobody comes in by '{shown(name)}'{did_you_mean(str(name), CHANNELS)}; "
                              f"there is {', '.join(CHANNELS)}")  # fmt: skip
    return tuple(names)


def _quantity(value: Any, place: str, days: int) -> Quantity:
    if not isinstance(value, Mapping) or "column" not in value:
        raise ConfigError(f"{place}: {shown(value)} is no quantity of a group; write {{column: …, per: …}}")
    _known(value, ("column", "per"), place, "a quantity of a group")
    return Quantity(*_column(value, place))


def _share(value: Any, place: str, days: int) -> float:
    number = number_of(value, place)
    if not 0.0 < number < 1.0:
        raise ConfigError(f"{place}: {shown(value)} is no share between 0 and 1")
    return number


def _yes(value: Any, place: str, days: int) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"{place}: {shown(value)} is neither true nor false")
    return value


_READ: Mapping[str, Callable[[Any, str, int], Any]] = {
    "channel": _ways, "against": _ways, "joined": _span, "days": _span, "after": _wait, "within": _wait, "day": _whole,
    "at_once": _yes, "share": _share,
    "at_least": lambda value, place, days: number_of(value, place),
    "of": _quantity, "along": _quantity, "minus": _quantity,
}  # fmt: skip
"""How each option is read, the same of every rule."""
