"""Means with 95 % intervals over communities, the independent units; Holm's correction for many comparisons."""

from __future__ import annotations

import numpy as np

CONFIDENCE = 0.95


def t_interval(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Mean, low, high and n down the first axis (communities) of ``values``, leaving out NaN.

    mean ± t(0.975, n − 1) · sd / √n. With one value low and high are NaN: one community says nothing about others.
    """
    raise NotImplementedError


def holm(p: np.ndarray) -> np.ndarray:
    """Holm's step-down correction of p values (NaN stay NaN): p(i) · (m − i + 1), made monotone, at most 1."""
    raise NotImplementedError
