"""Fitting without a likelihood, on simulators whose posterior is known: seeds are fixed, so a test that passes passes.

How far the numbers may be off is stated with how often luck alone would pass that bound for another seed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm

from scenarios.errors import UserError
from scenarios.experiments.fit.fitting import posterior_of, simulated
from scenarios.experiments.fit.journal import Journal
from scenarios.experiments.fit.play import Play, Task
from scenarios.experiments.fit.watch import Watch
from sim.analysis.fit import learned
from sim.analysis.fit.learned import learn
from sim.analysis.fit.posterior import Posterior, mixture_weights, proposals
from sim.analysis.fit.prior import Parameter, Prior, known_prior, sobol
from sim.analysis.fit.recovery import recover
from sim.analysis.statistics.bootstrap import by_lot

PRIOR = Prior(tuple(Parameter(f"toy.{name}", -5.0, 5.0, False, (name, name)) for name in ("a", "b")))
PLAY = Play((), Watch((30.0,), True, True), 7)
N = 20  # observations a toy log
NAMES = ["mean_a", "mean_b", "noise_1", "noise_2", "noise_3"]


NOISE = norm.ppf(sobol(8192, 5, 1))[by_lot(8192)]


def toy(a: float, b: float, *, number: int) -> dict[str, float]:
    """Two means of N observations with standard deviation 1, the second bent, and three numbers that tell nothing."""
    even = NOISE[number % len(NOISE)]
    found = (a + even[0] / np.sqrt(N), np.sinh((b + even[1] / np.sqrt(N)) / 3), *even[2:])
    return dict(zip(NAMES, found, strict=True))


def work(play: Play, tasks: Sequence[Task]) -> Iterator[list[tuple[int, dict[str, float] | None, None]]]:
    """Blocks of four; every fiftieth community cannot be played."""
    for k in range(0, len(tasks), 4):
        yield [(task.number, _played(task), None) for task in tasks[k : k + 4]]


def _played(task: Task) -> dict[str, float] | None:
    return None if task.number % 50 == 49 else toy(task.knobs["toy.a"], task.knobs["toy.b"], number=task.number)


def made(folder: Path, workers: object = work, simulations: int = 800) -> Posterior:
    own = toy(1.0, -2.0, number=1_000_003)
    own |= {"mean_a": 1.0, "mean_b": float(np.sinh(-2 / 3))}
    table = simulated(own, PLAY, PRIOR, Journal(folder / "j.jsonl", "x"), workers, simulations, lambda n: None)  # type: ignore[arg-type]
    assert table.unplayable == simulations // 50
    return posterior_of(table, own)[0]


def test_a_known_posterior_is_found(tmp_path: Path) -> None:
    """Both are normal with standard deviation 0.22. A median is off by some 0.02; how often another seed passes
    the bounds (0.08, 0.9 and 1.7 times the true interval) by luck was not measured: this one is fixed."""
    found = made(tmp_path)
    low, middle, high = PRIOR.values(found.quantiles((0.05, 0.5, 0.95)).T)
    true = 2 * 1.645 / np.sqrt(N)
    assert middle == pytest.approx([1.0, -2.0], abs=0.08)
    assert ((high - low) / true > 0.9).all()
    assert ((high - low) / true < 1.7).all()
    assert found.size > 50


def test_generations_close_in_on_the_log(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl", "x")
    own = {**toy(1.0, -2.0, number=1_000_003), "mean_a": 1.0, "mean_b": float(np.sinh(-2 / 3))}
    simulated(own, PLAY, PRIOR, journal, work, 800, lambda n: None)
    u = np.array([journal.entries[n][0] for n in range(800)])
    far = np.abs(PRIOR.values(u) - [1.0, -2.0]).mean(axis=1)
    assert far[700:].mean() < 0.3 * far[:400].mean()


def test_a_fit_that_was_stopped_gives_the_same(tmp_path: Path) -> None:
    whole = made(tmp_path / "a")
    calls = [0]

    def stopping(play: Play, tasks: Sequence[Task]) -> Iterator[list[tuple[int, dict[str, float] | None, None]]]:
        for block in work(play, tasks):
            calls[0] += 1
            if calls[0] == 131:
                raise KeyboardInterrupt
            yield block

    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / "b", stopping)
    path = tmp_path / "b" / "j.jsonl"
    torn = path.read_bytes() + b'{"n": 521, "u": [0.3'  # a kill in the middle of a line
    path.write_bytes(torn)
    again = made(tmp_path / "b", stopping)
    assert calls[0] < 131 + 800 / 4
    assert np.array_equal(again.u, whole.u)
    assert np.array_equal(again.weights, whole.weights)


def test_a_forecast_knows_nothing_of_what_came(tmp_path: Path) -> None:
    """Two logs with the same beginning and other ends: what the beginning tells is the same, number for number."""

    def early(play: Play, tasks: Sequence[Task]) -> Iterator[list[tuple[int, dict[str, float] | None, None]]]:
        for block in work(play, tasks):
            yield [(n, row and {**row, "early/mean_a": row["mean_a"] + row["noise_1"]}, days) for n, row, days in block]

    found = []
    for end in (-3.0, 3.0):
        own = {**toy(1.0, -2.0, number=1_000_003), "mean_a": end, "early/mean_a": 1.0}
        table = simulated(own, PLAY, PRIOR, Journal(tmp_path / f"{end}.jsonl", "x"), early, 400, lambda n: None)
        assert table.n_even == 196
        found.append(posterior_of(table.even(), own, early=True)[0])
    assert np.array_equal(found[0].u, found[1].u)
    assert np.array_equal(found[0].weights, found[1].weights)


def test_another_fit_in_the_folder_is_refused(tmp_path: Path) -> None:
    Journal(tmp_path / "j.jsonl", "x").add([(0, np.array([0.5, 0.5]), None)])
    with pytest.raises(UserError, match="holds another fit"):
        Journal(tmp_path / "j.jsonl", "y")
    assert list(Journal(tmp_path / "j.jsonl", "x").entries) == [0]


@pytest.mark.parametrize("left", [b"", b'{"fi'])
def test_what_a_full_disk_left_of_the_first_line_is_begun_anew(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "j.jsonl").write_bytes(left)
    Journal(tmp_path / "j.jsonl", "x").add([(0, np.array([0.5, 0.5]), None)])
    assert list(Journal(tmp_path / "j.jsonl", "x").entries) == [0]


def test_recovery_is_honest_on_one_table() -> None:
    """200 logs: an honest 90 % interval covers 85 to 96 % of them in some 98 of 100 tables (binomial), a parameter."""
    u, truth = PRIOR.design(900, 1), PRIOR.design(200, 2)
    tables = [np.array([list(toy(*map(float, PRIOR.values(one[None, :])[0]), number=n + first).values())
                        for n, one in enumerate(part)]) for part, first in ((u, 0), (truth, 5000))]  # fmt: skip
    found = recover(PRIOR.keys, u, tables[0], NAMES, truth, tables[1]).table()
    assert found["coverage_90"].between(0.85, 0.96).all()
    assert found["told"].all()
    assert (found["width"] < 0.15).all()


def test_numbers_that_logs_do_not_tell_are_not_told() -> None:
    """Summaries are noise: the regression must not believe itself, and intervals stay as wide as the prior's."""
    u, truth = PRIOR.design(400, 1), PRIOR.design(100, 2)
    noise, other = norm.ppf(sobol(400, 30, 3))[by_lot(400)], norm.ppf(sobol(100, 30, 4))[by_lot(100)]
    names = [f"s{k}" for k in range(30)]
    assert (learn(u, noise, names).told < 0.05).all()
    found = recover(PRIOR.keys, u, noise, names, truth, other).table()
    assert (found["width"] > 0.75).all()
    assert not found["told"].any()
    assert (found["coverage_90"] > 0.8).all()


