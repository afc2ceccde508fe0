"""A day played again in plain Python, watched: it ends as the first one did, and tells what every rule computed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from scenarios.web.question import Question
from sim.engine.luck import PURPOSES, uniform
from sim.watched_day import WatchedEngine

DAY, GROUP = 20, 1


class _Kept(WatchedEngine):
    """Keeps the rows of the watched group as the day itself leaves them."""

    def _groups(self) -> None:
        super()._groups()
        if self.day == self.watch[0]:
            self._store()
            group = self.state.groups[self.watch[1]]
            self.once = self.state.members[group["first"] : group["first"] + group["n_slots"]].copy()


@pytest.fixture(scope="module", params=["compiled", "mesa"])
def engine(request: pytest.FixtureRequest) -> _Kept:
    scenario = Question(groups=2, days=30, second="red_packet+advert_ban+contest").composed()[1]
    made = _Kept(scenario, request.param, 1)
    made.watch = (DAY, GROUP)
    for _ in range(DAY + 1):
        made.step()
    return made


def test_the_day_ends_as_it_did_the_first_time(engine: _Kept) -> None:
    assert engine.again.size > 10
    for column in engine.again.dtype.names or ():
        assert np.array_equal(engine.again[column], engine.once[column]), column


def test_watching_changes_nothing_of_the_run(engine: _Kept) -> None:
    plain = WatchedEngine(engine.scenario, engine.lane.name, 1)
    for _ in range(DAY + 1):
        plain.step()
    assert plain.state.members.tobytes() == engine.state.members.tobytes()


def test_rules_of_roles_and_of_mechanisms_are_told_with_what_they_changed(engine: _Kept) -> None:
    rules = {one.rule for one in engine.fired}
    assert {"Member.visit", "Member.feel", "Member.leave", "greet", "red_packet.take"} <= rules
    felt = [one for one in engine.fired if one.rule == "Member.feel" and "belonging" in one.changes]
    assert felt
    swing = float(engine.state.worlds["swing"][0])
    for one in felt:
        before, after = one.changes["belonging"]
        drawn_to = min(1.0, max(0.0, 0.5 + swing * one.numbers["feeling"]))
        assert math.isclose(after, before + one.numbers["rate"] * (drawn_to - before))


def test_who_leaves_has_drawn_less_than_the_chance(engine: _Kept) -> None:
    asked = [one for one in engine.fired if one.rule == "Member.leave"]
    assert asked
    for one in asked:
        (luck,) = [u for purpose, u in one.draws if purpose == "leave"]
        assert ("reason" in one.changes) == (luck < one.numbers["chance"])


def test_draws_are_those_of_the_run(engine: _Kept) -> None:
    world = engine.state.worlds[0]
    visits = {one.person: one.draws for one in engine.fired if one.rule == "Member.visit"}
    for person, ((name, u),) in visits.items():
        assert u == uniform(_Day(world), person, PURPOSES.index(name.upper()) + 1, GROUP)


class _Day:
    """The luck of the day, as plain numbers."""

    def __init__(self, world: np.void) -> None:
        self.day_key, self.is_philox = int(world["day_key"]), int(world["is_philox"])
