"""The loops in which the rules of mechanisms run: one loop a hook, over a range of groups, compiled on its own.

Every loop takes ``(state, own, others, lo, hi, desk)``: the tables of the model, those of the mechanism, those of the
mechanisms it uses, and the workplace of the thread. ``own.groups["runs"]`` says in which groups which hook acts today:
bit *k* belongs to the mechanism's *k*-th hook.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.engine.declarations import HOOKS, Hook, Rule
from sim.engine.lanes import Loop, Made
from sim.engine.mechanism import lookers
from sim.engine.rows import Rows
from sim.engine.rule import inlined, rule
from sim.model.entities import BUYING, LEAVING, SEATED
from sim.model.submodels.conversation_log import FIRST, Desk

if TYPE_CHECKING:
    from sim.model.rows import Group, Look, Member, State, Today, World

__all__ = ["WATCHED", "Own", "Scene", "at_looks", "loop_of"]

WATCHED = {place: 1 << k for k, place in enumerate(HOOKS["at_look"])}
"""Bit of a group's ``is_watched`` that says: rules act at looks at this place today."""


class OwnGroup(Protocol):
    """What the engine keeps in every mechanism's row of a group."""

    runs: int  # bit k: its k-th hook acts today

    def __getitem__(self, column: str, /) -> float: ...


class Own[M, G, W](NamedTuple):
    """The tables of one mechanism. Those of members and groups lie parallel to the model's own."""

    members: Rows[M]
    groups: Rows[G]
    worlds: Rows[W]
    knobs: NDArray[np.void]  # one row


Tables = Own[object, OwnGroup, object]
"""… as the engine sees those of any mechanism."""
Inside = tuple[Tables, ...]
"""… of all that have rules inside the talk."""


def loop_of(hook: Hook, bit: int, uses: int, made: Made) -> Loop:
    """The loop of one hook; ``bit`` is its place among the mechanism's hooks, ``uses`` how many others it uses."""
    rule, member, group = made(hook.rule), made(_MEMBER_ROWS[uses]), made(_GROUP_ROWS[uses])
    build: dict[str, Callable[[Rule, int, Rule], Loop]] = {
        "each_member": _each_member, "each_visitor": _each_visitor, "each_line": _each_line,
        "on_seat": _listed(SEATED), "on_leave": _listed(LEAVING), "on_buy": _listed(BUYING),
    }  # fmt: skip
    if hook.kind in build:
        return build[hook.kind](rule, bit, member)
    if hook.kind == "between_days":
        return _between_days(rule, bit, group)
    return (_each_group if hook.kind == "each_group" else _at_plan)(rule, bit, group)


# The rows of the mechanisms that a mechanism uses, as further arguments of its rules.
_MEMBER_ROWS = (
    lambda others, i: (),
    lambda others, i: (others[0].members[i],),
    lambda others, i: (others[0].members[i], others[1].members[i]),
    lambda others, i: (others[0].members[i], others[1].members[i], others[2].members[i]),
)
_GROUP_ROWS = (
    lambda others, g: (),
    lambda others, g: (others[0].groups[g],),
    lambda others, g: (others[0].groups[g], others[1].groups[g]),
    lambda others, g: (others[0].groups[g], others[1].groups[g], others[2].groups[g]),
)


def _each_member(rule: Rule, bit: int, more: Rule) -> Loop:
    def each_member(state: State, own: Tables, others: tuple[Tables, ...], lo: int, hi: int, desk: Desk) -> None:
        for g in range(lo, hi):
            group, ours = state.groups[g], own.groups[g]
            if group.is_open == 1 and ours.runs >> bit & 1:
                world, knobs, at = state.worlds[group.community], own.knobs[0], group.first - desk.n[FIRST]
                for slot in range(group.n_slots):
                    row = group.first + slot
                    me = state.members[row]
                    if me.person >= 0 and me.is_staff == 0:
                        rule(me, own.members[row], group, ours, desk.today[at + slot], knobs, world, *more(others, row))

    return each_member


def _each_visitor(rule: Rule, bit: int, more: Rule) -> Loop:
    def each_visitor(state: State, own: Tables, others: tuple[Tables, ...], lo: int, hi: int, desk: Desk) -> None:
        for g in range(lo, hi):
            group, ours = state.groups[g], own.groups[g]
            if group.is_open == 1 and ours.runs >> bit & 1:
                world, knobs, at = state.worlds[group.community], own.knobs[0], group.first - desk.n[FIRST]
                for i in range(group.n_mustered):
                    slot = desk.gathered[at + i]
                    row = group.first + slot
                    me = state.members[row]
                    if me.is_staff == 0:
                        rule(me, own.members[row], group, ours, desk.today[at + slot], knobs, world, *more(others, row))

    return each_visitor


