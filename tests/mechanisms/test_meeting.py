"""Meetings: who attends, whom they meet, what it costs, and that nothing of it happens without money and minutes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.mechanisms.meeting import ATTEND, Meeting, attend, enjoy, hold, meet, talk_of
from tests.mechanisms.own_rows import OwnRows
from tests.plays import daily_grid, differing, lively, play, strategy
from tests.unit.rules.people import CLOSE, Room, measured, sigma


class Day:
    """The day of a meeting of 50 CNY and 30 minutes."""

    def __init__(self, **levers: float) -> None:
        self.room = Room(day=20)
        self.own = OwnRows(self.room, Meeting())
        self.ours = self.own.ours
        for name, value in ({"meeting_today": 1.0, "meeting_yuan": 50.0, "meeting_minutes": 30.0} | levers).items():
            setattr(self.ours, name, value)
        self.room.group.minutes_left, self.room.world.purse_left = 60.0, 100.0

    def held(self) -> bool:
        """Does it take place?"""
        hold(self.room.group, self.ours, self.own.knobs, self.room.world)
        return bool(self.ours.is_on)

    def call(self, rule: Any, me: Any) -> Any:
        """One rule of one member; what was added to their day."""
        room = self.room
        room.today.visit = room.today.gain = room.today.open = 0.0
        rule(me, self.own.of(me), room.group, self.ours, room.today, self.own.knobs, room.world)
        return room.today


def test_it_takes_money_and_minutes_and_both_or_nothing() -> None:
    day = Day()
    assert day.held()
    assert (day.room.group.yuan_paid, day.room.group.minutes_given, day.ours.meeting_cost) == (50.0, 30.0, 5000)
    for name, value in (("minutes_left", 29.0), ("purse_left", 49.0)):
        short = Day()
        setattr(short.room.group if name == "minutes_left" else short.room.world, name, value)
        assert not short.held()
        assert (short.room.group.yuan_paid, short.room.group.minutes_given) == (0.0, 0.0)


def test_the_same_weekday_makes_a_habit_and_another_ends_it() -> None:
    day = Day(meeting_yuan=0.0, meeting_minutes=0.0)
    habits = []
    for on in (20, 27, 41, 45):
        day.room.on(on)
        day.held()
        habits.append(float(day.ours.habit))
    assert habits == pytest.approx([0.0, 0.3, 0.51, 0.0])


@pytest.mark.parametrize(("values", "habit", "x"), [
    ({"belonging": 0.5}, 0.0, -1.0), ({"belonging": 0.9, "n_strong": 3}, 0.0, -1.0 + 1.2 + 0.75),
    ({"belonging": 0.5, "fatigue": 0.4}, 0.5, -1.0 + 0.25 - 0.4),
])  # fmt: skip
def test_who_belongs_and_has_friends_there_attends(values: dict[str, float], habit: float, x: float) -> None:
    day = Day()
    day.held()
    day.ours.habit = habit
    me = day.room.sit(1, **values)
    me.day_looked = 19

    def does(person: int) -> bool:
        me.person, day.own.of(me).attends = person, 0
        looks = day.call(attend, me).visit > 40.0
        assert looks == bool(day.own.of(me).attends)
        return looks

    assert measured(day.room, ATTEND, does) == pytest.approx(sigma(x), abs=CLOSE)


def test_fewer_come_face_to_face_and_nobody_who_has_not_looked_in_for_long() -> None:
    counts = {}
    for name, offline, looked in (("online", 0.0, 19), ("offline", 1.0, 19), ("away", 0.0, 12)):
        day = Day(meeting_offline=offline)
        day.held()
        me = day.room.sit(1, belonging=0.5)
        me.day_looked = looked
        for person in range(500):
            me.person = person
            day.call(attend, me)
        counts[name] = int(day.ours.n_attended)
    assert counts["offline"] < 0.7 * counts["online"]
    assert counts["away"] == 0


def test_who_attended_is_glad_and_all_talk_of_it() -> None:
    day = Day()
    me = day.room.sit(1)
    assert day.call(enjoy, me).gain == 0.0
    day.own.of(me).attends = 21
    assert day.call(enjoy, me).gain == pytest.approx(0.15)
    assert day.call(talk_of, me).open == pytest.approx(0.5)


@pytest.mark.parametrize(("n", "met"), [(1, 0), (2, 1), (3, 3), (4, 6), (5, 10), (8, 16)])
def test_each_meets_four_others_or_all_there_are(n: int, met: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs who meet, each once; of two both."""
    pairs: list[frozenset[int]] = []
    monkeypatch.setattr("sim.mechanisms.meeting.acquaint", lambda a, b, *_: pairs.append(frozenset((a.slot, b.slot))))
    day = Day()
    room, mine = day.room, day.own.tables
    for slot in range(1, n + 1):
        day.own.of(room.sit(slot)).attends = 21
    meet(room.state, mine, 0, room.group, day.ours, day.own.knobs, room.world)
    assert len(pairs) == len(set(pairs)) == met


