"""A validation that is soon made: one world, shorter than it is measured, beside the extract of real rooms."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from scenarios.experiments import validation
from scenarios.experiments.validation import Validation, validate

__all__ = ["LOG", "ROOMS", "validated"]

LOG = Path(__file__).parent / "data" / "rooms_extract.parquet"
ROOMS = LOG.with_name("rooms_extract_rooms.csv")


@cache
def validated() -> Validation:
    """Three communities of learners over 120 days."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validation, "WORLDS", {"learners": ("learners",)})
        patch.setattr(validation, "DAYS", {"learners": 120})
        return validate(3, 1, str(LOG), str(ROOMS))
