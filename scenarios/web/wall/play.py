"""One group played, in a worker: what came of a student's plan, as numbers and two curves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from scenarios.errors import UserError

__all__ = ["SHOWN", "one_life"]

SHOWN = ("lifetime", "members_end", "member_messages", "belonging_of_all", "buyers", "cost", "revenue", "host_hours")
"""Outcomes that a student is told of their one group."""
_DRAWN = ("members", "messages")


def one_life(world: Sequence[str], plan: Sequence[str]) -> dict[str, Any]:
    """Community 1 of the class's world under a plan: the same people at the door on the same days in every plan.

    Raises
    ------
    UserError
        The strategies do not go together, or not with this world.
    """
    from scenarios import compose
    from scenarios.reports.reel import community_curves
    from sim import simulate
    from sim.analysis.outcomes import outcomes
    from sim.analysis.panel import Panel

    try:
        scenario = compose([*world, *plan, "replicates=1", "threads=1"])
    except UserError as error:
        raise UserError(str(error)) from None  # sent without what it is made of
    results = simulate(scenario)
    row = outcomes(results).iloc[0]
    panel = Panel.of(results.daily)
    curves = {name: [round(float(value), 2) for value in community_curves(panel, name)[0]] for name in _DRAWN}
    numbers = {name: _number(row[name]) for name in SHOWN}
    if numbers["members_end"] is None:  # the group was closed
        numbers["members_end"] = 0.0
    return {"numbers": numbers, "curves": curves, "digest": results.digest}


def _number(value: float) -> float | None:
    """Six figures; None where it is not defined."""
    return float(f"{value:.6g}") if math.isfinite(value) else None
