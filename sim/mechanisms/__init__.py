"""Mechanisms: everything one thing needs, one file each. A new file is found by walking; nothing else is edited."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from sim.engine.levers import Lever
from sim.engine.mechanism import Mechanism
from sim.model.kinds import kind
from sim.model.submodels.moves import (
    come_over,
    cull,
    dissolve,
    expel,
    expire,
    has_place,
    is_appointed,
    lure_away,
    lure_to,
    next_spare,
    open_for,
    open_group,
    transfer,
    withdraw,
)
from sim.model.verbs import (
    MEMBER,
    OPERATOR,
    OUTSIDE,
    POOL,
    answer,
    be_found,
    call_to_door,
    charge,
    give_minutes,
    host_person,
    host_posts,
    host_says,
    pay,
    say,
    send_to_door,
    set_aside,
    tell_staff,
    write,
)

__all__ = [
    "MEMBER", "OPERATOR", "OUTSIDE", "POOL", "Mechanism", "all_levers", "answer", "be_found", "call_to_door", "charge",
    "come_over", "cull", "dissolve", "expel", "expire", "give_minutes", "has_place", "host_person", "host_posts",
    "host_says", "is_appointed", "kind", "lure_away", "lure_to", "mechanisms", "next_spare", "open_for", "open_group",
    "pay", "say", "send_to_door", "set_aside", "tell_staff", "transfer", "withdraw", "write",
]  # fmt: skip


@cache
def _load() -> None:
    for found in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{found.name}")


def mechanisms() -> dict[str, type[Mechanism]]:
    """Every mechanism by its name in config, those of this folder and those declared elsewhere since."""
    _load()
    return {name: Mechanism.known[name] for name in sorted(Mechanism.known)}


def all_levers() -> tuple[Lever, ...]:
    """Every lever there is, by mechanism."""
    return tuple(lever for one in mechanisms().values() for lever in one.levers().values())
