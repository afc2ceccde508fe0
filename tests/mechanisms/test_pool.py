"""The pool: what flows in, who is best, who is paid, to the fen; and that without an inflow it is refused."""

from __future__ import annotations

import numpy as np
import pytest

from agents import Advertiser
from scenarios import ConfigError, compose
from sim.mechanisms.gifts import Gifts
from sim.mechanisms.points import Points
from sim.mechanisms.pool import Pool, collect, compare, invite_guest, place, share_out, win
from sim.model.submodels.messages import CONTENT
from tests.mechanisms.own_rows import OwnRows
from tests.mechanisms.rows import ours_of
from tests.money import LAWS_OF_MONEY, played
from tests.plays import differing, lively, play, strategy
from tests.unit.rules.people import Room

FEES = (strategy("paid_entry", price=5.0), strategy("checkin"), strategy("pooled_fees"))


@pytest.mark.parametrize(("most", "seats", "weeks"), [(3, [3, 1, 2], [9.0, 7.0, 7.0]), (1, [3], [9.0]),
                                                      (10, [3, 1, 2, 5, 4], [9.0, 7.0, 7.0, 5.0, 1.0])])  # fmt: skip
def test_the_best_stand_in_front_and_equals_by_their_seats(most: int, seats: list[int], weeks: list[float]) -> None:
    ours = ours_of(Pool)
    for slot, week in ((1, 7.0), (2, 7.0), (3, 9.0), (4, 1.0), (5, 5.0)):
        place(slot, week, most, ours)
    assert list(ours.best[: ours.n_best]) == seats
    assert list(ours.won[: ours.n_best]) == weeks


class Week:
    """A group with money in its pool, on the last day of its first week."""

    def __init__(self, fen: int, day: int = 6, **levers: float) -> None:
        self.room = Room(day=day)
        self.own, self.gifts, self.points = (OwnRows(self.room, one()) for one in (Pool, Gifts, Points))
        self.room.group.pool_fen, self.room.group.host_slot = fen, 0
        self.room.group.minutes_left = 60.0
        for name, value in levers.items():
            setattr(self.own.ours, name, value)

    def plan(self) -> None:
        invite_guest(self.room.group, self.own.ours, self.own.knobs, self.room.world, None, None)


@pytest.mark.parametrize(("fen", "day", "minutes", "guests"), [
    (20_000, 6, 60.0, 1), (19_998, 6, 60.0, 0), (20_000, 5, 60.0, 0), (20_000, 6, 0.5, 0),
])  # fmt: skip
def test_a_guest_comes_once_a_week_if_there_is_money_for_one(fen: int, day: int, minutes: float, guests: int) -> None:
    week = Week(fen, day, pool_guest=0.5)
    group = week.room.group
    group.minutes_left = minutes
    week.plan()
    assert (week.own.ours.n_guests, group.n_fresh, group.n_planned) == (guests,) * 3
    assert (week.own.ours.fen_guests, group.pool_fen) == (10_000 * guests, fen - 10_000 * guests)
    assert group.planned_kind[0] == CONTENT * guests


def test_what_is_laid_by_for_guests_is_kept_till_it_pays_one() -> None:
    week = Week(10_000, pool_guest=0.5)
    week.plan()
    assert week.own.ours.fen_laid_by == 5_000
    week.room.on(13)
    week.room.group.pool_fen = 15_000  # the best have had theirs, and as much has come in
    week.plan()
    assert (week.own.ours.n_guests, week.own.ours.fen_laid_by, week.room.group.pool_fen) == (1, 0, 5_000)


def test_the_best_share_the_rest_and_no_fen_is_lost() -> None:
    week = Week(1_000, pool_best=3.0)
    group, ours, gifts = week.room.group, week.own.ours, week.gifts
    people = [week.room.sit(slot) for slot in (1, 2, 3, 4)]
    for me in people[:3]:
        place(me.slot, 5.0, 3, ours)
    share_out(group, ours, week.own.knobs, week.room.world, None, None, None)  # type: ignore[arg-type]
    for me in people:
        win(me, week.own.of(me), group, ours, week.room.today, week.own.knobs, week.room.world, gifts.of(me), None)
    assert [gifts.of(me).yuan for me in people] == [3.33, 3.33, 3.33, 0.0]
    assert (ours.fen_awards, ours.n_awards, ours.n_first_awards, group.pool_fen) == (999, 3, 3, 1)


