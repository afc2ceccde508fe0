"""``shequn calibrate``: search, choose an ensemble, draw what is assumed, measure before and after on fresh luck."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.config import catalog
from scenarios.config.ensemble import Row
from scenarios.errors import UserError
from scenarios.execution.tasks import Tasks
from scenarios.experiments.calibration.confirming import confirmed, fit_as_well
from scenarios.experiments.calibration.drawing import assumed, drawn
from scenarios.experiments.calibration.journal import Journal, Trial
from scenarios.experiments.calibration.playing import facts_of, keyed
from scenarios.experiments.calibration.searching import Asked, Tell, search, spread_out
from scenarios.experiments.calibration.tuned import FILE, Tuning, read_tuning
from scenarios.experiments.cells import rules_version
from scenarios.experiments.search.explore import alone
from scenarios.experiments.validation import DAYS, WORLDS, scenario_for
from sim.analysis.facts import targets as measures
from sim.analysis.facts.targets import targets
from sim.data.store.identity import model_version

__all__ = ["JOURNAL", "Calibrated", "calibrate"]

JOURNAL = "journal.jsonl"
_HOUR = 3600.0


@dataclass(frozen=True, eq=False)
class Calibrated:
    """What came of it. ``before`` and ``after`` are the facts of today's rules and of the best set, on luck that the
    search has not seen; ``chosen`` are the sets of the ensemble, ``rows`` the same with their draws (None: no draw kept
    the facts); ``losses`` are theirs on fresh luck; ``n_again`` trials were played again there, and ``n_fit`` of them
    fit as well as the best; ``is_whole``: every start had all its trials.
    """

    asked: Asked
    tuning: Tuning
    known: pd.DataFrame
    before: pd.DataFrame
    after: pd.DataFrame
    trials: tuple[Trial, ...]
    losses: tuple[float, ...]
    best: Trial
    chosen: tuple[Trial, ...]
    rows: tuple[Row | None, ...]
    n_again: int
    n_fit: int
    n_assumed: int
    seconds: float
    is_whole: bool

    @property
    def kept(self) -> list[Row]:
        """The sets of the ensemble."""
        return [row for row in self.rows if row is not None]

    def sets(self, rows: list[Row], loss: float) -> dict[str, Any]:
        """Sets as a file for ``world=`` holds them, and how they came about."""
        asked = self.asked
        made = {"by": "shequn calibrate", "starts": asked.starts, "trials": len(self.trials), "seed": asked.seed,
                "communities": asked.communities, "again": asked.again, "within": self.tuning.within,
                "best_loss": round(loss, 6), "rules": rules_version()}  # fmt: skip
        return {"made": made, "sets": [row.as_dict() for row in rows]}


def calibrate(asked: Asked, folder: Path, tell: Tell = lambda what, n: None, path: Path = FILE) -> Calibrated:
    """Search for ``asked.hours`` at most, going on where the journal in ``folder`` ends; then rate the best on luck
    ``seed + 1``, choose, and measure on ``seed + 2``.

    Raises
    ------
    UserError
        The folder holds the journal of another calibration, or somebody is at work on it.
    """
    began, tuning = time.monotonic(), read_tuning(path)
    with alone(folder / JOURNAL, "out="):
        journal = Journal(folder / JOURNAL, _about(asked, path))
        before = facts_of(asked.again, asked.seed + 2)
        known = _told(before)
        with Tasks(max(1, min(asked.workers, asked.starts))) as tasks:
            is_whole = search(asked, tuning, known, journal, tasks, began + asked.hours * _HOUR, tell)
            trials = [one for start in range(asked.starts) for one in journal.of(start)]
            played = confirmed(asked, tuning, known, trials, journal, tasks, tell)
            if not played:
                raise UserError(f"no set could be played in the time (tried: {len(trials)}); the same command with "
                                "more hours= or trials= goes on")  # fmt: skip
            well = fit_as_well(played, tuning)
            far = spread_out(np.array([tuning.places(one.point) for _, one in well]), tuning.apart)
            rows: list[Row | None] = []
            while (lacking := asked.ensemble - sum(row is not None for row in rows)) and len(rows) < len(far):
                some = [well[k][1] for k in far[len(rows) : len(rows) + lacking]]  # in the place of those left out
                rows += drawn(asked, tuning, known, some, len(rows), journal, tasks, tell)
            losses, chosen = zip(*(well[k] for k in far[: len(rows)]), strict=True)
        after = facts_of(asked.again, asked.seed + 2, row=tuning.row(well[0][1].point))
        return Calibrated(asked, tuning, known, before, after, tuple(trials), losses, well[0][1], chosen, tuple(rows),
                          len(played), len(well), len(assumed([one.knob for one in tuning.tuned])),
                          sum(one.seconds for one in journal.trials.values()), is_whole)  # fmt: skip


def _told(table: pd.DataFrame) -> pd.DataFrame:
    """The targets of what is measured: a fact that no run tells can be missed by no set."""
    known, told = targets(), {keyed(row) for row in table.to_dict("records")}
    return known[[keyed(row) in told for row in known.to_dict("records")]].reset_index(drop=True)


def _about(asked: Asked, path: Path) -> Mapping[str, Any]:
    """What all trials of a journal share."""
    home = Path(measures.__file__).parent
    files = [path, home / "facts.toml", *(catalog.file_of("scenario", scenario_for(world)) for world in WORLDS)]
    numbers = hashlib.sha256("\n".join(one.read_text("utf-8") for one in files).encode()).hexdigest()[:16]
    return {"numbers": numbers, "rules": rules_version(), "measures": model_version(home.glob("*.py")),
            "days": json.dumps(DAYS, sort_keys=True), "communities": asked.communities, "seed": asked.seed}  # fmt: skip
