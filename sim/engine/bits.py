"""Two things with bits that a processor does in one or a few instructions, and compiled code therefore too.

>>> lowest_bit(0b1000)
3
>>> bin(equal_places([7, 5, 5, 7, 0, 0, 0, 0], 5))
'0b110'
"""

from __future__ import annotations

from typing import Any

from sim.engine.rule import HAS_NUMBA

__all__ = ["equal_places", "lowest_bit"]


def lowest_bit(word: int) -> int:
    """Place of the lowest bit that is set in a number above 0."""
    return (int(word) & -int(word)).bit_length() - 1


def equal_places(numbers: Any, wanted: int) -> int:
    """One bit for each place of 8 to 16 numbers of 32 bits, set where the number is ``wanted``; compared all at once.

    A loop that stops at the place stops somewhere else each time, and the processor guesses wrong.
    """
    return sum(1 << k for k, number in enumerate(numbers) if number == wanted)


if HAS_NUMBA:  # what it is in compiled code
    import sim.engine.compiled.bits  # noqa: F401
