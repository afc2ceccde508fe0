"""Funnel and purse up to each day: by hand, and where the run ends those of the analyses of the whole run."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim import simulate
from sim.analysis.funnel import STEPS, steps_by_community
from sim.analysis.panel import Panel
from sim.analysis.so_far import cost_so_far, income_so_far, steps_so_far
from sim.data import tables
from sim.data.frames import frame_of
from sim.data.results import Results
from tests.fakes import META, daily_of, spells_of
from tests.plays import lively, strategy

DAYS = 10


@pytest.fixture(scope="module")
def run() -> Results:
    """A played run in which money comes in and goes out in many ways."""
    played = [strategy(name) for name in ("red_packet", "welfare", "office_hours", "paid_entry")]
    played.append(strategy("membership", days=14, dues=20.0))
    return simulate(lively(played, days=40, mind={"buy": -1.0}))


def by_hand() -> Results:
    """Two groups. In the first person 5 comes on day 1, leaves, comes again on day 6 and buys twice each time."""
    spells = spells_of(group=np.array([0, 0, 0, 1]), person=np.array([5, 5, 9, 7]),
                       day_joined=np.array([1, 6, -30, -3]), day_left=np.array([3, -1, -1, -1]),
                       day_first_post=np.array([2, -1, 0, 4]), n_messages=np.array([3, 0, 1, 8]),
                       role=np.array([3, 3, 0, 3]))  # fmt: skip
    bought = np.zeros(6, dtype=tables.PURCHASES)
    bought["group"], bought["person"] = [0, 0, 0, 0, 0, 1], [5, 5, 5, 5, 9, 7]
    bought["day"], bought["price"] = [7, 1, 2, 6, 3, 9], [40, 10, 20, 30, 7, 5]
    revenue = np.zeros((1, 2, DAYS))
    revenue[0, 0, [1, 2, 3, 6, 7]] = [10 + 2, 20, 7, 30, 40]
    revenue[0, 1, 9] = 5
    daily = daily_of(np.ones((1, 2, DAYS)), revenue=revenue, host_minutes=30.0, cost=1.5, n_knocks=2, n_invitations=1)
    meta = {**META, "arms": {"nothing": {"world": "pet_owners", "operator": {"wage": 40.0}}}}
    purchases = frame_of("purchases", "nothing", "pet_owners", bought, META)
    return Results(daily=daily, spells=spells, groups=pd.DataFrame(), purchases=purchases, meta=meta)


def test_steps_by_hand() -> None:
    results = by_hand()
    found = steps_so_far(Panel.of(results.daily), results)
    assert found["joined"][0].tolist() == [0, 1, 1, 1, 1, 1, 2, 2, 2, 2]  # the host, on staff, is not counted
    assert found["joined"][1].tolist() == [1] * DAYS  # who was there before the first day
    assert found["active"].tolist() == [[0, 0, *[1] * 8], [0, 0, 0, 0, *[1] * 6]]
    assert found["bought"][0].tolist() == [0, 1, 1, 1, 1, 1, 2, 2, 2, 2]  # once under each membership
    assert found["bought_again"][0].tolist() == [0, 0, 1, 1, 1, 1, 1, 2, 2, 2]
    assert found["bought"][1, -2:].tolist() == [0, 1]
    assert (found["knocked"][:, -1] == 2 * DAYS).all()
    assert (found["invited"][:, -1] == DAYS).all()


def test_purse_by_hand() -> None:
    results = by_hand()
    panel = Panel.of(results.daily)
    income, cost = income_so_far(panel, results), cost_so_far(panel, results)
    assert income["purchases"][0].tolist() == [0, 10, 30, 37, 37, 37, 67, 107, 107, 107]
    assert income["entries"][0].tolist() == [0, *[2] * 9]
    assert cost["fees"][1].tolist() == pytest.approx(1.5 * np.arange(1, DAYS + 1))
    assert cost["hours"][0, -1] == pytest.approx(DAYS * 20.0)


def test_the_last_day_is_the_funnel_of_the_run(run: Results) -> None:
    found = steps_so_far(Panel.of(run.daily), run)
    whole = dict(zip(STEPS, steps_by_community(run.spells)[1].T, strict=True))
    panel = Panel.of(run.daily)
    for step in STEPS[1:]:
        assert panel.by_community(found[step][:, -1]).tolist() == whole[step].tolist(), step
        assert whole[step].sum() > 0 or step == "trusting"
    assert found["n_renewed"][:, -1].sum() > 0


def test_kinds_add_up_to_income_and_cost_each_day(run: Results) -> None:
    panel = Panel.of(run.daily)
    income, cost = income_so_far(panel, run), cost_so_far(panel, run)
    assert {"purchases", "entries", "fen_dues"} <= {name for name, of in income.items() if of.any()}
    assert {"packet_cost", "welfare_cost", "fen_experts"} <= {name for name, of in cost.items() if of.any()}
    paid = cost.pop("hours")
    for kinds, name in ((income, "revenue"), (cost, "cost")):
        np.testing.assert_allclose(sum(kinds.values()), np.cumsum(panel.dense(name), axis=1, dtype=float), atol=0.01)
        assert all((np.diff(of, axis=1) >= -0.01).all() for of in kinds.values())
    entered = panel.by_community(income["entries"][:, -1]).sum()
    assert entered == pytest.approx(run.spells["entry_paid"].sum(), abs=0.5)
    assert paid[:, -1].sum() > 0


def test_where_memberships_were_not_kept_the_doors_still_tell(run: Results) -> None:
    bare = Results(daily=run.daily, spells=run.spells.iloc[:0], groups=run.groups, meta=run.meta)
    panel = Panel.of(bare.daily)
    assert list(steps_so_far(panel, bare)) == ["invited", "knocked"]
    income = income_so_far(panel, bare)
    np.testing.assert_allclose(sum(income.values())[:, -1], panel.dense("revenue").sum(axis=1), rtol=1e-5)
