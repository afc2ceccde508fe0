"""What mechanisms may do beyond their own columns: move money, and have a line said.

Money moves in whole fen, between members, the operator, the group's pool and the outside, and by :func:`charge` alone:
what it moves stands in the purse, in revenue or cost, in the member's spell and in the pool at once.
"""

from __future__ import annotations

from typing import Any

from sim.engine.rule import rule
from sim.model.submodels.conversation_log import OVERFLOW, SAID, Desk

__all__ = ["MEMBER", "OPERATOR", "OUTSIDE", "POOL", "charge", "say"]

MEMBER, OPERATOR, POOL, OUTSIDE = range(4)
"""Who pays, and who is paid."""


@rule
def charge(me: Any, payer: int, payee: int, yuan: float, group: Any) -> int:
    """Move ``yuan`` (CNY, rounded to whole fen) and return the fen moved; ``me`` is the member who pays or is paid.

    A pool pays no more than it holds. What the operator pays is taken from the purse when the account is done, in the
    evening; whether the purse holds it is asked beforehand, in a hook ``at_plan``.
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
        if payer == MEMBER:
            me.spent += fen / 100.0
    return fen


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
