"""Effects of a study: right on average, honest about luck, about many arms, and about what is too small to matter."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats

from sim.analysis.experiment.asked import checked
from sim.analysis.experiment.effects import effect_size, effects, verdicts
from sim.analysis.experiment.identical import identical
from sim.analysis.statistics.intervals import holm
from sim.analysis.statistics.paired import CLEAR, paired
from sim.analysis.statistics.skewed import mean_interval
from tests.studies import Ask, fake_study, table_of

RNG = np.random.default_rng


def effects_of(**arms: np.ndarray) -> pd.DataFrame:
    study, table = table_of({"w": arms})
    return effects(study, checked(study, table)).set_index("arm")


def test_difference_and_shares_by_hand() -> None:
    base = np.array([10.0, 20, 30, 40, 50])
    row = effects_of(nothing=base, arm=base + np.array([1, 2, 3, 0, -1])).loc["arm"]
    assert row["difference"] == 1
    assert (row["n_better"], row["n_equal"], row["n"]) == (3, 1, 5)
    interval = stats.binomtest(3, 5).proportion_ci(method="wilson")
    assert (row["share_low"], row["share_high"]) == pytest.approx((interval.low, interval.high))
    assert row["d_z"] == pytest.approx(1 / np.std([1, 2, 3, 0, -1], ddof=1))
    assert row["relevant"] == pytest.approx(0.05 * 30)


def test_less_is_better_for_adverts() -> None:
    study, table = table_of({"w": {"nothing": np.full(6, 0.5), "ban": np.linspace(0.1, 0.2, 6)}}, "advert_share")
    row = effects(study, checked(study, table)).iloc[0]
    assert row["n_better"] == 6
    assert row["better"] == 1
    assert row["relevant"] == 0.02  # declared by the outcome


@pytest.mark.parametrize(("d", "n"), [(0.5, 20), (-2.0, 10), (0.02, 400)])
def test_limits_of_the_effect_size_invert_the_noncentral_t(d: float, n: int) -> None:
    found = effect_size(np.array([d]), np.array([1.0]), np.array([n]))
    t = d * np.sqrt(n)
    for value, p in zip(found[1:], (0.975, 0.025), strict=True):
        root = optimize.brentq(lambda nc, p=p: stats.nct.cdf(t, n - 1, nc) - p, t - 8, t + 8)
        assert value[0] == pytest.approx(root / np.sqrt(n), rel=1e-5)


def test_effect_size_covers_the_truth() -> None:
    values = RNG(3).normal(0.8, 1, (20, 4000))
    _, low, high = effect_size(values.mean(axis=0), values.std(axis=0, ddof=1), np.full(4000, 20))
    assert 0.94 < ((low <= 0.8) & (high >= 0.8)).mean() < 0.96  # Monte Carlo error 0.34 points


@pytest.mark.parametrize("n", [2, 20])
def test_limits_of_the_effect_size_go_on_where_the_noncentral_t_would_take_hours(n: int) -> None:
    ones, counts = np.ones(2), np.full(2, n)
    _, low, high = effect_size(np.array([999.0, 1_001.0]) / np.sqrt(n), ones, counts)
    assert low[1] == pytest.approx(low[0], rel=0.01)
    assert high[1] == pytest.approx(high[0], rel=0.01)
    d, low, high = effect_size(np.array([1e9, -1e9]), ones, counts)
    assert (low < d).all()
    assert (d < high).all()
    assert low[0] == -high[1]


def test_effect_size_is_finite_where_the_effect_is_huge() -> None:
    d, low, high = effect_size(np.array([500.0, 1.0]), np.array([1.0, 0.0]), np.array([50, 50]))
    assert low[0] < d[0] < high[0]
    assert np.isnan([d[1], low[1], high[1]]).all()


@pytest.mark.parametrize(
    ("low", "high", "luck", "verdict"),
    [(6, 9, CLEAR, "clear"), (2, 9, CLEAR, "clear_size_open"), (1, 3, CLEAR, "clear_tiny"), (-9, -6, CLEAR, "clear"),
     (-1, 3, "could be luck", "equal"), (-1, 9, "could be luck", "open"), (6, 9, "could be luck", "open")],
)  # fmt: skip
def test_verdicts(low: float, high: float, luck: str, verdict: str) -> None:
    row = pd.DataFrame({"low_all": [low], "high_all": [high], "luck": [luck], "relevant": [5.0], "n": [9]})
    row["n_equal"], row["rough"] = 0, False
    assert verdicts(row) == [verdict]
    assert verdicts(row.assign(n=1)) == ["too_few"]
    assert verdicts(row.assign(n_equal=9)) == ["same"]
    of_rough = {"equal": "open", "clear_tiny": "clear_size_open"}
    assert verdicts(row.assign(rough=True)) == [of_rough.get(verdict, verdict)]


def test_clear_but_tiny_is_said() -> None:
    base = RNG(1).normal(100, 20, 200)
    assert effects_of(nothing=base, arm=base + RNG(2).normal(1, 2, 200)).loc["arm", "verdict"] == "clear_tiny"
    assert effects_of(nothing=base, arm=base + RNG(2).normal(20, 2, 200)).loc["arm", "verdict"] == "clear"


def test_holm_counts_arms_and_worlds_of_the_primary_outcome_and_all_the_rest_apart() -> None:
    study, table, _ = fake_study(worlds=("pet_owners", "deals"))
    found = effects(study, checked(study, table))
    first = found["outcome"] == "lifetime"
    assert first.sum() == 6
    assert found.loc[first, "p_holm"].to_numpy() == pytest.approx(holm(found.loc[first, "p"].to_numpy()))
    assert found.loc[~first, "p_holm"].to_numpy() == pytest.approx(holm(found.loc[~first, "p"].to_numpy()))


def false_winners(n: int, arms: int, studies: int, draw: object) -> float:
    """Share of studies of identical arms with independent luck in which any arm is called clear."""
    rng = RNG(17)
    found = []
    for _ in range(studies):
        base, others = draw(rng, (n, 1)), draw(rng, (n, arms))  # type: ignore[operator]
        found.append((holm(mean_interval(others - base).p) < 0.05).any())
    return float(np.mean(found))


@pytest.mark.parametrize("n", [10, 20])
@pytest.mark.parametrize("law", ["normal", "exponential"])
def test_twenty_identical_arms_give_no_false_winner_more_often_than_stated(law: str, n: int) -> None:
    """Stated: 5 %. 2,000 studies: Monte Carlo error 0.49 points, so at most 6.5 % may be seen (three errors)."""
    share = false_winners(n, 20, 2000, lambda rng, shape: getattr(rng, law)(size=shape))
    assert share < 0.065


def test_the_same_arms_without_correction_would_give_many() -> None:
    rng = RNG(18)
    alarms = [(mean_interval(rng.normal(size=(20, 20)) - rng.normal(size=(20, 1))).p < 0.05).any() for _ in range(300)]
    assert np.mean(alarms) > 0.25


def test_effects_calls_no_winner_among_identical_arms_of_own_luck() -> None:
    rng = RNG(5)
    arms = {"nothing": rng.gamma(2, 20, 20)} | {f"a{k}": rng.gamma(2, 20, 20) for k in range(20)}
    found = effects_of(**arms)
    assert (found["luck"] != CLEAR).all()
    assert len(found) == 20


def test_identical_arms_under_common_luck_are_equal_cell_by_cell() -> None:
    study, table, _ = fake_study(("nothing", "red_packet"))
    twin = table[table["arm"] == "red_packet"].assign(arm="twin")
    both = Ask({**study.arms, "twin": ()}, study.worlds, study.outcomes)
    whole = checked(both, pd.concat([table, twin], ignore_index=True))
    assert identical(whole) == [("red_packet", "twin")]
    found = effects(both, whole).set_index(["arm", "outcome"])
    assert (found.loc["twin", "difference"] == found.loc["red_packet", "difference"]).all()
    changed = whole.copy()
    changed.loc[changed.index[-1], "trust"] += 1e-9  # an outcome the study does not ask for counts too
    assert identical(changed) == []


def test_an_arm_that_does_nothing_is_the_same_in_every_community() -> None:
    base = RNG(1).normal(100, 20, 10)
    row = effects_of(nothing=base, idle=base).loc["idle"]
    assert (row["verdict"], row["n_equal"]) == ("same", 10)
    assert np.isnan(row["d_z"])


def test_it_agrees_with_paired() -> None:
    study, table, _ = fake_study()
    found, plain = effects(study, checked(study, table)), paired(table[["arm", "world", "replicate", *study.outcomes]])
    assert found["difference"].to_numpy() == pytest.approx(plain["difference"].to_numpy())


@pytest.mark.parametrize(
    ("change", "message"),
    [({"outcomes": ("revenu",)}, "did you mean 'revenue'"), ({"reference": "nothin"}, "did you mean 'nothing'")],
)
def test_what_does_not_exist_is_named(change: dict[str, object], message: str) -> None:
    study, table = table_of({"w": {"nothing": np.ones(3), "arm": np.ones(3)}})
    with pytest.raises(ValueError, match=message):
        checked(Ask(study.arms, **{"outcomes": study.outcomes, **change}), table)  # type: ignore[arg-type]


def test_a_run_twice_and_no_run_at_all_are_refused() -> None:
    study, table = table_of({"w": {"nothing": np.ones(3), "arm": np.ones(3)}})
    with pytest.raises(ValueError, match="twice"):
        checked(study, pd.concat([table, table]))
    with pytest.raises(ValueError, match="nothing has been run"):
        checked(study, table[:0])
