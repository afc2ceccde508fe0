"""Which lane a scenario can use: rules that cannot be compiled run in the Mesa lane, with a word why."""

from __future__ import annotations

import dataclasses
import inspect
import sys
from typing import Any

from sim.data.plan import ScenarioLike
from sim.engine.refusals import RuleError, explain_refusal
from sim.engine.rows import row_type
from sim.engine.rule import HAS_NUMBA
from sim.model.role_columns import row_types
from sim.model.schedule import SCHEDULE
from sim.simulation import Engine, make_lane

__all__ = ["lane_for"]

_OURS = ("agents.", "sim.")
_NUMBERS = {"u": "float64", "age": "float64", "tie": "float64"}
"""Parameters of rules that are neither rows nor whole numbers."""
_tried: dict[Any, tuple[str, str]] = {}


def lane_for(scenario: ScenarioLike) -> tuple[str, str]:
    """``("compiled", "")``, or ``("mesa", reason)`` with the reason printed once.

    The rules that are shipped are compiled by every test; those of the user's own roles and mechanisms are tried before
    the run, each by itself.
    """
    if not HAS_NUMBA:
        return _fall_back("Numba is not installed (pip install numba)")
    roles = tuple(role for role, _ in getattr(scenario, "added_roles", ()))
    own = tuple(type(one) for one in scenario.mechanisms if not type(one).__module__.startswith(_OURS))
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
        for rule, types in _methods(scenario, roles):
            make_lane("compiled", scenario.roles, row_type(*scenario.roles)).try_rule(rule, types)  # type: ignore[attr-defined]
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


def _methods(scenario: ScenarioLike, roles: tuple[type, ...]) -> list[tuple[Any, list[Any]]]:
    """The rules that these roles bring, each with the types of its arguments."""
    from numba import types

    rows = row_types(scenario.roles, scenario.sections.values())
    found = []
    for role in roles:
        for name in SCHEDULE.acts:
            method = getattr(role, name, None)
            if method is not None and not method.__module__.startswith(_OURS):
                asked = inspect.signature(getattr(scenario.roles[0], name)).parameters
                found.append((method, [rows.get(each, getattr(types, _NUMBERS.get(each, "int64"))) for each in asked]))
    return found


def _small(scenario: ScenarioLike) -> Any:
    population = scenario.sections["population"].replace({"groups": 1, "seats": 20, "spare_groups": 0})
    return dataclasses.replace(scenario, population=population, replicates=1, days=1)  # type: ignore[type-var]


def _fall_back(reason: str) -> tuple[str, str]:
    print(f"using lane=mesa (slower, same result): {reason}", file=sys.stderr)
    return "mesa", reason
