"""How well two kinds are told apart, on made-up cases of which it is known; and the fingerprints of rooms."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from sim.analysis.facts import fingerprints
from sim.analysis.facts.fingerprints import FEATURES, HOURS, apart, first_days, known_rooms, matrix, rooms_of
from sim.analysis.logs.talk import DAY, HOUR, MINUTE
from sim.analysis.statistics.told_apart import auc, fitted, newcombe, told_apart
from tests.by_hand import START, Message, talk

IS_ONE = np.arange(120) % 2 == 0
UNIT = np.arange(120)
FIRST_KEPT = [0, 4, 6, 7, 8, 9]  # numbers of the first rooms kept back: they must never change


def noise(seed: int, columns: int = 8) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(120, columns))


def test_auc_is_the_share_of_pairs_in_order() -> None:
    score, one = np.array([3.0, 1.0, 2.0, 2.0]), np.array([True, True, False, False])
    assert auc(score, one) == 2 / 4  # 3 above both, 1 above none
    assert auc(np.array([3.0, 2.0, 2.0, 1.0]), one) == 3.5 / 4  # a tie counts half
    assert np.isnan(auc(score, np.ones(4, bool)))


def test_likes_are_told_apart_no_better_than_by_a_coin() -> None:
    found = [told_apart(noise(seed), IS_ONE, UNIT, draws=2).auc for seed in range(8)]
    assert np.mean(found) == pytest.approx(0.5, abs=0.08)


def test_unlikes_are_told_apart() -> None:
    shifted = noise(1) + 4.0 * IS_ONE[:, None]
    one = told_apart(shifted, IS_ONE, UNIT)
    assert one.auc > 0.99
    assert one.low < one.auc <= one.high <= 1
    assert (
        told_apart(noise(1) * np.where(IS_ONE, 0.3, 1.0)[:, None], IS_ONE, UNIT).auc > 0.95
    )  # same middle, other spread
    two = noise(1, 1) * 0.3 + np.where(IS_ONE, 0, np.where(UNIT % 4 == 1, 3, -3))[:, None]  # of two sorts
    assert told_apart(two, IS_ONE, UNIT).auc > 0.95


def test_what_a_unit_alone_has_is_not_learnt_from_its_own_cases() -> None:
    """Cases of a unit are all alike and units tell nothing of the kind: whoever knows a unit would know its kind."""
    unit = np.arange(120) // 10
    kind = unit % 2 == 0
    unseen = []
    for seed in range(5):
        of_unit = np.random.default_rng(seed).normal(size=(12, 8))[unit] + 0.01 * noise(2)
        assert told_apart(of_unit, kind, np.arange(120), draws=2).auc > 0.95
        unseen.append(told_apart(of_unit, kind, unit, draws=2).auc)
    assert np.mean(unseen) < 0.75


def test_many_idle_columns_do_not_drown_few_with_a_scale() -> None:
    x = np.hstack([noise(3, 2) + 2.0 * IS_ONE[:, None], noise(4, 300)])
    scale = np.concatenate([np.full(2, 2**-0.5), np.full(300, 300**-0.5)])
    assert told_apart(x, IS_ONE, UNIT, scale, draws=20).auc > told_apart(x, IS_ONE, UNIT, draws=20).auc
    assert told_apart(x, IS_ONE, UNIT, scale, draws=20).auc > 0.9


def test_the_same_cases_give_the_same_number_and_one_unit_gives_none() -> None:
    assert told_apart(noise(1), IS_ONE, UNIT) == told_apart(noise(1), IS_ONE, UNIT)
    assert np.isnan(told_apart(noise(1), IS_ONE, np.where(IS_ONE, 0, UNIT)).auc)


def test_regression_is_where_its_gradient_is_nought() -> None:
    x, eps = noise(6, 3), 1e-5
    weight = fitted(x, IS_ONE, penalty=2.0)
    sign = np.where(IS_ONE, 1.0, -1.0)

    def loss(w: np.ndarray) -> float:
        return float(np.logaddexp(0, -sign * (x @ w[:-1] + w[-1])).sum() + (w[:-1] ** 2).sum())

    for k in range(4):
        step = np.eye(4)[k] * eps
        assert (loss(weight + step) - loss(weight - step)) / (2 * eps) == pytest.approx(0, abs=1e-3)


def test_newcombe_of_the_paper_and_at_the_ends() -> None:
    low, high = newcombe(0.9, 40, 60)
    assert low < 0.9 < high < 1
    # limits are where 1.96 standard errors of their own reach back to the value
    for theta in (low, high):
        spread = theta * (1 - theta) * (1 + 49 * (1 - theta) / (2 - theta) + 49 * theta / (1 + theta)) / 2400
        assert abs(theta - 0.9) == pytest.approx(1.959964 * np.sqrt(spread), rel=1e-5)
    low, high = newcombe(1.0, 40, 60)
    assert 0.9 < low < 1 == high
    assert newcombe(0.0, 40, 60)[0] == 0


def daily(room: int, days: int, hour: float, many: int = 4) -> list[Message]:
    return [(room, day * DAY + hour * HOUR + MINUTE * k, k % 2) for day in range(days) for k in range(many)]


def test_a_clock_is_turned_to_noon_and_the_week_with_it() -> None:
    """Four messages a day at half past eleven at night, Monday to Sunday: turned, all are at noon of seven days."""
    for hour in (2.5, 12.5, 23.5):
        turned = fingerprints.turned(np.array([START.timestamp() + day * DAY + hour * HOUR for day in range(7)]))
        assert turned.sum() == 7
        assert np.flatnonzero(turned).tolist() == [12 + 24 * day for day in range(7)]


def test_rooms_are_watched_for_the_same_number_of_days() -> None:
    one = talk([*daily(0, 200, 12.0), *daily(1, 20, 12.0), (1, 150 * DAY, 7, 3)], end=250 * DAY)
    part = first_days(one, 60)
    assert part.n == 4 * 60 + 4 * 20
    assert (part.end - part.born == 60 * DAY).all()
    assert one.reply[-1] >= 0
    assert (part.reply == -1).all()
    assert len(rooms_of(one, 60)) == 1  # the other has 80 messages
    found = rooms_of(one, 10_000)
    assert [len(days) for days in found.days] == [200]
    assert found.table["a_day"][0] == pytest.approx(800 / 250)


def test_known_rooms_are_counts_alone_and_are_read_as_they_were_measured() -> None:
    rooms = known_rooms()
    assert len(rooms) == 61
    assert (rooms.table["messages"] >= 100).all()
    assert [int(days.sum()) for days in rooms.days] == rooms.table["messages"].tolist()
    assert rooms.hours.sum(axis=1).tolist() == rooms.table["messages"].tolist()
    assert rooms.table["biggest_share"].to_numpy() == pytest.approx(
        [days.max() / days.sum() for days in rooms.days], abs=1e-5)  # fmt: skip
    again = fingerprints.from_stored(json.loads(json.dumps(fingerprints.stored(rooms, np.arange(61)))))
    assert matrix(again) == pytest.approx(matrix(rooms))
    assert matrix(rooms).shape == (61, len(FEATURES) + HOURS)
    assert np.isfinite(matrix(rooms)).all()


def test_the_rooms_that_ship_are_parted_by_a_lot_that_stays() -> None:
    whole, tuned, kept = (known_rooms(part) for part in ("all", "tuned", "kept"))
    assert (len(tuned), len(kept)) == (31, 30)
    drawn = sorted(tuple(days) for part in (tuned, kept) for days in part.days)
    assert drawn == sorted(tuple(days) for days in whole.days)
    assert [whole.table["messages"].tolist().index(n) for n in kept.table["messages"][:6]] == FIRST_KEPT
    assert tuned.table["unit"].tolist() == list(range(31))


def test_rooms_of_one_sort_are_not_told_apart_and_lively_ones_are() -> None:
    rooms = known_rooms()
    half = [replace(rooms, table=rooms.table.iloc[part], hours=rooms.hours[part], days=rooms.days[part])
            for part in (slice(0, 30), slice(30, 61))]  # fmt: skip
    same = apart(*half, part="lives")
    assert same.low < 0.5 < same.high
    steady = talk([m for room in range(8) for m in daily(room, 300, 12.0, many=3 + room)], end=364 * DAY)
    assert apart(rooms_of(steady), rooms).auc > 0.99
