"""What a fit says, as tables: each number before and after, and the log among logs simulated with what is left of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sim.analysis.fit.posterior import Posterior
from sim.analysis.fit.prior import Prior
from sim.analysis.fit.recovery import ENDS, HALF
from sim.analysis.fit.summaries import as_read

__all__ = ["LITTLE", "checks_table", "numbers_table"]

LITTLE = 0.8
"""Share of the range up to which the 90 % interval tells a little."""


def numbers_table(prior: Prior, posterior: Posterior) -> pd.DataFrame:
    """One row a parameter: key, range before (``low``, ``high``), quantiles as values (q05, q25, q50, q75, q95) and as
    shares of the range (u05 …), ``width`` of the 90 % interval as such a share, and what the log tells: ``told`` is
    ``well`` (at most half the range), ``little`` or ``not``."""
    shares = posterior.quantiles(ENDS)
    rows = []
    for one, u in zip(prior.parameters, shares, strict=True):
        width = float(u[4] - u[0])
        names = [f"{round(100 * end):02d}" for end in ENDS]
        rows.append({
            "key": one.key, "low": one.low, "high": one.high,
            **{f"q{name}": value for name, value in zip(names, one.value(u), strict=True)},
            **{f"u{name}": value for name, value in zip(names, u, strict=True)},
            "width": width, "told": "well" if width <= HALF else "little" if width <= LITTLE else "not",
        })  # fmt: skip
    return pd.DataFrame(rows)


def checks_table(own: Mapping[str, float], drawn: Sequence[Mapping[str, float]]) -> pd.DataFrame:
    """One row a summary that the log has, and that is not the same everywhere: its value, median and 90 % interval of the
    simulated logs (in the units of its label), how many of them have it, ``at`` (the log's place in half widths of that
    interval from its middle), and whether it lies ``inside``."""
    rows = []
    for name, value in own.items():
        found = np.array([one.get(name, np.nan) for one in drawn], np.float64)
        found = found[np.isfinite(found)]
        if not np.isfinite(value) or len(found) < len(drawn) / 2:
            continue
        if (found == value).all():  # nothing to measure, here and there
            continue
        low, middle, high = np.quantile(found, [0.05, 0.5, 0.95])
        half = max((high - low) / 2, 1e-9)
        rows.append({
            "summary": name, "log": as_read(name, value), "median": as_read(name, middle), "low": as_read(name, low),
            "high": as_read(name, high), "n": len(found), "at": float(value - (low + high) / 2) / half,
            "inside": bool(low <= value <= high),
        })  # fmt: skip
    return pd.DataFrame(rows)
