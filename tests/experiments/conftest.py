"""A place for study files of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scenarios.config import catalog


@pytest.fixture
def conf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A conf/ of one's own, with a place for study files."""
    place = tmp_path / "conf"
    shutil.copytree(catalog.CONF, place)
    monkeypatch.setattr(catalog, "CONF", place)
    return place / "study"
