"""The loss of facts on hand-made tables whose answers are known."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from sim.analysis.facts.loss import Rule, losses, statistic_loss, total
from sim.analysis.facts.targets import targets

RULE = Rule(frozenset({"B.ratio"}), pull=0.1, missing=9.0, most=100.0)
NAN = math.nan
TABLE = pd.DataFrame(
    [("A", "share", 0.4, 0.3, 0.5, True), ("A", "other", NAN, 0.2, 0.6, True), ("B", "ratio", 2.0, 1.0, 4.0, True),
     ("C", "open", NAN, 10.0, NAN, True), ("D", "shown", 0.1, 0.0, 0.2, False), ("E", "free", NAN, NAN, NAN, True)],
    columns=["id", "statistic", "target", "low", "high", "counted"])  # fmt: skip


@pytest.mark.parametrize(
    ("value", "band", "target", "is_log", "loss"),
    [
        (0.4, (0.3, 0.5), 0.4, False, 0.0),  # on the target
        (0.45, (0.3, 0.5), 0.4, False, 0.1 * 0.25),  # half-way to the edge: a quarter of the pull
        (0.5, (0.3, 0.5), 0.4, False, 0.1),
        (0.7, (0.3, 0.5), 0.4, False, 4.0 + 0.1),  # two half-widths outside
        (0.1, (0.3, 0.5), 0.4, False, 4.0 + 0.1),
        (8.0, (1.0, 4.0), 2.0, True, 1.0 + 0.1),  # twice the end of a band of half to twice: one half-width
        (0.5, (1.0, 4.0), 2.0, True, 1.0 + 0.1),
        (0.4, (0.2, 0.6), NAN, False, 0.0),  # no target: the middle
        (12.0, (10.0, NAN), NAN, False, 0.0),
        (5.0, (10.0, NAN), NAN, False, 1.0),
        (5.0, (10.0, NAN), NAN, True, 1.0),
        (3.0, (NAN, 2.0), NAN, False, 1.0),
        (NAN, (0.3, 0.5), 0.4, False, 9.0),
        (-1.0, (1.0, 4.0), 2.0, True, 9.0),  # no logarithm
        (1e9, (0.3, 0.5), 0.4, False, 100.0),
    ],
)
def test_loss_of_one_statistic(
    value: float, band: tuple[float, float], target: float, is_log: bool, loss: float
) -> None:
    assert statistic_loss(value, *band, target, is_log, RULE) == pytest.approx(loss)


def test_a_fact_is_the_mean_of_its_statistics_and_only_what_counts_and_has_a_band_is_there() -> None:
    found = losses({"A.share": 0.7, "A.other": 0.4, "B.ratio": 2.0, "D.shown": 99.0}, TABLE, RULE)
    assert found.to_dict() == pytest.approx({"A": 4.1 / 2, "B": 0.0, "C": 9.0})
    assert total({"A.share": 0.7, "A.other": 0.4, "B.ratio": 2.0}, TABLE, RULE) == pytest.approx(2.05 + 9.0)


def test_nothing_measured_is_no_better_than_anything_measured() -> None:
    for far in (1e9, -1e9, 0.99):
        assert statistic_loss(NAN, 0.3, 0.5, 0.4, False, Rule()) >= statistic_loss(far, 0.3, 0.5, 0.4, False, Rule())


def test_the_loss_is_least_on_the_targets_of_the_product() -> None:
    known = targets().query("world != ''")
    values = {f"{row['id']}.{row['statistic']}": row["target"] if row["target"] == row["target"] else row["low"] * 1.2
              for row in known.to_dict("records")}  # fmt: skip
    assert total(values, known, Rule()) < 0.06
