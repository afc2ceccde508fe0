"""What is compiled when a new role appears: its own rules and what they call, and nothing of the day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from agents import Member
from agents.traits import draw_traits, start_membership
from scenarios import Scenario
from sim.model.schedule import SCHEDULE
from tests.plays import lively, started

pytest.importorskip("numba")
from numba.core import event

LOOPS = (*SCHEDULE.between, SCHEDULE.day)


def early(looks: int) -> type[Member]:
    """A role that comes every day and keeps count; another number is an edit of one of its rules."""

    class Early(Member):
        n_days: int

        def appears(self, group: Any, world: Any) -> None:
            draw_traits(self, group, world)
            start_membership(self, group, world)
            self.n_days = 1

        def visit(self, today: Any, group: Any, world: Any) -> None:
            self.n_looks = looks
            self.n_days += 1

    return Early


def days_of(scenario: Scenario) -> tuple[Any, list[str]]:
    """Some days: the engine, and which functions Numba compiled for them."""
    with event.install_recorder("numba:compile") as seen:
        engine = started(scenario)
        for _ in range(3):
            engine.step()
    return engine, [told.data["dispatcher"].py_func.__qualname__ for _, told in seen.buffer if told.is_start]


def kept(folder: Path) -> list[str]:
    """Whose machine code lies in a folder."""
    return sorted(path.name.partition("-")[0] for path in folder.glob("*.nbi"))


def test_a_new_role_compiles_its_own_rules_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And an edited one the edited rule alone; some 230 functions make up the day."""
    without, _ = days_of(lively())
    lane = without.lane
    known = {name: list(lane.loop(name).signatures) for name in LOOPS}
    assert known[SCHEDULE.day]
    monkeypatch.setattr(lane, "_folder", tmp_path)
    plays, functions = days_of(lively().with_role(early(1), 0.3))
    assert plays.lane is lane
    assert plays.state.members["n_days"].max() > 1
    assert kept(tmp_path) == ["own_appears", "own_visit"]
    assert 2 <= len(functions) < 20, functions
    _, functions = days_of(lively().with_role(early(2), 0.3))
    assert kept(tmp_path) == ["own_appears", "own_visit", "own_visit"]
    assert len(functions) == 1, functions
    _, functions = days_of(lively().with_role(early(1), 0.1))
    assert functions == []
    assert {name: list(lane.loop(name).signatures) for name in LOOPS} == known
