"""Play scenarios one after another and put their results together: what `run` and `demo` share."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.errors import ConfigError, UserError
from scenarios.scenario import Scenario

if TYPE_CHECKING:
    from sim.data.results import Results

__all__ = ["all_cores", "play", "written"]

Progress = Callable[[str, float], None]


def play(scenarios: Sequence[Scenario], progress: Progress) -> Results:
    """Simulate every scenario in turn; ``progress`` hears the arm at work and the share of all work done.

    The first arm is noted as the reference, with which the others are compared.

    Raises
    ------
    ConfigError
        If they do not fit into memory.
    """
    from scenarios.execution.memory import check_play
    from sim import simulate
    from sim.data.results import concat
    from sim.model.past_search import RunningStartError

    check_play(scenarios)

    work = [scenario.replicates * scenario.days * scenario.population.groups for scenario in scenarios]
    runs = []
    for number, scenario in enumerate(scenarios):
        before = sum(work[:number])

        def tell(done: float, total: float, arm: str = scenario.arm, before: int = before, now: int = number) -> None:
            progress(arm, (before + work[now] * done / max(total, 1)) / sum(work))

        if number:  # until the first has days behind it the rules are being compiled
            tell(0, 1)
        try:
            runs.append(simulate(scenario, lane=scenario.lane, progress=tell))
        except RunningStartError as error:
            raise ConfigError(str(error)) from error
        tell(1, 1)
    results = runs[0] if len(runs) == 1 else concat(runs)
    results.meta["reference"] = scenarios[0].arm
    return results


def all_cores(overrides: Sequence[str]) -> list[str]:
    """``overrides``, with every core at work unless they say otherwise."""
    said = any(text.lstrip("+").startswith("threads=") for text in overrides)
    return [*overrides] if said else [*overrides, f"threads={min(os.cpu_count() or 1, 256)}"]


def written(results: Results, folder: Path, replace: bool) -> Path:
    """Write the results, whole or not at all."""
    from sim.data.results import ResultsError

    try:
        return results.write(folder, replace=replace)
    except (ResultsError, OSError) as error:
        raise UserError(f"out={folder}: {error}") from error
