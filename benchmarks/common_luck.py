"""Does common luck pay? Communities needed for the same interval with common luck, and with luck of its own per arm.

Common luck: both arms under one seed. Independent luck: the same two arms under different seeds, paired by their number
alone. d is the difference of replicate r in both cases; the gain is var(d independent) / var(d common), its interval
from drawing whole communities. ``ceiling`` is what perfect correlation could reach, (s_a² + s_b²) / (s_a − s_b)²: where
a strategy changes how much communities differ, no pairing can cancel that part.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.harness import composed, peak_gb
from sim.analysis.experiment.asked import Floats
from sim.analysis.experiment.effects import smallest_relevant
from sim.analysis.experiment.precision import seeds_needed
from sim.analysis.experiment.resample import limits, weights
from sim.analysis.outcomes import outcomes
from sim.replication import simulate

__all__ = ["AIM", "compare", "measure"]

AIM = 5.0
WORLD = ["scenario=pet_owners", "population=small"]
PAIRS = [("group_cap", "nothing"), ("paid_entry", "nothing"), ("red_packet", "nothing"), ("fixed_time", "nothing"),
         ("fixed_time", "irregular_time")]  # fmt: skip
SHOWN = ("lifetime", "alive", "member_messages", "advert_share", "buyers", "revenue_per_member")
SEED = 11


def measure(quick: bool) -> dict[str, Any]:
    """Every pair of arms, every outcome shown."""
    n, size = (12, ["population.groups=2", "population.seats=30", "days=60"]) if quick else (300, ["days=180"])
    arms = sorted({arm for pair in PAIRS for arm in pair})
    overrides = [*WORLD, *size, f"replicates={n}", "threads=2", "record=spells"]
    common = {arm: _play(overrides, arm, SEED) for arm in arms}
    own = {arm: _play(overrides, arm, SEED + 1 + k) for k, arm in enumerate(arms)}
    rows = []
    for arm, other in PAIRS:
        for name in SHOWN:
            four = (common[arm], common[other], own[arm], own[other])
            sides = (side[name].to_numpy(dtype=np.float64) for side in four)
            rows.append({"arm": arm, "reference": other, "outcome": name, **compare(name, *sides)})
    return {"scenario": overrides, "seeds": [SEED, len(arms)], "n": n, "aim": AIM, "rows": rows, "peak_gb": peak_gb()}


def _play(overrides: list[str], arm: str, seed: int) -> pd.DataFrame:
    """Outcomes of one arm under one seed, by replicate."""
    return outcomes(simulate(composed([*overrides, f"strategy=[{arm}]", f"seed={seed}"]))).sort_values("replicate")


def compare(name: str, a: Floats, b: Floats, own_a: Floats, own_b: Floats) -> dict[str, float | None]:
    """Spread of the difference with common (a, b) and with independent luck (own_a, own_b), and what that costs."""
    together, apart = a - b, own_a - own_b
    known = ~np.isnan(together + apart)
    a, b, together, apart = (x[known] for x in (a, b, together, apart))
    w = weights(len(a))
    low = high = math.nan
    with np.errstate(invalid="ignore", divide="ignore"):
        gain = apart.var() / together.var()
        if together.var() > 0:
            low, high = (float(side) for side in limits(_variance(w, apart) / _variance(w, together)))
        ceiling = (a.var() + b.var()) / (a.std() - b.std()) ** 2
        correlation = np.corrcoef(a, b)[0, 1]
    half = smallest_relevant(name, float(b.mean())) / 2
    needed = {key: seeds_needed(float(d.std(ddof=1)), half) if half else math.nan
              for key, d in (("needed", together), ("needed_own", apart))}  # fmt: skip
    told = {"gain": gain, "low": low, "high": high, "ceiling": ceiling, "correlation": correlation, **needed}
    return {**{key: _finite(value) for key, value in told.items()}, "half_width": half, "n": len(a)}


def _finite(value: float) -> float | None:
    """JSON knows neither infinity (arms without any difference) nor NaN."""
    return float(value) if math.isfinite(value) else None


def _variance(w: Floats, x: Floats) -> Floats:
    centred = x - x.mean()
    found: Floats = w @ centred**2 / len(x) - (w @ centred / len(x)) ** 2
    return found
