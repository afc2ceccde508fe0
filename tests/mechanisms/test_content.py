"""Prepared content: what falls due and what it costs, whom it draws and when, and how a habit grows and fades."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from agents import Advertiser, Member
from sim.data.tables import KINDS
from sim.engine.luck import SLOT, VISIT, uniform
from sim.mechanisms import host_person
from sim.mechanisms.content import Content, come_at_the_hour, draw, prepare, settle, take_to_it
from sim.model.entities import MOST_PLANNED
from sim.model.submodels.daily_rhythm import open_day
from sim.model.submodels.messages import CONTENT, OFFER, PREVIEW
from sim.model.submodels.operator import plan
from sim.simulation import Overflow
from tests.mechanisms.own_rows import OwnRows
from tests.plays import differing, lively, play, started, strategy
from tests.unit.rules.people import CLOSE, Room, measured, sigma


class Desk:
    """A group on a morning; a post costs 1 minute here and its part of 40."""

    def __init__(self, day: int = 0, minutes: float = 100.0, living: int = 2, **ours: float) -> None:
        self.room = Room(day=day, posting_minutes=1.0, visit=-0.4, visit_belonging=2.0, visit_appeal=1.0, enough=2.0)
        self.group, self.world = self.room.group, self.room.world
        self.group.minutes_left, self.world.n_living = minutes, living
        self.own = OwnRows(self.room, Content(minutes=40.0, preview_pull=0.6))
        self.ours, self.knobs = self.own.ours, self.own.knobs
        for name, value in ours.items():
            setattr(self.ours, name, value)

    def planned(self) -> Desk:
        """After the operator's morning."""
        prepare(self.group, self.ours, self.knobs, self.world)
        return self

    def act(self, rule: Any, me: Any) -> Any:
        """One rule for one member; what is theirs alone."""
        rule(me, self.own.of(me), self.group, self.ours, self.room.today, self.knobs, self.world)
        return self.own.of(me)


@pytest.mark.parametrize(("living", "cost"), [(1, 41.0), (2, 21.0), (4, 11.0), (0, 41.0)])
def test_a_prepared_post_costs_each_living_group_its_part(living: int, cost: float) -> None:
    desk = Desk(content_posts=1.0, living=living).planned()
    assert (desk.ours.n_posts, desk.ours.debt) == (1, 0.0)
    assert (desk.group.minutes_left, desk.group.minutes_content) == (100.0 - cost, cost)


def test_the_operator_tells_how_many_groups_live() -> None:
    room = Room(hours=4.0)
    for group, quiet in zip(room.groups, (0, 27, 28), strict=True):
        group.is_open, group.quiet_days = 1, quiet
    plan(room.state, 0)
    assert room.world.n_living == 2


def test_posts_fall_due_by_parts_and_are_owed_while_minutes_lack() -> None:
    assert Desk(content_posts=0.4, debt=0.5).planned().ours.n_posts == 0
    assert Desk(content_posts=0.5, debt=0.5).planned().ours.n_posts == 1
    short = Desk(content_posts=3.0, minutes=50.0).planned()
    assert (short.ours.n_posts, short.ours.debt, short.group.minutes_left) == (2, 1.0, 8.0)
    assert Desk(content_posts=1.0, debt=4.5, minutes=0.0).planned().ours.debt == 5.0


def test_what_is_posted_renews_the_matter_and_what_is_owed_does_not() -> None:
    assert Desk(content_posts=3.0, minutes=50.0).planned().group.n_fresh == 2
    assert Desk(content_posts=0.4).planned().group.n_fresh == 0


def test_a_post_is_previewed_only_by_a_post_of_yesterday_that_tells() -> None:
    assert Desk(n_posts=1, content_preview=1.0).planned().ours.is_previewed == 1
    assert Desk(n_posts=1, content_preview=0.0, is_previewed=1).planned().ours.is_previewed == 0
    assert Desk(n_posts=0, content_preview=1.0, is_previewed=1).planned().ours.is_previewed == 0


@pytest.mark.parametrize(("hour", "kept"), [(20.0, 0.5 + 0.2 * 0.5), (20.4, 0.6), (20.5, 0.4), (9.0, 0.5 - 0.2 * 0.5)])
def test_a_post_at_the_hour_of_the_last_one_keeps_the_slot(hour: float, kept: float) -> None:
    ours = Desk(content_posts=1.0, content_hour=hour, last_hour=20.0, has_posted=1, slot_kept=0.5).planned().ours
    assert (ours.slot_kept, ours.last_hour) == (pytest.approx(kept), hour)


def test_the_first_post_keeps_no_hour_not_even_midnight() -> None:
    ours = Desk(content_posts=1.0, content_hour=0.0, slot_kept=0.5).planned().ours
    assert (ours.slot_kept, ours.has_posted) == (0.4, 1)


def test_a_day_without_a_post_says_nothing_of_the_slot() -> None:
    ours = Desk(content_posts=0.0, content_hour=9.0, last_hour=20.0, has_posted=1, slot_kept=0.5).planned().ours
    assert (ours.slot_kept, ours.last_hour) == (0.5, 20.0)


