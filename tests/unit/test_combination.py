"""Parts are put together on a scale on which they can add up: hazards and money multiply, profit adds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.ceilings import Ends
from sim.analysis.statistics.combination import combination
from sim.analysis.statistics.scales import scale_of

BOTH = {"both": ["a", "b"]}


def table_of(outcome: str, **arms: np.ndarray) -> pd.DataFrame:
    parts = [pd.DataFrame({"arm": arm, "world": "w", "replicate": np.arange(len(x)), outcome: x})
             for arm, x in arms.items()]  # fmt: skip
    return pd.concat(parts, ignore_index=True).astype({"arm": "category", "world": "category"})


def row_of(outcome: str, horizon: float = np.inf, seats: float = np.inf, **arms: np.ndarray) -> pd.Series:
    return combination(table_of(outcome, **arms), BOTH, ends=Ends(horizon, seats)).iloc[0]


def lives(hazard: np.ndarray, horizon: float) -> np.ndarray:
    """Restricted means of lives under a constant hazard."""
    return (1 - np.exp(-hazard * horizon)) / hazard


def test_unknown_arms_are_named() -> None:
    table = table_of("profit", nothing=np.zeros(4), red_packet=np.ones(4))
    with pytest.raises(ValueError, match=r"'red_packets'.*did you mean 'red_packet'"):
        combination(table, {"red_packet": ["red_packets"]})
    with pytest.raises(ValueError, match="no combination"):
        combination(table, {})


def test_profit_adds_up() -> None:
    rng = np.random.default_rng(2)
    base = rng.normal(50, 10, 40)
    a, b = base + rng.normal(3, 1, 40), base + rng.normal(5, 1, 40)
    noise = rng.normal(0, 1, 40)
    row = row_of("profit", nothing=base, a=a, b=b, both=a + b - base + noise)
    assert row["scale"] == "plain"
    assert row["low"] < 0 < row["high"]
    assert row["verdict"] == "could be the sum"
    assert row["together"] == pytest.approx(row["sum_of_parts"] + row["difference"])
    for extra, verdict in ((4, "more than the sum"), (-4, "less than the sum")):
        row = row_of("profit", nothing=base, a=a, b=b, both=a + b - base + noise + extra)
        assert row["low"] < extra < row["high"]
        assert row["verdict"] == verdict


def test_lives_near_the_end_of_the_watch_are_no_weaker_effect() -> None:
    """Hazards a quarter and a fifth of doing nothing's make a twentieth, though days cannot add up to that."""
    rng = np.random.default_rng(3)
    hazard = 0.006 * rng.lognormal(0, 0.1, 40)
    arms = {"nothing": hazard, "a": hazard / 4, "b": hazard / 5, "both": hazard / 20}
    days = {arm: lives(h * rng.lognormal(0, 0.05, 40), 365.0) for arm, h in arms.items()}
    row = row_of("lifetime", 365.0, **days)
    mean = {arm: float(x.mean()) for arm, x in days.items()}
    assert mean["a"] + mean["b"] - mean["nothing"] > 365  # days added up lie beyond the watch
    assert row["scale"] == "hazard"
    assert row["verdict"] == "could be the sum"
    assert mean["nothing"] + row["sum_of_parts"] == pytest.approx(mean["both"], rel=0.03)
    weaker = row_of("lifetime", 365.0, **{**days, "both": days["b"]})
    assert weaker["verdict"] == "less than the sum"
    assert np.exp(-weaker["difference"]) == pytest.approx(4, rel=0.1)  # times the hazard that the parts promise


@pytest.mark.parametrize("outcome", ["alive", "buyers", "member_messages", "revenue"])
def test_there_and_back(outcome: str) -> None:
    scale = scale_of(outcome, Ends(100))
    means = np.array([0.02, 0.4, 0.97])
    assert scale.back(scale.to(means)) == pytest.approx(means)
    assert (np.diff(scale.to(means)) > 0).all()


