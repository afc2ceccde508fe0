"""No answer depends on the hash: ``luck=philox`` gives other bytes and the same outcomes but for chance."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tests.plays import Tables, differing, lively, play, strategy

ALARM = 1e-4
"""Chance of a false alarm over all outcomes together, had the seeds been drawn at random; they are fixed."""
OUTCOMES = ("n_members", "n_messages", "n_replies", "n_ads", "new_joined", "new_left", "n_purchases", "packet_received",
            "mean_trust", "mean_belonging", "n_strong_pairs", "n_invitations")  # fmt: skip


def outcomes(tables: Tables, replicates: int) -> np.ndarray:
    """Mean of each outcome by community; shape (outcomes, replicates)."""
    daily = tables["daily"]
    rows = np.bincount(daily["replicate"], minlength=replicates)
    return np.array([np.bincount(daily["replicate"], daily[name]) / rows for name in OUTCOMES])


def arm(luck: str, seed: int, replicates: int = 150, **purpose: float) -> Tables:
    """Many communities for three weeks."""
    chosen = [strategy("red_packet"), strategy("fixed_time"), strategy("advert_ban")]
    return play(lively(chosen, replicates=replicates, days=21, record="spells", luck=luck, seed=seed,
                       purpose=purpose))  # fmt: skip


def least_p(one: Tables, other: Tables) -> float:
    """Least p of Welch's tests of equal means, times the number of tests (Bonferroni)."""
    tests = [stats.ttest_ind(a, b, equal_var=False).pvalue
             for a, b in zip(outcomes(one, 150), outcomes(other, 150), strict=True)]  # fmt: skip
    return float(min(tests)) * len(tests)


@pytest.mark.slow
def test_philox_gives_other_bytes_and_the_same_outcomes() -> None:
    keyed, philox = arm("keyed", 1), arm("philox", 1)
    assert {"daily", "spells", "pairs"} <= set(differing(keyed, philox))
    assert least_p(keyed, philox) > ALARM


@pytest.mark.slow
def test_the_comparison_sees_half_as_many_more_at_the_door() -> None:
    """The check above has power: half as many more people who find the door are noticed."""
    assert least_p(arm("keyed", 1), arm("philox", 1, search_rate=2.25)) < ALARM
