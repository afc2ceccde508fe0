"""A made-up study of more arms than a picture can hold, of several families."""

from __future__ import annotations

import pandas as pd

from scenarios.config import catalog
from scenarios.reports.remarks import notes_of
from sim.analysis.experiment.findings import Findings, Notes
from sim.analysis.weeks import weeks
from tests.fakes import fake_results
from tests.studies import Ask, fake_study

__all__ = ["MANY", "many_found", "many_study"]

MANY = ("nothing", *(name for name in catalog.strategies() if name != "nothing"))[:15]
DAYS, COMMUNITIES = 60, 5


def many_study(arms: tuple[str, ...] = MANY) -> tuple[Ask, pd.DataFrame, pd.DataFrame, Notes, pd.DataFrame]:
    """Study, outcomes, lifetimes, notes and weeks."""
    study, outcomes, lifetimes = fake_study(arms, replicates=COMMUNITIES, days=DAYS)
    played = fake_results(arms, replicates=COMMUNITIES, groups=4, days=DAYS)
    notes = notes_of(("pet_owners", arm, {"strategies": {arm: {"use": arm}}}) for arm in arms)
    return study, outcomes, lifetimes, notes, weeks(played.daily)


def many_found(arms: tuple[str, ...] = MANY) -> Findings:
    """What it says."""
    return Findings(*many_study(arms))
