"""Economy: free money changes with the times and comes back, at the door too; usual times are silent."""

from __future__ import annotations

import pytest

from scenarios import Scenario
from scenarios.timeline import Event
from sim.mechanisms.economy import Economy, feel_it, reckon
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, differing, lively, play, strategy
from tests.unit.rules.people import Room


def test_free_money_follows_the_times_and_comes_back() -> None:
    room = Room()
    own, me = OwnRows(room, Economy()), room.sit(1)
    found = []
    for own.knobs.money in (1.0, 0.25, 0.25, 0.5, 1.0):
        feel_it(me, own.of(me), room.group, own.ours, room.today, own.knobs, room.world)
        found.append(me.budget)
    assert found == [800.0, 200.0, 200.0, 400.0, 800.0]


def test_whoever_is_at_the_door_reckons_with_what_they_have_now() -> None:
    room = Room()
    own, me = OwnRows(room, Economy(money=0.5)), room.sit(1)
    reckon(me, None, room.group, own.ours, room.knock, own.knobs, room.world)
    assert me.budget == 400.0


# --- in a run --------------------------------------------------------------------------------------------------------


def town(*events: Event) -> Scenario:
    return lively([strategy("paid_entry", price=30.0)], replicates=10, days=24, timeline=events,
                  population={"seats": 60})  # fmt: skip


def days(tables: Tables, column: str, is_before: bool) -> int:
    daily = tables["daily"]
    return int(daily[column][(daily["day"] < 8) == is_before].sum())


@pytest.mark.parametrize("column", ["n_purchases", "new_joined"])
def test_in_hard_times_fewer_buy_and_fewer_pay_to_come_in(column: str) -> None:
    calm, hard = play(town()), play(town(Event(8, shock={"economy.money": 0.05})))
    assert days(hard, column, True) == days(calm, column, True)
    assert days(hard, column, False) < 0.95 * days(calm, column, False)


def test_a_shock_of_one_changes_nothing() -> None:
    assert differing(play(town()), play(town(Event(5, 9, shock={"economy.money": 1.0})))) == []


def test_lanes_agree() -> None:
    scenario = town(Event(3, 6, shock={"economy.money": 0.2})).replace(replicates=1, days=10)
    assert differing(play(scenario, "compiled"), play(scenario, "mesa")) == []
