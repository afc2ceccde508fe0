"""Suspicion: staged lines are noticed as they are read, seen through by degrees, cost trust once, and are told of."""

from __future__ import annotations

import math
from typing import Any

import pytest

from agents import Advertiser
from sim.mechanisms.suspicion import TELL, Suspicion, notice, see_through, tell
from sim.model.hooks import Scene
from sim.model.kinds import codes
from sim.model.submodels.conversation_log import GLANCE, PLAIN
from sim.model.submodels.messages import CHAT, post
from tests.mechanisms.own_rows import OwnRows
from tests.unit.rules.people import CLOSE, Room, measured

EXPOSURE = codes()["exposure"]


class Evening:
    """A group on day 30 in which somebody, on seat 1, has trust 0.5."""

    def __init__(self, **knobs: float) -> None:
        self.room = Room(day=30)
        self.group, self.world, self.desk = self.room.group, self.room.world, self.room.desk()
        self.me = self.room.sit(1, trust=0.5)
        self.own = OwnRows(self.room, Suspicion(**knobs))
        self.mine, self.knobs = self.own.of(self.me), self.own.knobs
        self.knobs.kind_exposure = EXPOSURE

    def says(self, who: Any, kind: int) -> None:
        """A line of a kind."""
        post(self.desk, who, kind, -1, 0, 600.0, 1, 0.0, self.group, self.world)

    def reads(self, me: Any, first: int = 0) -> None:
        """They read from a line on."""
        seen = Scene(self.desk, self.room.members, first)
        notice(me, self.own.of(me), self.group, self.own.ours, self.room.today, self.knobs, self.world, seen)

    def thinks(self) -> Any:
        """After the talk."""
        see_through(self.me, self.mine, self.group, self.own.ours, self.room.today, self.knobs, self.world)
        return self.mine

    def may_tell(self, kind: int = PLAIN) -> bool:
        """At a look: do they?"""
        now = self.desk.now[0]
        now.kind, now.n_says = kind, 0
        tell(self.me, self.mine, self.group, self.own.ours, self.room.today, self.knobs, self.world, now)
        return bool(now.n_says)


def test_staged_lines_just_read_are_noticed_by_how_plain_their_kind_is() -> None:
    evening = Evening()
    other = evening.room.sit(2)
    evening.desk.kinds[CHAT].staged = 0.3
    for kind in (CHAT, EXPOSURE, CHAT):
        evening.says(other, kind)
    evening.reads(evening.me, 1)
    assert (evening.mine.staged, evening.mine.heard, evening.own.ours.n_staged_read) == (0.3, 1, 1)
    evening.reads(other)
    assert evening.own.of(other).staged == 0.0  # one's own
    staff = evening.room.sit(3, is_staff=1)
    evening.reads(staff)
    assert evening.own.of(staff).staged == 0.0


def test_nothing_staged_no_suspicion() -> None:
    evening = Evening()
    evening.says(evening.room.sit(2), CHAT)
    evening.reads(evening.me)
    assert (evening.thinks().suspicion, evening.me.trust, evening.mine.has_cause) == (0.0, 0.5, 0)


@pytest.mark.parametrize("expertise", [0.0, 1.0])
def test_suspicion_rises_with_lines_and_expertise_and_costs_trust(expertise: float) -> None:
    evening = Evening()
    evening.me.expertise, evening.mine.staged = expertise, 20.0
    rise = 1.0 - math.exp(-0.01 * 20.0 * (0.5 + expertise))
    assert evening.thinks().suspicion == pytest.approx(rise)
    assert evening.me.trust == pytest.approx(0.5 * (1.0 - 0.6 * rise))
    assert (evening.mine.staged, evening.mine.has_cause) == (0.0, 1)


def test_without_see_or_trust_staged_the_term_is_gone() -> None:
    blind, calm = Evening(see=0.0), Evening(trust_staged=0.0)
    blind.mine.staged = calm.mine.staged = 20.0
    assert (blind.thinks().suspicion, blind.me.trust) == (0.0, 0.5)
    assert calm.thinks().suspicion > 0.0
    assert calm.me.trust == 0.5


def test_what_others_tell_raises_suspicion_but_gives_no_cause_to_tell() -> None:
    evening = Evening()
    evening.mine.heard = 1
    assert evening.thinks().suspicion == pytest.approx(0.3 * 0.5)
    assert (evening.mine.heard, evening.mine.has_cause) == (0, 0)
    deaf = Evening(spread=0.0)
    deaf.mine.heard = 1
    assert deaf.thinks().suspicion == 0.0


def test_suspicion_fades_and_trust_does_not_come_back_with_it() -> None:
    evening = Evening()
    evening.mine.suspicion, evening.mine.felt = 0.5, 21
    assert evening.thinks().suspicion == pytest.approx(0.5 * math.exp(-0.012 * 10))
    assert evening.me.trust == 0.5
    assert evening.own.ours.sum_suspicion == pytest.approx(evening.mine.suspicion)


def test_who_suspects_and_has_cause_tells_at_the_first_look() -> None:
    evening = Evening()

    def tells(person: int) -> bool:
        evening.me.person, evening.mine.has_cause, evening.mine.suspicion = person, 1, 0.8
        return evening.may_tell()

    assert measured(evening.room, TELL, tells) == pytest.approx(0.1 * 0.64, abs=CLOSE)


def test_nobody_else_tells_and_once_is_enough() -> None:
    evening = Evening(expose=1.0)
    evening.mine.suspicion = 1.0
    assert not evening.may_tell()
    evening.mine.has_cause = 1
    assert not evening.may_tell(GLANCE)
    assert evening.may_tell()
    assert (evening.own.ours.n_exposures, evening.mine.has_cause) == (1, 0)
    evening.mine.has_cause, evening.me.role = 1, evening.room.sit(5, Advertiser).role
    assert not evening.may_tell()
