"""Every verdict on a case turns when its data turn."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.experiment.case_verdict import VERDICTS, Reported, bands, of_case, of_measure

EVEN = np.linspace(0.0, 100.0, 1001)
"""Communities spread evenly: the middle 80 % are 10 to 90, the middle 95 % are 2.5 to 97.5."""


@pytest.mark.parametrize(("low", "high", "nothing", "word"), [
    (50, 50, 5, "agrees"), (50, 50, 20, "cannot_tell"), (89, 89, 5, "agrees"), (92, 92, 5, "cannot_tell"),
    (97, 97, 5, "cannot_tell"), (98, 98, 5, "disagrees"), (-9, 2, 200, "disagrees"), (95, np.inf, 5, "cannot_tell"),
    (30, 60, 5, "agrees"), (40, 200, 5, "agrees"), (60, 200, 5, "cannot_tell"), (55, 85, 5, "agrees"),
    (80, np.inf, 5, "cannot_tell"), (45, np.inf, 5, "agrees"), (-np.inf, 12, 95, "cannot_tell"),
    (-np.inf, 55, 95, "agrees"),
])  # fmt: skip
def test_each_verdict(low: float, high: float, nothing: float, word: str) -> None:
    assert of_measure(EVEN, Reported(low, high, nothing)) == word


def test_never_is_infinite_and_undefined_is_left_out() -> None:
    never = np.full(40, np.inf)
    assert of_measure(never, Reported(0, 60, np.inf)) == "disagrees"
    assert of_measure(np.concatenate([EVEN, [np.nan] * 500]), Reported(50, 50, 5)) == "agrees"
    assert of_measure(np.concatenate([EVEN, [np.nan] * 1500]), Reported(50, 50, 5)) == "cannot_tell"  # of too few
    assert of_measure(np.full(4, np.nan), Reported(0, 1, 2)) == "cannot_tell"
    assert bands(np.arange(10.0)) == (0, 1, 5, 8, 9)
    assert bands(np.concatenate([np.full(50, 3.0), never]))[2:] == (3.0, np.inf, np.inf)


def test_what_is_not_told_may_decide() -> None:
    assert of_case("agrees", {"few": "agrees", "many": "disagrees"}) == "depends"
    assert of_case("cannot_tell", {"few": "agrees", "many": "disagrees"}) == "depends"
    assert of_case("agrees", {"few": "cannot_tell"}) == "depends"
    assert of_case("agrees", {"few": "cannot_tell"}, here="cannot_tell") == "agrees"  # too few communities to see it
    assert of_case("disagrees", {}) == "disagrees"


def test_what_holds_by_construction_is_called_so_only_where_it_holds() -> None:
    assert of_case("agrees", {}, by_construction=True) == "by_construction"
    assert of_case("disagrees", {}, by_construction=True) == "disagrees"
    assert of_case("agrees", {"x": "disagrees"}, by_construction=True) == "depends"
    assert {"agrees", "depends", "by_construction"} <= set(VERDICTS)
