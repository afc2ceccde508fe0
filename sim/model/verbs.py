"""What mechanisms may do beyond their own columns: move money, give minutes, call people, and have a line said.

Money moves in whole fen, between members, the operator, the group's pool and the outside, by :func:`pay` and
:func:`charge` alone: what they move stands in the purse, in revenue or cost, in the spell and in the pool at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.rule import rule
from sim.model.entities import APPOINTED, MOST_PLANNED
from sim.model.hands import OPERATORS
from sim.model.submodels.conversation_log import MOST_WRITTEN, OVERFLOW, SAID, Desk
from sim.model.submodels.market import be_found, call_to_door, send_to_door

if TYPE_CHECKING:
    from sim.model.rows import Group, Look, Member, World

__all__ = [
    "MEMBER", "OPERATOR", "OUTSIDE", "POOL", "answer", "be_found", "call_to_door", "charge", "give_minutes",
    "host_person", "host_posts", "host_says", "pay", "say", "send_to_door", "set_aside", "tell_staff", "write",
]  # fmt: skip

MEMBER, OPERATOR, POOL, OUTSIDE = range(4)
"""Who pays, and who is paid."""


@rule
def pay(payer: int, payee: int, yuan: float, group: Group) -> int:
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
def charge(me: Member, payee: int, yuan: float, group: Group) -> int:
    """A member pays operator, pool or outside; return the fen moved. What the operator gets stands in ``spent``."""
    fen = pay(MEMBER, payee, yuan, group)
    if payee == OPERATOR:
        me.spent += fen / 100.0
    return fen


@rule
def set_aside(yuan: float, group: Group, world: World) -> bool:
    """Set money aside from the operator's purse for today, in a hook ``at_plan``; what is not paid goes back.

    For a group of another owner nothing is.
    """
    if yuan > world.purse_left or group.owner != OPERATORS:
        return False
    world.purse_left -= yuan
    group.yuan_aside += yuan
    return True


@rule
def give_minutes(minutes: float, group: Group) -> bool:
    """Staff give minutes of their time for the group today; False if they have not so many left."""
    if minutes > group.minutes_left:
        return False
    group.minutes_left -= minutes
    group.minutes_given += minutes
    return True


@rule
def host_person(group: Group, world: World) -> int:
    """The number of the group's host: the first of those kept for appointed persons."""
    return world.market_size + world.n_advertisers + group.index * APPOINTED


@rule
def host_says(t: float, kind: int, group: Group) -> None:
    """The group's host will write a line of a kind today, ``t`` minutes after midnight (at most 1439).

    For hooks ``at_plan``, which have no desk: a day on which nothing else is to be done is not cut for it. Lines of the
    same minute come in the order in which they were planned. More than ``MOST_PLANNED`` a day end the run.
    """
    n = group.n_planned
    group.n_planned = n + 1
    if n < MOST_PLANNED:
        group.planned_at[n] = min(1439.0, max(0.0, t))
        group.planned_kind[n] = kind


@rule
def write(look: Look, kind: int) -> None:
    """Whoever looks writes a line of a kind at the end of this look, in a hook ``at_look``.

    Lines come in the order in which rules wanted them; more than ``MOST_WRITTEN`` at one look end the run. After a line
    of ritual its author says no more and no phone buzzes.
    """
    answer(look, kind, -1)


@rule
def answer(look: Look, kind: int, line: int) -> None:
    """Whoever looks answers a line of today's log at the end of this look, as :func:`write` does."""
    n = look.n_says
    look.n_says = n + 1
    if n < MOST_WRITTEN:
        look.says[n] = kind
        look.to[n] = line


@rule
def tell_staff(look: Look, minutes: float, group: Group) -> None:
    """Whoever looks tells staff of something: the host looks in so many minutes later, on the same day, in a hook
    ``at_look`` (but ``before all``). Told twice at one look, they come as soon as they can.
    """
    t = look.t + max(0.05, minutes)
    if group.host_slot >= 0 and t < 1439.0 and (look.staff_at <= 0.0 or t < look.staff_at):
        look.staff_at = t


@rule
def host_posts(t: float, kind: int, group: Group, world: World) -> bool:
    """As :func:`host_says`, for the minutes of a post; False, and nothing is written, where the host has them not."""
    if group.host_slot < 0 or group.minutes_left < world.posting_minutes:
        return False
    group.minutes_left -= world.posting_minutes
    group.minutes_content += world.posting_minutes
    host_says(t, kind, group)
    return True


@rule
def say(desk: Desk, t: float, slot: int, kind: int, group: Group) -> None:
    """Whoever sits at ``slot`` will write a line of a kind today, ``t`` minutes after midnight (at most 1439)."""
    n = desk.n[SAID]
    if n >= desk.said.size:
        desk.n[OVERFLOW] = 1
        return
    line = desk.said[n]
    line.t = min(1439.0, max(0.0, t))
    line.slot = slot
    line.kind = kind
    line.next = group.said
    desk.n[SAID] = n + 1
    group.said = n + 1
