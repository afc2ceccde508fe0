"""What happens to a world on its days, in every arm alike: shocks, settings that change, strategies, a sentence to say.

    timeline:
      - {day: 30, until: 60, shock: {scenario.search_rate: 0.5}, say: {en: Holidays, zh: 假期}}
      - {day: 90, set: {operator.hours: 0.5}, say: A second job}
      - {day: 100, until: 107, strategies: {fair: {use: red_packet, amount: 20}}}

``set`` gives knobs of the world another value, ``shock`` multiplies them, from the morning of ``day`` to the end of
``until`` (without it: to the end). Events act in the order of the list, settings before shocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scenarios.strategies.base import Strategy
from scenarios.strategies.window import ALWAYS
from sim.engine.knobs import Knob

__all__ = ["Event", "TimelineError", "changes_on", "check_events", "values_on"]

Numbers = Mapping[str, float]


class TimelineError(ValueError):
    """An event that cannot be: the message names it and the cure."""


@dataclass(frozen=True)
class Event:
    """One entry of a timeline. Keys of ``set`` and ``shock`` are full names of knobs (``scenario.search_rate``)."""

    day: int
    until: int = ALWAYS
    set: Numbers = field(default_factory=dict)
    shock: Numbers = field(default_factory=dict)
    strategies: tuple[Strategy, ...] = ()
    say: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Its strategies are played on its days, whoever made them."""
        days = {"from_day": self.day, "until_day": self.until}
        object.__setattr__(self, "strategies", tuple(one.replace(days) for one in self.strategies))

    def is_on(self, day: int) -> bool:
        """Does it act on this day?"""
        return self.day <= day <= self.until

    def as_dict(self) -> dict[str, Any]:
        """As config says it, what is empty left out."""
        nodes = {one.name: {"use": one.config_name(), **_without_days(one)} for one in self.strategies}
        parts = {"set": dict(self.set), "shock": dict(self.shock), "strategies": nodes, "say": dict(self.say)}
        until = {} if self.until == ALWAYS else {"until": self.until}
        return {"day": self.day, **until, **{name: part for name, part in parts.items() if part}}

    def __hash__(self) -> int:
        return hash(repr(self.as_dict()))


def _without_days(one: Strategy) -> dict[str, Any]:
    """Its doses and window, without the days that are the event's."""
    return {name: value for name, value in one if name not in ("from_day", "until_day")}


def changes_on(day: int, events: Iterable[Event], base: Numbers) -> dict[str, float]:
    """Knobs that have another value on this day than on the day before; ``base`` are their values without events."""
    chosen = list(events)
    today, before = (values_on(one, chosen, base) for one in (day, day - 1))
    return {key: value for key, value in today.items() if value != before[key]}


def values_on(day: int, events: Iterable[Event], base: Numbers) -> dict[str, float]:
    """The values on a day of every knob that any event touches."""
    chosen = list(events)
    found = {key: base[key] for event in chosen for key in (*event.set, *event.shock)}
    on = [event for event in chosen if event.is_on(day)]
    for event in on:
        found.update(event.set)
    for event in on:
        for key, factor in event.shock.items():
            found[key] *= factor
    return found


def check_events(events: Iterable[Event], base: Numbers, knobs: Mapping[str, Knob[Any]]) -> None:
    """Refuse knobs that are read once when a community is founded, and values out of range on any day."""
    chosen = list(events)
    for number, event in enumerate(chosen, 1):
        for key in (*event.set, *event.shock):
            if knobs[key].is_founding:
                raise TimelineError(f"timeline, event {number}: {key} is read once, when a community is founded; "
                                    "give it for the whole run")  # fmt: skip
    for day in sorted({edge for event in chosen for edge in (event.day, event.until + 1)}):
        for key, value in values_on(day, chosen, base).items():
            low, high = knobs[key].low, knobs[key].high
            if low is not None and high is not None and not low <= value <= high:
                raise TimelineError(f"timeline: {key} is {value:g} on day {day}; it goes from {low:g} to {high:g}")