def lines(group: Any) -> list[tuple[int, float]]:
    """What the host will say: kinds, and whole minutes after midnight."""
    return [(group.planned_kind[k], float(int(group.planned_at[k]))) for k in range(group.n_planned)]


@pytest.mark.parametrize(
    ("levers", "said"),
    [
        ({"content_posts": 1.0}, [(CONTENT, 1200.0)]),
        ({"content_posts": 1.0, "content_hour": 9.5}, [(CONTENT, 570.0)]),
        ({"content_posts": 2.0, "content_hour": 9.0}, [(CONTENT, 540.0), (CONTENT, 660.0)]),
        ({"content_posts": 1.0, "content_hour": 9.0, "content_preview": 1.0}, [(CONTENT, 540.0), (PREVIEW, 555.0)]),
        ({"content_posts": 2.0, "content_hour": 23.0}, [(CONTENT, 1380.0), (CONTENT, 1438.0)]),
        ({"content_posts": 0.5, "content_preview": 1.0}, []),
    ],
    ids=str,
)
def test_the_host_posts_at_the_hour_and_two_hours_later_and_tells_of_the_next(
    levers: dict[str, float], said: list[tuple[int, float]]
) -> None:
    assert lines(Desk(**levers).planned().group) == said


def test_what_is_planned_stands_in_the_days_calendar_under_the_hosts_seat() -> None:
    desk = Desk(content_posts=2.0, content_hour=9.0).planned()
    room, day = desk.room, desk.room.desk()
    host = room.sit(3, person=host_person(desk.group, desk.world))
    desk.group.host_slot, desk.world.chat_posts = host.slot, 0.0
    open_day(room.state, 0, desk.group, desk.world, day)
    looks = [day.looks[k] for k in range(int(day.n[1]))]
    assert [(look.slot, look.kind, int(look.t)) for look in looks] == [(3, CONTENT, 540), (3, CONTENT, 660)]


def chance(desk: Desk, yesterday: int = 0, habit: float = 0.0) -> float:
    """Measured probability that somebody visits who does so with σ(0.9) on a day without a post."""
    me = desk.room.sit(1, belonging=0.5, appeal=0.3)

    def visits(person: int) -> bool:
        me.person, me.n_looks, desk.room.today.visit = person, yesterday, 0.0
        desk.own.of(me).habit = habit
        desk.act(draw, me)
        Member.visit(me, desk.room.today, desk.group, desk.world)
        return me.n_looks > 0  # type: ignore[no-any-return]

    return measured(desk.room, VISIT, visits)


@pytest.mark.parametrize(
    ("on", "values", "change"),
    [
        ({}, {"habit": 0.5, "yesterday": 1}, 0.0),  # nothing is on
        ({"n_posts": 1}, {}, 0.0),
        ({"n_posts": 1}, {"habit": 0.5}, 1.2 * 0.5),
        ({"n_posts": 1, "is_previewed": 1}, {"yesterday": 2}, 0.6),
        ({"n_posts": 1, "is_previewed": 1}, {"yesterday": 2, "habit": 0.5}, 0.6 + 1.2 * 0.5),
        ({"n_posts": 1, "is_previewed": 1}, {"yesterday": 0}, 0.0),
        ({"n_posts": 0, "is_previewed": 1}, {"yesterday": 2}, 0.0),
    ],
    ids=str,
)
def test_a_habit_and_a_preview_draw_whom_they_concern(
    on: dict[str, int], values: dict[str, Any], change: float
) -> None:
    assert chance(Desk(day=30, **on), **values) == pytest.approx(sigma(0.9 + change), abs=CLOSE)


def first_look(habit: float, rested: int = 8, **ours: float) -> tuple[float, float]:
    """Minute to which a first look of day 9 is moved (0: it is not), and the draw that decides.

    ``rested`` is the last day accounted for.
    """
    desk = Desk(day=9, **({"n_posts": 1, "content_hour": 9.0} | ours))
    me = desk.room.sit(1, day_rested=rested)
    mine = desk.own.of(me)
    mine.habit, mine.rested = habit, rested
    desk.act(come_at_the_hour, me)
    assert mine.habit == habit  # days that are not settled yet are only reckoned with
    return desk.room.today.look_at, uniform(desk.world, me.person, SLOT, 0)


def test_habit_moves_the_first_look_to_the_minutes_after_the_hour() -> None:
    _, v = first_look(0.0)
    assert first_look(v - 1e-9)[0] == 0.0
    assert first_look(v + 1e-9)[0] == pytest.approx(540.0 + 20.0 * v)
    assert first_look(1.0, content_hour=23.99)[0] == min(1439.0, 23.99 * 60.0 + 20.0 * v)
    assert first_look(1.0, n_posts=0)[0] == 0.0
    assert first_look(1.0, content_hour=-1.0)[0] == 0.0


