"""No team of a tournament spends more than the budget, whatever its file asks for; counted here day by day."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios.config import catalog
from scenarios.config.compose import Composer
from scenarios.experiments.cells import cells_of
from scenarios.experiments.tournament.tournament import Tournament
from sim import simulate

SPENDING = ("red_packet", "welfare", "gift_for_invites", "office_hours", "packet_per_invite", "contest")
HOURS, YUAN, DAYS = 0.4, 60.0, 95
RUNS_OVER = 1.05  # an answer that is being written when the time of a day is up is finished


def wild(names: tuple[str, ...]) -> str:
    """A team that has every amount of money as high as its knob goes."""
    nodes = []
    for name in names:
        knobs = catalog.strategies()[name].own_knobs().items()
        doses = ", ".join(f"{key}: {knob.high}" for key, knob in knobs if knob.unit.startswith("CNY"))
        nodes.append(f"  {name}: {{{doses}}}")
    return "\n".join([f"team: {'+'.join(names)[:40]}", "strategies:", *nodes]) + "\n"


def spent(folder: Path, hours: float, yuan: float) -> dict[str, tuple[float, float]]:
    """Of each team the most hours of a day, and the most of its own yuan by the months begun, in any community."""
    said = {"hours": hours, "yuan": yuan, "replicates": 2, "days": DAYS}
    asked = Tournament([str(folder)]).read("tournament", said, ("population.groups=3", "population.seats=40"))
    found = {}
    for cell in cells_of(asked.studies[0], Composer()):
        daily = simulate(cell.scenario.replace(replicates=2)).daily
        by_day = daily.groupby(["replicate", "day"])[["host_minutes", "cost", "revenue"]].sum()
        own = (by_day["cost"] - by_day["revenue"]).unstack("replicate").cumsum()
        months = 1 + own.index.to_numpy() // 30
        most = float((own.to_numpy() / months[:, None]).max())
        found[cell.arm] = float(by_day["host_minutes"].max() / 60.0), most
    return found


@pytest.mark.slow
def test_no_team_spends_more_than_there_is(tmp_path: Path) -> None:
    for number, names in enumerate([*((name,) for name in SPENDING), SPENDING[:3]]):
        (tmp_path / f"{number}.yaml").write_text(wild(names), "utf-8")
    kept, free = spent(tmp_path, HOURS, YUAN), spent(tmp_path, 1_000.0, 1e7)
    assert len(kept) == len(SPENDING) + 2
    table = pd.DataFrame({"hours": [h for h, _ in kept.values()], "yuan": [y for _, y in kept.values()]}, index=[*kept])
    assert (table["yuan"] <= YUAN + 0.01).all(), table
    assert (table["hours"] <= HOURS * RUNS_OVER).all(), table
    beyond = np.array([free[team][1] for team in kept if team != "nothing"])
    assert (beyond > 2 * YUAN).sum() >= 4, free  # who could, would
    assert max(hours for hours, _ in free.values()) > HOURS
