"""A community ends when its scenario does, takes its seed under either name, and goes into Mesa's batch runner."""

from __future__ import annotations

import pickle
import warnings
from typing import Any

import mesa
import numpy as np
import pytest

from scenarios import ConfigError, compose
from sim import Community
from sim.recipe import REPORTED
from tests.plays import lively

SMALL = ["scenario=pet_owners", "population.groups=2", "population.seats=20", "days=4", "lane=mesa"]


def batch(parameters: dict[str, Any], rng: Any = 1, **reporters: Any) -> list[dict[str, Any]]:
    """What Mesa's batch runner says of small communities; a warning of Mesa's is a failure."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return mesa.batch_run(Community.of(SMALL, **reporters), parameters, rng=rng, display_progress=False)


@pytest.mark.parametrize("lane", ["mesa", "compiled"])
def test_run_model_ends_with_the_scenario(lane: str) -> None:
    model = Community(lively(replicates=1, days=5), lane=lane)
    assert model.running
    model.run_model()
    assert (model.day, model.steps, model.running) == (5, 5, False)
    assert model.tables["daily"]["day"].max() == 4
    model.step()  # nobody is kept from going on
    assert (model.day, model.running) == (6, False)


def test_a_model_that_was_stopped_stays_stopped() -> None:
    model = Community(lively(replicates=1, days=5), lane="mesa")
    model.running = False
    model.step()
    assert not model.running


def test_a_seed_is_taken_under_either_name() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # Mesa 3 warns of seed=, Mesa 4 does not know it
        models = [Community(lively(replicates=1, seed=9), lane="mesa", **said)  # type: ignore[arg-type]
                  for said in ({"rng": 7}, {"seed": 7}, {"rng": np.int64(7)}, {})]  # fmt: skip
    keys = [int(model.world["seed_key"]) for model in models]
    assert keys[0] == keys[1] == keys[2] != keys[3]
    assert keys[3] == int(Community(lively(replicates=1), rng=9, lane="mesa").world["seed_key"])
    with pytest.raises(ValueError, match="give rng= or seed=, not both"):
        Community(lively(replicates=1), rng=1, seed=1)
    for wrong in (7.5, "7", np.random.default_rng(7)):
        with pytest.raises(TypeError, match="is no seed: give a whole number"):
            Community(lively(replicates=1), rng=wrong)  # type: ignore[arg-type]


def test_the_batch_runner_needs_no_subclass() -> None:
    rows = batch({"population.groups": [1, 2], "strategy": ["nothing", ["paid_entry", "red_packet"]]}, rng=[1, 2])
    assert len(rows) == 8
    assert all(row["Step"] == 4 and set(REPORTED) <= set(row) for row in rows)
    asked = {"population.groups": 2, "strategy": ["paid_entry", "red_packet"], "seed": 2}
    one = next(row for row in rows if asked.items() <= row.items())
    alone = Community(compose([*SMALL, "strategy=[paid_entry,red_packet]"]), rng=2)
    alone.run_model()
    assert {name: one[name] for name in REPORTED} == {name: alone.groups[name].sum() for name in REPORTED}
    assert sum(row["n_members"] for row in rows if row["population.groups"] == 2) > 0


def test_the_batch_runner_collects_what_it_is_asked_for() -> None:
    rows = batch({}, model_reporters={"members": lambda model: len(model.agents)}, agent_reporters={"who": "person"})
    assert len(rows) == rows[0]["members"] > 0
    assert len({row["who"] for row in rows}) > 10


def test_what_makes_communities_can_be_sent_to_other_processes() -> None:
    recipe = Community.of(SMALL)
    again = pickle.loads(pickle.dumps(recipe))
    one, other = recipe(seed=3), again(rng=3, replicate=0, days=4)
    for model in (one, other):
        model.run_model()
    assert one.datacollector.model_vars == other.datacollector.model_vars
    assert one.datacollector._collection_steps == [1, 2, 3, 4]
    assert again(replicate=1).world["seed_key"] != again().world["seed_key"]


def test_a_mistake_in_the_overrides_is_told_at_once() -> None:
    with pytest.raises(ConfigError, match="scenario=pet_owner"):
        Community.of(["scenario=pet_owner"])
    with pytest.raises(ConfigError, match="grops"):
        Community.of(SMALL)(**{"population.grops": 3})


class Collecting(Community):
    """Collects by itself, as Mesa's own examples do."""

    def __init__(self) -> None:
        super().__init__(lively(replicates=1, days=3), lane="mesa")
        self.datacollector = mesa.DataCollector({"day": "day"})

    def step(self) -> None:
        """A day, then its data."""
        super().step()
        self.datacollector.collect(self)


def test_a_subclass_that_collects_by_itself_collects_once_a_day() -> None:
    model = Collecting()
    model.run_model()
    assert model.datacollector.model_vars["day"] == [1, 2, 3]