def test_best_is_who_gathered_most_since_the_last_time() -> None:
    """Not who has most; advertisers and who gathered nothing win nothing, and on other days nobody is looked at."""
    week = Week(0, pool_best=2.0)
    room, ours = week.room, week.own.ours
    room.world.role_advertiser = 4
    old, new, idle, seller = (room.sit(1), room.sit(2), room.sit(3), room.sit(4, role=Advertiser))

    def settle(*points: float) -> list[int]:
        ours.n_best = 0
        for me, value in zip((old, new, idle, seller), points, strict=True):
            week.points.of(me).points = value
            compare(me, week.own.of(me), room.group, ours, room.today, week.own.knobs, room.world, None,
                    week.points.of(me))  # fmt: skip
        return list(ours.best[: ours.n_best])

    assert settle(50.0, 7.0, 0.0, 99.0) == [1, 2]
    room.on(13)
    assert settle(52.0, 30.0, 0.0, 999.0) == [2, 1]
    room.on(14)
    assert settle(99.0, 99.0, 99.0, 99.0) == []


def test_a_share_of_the_fees_of_the_morning_flows_in() -> None:
    week = Week(0, fee_to_pool=0.7)
    week.room.group.revenue = 19.9
    collect(week.room.group, week.own.ours, week.own.knobs, week.room.world, None, None, None)  # type: ignore[arg-type]
    assert (week.own.ours.fees_pooled, week.room.group.pool_fen) == (1_393, 1_393)
    assert week.room.group.yuan_paid == 13.93


def test_every_fen_that_flows_in_is_paid_out_or_there() -> None:
    scenario = lively(FEES, days=30, purpose={"search_rate": 4.0}, tuned=(Pool(guest_fee=5.0),))
    tables = played(scenario)
    for law in LAWS_OF_MONEY:
        law(tables, scenario)
    counted, tasks = tables["mechanism.pool"], tables["mechanism.tasks"]
    for name in ("fees_pooled", "fen_awards", "fen_guests", "n_guests", "n_awards"):
        assert counted[name].sum() > 0, name
    last = tables["pools"]["fen"][tables["pools"]["day"] == 29].sum()
    flowed = counted["fees_pooled"].sum() + tasks["fen_penalties"].sum() - counted["fen_awards"].sum()
    assert round(100.0 * (flowed - counted["fen_guests"].sum())) == last
    assert set(np.unique(counted["day"][counted["n_awards"] > 0] % 7)) == {6}


def test_a_prize_pleases_in_the_days_after_it_and_guests_speak() -> None:
    """Later on who has won once is let down, since they are used to more: over a month it comes to nothing. And every
    guest's evening is a line of content."""
    cast = dict.fromkeys(("kols", "moderators"), 0.0)
    pleased, cold = (
        play(lively(FEES, days=16, replicates=20, cast=cast, tuned=(Gifts(joy=joy), Pool(guest_fee=5.0))))
        for joy in (0.12, 0.0)
    )
    warm, cool = (one["daily"]["mean_belonging"][np.isin(one["daily"]["day"], [7, 8])] for one in (pleased, cold))
    assert warm.sum() > cool.sum()
    notes, counted = pleased["messages"], pleased["mechanism.pool"]
    spoken = notes[(notes["kind"] == CONTENT) & (notes["minute"] % 1440.0 == 20.5 * 60.0)]
    assert spoken.size == counted["n_guests"].sum() > 0


def test_where_nothing_flows_in_it_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"pooled_fees has nothing to work on.*play one of checkin, .*paid_entry"):
        compose(["strategy=pooled_fees"])
    for feeding in ("checkin", "paid_entry"):
        assert len(compose([f"strategy=[pooled_fees,{feeding}]"]).strategies) == 2


def test_lanes_agree() -> None:
    scenario = lively(FEES, tuned=(Pool(guest_fee=5.0),))
    assert differing(play(scenario, "mesa"), play(scenario)) == []