@pytest.mark.parametrize(("others", "n", "met"), [(1, 2, 1), (1, 6, 3), (1, 7, 3), (3, 8, 12), (3, 9, 13), (3, 4, 6),
                                                  (5, 4, 6), (5, 6, 15), (0, 6, 0)])  # fmt: skip
def test_an_odd_number_of_others_is_met_as_well(
    others: int, n: int, met: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Besides neighbours each meets who stands opposite; of an odd ring one has nobody there."""
    pairs: list[frozenset[int]] = []
    monkeypatch.setattr("sim.mechanisms.meeting.acquaint", lambda a, b, *_: pairs.append(frozenset((a.slot, b.slot))))
    day = Day()
    for slot in range(1, n + 1):
        day.own.of(day.room.sit(slot)).attends = 21
    day.own.knobs.meets = others
    meet(day.room.state, day.own.tables, 0, day.room.group, day.ours, day.own.knobs, day.room.world)
    assert len(pairs) == len(set(pairs)) == met


MANY = {"replicates": 10, "days": 30, "operator": {"hours": 20.0}, "population": {"seats": 40, "founders": 25},
        "purpose": {"acquaintance": 0.0, "talk": 0.1}}


def test_who_meets_has_strong_ties_soon_and_face_to_face_more_of_them() -> None:
    def pairs(*some: Any, **knobs: float) -> float:
        scenario = lively(some, tuned=(Meeting(attend=5.0, **knobs),), **MANY)
        return float(daily_grid(play(scenario), "n_strong_pairs", scenario)[:, :, -1].sum())

    often = {"gap_days": 5, "yuan": 10.0, "minutes": 10.0}
    nobody = pairs(strategy("regular_meeting", **often), meets=0)  # they look in, and meet nobody
    online = pairs(strategy("regular_meeting", **often))
    offline = pairs(strategy("regular_meeting", **often, offline=True), far=0.0)
    assert nobody * 1.05 < online
    assert online * 1.05 < offline


def test_the_money_is_in_the_account() -> None:
    tables = play(lively([strategy("regular_meeting", gap_days=7, yuan=10.0, minutes=10.0)], **MANY))
    counted = tables["mechanism.meeting"]
    assert counted["meeting_cost"].sum() == 10 * counted["n_meetings"].sum() > 0
    assert counted["meeting_cost"].sum() == pytest.approx(tables["daily"]["cost"].sum(dtype=float), rel=1e-5)
    held = counted[counted["n_meetings"] > 0]
    assert set(held["day"] % 7) == {6}
    assert np.all(held["n_attended"] >= 0)


def test_lanes_agree() -> None:
    scenario = lively([strategy("regular_meeting", gap_days=3, yuan=1.0, minutes=5.0, offline=True)])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
