"""Which columns there are in the rows that a role's rules are handed, by the names that they give the rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sim.engine.knobs import KnobSet, snake_case
from sim.engine.rows import record_type, row_type
from sim.model.entities import KNOCK, group_type, world_type
from sim.model.kinds import KIND
from sim.model.submodels.conversation_log import Today

__all__ = ["row_types"]


def row_types(roles: Sequence[type], sections: Iterable[KnobSet | type[KnobSet]]) -> dict[str, np.dtype]:
    """Type of row by the name of the parameter, in a community of these roles and sections of numbers."""
    numbers = {name: 0.0 for one in sections for name, knob in one.knobs().items() if knob.kind != "choice"}
    names = [snake_case(role.__name__) for role in roles]
    return {
        "self": row_type(*roles),
        "today": record_type(Today),
        "knock": KNOCK,
        "kind": KIND,
        "group": group_type(),
        "world": world_type(numbers, names),
    }