def test_life_there_and_back() -> None:
    scale, days = scale_of("lifetime", Ends(365.0)), np.array([2.0, 120.0, 360.0])
    assert scale.back(scale.to(days)) == pytest.approx(days, rel=1e-4)
    hazard = np.exp(-scale.to(days)) / 365.0
    assert lives(hazard, 365.0) == pytest.approx(days, rel=1e-4)


def test_members_are_put_together_as_a_share_of_the_seats() -> None:
    """Two strategies that fill 30 of 50 seats to 42 each: together no 54, and 47 is what they promise."""
    members = {arm: np.full(12, mean) for arm, mean in {"nothing": 30, "a": 42, "b": 42, "both": 47.4}.items()}
    row = row_of("members", seats=50, **members)
    assert row["scale"] == "odds"
    assert 30 + row["sum_of_parts"] == pytest.approx(47.4, abs=0.1)
    assert row_of("members", **members)["scale"] == "log"
    assert np.isnan(row_of("members", seats=50, **{**members, "both": np.full(12, 50.0)})["difference"])


def test_at_an_end_of_the_range_nothing_is_told() -> None:
    half, whole = np.linspace(0.4, 0.6, 12), np.ones(12)
    row = row_of("alive", nothing=half, a=half + 0.1, b=half + 0.2, both=whole)
    assert np.isnan(row["difference"])
    assert row["verdict"] == "could be the sum"


def test_intervals_cover_the_truth_on_the_plain_and_on_the_log_scale() -> None:
    """600 studies of 20 communities each; 95 % ± 2.7 points is three standard errors."""
    rng = np.random.default_rng(12)
    covered = {"profit": 0, "revenue": 0}
    for _ in range(600):
        luck = rng.normal(0, 5, 20)
        arms = {name: luck + shift + rng.normal(0, 1, 20) for name, shift in
                {"nothing": 0, "a": 2, "b": 3, "both": 4}.items()}  # fmt: skip
        row = row_of("profit", **arms)
        covered["profit"] += row["low"] <= -1 <= row["high"]
        luck = rng.lognormal(3, 0.3, 20)
        arms = {name: luck * factor * rng.lognormal(0, 0.1, 20) for name, factor in
                {"nothing": 1, "a": 2, "b": 3, "both": 4}.items()}  # fmt: skip
        row = row_of("revenue", **arms)
        covered["revenue"] += row["low"] <= np.log(4 / 6) <= row["high"]
    assert all(0.923 < n / 600 < 0.977 for n in covered.values()), covered


def test_lives_by_any_line_end_with_the_watch_as_lives_do() -> None:
    ends = Ends(151.0)
    of_any, of_lives = (scale_of(name, ends) for name in ("lifetime_any", "lifetime"))
    assert of_any.name == "hazard"
    assert of_any.to(np.array(140.0)) == of_lives.to(np.array(140.0))


def test_a_score_may_be_below_0_and_ends_at_100() -> None:
    """Net promoters: promoters and detractors are two sides of one share, so that half-way points add up."""
    rng = np.random.default_rng(5)
    share = {"nothing": 0.2, "a": 0.4, "b": 0.4}  # the odds: 1/4, 2/3, 2/3, so both together 16/9 = 0.64 / 0.36
    arms = {arm: 200 * x - 100 + rng.normal(0, 1, 40) for arm, x in {**share, "both": 0.64}.items()}
    row = row_of("net_promoters", **arms)
    assert row["scale"] == "odds"
    assert row["low"] < 0 < row["high"]
    assert row["sum_of_parts"] == pytest.approx(200 * (0.64 - 0.2), abs=2)
    scale = scale_of("net_promoters", Ends())
    assert scale.back(scale.to(np.array([-60.0, 0.0, 35.0]))) == pytest.approx([-60.0, 0.0, 35.0])
    assert np.isnan(scale.to(np.array(100.0)))
