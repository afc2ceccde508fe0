"""What a shelf makes of runs that lack a column: counted as 0, left out, or refused, but never lost without a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from scenarios.experiments.tables import Shelf
from sim.analysis.registry import OUTCOMES, complete, counted
from sim.data.store import Store, StoreError
from sim.engine.declarations import daily
from sim.engine.mechanism import Mechanism
from tests.experiments.chunks import chunk


@pytest.fixture
def bells() -> Iterator[type[Mechanism]]:
    """A mechanism that counts something, known during a test."""

    class Bells(Mechanism):
        """Rings."""

        title = ("Bells", "铃")

        class group:
            n_rings: int = daily("rings", "铃响次数")

    complete()
    yield Bells
    Mechanism.known.pop(Bells.name(), None)
    complete()


def shelf(store: Store, ids: list[str]) -> Shelf:
    """One cell of one arm, of which these are the runs."""
    study = SimpleNamespace(seeds=len(ids), arms={"a": ()}, worlds={"w": ()})
    cell = SimpleNamespace(arm="a", world="w", runs=lambda replicates: [ids[k] for k in replicates])
    return Shelf(cast("Any", study), cast("Any", [cell]), store)


def test_outcomes_of_a_mechanism_go_with_it(bells: type[Mechanism]) -> None:
    assert "n_rings" in OUTCOMES
    del Mechanism.known[bells.name()]
    assert "n_rings" not in counted()
    assert "n_rings" not in OUTCOMES
    assert "lifetime" in OUTCOMES


def test_a_mechanism_that_is_gone_hides_no_run(bells: type[Mechanism], tmp_path: Path) -> None:
    """Someone edits their plugin beside an open page: runs played since then lack a column that nobody asks for."""
    del Mechanism.known[bells.name()]
    complete()
    ids, data = chunk()
    OUTCOMES["n_rings"] = OUTCOMES["messages"]  # as if it was still remembered
    with Store(tmp_path) as store:
        store.put(data)
        table = shelf(store, ids).outcomes()
    assert table["replicate"].tolist() == [0, 1, 2]
    assert "n_rings" not in table


def test_a_mechanism_that_was_not_in_play_counted_nothing(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    ids, data = chunk()
    request.getfixturevalue("bells")
    with Store(tmp_path) as store:
        store.put(data)
        found = shelf(store, ids)
        assert len(found.outcomes()) == 3
        assert found.daily().empty  # was not kept


def test_runs_without_an_outcome_that_all_have_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.delitem(OUTCOMES, "trust")
        ids, data = chunk()
    with Store(tmp_path) as store:
        store.put(data)
        with pytest.raises(StoreError, match="without trust, which every run has now"):
            shelf(store, ids).outcomes()
