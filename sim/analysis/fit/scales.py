"""Scales on which logs are compared: shares as square roots, distributions by their quantiles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.analysis.logs.talk import Bools, Floats

__all__ = ["QUARTERS", "quantiles", "share"]

QUARTERS = (0.1, 0.25, 0.5, 0.75, 0.9)


def quantiles(name: str, x: Floats, at: Sequence[float] = QUARTERS) -> dict[str, float]:
    """``name.50`` and so on of what is finite; NaN where nothing is."""
    x = x[np.isfinite(x)]
    values = np.quantile(x, at) if len(x) else np.full(len(at), np.nan)
    return {f"{name}.{round(100 * q)}": float(value) for q, value in zip(at, values, strict=True)}


def share(hits: Bools) -> float:
    """Square root of a share; NaN of nothing."""
    return float(np.sqrt(np.mean(hits))) if len(hits) else float("nan")
