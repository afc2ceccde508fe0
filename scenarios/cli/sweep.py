"""Several runs of one command: one for each combination of the values a sweep lists, and for each arm of ``arms=``.

Arms are what is compared, in each world by itself. Strategies and their doses tell arms apart, and so do other numbers
where nothing else does: ``-m mind.imitation=0,0.1,0.2`` compares three values with each other. Where arms differ by
their strategies, other numbers tell worlds apart. The first arm is the reference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.config.arms import arm_place, arms_of, refuse_beside
from scenarios.config.compose import Composer
from scenarios.config.overrides import expand, swept
from scenarios.errors import ConfigError
from scenarios.scenario import Scenario

__all__ = ["compose_sweep"]

# Swept keys that tell arms apart, and worlds; any other tells worlds apart if there are arms without it, else arms.
# Those in _NATURAL change the label by themselves.
_ARM_KEYS = ("strategy", "strategies", "arm", "lane", "luck", "same_members", "threads")
_WORLD_KEYS = ("scenario", "world", "seed")
_NATURAL = ("strategy", "scenario", "arm", "world")
_ALONE = ("out", "start", "days", "replicates", "record")


def compose_sweep(
    overrides: Sequence[str], line: str | None = None, is_sweep: bool = True
) -> tuple[list[Scenario], str | None]:
    """Every scenario asked for, the arms of the first world first, and the folder asked for.

    ``line`` is what is said to ``arms=``; ``is_sweep`` lets ``overrides`` list values (``mind.imitation=0,0.1``).
    """
    keys = swept(overrides) if is_sweep else []
    for key in keys:
        if key in _ALONE:
            raise ConfigError(f"'{key}' cannot be swept: all runs of a sweep share one; run them one by one")
    if line is not None:
        refuse_beside(overrides)
    has_arms = line is not None or any(key.split(".")[0] in _ARM_KEYS for key in keys)
    is_called = any(text.lstrip("+").startswith("arm=") for text in overrides)
    labels = _Labels(keys, has_arms, is_called)
    composer = Composer()
    scenarios: list[Scenario] = []
    folder = None
    for combination in expand(overrides) if is_sweep else [list(overrides)]:
        plain, folder = composer.with_folder(combination)
        arms = [plain] if line is None else _arms(line, combination, composer)
        scenarios += [labels.given(scenario, combination) for scenario in arms]
    _check_labels(scenarios)
    return scenarios, folder


def _arms(line: str, overrides: Sequence[str], composer: Composer) -> list[Scenario]:
    """One world under each arm of the line; ``overrides`` can be composed."""
    found: list[Scenario] = []
    for number, (label, own) in enumerate(arms_of(line), 1):
        place = arm_place(number, label)
        try:
            made = composer.scenario([*overrides, *own]).replace(arm=label)
        except ConfigError as error:
            raise ConfigError(f"{place}: {error}") from error
        for other, twin in enumerate(found, 1):
            if twin.strategies == made.strategies:
                raise ConfigError(f"{place} is arm {other}, '{twin.arm}', once more; name every arm once")
        found.append(made)
    return found


@dataclass(frozen=True)
class _Labels:
    """How runs of a sweep over ``keys`` are called; ``has_arms`` without the numbers, ``is_called`` by ``arm=``."""

    keys: Sequence[str]
    has_arms: bool
    is_called: bool

    def given(self, scenario: Scenario, combination: Sequence[str]) -> Scenario:
        """Doses go into the arm's label (``group_cap limit=50``); so do other numbers that tell arms apart, alone where
        nothing is played (``imitation=0.1``).
        """
        is_named = self.has_arms or self.is_called or scenario.arm != "nothing"
        arm, world = [scenario.arm] if is_named else [], [scenario.world]
        for text in combination:
            key, _, value = text.lstrip("+").partition("=")
            if key in self.keys and key not in _NATURAL:
                (arm if self._tells_arms(key) else world).append(f"{key.rsplit('.', 1)[-1]}={value}")
        return scenario.replace(arm=" ".join(arm) or scenario.arm, world=" ".join(world))

    def _tells_arms(self, key: str) -> bool:
        return key.split(".")[0] in _ARM_KEYS or not (self.has_arms or key in _WORLD_KEYS)


def _check_labels(scenarios: Sequence[Scenario]) -> None:
    seen: set[tuple[str, str]] = set()
    for scenario in scenarios:
        label = (scenario.world, scenario.arm)
        if label in seen:
            raise ConfigError(f"two runs of the sweep would be called '{scenario.arm}' in '{scenario.world}'; "
                              "leave arm= and world= out")
        seen.add(label)
