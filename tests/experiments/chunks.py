"""A made-up chunk of a store."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.outcomes import OUTCOMES
from sim.data.store.chunks import Notes, encode
from sim.data.store.identity import canonical, run_id

__all__ = ["NOTES", "chunk"]

NOTES = Notes(canonical({"seed": 1, "days": 30}), "m", {"study": "s", "world": "w", "arm": "a"}, {}, 1.5, "now")


def chunk(first: int = 0, n: int = 3) -> tuple[list[str], bytes]:
    """Ids and bytes of a made-up chunk: replicate r has r + 1 groups."""
    replicates = range(first, first + n)
    outcomes = pd.DataFrame({"replicate": replicates, **{name: np.arange(n) + first + 0.1 for name in OUTCOMES}})
    rows = [(r, g, 10 * r + g, g == 0, None if g == 0 else "silent") for r in replicates for g in range(r + 1)]
    lives = pd.DataFrame(rows, columns=["replicate", "group", "lifetime", "censored", "cause"])
    ids = [run_id(NOTES.config, NOTES.model, r) for r in replicates]
    return ids, encode(ids, outcomes, lives, NOTES)
