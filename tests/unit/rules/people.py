"""A room for the tests of the rules: one small community in plain Python, every number at its default unless given.

The rows are the real ones (:func:`sim.model.entities.new_state`): a misspelt name is an error, whole numbers are whole.
Nobody is in the room until someone is seated; no rule has been called on it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from agents import ROLES, Member
from scenarios.config.sections import SECTIONS
from sim.engine.knobs import snake_case
from sim.engine.luck import day_key, seed_key, uniform
from sim.engine.objects import Objects, Sheet, laid_out
from sim.mechanisms import mechanisms
from sim.model.entities import new_state
from sim.model.kinds import kind_table
from sim.model.role_columns import row_types
from sim.model.submodels.conversation import make_besides
from sim.model.submodels.conversation_log import TODAY, Desk, clear, new_desk
from sim.model.submodels.entry import begin

__all__ = ["CLOSE", "KIND_ROWS", "besides", "Room", "column", "measured", "sigma"]

CLOSE = 0.004
"""How near :func:`measured` comes to the truth."""
SMALL = {"groups": 3, "seats": 20}
ROLE_NAMES = [snake_case(role.__name__) for role in ROLES]
mechanisms()  # some levers of theirs stand in the group's row, and so do their kinds of message
KIND_ROWS = Sheet("kinds", kind_table())
"""What a kind of message is, by its code."""
besides = make_besides(Member.worth)
"""What rules had a member write at a look is written."""


def _knobs() -> dict[str, float]:
    """Every knob of every section that is a number, by name."""
    values = (pair for section in SECTIONS.values() for pair in section())
    return {name: float(value) for name, value in values if not isinstance(value, str)} | SMALL


KNOBS = _knobs()


class Room:
    """The first group of a community of three groups of twenty seats, on day 0, opened on day 0."""

    def __init__(self, seed: int = 7, day: int = 0, **knobs: float) -> None:
        assert set(knobs) <= set(KNOBS), set(knobs) - set(KNOBS)
        state = new_state(row_types(ROLES, SECTIONS.values()), KNOBS | knobs, 1, {}, ROLE_NAMES)
        self.state = Objects(state, {}).state
        self.members, self.groups = self.state.members, [self.state.groups[g] for g in range(int(SMALL["groups"]))]
        self.world, self.group, self.knock = self.state.worlds[0], self.groups[0], self.state.at_door[0]
        self.today = Sheet("today", np.zeros(1, TODAY))[0]
        self.group.is_open, self.group.day_born, self.group.n_members = 1, 0, 1
        self.world.seed_key = seed_key(seed, 0)
        self.world.heart, self.world.purse_left = 1.0, self.world.purse
        self.on(day)

    def on(self, day: int) -> None:
        """Let it be that day."""
        self.world.day, self.world.day_key = day, day_key(self.world.seed_key, day)

    def sit(self, slot: int, role: type[Member] = Member, joined: int = 0, **values: float) -> Any:
        """Seat a person, number 100 + seat: a blank one with a lasting need and 800 CNY a month, but for ``values``."""
        row = self.group.first + slot
        me = self.members[row]
        begin(me, 100 + slot, slot, row, 0, -1, joined)
        me.role, me.need_ends, me.budget, me.attention = ROLES.index(role), 1e9, 800.0, 60.0
        for name, value in values.items():
            setattr(me, name, value)
        self.group.n_slots = max(self.group.n_slots, slot + 1)
        return me

    def desk(self) -> Desk:
        """A clear desk for the group's day."""
        desk = laid_out(new_desk(int(KNOBS["seats"]), False))
        clear(desk)
        return desk

    def all_of(self, me: Any) -> str:
        """Everything that is known of a person."""
        return repr(me)


def sigma(x: float) -> float:
    """The logistic function, written here again."""
    return 1.0 / (1.0 + math.exp(-x))


def measured(room: Room, purpose: int, acts: Callable[[int], bool], people: int = 1500) -> float:
    """The probability with which a rule that draws once acts: half way between the last draw at which it does and the
    first at which it does not; 0 if it never does and 1 if it always does.

    ``acts`` tells for one person whether it does. People are put in the order of their draws, and the turn is found by
    halving; every 50th of them is asked too, so that acting at some draw but not at a smaller one is an error. No
    chance is left in it: draws are fixed and lie close to each other (a gap of 0.008 among 1500 has a chance of 6e-6),
    so the answer is right within 0.004.
    """
    draws = sorted((uniform(room.world, person, purpose, room.group.index), person) for person in range(people))
    low, high = 0, people
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if acts(draws[middle][1]) else (low, middle)
    for k in range(0, people, 50):
        assert acts(draws[k][1]) == (k < low), f"turns at {draws[low - 1][0]}, and acts otherwise at {draws[k][0]}"
    if low in (0, people):
        return 1.0 if low else 0.0
    return 0.5 * (draws[low - 1][0] + draws[low][0])


def column(sheet: Any, name: str, n: int) -> list[Any]:
    """One column of the first rows of a table of objects."""
    return [getattr(sheet[k], name) for k in range(n)]
