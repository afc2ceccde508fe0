"""The lane that plays a scenario, and the scenario's tables as the lane takes them."""

from __future__ import annotations

from typing import Any

from sim.data.plan import ScenarioLike
from sim.engine.knobs import snake_case
from sim.engine.lanes import Lane
from sim.engine.mesa_lane import MesaLane
from sim.engine.objects import Objects
from sim.mechanisms import mechanisms
from sim.model.entities import State, new_state
from sim.model.membership import Resident, seat_for
from sim.model.role_columns import as_built_in, row_types
from sim.model.schedule import SCHEDULE

__all__ = ["empty_tables", "in_lane", "make_lane", "objects_of"]


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
    pairs = (pair for section in scenario.sections.values() for pair in section)
    numbers = {name: float(value) for name, value in pairs if not isinstance(value, str)}
    state = new_state(types, numbers, n, scenario.role_shares, names)
    state.worlds["own_rules"] = lane.own_rules(scenario.roles, types)
    return state


def objects_of(state: State, model: Any = None) -> Objects:
    """The same state as plain objects, for plain Python; ``model`` is what they are agents of."""
    return Objects(state._replace(calls=[()] * 2), {"members": seat_for(model)})


def in_lane(state: State, scenario: ScenarioLike, objects: Objects | None) -> Any:
    """The tables as the lane takes them: objects, if there are any, or rows as far as built-in roles have columns."""
    return objects.state if objects else as_built_in(state, scenario.roles, scenario.sections.values())
