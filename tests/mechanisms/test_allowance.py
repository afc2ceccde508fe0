"""Allowance: money comes month by month, so nobody spends what they do not have yet; and nothing else changes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenarios import Scenario
from sim.mechanisms.allowance import Allowance
from tests.plays import differing, lively, play, started, strategy

MONTHLY = 40.0


def town(purse: float, monthly: float = 0.0, **more: Any) -> Scenario:
    """Packets of 5 CNY a day in three groups: 450 CNY a month, if there were as much; nothing is sold."""
    packets = strategy("red_packet", amount=5.0, occasion="daily")
    return lively([packets], replicates=4, days=70, tuned=(Allowance(monthly=monthly),),
                  operator={"purse": purse, "offer_every": 0.0}, **more)  # fmt: skip


def by_day(scenario: Scenario) -> tuple[np.ndarray, np.ndarray]:
    """The purse each evening, and what was spent each day, (communities, days)."""
    engine, purse = started(scenario), []
    try:
        for _ in range(scenario.days):
            engine.step()
            purse.append(engine.state.worlds["purse_left"].copy())
        daily = engine.recorder.tables()["daily"]
    finally:
        engine.close()
    cost = np.zeros((scenario.replicates, scenario.days))
    np.add.at(cost, (daily["replicate"], daily["day"]), daily["cost"])
    return np.array(purse).T, cost


@pytest.mark.parametrize("members", [0, 20])
def test_money_comes_on_the_evening_of_each_30th_day_of_the_record(members: int) -> None:
    scenario = town(MONTHLY, MONTHLY, **({"population": {"members": members}} if members else {}))
    purse, cost = by_day(scenario)
    came = np.diff(purse, axis=1, prepend=MONTHLY) + cost
    expected = np.zeros(scenario.days)
    expected[[29, 59]] = MONTHLY
    assert came == pytest.approx(np.broadcast_to(expected, came.shape), abs=0.01)


def test_nobody_spends_what_has_not_come_yet() -> None:
    scenario = town(MONTHLY, MONTHLY)
    _, cost = by_day(scenario)
    spent = cost.cumsum(axis=1)
    months = 1 + np.arange(scenario.days) // 30
    assert (spent <= MONTHLY * months + 0.01).all()
    assert (spent[:, -1] > 2 * MONTHLY).all()
    at_once = town(3 * MONTHLY)
    assert (by_day(at_once)[1].cumsum(axis=1)[:, 29] > MONTHLY).all()


def test_without_money_coming_it_is_silent() -> None:
    assert differing(play(town(MONTHLY).replace(tuned=())), play(town(MONTHLY))) == []


def test_both_lanes_agree() -> None:
    scenario = town(MONTHLY, MONTHLY).replace(replicates=1, days=35)
    assert differing(play(scenario, "mesa"), play(scenario, "compiled")) == []
