"""Ratios of sums by community, undefined where there is nothing to divide by."""

from __future__ import annotations

import numpy as np

__all__ = ["ratio"]


def ratio(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """top ÷ bottom, element by element; NaN where bottom is not above 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(bottom > 0, top / bottom, np.nan)
