"""Who writes on a day, on memberships counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.memberships import Memberships
from sim.analysis.outcomes import outcomes
from sim.analysis.panel import Panel
from sim.analysis.writers import writers
from tests.fakes import daily_of, fake_results, spells_of

PANEL = Panel.of(daily_of(np.ones((1, 1, 20), int)))


def test_advertisers_and_staff_are_no_writers_and_days_are_those_of_membership() -> None:
    """One lurker from before day 0 on, one from day 10 to day 14; everybody else writes daily, and is not counted."""
    joined, left = np.array([-7, 10, 0, 0, 0]), np.array([-1, 14, -1, -1, -1])
    spells = spells_of(person=np.arange(5), day_joined=joined, day_left=left,
                       n_active_days=np.array([4, 1, 20, 20, 20]))  # fmt: skip
    spells["role"] = pd.Categorical(["Lurker", "Member", "Advertiser", "Host", "Shill"])
    assert writers(Memberships(spells, PANEL), 20) == pytest.approx([5 / (20 + 5)])


def test_nobody_is_no_number_and_every_run_has_it() -> None:
    spells = spells_of(person=np.arange(1), n_active_days=np.array([3]))
    spells["role"] = pd.Categorical(["Host"])
    assert np.isnan(writers(Memberships(spells, PANEL), 20)).all()
    assert outcomes(fake_results(["nothing"], 2, groups=2, days=40))["writers"].between(0.0, 1.0).all()
