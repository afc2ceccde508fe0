"""A ceiling is no finding: where a number can hardly show more, page and pictures say that it cannot be told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scenarios.reports.combining import combining
from scenarios.reports.study_answer import answer, over_worlds
from sim.analysis.ceilings import at_bound, bounds
from sim.analysis.experiment.findings import Findings
from sim.plots.run.combination import strength_in
from sim.plots.run.measured import Measured
from tests.fakes import fake_results
from tests.studies import fake_study, table_of

FOUR = ["advert_ban", "fixed_time", "paid_entry", "red_packet"]


@pytest.mark.parametrize(
    ("outcome", "mean", "is_at_bound"),
    [("lifetime", 149.0, True), ("lifetime", 147.0, False), ("lifetime", 2.0, True), ("alive", 0.985, True),
     ("alive", 0.97, False), ("advert_share", 0.01, True), ("trust", 0.99, True), ("revenue", 0.0, False),
     ("profit_with_hours", -5.0, False), ("member_messages", 0.0, False)],
)  # fmt: skip
def test_ends_of_ranges(outcome: str, mean: float, is_at_bound: bool) -> None:
    assert at_bound(outcome, mean, 151) == is_at_bound


def test_money_has_no_ceiling() -> None:
    assert bounds("revenue", 151)[1] == bounds("profit", 151)[1] == np.inf
    assert bounds("profit", 151)[0] == -np.inf


def test_a_sum_beyond_the_watch_is_not_called_weaker() -> None:
    """Lives of 125 of 151 days: parts that add 57 days in all could not show them."""
    run = fake_results(replicates=12, groups=5, days=120)
    run.meta["arms"]["all_four"]["strategy"] = FOUR
    measured = Measured(run)
    rows = measured.combination
    here = rows["outcome"] == "lifetime"
    change = {"together": 25.9, "sum_of_parts": 56.8, "difference": -30.9, "luck": "clear"}
    changed = {key: rows[key].where(~here, value) for key, value in change.items()}
    measured.__dict__["combination"] = rows.assign(**changed)
    measured.__dict__["horizon"] = 151.0
    summary = {arm: {**ones, "lifetime": {**ones["lifetime"], "mean": 125.0}} for arm, ones in measured.summary.items()}
    measured.__dict__["summary"] = summary
    assert strength_in(measured, "all_four", "lifetime") == "bounded"
    lines = combining(measured, "en")
    assert "could not show" in lines[1]
    assert not any("eaker" in line and "life of a group" in line for line in lines)
    measured.__dict__["horizon"] = 400.0  # watched long enough, the same numbers are a finding
    assert strength_in(measured, "all_four", "lifetime") == "weaker"
    assert "The gap is" in combining(measured, "en")[1]


def test_where_all_are_equal_none_comes_first() -> None:
    """Every group outlived the watch in every arm and world: no winner, no ranking over worlds, the ceiling told."""
    arms = {arm: np.full(6, 92.0) for arm in ("nothing", "x", "y")}
    study, table = table_of({"w": arms, "v": arms}, "lifetime")
    _, _, lives = fake_study(("nothing", "x", "y"), ("w", "v"), 3, 120)
    lives = lives.assign(censored=True, lifetime=92, cause=None)
    found = Findings(study, table, lives)
    lines = answer(found, "w", "en")
    assert lines[0] == "In life of a group all arms were the same in each of 6 communities: none comes first."
    assert "cannot show" in lines[1]
    assert len(lines) == 2
    assert not any("first" in line for line in over_worlds(found, "en"))


def test_the_answer_tells_who_outlived_the_watch() -> None:
    dice = np.random.default_rng(3)
    base = dice.normal(60, 3, 12)
    study, table = table_of({"w": {"nothing": base, "x": np.full(12, 91.8), "y": base + 5}}, "lifetime")
    _, _, lives = fake_study(("nothing", "x", "y"), ("w",), 3, 120)
    lives = lives.assign(censored=lives["censored"] | (lives["arm"] == "x"))
    lives.loc[lives["arm"] == "x", ["lifetime", "cause"]] = [92, None]
    found = Findings(study, pd.DataFrame(table), lives)
    told = [line for line in answer(found, "w", "en") if "cannot show" in line]
    assert len(told) == 1
    assert "under 'x':" in told[0]
    assert "92 days" in told[0]
    study, table = table_of({"w": {"nothing": dice.uniform(0.4, 0.6, 12), "y": np.full(12, 0.999)}}, "alive")
    assert any("end of its range" in line for line in answer(Findings(study, table, lives), "w", "en"))
