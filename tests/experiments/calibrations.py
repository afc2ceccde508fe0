"""Calibrations that play no model: a small table of what is tuned, and numbers that follow from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.config.ensemble import Row
from scenarios.experiments.calibration.playing import Measured
from sim.analysis.facts.targets import band_text, targets
from sim.simulation import Overflow

__all__ = ["Played", "tuned_file"]

TWO = """
[loss]
pull = 0.05
within = {within}
apart = {apart}

[[tuned]]
knob = "mind.reply"
low = 0.01
high = 1.0
scale = "log"
facts = ["K5"]

[[tuned]]
knob = "scenario.talk"
world = "tech_channel"
low = 0.1
high = 0.9
facts = ["K4"]
"""


def tuned_file(folder: Path, apart: float = 0.02, within: float = 0.1) -> Path:
    """The table, with so much between two sets of an ensemble, and between a set's loss and the best one's."""
    path = folder / "tuned.toml"
    path.write_text(TWO.format(apart=apart, within=within), "utf-8")
    return path


class Played:
    """In place of the model: K5 is the reply, K4's parts follow the talk; counts what is asked of it."""

    def __init__(self) -> None:
        self.calls: list[Row] = []
        self.stop_at: int | None = None
        self.breaks: set[int] = set()
        self.unlucky = 0.0  # how much less is answered on any luck but that of the search
        self.lucks: list[tuple[int, int]] = []
        self.explodes_from = 99  # seeds from which no set can be played

    def measured(self, row: Row, communities: int, seed: int) -> Measured:
        """In place of playing a set."""
        if self.stop_at is not None and len(self.calls) >= self.stop_at:
            raise KeyboardInterrupt
        self.calls.append(row)
        self.lucks.append((communities, seed))
        if seed >= self.explodes_from:
            return Measured({}, 0.5)
        reply, talk = row.values["mind.reply"], row.worlds["tech_channel"]["scenario.talk"]
        unanswered = 0.9 if row.factors and len(self.calls) in self.breaks else 0.25 + reply
        unanswered += self.unlucky * (seed > 1) * (unanswered < 0.5)
        return Measured({"K5.unanswered": unanswered, "K4.gini": 0.5 + talk / 2, "K4.top10": 0.7}, 0.5)

    def facts_of(
        self, communities: int, seed: int, more: Any = (), row: Row | None = None, draws: int = 300
    ) -> pd.DataFrame:
        """In place of the facts of a set."""
        known = targets()
        keys = [f"{one['id']}.{one['statistic']}" for one in known.to_dict("records")]
        if row is not None and seed >= self.explodes_from:
            raise Overflow("too many messages")
        values = {"K5.unanswered": 0.9, "K4.gini": 0.2, "K4.top10": 0.7} if row is None else self.measured(
            row, communities, seed).facts  # fmt: skip
        table = known[[key in values for key in keys]].assign(value=[values[key] for key in keys if key in values])
        table = table.rename(columns={"low": "band_low", "high": "band_high"}).assign(low=0.1, high=0.9, n=5)
        table["band"] = [band_text(*ends) for ends in zip(table["band_low"], table["band_high"], strict=True)]
        inside = (table["value"] >= table["band_low"]) & (table["value"] <= table["band_high"])
        return table.assign(passes=inside.astype("boolean")).reset_index(drop=True)
