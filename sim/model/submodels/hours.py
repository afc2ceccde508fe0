"""When people look at their phone: four daily profiles, drawn by inversion from a table.

Profiles: early bird, office, student, night owl. The hourly weights are an assumption in the shape of published daily
curves of messaging: low at night, peaks at noon and in the evening.
"""

from __future__ import annotations

import numpy as np

from sim.engine.rule import inlined

__all__ = ["PROFILES", "look_minute"]

PROFILES = (
    (1, 1, 0, 0, 1, 4, 9, 10, 8, 7, 6, 6, 8, 6, 5, 5, 6, 7, 8, 8, 6, 4, 2, 1),
    (1, 0, 0, 0, 0, 1, 3, 7, 8, 5, 5, 6, 10, 7, 5, 5, 5, 7, 8, 9, 10, 9, 6, 3),
    (3, 1, 0, 0, 0, 0, 2, 5, 5, 5, 6, 7, 9, 7, 5, 5, 6, 7, 8, 9, 10, 11, 10, 7),
    (9, 6, 3, 1, 0, 0, 0, 1, 2, 4, 5, 6, 7, 7, 6, 6, 6, 6, 7, 8, 9, 10, 11, 11),
)
_STEPS = 128


def _quantiles() -> np.ndarray:
    """Minute of the day at each of ``_STEPS + 1`` quantiles, per profile."""
    shares = np.array(PROFILES, dtype=float)
    cumulative = np.concatenate([np.zeros((4, 1)), np.cumsum(shares, axis=1)], axis=1) / shares.sum(1)[:, None]
    at = np.linspace(0.0, 1.0, _STEPS + 1)
    ramp = np.arange(25) * 1e-9  # strictly rising, for inversion
    return np.array([np.interp(at, row + ramp, np.arange(25) * 60.0) for row in cumulative])


_MINUTE = _quantiles()


@inlined
def look_minute(profile: int, u: float) -> float:
    """Minute of the day of a look, for a person of a profile (0 … 3)."""
    place = u * _STEPS
    i = int(place)
    low, high = float(_MINUTE[profile, i]), float(_MINUTE[profile, i + 1])  # plain numbers: NumPy's own are slow
    return min(1439.0, low + (place - i) * (high - low))
