r"""Keyed luck: chance as a pure function of (seed, who, day, purpose, about), never a sequence.

.. math:: u = \frac{\lfloor h / 2^{12} \rfloor + 1/2}{2^{52}}, \qquad
          h = m(m(k_{day} + w\,K_1) + (a\,2^8 + p)\,K_2)

with *w* the identity of the person (never a row number), *p* the purpose, *a* what the draw is about (a group, a second
of the day, the author and count of a message), :math:`k_{day} = m(k_{seed} + (day + 1) K_3)`, and *m* the finaliser of
SplitMix64 (Stafford's variant 13). So no draw shifts another: two arms of a study meet the same people with the same
moods, members may be processed in any order, and both lanes agree bit for bit.

Philox 4x32-10 (Salmon et al. 2011, *Parallel random numbers: as easy as 1, 2, 3*) stands beside the hash
(``luck=philox``) to show that no answer depends on which of the two is used.
"""

from __future__ import annotations

from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from sim.engine.rule import HAS_NUMBA

__all__ = [
    "PURPOSES", "day_key", "day_keys", "drawn", "lasting", "purpose", "seed_key", "todays", "uniform", "uniforms",
]  # fmt: skip

_MASK = (1 << 64) - 1
_WHO: int = 0x9E3779B97F4A7C15
_ABOUT: int = 0xD1342543DE82EF95
_DAY: int = 0xDA942042E4DD58B5
_M1: int = 0xBF58476D1CE4E5B9
_M2: int = 0x94D049BB133111EB
_SCALE = 2.0**-52  # 52 bits and the half are exact in a double: u never rounds to 1

# What a draw of the model is for; mechanisms name theirs by :func:`purpose`. The number is part of the key: append,
# never renumber.
PURPOSES = (
    "ROLE TALK REPLY NEED MATCH FIT BUDGET ATTENTION DISLIKE COPYING PROFILE GENEROSITY NEED_ENDS FRIEND TRUSTING "
    "KNOCK WHO ENTER VISIT LOOK OPEN KIND ANSWER WHICH NOTICE STAY BUZZ QUALITY SHARE GIVE BUY INVITE ACCEPT MUTE "
    "LEAVE SLOT FOUND TIE CARRY ADVERT PAID SHOCK CHAT HOST_LOOK SECOND LINGER FOLLOW SPLIT MATTER EVENT ROUSE "
    "ASKER NEED_AGAIN"
).split()
(
    ROLE, TALK, REPLY, NEED, MATCH, FIT, BUDGET, ATTENTION, DISLIKE, COPYING, PROFILE, GENEROSITY, NEED_ENDS, FRIEND,
    TRUSTING, KNOCK, WHO, ENTER, VISIT, LOOK, OPEN, KIND, ANSWER, WHICH, NOTICE, STAY, BUZZ, QUALITY, SHARE, GIVE, BUY,
    INVITE, ACCEPT, MUTE, LEAVE, SLOT, FOUND, TIE, CARRY, ADVERT, PAID, SHOCK, CHAT, HOST_LOOK, SECOND, LINGER,
    FOLLOW, SPLIT, MATTER, EVENT, ROUSE, ASKER, NEED_AGAIN,
) = range(1, len(PURPOSES) + 1)  # fmt: skip


def purpose(name: str) -> int:
    """The number of a mechanism's own purpose of drawing, from its name (``"tasks: pay"``): 62 bits of SHA-256.

    So a mechanism needs no place in a list, and another one beside it moves none of its draws. The numbers of the model
    are below 256; that no two purposes meet is tested over all mechanisms.
    """
    return int.from_bytes(sha256(name.encode()).digest()[:8], "big") >> 2


def _mix(z: int) -> int:
    z = ((z ^ (z >> 30)) * _M1) & _MASK
    z = ((z ^ (z >> 27)) * _M2) & _MASK
    return z ^ (z >> 31)


def seed_key(seed: int, replicate: int) -> int:
    """The 64-bit key of one community: of the seed and the number of the replicate."""
    return _mix((_mix((seed + 1) & _MASK) + (replicate + 1) * _WHO) & _MASK)


def day_key(key: int, day: int) -> int:
    """The key of one day of a community whose :func:`seed_key` is ``key``."""
    return _mix((key + (day + 1) * _DAY) & _MASK)


