"""The benchmark keeps what it measured, with the machine, and writes a page from it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks import harness, page
from benchmarks.__main__ import PARTS
from benchmarks.city import life
from sim.model.parameters import Population


def test_a_kept_part_appears_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "QUICK", tmp_path)
    monkeypatch.setattr(page, "QUICK", tmp_path)
    numbers = harness.spread([3.0, 1.0, 2.0])
    measured = {"members": 1000, "cores": 2, "ns": {"one": numbers, "two": numbers}, "times": numbers}
    harness.keep("threads", True, measured)
    found = harness.kept("threads", True)
    assert found is not None
    assert found["machine"]["cores"] >= 1
    assert found["machine"]["processor"]
    text = page.write_page(True).read_text("utf-8")
    assert "| one | 2 (1–3) |" in text
    assert "From command" not in text  # nothing was kept of that part


def test_every_part_has_a_chapter() -> None:
    assert set(page.CHAPTERS) == set(PARTS)


def test_life_of_a_city_counts_living_groups_only() -> None:
    """Two groups, forty days; one falls silent on day 2 and is dead from day 30 on."""
    days, groups = np.repeat(np.arange(40), 2), np.tile([0, 1], 40)
    written = np.where((groups == 0) | (days < 2), 5, 0)
    daily = pd.DataFrame({"day": days, "group": groups, "n_members": 10, "n_member_messages": written,
                          "n_messages": written})  # fmt: skip
    found = life(daily, Population(groups=2, seats=20))
    assert found["mean_occupancy"] == pytest.approx(0.5)
    assert found["share_living_at_end"] == 0.5
    living_days = 40 + 29  # the last message on day 1 counts until day 28
    assert found["messages_per_living_group_day"] == pytest.approx((40 * 5 + 2 * 5) / living_days)
