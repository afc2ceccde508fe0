"""Tasks and habit: the rules one by one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from agents import Advertiser, Member
from sim.mechanisms import mechanisms, tasks
from sim.mechanisms.tasks import ATTEND, EXCUSE, PAY, Tasks
from sim.model.kinds import codes
from sim.model.vocabulary import REASONS
from tests.unit.rules.people import CLOSE, Room, besides, measured, sigma

LEFT = REASONS.index("left")
HOMEWORK = {"task_today": 1.0, "task_hour": 6.5, "task_effort": 1.0, "task_check": 0.0, "penalty_yuan": 8.0,
            "penalty_growth": 2.0, "excuse": 0.0, "progress_step": 0.0, "progress_shown": 0.0, "goal_again": 0.0,
            "greeting_hour": -1.0}  # fmt: skip


class Class:
    """A room with one member of 800 CNY a month on day 9, who came on day 0, and the mechanism's rows beside it."""

    def __init__(self, role: type[Member] = Member, **levers: float) -> None:
        mechanisms()
        self.room = Room(day=9)
        self.me = self.room.sit(1, role, belonging=0.5)
        self.group, self.world, self.today = self.room.group, self.room.world, self.room.today
        assert set(levers) <= set(HOMEWORK)
        counts = dict.fromkeys((*Tasks.columns("group"),), 0)
        self.ours = SimpleNamespace(**(counts | HOMEWORK | levers))
        self.mine = SimpleNamespace(**dict.fromkeys(Tasks.columns("member"), 0))
        values: dict[str, Any] = dict(Tasks())
        self.knobs = SimpleNamespace(**values, kind_checkin=codes()["checkin"], kind_greeting=codes()["greeting"])

    def each(self, rule: Any) -> None:
        """The rule for this member."""
        rule(self.me, self.mine, self.group, self.ours, self.today, self.knobs, self.world)

    def look(self, rule: Any, minute: float, desk: Any = None) -> Any:
        """The rule at a look of this member; the desk."""
        desk = desk or self.room.desk()
        now = desk.now[0]
        now.t, now.second, now.kind = minute, int(60 * minute), -1
        rule(self.me, self.mine, self.group, self.ours, self.today, self.knobs, self.world, now)
        besides(0, desk, self.room.members, self.me, minute, now.second, self.group, self.world)
        return desk

    def found(self, purpose: int, about: int, acts: Any) -> float:
        """Measured chance that something happens, over people alike (:func:`measured`)."""
        held, self.room.group.index = self.room.group.index, about
        chance = measured(self.room, purpose, acts)
        self.room.group.index = held
        return chance


@pytest.mark.parametrize(("missed", "due"), [(0, 8.0), (1, 16.0), (2, 32.0), (5, 256.0), (7, 800.0), (90, 800.0)])
def test_a_penalty_doubles_up_to_ones_free_money(missed: int, due: float) -> None:
    room = Class()
    room.mine.n_missed = missed
    assert tasks.due_of(room.me, room.mine, room.ours) == due


def test_a_penalty_grows_to_at_most_a_thousand_times() -> None:
    room = Class(penalty_yuan=0.01)
    room.mine.n_missed = 50
    assert tasks.due_of(room.me, room.mine, room.ours) == pytest.approx(10.24)
    room.ours.penalty_growth = 1.0
    assert tasks.due_of(room.me, room.mine, room.ours) == 0.01


@pytest.mark.parametrize(
    ("belonging", "streak", "fatigue", "effort", "due", "x"),
    [(0.5, 0, 0.0, 0.0, 0.0, 0.0), (0.9, 0, 0.0, 0.0, 0.0, 0.8), (0.5, 7, 0.0, 0.0, 0.0, 0.75),
     (0.5, 0, 0.4, 0.0, 0.0, -0.4), (0.5, 0, 0.0, 2.0, 0.0, -2.0), (0.5, 0, 0.0, 0.0, 16.0, 0.5)],
)  # fmt: skip
def test_one_does_it_by_belonging_streak_fear_effort_and_vigour(
    belonging: float, streak: int, fatigue: float, effort: float, due: float, x: float
) -> None:
    room = Class()
    room.me.belonging, room.me.fatigue, room.mine.streak = belonging, fatigue, streak
    assert tasks.likely(room.me, room.mine, effort, due, room.knobs) == pytest.approx(sigma(x))


def test_who_has_a_streak_or_something_to_fear_comes() -> None:
    room = Class(penalty_yuan=16.0)
    room.each(tasks.remind)
    assert room.today.visit == pytest.approx(0.8 * 0.5)
    room.mine.streak = 7
    room.each(tasks.remind)
    assert room.today.visit == pytest.approx(0.8 * (0.5 + 1.0))
    room.each(tasks.expect)  # the task reminds of the streak already
    assert room.today.visit == pytest.approx(1.2)
    room.ours.task_today = 0.0
    room.each(tasks.expect)
    assert room.today.visit == pytest.approx(1.6)


