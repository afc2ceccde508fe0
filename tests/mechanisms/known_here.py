"""Mechanisms that a test file declares for itself: nobody else knows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sim.engine.mechanism import Mechanism

__all__ = ["known_here"]


def known_here(*own: type[Mechanism]) -> Any:
    """A fixture under which these mechanisms are known during each test of a file, and at no other time."""
    for one in own:
        del Mechanism.known[one.name()]  # declaring them made them known

    @pytest.fixture(autouse=True)
    def known() -> Iterator[None]:
        Mechanism.known.update({one.name(): one for one in own})
        yield
        for one in own:
            Mechanism.known.pop(one.name(), None)

    return known
