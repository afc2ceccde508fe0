"""Does what is asked for fit into memory? Said before anything is played."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.errors import ConfigError
from scenarios.execution.chunks import most_runs
from scenarios.scenario import Scenario
from sim.data.memory import ASIDE, TooLarge, check_fits, told
from sim.engine.free_memory import available
from sim.replication import memory_of

__all__ = ["check_play", "check_workers"]

_STORE = "store=outputs/store plays and keeps them a part at a time"


def check_play(scenarios: Sequence[Scenario], has: int | None = None) -> None:
    """Refuse scenarios that do not fit when played one after another, all results kept.

    ``has`` are the bytes there are, :func:`sim.engine.free_memory.available` if nothing is said.

    Raises
    ------
    ConfigError
        The message says how much they take, how much there is, and what would fit.
    """
    has = available() if has is None else has
    if has is None:
        return
    kept = peak = 0
    for scenario in scenarios:
        need = memory_of(scenario)
        try:
            check_fits(need, scenario, has)
        except TooLarge as error:
            one = memory_of(scenario.replace(replicates=1))
            raise ConfigError(f"{error}{f'; {_STORE}' if one.peak <= has else ''}") from error
        peak, kept = max(peak, kept + need.peak), kept + need.results
    peak = max(peak, ASIDE + 2 * kept)  # when they are put together
    if peak > has:
        raise ConfigError(f"{len(scenarios)} arms of replicates={scenarios[0].replicates} take about {told(peak)} of "
                          f"memory together, and {told(has)} are free\nfewer replicates or arms, or record=counts, "
                          f"need less; {_STORE}")  # fmt: skip


def check_workers(scenarios: Sequence[Scenario], workers: int, chunk: int = 0, has: int | None = None) -> None:
    """Refuse what so many workers of this machine cannot play at once, ``chunk`` runs each (0: as many as pay).

    Raises
    ------
    ConfigError
        The message says how many workers would fit.
    """
    has = available() if has is None else has
    largest = max(scenarios, key=lambda one: (one.population.groups + one.population.spare_groups)
                  * (one.population.seats + 1) * one.days)  # fmt: skip
    scenario = largest.replace(replicates=chunk or most_runs(largest), threads=1)
    need = memory_of(scenario)
    if has is None or workers * need.peak <= has:
        return
    if need.peak <= has:
        raise ConfigError(f"workers={workers} take about {told(workers * need.peak)} of memory, and {told(has)} are "
                          f"free\nworkers={has // need.peak} would fit")  # fmt: skip
    try:
        check_fits(memory_of(scenario.replace(replicates=1)), scenario.replace(replicates=1), has)
    except TooLarge as error:
        raise ConfigError(str(error)) from error
    raise ConfigError(f"chunk={scenario.replicates} runs take about {told(need.peak)} of memory, and {told(has)} are "
                      "free\nsay chunk=1 workers=1")  # fmt: skip
