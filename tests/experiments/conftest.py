"""A place for study files of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scenarios.config import catalog
from tests.experiments.calibrations import Played, tuned_file


@pytest.fixture
def conf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A conf/ of one's own, with a place for study files."""
    place = tmp_path / "conf"
    shutil.copytree(catalog.CONF, place)
    monkeypatch.setattr(catalog, "CONF", place)
    return place / "study"


@pytest.fixture
def tuned(tmp_path: Path) -> Path:
    """What a calibration tunes: two numbers."""
    return tuned_file(tmp_path)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Played:
    """In place of the model, in all that a calibration plays."""
    made = Played()
    for module in ("searching", "confirming", "drawing"):
        monkeypatch.setattr(f"scenarios.experiments.calibration.{module}.measured", made.measured)
    monkeypatch.setattr("scenarios.experiments.calibration.calibrate.facts_of", made.facts_of)
    return made
