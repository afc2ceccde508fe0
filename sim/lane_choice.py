"""Which lane a scenario can use: a role that cannot be compiled runs in the Mesa lane, with a word why."""

from __future__ import annotations

import dataclasses
import sys
from typing import Any

from sim.data.plan import ScenarioLike
from sim.engine.refusals import RuleError, explain_refusal
from sim.engine.rule import HAS_NUMBA
from sim.simulation import Engine

__all__ = ["lane_for"]

_tried: dict[Any, tuple[str, str]] = {}


def lane_for(scenario: ScenarioLike) -> tuple[str, str]:
    """``("compiled", "")``, or ``("mesa", reason)`` with the reason printed once.

    The built-in roles are compiled by every test; a role added in a notebook is tried out on a community of one group
    for one day before the run.
    """
    if not HAS_NUMBA:
        return _fall_back("Numba is not installed (pip install numba)")
    added = tuple(getattr(scenario, "added_roles", ()))
    if not added:
        return "compiled", ""
    if added not in _tried:
        _tried[added] = _try(scenario)
    return _tried[added]


def _try(scenario: ScenarioLike) -> tuple[str, str]:
    from numba.core.errors import NumbaError

    population = scenario.sections["population"].replace({"groups": 1, "seats": 20, "spare_groups": 0})
    small = dataclasses.replace(scenario, population=population, replicates=1, days=1)  # type: ignore[type-var]
    try:
        engine = Engine(small, "compiled", 1)
        engine.step()
        engine.close()
    except RuleError as error:
        return _fall_back(str(error))
    except NumbaError as error:
        return _fall_back(explain_refusal(error))
    return "compiled", ""


def _fall_back(reason: str) -> tuple[str, str]:
    print(f"using lane=mesa (slower, same result): {reason}", file=sys.stderr)
    return "mesa", reason
