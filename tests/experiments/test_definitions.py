"""A study has the runs of its latest definition: no other horizon, luck, settings or rules under the same name."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.experiments.single_runs import study_of
from sim.analysis.outcomes import OUTCOMES
from sim.data.store import Store
from sim.data.store.chunks import Notes, encode
from sim.data.store.identity import canonical, run_ids
from sim.data.store.members import Enrolment, Member
from tests.experiments.shelves import GOOD, written

SMALL = ("population.groups=2", "population.seats=20")


def config(days: int = 30, **more: object) -> str:
    return canonical({"seed": 1, "days": days, **more})


def cell(arm: str, days: int = 30, model: str = "m", **more: object) -> Member:
    return Member("w", arm, config(days, arm_dose=arm, **more), model)


def enrol(store: Store, *cells: Member, seeds: int = 3, definition: str = "d", whole: bool = True) -> None:
    store.ledger.enrol(Enrolment("s", definition, cells, seeds, whole))


def members(store: Store) -> dict[tuple[str, int], str]:
    return {(arm, r): run for arm, r, run in store.ledger._rows("SELECT arm, replicate, run FROM members")}


def of(one: Member, seeds: int) -> dict[tuple[str, int], str]:
    return {(one.arm, r): run for r, run in enumerate(run_ids(one.config, one.model, range(seeds)))}


def chunk(one: Member, n: int, made: str, definition: str) -> bytes:
    labels = {"study": "s", "world": "w", "arm": one.arm, "definition": definition}
    outcomes = pd.DataFrame({"replicate": range(n), **{name: np.arange(n) + 0.5 for name in OUTCOMES}})
    lives = pd.DataFrame({"replicate": range(n), "group": 0, "lifetime": 9, "censored": False, "cause": "silent"})
    return encode(run_ids(one.config, one.model, range(n)), outcomes, lives, Notes(one.config, one.model, labels, {},
                                                                                   1.0, made))  # fmt: skip


@pytest.mark.parametrize("other", [{"days": 60}, {"model": "n"}, {"seats": 9}])
def test_a_changed_cell_loses_all_it_had(tmp_path: Path, other: dict[str, object]) -> None:
    with Store(tmp_path) as store:
        enrol(store, cell("a", **other), cell("b"), seeds=5)  # type: ignore[arg-type]
        enrol(store, cell("a"), cell("b"), seeds=2)
        assert members(store) == of(cell("a"), 2) | of(cell("b"), 5)


def test_fewer_seeds_lose_nothing(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        enrol(store, cell("a"), cell("b"), seeds=20)
        enrol(store, cell("a"), cell("b"), cell("c"), seeds=6)
        assert members(store) == of(cell("a"), 20) | of(cell("b"), 20) | of(cell("c"), 6)


def test_an_arm_taken_out_goes_and_comes_back(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        enrol(store, cell("a"), cell("b"))
        enrol(store, cell("a"))
        assert members(store) == of(cell("a"), 3)
        enrol(store, cell("a"), cell("b"))
        assert members(store) == of(cell("a"), 3) | of(cell("b"), 3)


def test_parts_add_up_until_what_they_share_changes(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        enrol(store, cell("a"), whole=False)
        enrol(store, cell("b"), whole=False)
        assert members(store) == of(cell("a"), 3) | of(cell("b"), 3)
        enrol(store, cell("c", days=60), whole=False, definition="e")
        assert members(store) == of(cell("c", days=60), 3)


def test_other_studies_are_left_alone(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.ledger.enrol(Enrolment("t", "d", [cell("a", days=60)], 1, True))
        enrol(store, cell("a"))
        assert Counter(study for (study,) in store.ledger._rows("SELECT study FROM members")) == {"s": 3, "t": 1}


def test_a_chunk_does_not_bring_an_old_definition_back(tmp_path: Path) -> None:
    """Of two plays at once, or of one that was killed, the later definition counts."""
    with Store(tmp_path) as store:
        enrol(store, cell("a"), seeds=2)
        store.put(chunk(cell("a", days=60), 4, "2020-01-02", "e"))
        assert members(store) == of(cell("a"), 2)


@pytest.mark.parametrize("newest", [30, 60, 90, 120])
def test_a_lost_ledger_is_made_again_by_age(tmp_path: Path, newest: int) -> None:
    """Whatever the hashes of the files are: four definitions, each the newest once, wins."""
    with Store(tmp_path) as store:
        for days in (30, 60, 90, 120):
            made = "2021-01-01" if days == newest else f"2020-01-{days // 30:02}"
            store.put(chunk(cell("a", days), 2 + days // 30, made, str(days)))
            store.put(chunk(cell(f"b{days}", days), 1, made, str(days)))
    for path in tmp_path.glob("ledger.sqlite*"):
        path.unlink()
    with Store(tmp_path) as store:
        assert store.adopted == 8
        assert members(store) == of(cell("a", newest), 2 + newest // 30) | of(cell(f"b{newest}", newest), 1)


def answer(store: Path, sql: str) -> list[tuple[object, ...]]:
    query = pytest.importorskip("sim.data.store.query").query
    return [tuple(row) for row in query(store, sql).itertuples(index=False)]


def test_a_study_is_asked_for(tmp_path: Path, conf: Path) -> None:
    name = written(conf, GOOD | {"arms": {"free": ["strategy=nothing"], "pay": ["strategy=paid_entry"]},
                                 "worlds": {"pets": ["scenario=pet_owners"]}, "reference": "free"})  # fmt: skip
    words = ["study", f"study={name}", *SMALL, f"store={tmp_path}", "runner=serial", "report=false"]
    sql = "select arm, days, seed, count(*)::int n from outcomes where study='mine' group by all order by all"
    assert main([*words, "days=20", "seeds=3"]) == 0
    assert main([*words, "days=15", "seeds=1"]) == 0
    assert answer(tmp_path, sql) == [("free", 15, 1, 1), ("pay", 15, 1, 1)]
    assert answer(tmp_path, "select count(*)::int from outcomes") == [(8,)]  # the others are there, of no study
    assert main([*words, "days=20", "seeds=3"]) == 0
    assert main([*words, "days=20", "seeds=2"]) == 0
    assert answer(tmp_path, sql) == [("free", 20, 1, 3), ("pay", 20, 1, 3)]
    assert main([*words, "days=20", "seeds=1", "talk.tie_gain=0.3"]) == 0
    assert answer(tmp_path, sql) == [("free", 20, 1, 1), ("pay", 20, 1, 1)]


def test_single_runs_are_asked_for(tmp_path: Path) -> None:
    sql = "select arm, days, count(*)::int n from outcomes where study='run' group by all order by all"
    words = ["run", *SMALL, f"store={tmp_path}"]
    assert main([*words, "days=15", "replicates=2", "strategy=nothing"]) == 0
    assert main([*words, "days=15", "replicates=1", "strategy=paid_entry"]) == 0
    assert answer(tmp_path, sql) == [("nothing", 15, 2), ("paid_entry", 15, 1)]
    assert main([*words, "days=20", "replicates=1", "strategy=paid_entry"]) == 0
    assert answer(tmp_path, sql) == [("paid_entry", 20, 1)]


def test_arms_on_one_line_go_on_where_they_stopped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same tables, the same page as a study's; labels as they were written; more replicates extend."""
    sql = "select arm, count(*)::int n from outcomes where study='run' group by all order by all"
    words = ["run", "arms=nothing; paid_entry.price=5", *SMALL, "days=20", f"store={tmp_path}", "runner=serial"]
    assert main([*words, "replicates=2", "report=false", f"out={tmp_path / 'out'}"]) == 0
    assert "4 runs: 0 were stored, 4 played, 0 failed" in capsys.readouterr().out
    assert main([*words, "replicates=3", f"out={tmp_path / 'out'}"]) == 0
    told = capsys.readouterr().out
    assert "6 runs: 4 were stored, 2 played, 0 failed" in told
    assert "Arms: nothing (the reference" in told
    assert answer(tmp_path, sql) == [("nothing", 3), ("paid_entry.price=5", 3)]
    assert (tmp_path / "out" / "report.html").exists()
    alone = ["run", "strategy=paid_entry", "strategies.paid_entry.price=5", *SMALL, "days=20", f"store={tmp_path}"]
    assert main([*alone, "replicates=3"]) == 0  # the same runs, under another name
    assert "3 runs: 3 were stored, 0 played" in capsys.readouterr().out
    other = ["run", "arms=nothing; red_packet", *words[2:], f"out={tmp_path / 'out'}"]
    assert main([*other, "replicates=1"]) == 2  # another question's page
    assert "already holds run" in capsys.readouterr().err


def test_runs_belong_together_by_what_was_said() -> None:
    from scenarios.config.compose import compose
    from scenarios.experiments.cells import definition

    def one(*said: str) -> str:
        return definition(study_of([compose(list(said))], said=said)[0])

    assert one("strategy=nothing") == one("strategy=paid_entry", "strategies.paid_entry.price=5", "seed=1", "threads=2")
    assert len({one("days=30"), one("days=40"), one("days=30", "seed=2"), one("days=30", "population=small")}) == 4


def test_points_of_a_search_belong_together() -> None:
    pytest.importorskip("optuna")
    from scenarios.experiments.cells import definition
    from scenarios.experiments.search.searches import Searches
    from scenarios.experiments.session import read_words

    def both(*words: str) -> tuple[str, str]:
        search, _ = read_words(Searches(), ["search=packet_dose", *words])
        point = {"trial 3": search.at([0.5] * len(search.axes))}
        return tuple(definition(one.study_of(point)) for one in (search, search.fresh()))  # type: ignore

    assert both("trials=9") == both("trials=5")
    assert both("seeds=4")[0] != both("seeds=5")[0]
    assert both("seeds=4")[1] != both("seeds=5")[1]  # trial 3 may be another point
