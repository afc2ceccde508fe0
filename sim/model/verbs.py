"""What mechanisms may do beyond their own columns: move money, and have a line said.

Money moves in whole fen, between members, the operator, the group's pool and the outside, by :func:`pay` and
:func:`charge` alone: what they move stands in the purse, in revenue or cost, in the spell and in the pool at once.
"""

from __future__ import annotations

from typing import Any

from sim.engine.rule import rule
from sim.model.entities import APPOINTED
from sim.model.hooks import Look
from sim.model.submodels.conversation import after_post
from sim.model.submodels.conversation_log import OVERFLOW, SAID, Desk
from sim.model.submodels.messages import post

__all__ = ["MEMBER", "OPERATOR", "OUTSIDE", "POOL", "charge", "host_person", "pay", "say", "set_aside", "write"]

MEMBER, OPERATOR, POOL, OUTSIDE = range(4)
"""Who pays, and who is paid."""


@rule
def pay(payer: int, payee: int, yuan: float, group: Any) -> int:
    """Move ``yuan`` (CNY, rounded to whole fen) between operator, pool, members and the outside; return the fen moved.

    A pool pays no more than it holds. What the operator pays is taken from the purse when the account is done, in the
    evening; whether the purse holds it is asked beforehand (:func:`set_aside`). Members pay by :func:`charge`.
    """
    fen = int(yuan * 100.0 + 0.5)
    if payer == POOL:
        fen = min(fen, int(group.pool_fen))
    if fen <= 0:
        return 0
    if payer == POOL:
        group.pool_fen -= fen
    if payee == POOL:
        group.pool_fen += fen
    if payer == OPERATOR:
        group.yuan_paid += fen / 100.0
    if payee == OPERATOR:
        group.revenue += fen / 100.0
    return fen


@rule
def charge(me: Any, payee: int, yuan: float, group: Any) -> int:
    """A member pays operator, pool or outside; return the fen moved. What the operator gets stands in ``spent``."""
    fen = pay(MEMBER, payee, yuan, group)
    if payee == OPERATOR:
        me.spent += fen / 100.0
    return fen


@rule
def set_aside(yuan: float, group: Any, world: Any) -> bool:
    """Set money aside from the operator's purse for today, in a hook ``at_plan``; what is not paid goes back."""
    if yuan > world.purse_left:
        return False
    world.purse_left -= yuan
    group.yuan_aside += yuan
    return True


@rule
def host_person(group: Any, world: Any) -> int:
    """The number of the group's host: the first of those kept for appointed persons."""
    return world.market_size + world.n_advertisers + group.index * APPOINTED  # type: ignore[no-any-return]


@rule
def write(me: Any, kind: int, quality: float, look: Look, group: Any, world: Any) -> None:
    """Somebody writes a line of a kind at this look, of themselves and without being planned.

    After a line of ritual its author says no more, and no phone buzzes.
    """
    post(look.desk, me, kind, -1, 0, look.t, 0, quality, group, world)
    if look.desk.kinds[kind].is_ritual == 0:
        after_post(look.half, look.desk, look.members, me, look.t, look.second, -1, group, world)


@rule
def say(desk: Desk, t: float, slot: int, kind: int, group: Any) -> None:
    """Whoever sits at ``slot`` will write a line of a kind today, ``t`` minutes after midnight (at most 1439)."""
    n = desk.n[SAID]
    if n >= desk.said.size:
        desk.n[OVERFLOW] = 1
        return
    line = desk.said[n]
    line["t"] = min(1439.0, max(0.0, t))
    line["slot"] = slot
    line["kind"] = kind
    line["next"] = group.said
    desk.n[SAID] = n + 1
    group.said = n + 1
