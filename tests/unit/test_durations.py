"""What tests take: an unknown test is quick once, notes do not jump, and quick keeps its budget whatever there is."""

from __future__ import annotations

import pytest

from tests.durations import LEAST, LIKE, limit, of_files, processor, read, renewed

FILE = "tests/test_a.py"


def test_the_cheapest_are_quick_as_far_as_the_budget_goes() -> None:
    notes = {FILE: {"": 1.0, "test_a": 0.5, "test_b": 2.0, "test_c": 3.0}}
    tests = [f"{FILE}::test_{one}" for one in "abcd"]  # d is unknown
    assert [limit(notes, tests, budget) for budget in (100.0, 6.5)] == [float("inf")] * 2
    for budget, quick in ((6.4, "ab"), (3.4, "a"), (1.4, "")):
        assert [one for one in "abc" if notes[FILE][f"test_{one}"] <= limit(notes, tests, budget)] == list(quick)


def test_an_unknown_test_is_noted_by_any_run() -> None:
    for is_whole in (True, False):
        assert renewed({}, {f"{FILE}::test_a": 9.0, f"{FILE}::test_b": 0.01}, is_whole) == {
            FILE: {"test_a": 9.0, "": 0.0}
        }


def test_who_comes_first_after_a_change_is_not_slow_for_good() -> None:
    notes = {FILE: {"test_a": 0.08}}
    notes = renewed(notes, {f"{FILE}::test_a": 40.0}, True)
    assert notes == {FILE: {"test_a": pytest.approx(0.08 * LIKE)}}
    assert renewed({FILE: {"test_a": 40.0}}, {f"{FILE}::test_a": 0.08}, True) == {FILE: {"test_a": 0.08}}
    assert renewed({FILE: {"test_a": 40.0}}, {f"{FILE}::test_a": LEAST / 2}, False) == {}
    near = {FILE: {"test_a": 1.0, "": 2.0}}
    assert renewed(near, {f"{FILE}::test_a": 1.3, f"{FILE}::test_b": 0.04}, False) == near


def test_what_is_gone_is_forgotten_by_a_whole_run_and_kept_by_others() -> None:
    notes = {FILE: {"test_a": 1.0, "test_b": 1.0, "": 0.3}, "tests/gone.py": {"test_c": 1.0}}
    took = {f"{FILE}::test_a": 1.0}
    assert renewed(notes, took, True) == {FILE: {"test_a": 1.0}}
    assert renewed(notes, took, False) == notes
    assert of_files(notes) == {FILE: 2.3, "tests/gone.py": 1.0}


def test_the_notes_of_this_project_can_be_read() -> None:
    assert sum(of_files(read()).values()) > 10.0


def test_work_is_counted_and_waiting_is_not() -> None:
    before = processor()
    sum(range(3_000_000))
    assert processor() > before
