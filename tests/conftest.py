"""What every test may rely on: strategies are known by their titles; files with slow tests are begun first."""

from __future__ import annotations

import pytest

from scenarios.config import catalog as catalog

__all__ = ["catalog", "pytest_collection_modifyitems"]

LONGEST = ("test_kill", "test_study_choice", "test_editing", "test_cold_start", "test_tutorials", "test_mesa",
           "test_same_tables", "test_search", "test_strategies")  # fmt: skip
"""Files that take longest, first; with two workers none of them should be left for the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, go on with those that hold slow tests; else the order stays."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}

    def place(item: pytest.Item) -> tuple[int, bool]:
        name = item.path.stem
        return (LONGEST.index(name) if name in LONGEST else len(LONGEST), item.path not in slow)

    items.sort(key=place)
