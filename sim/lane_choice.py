"""Which lane a scenario can use: rules that cannot be compiled run in the Mesa lane, with a word why."""

from __future__ import annotations

import dataclasses
import sys
from typing import Any

from sim.data.plan import ScenarioLike
from sim.engine.refusals import RuleError, check_role, explain_refusal
from sim.engine.rule import HAS_NUMBA
from sim.engine.shipped import is_shipped
from sim.lane_tables import make_lane
from sim.model.role_columns import row_types
from sim.model.schedule import SCHEDULE
from sim.simulation import Engine

__all__ = ["lane_for"]

_tried: dict[Any, tuple[str, str]] = {}


def lane_for(scenario: ScenarioLike) -> tuple[str, str]:
    """``("compiled", "")``, or ``("mesa", reason)`` with the reason printed once.

    The rules that are shipped are compiled by every test; those of the user's own roles and mechanisms are tried before
    the run, each by itself.
    """
    if not HAS_NUMBA:
        return _fall_back("Numba is not installed (pip install numba)")
    roles = tuple(role for role, _ in getattr(scenario, "added_roles", ()))
    own = tuple(type(one) for one in scenario.mechanisms if not is_shipped(type(one)))
    if not roles and not own:
        return "compiled", ""
    if (roles, own) not in _tried:
        reason = _refusal(scenario, roles, own)
        _tried[roles, own] = _fall_back(reason) if reason else ("compiled", "")
    return _tried[roles, own]


def _refusal(scenario: ScenarioLike, roles: tuple[type, ...], own: tuple[type, ...]) -> str:
    """Why the first rule that cannot be compiled cannot, or nothing."""
    rule: Any = None
    try:
        lane: Any = make_lane("compiled", scenario.roles)
        types = row_types(scenario.roles, scenario.sections.values())
        for role in roles:
            check_role(role, SCHEDULE.acts)
            for name in SCHEDULE.acts:
                rule = getattr(role, name)
                lane.own_rule(role, name, types)
        if not own:
            return ""
        rule = None
        engine = Engine(_small(scenario), "compiled", 1)
        for one in own:
            for hook in engine.in_play.tie_all(one.name(), engine.in_lane, engine.new_desk()):  # type: ignore[attr-defined]
                rule = hook.rule
        engine.close()
    except RuleError as error:
        return str(error)
    except Exception as error:  # Numba's own, and what goes wrong inside it
        if rule is None:
            raise
        return explain_refusal(error, rule)
    return ""


def _small(scenario: ScenarioLike) -> Any:
    population = scenario.sections["population"].replace({"groups": 1, "seats": 20, "spare_groups": 0})
    return dataclasses.replace(scenario, population=population, replicates=1, days=1)  # type: ignore[type-var]


def _fall_back(reason: str) -> tuple[str, str]:
    print(f"using lane=mesa (slower, same result): {reason}", file=sys.stderr)
    return "mesa", reason
