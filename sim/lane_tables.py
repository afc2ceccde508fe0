"""The lane that plays a scenario, and the scenario's tables as the lane takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.data.plan import ScenarioLike
from sim.engine.knobs import snake_case
from sim.engine.lanes import Lane
from sim.engine.mesa_lane import MesaLane
from sim.engine.objects import Objects
from sim.mechanisms import mechanisms
from sim.model.entities import State, new_state
from sim.model.membership import Resident, seat_for
from sim.model.population import market_people
from sim.model.role_columns import as_built_in, row_types
from sim.model.schedule import SCHEDULE

__all__ = ["by_scenario", "empty_tables", "in_common", "in_lane", "make_lane", "objects_of", "set_numbers"]


def make_lane(name: str, roles: tuple[type[Resident], ...]) -> Lane:
    """The lane of that name; every mechanism is known by then, since some have rules inside the talk."""
    mechanisms()
    if name == "mesa":
        return MesaLane(SCHEDULE, roles)
    from sim.engine.compiled.lane import compiled_lane

    return compiled_lane(SCHEDULE, roles)


def empty_tables(scenario: ScenarioLike, n: int, lane: Lane) -> State:
    """Tables of ``n`` communities in which nobody is yet; the lane finds the rules of everybody who may come."""
    types = row_types(scenario.roles, scenario.sections.values())
    names = [snake_case(role.__name__) for role in scenario.roles]
    state = new_state(types, _numbers(scenario), n, scenario.role_shares, names)
    state.worlds["own_rules"] = lane.own_rules(scenario.roles, types)
    return state


def _numbers(scenario: ScenarioLike) -> dict[str, float]:
    """The numbers of the world by name."""
    pairs = (pair for section in scenario.sections.values() for pair in section)
    return {name: float(value) for name, value in pairs if not isinstance(value, str)}


def set_numbers(state: State, communities: Sequence[int] | slice, scenario: ScenarioLike) -> None:
    """The numbers of the world as some communities have them."""
    for name, value in _numbers(scenario).items():
        state.worlds[name][communities] = value


def by_scenario(each: Sequence[ScenarioLike]) -> list[tuple[Any, ScenarioLike]]:
    """Numbers of the communities that play the very same scenario, and the scenario."""
    found: dict[int, tuple[list[int], ScenarioLike]] = {}
    for c, one in enumerate(each):
        found.setdefault(id(one), ([], one))[0].append(c)
    return list(found.values())


def in_common(scenario: ScenarioLike) -> tuple[object, ...]:
    """What must be the same of communities in the same tables: what decides how large those are, and who is in them."""
    knobs = _numbers(scenario)
    sizes = (knobs["groups"], knobs["spare_groups"], knobs["seats"], market_people(knobs))
    return *sizes, knobs["idle_reachable"] > 0.0, tuple(scenario.role_shares.items())


def objects_of(state: State, model: Any = None) -> Objects:
    """The same state as plain objects, for plain Python; ``model`` is what they are agents of."""
    return Objects(state._replace(calls=[()] * 2), {"members": seat_for(model)})


def in_lane(state: State, scenario: ScenarioLike, objects: Objects | None) -> Any:
    """The tables as the lane takes them: objects, if there are any, or rows as far as built-in roles have columns."""
    return objects.state if objects else as_built_in(state, scenario.roles, scenario.sections.values())
