"""The place of the lowest bit that is set: in compiled code one processor instruction.

>>> lowest_bit(0b1000)
3
"""

from __future__ import annotations

from sim.engine.rule import HAS_NUMBA

__all__ = ["lowest_bit"]


def lowest_bit(word: int) -> int:
    """Place of the lowest bit that is set in a number above 0."""
    return (int(word) & -int(word)).bit_length() - 1


if HAS_NUMBA:  # what it is in compiled code
    import sim.engine.compiled.bits  # noqa: F401
