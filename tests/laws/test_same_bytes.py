"""Same scenario, same bytes: whichever lane, however many threads, in whatever order or portions."""

from __future__ import annotations

import importlib
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios import Scenario
from sim import Community, simulate
from sim import replication as runner_module
from sim.engine.mesa_lane import MesaLane
from sim.model.schedule import GROUP_PHASES
from sim.simulation import Engine, Overflow
from tests.plays import ALL_TABLES, differing, lively, model_tables, play, started, strategy
from tests.walking import Plan, any_plan, covering_plans, everything

ROOT = Path(__file__).resolve().parents[2]
MANY: dict[str, Plan] = {"nothing": (), "everything": everything(), **covering_plans()}


@pytest.mark.parametrize("name", MANY)
def test_both_lanes_write_the_same_tables(name: str) -> None:
    scenario = lively(MANY[name], days=15)
    mesa, compiled = play(scenario, "mesa"), play(scenario, "compiled")
    assert differing(mesa, compiled) == []
    assert model_tables(mesa) == ALL_TABLES
    is_silent = any("no_offers" in one.turns() for one in MANY[name])  # then nothing is sold in fifteen days
    assert all(len(mesa[table]) > 0 for table in ALL_TABLES - {"purchases" if is_silent else ""})


worlds = st.fixed_dictionaries(
    {
        "purpose": st.fixed_dictionaries({"talk": st.floats(0, 3), "info_need": st.floats(0, 1),
                                          "search_rate": st.floats(0, 8), "need_days": st.floats(2, 60)}),
        "mind": st.fixed_dictionaries({"leave": st.floats(0, 0.3), "imitation": st.floats(0, 5),
                                       "lurker_days": st.integers(1, 5), "attention": st.floats(1, 50)}),
        "cast": st.fixed_dictionaries({"moderators": st.floats(0, 2), "connectors": st.floats(0, 0.4),
                                       "advertisers": st.floats(0, 0.5), "kols": st.floats(0, 2)}),
        "operator": st.fixed_dictionaries({"hours": st.floats(0, 20), "advert_yuan_base": st.floats(0, 20)}),
        "luck": st.sampled_from(["keyed", "philox"]),
        "same_members": st.booleans(),
        "seed": st.integers(0, 10**9),
    }
)  # fmt: skip


@settings(max_examples=8, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=worlds, chosen=any_plan())
def test_both_lanes_agree_in_any_world(changes: dict[str, Any], chosen: Plan) -> None:
    """Worlds drawn from the knobs' ranges, extremes included, stay the same byte by byte."""
    scenario = lively(chosen, days=8, replicates=1, **changes)
    assert differing(play(scenario, "mesa"), play(scenario, "compiled")) == []


def test_strategies_may_be_listed_in_any_order() -> None:
    forward, backward = lively(everything(), days=10), lively(everything()[::-1], days=10)
    assert forward == backward
    assert differing(play(forward), play(backward)) == []


class Shuffled:
    """A scenario that hands its strategies to the engine in another order than the sorted one."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario, self.strategies = scenario, scenario.strategies[::-1]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._scenario, name)


def test_the_engine_sorts_the_strategies_itself() -> None:
    scenario = lively(everything(), days=10)
    assert differing(play(scenario), play(Shuffled(scenario))) == []  # type: ignore[arg-type]


def test_replicates_in_one_batch_or_several(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = lively(everything(), replicates=5, days=8)
    whole = simulate(scenario).digest
    monkeypatch.setattr(runner_module, "BATCH_SEATS", 2 * 3 * 25)  # two communities of three groups at a time
    assert simulate(scenario).digest == whole


def engines_made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """First replicate and number of replicates of every engine that is made from now on."""
    made: list[tuple[int, int]] = []

    def engine(scenario: Any, lane: str, n: int, first: int = 0, **more: Any) -> Engine:
        made.append((first, n))
        return Engine(scenario, lane, n, first, **more)

    monkeypatch.setattr(runner_module, "Engine", engine)
    return made


@pytest.mark.parametrize(("threads", "replicates", "shares"), [(2, 5, [2, 3]), (3, 7, [2, 2, 3]), (3, 4, [4])])
def test_threads_play_communities_of_their_own(
    threads: int, replicates: int, shares: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every table comes out row for row the same; what is few is shared out by groups instead."""
    scenario = lively(everything(), replicates=replicates, days=8)
    alone = simulate(scenario).tables
    made, heard = engines_made(monkeypatch), []
    split = simulate(scenario, workers=threads, progress=lambda done, total: heard.append((done, total))).tables
    assert sorted(n for _, n in made) == shares
    assert set(alone) == set(split)
    for name, table in alone.items():
        pd.testing.assert_frame_equal(table, split[name])
    assert heard[-1] == (replicates * 8, replicates * 8)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)


