"""Many scenarios that differ by a few numbers: the files are composed once, the numbers set on the result.

Composing through Hydra takes a tenth of a second. Here the choices of config groups are composed once for each set,
and knobs are set on a copy. Whatever is not a plain number or word of a known knob, and every mistake, goes the long
way, so meaning and messages are those of :func:`scenarios.compose`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scenarios.config import catalog, overrides
from scenarios.config.compose import compose
from scenarios.config.overrides import Choice
from scenarios.config.sections import FIELDS, SECTIONS, all_knobs
from scenarios.config.settings import Settings
from scenarios.errors import ConfigError
from scenarios.scenario import Scenario
from scenarios.strategies.base import Strategy
from sim.engine.knobs import KnobError
from sim.mechanisms import mechanisms

__all__ = ["Composer", "merged"]

_TEXTS = ("arm", "world")


class _TheLongWay(Exception):
    """These overrides are not simple."""


class Composer:
    """Scenarios by their overrides."""

    def __init__(self) -> None:
        self._bases: dict[tuple[str, ...], Scenario] = {}
        self._knobs = all_knobs()
        self._simple = not _files_refer()

    def scenario(self, texts: Sequence[str]) -> Scenario:
        """What :func:`scenarios.compose` makes of the same overrides."""
        try:
            return self._short_way(overrides.read(texts))
        except (_TheLongWay, ConfigError, KnobError):
            return compose(texts)

    def _short_way(self, choices: Sequence[Choice]) -> Scenario:
        if not self._simple:
            raise _TheLongWay
        groups = [choice for choice in choices if choice.key in catalog.GROUPS]
        rest = [choice for choice in choices if choice.key not in catalog.GROUPS]
        for choice in rest:
            if not isinstance(choice.value, bool | int | float | str) or "$" in choice.text or choice.text == "???":
                raise _TheLongWay
        changes: dict[str, Any] = {"arm": ""}
        values = {choice.key: choice.value for choice in rest}
        picked = overrides.chosen("strategy", groups, ["nothing"])
        if not all(name in catalog.strategies() for name in picked):  # a plan
            raise _TheLongWay
        chosen = [self._strategy(name, values) for name in picked]
        base = self._base([f"{c.key}={c.text}" for c in groups if c.key != "strategy"])
        for key, value in values.items():
            if key in _TEXTS and isinstance(value, str):
                changes[key] = value
            elif key in Settings.knobs():
                changes[key] = Settings.knobs()[key].check(value)
            elif self._is_far(key, picked):
                raise _TheLongWay
        for section in SECTIONS:
            if found := _below(section, values):
                changes[FIELDS[section]] = getattr(base, FIELDS[section]).replace(found)
        if any(strategy.needs_spare_groups for strategy in (*chosen, *base.plan)):
            raise _TheLongWay
        return base.replace(strategies=tuple(chosen), **changes)

    def _is_far(self, key: str, picked: Sequence[str]) -> bool:
        """Is this a word that only the long way knows: no knob, or one of a mechanism or of a strategy not chosen?"""
        first, _, rest = key.partition(".")
        unpicked = first == "strategies" and rest.split(".")[0] not in picked
        return key not in self._knobs or first in mechanisms() or unpicked

    def _base(self, texts: Sequence[str]) -> Scenario:
        key = tuple(sorted(texts))
        if key not in self._bases:
            self._bases[key] = compose([*texts, "strategy=nothing"])
        return self._bases[key]

    def _strategy(self, name: str, values: dict[str, object]) -> Strategy:
        key = ("strategy", name)
        if key not in self._bases:
            self._bases[key] = compose([f"strategy=[{name}]"])
        (found,) = self._bases[key].strategies
        changed = found.replace(_below(f"strategies.{name}", values))
        assert isinstance(changed, Strategy)
        return changed


def _below(section: str, values: dict[str, object]) -> dict[str, object]:
    """Values of the knobs of one section, by their own names."""
    start = section + "."
    return {key[len(start) :]: value for key, value in values.items() if key.startswith(start)}


def _files_refer() -> bool:
    """Does a file in conf/ refer to another number, which an override may change?"""
    files = [path for group in catalog.GROUPS for path in (catalog.CONF / group).glob("*.yaml")]
    return any("${" in path.read_text("utf-8") for path in [catalog.CONF / "config.yaml", *files])


def merged(*layers: Sequence[str]) -> list[str]:
    """Overrides of several layers: where two set one key, the later layer holds."""
    found: dict[str, str] = {}
    for layer in layers:
        for text in layer:
            found[text.partition("=")[0].strip().lstrip("+")] = text
    return list(found.values())
