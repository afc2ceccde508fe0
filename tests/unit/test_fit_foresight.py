"""Forecasts of the last third: scored rightly, and better where they know more."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.fit.foresight import crps, foresee
from sim.analysis.statistics.bootstrap import hashed

DAYS = 90


def lot(*shape: int) -> np.ndarray:
    """Numbers in [0, 1), always the same."""
    return (hashed(int(np.prod(shape))) >> np.uint64(11)).astype(np.float64).reshape(shape) / 2**53


def test_crps_is_that_of_its_definition() -> None:
    x, w = np.array([3.0, 1.0, 1.0, 8.0]), np.array([0.1, 0.4, 0.2, 0.3])
    pairs = (w[:, None] * w * np.abs(x[:, None] - x)).sum()
    assert crps(x, 5 * w, 2.5) == pytest.approx((w * np.abs(x - 2.5)).sum() - pairs / 2)
    assert crps(np.array([4.0]), np.ones(1), 1.0) == 3.0


def test_who_knows_that_rooms_fall_silent_foresees_better() -> None:
    """Half of the rooms, of which nobody can tell which, stop at day 60; the world's rooms do, too."""
    said = (lot(420, DAYS) * 10).astype(np.int64)
    said[::2, 60:] = 0
    own, simulated = said[:20], said[20:].reshape(20, 20, DAYS)
    found = foresee(own, simulated, (float(DAYS),) * 20)
    scores = found.scores.set_index("measure")
    assert scores.loc["messages", "rooms"] == 20
    assert scores.loc["messages", "score"] < scores.loc["messages", "month_off"]
    assert scores.loc["messages", "held"] >= 0.9
    assert scores.loc["messages", "low"] < scores.loc["messages", "gain"] < scores.loc["messages", "high"]
    assert (found.rooms["low"] <= found.rooms["high"]).all()


def test_a_world_of_other_rooms_foresees_worse() -> None:
    own = np.full((20, DAYS), 3)
    wrong = np.full((20, 20, DAYS), 3)
    wrong[:, :, 60:] = 0
    scores = foresee(own, wrong, (float(DAYS),) * 20).scores.set_index("measure")
    assert scores.loc["messages", "gain"] < 0
    assert scores.loc["messages", "high"] < 0
    assert scores.loc["messages", "held"] == 0


def test_rooms_too_short_or_silent_so_far_are_left_out() -> None:
    own = np.full((4, DAYS), 2)
    own[0, :60] = 0
    found = foresee(own, np.full((5, 4, DAYS), 2), (90.0, 90.0, 20.0, 90.0))
    assert set(found.rooms["room"]) == {1, 3}
    assert found.scores["low"].isna().all()  # two rooms tell no interval
    assert not len(foresee(own[:1], np.full((5, 1, DAYS), 2), (90.0,)).scores)


def test_days_that_nobody_watched_are_no_silence() -> None:
    """Simulated rooms that were not seen to the end are not among those that a forecast is made of."""
    simulated = np.full((10, 3, DAYS), 2)
    simulated[:5, :, 70:] = -1
    found = foresee(np.full((3, DAYS), 2), simulated, (90.0,) * 3)
    assert (found.rooms["low"] == found.rooms["came"]).all()