def test_a_task_is_done_at_the_first_look_after_the_hour_and_asked_for_once() -> None:
    room = Class(task_effort=-99.0)  # certain
    desk = room.look(tasks.report, 389.0)
    assert (room.ours.n_checkins, room.mine.asked) == (0, 0)
    room.mine.n_missed = 3
    for minute in (391.0, 700.0):
        room.look(tasks.report, minute, desk)
    assert (room.ours.n_checkins, room.mine.streak, room.mine.n_missed, room.mine.done) == (1, 1, 0, 10)
    line = desk.log[0]
    assert (line.kind, line.quality) == (codes()["checkin"], pytest.approx(0.05 * room.group.novelty))
    assert (room.group.n_messages, room.group.n_member_messages, room.me.n_posts) == (1, 0, 0)


def test_a_task_that_one_let_be_is_not_asked_for_again_today() -> None:
    room = Class(task_effort=99.0)
    room.look(tasks.report, 400.0)
    room.ours.task_effort = -99.0
    room.look(tasks.report, 500.0)
    assert room.ours.n_checkins == 0
    room.room.on(10)
    room.look(tasks.report, 500.0)
    assert room.ours.n_checkins == 1


def test_the_chance_to_do_it_is_the_one_declared() -> None:
    room = Class(penalty_yuan=16.0)

    def does(person: int) -> bool:
        room.me.person, before = person, room.ours.n_checkins
        room.mine.asked = 0
        room.mine.streak = room.mine.kept = 0
        room.look(tasks.report, 400.0)
        return room.ours.n_checkins > before

    assert room.found(ATTEND, 0, does) == pytest.approx(sigma(0.5 - 1.0), abs=CLOSE)


@pytest.mark.parametrize(
    ("role", "day", "values"), [(Member, 0, {}), (Advertiser, 9, {}), (Member, 9, {"is_staff": 1}),
                                (Member, 9, {"is_expert": 1})],
)  # fmt: skip
def test_newcomers_of_the_day_and_who_is_no_ordinary_member_are_not_enrolled(
    role: type[Member], day: int, values: dict[str, int]
) -> None:
    room = Class(role, task_effort=-99.0)
    room.world.role_advertiser = room.me.role if role is Advertiser else -1
    room.me.day_joined = 9 if day == 0 else 0
    for name, value in values.items():
        setattr(room.me, name, value)
    room.each(tasks.remind)
    room.look(tasks.report, 400.0)
    room.each(tasks.judge)
    assert (room.today.visit, room.ours.n_checkins, room.ours.n_misses, room.group.pool_fen) == (0.0, 0, 0, 0)


def test_a_missed_task_is_excused_with_the_probability_of_the_lever() -> None:
    room = Class(excuse=0.3, penalty_yuan=0.0)
    room.mine.streak = 5

    def is_excused(person: int) -> bool:
        room.me.person, before = person, room.ours.n_excused
        room.each(tasks.judge)
        return room.ours.n_excused > before

    assert room.found(EXCUSE, 0, is_excused) == pytest.approx(0.3, abs=CLOSE)
    room = Class(excuse=1.0)
    room.mine.streak = 5
    room.each(tasks.judge)
    assert (room.mine.streak, room.mine.n_missed, room.ours.n_misses, room.group.pool_fen) == (5, 0, 0, 0)


@pytest.mark.parametrize(("belonging", "missed", "x"), [(0.5, 0, 1.6), (0.9, 0, 3.2), (0.5, 3, -1.2)])
def test_who_misses_pays_into_the_pool_or_leaves(belonging: float, missed: int, x: float) -> None:
    room = Class()
    due = 800 * 2**missed
    room.me.belonging = belonging

    def pays(person: int) -> bool:
        room.me.person, room.me.reason, room.mine.n_missed, room.mine.streak = person, 0, missed, 4
        pool, left, spent = room.group.pool_fen, room.group.new_left, room.me.spent
        room.each(tasks.judge)
        has_paid = room.group.pool_fen > pool
        assert room.group.pool_fen - pool == due * has_paid
        assert (room.me.reason == LEFT) is (room.group.new_left > left) is not has_paid
        assert (room.mine.streak, room.mine.n_missed, room.me.spent) == (0, missed + 1, spent)
        return has_paid

    assert room.found(PAY, 0, pays) == pytest.approx(sigma(x), abs=CLOSE)
    assert room.ours.fen_penalties == room.group.pool_fen == due * room.ours.n_penalties
    assert room.ours.n_defaulted == room.group.new_left == room.ours.n_misses - room.ours.n_penalties > 0


