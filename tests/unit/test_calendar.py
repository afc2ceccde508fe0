"""The calendar of looks gives them back in order of time, and those of one time in the order they came in."""

from __future__ import annotations

from collections.abc import Iterator

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine.bits import lowest_bit
from sim.engine.objects import laid_out
from sim.engine.rule import INNER
from sim.model.submodels.conversation_log import (
    BUSY,
    LOOKS,
    MINUTES,
    PLAIN,
    Desk,
    add_look,
    clear,
    done,
    new_desk,
    next_busy,
    wipe_calendar,
)

Look = tuple[float, int]
DESK = new_desk(10, False)


@numba.njit
def compiled_lowest_bit(word: int) -> int:
    return lowest_bit(word)


@numba.njit(_nrt=False, error_model=INNER["error_model"])
def compiled_add(desk: Desk, t: float, slot: int, kind: int) -> None:
    add_look(desk, t, slot, kind)


@numba.njit(_nrt=False, error_model=INNER["error_model"])
def compiled_clear(desk: Desk) -> None:
    clear(desk)


@numba.njit(_nrt=False, error_model=INNER["error_model"])
def compiled_day(desk: Desk, wait: float, out: np.ndarray) -> int:
    """Play a day: every look with an even slot calls for one more, ``wait`` minutes later, with the slot after."""
    n = 0
    minute = next_busy(desk, 0)
    while minute < MINUTES:
        look = np.int64(desk.head[minute])
        while look >= 0:
            desk.head[minute] = look
            t, slot = desk.looks[look]["t"], np.int64(desk.looks[look]["slot"])
            out[n, 0], out[n, 1] = t, slot
            n += 1
            if slot % 2 == 0 and t + wait < MINUTES:
                add_look(desk, t + wait, slot + 1, -1)
            look = np.int64(desk.looks[look]["next"])
        done(desk, minute)
        minute = next_busy(desk, minute // 60)
    return n


def in_order(looks: list[Look], wait: float) -> list[Look]:
    """The same with a list that is sorted anew (and stably) whenever a look comes in."""
    waiting, taken = sorted(looks, key=lambda look: look[0]), []
    while waiting:
        t, slot = waiting.pop(0)
        taken.append((t, slot))
        if slot % 2 == 0 and t + wait < MINUTES:
            waiting = sorted([*waiting, (t + wait, slot + 1)], key=lambda look: look[0])
    return taken


@pytest.fixture(scope="module", params=["plain", "compiled"])
def lane(request: pytest.FixtureRequest) -> Iterator[tuple[object, ...]]:
    if request.param == "plain":
        yield clear, add_look, compiled_day.py_func, laid_out(DESK)
    else:
        yield compiled_clear, compiled_add, compiled_day, DESK


@settings(max_examples=100, derandomize=True, deadline=None)
@given(word=st.integers(1, 2**62), shift=st.integers(0, 61))
def test_the_lowest_bit(word: int, shift: int) -> None:
    word = word >> shift << shift & (2**62 - 1) or 1 << shift
    expected = next(k for k in range(64) if word >> k & 1)
    assert lowest_bit(word) == lowest_bit(np.int64(word)) == compiled_lowest_bit(word) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("case", range(40))
def test_looks_come_in_order_of_time_then_of_coming_in(lane: tuple[object, ...], case: int) -> None:
    wipe, add, play, desk = lane
    rng = np.random.default_rng(case)
    out = np.zeros((400, 2))
    wipe(desk)  # type: ignore[operator]
    step = (0.25, 7.0, 15.0, 60.0, 1440.0)[case % 5]  # many looks at one time, and at the edges of minutes and hours
    times = rng.uniform(0.0, 1440.0 if case % 2 else 90.0, rng.integers(0, 150)) // step * step
    looks = [(float(t), int(rng.integers(0, 1000))) for t in times]
    for t, slot in looks:
        add(desk, t, slot, PLAIN)  # type: ignore[operator]
    wait = float(rng.choice([0.05, 0.25, 15.0, 500.0]))
    n = play(desk, wait, out)  # type: ignore[operator]
    assert [(t, int(slot)) for t, slot in out[:n].tolist()] == in_order(looks, wait)
    assert set(desk.head) == {-1}  # type: ignore[attr-defined]  # nothing is left for the next group
    assert set(desk.n[BUSY:]) == {0}  # type: ignore[attr-defined]
    assert desk.n[LOOKS] == n  # type: ignore[attr-defined]


def test_a_day_that_is_broken_off_leaves_no_look_behind() -> None:
    desk = laid_out(new_desk(10, False))
    for t in (0.0, 59.9, 60.0, 61.5, 61.2, 1439.9):
        add_look(desk, t, 3, PLAIN)
    assert next_busy(desk, 0) == 0
    assert next_busy(desk, 2) == 1439
    wipe_calendar(desk)
    assert next_busy(desk, 0) == MINUTES
    assert set(desk.head) == {-1}