def _each_line(rule: Rule, bit: int, more: Rule) -> Loop:
    def each_line(state: State, own: Tables, others: tuple[Tables, ...], lo: int, hi: int, desk: Desk) -> None:
        for g in range(lo, hi):
            group, ours = state.groups[g], own.groups[g]
            if group.is_open == 1 and ours.runs >> bit & 1:
                world, knobs, first = state.worlds[group.community], own.knobs[0], group.kept_from
                for j in range(group.n_old, group.n_kept):
                    line = desk.kept[first + j]
                    row = group.first + line.slot
                    me = state.members[row]
                    if me.person == line.person and me.is_staff == 0:
                        answered = desk.kept[first + (line.reply_to if line.reply_to >= 0 else j)]
                        rule(line, answered, me, own.members[row], group, ours, knobs, world, *more(others, row))

    return each_line


def _listed(column: int) -> Callable[[Rule, int, Rule], Loop]:
    """For whoever stands on a list of the day: who took a seat, who leaves, who has bought."""

    def build(rule: Rule, bit: int, more: Rule) -> Loop:
        def listed(state: State, own: Tables, others: tuple[Tables, ...], lo: int, hi: int, desk: Desk) -> None:
            for g in range(lo, hi):
                group, ours = state.groups[g], own.groups[g]
                if group.is_open == 1 and ours.runs >> bit & 1:
                    world, knobs = state.worlds[group.community], own.knobs[0]
                    n = group.n_seated if column == SEATED else group.n_buying if column == BUYING else group.n_leaving
                    for k in range(n):
                        row = state.listed[group.first + k, column]
                        rule(state.members[row], own.members[row], group, ours, knobs, world, *more(others, row))

        return listed

    return build


def _each_group(rule: Rule, bit: int, more: Rule) -> Loop:
    def each_group(state: State, own: Tables, others: tuple[Tables, ...], lo: int, hi: int, desk: Desk) -> None:
        for g in range(lo, hi):
            group, ours = state.groups[g], own.groups[g]
            if group.is_open == 1 and ours.runs >> bit & 1:
                rule(group, ours, own.knobs[0], state.worlds[group.community], desk, *more(others, g))

    return each_group


def _at_plan(rule: Rule, bit: int, more: Rule) -> Loop:
    def at_plan(state: State, own: Tables, others: tuple[Tables, ...], lo: int, hi: int, desk: Desk) -> None:
        for g in range(lo, hi):
            group, ours = state.groups[g], own.groups[g]
            if group.is_open == 1 and ours.runs >> bit & 1:
                rule(group, ours, own.knobs[0], state.worlds[group.community], *more(others, g))

    return at_plan


def _between_days(rule: Rule, bit: int, more: Rule) -> Loop:
    def between_days(state: State, own: Tables, others: tuple[Tables, ...], lo: int, hi: int, desk: Desk) -> None:
        for c in range(lo, hi):
            rule(state, own, c, own.knobs[0], state.worlds[c])

    return between_days


class Scene(NamedTuple):
    """What a rule ``before all`` is handed besides the persons: the log as it is, and what has just been read."""

    desk: Desk
    members: Rows[Member]
    first: int  # line of the log: from here on everything was read at this look


def at_looks(place: str) -> Rule:
    """All rules that act at looks at one place, one after the other.

    What finds the rows is compiled into the talk. The rules themselves are called, and handed rows only: a bundle of
    tables takes a hundred words to pass on, at every look. Those ``before all``, which see the log, are compiled in.
    """
    found = [(i, k, hook, one) for i, one in enumerate(lookers()) for k, hook in enumerate(one.hooks)
             if hook.kind == "at_look" and hook.place == place]  # fmt: skip
    made = inlined if place == "before all" else rule
    chain = inlined(_nothing)
    for i, bit, hook, one in reversed(found):
        step = 1 if one.columns("member") else 0
        chain = inlined(_one_look(i, bit, hook.gate or "runs", made(hook.rule), chain, step))
    return chain


def _nothing(
    inside: Inside, g: int, row: int, me: Member, today: Today, group: Group, world: World, look: Look | Scene
) -> None:
    """No rule is left."""


def _one_look(i: int, bit: int, gate: str, act: Rule, rest: Rule, step: int) -> Rule:
    """``step`` is 0 for a mechanism that keeps nothing of members: its table of them has a single row."""

    def at_look(
        inside: Inside, g: int, row: int, me: Member, today: Today, group: Group, world: World, look: Look | Scene
    ) -> None:
        own = inside[i]
        ours = own.groups[g]
        if ours.runs >> bit & 1 and ours[gate] > 0:
            act(me, own.members[step * row], group, ours, today, own.knobs[0], world, look)
        rest(inside, g, row, me, today, group, world, look)

    return at_look
