"""The day: a printable tuple of named phases, built from the methods of the roles, the same text in both lanes.

>>> print(describe())  # doctest: +ELLIPSIS
plan     community  ...
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sim.conversation import make_talk
from sim.desk import OPEN0, OUT, Desk, grow_out
from sim.doors import make_enter
from sim.evening import account, part
from sim.founding import make_found
from sim.market import make_arrive
from sim.morning import plan
from sim.rule import rule
from sim.schedule import close, open_day
from sim.ties import fade
from sim.waking import govern, tally, wake

__all__ = ["PHASES", "Phase", "build_community_phases", "build_group_phases", "describe"]


class Phase(NamedTuple):
    """One phase of the day: its name, on what it works, and what happens, in a sentence."""

    name: str
    scope: str
    doc: str


PHASES: tuple[Phase, ...] = (
    Phase("plan", "community", "strategies turn levers; the operator deals out hours and purse"),
    Phase("arrive", "community", "queue, friends asked, passers-by, adverts, connectors come to the door and are let in or not"),
    Phase("welcome", "group", "the day begins at zero; newcomers are greeted while minutes last"),
    Phase("visit", "member", "who opens the group today, and how often"),
    Phase("talk", "group", "looks in order of time: reading, answering, opening, packets, policing"),
    Phase("feel", "member", "gain less cost moves belonging, trust, expectation, habit"),
    Phase("bond", "member", "ties fade; standings are taken"),
    Phase("buy", "member", "offers seen are taken or not"),
    Phase("invite", "member", "friends are asked"),
    Phase("leave", "member", "mute, leave"),
    Phase("govern", "group", "norms follow what was seen; the matter is used up and renewed"),
    Phase("record", "group", "sums over members"),
    Phase("part", "community", "who leaves gives up the seat; the operator does his account"),
)


def describe() -> str:
    """The day, one phase a line."""
    return "\n".join(f"{p.name:<8} {p.scope:<10} {p.doc}" for p in PHASES)


def _member_phase(act: Any) -> Callable[..., Desk]:
    def phase(state: Any, g: int, group: Any, world: Any, desk: Desk) -> Desk:
        for slot in range(group.n_slots):
            me = state.members[group.first + slot]
            if me.person >= 0:
                act(me, group, world)
        return desk

    return phase


def _bond_phase(act: Any) -> Callable[..., Desk]:
    def bond(state: Any, g: int, group: Any, world: Any, desk: Desk) -> Desk:
        for slot in range(group.n_slots):
            me = state.members[group.first + slot]
            if me.person >= 0:
                if me.n_ties > 0:
                    fade(me, state.members, group, world)
                act(me, group, world)
        return desk

    return bond


def _leave_phase(act: Any) -> Callable[..., Desk]:
    def leave(state: Any, g: int, group: Any, world: Any, desk: Desk) -> Desk:
        for slot in range(group.n_slots):
            me = state.members[group.first + slot]
            if me.person >= 0 and me.reason == 0:
                muted = me.is_muted
                act(me, group, world)
                group.new_muted += me.is_muted - muted
        return desk

    return leave


def _talk_phase(talk: Any) -> Callable[..., Desk]:
    def conversation(state: Any, g: int, group: Any, world: Any, desk: Desk) -> Desk:
        desk = open_day(state, g, group, world, desk)
        desk = talk(state, g, group, world, desk)
        desk = close(state, g, group, world, desk)
        if world.is_recording > 0:
            desk = copy_out(g, group, world, desk)
        return desk

    return conversation


def welcome(state: Any, g: int, group: Any, world: Any, desk: Desk) -> Desk:
    """Phase ``welcome``; see :func:`sim.waking.wake`."""
    wake(state.members, group, world)
    return desk


def govern_phase(state: Any, g: int, group: Any, world: Any, desk: Desk) -> Desk:
    """Phase ``govern``; see :func:`sim.waking.govern`."""
    govern(group, world)
    return desk


def record(state: Any, g: int, group: Any, world: Any, desk: Desk) -> Desk:
    """Phase ``record``; see :func:`sim.waking.tally`."""
    tally(state.members, group, world)
    return desk


@rule
def copy_out(g: int, group: Any, world: Any, desk: Desk) -> Desk:
    """Copy today's messages to the desk's outbox, numbered within the group."""
    old, n = desk.n[OPEN0], desk.n[0]
    while desk.n[OUT] + n - old > desk.out.size:
        desk = grow_out(desk)
    first = group.n_total - (n - old)
    for j in range(old, n):
        line, note = desk.log[j], desk.out[desk.n[OUT]]
        desk.n[OUT] += 1
        note["group"] = g
        note["id"] = first + j - old
        note["author"] = line["person"]
        note["kind"] = line["kind"]
        note["on_topic"] = line["is_topic"]
        note["reply_to"] = first + line["reply_to"] - old if line["reply_to"] >= 0 else -1
        note["t"] = world.day * 1440.0 + line["t"]
    return desk


def build_group_phases(act: Callable[[str], Any]) -> dict[str, Callable[..., Desk]]:
    """The phases inside a group, by name, in order; all ``(state, g, group, world, desk) -> desk``."""
    return {
        "welcome": welcome,
        "visit": _member_phase(act("visit")),
        "talk": _talk_phase(rule(make_talk(act))),
        "feel": _member_phase(act("feel")),
        "bond": _bond_phase(act("bond")),
        "buy": _member_phase(act("buy")),
        "invite": _member_phase(act("invite")),
        "leave": _leave_phase(act("leave")),
        "govern": govern_phase,
        "record": record,
    }


def build_community_phases(act: Callable[[str], Any]) -> dict[str, Callable[..., None]]:
    """Founding, and the phases between groups; all ``(state, c) -> None``."""
    sit = rule(make_enter(act))
    return {
        "found": make_found(act, sit),
        "plan": plan,
        "arrive": make_arrive(act),
        "part": part,
        "account": account,
    }
