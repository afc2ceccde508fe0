"""A small search."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.experiments.mistakes import file_of

__all__ = ["GOOD", "OVER", "written"]

OVER: dict[str, Any] = {
    "strategies.red_packet.amount": {"low": 0.5, "high": 50, "scale": "log"},
    "strategies.red_packet.shares": {"low": 2, "high": 50},
    "strategies.red_packet.occasion": "declared",
}
GOOD: dict[str, Any] = {
    "title": {"en": "Packets", "zh": "红包"},
    "question": {"en": "Which?", "zh": "哪个？"},
    "world": ["scenario=pet_owners"],
    "base": ["strategy=red_packet"],
    "over": OVER,
    "objectives": {"lifetime": "maximise", "cost": "minimise"},
    "constraints": {"cost": {"at_most": 500}},
    "trials": 3,
    "seeds": 2,
    "fresh_seeds": 2,
    "days": 40,
}


def written(conf: Path, search: object) -> str:
    """Write a search as mine.yaml and return its name."""
    return file_of(conf, "search", search)
