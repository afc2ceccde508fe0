"""A ceiling is no finding: where a number can hardly show more, page and pictures say that it cannot be told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scenarios.reports.combining import combining
from scenarios.reports.run_report import RunReport
from scenarios.reports.study_answer import answer, over_worlds
from sim.analysis.ceilings import Ends, at_bound, bounds, seats_of
from sim.analysis.experiment.findings import Findings, Notes
from sim.plots.run.combination import strength_in
from sim.plots.run.measured import Measured
from tests.fakes import fake_results
from tests.studies import fake_study, table_of

FOUR = ["advert_ban", "fixed_time", "paid_entry", "red_packet"]


@pytest.mark.parametrize(
    ("outcome", "mean", "is_at_bound"),
    [("lifetime", 149.0, True), ("lifetime", 147.0, False), ("lifetime", 2.0, True), ("alive", 0.985, True),
     ("alive", 0.97, False), ("advert_share", 0.01, True), ("trust", 0.99, True), ("revenue", 0.0, False),
     ("profit_with_hours", -5.0, False), ("member_messages", 0.0, False), ("members_peak", 49.5, True),
     ("members", 45.0, False), ("active", 50.0, False)],
)  # fmt: skip
def test_ends_of_ranges(outcome: str, mean: float, is_at_bound: bool) -> None:
    assert at_bound(outcome, mean, Ends(151, 50)) == is_at_bound


def test_money_has_no_ceiling() -> None:
    assert bounds("revenue", Ends(151))[1] == bounds("profit", Ends(151))[1] == np.inf
    assert bounds("profit", Ends(151))[0] == -np.inf


def test_without_seats_known_members_have_no_ceiling() -> None:
    assert seats_of([{}, {"population": "small"}]) == np.inf
    assert seats_of([{"population": {"seats": 50}}, {"population": {"seats": 200}}]) == 200
    assert not at_bound("members", 49.9, Ends(151))


def test_a_combination_at_the_end_of_the_watch_is_not_called_weaker() -> None:
    run = fake_results(replicates=12, groups=5, days=120)
    run.meta["arms"]["all_four"]["strategy"] = FOUR
    measured = Measured(run)
    rows = measured.combination
    here = rows["outcome"] == "lifetime"
    change = {"difference": -0.5, "low": -0.8, "high": -0.2, "luck": "clear"}
    measured.__dict__["combination"] = rows.assign(**{key: rows[key].where(~here, x) for key, x in change.items()})
    assert strength_in(measured, "all_four", "lifetime") == "weaker"
    assert "is 1.65 times what the parts promise (95 % interval 1.22 to 2.23" in combining(measured, "en")[1]
    every = measured.summary
    measured.__dict__["summary"] = {
        arm: {**ones, "lifetime": {**ones["lifetime"], "mean": 0.99 * measured.horizon}} for arm, ones in every.items()
    }
    assert strength_in(measured, "all_four", "lifetime") == "bounded"
    lines = combining(measured, "en")
    assert "can show: whether the parts add up cannot be told" in lines[1]
    assert not any("Less than" in line and "life of a group" in line for line in lines)


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


@pytest.mark.parametrize(("mean", "told"), [(49.6, "groups are full, 50 seats"), (0.3, "end of its range")])
def test_the_answer_tells_that_groups_are_full_or_empty(mean: float, told: str) -> None:
    arms = {"nothing": np.random.default_rng(4).uniform(20, 30, 12), "x": np.full(12, mean)}
    study, table = table_of({"w": arms}, "members_peak")
    found = Findings(study, table, fake_study(("nothing", "x"), ("w",), 3, 120)[2], Notes(seats={"w": 50}))
    assert sum(told in line for line in answer(found, "w", "en")) == 1
    assert not any(told in line for line in answer(Findings(study, table, found.groups), "w", "en"))


def test_pages_know_the_seats_of_a_run() -> None:
    run = fake_results(replicates=12, groups=5, days=120)
    for config in run.meta["arms"].values():
        config["population"] = {"seats": 60}
    assert Measured(run).ends.seats == 60
    assert RunReport(run).found.ends(Measured(run).world).seats == 60
