"""The daily table is written in blocks of groups; where they end does not show."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import compose
from sim.data import recorder
from sim.simulation import Engine


def test_the_daily_table_is_the_same_for_blocks_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = compose(["scenario=pet_owners", "population=small", "record=counts", "days=3", "threads=1"])
    engine = Engine(scenario, "compiled", 8)
    counts = []
    for _ in range(3):
        engine.step()
        counts.append(engine.state.groups.copy())
    n_groups = engine.state.groups.size
    whole = engine.recorder._days_of(0, 3)
    assert whole.shape == (n_groups, 3)
    for size in (1, 7, n_groups, n_groups + 1):
        monkeypatch.setattr(recorder, "_GROUPS", size)
        assert engine.recorder._days_of(0, 3).tobytes() == whole.tobytes()
    for day, groups in enumerate(counts):
        assert (whole["day"][:, day] == np.where(groups["day_born"] >= 0, day, -1)).all()
        for name in ("n_members", "n_messages", "n_purchases"):
            assert (whole[name][:, day] == groups[name]).all()
        assert (whole["group"][:, day] == groups["index"]).all()
        assert (whole["replicate"][:, day] == groups["community"]).all()