def test_of_many_logs_some_are_learnt_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expectations of the others are as good, and none is of a log by a regression that has learnt from it."""
    u = PRIOR.design(900, 1)
    table = np.array([list(toy(*map(float, PRIOR.values(one[None, :])[0]), number=n).values())
                      for n, one in enumerate(u)])  # fmt: skip
    whole = learn(u, table, NAMES)
    monkeypatch.setattr(learned, "_MOST", 300)
    part = learn(u, table, NAMES)
    assert part.weights.shape == (300, u.shape[1])
    assert (part.told > whole.told - 0.05).all()
    off = ((part.own - u) ** 2).mean(axis=1)
    inside = np.isin(np.arange(900), by_lot(900)[:300])
    assert off[inside].mean() == pytest.approx(off[~inside].mean(), rel=0.5)


def test_weights_undo_where_the_points_were_drawn() -> None:
    """The mean of u under the prior is 0.5, wherever points were drawn; unweighted it is off."""
    u = sobol(2000, 2, 1)
    cloud = proposals(0.6 + 0.1 * sobol(50, 2, 2), np.ones(50))
    both = np.vstack([u, cloud.draw(2000, 5)])
    weights = mixture_weights(both, [cloud], [2000, 2000])
    assert np.average(both, axis=0, weights=weights) == pytest.approx([0.5, 0.5], abs=0.01)
    assert (both.mean(axis=0) > 0.55).all()
    assert weights.max() <= 2.0 + 1e-9


def test_draws_are_those_of_the_posterior() -> None:
    found = Posterior(np.array([[0.1], [0.2], [0.9]]), np.array([1.0, 1.0, 2.0]))
    assert sorted(found.draws(8)[:, 0]) == pytest.approx([0.1, 0.1, 0.2, 0.2, 0.9, 0.9, 0.9, 0.9])
    assert found.quantiles((0.5,))[0, 0] > 0.2


def test_the_prior_lies_inside_the_ranges_of_the_knobs() -> None:
    from scenarios.config.sections import SECTIONS

    for one in known_prior().parameters:
        section, _, name = one.key.partition(".")
        knob = SECTIONS[section].knobs()[name]
        assert knob.low is not None
        assert knob.high is not None
        assert knob.low <= one.low < one.high <= knob.high
        assert not one.log or one.low > 0
    assert known_prior().set_of(np.full(len(known_prior()), 0.5))["scenario.talk"] == pytest.approx(0.1)
