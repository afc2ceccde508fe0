"""The compiled lane: the same rules by Numba over rows."""
