"""Effects over worlds: intervals that cover, spread between worlds, noise taken off."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.experiment.over_worlds import OverWorlds, over_worlds

WORLDS, EACH = 30, 3
PLACES = np.arange(WORLDS * EACH) % WORLDS


def drawn(dice: np.random.Generator, mean: float, spread: float, noise: float) -> OverWorlds:
    effect = dice.normal(mean, spread, WORLDS)
    return over_worlds(effect[PLACES] + dice.normal(0, noise, len(PLACES)), PLACES)


@pytest.mark.parametrize(("spread", "noise"), [(0.0, 1.0), (0.5, 1.0), (1.0, 0.2)])
def test_the_interval_covers_and_the_spread_is_found(spread: float, noise: float) -> None:
    """600 draws: 95 % ± four standard errors (3.6 %); τ² without bias to four standard errors."""
    dice = np.random.default_rng(3)
    found = [drawn(dice, 0.3, spread, noise) for _ in range(600)]
    covered = np.mean([one.low <= 0.3 <= one.high for one in found])
    assert covered == pytest.approx(0.955, abs=0.036)
    squares = np.array([one.spread**2 for one in found])
    slack = 0.05 if not spread else 0.0  # cut at 0
    assert squares.mean() == pytest.approx(spread**2, abs=4 * squares.std() / np.sqrt(600) + slack)


def test_noise_does_not_make_worlds_differ() -> None:
    """All worlds alike at 0.2 with noise of 1 (each world's mean is below 0 in a third of them)."""
    found = drawn(np.random.default_rng(4), 0.2, 0.0, 1.0)
    assert found.mean > 0
    assert found.above > 0.9
    assert np.std(found.worlds) < 0.3


def test_worlds_that_differ_are_seen_to() -> None:
    """Effects of +1 and −1, half each, with little noise."""
    values = np.where(PLACES % 2 == 0, 1.0, -1.0) + np.random.default_rng(5).normal(0, 0.1, len(PLACES))
    found = over_worlds(values, PLACES)
    assert found.above == 0.5
    assert found.spread == pytest.approx(1.0, abs=0.05)
    assert found.beyond(0.5) == 0.5
    turned = found.turned()
    assert (turned.mean, turned.low) == (-found.mean, -found.high)
    assert turned.above == 0.5


def test_worlds_count_alike_however_many_communities_each_has() -> None:
    found = over_worlds(np.array([0.0, 0.0, 0.0, 0.0, 3.0]), np.array([0, 0, 0, 0, 1]))
    assert found.mean == 1.5
    assert found.n == 5


def test_what_is_undefined_is_left_out() -> None:
    values = np.array([1.0, np.nan, 2.0, 3.0])
    found = over_worlds(values, np.arange(4))
    assert (found.n, found.mean) == (3, 2.0)
    assert found.worlds == (1.0, 2.0, 3.0)  # one each: taken as they came
    none = over_worlds(np.full(3, np.nan), np.arange(3))
    assert none.n == 0
    assert np.isnan([none.mean, none.above]).all()


def test_arms_that_are_the_same_to_the_last_byte_have_no_effect() -> None:
    """A term that is the whole of a claim leaves nothing anywhere: an effect of 0 for sure, not an unknown one."""
    found = over_worlds(np.zeros(21), np.arange(21) % 3)
    assert (found.mean, found.low, found.high, found.spread, found.above) == (0.0, 0.0, 0.0, 0.0, 0.0)
    assert (len(found.worlds), found.n) == (3, 21)
    assert np.isnan(over_worlds(np.zeros(6), np.arange(6) % 3).low)  # of so few it may be chance
    assert np.isnan(over_worlds(np.zeros(2), np.zeros(2, dtype=int)).low)  # one world tells nothing of others
    assert np.isnan(over_worlds(np.ones(4), np.arange(4)).low)
    at_its_end = over_worlds(np.full(20, 0.5), np.arange(20) % 10)
    assert (at_its_end.low, at_its_end.high, at_its_end.above) == (0.5, 0.5, 1.0)
    assert np.isnan(over_worlds(np.full(20, 0.5), np.zeros(20, dtype=int)).low)


def test_noise_makes_worlds_differ_in_one_study_of_twenty() -> None:
    """400 studies of worlds all alike: 5 % by definition, 2 to 8.5 % with a chance of 99.9 %. And worlds that do
    differ, by twice the noise of a mean, are seen to.
    """
    dice, place = np.random.default_rng(11), np.arange(90) % 30
    found = [over_worlds(dice.normal(0.0, 1.0, 90), place).differ for _ in range(400)]
    assert 0.02 < np.mean(found) < 0.085
    apart = dice.normal(0.0, 2 / np.sqrt(3), 30)
    assert over_worlds(apart[place] + dice.normal(0.0, 1.0, 90), place).differ
    assert not over_worlds(dice.normal(0.0, 1.0, 30), np.arange(30)).differ  # one community each: nobody knows


def test_noise_known_from_elsewhere_is_taken_off_where_each_world_has_one_community() -> None:
    """All worlds alike at 0.4 with noise of 1: as they came a third of them lies below 0, with the noise off none."""
    dice = np.random.default_rng(5)
    values, world = 0.4 + dice.normal(0, 1, WORLDS), np.arange(WORLDS)
    as_they_came, known = over_worlds(values, world), over_worlds(values, world, 1.0)
    assert as_they_came.above < 0.8
    assert known.above > 0.95
    assert (known.mean, known.low, known.high) == (as_they_came.mean, as_they_came.low, as_they_came.high)
    assert np.isnan(as_they_came.within)
    several = drawn(np.random.default_rng(6), 0.4, 0.0, 1.0)
    assert several.within == pytest.approx(1.0, abs=0.55)  # 60 degrees of freedom: three standard errors
