"""The schedule: a printable tuple of named phases, and the loops over communities and groups that play them.

>>> print(describe())  # doctest: +ELLIPSIS
plan     community  ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.engine.calls import call_all
from sim.engine.declarations import CUTS, INSIDE, Rule
from sim.engine.lanes import Act, Loop, Made, Schedule
from sim.engine.rows import blank_rows
from sim.model.between_days import BETWEEN, loops_between_days
from sim.model.day import group_day, group_phases
from sim.model.membership import ACTS
from sim.model.prefetching import fetch_next, fetch_visitors, nothing
from sim.model.submodels.conversation_log import SAID, Desk, new_desk

if TYPE_CHECKING:
    from sim.model.rows import State

__all__ = ["GROUP_PHASES", "PHASES", "SCHEDULE", "Phase", "describe"]


class Phase(NamedTuple):
    """One phase of the day: its name, on what it works, and what happens, in a sentence."""

    name: str
    scope: str
    doc: str


PHASES: tuple[Phase, ...] = (
    Phase("plan", "community", "strategies turn levers; the operator deals out hours and purse"),
    Phase("move", "community", "groups that were ordered are opened; who was to be moved takes a seat there"),
    Phase("propose", "group", "friends asked, passers-by, advertisers, clicks come to the door, and want in or not"),
    Phase("decide", "community", "who waits, then who wants in: a seat, a place in the queue, or turned away"),
    Phase("fill", "group", "whoever got a seat begins the membership"),
    Phase("carry", "community", "connectors hand on news and try a further group"),
    Phase("welcome", "group", "the day begins at zero; newcomers are greeted while minutes last; all are counted"),
    Phase("visit", "member", "who opens the group today, and how often; days without a look pass"),
    Phase("talk", "group", "looks in order of time: reading, answering, opening, packets, policing"),
    Phase("feel", "member", "gain less cost moves belonging, trust, expectation"),
    Phase("bond", "member", "ties fade; standings are taken"),
    Phase("buy", "member", "offers seen are taken or not"),
    Phase("invite", "member", "friends are asked"),
    Phase("leave", "member", "mute, leave"),
    Phase("record", "member", "each visitor's day goes into the spell and the group's sums"),
    Phase("govern", "group", "norms follow what was seen; the matter is used up and renewed"),
    Phase("part", "group", "who leaves gives up the seat"),
    Phase("account", "community", "connectors' rings and dissolved groups are closed; the operator does the accounts"),
)


AT = tuple(INSIDE.index(place) for place in CUTS)
WATCHED = tuple(1 << at for at in AT)


def describe() -> str:
    """The day, one phase a line."""
    return "\n".join(f"{p.name:<8} {p.scope:<10} {p.doc}" for p in PHASES)


def _over_groups(phase: Rule) -> Loop:
    """Run one phase for each open group of a range."""

    def single(state: State, lo: int, hi: int, desk: Desk) -> None:
        for g in range(lo, hi):
            group = state.groups[g]
            if group.is_open == 1:
                desk.n[SAID] = 0
                phase(state, g, group, state.worlds[group.community], desk)

    return single


def _whole_day(steps: list[Rule], made: Made, is_fetching: bool) -> Loop:
    """Run the inner day for each open group of a range; mechanisms act between its parts where the group is watched.

    What they add to the decisions of the day (``desk.today``) is blank again when the group's day is over.
    """
    begin, rise, talk, night, enlist, govern = steps
    ahead, visitors = (made(fetch_next), made(fetch_visitors)) if is_fetching else (nothing, nothing)

    def groups(state: State, lo: int, hi: int, desk: Desk) -> None:
        for g in range(lo, hi):
            group = state.groups[g]
            if group.is_open == 1:
                world, watched = state.worlds[group.community], group.is_watched
                desk.n[SAID] = 0
                ahead(state, g)
                if watched & WATCHED[0]:
                    call_all(desk.calls, AT[0], g)
                begin(state, g, group, world, desk)
                rise(state, g, group, world, desk)
                if watched & WATCHED[1]:
                    call_all(desk.calls, AT[1], g)
                visitors(state, group, desk)
                talk(state, g, group, world, desk)
                if watched & WATCHED[2]:
                    call_all(desk.calls, AT[2], g)
                night(state, g, group, world, desk)
                enlist(state, g, group, world, desk)
                govern(state, g, group, world, desk)
                if watched:
                    blank_rows(desk.today, group.n_slots)

    return groups


GROUP_PHASES = (
    "begin", "welcome", "visit", "talk", "feel", "bond", "buy", "invite", "leave", "record", "list", "govern",
)  # fmt: skip
"""The phases inside a group, as loops of their own: for timing them one by one."""


def _build(act: Act, made: Made, is_fetching: bool) -> dict[str, Loop]:
    """Every loop by name; ``day`` is the whole inner day."""
    loops: dict[str, Loop] = loops_between_days(act, made, is_fetching)
    loops |= {name: _over_groups(made(phase)) for name, phase in group_phases(act).items()}
    return loops | {"day": _whole_day([made(step) for step in group_day(act)], made, is_fetching)}


SCHEDULE = Schedule(ACTS, _build, BETWEEN, "day", lambda: (new_desk(1, False),), __name__)
"""What the lanes play."""