def day_keys(keys: NDArray[np.uint64], day: int) -> NDArray[np.uint64]:
    """:func:`day_key` of many communities."""
    return _mix_array(keys + np.uint64(((day + 1) * _DAY) & _MASK))


def _philox(key: int, who: int, about: int) -> int:
    """64 bits of Philox 4x32 with ten rounds, counter (who, about), key of 64 bits."""
    c0, c1, c2, c3 = who & 0xFFFFFFFF, who >> 32, about & 0xFFFFFFFF, about >> 32
    k0, k1 = key & 0xFFFFFFFF, key >> 32
    for _ in range(10):
        high0, low0 = divmod(0xD2511F53 * c0, 1 << 32)
        high1, low1 = divmod(0xCD9E8D57 * c2, 1 << 32)
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return (c1 << 32) | c0


def _draw(key: int, philox: int, who: int, purpose: int, about: int) -> float:
    if philox:
        return ((_philox(int(key), int(who), (int(about) << 8) + int(purpose)) >> 12) + 0.5) * _SCALE
    return _second_half(key, 0, who, _first_half(key, who), purpose, about)


def _first_half(key: int, who: int) -> int:
    z = (int(key) + int(who) * _WHO) & _MASK  # _mix written out: the Mesa lane calls nothing as often as this
    z = ((z ^ (z >> 30)) * _M1) & _MASK
    z = ((z ^ (z >> 27)) * _M2) & _MASK
    return z ^ (z >> 31)


def _second_half(key: int, philox: int, who: int, half: int, purpose: int, about: int) -> float:
    what = (int(about) << 8) + int(purpose)
    if philox:
        return ((_philox(int(key), int(who), what) >> 12) + 0.5) * _SCALE
    z = (half + what * _ABOUT) & _MASK
    z = ((z ^ (z >> 30)) * _M1) & _MASK
    z = ((z ^ (z >> 27)) * _M2) & _MASK
    return (((z ^ (z >> 31)) >> 12) + 0.5) * _SCALE


def uniform(world, who: int, purpose: int, about: int) -> float:  # type: ignore[no-untyped-def]
    """Today's uniform number in (0, 1) for ``who``, a ``purpose`` of :data:`PURPOSES`, and what it is about (≥ 0)."""
    return _draw(world.day_key, world.is_philox, who, purpose, about)


def todays(world, who: int) -> int:  # type: ignore[no-untyped-def]
    """The half of the hash that is the same for everything somebody does today; :func:`drawn` takes it from there."""
    return _first_half(world.day_key, who)


def drawn(half: int, world, who: int, purpose: int, about: int) -> float:  # type: ignore[no-untyped-def]
    """:func:`uniform` for somebody of whom ``half`` is :func:`todays`: the same number, in half of the time."""
    return _second_half(world.day_key, world.is_philox, who, half, purpose, about)


def lasting(world, who: int, purpose: int, about: int) -> float:  # type: ignore[no-untyped-def]
    """Like :func:`uniform`, but the same on every day: for what a person is, not what they do."""
    return _draw(world.seed_key, world.is_philox, who, purpose, about)


def uniforms(
    keys: NDArray[np.uint64], who: NDArray[np.int64], purpose: int, about: int = 0, *, philox: bool = False
) -> NDArray[np.float64]:
    """Whole arrays of :func:`uniform`: one key and one identity per entry."""
    if philox:
        return np.array([_draw(k, 1, w, purpose, about) for k, w in zip(keys.tolist(), who.tolist(), strict=True)])
    z = keys.astype(np.uint64) + who.astype(np.uint64) * np.uint64(_WHO)
    z = _mix_array(_mix_array(z) + np.uint64((((about << 8) + purpose) * _ABOUT) & _MASK))
    return ((z >> np.uint64(12)).astype(np.float64) + 0.5) * _SCALE


def _mix_array(z: NDArray[np.uint64]) -> NDArray[np.uint64]:
    z = (z ^ (z >> np.uint64(30))) * np.uint64(_M1)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(_M2)
    return z ^ (z >> np.uint64(31))


if HAS_NUMBA:  # the same functions in 64-bit arithmetic, for compiled code
    import sim.engine.compiled.luck  # noqa: F401
