"""Which columns there are in the rows that a role's rules are handed, by the names that they give the rows.

Roles of somebody's own have their columns, and their codes, behind those of the built-in roles. So a row's first part
is the same whoever plays, and that part is what compiled loops know of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sim.engine.knobs import KnobSet, snake_case
from sim.engine.rows import declared, in_part, lengthened, record_type, row_type
from sim.engine.shipped import built_in
from sim.model.entities import KNOCK, State, WorldRow, group_type
from sim.model.kinds import KIND
from sim.model.submodels.conversation_log import Today

__all__ = ["as_built_in", "community_type", "member_type", "row_types"]

Sections = Iterable[KnobSet | type[KnobSet]]


def member_type(roles: Sequence[type]) -> np.dtype:
    """Row type of a member where these roles are played."""
    first = built_in(roles)
    row = row_type(*first, is_open=True)
    own = [column for column in declared(*roles) if column not in declared(*first)]
    return lengthened(row, own) if own else row


def community_type(roles: Sequence[type], sections: Sections) -> np.dtype:
    """Row type of a community: its state, then one column a number of these sections, then the code of each role."""
    numbers = [(name, "f8") for one in sections for name, knob in one.knobs().items() if knob.kind != "choice"]
    codes = [("role_" + snake_case(role.__name__), "i4") for role in roles]
    n = len(built_in(roles))
    row = row_type(WorldRow, extra=numbers + codes[:n], is_open=True)
    return lengthened(row, codes[n:]) if codes[n:] else row


def row_types(roles: Sequence[type], sections: Sections) -> dict[str, np.dtype]:
    """Type of row by the name of the parameter, in a community of these roles and sections of numbers."""
    return {
        "self": member_type(roles),
        "today": record_type(Today),
        "knock": KNOCK,
        "kind": KIND,
        "group": group_type(),
        "world": community_type(roles, sections),
    }


def as_built_in(state: State, roles: Sequence[type], sections: Sections) -> State:
    """The same tables as they are known where none but built-in roles are played."""
    types = row_types(built_in(roles), sections)
    return state._replace(
        members=in_part(state.members, types["self"]), worlds=in_part(state.worlds, types["world"])
    )  # fmt: skip