@pytest.mark.parametrize(("replicates", "fits", "side"), [(8, 4, 4), (8, 2, 2), (8, 1, 1), (8, 0, 1), (7, 9, 1)])
def test_communities_are_played_at_once_only_as_far_as_memory_goes(
    replicates: int, fits: int, side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four threads; ``fits`` communities may be at work together. What is too large for that is played in turn."""
    monkeypatch.setattr(runner_module, "BATCH_SEATS", 3 * 25 * fits)
    scenario = lively(replicates=replicates, population={"groups": 3, "seats": 24})
    assert runner_module._side(scenario, 4) == side
    batches = runner_module._batches(scenario, "compiled", side)
    assert sum(n for _, n in batches) == replicates
    assert max(n for _, n in batches) * side <= max(fits, 1) or fits > replicates


def test_an_overflow_in_one_thread_ends_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a run that has failed."""
    days_played: list[int] = []
    original = Engine.step

    def step(engine: Engine) -> None:
        if engine.first > 0:
            raise Overflow("too much talk")
        days_played.append(engine.day)
        original(engine)

    monkeypatch.setattr(Engine, "step", step)
    with pytest.raises(Overflow):
        simulate(lively(everything(), replicates=4, days=400), workers=2)
    assert len(days_played) < 400


def test_no_worker_is_an_error() -> None:
    with pytest.raises(ValueError, match="workers=0"):
        simulate(lively(), workers=0)


def test_a_replicate_is_the_same_alone_and_in_company() -> None:
    scenario = lively(everything(), replicates=4, days=8)
    together = play(scenario)
    engine = Engine(scenario, "compiled", 1, first=2)
    for _ in range(8):
        engine.step()
    alone = engine.recorder.tables()
    for name, table in together.items():
        assert np.array_equal(np.sort(table[table["replicate"] == 2]), np.sort(alone[name])), name


def test_a_longer_run_begins_like_a_shorter_one() -> None:
    scenario = lively(everything(), days=6)
    short, long = play(scenario), play(scenario.replace(days=12))
    assert short["daily"].tobytes() == long["daily"][long["daily"]["day"] < 6].tobytes()
    assert short["messages"].tobytes() == long["messages"][long["messages"]["minute"] < 6 * 1440].tobytes()


UNCUT = ("group_cap",)
"""Strategies that need no mechanism inside the day, so that a day is played whole."""


def day_by_phases(lane: Any, phases: list[str]) -> Any:
    """The inner day of a group as one phase after the other."""
    loops = [lane.loop(name) for name in phases]

    def day(state: Any, lo: int, hi: int, desk: Any) -> None:
        assert not np.any(desk.calls)
        for g in range(lo, hi):
            for loop in loops:
                loop(state, g, g + 1, desk)

    return day


def in_place_of_the_day(patch: pytest.MonkeyPatch, lane: Any, played: Any) -> None:
    """Another inner day for a lane."""
    loop = lane.loop
    patch.setattr(lane, "loop", lambda name: played if name == "day" else loop(name))


@pytest.mark.slow
@pytest.mark.parametrize("lane", ["mesa", "compiled"])
def test_the_fused_day_is_the_phases_one_by_one(lane: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = lively([strategy(name) for name in UNCUT], days=8, replicates=1)
    engine = started(scenario, lane)
    phases = day_by_phases(engine.lane, list(GROUP_PHASES))
    in_place_of_the_day(monkeypatch, engine.lane, phases)
    for _ in range(8):
        engine.step()
    assert differing(engine.recorder.tables(), play(scenario)) == []


def test_a_phase_left_out_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison above can fail: a day without ``bond`` is another day."""
    scenario = lively([strategy(name) for name in UNCUT], days=8, replicates=1)
    engine = started(scenario, "mesa")
    assert isinstance(engine.lane, MesaLane)
    phases = [name for name in GROUP_PHASES if name != "bond"]
    without = day_by_phases(engine.lane, phases)
    in_place_of_the_day(monkeypatch, engine.lane, without)
    for _ in range(8):
        engine.step()
    assert "daily" in differing(engine.recorder.tables(), play(scenario))


@pytest.mark.parametrize("lane", ["mesa", "compiled"])
def test_a_community_is_the_first_replicate_of_a_run(lane: str) -> None:
    scenario = lively(everything(), days=8, replicates=1)
    model = Community(scenario, lane=lane)
    for _ in range(8):
        model.step()
    assert differing(model.tables, play(scenario)) == []


def test_another_seed_is_another_world() -> None:
    one, other = (play(lively(days=8, seed=seed)) for seed in (1, 2))
    assert model_tables(differing(one, other)) == ALL_TABLES


PLAIN = """
import numpy as np
from numba.core.registry import cpu_target
print(cpu_target.target_context.codegen().magic_tuple()[1:])
print([name for name, is_on in np._core._multiarray_umath.__cpu_features__.items() if is_on])
from sim import simulate
from tests.plays import lively
from tests.walking import everything
print(simulate(lively(everything(), days=5)).digest)
"""


@pytest.mark.slow
@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="about processors of this family")
def test_a_processor_that_can_do_less_gives_the_same_bytes() -> None:
    """Neither fused multiplication nor wide vectors, in compiled rules as in NumPy. What is compiled for it is kept
    beside the rest, by the name of the processor: rules that have not changed are not compiled again.
    """
    dispatched = importlib.import_module("numpy._core._multiarray_umath").__cpu_dispatch__
    done = subprocess.run(
        [sys.executable, "-c", PLAIN], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NUMBA_CPU_NAME": "generic",
             "NPY_DISABLE_CPU_FEATURES": " ".join(dispatched)},
    )  # fmt: skip
    compiled, numpy, digest = done.stdout.splitlines()
    assert compiled == "('generic', '')"
    assert dispatched
    assert not any(f"'{name}'" in numpy for name in dispatched)  # on them the last digits of exp and log depend
    assert digest == simulate(lively(everything(), days=5)).digest


DIGEST = """
from sim import simulate
from tests.plays import lively
from tests.walking import everything
for lane in ("mesa", "compiled"):
    print(simulate(lively(everything(), days=5), lane=lane).digest)
"""


@pytest.mark.slow
def test_the_hash_seed_of_python_does_not_matter() -> None:
    digests = set()
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", DIGEST], cwd=ROOT, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        digests.update(done.stdout.split())
    assert len(digests) == 1
