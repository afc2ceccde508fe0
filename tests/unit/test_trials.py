"""Expectations on trial: who does nothing is not called right, who does enough is, and no change can be shown too."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.analysis.experiment.trials import LEVEL, Trial, as_one_family, judged, one_sided
from sim.analysis.statistics.intervals import holm

Dice = np.random.Generator


def trial(differences: np.ndarray, sign: int = 1, least: float = 0.1) -> Trial:
    return Trial("s", "w", "nothing", "trust", "x=1", sign, least, differences)


@pytest.mark.parametrize(
    ("mean", "sign", "verdict"),
    [(0.5, 1, "as_expected"), (-0.5, 1, "opposite"), (-0.5, -1, "as_expected"), (0.05, 1, "not_shown"),
     (0.0, 0, "as_expected"), (0.5, 0, "opposite")],
)  # fmt: skip
def test_each_verdict(mean: float, sign: int, verdict: str) -> None:
    values = np.random.default_rng(5).normal(mean, 0.2, 200)
    assert judged([trial(values, sign)])["verdict"][0] == verdict


def test_few_or_none_are_no_verdict() -> None:
    some = trial(np.array([np.nan, 0.5, 0.6, 0.4]), least=9)
    table = judged([trial(np.array([0.5])), trial(np.full(9, np.nan)), some])
    assert list(table["verdict"]) == ["too_few", "too_few", "not_shown"]
    assert list(table["n"]) == [1, 0, 3]


@pytest.mark.parametrize("sign", [1, -1, 0])
def test_an_effect_just_not_worth_naming_is_called_right_in_at_most_one_table_of_a_hundred(sign: int) -> None:
    """True effects at the border, 12 expectations a table, 600 tables: at most 1 % + three standard errors (1.2 %)."""
    dice, wrong = np.random.default_rng(8), 0
    for _ in range(600):
        table = judged([trial(dice.normal(0.1 * (sign or 1), 0.3, 40), sign) for _ in range(12)])
        wrong += bool((table["verdict"] == "as_expected").any())
    assert wrong / 600 < LEVEL + 3 * np.sqrt(LEVEL * (1 - LEVEL) / 600)


def test_half_of_the_two_sided_p_and_the_rest() -> None:
    values = np.random.default_rng(2).normal(0.2, 1.0, 50)
    assert one_sided(values) + one_sided(-values) == pytest.approx(1.0)
    assert one_sided(values) < 0.5
    assert one_sided(np.array([1.0])) == 1.0


def test_what_was_played_again_replaces_the_old_and_all_are_judged_together() -> None:
    """Holm is over the rows that are left, and what is opposite stays so."""
    dice = np.random.default_rng(5)
    weak, strong = dice.normal(0.115, 0.1, 40), dice.normal(1.0, 0.1, 40)
    names = [f"s{k}" for k in range(60)]
    every = judged([replace(trial(strong), strategy=name) for name in names])
    again = judged([replace(trial(weak), strategy="s3"), replace(trial(-strong), strategy="s4")])
    both = as_one_family([every, again]).set_index("strategy")
    assert len(both) == 60
    assert both.loc["s4", "verdict"] == "opposite"
    assert (both.drop(["s3", "s4"])["verdict"] == "as_expected").all()
    assert both["p_holm"].to_numpy() == pytest.approx(holm(both["p"].to_numpy()))
    assert both.loc["s3", "difference"] == pytest.approx(weak.mean())
