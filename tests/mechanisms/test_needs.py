"""Needs: an event ends a share of them, they arise anew in season, and at 1 and 0 nothing of it is there."""

from __future__ import annotations

from typing import Any

import pytest

from agents import KOL, Poacher
from scenarios import Scenario
from scenarios.timeline import Event
from sim.mechanisms.needs import AGAIN, MET, Needs, change
from tests.mechanisms.own_rows import OwnRows
from tests.plays import differing, lively, play
from tests.unit.rules.people import CLOSE, Room, measured


class Morning:
    """A group on a morning."""

    def __init__(self, day: int = 30, **knobs: float) -> None:
        self.room = Room(day=day)
        self.own = OwnRows(self.room, Needs(**knobs))

    def comes(self, me: Any) -> Any:
        """Somebody's need today."""
        room, own = self.room, self.own
        change(me, own.of(me), room.group, own.ours, room.today, own.knobs, room.world)
        return me

    def chance(self, purpose: int, ends: float, turns: bool) -> float:
        """Measured chance that a need which ends on that day is on tomorrow, or is not."""
        me = self.room.sit(1)

        def acts(person: int) -> bool:
            me.person, me.need_ends = person % 300, ends
            return (self.comes(me).need_ends > self.room.world.day) == turns

        return measured(self.room, purpose, acts, people=300)


def test_so_many_needs_outlast_the_day() -> None:
    assert Morning(kept=0.3).chance(MET, 90.0, True) == pytest.approx(0.3, abs=5 * CLOSE)
    assert Morning(kept=1.0).chance(MET, 90.0, True) == 1.0


@pytest.mark.parametrize(("day", "wave"), [(45, 1.6), (45 + 182, 0.4), (136, 1.0)])
def test_a_need_arises_anew_with_the_season(day: int, wave: float) -> None:
    morning = Morning(day, again=0.3, season=0.6)
    assert morning.chance(AGAIN, 1.0, True) == pytest.approx(0.3 * wave, abs=5 * CLOSE)


def test_it_arises_only_when_it_is_over_and_is_counted() -> None:
    morning = Morning(again=1.0)
    assert morning.comes(morning.room.sit(1, need_ends=99.0)).need_ends == 99.0
    assert morning.comes(morning.room.sit(2, need_ends=29.0)).need_ends > 30.0
    assert (morning.own.ours.n_again, morning.own.ours.n_needs_met) == (1, 0)


def test_experts_and_the_appointed_have_none_that_ends() -> None:
    morning = Morning(kept=0.0)
    expert = morning.comes(morning.room.sit(1, KOL, is_expert=1))
    appointed = morning.comes(morning.room.sit(2, person=morning.room.world.market_size + 40))
    other = morning.comes(morning.room.sit(3))
    poacher = morning.comes(morning.room.sit(4, Poacher))
    assert [me.need_ends for me in (expert, appointed, poacher, other)] == [1e9, 1e9, 1e9, 30.0]
    assert morning.own.ours.n_needs_met == 1


# --- in a run --------------------------------------------------------------------------------------------------------


def town(*events: Event, **knobs: float) -> Scenario:
    return lively(replicates=5, days=25, timeline=events, tuned=(Needs(**knobs),))


def test_a_shock_ends_needs_on_its_day_and_the_groups_fall_silent() -> None:
    calm, over = play(town()), play(town(Event(10, 10, shock={"needs.kept": 0.0})))
    met = over["mechanism.needs"]
    assert (met["day"] == 10).all()
    assert met["n_needs_met"].sum() > 50

    def visitors(tables: Any, is_before: bool) -> int:
        daily = tables["daily"]
        return int(daily["n_visitors"][(daily["day"] < 10) == is_before].sum())

    assert visitors(over, True) == visitors(calm, True)
    assert visitors(over, False) < 0.8 * visitors(calm, False)


def test_a_shock_of_one_changes_nothing() -> None:
    assert differing(play(town()), play(town(Event(5, 9, shock={"needs.kept": 1.0})))) == []


def test_needs_that_return_keep_groups_visited() -> None:
    short = {"need_days": 5.0}
    gone, back = (play(town(again=rate).replace(purpose=short)) for rate in (0.0, 0.3))
    assert back["daily"]["n_visitors"].sum() > gone["daily"]["n_visitors"].sum()


def test_lanes_agree() -> None:
    scenario = town(Event(4, 4, shock={"needs.kept": 0.5}), again=0.1, season=0.5).replace(replicates=1, days=10)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []
