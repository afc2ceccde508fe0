"""Rules compiled once, before workers start: otherwise each of them would compile the same for a minute."""

from __future__ import annotations

import os

from scenarios.scenario import Scenario
from sim.model.parameters import Population

__all__ = ["warm"]


def warm(scenario: Scenario) -> None:
    """Compile rules of the user's own, and play a tiny community for a day where the day is not compiled yet."""
    if scenario.lane != "compiled":
        return
    from sim.lane_choice import lane_for

    if lane_for(scenario)[0] == "mesa" or _is_compiled(scenario):
        return
    from sim.replication import simulate

    seats = max(5, scenario.population.founders)
    founded = {"members": 0, "age": Population.age.default, "messages_a_day": 0.0}
    small = {"groups": 1, "seats": min(scenario.population.seats, seats), **founded}
    population = scenario.population.replace(small)
    simulate(scenario.replace(population=population, replicates=1, days=1))


def _is_compiled(scenario: Scenario) -> bool:
    from sim.engine.compiled.folder import cache_folder
    from sim.engine.compiled.known_by import rules_hash
    from sim.engine.shipped import built_in
    from sim.model.schedule import SCHEDULE

    folder = cache_folder(rules_hash(SCHEDULE, built_in(scenario.roles)))
    found = {name.split("-")[0] for _, _, names in os.walk(folder) for name in names if name.endswith(".nbi")}
    return found >= {SCHEDULE.day, *SCHEDULE.between}
