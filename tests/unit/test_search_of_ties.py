"""The search of a tie without branches finds what a loop finds, in both lanes."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import pytest

from agents import ROLES
from sim.engine.bits import equal_places
from sim.engine.objects import Sheet
from sim.engine.rows import row_type
from sim.engine.rule import INNER
from sim.model.membership import MAX_TIES
from sim.model.submodels.ties import place_of, tie_with

ROW = row_type(*ROLES)


@numba.njit(_nrt=False, error_model=INNER["error_model"])
def compiled_search(rows: Any, person: int) -> Any:
    return place_of(rows[0], person), tie_with(rows[0], person)


@numba.njit(_nrt=False, error_model=INNER["error_model"])
def compiled_places(numbers: Any, wanted: int) -> Any:
    return equal_places(numbers, wanted)


def by_a_loop(row: Any, person: int) -> tuple[int, float]:
    for k in range(row["n_ties"]):
        if row["tie_person"][k] == person:
            return k, float(row["tie_strength"][k])
    return -1, 0.0


@pytest.mark.parametrize("n", range(MAX_TIES + 1))
def test_a_tie_is_found_where_a_loop_finds_it(n: int) -> None:
    rng = np.random.default_rng(n)
    rows = np.zeros(1, ROW)
    # Behind the ties stands what was there before, and nothing (0, which is somebody's number too).
    rows["tie_person"][0, : min(MAX_TIES, n + 5)] = rng.permutation(25)[: min(MAX_TIES, n + 5)]
    rows["tie_strength"], rows["n_ties"] = rng.uniform(0.1, 1.0, MAX_TIES), n
    for person in range(25):
        expected = by_a_loop(rows[0], person)
        seat: Any = Sheet("members", rows)[0]  # as the Mesa lane holds a member
        assert (place_of(seat, person), tie_with(seat, person)) == expected
        assert compiled_search(rows, person) == expected


@pytest.mark.parametrize("n", range(8, 17))
def test_equal_places_from_eight_to_sixteen_numbers(n: int) -> None:
    rng = np.random.default_rng(n)
    for _ in range(50):
        numbers = rng.integers(-2, 3, n).astype(np.int32)
        expected = int((1 << np.flatnonzero(numbers == 1)).sum())
        assert equal_places(numbers, 1) == equal_places(numbers.tolist(), 1) == compiled_places(numbers, 1) == expected
