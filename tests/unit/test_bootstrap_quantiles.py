"""Intervals of quantiles with few units: they hold the value, and lie about it evenly where the cases do."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.statistics.bootstrap import Boot


@pytest.mark.parametrize(("x", "unit"), [
    ([23.5, 26.3], [0, 1]), ([10.0, 23.5, 26.3, 40.0], [0, 0, 1, 1]), ([23.5, 26.3, 23.5, 30.0], [0, 0, 1, 1]),
    ([0.02, 0.08, 0.11, 0.13], [0, 1, 0, 1]), ([5.0, 6.0, 7.0, 8.0, 9.0, 30.0], [0, 1, 2, 3, 0, 1]),
])  # fmt: skip
def test_the_interval_of_a_median_holds_it(x: list[float], unit: list[int]) -> None:
    """Of an even number of cases the median lies between two; the draws must be of the same thing."""
    found = Boot(max(unit) + 1, 300).quantiles(np.array(x), (0.5,), np.array(unit))
    assert found.value == pytest.approx(np.median(x))
    assert found.low <= found.value * (1 + 1e-9)
    assert found.high >= found.value * (1 - 1e-9)


def test_two_cases_reach_as_far_up_as_down() -> None:
    found = Boot(2, 300).quantiles(np.array([20.0, 45.0]), (0.5,), np.array([0, 1]))
    assert found.low < 30 < 40 < found.high
    below, above = np.log(found.value / found.low), np.log(found.high / found.value)
    assert 0.5 < below / above < 2.0
