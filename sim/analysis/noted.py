"""Numbers of a run's configuration, as it is kept with its results: some measures need to know a knob."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.analysis.panel import Panel

__all__ = ["noted"]


def noted(panel: Panel, arms: Mapping[str, Mapping[str, Any]], section: str, knob: str) -> np.ndarray:
    """A knob in each community's arm and world, (communities,); NaN where it was not kept.

    ``arms`` is ``meta["arms"]``: what differs by arm, called ``arm``, or ``world/arm`` where two worlds share it.
    """
    known = {(notes.get("world"), label.removeprefix(f"{notes.get('world')}/")): _number(notes, section, knob)
             for label, notes in arms.items()}  # fmt: skip
    runs = zip(panel.runs["world"], panel.runs["arm"], strict=True)
    return np.array([known.get(run) for run in runs], dtype=np.float64)[panel.run]


def _number(notes: Mapping[str, Any], section: str, knob: str) -> float | None:
    held = notes.get(section)
    found = held.get(knob) if isinstance(held, Mapping) else None
    return float(found) if isinstance(found, int | float) else None
