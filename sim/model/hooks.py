"""The loops in which the rules of mechanisms run: one loop a hook, compiled on its own and called by its address.

Each is a loop over what there is in one group, ``(state, own, others, desk, g)``, or in one community for orders of
the evening, ``(…, desk, c)``. It takes the tables of the model, those of the mechanism, those of the mechanisms it
uses, and the workplace of the thread. ``own.groups["runs"]`` says in which groups which hook acts today: bit *k*
belongs to the mechanism's *k*-th hook.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.engine.declarations import ORDERING, PARAMETERS, Hook, Rule
from sim.engine.lanes import Loop, Made
from sim.engine.rows import Rows
from sim.engine.rule import inlined
from sim.model.entities import BUYING, LEAVING, SEATED
from sim.model.submodels.conversation_log import LOG, MUSTER, OPEN0, Desk
from sim.model.vocabulary import CHANNELS

if TYPE_CHECKING:
    from sim.model.rows import Member, State

__all__ = ["Own", "Scene", "Tables", "loop_of"]

MOVED = CHANNELS.index("transferred")


class OwnGroup(Protocol):
    """What the engine keeps in every mechanism's row of a group."""

    runs: int  # bit k: its k-th hook acts today

    def __getitem__(self, column: str, /) -> float: ...


class Own[M, G, W, P](NamedTuple):
    """The tables of one mechanism. Those of members and groups lie parallel to the model's own."""

    members: Rows[M]
    groups: Rows[G]
    worlds: Rows[W]
    knobs: NDArray[np.void]  # a row a community
    people: Rows[P]  # (communities, people), a single row where it keeps nothing of persons of the market


Tables = Own[object, OwnGroup, object, object]
"""… as the engine sees those of any mechanism."""


def loop_of(hook: Hook, bit: int, uses: int, made: Made) -> Loop:
    """The loop of one hook; ``bit`` is its place among the mechanism's hooks, ``uses`` how many others it uses."""
    member, group = (made(_with_rows(made(hook.rule), table, uses)) for table in ("members", "groups"))
    if hook.kind == "at_look":
        return _at_look(hook.place, hook.gate or "runs")(member, bit)
    build: dict[str, Callable[[Rule, int], Loop]] = {
        "each_member": _each_member, "each_visitor": _each_visitor, "each_line": _each_line,
        "on_seat": _listed(SEATED), "on_leave": _listed(LEAVING), "on_buy": _listed(BUYING),
        "each_group": _each_group, "at_plan": _at_plan, "at_reply": _at_reply,
    }  # fmt: skip
    if hook.kind in ORDERING:
        asked = len(inspect.signature(hook.rule).parameters) - len(PARAMETERS[hook.kind])
        rule = made(_with_tables(made(hook.rule), asked))
        return _between_days(rule) if hook.kind == "between_days" else _each_evening(rule, bit)
    if hook.kind == "each_knock":
        return _each_knock(made(_with_people(made(hook.rule), uses)), bit)
    return build[hook.kind](group if hook.kind in ("each_group", "at_plan") else member, bit)


def _with_rows(rule: Rule, table: str, uses: int) -> Rule:
    """A rule, handed besides the row of a table of each mechanism that its own uses (at most three)."""
    of_members = (
        lambda others, i, *rows: rule(*rows),
        lambda others, i, *rows: rule(*rows, others[0].members[i]),
        lambda others, i, *rows: rule(*rows, others[0].members[i], others[1].members[i]),
        lambda others, i, *rows: rule(*rows, others[0].members[i], others[1].members[i], others[2].members[i]),
    )
    of_groups = (
        lambda others, g, *rows: rule(*rows),
        lambda others, g, *rows: rule(*rows, others[0].groups[g]),
        lambda others, g, *rows: rule(*rows, others[0].groups[g], others[1].groups[g]),
        lambda others, g, *rows: rule(*rows, others[0].groups[g], others[1].groups[g], others[2].groups[g]),
    )
    return (of_members if table == "members" else of_groups)[uses]


