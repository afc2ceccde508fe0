"""Measures of cases and claims, counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.experiment.measure import Measure, measured

DAILY = pd.DataFrame({
    "replicate": [0, 0, 0, 0, 0, 0, 2, 2], "group": [0, 1, 0, 1, 0, 1, 0, 0], "day": [0, 0, 1, 1, 2, 2, 0, 1],
    "n_messages": [1, 2, 3, 4, 5, 6, 10, 0], "n_members": [5, 5, 10, 10, 10, 0, 4, 0],
})  # fmt: skip
OUTCOMES = pd.DataFrame({"replicate": [2, 0], "trust": [0.5, 0.25]})


def of(measure: Measure) -> list[float]:
    return measured(measure, OUTCOMES, DAILY, [0, 1, 2]).tolist()


def test_an_outcome_by_replicate() -> None:
    np.testing.assert_equal(of(Measure(outcome="trust")), [0.25, np.nan, 0.5])
    np.testing.assert_equal(of(Measure(outcome="buyers")), [np.nan] * 3)


def test_a_column_over_days_is_a_number_a_day_of_the_community() -> None:
    np.testing.assert_equal(of(Measure(column="n_messages", days=(0, 1))), [5.0, np.nan, 5.0])
    np.testing.assert_equal(of(Measure(column="n_messages", per="n_members", days=(1, 2))), [0.6, np.nan, np.nan])


def test_two_spans_of_days() -> None:
    spans = {"column": "n_messages", "days": (1, 1), "before": (0, 0)}
    np.testing.assert_equal(of(Measure(**spans)), [4.0, np.nan, -10.0])
    np.testing.assert_equal(of(Measure(**spans, how="ratio")), [7 / 3, np.nan, 0.0])


def test_the_first_day_on_which_so_many_are_reached() -> None:
    np.testing.assert_equal(of(Measure(column="n_messages", reached=7)), [1.0, np.nan, 0.0])
    np.testing.assert_equal(of(Measure(column="n_messages", reached=11)), [2.0, np.nan, np.inf])