def test_days_of_rest_before_the_look_have_loosened_the_habit_that_moves_it() -> None:
    _, v = first_look(0.0)
    assert first_look(v / 0.97**2 - 1e-9, rested=6)[0] == 0.0
    assert first_look(v / 0.97**2 + 1e-9, rested=6)[0] > 0.0


def test_the_day_takes_the_moved_look_for_the_first_and_leaves_the_others() -> None:
    desk = Desk()
    room, day = desk.room, desk.room.desk()
    me = room.sit(1, n_looks=3)
    day.muster[0], day.n[2] = me.slot, 1
    desk.group.host_slot = -1
    day.today[me.slot].look_at = 543.5
    open_day(room.state, 0, desk.group, desk.world, day)
    times = [day.looks[k].t for k in range(3)]
    assert times[0] == 543.5
    assert 543.5 not in times[1:]


@pytest.mark.parametrize(
    ("content", "kept", "read", "habit"),
    [(1, 0.6, 1, 0.2 + 0.08 * 0.8 * 0.5), (0, 0.6, 1, 0.194), (1, 0.5, 1, 0.194), (1, 0.6, 0, 0.194)],
)
def test_habit_grows_where_the_hour_is_kept_and_useful_and_else_fades(
    content: int, kept: float, read: int, habit: float
) -> None:
    desk = Desk(n_posts=content, slot_kept=kept)
    me = desk.room.sit(1, n_host_read=read, read_quality=2.0)
    desk.own.of(me).habit = 0.2
    assert desk.act(take_to_it, me).habit == pytest.approx(habit)


def test_advertisers_do_not_come_for_the_hour() -> None:
    desk = Desk(n_posts=1, slot_kept=0.6)
    me = desk.room.sit(1, Advertiser, n_host_read=1, read_quality=2.0)
    assert desk.act(take_to_it, me).habit == 0.0


def test_days_of_rest_loosen_the_habit_once_each() -> None:
    desk = Desk(day=9)
    mine = desk.own.of(desk.room.sit(1))
    mine.habit, mine.rested = 0.4, 6
    settle(mine, 8, desk.knobs)
    assert (mine.habit, mine.rested) == (pytest.approx(0.4 * 0.97**2), 8)
    settle(mine, 8, desk.knobs)
    assert mine.habit == pytest.approx(0.4 * 0.97**2)


@pytest.mark.parametrize("was_called", [False, True])
def test_the_day_of_a_visit_is_no_day_of_rest(was_called: bool) -> None:
    """Who planned to come has settled the days until yesterday; who was called in has settled none of them yet."""
    desk = Desk(day=9)
    me = desk.room.sit(1, day_rested=7 if was_called else 9)  # called in: one day accounted for, days 7 and 8 to come
    mine = desk.own.of(me)
    mine.habit, mine.rested = 0.4, 6
    desk.act(take_to_it, me)
    days = 1 if was_called else 3  # days 7 and 8 of rest, and the day of the visit, without a post
    assert (mine.habit, mine.rested) == (pytest.approx(0.4 * 0.97**days), me.day_rested)


def test_irregular_hours_are_new_every_morning_beside_another_mechanism_in_either_lane() -> None:
    """What the Mesa lane holds of yesterday must not undo the levers of a mechanism that comes earlier by name."""
    scenario = lively([strategy("irregular_time"), strategy("red_packet")], days=6)
    tables = {lane: play(scenario, lane) for lane in ("mesa", "compiled")}
    assert differing(tables["mesa"], tables["compiled"]) == []
    said = tables["mesa"]["messages"]
    hours = said["minute"][said["kind"] == KINDS.index("content")] % 1440 // 60
    assert np.unique(hours).size > 8


def test_minutes_of_posts_are_booked_with_who_asked_for_them() -> None:
    ledger = play(lively([strategy("fixed_time")], days=14, operator={"offer_every": 0.0}))["ledger"]
    minutes = {code: float(ledger["host_minutes"][ledger["strategy"] == code].sum()) for code in (0, 1)}
    assert minutes[0] > 14 * 40.0 / 3  # two communities, about 14 posts shared by three groups each
    assert minutes[1] > 0.0  # welcome and answers are the host's own


def test_the_pieces_of_the_day_may_not_be_more_than_fit() -> None:
    engine = started(lively([strategy("fixed_time", posts_per_day=5.0)], operator={"hours": 100.0, "offer_every": 1.0}))
    engine.step()
    assert engine.state.groups["n_planned"].max() == MOST_PLANNED == 7  # five posts, a preview, an offer
    kinds = engine.state.groups["planned_kind"][0].tolist()
    assert kinds == [CONTENT] * 5 + [PREVIEW, OFFER]
    with pytest.raises(Overflow, match="more than 7 planned by its host"):
        _overfill(engine)


def _overfill(engine: Any) -> None:
    """A day on which a group's host has one line too many."""
    engine.in_play.run = lambda place, *rest: engine.state.groups["n_planned"].fill(MOST_PLANNED + 1)
    engine.step()
