"""``until=±x``: seeds are added until the intervals are short enough, or nothing can be told."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from scenarios.study.cells import cells_of
from scenarios.study.execute import execute
from scenarios.study.reader import read_study
from scenarios.study.runners.serial import SerialRunner
from scenarios.study.session import run_study
from scenarios.study.shelf import Shelf
from scenarios.study.until import MOST_SEEDS, seeds_until
from sim.analysis.study.precision import half_width
from sim.store import Store
from tests.study.test_same_tables import EXTRA, SEEDS, quiet, small


def test_until(tmp_path: Path) -> None:
    study, cells = small(outcomes=("member_messages",))
    with Store(tmp_path) as store:
        execute(study, cells, store, SerialRunner(), quiet)
        table = Shelf(study, cells, store).outcomes()
    half = half_width(study, table)["half_width"].max()
    assert half > 0
    assert seeds_until(table, study, half * 1.01) == SEEDS
    assert seeds_until(table, study, half / 100) == max(2 * SEEDS, SEEDS + 5)
    assert seeds_until(table, replace(study, seeds=MOST_SEEDS - 3), half / 100) == MOST_SEEDS


def test_until_ends_where_nothing_can_be_known() -> None:
    """An outcome that never happens: some more seeds are tried, not ten thousand."""
    study, _ = small(outcomes=("repurchase",))
    seeds = [study.seeds]
    while not seeds[1:] or seeds[-1] > seeds[-2]:
        runs = [(arm, "w", r, float("nan")) for arm in study.arms for r in range(seeds[-1])]
        table = pd.DataFrame(runs, columns=["arm", "world", "replicate", "repurchase"])
        table["world"] = next(iter(study.worlds))
        seeds.append(seeds_until(table, replace(study, seeds=seeds[-1]), 0.1))
        assert seeds[-1] == seeds_until(table.iloc[:0], replace(study, seeds=seeds[-2]), 0.1)
    assert SEEDS < seeds[-1] < 50


def test_until_plays_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["study=content_hour", "seeds=3", "days=40", *EXTRA, f"store={tmp_path}", "runner=serial", "report=false"]
    assert run_study([*words, "until=±0.02"]) == 0
    seeds = int(re.search(r"([\d,]+) runs", capsys.readouterr().out)[1].replace(",", "")) // 10  # type: ignore[index]
    assert seeds > 3
    study = replace(read_study("content_hour"), seeds=seeds, days=40, extra=EXTRA)
    with Store(tmp_path) as store:
        outcomes = Shelf(study, cells_of(study), store).outcomes()
    assert half_width(study, outcomes)["half_width"].max() <= 0.02
