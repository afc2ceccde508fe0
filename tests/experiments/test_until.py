"""``until=±x``: seeds are added until the intervals are short enough, or nothing can be told."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios.errors import ConfigError
from scenarios.experiments.cells import cells_of
from scenarios.experiments.kinds import run
from scenarios.experiments.reader import read_study
from scenarios.experiments.studies import Studies
from scenarios.experiments.study import Study
from scenarios.experiments.tables import Shelf
from scenarios.experiments.until import MOST_ROUGH, MOST_SEEDS, seeds_until
from sim.analysis.experiment.enough import outlook
from sim.data.store import Store
from tests.experiments.shelves import GOOD, written
from tests.experiments.test_same_tables import EXTRA, SEEDS, small


def fake(study: Study, arms: dict[str, np.ndarray]) -> pd.DataFrame:
    """Outcomes of the first two arms of a study, its primary one as given."""
    parts = [
        pd.DataFrame({"arm": arm, "world": next(iter(study.worlds)), "replicate": np.arange(len(x)), study.primary: x})
        for arm, x in zip(study.arms, arms.values(), strict=False)
    ]
    return pd.concat(parts, ignore_index=True)


def normal(n: int) -> dict[str, np.ndarray]:
    base = np.random.default_rng(1).normal(100, 10, n)
    return {"nothing": base, "arm": base + np.random.default_rng(2).normal(3, 4, n)}


def test_until_stops_only_where_a_quarter_more_confirm_it() -> None:
    study, _ = small(outcomes=("revenue",))
    table = fake(study, normal(100))
    look = outlook(study, table, 1.0)
    assert look is not None
    reached = seeds_until(table, replace(study, seeds=100), look.half * 1.2)
    assert reached.seeds == 100
    assert "reached with 100 seeds" in reached.text
    assert "chosen by looking" in reached.text
    just = seeds_until(table, replace(study, seeds=100), look.half * 1.001)
    assert just.seeds == 125
    assert "going for 125 seeds" in just.text
    half = seeds_until(table, replace(study, seeds=100), look.half / 1.2)
    assert 125 < half.seeds <= 200
    assert re.search(r"about \d+ to \d+ are needed; going for", half.text)


def test_until_never_stops_below_twenty_seeds() -> None:
    study, _ = small(outcomes=("revenue",))
    step = seeds_until(fake(study, normal(5)), replace(study, seeds=5), 1e6)
    assert step.seeds == 20
    assert "going for 20 seeds" in step.text


def test_until_goes_no_further_than_it_can() -> None:
    study, _ = small(outcomes=("revenue",))
    table = fake(study, normal(30))
    far = seeds_until(table, replace(study, seeds=30), 0.001)
    assert far.seeds == 30
    assert "out of reach" in far.text
    assert "are needed, at most 10,000 are played" in far.text
    assert seeds_until(table, replace(study, seeds=MOST_SEEDS - 3), 0.1).seeds == MOST_SEEDS
    assert "not reached with 10,000" in seeds_until(table, replace(study, seeds=MOST_SEEDS), 0.1).text


@pytest.mark.parametrize("events", [0, 2])
def test_until_is_not_content_with_what_hardly_varies(events: int) -> None:
    """Differences that are all but constant: twenty, forty … seeds, given up at two hundred, and said."""
    study, _ = small(outcomes=("revenue",))
    seeds = [5]
    while True:
        n = seeds[-1]
        few = {"nothing": np.full(n, 9.0), "arm": 9.0 + (np.arange(n) < events)}
        step = seeds_until(fake(study, few), replace(study, seeds=n), 1e6)
        if step.seeds == n:
            break
        seeds.append(step.seeds)
    assert MOST_ROUGH <= seeds[-1] < 2 * MOST_ROUGH
    assert len(seeds) < 20
    assert "1 of 1 comparisons rest on few unusual communities or do not vary" in step.text


def test_until_needs_a_second_arm(conf: Path) -> None:
    one = written(conf, {**GOOD, "arms": {"free": ["strategy=nothing"]}})
    with pytest.raises(ConfigError, match="one arm"):
        Studies().read(one, {"until": 2.0}, ())
    assert Studies().read(written(conf, GOOD), {"until": 2.0}, ()).until == 2.0


def test_until_ends_where_nothing_can_be_known() -> None:
    """An outcome that never happens: some more seeds are tried, not ten thousand."""
    study, _ = small(outcomes=("repurchase",))
    seeds = [study.seeds]
    while not seeds[1:] or seeds[-1] > seeds[-2]:
        runs = [(arm, "w", r, float("nan")) for arm in study.arms for r in range(seeds[-1])]
        table = pd.DataFrame(runs, columns=["arm", "world", "replicate", "repurchase"])
        table["world"] = next(iter(study.worlds))
        seeds.append(seeds_until(table, replace(study, seeds=seeds[-1]), 0.1).seeds)
        assert seeds[-1] == seeds_until(table.iloc[:0], replace(study, seeds=seeds[-2]), 0.1).seeds
    assert SEEDS < seeds[-1] < 50


@pytest.mark.slow
def test_until_plays_more_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["study=content_hour", "seeds=3", "days=40", *EXTRA, f"store={tmp_path / 'store'}", "runner=serial"]
    assert run("study", [*words, "until=±0.12", f"out={tmp_path / 'page'}"]) == 0
    said = capsys.readouterr().err
    assert "3 seeds; " in said
    assert "going for 20 seeds" in said
    seeds = int(re.search(r"(?:reached with|stopped at) ([\d,]+) seeds", said)[1].replace(",", ""))  # type: ignore[index]
    assert seeds >= 25
    page = (tmp_path / "page" / "report.html").read_text(encoding="utf-8")
    assert "The number of communities was chosen by looking at the intervals" in page
    assert "社群数是看着区间定的" in page
    study = replace(read_study("content_hour"), seeds=seeds, days=40, extra=EXTRA)
    with Store(tmp_path / "store") as store:
        look = outlook(study, Shelf(study, cells_of(study), store).outcomes(), 0.12)
    assert look is not None
    assert look.n == seeds
    assert look.more == 0