def _with_tables(rule: Rule, uses: int) -> Rule:
    """A rule that gives orders, handed besides the tables of each mechanism that its own uses, if it asks for them."""
    return (
        lambda others, *rows: rule(*rows),
        lambda others, *rows: rule(*rows, others[0]),
        lambda others, *rows: rule(*rows, others[0], others[1]),
        lambda others, *rows: rule(*rows, others[0], others[1], others[2]),
    )[uses]


def _with_people(rule: Rule, uses: int) -> Rule:
    """A rule, handed besides the person's row of each mechanism that its own uses (at most three)."""
    return (
        lambda others, c, p, *rows: rule(*rows),
        lambda others, c, p, *rows: rule(*rows, row_of(others[0].people, c, p)),
        lambda others, c, p, *rows: rule(*rows, row_of(others[0].people, c, p), row_of(others[1].people, c, p)),
        lambda others, c, p, *rows: rule(
            *rows, row_of(others[0].people, c, p), row_of(others[1].people, c, p), row_of(others[2].people, c, p)
        ),
    )[uses]


@inlined
def row_of(people: Rows[object], c: int, person: int) -> object:
    """The row of a person, or the only one, of a mechanism that keeps nothing of persons."""
    step = 1 if people.shape[1] > 1 else 0
    return people[step * c, step * person]


def _each_member(rule: Rule, bit: int) -> Loop:
    def each_member(state: State, own: Tables, others: tuple[Tables, ...], desk: Desk, g: int) -> None:
        group, ours = state.groups[g], own.groups[g]
        if ours.runs >> bit & 1:
            world, knobs = state.worlds[group.community], own.knobs[group.community]
            for slot in range(group.n_slots):
                row = group.first + slot
                me = state.members[row]
                if me.person >= 0 and me.is_staff == 0:
                    rule(others, row, me, own.members[row], group, ours, desk.today[slot], knobs, world)

    return each_member


def _each_visitor(rule: Rule, bit: int) -> Loop:
    def each_visitor(state: State, own: Tables, others: tuple[Tables, ...], desk: Desk, g: int) -> None:
        group, ours = state.groups[g], own.groups[g]
        if ours.runs >> bit & 1:
            world, knobs = state.worlds[group.community], own.knobs[group.community]
            for i in range(desk.n[MUSTER]):
                slot = desk.muster[i]
                row = group.first + slot
                me = state.members[row]
                if me.is_staff == 0:
                    rule(others, row, me, own.members[row], group, ours, desk.today[slot], knobs, world)

    return each_visitor


def _each_line(rule: Rule, bit: int) -> Loop:
    def each_line(state: State, own: Tables, others: tuple[Tables, ...], desk: Desk, g: int) -> None:
        group, ours = state.groups[g], own.groups[g]
        if ours.runs >> bit & 1:
            world, knobs = state.worlds[group.community], own.knobs[group.community]
            for j in range(desk.n[OPEN0], desk.n[LOG]):
                line = desk.log[j]
                row = group.first + line.slot
                me = state.members[row]
                if me.person == line.person and me.is_staff == 0:
                    answered = desk.log[line.reply_to if line.reply_to >= 0 else j]
                    rule(others, row, line, answered, me, own.members[row], group, ours, knobs, world)

    return each_line


def _each_group(rule: Rule, bit: int) -> Loop:
    def each_group(state: State, own: Tables, others: tuple[Tables, ...], desk: Desk, g: int) -> None:
        group, ours = state.groups[g], own.groups[g]
        if ours.runs >> bit & 1:
            rule(others, g, group, ours, own.knobs[group.community], state.worlds[group.community], desk)

    return each_group


