"""The page's table of doors: who came by which, who stayed and bought, and what was spent to bring them in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scenarios.reports.channels import channels
from sim.analysis.funnel import BY_DOOR
from sim.data.results import Results
from sim.plots.run.measured import Measured
from tests.fakes import fake_results


def test_each_arm_has_a_row_for_each_door_by_which_anybody_came() -> None:
    run = fake_results(["nothing", "paid_entry"], replicates=4, groups=2, days=90)
    told = channels(Measured(run), "en")
    doors = {(arm, channel) for arm, channel in zip(run.spells["arm"], run.spells["channel"], strict=True)
             if channel in ("search", "invited", "paid_ad", "partner")}  # fmt: skip
    assert len(told["rows"]) == len(doors) >= 2
    assert all(len(row["cells"]) == len(told["head"]) - 1 for row in told["rows"])
    assert not any(row["cells"][4]["value"] not in ("0", "0.0") for row in told["rows"])  # nothing was spent


def test_money_meant_for_a_door_stands_in_its_row() -> None:
    run = fake_results(["nothing"], replicates=4, groups=2, days=90)
    first = run.daily[run.daily["day"] == 0].iloc[::2]
    table = first[["arm", "world", "replicate"]].assign(group=0, day=0, fen_rewards=np.float64(30.0))
    paid = Results(run.daily, run.spells, run.groups, mechanisms={"bounty": pd.DataFrame(table)}, meta=run.meta)
    rows = {row["label"]: [cell["value"] for cell in row["cells"]] for row in channels(Measured(paid), "en")["rows"]}
    invited = next(cells for label, cells in rows.items() if "invited" in label)
    assert float(invited[4]) == 30.0
    others = [cells[4] for label, cells in rows.items() if "invited" not in label]
    assert all(float(value) == 0.0 for value in others)


def test_hours_and_knocks_stand_there_where_there_are_any() -> None:
    run = fake_results(["nothing"], replicates=4, groups=2, days=90)
    first = run.daily[run.daily["day"] == 0].iloc[::2]
    place = first[["arm", "world", "replicate"]].assign(group=0, day=0)
    calls, noted = place.assign(minutes_calls=90.0), place.assign(**{f"n_knocks_{name}": 200 for name in BY_DOOR})
    meta = run.meta | {"arms": {"nothing": {"world": run.daily["world"].iloc[0], "operator": {"wage": 40.0}}}}
    known = {"bounty": pd.DataFrame(calls), "knocks": pd.DataFrame(noted)}
    told = channels(Measured(Results(run.daily, run.spells, run.groups, mechanisms=known, meta=meta)), "en")
    plain = channels(Measured(run), "en")
    added = [name for name in told["head"] if name not in plain["head"]]
    assert added == ["at the door", "of them came", "hours to bring them", "per member who stayed, with hours (CNY)",
                     "per buyer, with hours (CNY)"]  # fmt: skip
    invited = next(row["cells"] for row in told["rows"] if "invited" in row["label"])
    assert [invited[k]["value"] for k in (0, 9)] == ["200", "1.50"]
    assert float(invited[10]["value"]) > 0.0


def test_no_limit_of_a_count_is_below_nothing() -> None:
    """By a rare door one came into one of three communities: the interval of the mean would begin at −1.1."""
    run = fake_results(["nothing"], replicates=3, groups=2, days=90)
    rare = run.spells["channel"].to_numpy() == "invited"
    rare[np.flatnonzero(rare)[:1]] = False
    few = Results(run.daily, run.spells[~rare].reset_index(drop=True), run.groups, meta=run.meta)
    rows = {row["label"]: row["cells"][0] for row in channels(Measured(few), "en")["rows"]}
    (invited,) = (cell for label, cell in rows.items() if "invited" in label)
    assert invited["value"] == "0.33"
    assert invited["interval"].startswith("0 … ")
