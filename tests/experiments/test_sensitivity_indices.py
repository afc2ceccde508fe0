"""Indices of sensitivity: known ones lie in their intervals, a dead knob comes last, luck is told from effect."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.font_manager import get_font
from matplotlib.text import Text

from sim.analysis.experiment.sensitivity import cube, indices, n_points
from sim.plots.experiment.sensitivity import draw_sensitivity
from sim.plots.style import FONT, to_png

pytest.importorskip("SALib")

NAMES = ("a", "b", "c", "dead")
# Ishigami & Homma (1990): sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1 on [−π, π]³; indices by integration.
TRUTH = {("a", "S1"): 0.3139, ("b", "S1"): 0.4424, ("c", "S1"): 0.0, ("dead", "S1"): 0.0,
         ("a", "ST"): 0.5576, ("b", "ST"): 0.4424, ("c", "ST"): 0.2437, ("dead", "ST"): 0.0}  # fmt: skip


def ishigami(u: np.ndarray) -> np.ndarray:
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def looked_up(found: pd.DataFrame, index: str) -> pd.DataFrame:
    return found[found["index"] == index].set_index("knob")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sobol_indices_of_ishigami_lie_in_their_intervals(seed: int) -> None:
    points = cube("sobol", NAMES, 512, seed)
    assert len(points) == n_points("sobol", 4, 512) == 3072
    found = indices("sobol", NAMES, points, ishigami(points)[:, None]).set_index(["knob", "index"])
    for key, truth in TRUTH.items():
        row = found.loc[key]
        assert row["low"] - 1e-9 <= truth <= row["high"] + 1e-9, (key, row)
        assert row["high"] - row["low"] < 0.35  # it does say something
    assert list(looked_up(found.reset_index(), "ST").index) == list(NAMES)  # the most important first


@pytest.mark.slow
def test_intervals_of_sobol_indices_cover_what_they_should() -> None:
    """30 designs × 6 indices of live knobs; the intervals of one design go along, so the band is wide."""
    hits = []
    for seed in range(100, 130):
        points = cube("sobol", NAMES, 128, seed)
        found = indices("sobol", NAMES, points, ishigami(points)[:, None]).set_index(["knob", "index"])
        for key, truth in TRUTH.items():
            if key[0] != "dead":
                hits.append(found.loc[key, "low"] <= truth <= found.loc[key, "high"])
    assert np.mean(hits) > 0.88


def test_morris_ranks_a_dead_knob_last_and_knows_a_straight_line() -> None:
    points = cube("morris", NAMES, 20, 1)
    y = 6 * points[:, 0] - 3 * points[:, 1] + 4 * points[:, 0] * points[:, 2]
    found = indices("morris", NAMES, points, np.column_stack([y, y + 5]))
    star, mean, sigma = (looked_up(found, name) for name in ("mu_star", "mu", "sigma"))
    assert star.index[-1] == "dead"
    assert star.index[0] == "a"
    assert star.loc["dead", "value"] == star.loc["dead", "high"] == 0
    assert mean.loc["b", "value"] == pytest.approx(-3)  # in the outcome's unit for the whole range
    assert sigma.loc["b", "value"] == pytest.approx(0, abs=1e-9)
    assert sigma.loc["c", "value"] > 0.5  # it works through another knob
    assert star["noise"].max() < 1e-9  # both communities say the same


def test_luck_is_told_from_effect() -> None:
    """A dead knob in a world that reshuffles looks as large as luck alone would make it; a live one does not."""
    points, dice = cube("morris", NAMES, 60, 2), np.random.default_rng(3)
    values = (5 * points[:, 0])[:, None] + dice.normal(size=(len(points), 8))
    star = looked_up(indices("morris", NAMES, points, values), "mu_star")
    assert star.loc["a", "low"] > 3 * star.loc["a", "noise"]
    for knob in ("b", "c", "dead"):
        assert 0.7 < star.loc[knob, "value"] / star.loc[knob, "noise"] < 1.4
    more = (5 * points[:, 0])[:, None] + dice.normal(size=(len(points), 128))
    calmer = looked_up(indices("morris", NAMES, points, more), "mu_star")
    assert calmer.loc["dead", "value"] < star.loc["dead", "value"] / 2


def test_intervals_know_of_luck() -> None:
    points, dice = cube("morris", NAMES, 20, 2), np.random.default_rng(4)
    # Each community has a slope of its own: no design tells that, only more communities do.
    slopes = dice.normal(5, 3, 6)
    values = points[:, :1] * slopes
    row = looked_up(indices("morris", NAMES, points, values), "mu").loc["a"]
    assert row["high"] - row["low"] > 2 * slopes.std() / np.sqrt(6)
    assert row["low"] < 5 < row["high"]


@pytest.mark.slow
def test_luck_alone_has_no_part_in_the_variance() -> None:
    """Four knobs that do nothing but reshuffle luck, 64 base points, 5 communities: ST is about 1 for all of them.

    At most one of 24 (six designs) lies beyond what luck shows; each does in 2.5 %, two or more in one run of eight.
    """
    totals = []
    for seed in range(6):
        points = cube("sobol", NAMES, 64, seed)
        found = indices("sobol", NAMES, points, np.random.default_rng(seed).normal(0, 1, (len(points), 5)))
        totals.append(found[found["index"] == "ST"])
    total = pd.concat(totals)
    assert total["value"].mean() == pytest.approx(1, abs=0.15)
    assert total["noise"].mean() == pytest.approx(1, abs=0.15)
    assert (total["low"] > total["noise"]).sum() <= 1


@pytest.mark.slow
def test_a_knob_is_beyond_luck_and_one_that_does_nothing_at_all_has_none() -> None:
    points = cube("sobol", NAMES, 64, 1)
    dice = np.random.default_rng(3)
    values = 10 * points[:, :1] + dice.normal(0, 2, (len(points), 5))
    found = indices("sobol", NAMES, points, values).set_index(["knob", "index"])
    total = found.xs("ST", level="index")
    assert list(total.index[total["low"] > total["noise"]]) == [NAMES[0]]
    assert total["noise"].between(0.02, 0.2).all()  # σ²/R over V(y): 0.8 over 9.1
    still = indices("sobol", NAMES, points, 10 * points[:, :1] + dice.normal(0, 1, (1, 5))).set_index(["knob", "index"])
    assert still.loc[(NAMES[1], "ST"), ["value", "noise"]].tolist() == pytest.approx([0, 0], abs=1e-9)


def test_undefined_and_constant_outcomes_have_no_index() -> None:
    points = cube("sobol", NAMES, 16, 1)
    y = ishigami(points)[:, None]
    gap = y.copy()
    gap[3] = np.nan
    assert indices("sobol", NAMES, points, gap)["value"].isna().all()
    assert indices("sobol", NAMES, points, np.ones_like(y))["value"].isna().all()
    some = np.column_stack([y, y])
    some[3, 1] = np.nan  # one community of two
    assert indices("sobol", NAMES, points, some)["value"].notna().all()


def test_same_seed_same_points() -> None:
    for method in ("morris", "sobol"):
        assert (cube(method, NAMES, 8, 1) == cube(method, NAMES, 8, 1)).all()
        assert (cube(method, NAMES, 8, 1) != cube(method, NAMES, 8, 2)).any()


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_pictures(method: str, lang: str) -> None:
    points = cube(method, NAMES, 128, 1)
    found = indices(method, NAMES, points, ishigami(points)[:, None] + np.zeros((1, 3)))
    found.insert(0, "outcome", "lifetime")
    figure = draw_sensitivity(found, method, lang)
    first = found["knob"].iloc[0]
    assert f"{first}" in figure.texts[0].get_text()
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == list(dict.fromkeys(found["knob"]))
    assert to_png(figure) == to_png(draw_sensitivity(found, method, lang))
    shipped = set(get_font(str(FONT)).get_charmap())
    for text in figure.findobj(Text):
        assert not {c for c in text.get_text() if c != "\n" and ord(c) not in shipped}, text.get_text()
    empty = found.assign(value=np.nan, low=np.nan, high=np.nan)
    assert to_png(draw_sensitivity(empty, method, lang))