def _listed(column: int) -> Callable[[Rule, int], Loop]:
    """For whoever stands on a list of the day: who took a seat, who leaves, who has bought."""

    def build(rule: Rule, bit: int) -> Loop:
        def listed(state: State, own: Tables, others: tuple[Tables, ...], desk: Desk, g: int) -> None:
            group, ours = state.groups[g], own.groups[g]
            if group.is_open == 1 and ours.runs >> bit & 1:
                world, knobs = state.worlds[group.community], own.knobs[group.community]
                n = group.n_seated if column == SEATED else group.n_buying if column == BUYING else group.n_leaving
                for k in range(n):
                    row = state.listed[group.first + k, column]
                    if column == SEATED and state.members[row].channel == MOVED:
                        continue  # who was moved is no newcomer
                    rule(others, row, state.members[row], own.members[row], group, ours, knobs, world)

        return listed

    return build


def _at_plan(rule: Rule, bit: int) -> Loop:
    def at_plan(state: State, own: Tables, others: tuple[Tables, ...], desk: Desk, g: int) -> None:
        group, ours = state.groups[g], own.groups[g]
        if group.is_open == 1 and ours.runs >> bit & 1:
            rule(others, g, group, ours, own.knobs[group.community], state.worlds[group.community])

    return at_plan


def _between_days(rule: Rule) -> Loop:
    def between_days(state: State, own: Tables, others: tuple[Tables, ...], desk: Desk, c: int) -> None:
        rule(others, state, own, c, own.knobs[c], state.worlds[c])

    return between_days


def _each_evening(rule: Rule, bit: int) -> Loop:
    def each_evening(state: State, own: Tables, others: tuple[Tables, ...], desk: Desk, c: int) -> None:
        world = state.worlds[c]
        for g in range(world.first_group, world.first_group + world.n_groups):
            group, ours = state.groups[g], own.groups[g]
            if ours.runs >> bit & 1 and group.is_open == 1 and group.fate == 0:
                rule(others, state, own, g, group, ours, own.knobs[group.community], world)

    return each_evening


class Scene(NamedTuple):
    """What rules ``before all`` and ``after read`` are handed besides the persons: the log as it is, and what has just
    been read.
    """

    desk: Desk
    members: Rows[Member]
    first: int  # line of the log: from here on everything was read at this look


def _at_look(place: str, gate: str) -> Callable[[Rule, int], Loop]:
    """For whoever looks now (``desk.now``). Rules ``before all`` and ``after read`` see the log."""
    sees_log = place in ("before all", "after read")

    def build(rule: Rule, bit: int) -> Loop:
        def at_look(state: State, own: Tables, others: tuple[Tables, ...], desk: Desk, g: int) -> None:
            ours = own.groups[g]
            if ours.runs >> bit & 1 and ours[gate] > 0:
                group, now = state.groups[g], desk.now[0]
                row = now.row
                me, world, today = state.members[row], state.worlds[group.community], desk.today[row - group.first]
                look = Scene(desk, state.members, now.first) if sees_log else now
                rule(others, row, me, own.members[row], group, ours, today, own.knobs[group.community], world, look)

        return at_look

    return build


def _at_reply(rule: Rule, bit: int) -> Loop:
    """For whoever has just answered: their answer is the last line of the log."""

    def at_reply(state: State, own: Tables, others: tuple[Tables, ...], desk: Desk, g: int) -> None:
        ours = own.groups[g]
        if ours.runs >> bit & 1:
            group, line = state.groups[g], desk.log[desk.n[LOG] - 1]
            row, today = group.first + line.slot, desk.today[line.slot]
            me, world, answered = state.members[row], state.worlds[group.community], desk.log[line.reply_to]
            knobs = own.knobs[group.community]
            rule(others, row, line, answered, me, own.members[row], group, ours, today, knobs, world)

    return at_reply


def _each_knock(rule: Rule, bit: int) -> Loop:
    """For whoever stands at the door of the group."""

    def each_knock(state: State, own: Tables, others: tuple[Tables, ...], desk: Desk, g: int) -> None:
        ours = own.groups[g]
        if ours.runs >> bit & 1:
            group, knock = state.groups[g], state.at_door[g]
            me, world = state.members[group.first + group.seats], state.worlds[group.community]
            theirs = row_of(own.people, group.community, me.person)
            rule(others, group.community, me.person, me, theirs, group, ours, knock, own.knobs[group.community], world)

    return each_knock
