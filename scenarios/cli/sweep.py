"""A sweep: one run for each combination of the listed values, each under its own label, all in one folder."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.config.compose import compose_with_folder
from scenarios.config.overrides import expand, swept
from scenarios.errors import ConfigError
from scenarios.scenario import Scenario

__all__ = ["compose_sweep"]

# Swept keys that tell arms apart; the others tell worlds apart. Those in _NATURAL change the label by themselves.
_ARM_KEYS = ("lane", "luck", "same_members", "threads")
_NATURAL = ("strategy", "scenario", "arm", "world")
_ALONE = ("out", "start", "days", "replicates", "record")


def compose_sweep(overrides: Sequence[str]) -> tuple[list[Scenario], str | None]:
    """Every scenario of the sweep ``overrides`` (``strategies.group_cap.limit=50,100``), and the folder asked for."""
    keys = swept(overrides)
    for key in keys:
        if key in _ALONE:
            raise ConfigError(f"'{key}' cannot be swept: all runs of a sweep share one; run them one by one")
    scenarios: list[Scenario] = []
    folder = None
    for combination in expand(overrides):
        scenario, folder = compose_with_folder(combination)
        scenarios.append(_labelled(scenario, keys, combination))
    _check_labels(scenarios)
    return scenarios, folder


def _labelled(scenario: Scenario, keys: Sequence[str], combination: Sequence[str]) -> Scenario:
    """The doses go into the arm's label (``group_cap limit=50``), other swept numbers into the world's."""
    arm, world = [scenario.arm], [scenario.world]
    for text in combination:
        key, _, value = text.lstrip("+").partition("=")
        if key in keys and key not in _NATURAL:
            label = arm if key.split(".")[0] == "strategies" or key in _ARM_KEYS else world
            label.append(f"{key.rsplit('.', 1)[-1]}={value}")
    return scenario.replace(arm=" ".join(arm), world=" ".join(world))


def _check_labels(scenarios: Sequence[Scenario]) -> None:
    seen: set[tuple[str, str]] = set()
    for scenario in scenarios:
        label = (scenario.world, scenario.arm)
        if label in seen:
            raise ConfigError(f"two runs of the sweep would be called '{scenario.arm}' in '{scenario.world}'; "
                              "leave arm= and world= out")
        seen.add(label)
