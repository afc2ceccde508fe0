"""The hash of :mod:`sim.engine.luck` in machine arithmetic, for compiled code.

Python's integers do not wrap at 64 bits and Numba's do, so this one text exists twice; ``tests/laws/test_luck.py``
compares the two over random keys.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numba.extending import overload

from sim.engine import luck
from sim.engine.rule import INNER

_U = np.uint64
_WHO, _ABOUT = _U(luck._WHO), _U(luck._ABOUT)
_M1, _M2 = _U(luck._M1), _U(luck._M2)
_SCALE = luck._SCALE
_LOW = _U(0xFFFFFFFF)
_P0, _P1 = _U(0xD2511F53), _U(0xCD9E8D57)
_W0, _W1 = _U(0x9E3779B9), _U(0xBB67AE85)


@numba.njit(**INNER, forceinline=True)
def _mix(z: Any) -> Any:
    z = (z ^ (z >> _U(30))) * _M1
    z = (z ^ (z >> _U(27))) * _M2
    return z ^ (z >> _U(31))


@numba.njit(**INNER)
def _philox(key: Any, who: Any, about: Any) -> Any:
    c0, c1, c2, c3 = who & _LOW, who >> _U(32), about & _LOW, about >> _U(32)
    k0, k1 = key & _LOW, key >> _U(32)
    for _ in range(10):
        product0, product1 = _P0 * c0, _P1 * c2
        c0, c1, c2, c3 = (
            (product1 >> _U(32)) ^ c1 ^ k0,
            product1 & _LOW,
            (product0 >> _U(32)) ^ c3 ^ k1,
            product0 & _LOW,
        )
        k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return (c1 << _U(32)) | c0


@numba.njit(**INNER)
def _second_half(key: Any, philox: Any, who: Any, half: Any, purpose: Any, about: Any) -> float:
    what = (_U(about) << _U(8)) + _U(purpose)
    h = _philox(key, _U(who), what) if philox else _mix(half + what * _ABOUT)
    return (np.float64(h >> _U(12)) + 0.5) * _SCALE


@numba.njit(**INNER)
def _draw(key: Any, philox: Any, who: Any, purpose: Any, about: Any) -> float:
    return _second_half(key, philox, who, _mix(key + _U(who) * _WHO), purpose, about)


@overload(luck.uniform, jit_options=INNER)
def _uniform(world: Any, who: Any, purpose: Any, about: Any) -> Any:
    def implementation(world: Any, who: Any, purpose: Any, about: Any) -> float:
        return _draw(world.day_key, world.is_philox, who, purpose, about)

    return implementation


@overload(luck.todays, jit_options=INNER)
def _todays(world: Any, who: Any) -> Any:
    def implementation(world: Any, who: Any) -> Any:
        return _mix(world.day_key + _U(who) * _WHO)

    return implementation


@overload(luck.drawn, jit_options=INNER)
def _drawn(half: Any, world: Any, who: Any, purpose: Any, about: Any) -> Any:
    def implementation(half: Any, world: Any, who: Any, purpose: Any, about: Any) -> float:
        return _second_half(world.day_key, world.is_philox, who, half, purpose, about)

    return implementation


@overload(luck.lasting, jit_options=INNER)
def _lasting(world: Any, who: Any, purpose: Any, about: Any) -> Any:
    def implementation(world: Any, who: Any, purpose: Any, about: Any) -> float:
        return _draw(world.seed_key, world.is_philox, who, purpose, about)

    return implementation
