"""Luck is uniform, independent between neighbouring keys, the same in both lanes; Philox is Philox.

Every statistical check draws a fixed stretch of keys, so it never turns red by itself. Had the stretch been chosen by
chance, a perfect source would fail one check in a million (``ALARM``).
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.engine import luck
from sim.engine.compiled import luck as luck_compiled
from sim.engine.luck import PURPOSES, day_key, seed_key, uniforms

ALARM = 1e-6
N = 100_000
KEY = day_key(seed_key(7, 3), 11)


@numba.njit
def compiled_draw(key: Any, philox: Any, who: Any, purpose: Any, about: Any) -> Any:
    return luck_compiled._draw(key, philox, who, purpose, about)


@numba.njit
def through_rules(world: Any, who: Any, about: Any) -> Any:
    in_two = luck.drawn(luck.todays(world, who), world, who, 7, about)
    return luck.uniform(world, who, 7, about), luck.lasting(world, who, 7, about), in_two


words = st.integers(0, 2**64 - 1)
people = st.integers(0, 2**31 - 1)
purposes = st.integers(1, len(PURPOSES))
abouts = st.integers(0, 2**50)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(key=words, philox=st.integers(0, 1), who=people, purpose=purposes, about=abouts)
def test_python_and_compiled_code_draw_the_same(key: int, philox: int, who: int, purpose: int, about: int) -> None:
    assert luck._draw(key, philox, who, purpose, about) == compiled_draw(np.uint64(key), philox, who, purpose, about)


@pytest.mark.parametrize("philox", [0, 1])
def test_rules_draw_with_the_day_and_without(philox: int) -> None:
    row = np.zeros(1, dtype=[("seed_key", "u8"), ("day_key", "u8"), ("is_philox", "i4")])
    row[0] = (2**64 - 3, KEY, philox)
    world = SimpleNamespace(seed_key=2**64 - 3, day_key=KEY, is_philox=philox)
    drawn = luck.drawn(luck.todays(world, 5), world, 5, 7, 9)
    expected = luck.uniform(world, 5, 7, 9), luck.lasting(world, 5, 7, 9), drawn
    assert through_rules(row[0], 5, 9) == expected
    assert expected[0] != expected[1]
    assert expected[0] == expected[2]


@settings(max_examples=200, derandomize=True, deadline=None)
@given(key=words, philox=st.integers(0, 1), who=people, about=abouts)
def test_a_draw_in_two_steps_is_the_draw_in_one(key: int, philox: int, who: int, about: int) -> None:
    world = SimpleNamespace(seed_key=0, day_key=key, is_philox=philox)
    assert luck.drawn(luck.todays(world, who), world, who, 7, about) == luck.uniform(world, who, 7, about)


@pytest.mark.parametrize("philox", [False, True])
def test_whole_arrays_are_the_same_draws(philox: bool) -> None:
    keys = np.array([KEY, 0, 2**64 - 1], dtype=np.uint64)
    who = np.array([0, 17, 2**31 - 1])
    one_by_one = [luck._draw(int(k), int(philox), int(w), 4, 99) for k, w in zip(keys, who, strict=True)]
    assert uniforms(keys, who, 4, 99, philox=philox).tolist() == one_by_one


def test_the_numbers_lie_inside_the_unit_interval() -> None:
    """The least and the greatest hash give numbers strictly between 0 and 1, so that ln u and ln(1 − u) exist."""
    for h in (0, 2**64 - 1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(luck, "_mix", lambda z, h=h: h)
            assert 0.0 < luck._draw(1, 0, 1, 1, 1) < 1.0


def draws(axis: str, n: int = N, start: int = 0) -> np.ndarray:
    """``n`` numbers whose keys are neighbours along one part of the key."""
    at = np.arange(start, start + n)
    if axis == "who":
        return uniforms(np.full(n, KEY, np.uint64), at, 5, 3)
    if axis == "day":
        keys = np.array([day_key(seed_key(7, 3), int(day)) for day in at], dtype=np.uint64)
        return uniforms(keys, np.full(n, 12), 5, 3)
    if axis == "replicate":
        keys = np.array([day_key(seed_key(7, int(r)), 11) for r in at], dtype=np.uint64)
        return uniforms(keys, np.full(n, 12), 5, 3)
    if axis == "about":
        return np.array([luck._draw(KEY, 0, 12, 5, int(about)) for about in at])
    assert axis == "purpose"
    per = len(PURPOSES)
    columns = [uniforms(np.full(n // per + 1, KEY, np.uint64), np.arange(n // per + 1), p + 1) for p in range(per)]
    return np.stack(columns, axis=1).ravel()[:n]


AXES = ["who", "day", "replicate", "about", "purpose"]


@pytest.mark.parametrize("axis", AXES)
def test_uniform_along_every_part_of_the_key(axis: str) -> None:
    u = draws(axis)
    assert stats.kstest(u, "uniform").pvalue > ALARM
    assert stats.chisquare(np.bincount((u * 256).astype(int), minlength=256)).pvalue > ALARM
    low_bits = (u * 2**52).astype(np.int64) & 255
    assert stats.chisquare(np.bincount(low_bits, minlength=256)).pvalue > ALARM


@pytest.mark.parametrize("lag", [1, 2, 64])
@pytest.mark.parametrize("axis", AXES)
def test_neighbours_are_independent(axis: str, lag: int) -> None:
    u = draws(axis)
    cells = (u[:-lag] * 16).astype(int) * 16 + (u[lag:] * 16).astype(int)
    assert stats.chisquare(np.bincount(cells, minlength=256)).pvalue > ALARM
    assert abs(np.corrcoef(u[:-lag], u[lag:])[0, 1]) * np.sqrt(N) < stats.norm.isf(ALARM / 2)


def test_runs_up_and_down_have_the_right_number() -> None:
    """Turning points of independent numbers: mean 2 (n − 2) / 3, variance (16 n − 29) / 90."""
    for axis in AXES:
        u = draws(axis)
        turns = int((np.diff(u[:-1]) * np.diff(u[1:]) < 0).sum())
        z = (turns - 2 * (N - 2) / 3) / np.sqrt((16 * N - 29) / 90)
        assert abs(z) < stats.norm.isf(ALARM / 2), axis


@pytest.mark.parametrize("part", ["key", "who", "purpose", "about"])
def test_avalanche(part: str) -> None:
    """Each flipped bit of the key flips each of the 52 bits of the number with probability one half."""
    width, trials = {"key": 64, "who": 31, "purpose": 5, "about": 40}[part], 400
    rng = np.random.default_rng(5)
    flips = np.zeros((width, 52))
    for _ in range(trials):
        given_ = {"key": int(rng.integers(2**63)), "who": int(rng.integers(2**31)), "purpose": int(rng.integers(1, 32)),
                  "about": int(rng.integers(2**40))}
        before = bits(given_)
        for bit in range(width):
            flips[bit] += before != bits(given_ | {part: given_[part] ^ (1 << bit)})
    z = (flips - trials / 2) / np.sqrt(trials / 4)
    assert np.abs(z).max() < stats.norm.isf(ALARM / flips.size / 2)


def bits(given_: dict[str, int]) -> np.ndarray:
    """The 52 bits of one number."""
    number = int(luck._draw(given_["key"], 0, given_["who"], given_["purpose"], given_["about"]) * 2**52)
    return (number >> np.arange(52)) & 1


def test_purposes_have_numbers_of_their_own() -> None:
    assert [getattr(luck, name) for name in PURPOSES] == list(range(1, len(PURPOSES) + 1))
    assert len(PURPOSES) < 256  # a purpose has eight bits of the key


Words = tuple[int, ...]

# Known answers of Philox 4x32-10 from Random123 (Salmon et al. 2011): counter, key, the first two words of the answer.
PHILOX = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E)),
    ((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0), (0xD16CFE09, 0x94FDCCEB)),
]


@numba.njit
def compiled_philox(key: Any, who: Any, about: Any) -> Any:
    return luck_compiled._philox(key, who, about)


@pytest.mark.parametrize(("counter", "key", "answer"), PHILOX)
def test_philox_gives_its_known_answers(counter: Words, key: Words, answer: Words) -> None:
    wide = key[0] | key[1] << 32, counter[0] | counter[1] << 32, counter[2] | counter[3] << 32
    expected = answer[0] | answer[1] << 32
    assert luck._philox(*wide) == expected
    assert int(compiled_philox(*(np.uint64(word) for word in wide))) == expected
