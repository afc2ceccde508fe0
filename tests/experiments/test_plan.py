"""``plan=true``: it tells runs, time and disk, and keeps what it plays to know them."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.execution.executor import execute
from scenarios.execution.runners.serial import SerialRunner
from scenarios.experiments.cells import cells_of
from scenarios.experiments.options import Options
from scenarios.experiments.plan import Plan, make_plan
from scenarios.experiments.player import Player
from scenarios.experiments.reader import read_study
from scenarios.experiments.study import Study
from scenarios.experiments.tables import Shelf
from sim.data.store import Store
from tests.experiments.shelves import SMALL


def small(**changes: Any) -> Study:
    """Three arms of the ready study on group size, in small."""
    study = read_study("group_size")
    arms = {label: study.arms[label] for label in ("no cap", "limit=20", "limit=30")}
    extra = ("population.groups=2", "population.seats=30")
    return replace(study, arms=arms, days=60, extra=extra, **changes)


def played(study: Study, store: Store) -> tuple[int, int]:
    """Runs that were stored before, and those that were played."""
    tally = execute(study, cells_of(study), store, SerialRunner(), lambda *_: None)
    return tally.stored, tally.done


def planned(study: Study, store: Store) -> Plan:
    return make_plan(study, Player(Options(store=str(store.folder), runner="serial"), store))


def size(store: Store) -> int:
    return sum(path.stat().st_size for path in store.chunks.iterdir())


def places(store: Store) -> list[tuple[Any, ...]]:
    """The place of every run in every study."""
    with sqlite3.connect(store.folder / "ledger.sqlite") as db:
        return db.execute("SELECT * FROM members ORDER BY study, world, arm, replicate").fetchall()


def test_a_plan_counts_and_keeps_what_it_plays(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        played(small(seeds=4), store)
        more = small(seeds=10)
        plan = planned(more, store)
        assert plan.runs == 60
        assert 0 < plan.kept < 18
        assert plan.to_do == 36 - plan.kept
        assert plan.seconds > 0
        before = size(store)
        assert played(more, store) == (24 + plan.kept, plan.to_do)
        added = size(store) - before
        assert 0.4 * added < plan.disk < 2.5 * added


def test_what_a_plan_played_is_the_study_s_own(tmp_path: Path) -> None:
    """Same tables as without a plan, those by day too; until it is played, another definition keeps its places."""
    with Store(tmp_path / "planned") as after, Store(tmp_path / "plain") as plain:
        for store in (after, plain):
            played(small(seeds=1), store)
        other = small(seeds=2, daily=True, seed=2)
        plan = planned(other, after)
        assert plan.kept > 0
        assert places(after) == places(plain)
        assert [played(other, store)[0] for store in (after, plain)] == [plan.kept, 0]
        assert places(after) == places(plain)
        mine, theirs = (Shelf(other, cells_of(other), store) for store in (after, plain))
        for what in ("outcomes", "lifetimes", "daily"):
            pd.testing.assert_frame_equal(getattr(mine, what)(), getattr(theirs, what)())


def test_a_plan_plays_no_more_than_there_is(tmp_path: Path) -> None:
    one = replace(small(seeds=1), worlds={"w": ("scenario=pet_owners",)}, arms={"no cap": ("strategy=nothing",)})
    with Store(tmp_path) as store:
        plan = planned(one, store)
        assert (plan.runs, plan.kept, plan.to_do, plan.seconds, plan.disk) == (1, 1, 0, 0.0, 0.0)
        assert planned(one, store).kept == 0


def test_a_plan_tells_one_of_each_in_the_singular(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", *[word for word in SMALL if word[0] == "p"], f"store={tmp_path}", "runner=serial", "plan=true"]
    assert main([*words, "replicates=1", "days=20"]) == 0
    told = capsys.readouterr().out
    assert "1 world × 1 arm × 1 seed = 1 run; 1 are stored" in told
    assert "played again: 1 run" in told
    assert main([*words, "replicates=4", "days=30"]) == 0
    told = capsys.readouterr().out
    assert "1 world × 1 arm × 4 seeds = 4 runs" in told
    assert "with 1 worker (serial)" in told


def test_a_plan_tells_of_runs_that_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("no such luck")

    monkeypatch.setattr("sim.replication.simulate", fail)
    words = ["run", *[word for word in SMALL if word[0] == "p"], f"store={tmp_path}", "runner=serial", "plan=true"]
    assert main([*words, "replicates=2", "days=20"]) == 1
    assert "failed: replicate 0: ValueError: no such luck" in capsys.readouterr().out
