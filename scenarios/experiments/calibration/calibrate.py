"""``shequn calibrate``: search, choose an ensemble, draw what is assumed, measure before and after on fresh luck."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
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
from scenarios.experiments.calibration.drawing import Drawn, assumed, drawn
from scenarios.experiments.calibration.journal import Journal, Trial
from scenarios.experiments.calibration.playing import facts_of, keyed, unplayable
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
    search has not seen; ``chosen`` are the sets of the ensemble, ``draws`` the same with what was drawn for them (None:
    they fit with no draw); ``n_again`` trials were rated anew, and ``n_fit`` of them fit as well as the best;
    ``is_whole``: every start had all its trials.
    """

    asked: Asked
    tuning: Tuning
    known: pd.DataFrame
    before: pd.DataFrame
    after: pd.DataFrame
    trials: tuple[Trial, ...]
    best: Trial
    chosen: tuple[Trial, ...]
    draws: tuple[Drawn | None, ...]
    n_again: int
    n_fit: int
    n_assumed: int
    seconds: float
    is_whole: bool

    @property
    def kept(self) -> list[Drawn]:
        """The sets of the ensemble."""
        return [one for one in self.draws if one is not None]

    def sets(self, rows: list[Row], **loss: float) -> dict[str, Any]:
        """Sets as a file for ``world=`` holds them, and how they came about."""
        asked = self.asked
        made = {"by": "shequn calibrate", "starts": asked.starts, "trials": len(self.trials), "seed": asked.seed,
                "communities": asked.communities, "again": asked.again, "within": self.tuning.within,
                **{name: round(value, 6) for name, value in loss.items()}, "rules": rules_version()}  # fmt: skip
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
        before = _of_today(asked)
        known = _told(before)
        with Tasks(asked.workers) as tasks:
            is_whole = search(asked, tuning, known, journal, tasks, began + asked.hours * _HOUR, tell)
            trials = [one for start in range(asked.starts) for one in journal.of(start)]
            played = confirmed(asked, tuning, known, trials, journal, tasks, tell)
            well = fit_as_well(played, tuning)
            chosen = _chosen(asked, tuning, known, well, journal, tasks, tell)
        best, after = _best_of(asked, tuning, [one for _, one in well])
        n_again = sum((one.stage, one.communities) == ("again", asked.again) for one in journal.trials.values())
        return Calibrated(asked, tuning, known, before, after, tuple(trials), best, *chosen, n_again, len(well),
                          len(assumed([one.knob for one in tuning.tuned])),
                          sum(one.seconds for one in journal.trials.values()), is_whole)  # fmt: skip


def _chosen(asked: Asked, tuning: Tuning, known: pd.DataFrame, well: Sequence[tuple[float, Trial]], journal: Journal,
            tasks: Tasks, tell: Tell) -> tuple[tuple[Trial, ...], tuple[Drawn | None, ...]]:  # fmt: skip
    """Sets far from each other that fit with a draw, and those that fit with none, which others take the place of."""
    places = np.array([tuning.places(one.point) for _, one in well])
    tried: dict[int, Drawn | None] = {}
    while True:
        kept = [k for k, one in tried.items() if one]
        more = spread_out(places, asked.ensemble - len(kept), tuning.apart, kept, list(tried))
        if not more:
            return tuple(well[k][1] for k in tried), tuple(tried.values())
        draws = drawn(asked, tuning, known, [well[k][1] for k in more], len(tried), well[0][0] + tuning.within, journal,
                      tasks, tell)  # fmt: skip
        tried |= dict(zip(more, draws, strict=True))


def _best_of(asked: Asked, tuning: Tuning, well: Sequence[Trial]) -> tuple[Trial, pd.DataFrame]:
    """The best set that can be played on a third luck, and its facts there."""
    for one in well:
        try:
            return one, facts_of(asked.again, asked.seed + 2, row=tuning.row(one.point))
        except unplayable():
            continue
    raise UserError(f"none of the {len(well)} sets that fit could be played in {asked.again} communities of seed "
                    f"{asked.seed + 2}; give another again=")  # fmt: skip


def _of_today(asked: Asked) -> pd.DataFrame:
    """The facts of the rules as they are, on the third luck."""
    try:
        return facts_of(asked.again, asked.seed + 2)
    except unplayable() as error:
        raise UserError(f"the rules as they are cannot be played in {asked.again} communities of seed {asked.seed + 2} "
                        f"({error}); give another seed=") from error  # fmt: skip


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
