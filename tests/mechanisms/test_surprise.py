"""Surprises: content nobody was told of, which is worth more to whoever reads it, for the host's minutes."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.data.tables import KINDS
from sim.mechanisms.surprise import Surprise, bring, meet, prepare
from tests.mechanisms.rows import knobs_of, ours_of
from tests.plays import Tables, differing, lively, play, rows_of, started, strategy
from tests.unit.rules.people import Room

CONTENT, CHAT = KINDS.index("content"), KINDS.index("chat")


def planned(minutes: float, worth: float) -> tuple[Any, Room]:
    """The group's row of the mechanism on a surprise day on which the host has some minutes."""
    room = Room(posting_minutes=2.0)
    room.world.n_living, room.group.minutes_left = 2, minutes
    ours = ours_of(Surprise, surprise_today=1.0, surprise_worth=worth)
    prepare(room.group, ours, knobs_of(Surprise, minutes=40.0), room.world)
    return ours, room


@pytest.mark.parametrize(("minutes", "worth", "spent"), [(100.0, 1.5, 32.0), (31.9, 1.5, 0.0), (31.9, 1.0, 22.0)])
def test_a_better_piece_takes_longer_and_without_minutes_there_is_none(
    minutes: float, worth: float, spent: float
) -> None:
    ours, room = planned(minutes, worth)
    is_on = int(spent > 0.0)
    assert (ours.n_surprises, room.group.n_fresh, room.group.n_planned) == (is_on,) * 3
    assert ours.minutes_surprising == room.group.minutes_given == minutes - room.group.minutes_left == spent
    if is_on:
        assert room.group.planned_kind[0] == CONTENT
        assert 9 * 60 <= room.group.planned_at[0] <= 22 * 60


@pytest.mark.parametrize(("change", "more"), [({}, 0.5 * 0.6), ({"n_host_read": 0}, 0.0), ({"is_staff": 1}, 0.0)])
def test_who_meets_it_has_read_something_worth_more_once_a_day(change: dict[str, Any], more: float) -> None:
    room = Room(day=3)
    room.group.novelty = 0.6
    me, mine = room.sit(1, **({"read_quality": 0.8, "n_host_read": 1} | change)), SimpleNamespace(met=0)
    ours = ours_of(Surprise, surprise_today=1.0, surprise_worth=1.5, is_out=1)
    for _ in range(2):
        meet(me, mine, room.group, ours, room.today, None, room.world, None)
    assert me.read_quality == pytest.approx(0.8 + more)


@pytest.mark.parametrize(("kind", "slot", "n", "is_out"), [(CONTENT, 0, 1, 1), (CHAT, 0, 1, 0), (CONTENT, 1, 1, 0),
                                                            (CONTENT, 0, 0, 0)])  # fmt: skip
def test_it_is_out_when_the_host_brings_it(kind: int, slot: int, n: int, is_out: int) -> None:
    room = Room()
    room.group.host_slot = 0
    ours = ours_of(Surprise, n_surprises=n)
    bring(room.sit(slot), None, room.group, ours, room.today, None, room.world, SimpleNamespace(kind=kind))
    assert ours.is_out == is_out


def town(**doses: Any) -> Any:
    plan = [strategy("promise_less", **doses)] if doses else []
    return lively(plan, replicates=10, operator={"hours": 20.0})


def pleased(**doses: Any) -> float:
    """Mean belonging of members after the last day."""
    engine = started(town(**doses))
    for _ in range(20):
        engine.step()
    rows = rows_of(engine)
    return float(rows["belonging"][rows["is_staff"] == 0].mean())


def test_surprises_please_and_better_ones_please_more() -> None:
    none, plain, better = pleased(), *(pleased(promise=0.0, surprise_every=2, extra=x) for x in (1.0, 3.0))
    assert none < plain < better


def content_days(tables: Tables) -> np.ndarray:
    return np.unique(tables["mechanism.surprise"]["day"][tables["mechanism.surprise"]["n_surprises"] > 0])


def test_groups_are_surprised_on_days_of_their_own() -> None:
    tables = play(town(promise=0.0, surprise_every=7))
    own = tables["mechanism.surprise"]
    surprised = own[own["n_surprises"] > 0]
    assert set(((surprised["day"] + 1 + surprised["group"]) % 7).tolist()) == {0}
    assert len(content_days(tables)) == 8
    ledger = tables["ledger"]
    assert ledger["host_minutes"][ledger["strategy"] == 0].sum() == pytest.approx(own["minutes_surprising"].sum())


def test_a_promise_brings_people_who_expect_it_to_be_kept() -> None:
    def came(promise: float) -> tuple[int, float]:
        tables = play(town(promise=promise, surprise_every=90).replace(days=4))
        engine = started(town(promise=promise, surprise_every=90))
        engine.step()
        rows = rows_of(engine)
        return len(tables["spells"]), float(rows["expectation"][rows["is_staff"] == 0].max())

    few, many = came(0.0), came(1_000.0)
    assert few[0] < many[0]
    assert few[1] < many[1]


def test_lanes_agree() -> None:
    scenario = lively([strategy("promise_less", surprise_every=2, extra=3.0), strategy("fixed_time")])
    assert differing(play(scenario, "mesa"), play(scenario)) == []