def test_nothing_is_owed_for_a_task_done_or_without_a_penalty_or_by_who_is_gone() -> None:
    for values, levers in (({"done": 10}, {}), ({}, {"penalty_yuan": 0.0})):
        room = Class(**levers)
        vars(room.mine).update(values)
        room.each(tasks.judge)
        assert (room.group.pool_fen, room.me.reason) == (0, 0)
    room = Class()
    room.me.reason = REASONS.index("removed")
    room.each(tasks.judge)
    assert (room.ours.n_misses, room.group.new_left) == (0, 0)


def test_the_host_looks_submissions_through_while_minutes_last() -> None:
    room = Class(task_check=1.0, progress_step=0.2, progress_shown=1.0)
    room.mine.done, room.group.minutes_left = 10, 3.0
    room.each(tasks.judge)
    assert (room.me.warmth, room.group.minutes_left, room.ours.minutes_tasks) == (1.0, 1.0, 2.0)
    assert room.mine.progress == pytest.approx(0.2)
    assert room.today.gain == pytest.approx(0.15 * 0.2)
    room.each(tasks.judge)  # no minutes left: not looked through, half the way
    assert (room.me.warmth, room.group.minutes_left) == (1.0, 1.0)
    assert room.mine.progress == pytest.approx(0.3)


@pytest.mark.parametrize(("again", "progress", "need_ends"), [(0.0, 1.0, 9.0), (1.0, 0.0, 1e9)])
def test_at_the_goal_the_need_is_met_or_one_begins_again(again: float, progress: float, need_ends: float) -> None:
    room = Class(progress_step=0.4, goal_again=again)
    room.mine.done, room.mine.progress = 10, 0.9
    room.each(tasks.judge)
    assert (room.mine.progress, room.me.need_ends, room.ours.n_arrivals) == (progress, need_ends, 1)
    assert room.today.gain == 0.0  # it is not shown


def test_without_tasks_the_goal_comes_nearer_by_what_one_learns_of_the_host() -> None:
    room = Class(progress_step=0.2, task_today=0.0)
    room.me.read_quality = room.world.enough
    room.each(tasks.learn)
    assert room.mine.progress == 0.0
    room.me.n_host_read = 1
    room.each(tasks.learn)
    assert room.mine.progress == pytest.approx(0.1)


def test_a_good_morning_is_echoed_after_it_was_said_and_keeps_the_streak() -> None:
    room = Class(greeting_hour=8.0, task_today=0.0)
    room.me.belonging = 40.0  # certain
    room.look(tasks.echo, 500.0)
    assert room.ours.n_greetings == 0  # the host has not said it
    room.ours.is_greeting = 1
    room.look(tasks.echo, 470.0)
    desk = room.look(tasks.echo, 490.0)
    assert (room.ours.n_greetings, room.mine.streak, desk.log[0].kind) == (1, 1, codes()["greeting"])
    assert (room.group.n_messages, room.group.n_member_messages) == (1, 0)
    room.each(tasks.lapse)
    assert room.mine.streak == 1
    room.room.on(10)
    room.each(tasks.lapse)
    assert room.mine.streak == 0


def test_task_and_greeting_of_one_day_make_the_streak_longer_once_and_not_over_a_missed_task() -> None:
    room = Class(greeting_hour=8.0, task_effort=-99.0)
    room.me.belonging, room.ours.is_greeting, room.mine.n_missed = 40.0, 1, 2
    room.look(tasks.echo, 490.0)
    assert (room.ours.n_greetings, room.mine.streak) == (1, 0)
    room.look(tasks.report, 491.0)
    assert (room.mine.streak, room.mine.n_missed) == (1, 0)
    room.mine.greeted = 0
    room.look(tasks.echo, 492.0)
    assert room.mine.streak == 1


def test_the_host_says_good_morning_for_the_minutes_of_a_post() -> None:
    room = Class(greeting_hour=8.0)
    desk = room.room.desk()
    for minutes, said in ((0.5, 0), (3.0, 1)):
        room.group.host_slot, room.group.minutes_left = 0, minutes
        tasks.greet(room.group, room.ours, room.knobs, room.world, desk)
        assert (room.ours.is_greeting, room.group.said) == (said, said)
    assert (desk.said[0].t, desk.said[0].kind) == (480.0, codes()["greeting"])
    assert (room.group.minutes_left, room.group.minutes_given, room.ours.minutes_tasks) == (2.0, 1.0, 1.0)
