"""A measure as files of cases and claims write it: the name of an outcome, or a column of the daily table.

    lifetime
    {column: n_member_messages, per: n_members, days: [0, 29]}
    {column: n_member_messages, days: [60, 89], before: [30, 59], how: ratio}
    {column: n_members, reached: 1000}
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from scenarios.errors import ConfigError, shown
from scenarios.experiments.reader import known_outcome
from sim.analysis.experiment.measure import HOWS, Measure, Span
from sim.data.tables import DAILY
from sim.engine.knobs import did_you_mean

__all__ = ["measure_of", "number_of"]

_KEYS = ("column", "per", "days", "before", "how", "reached")
_COLUMNS = tuple(name for name in DAILY.names or () if name not in ("replicate", "group", "day"))


def measure_of(value: object, place: str, days: int) -> Measure:
    """The measure, checked against outcomes, columns and the days that are played.

    Raises
    ------
    ConfigError
        Naming the place and the cure.
    """
    if isinstance(value, str):
        return Measure(outcome=known_outcome(value, place))
    if not isinstance(value, Mapping) or "column" not in value:
        raise ConfigError(f"{place}: {shown(value)} is no measure; write the name of an outcome, or {{column: …}}")
    for key in value:
        if key not in _KEYS:
            raise ConfigError(f"{place}: a measure has no '{shown(key)}'{did_you_mean(str(key), _KEYS)}")
    for key in ("column", "per"):
        if key in value and value[key] not in _COLUMNS:
            raise ConfigError(f"{place}: {key}: the daily table has no '{shown(value[key])}'"
                              f"{did_you_mean(str(value[key]), _COLUMNS)}")  # fmt: skip
    how = value.get("how", HOWS[0])
    if how not in HOWS:
        raise ConfigError(f"{place}: how: {shown(how)} is neither {' nor '.join(HOWS)}")
    before = _span(value["before"], f"{place}: before", days) if "before" in value else None
    reached = number_of(value["reached"], f"{place}: reached") if "reached" in value else None
    return Measure(column=str(value["column"]), per=str(value.get("per", "")), before=before, how=str(how),
                   days=_span(value.get("days", [0, days - 1]), f"{place}: days", days), reached=reached)  # fmt: skip


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
