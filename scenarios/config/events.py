"""A scenario's timeline as it stands in YAML or on the command line, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.config import catalog
from scenarios.config.nodes import nodes_of
from scenarios.config.sections import all_knobs, sections
from scenarios.config.texts import texts_of
from scenarios.config.validation import checked_knobs
from scenarios.errors import ConfigError, shown
from scenarios.strategies.base import Strategy
from scenarios.strategies.window import ALWAYS
from scenarios.timeline import Event
from sim.engine.knobs import KnobError, did_you_mean

__all__ = ["events_of"]

_KEYS = ("day", "until", "set", "shock", "strategies", "say")
_LONGEST = 60
_MOST = 200


def events_of(raw: object) -> tuple[Event, ...]:
    """The events of ``timeline:``.

    Raises
    ------
    ConfigError
        Naming the event and the cure.
    """
    if not isinstance(raw, list) or len(raw) > _MOST:
        raise ConfigError(f"timeline: {shown(raw)} is no list of up to {_MOST} events; write "
                          "timeline=[{day:30,until:60,shock:{scenario.search_rate:0.5},say:holidays}]")  # fmt: skip
    return tuple(_event(one, f"timeline, event {number}") for number, one in enumerate(raw, 1))


def _event(raw: object, place: str) -> Event:
    if not isinstance(raw, Mapping):
        raise ConfigError(f"{place}: {shown(raw)} is no event; write {{day: 30, say: holidays}}")
    for key in raw:
        if key not in _KEYS:
            raise ConfigError(f"{place}: there is no '{shown(key)}'{did_you_mean(str(key), _KEYS)}")
    if "day" not in raw or not any(raw.get(key) for key in _KEYS[2:]):
        raise ConfigError(f"{place}: say on which day, and what happens: {', '.join(_KEYS[2:])}")
    day, until = _day(raw, "day", 0, place), _day(raw, "until", ALWAYS, place)
    if until < day:
        raise ConfigError(f"{place}: until={until} comes before day={day}")
    return Event(
        day, until,
        set=_numbers(raw.get("set", {}), f"{place}: set", True),
        shock=_numbers(raw.get("shock", {}), f"{place}: shock", False),
        strategies=_strategies(raw.get("strategies", {}), place),
        say=texts_of(raw["say"], f"{place}: say", _LONGEST) if raw.get("say", "") != "" else {},
    )  # fmt: skip


def _day(raw: Mapping[Any, Any], key: str, default: int, place: str) -> int:
    value = raw.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= ALWAYS:
        raise ConfigError(f"{place}: {key}={shown(value)} is no day; days are whole numbers from 0")
    return value


def _numbers(raw: object, place: str, is_value: bool) -> dict[str, float]:
    """Knobs of the world by full name, each with a value it can take, or with a factor."""
    if not isinstance(raw, Mapping):
        raise ConfigError(f"{place}: {shown(raw)} is no mapping; write {{scenario.search_rate: 0.5}}")
    known = {name: knob for name, knob in all_knobs().items() if name.split(".")[0] in sections()}
    found = {}
    for key, value in raw.items():
        if key not in known:
            raise ConfigError(f"{place}: there is no number of the world '{shown(key)}'{did_you_mean(str(key), known)}")
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300
        if known[key].kind == "choice" or (not is_value and not (is_number and value >= 0)):
            raise ConfigError(f"{place}: {key}: {shown(value)}; numbers can change, and a shock is a factor like 0.5")
        try:
            found[key] = float(known[key].check(value)) if is_value else float(value)
        except KnobError as error:
            raise ConfigError(f"{place}: {key.rpartition('.')[0]}.{error}") from error
    return found


def _strategies(raw: object, place: str) -> tuple[Strategy, ...]:
    """Nodes with the doses of their files; the event limits them to its days."""
    if not isinstance(raw, Mapping):
        raise ConfigError(f"{place}: strategies: {shown(raw)} is no mapping; write {{fair: {{use: red_packet}}}}")
    made = []
    for node, kind in nodes_of({"strategies": dict(raw)}, [], True).items():
        values = {name: value for name, value in raw[node].items() if name != "use"}
        if {"from_day", "until_day"} & set(values):
            raise ConfigError(f"{place}: strategies: {node}: the event has its days; leave out from_day and until_day")
        doses = {**catalog.doses_of(kind), **values}
        knobs = checked_knobs(catalog.strategies()[kind], f"{place}: strategies.{node}", doses)
        made.append(knobs.called(node))
    if len(made) < len(raw):
        raise ConfigError(f"{place}: strategies: each says what it uses, like {{fair: {{use: red_packet}}}}")
    return tuple(made)
