"""Communities by their overrides: what ``mesa.batch_run`` calls to make each of its models."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

import mesa

from sim.community import Community
from sim.data.plan import ScenarioLike

__all__ = ["REPORTED", "Recipe"]

REPORTED = ("n_members", "n_visitors", "n_messages", "n_ads", "revenue")
"""Columns of the groups that are collected, as sums over the groups, where nothing else is asked for."""


def _total(model: Community, column: str) -> float:
    """Today's sum of a column over the groups."""
    return model.groups[column].sum().item()  # type: ignore[no-any-return]


@cache
def _composed(overrides: tuple[str, ...]) -> ScenarioLike:
    """The scenario; composing takes a tenth of a second, and a batch asks for the same one under many seeds."""
    from scenarios import compose

    return compose(overrides)


class Recipe:
    """Called like a model's class, it makes a community that collects its data at the end of each day.

    Parameters
    ----------
    overrides
        As :func:`scenarios.compose` takes them. A mistake in them is told at once.
    reporters
        ``model_reporters``, ``agent_reporters`` … as ``mesa.DataCollector`` takes them; the sums of :data:`REPORTED`
        over the groups if there are none. For ``number_processes`` above 1 they must be functions of a module.

    Raises
    ------
    scenarios.errors.ConfigError
        The overrides are no scenario.
    """

    def __init__(self, overrides: tuple[str, ...], reporters: Mapping[str, Any]) -> None:
        sums = {name: partial(_total, column=name) for name in REPORTED}
        self.overrides, self.reporters = overrides, dict(reporters) or {"model_reporters": sums}
        mesa.DataCollector(**self.reporters)
        _composed(overrides)

    def __call__(
        self,
        rng: int | None = None,
        lane: str | None = None,
        replicate: int = 0,
        *,
        seed: int | None = None,
        **changes: object,
    ) -> Community:
        """A community; ``changes`` are further overrides by name, in the place of those that were given before.

        Without ``rng`` (or ``seed``) it has the scenario's own seed, so vary ``rng`` or ``replicate``: Mesa's
        ``iterations=`` plays the same community again.
        """
        kept = (text for text in self.overrides if text.lstrip("+").partition("=")[0] not in changes)
        scenario = _composed((*kept, *(f"{name}={_written(value)}" for name, value in changes.items())))
        collector = mesa.DataCollector(**self.reporters)
        return Community(scenario, rng, lane, replicate, seed=seed, datacollector=collector)


def _written(value: object) -> str:
    """A value as an override says it."""
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_written, value))}]"
    return str(value).lower() if isinstance(value, bool) else "null" if value is None else str(value)
