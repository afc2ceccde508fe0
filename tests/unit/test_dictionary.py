"""Every column that is written is described, and nothing else is; outcomes say how they are worked out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from docs.build import TABLES
from scenarios import compose
from scenarios.__main__ import main
from scenarios.config.sections import all_knobs
from scenarios.experiments.search.searches import _tables
from scenarios.experiments.sensitivity.sensitivities import table_of
from scenarios.reports.log_report import write_folder
from scenarios.reports.study_report import write_study_report
from sim import simulate
from sim.analysis.dictionary import KINDS, Table, definition, tables
from sim.analysis.logs.reading import read_messages
from sim.analysis.logs.summary import summarise
from sim.analysis.registry import OUTCOMES, complete
from sim.data.frames import DTYPES, frame_of
from sim.data.results import Results
from sim.data.spreadsheet import to_csv
from sim.mechanisms import mechanisms
from tests.searched import fake_search
from tests.studies import fake_study
from tests.unit.test_sensitivity_report import analysis

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small run of some mechanisms that count, written to a folder with everything kept."""
    words = ["scenario=pet_owners", "population.groups=1", "population.seats=20", "population.founders=8",
             "replicates=1", "days=4", "record=messages", "operator.advert_yuan_base=1",
             "strategy=[red_packet,checkin,cull,advert_ban]"]  # fmt: skip
    return simulate(compose(words), lane="mesa").write(tmp_path_factory.mktemp("run") / "it")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a study that leaves each strategy out, so that every table is there."""
    folder = tmp_path_factory.mktemp("study")
    arms = ("all", "without red_packet", "without paid_entry")
    names = ("lifetime", "revenue", "buyers", "cost", "host_hours", "cost_with_hours", "profit", "profit_with_hours")
    asked, outcomes, lifetimes = fake_study(arms, replicates=4, days=60, names=names)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scenarios.reports.study_report.pictures", lambda *given: [])
        asked = replace(asked, reference="all")
        object.__setattr__(asked, "varied", ("strategy",))
        write_study_report(asked, outcomes, lifetimes, folder)
    for name, table in (("outcomes", outcomes), ("lifetimes", lifetimes)):
        (folder / f"{name}.csv").write_text(to_csv(table), "utf-8")
    return folder


def written(folder: Path, ending: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """The tables in a folder by name."""
    read: Callable[[Path], pd.DataFrame] = pd.read_parquet if ending == "parquet" else pd.read_csv
    yield from ((path.name.removesuffix(f".{ending}"), read(path)) for path in sorted(folder.glob(f"*.{ending}")))


def check(name: str, frame: pd.DataFrame, more: set[str] = frozenset()) -> Table:  # type: ignore[assignment]
    """No column without a description, no description without a column; but for ``more``, told in general."""
    described = tables()[name]
    columns = [column.name for column in described.columns]
    assert len(set(columns)) == len(columns)
    optional = set(OUTCOMES) if name == "outcomes" else set()  # a mechanism's are there where it was in play
    assert (set(frame.columns) - set(columns) - more, set(columns) - set(frame.columns) - optional) == (set(), set())
    assert bool(more) == bool(described.also) or name in ("outcomes", "tradeoff")
    return described


def kind_of(column: pd.Series) -> str:
    """What a column holds, from its type."""
    if isinstance(column.dtype, pd.CategoricalDtype) or column.dtype == object:
        return "text"
    if pd.api.types.is_bool_dtype(column):
        return "yes/no"
    if pd.api.types.is_datetime64_any_dtype(column):
        return "time"
    return "whole number" if pd.api.types.is_integer_dtype(column) else "number"


def test_the_tables_of_a_run_are_described_with_their_types(run: Path) -> None:
    found = dict(written(run, "parquet"))
    counted = {f"mechanism.{name}" for name in ("advert_ban", "paid_adverts", "red_packet", "structure",
               "tasks", "offers")}  # fmt: skip
    assert set(found) == {*Results.__dataclass_fields__, *counted} - {"meta", "mechanisms", "starts", "others"}
    for name, frame in found.items():
        described = check(name, frame)
        kinds = {column.name: column.kind for column in described.columns}
        assert {column: kind_of(frame[column]) for column in frame} == kinds, name


@pytest.mark.parametrize("name", ["starts", "others"])
def test_the_tables_of_running_starts_and_of_others_are_described(name: str) -> None:
    """Made as a run makes it of what the engine hands over: to find a past takes long."""
    made = frame_of(name, "arm", "world", np.zeros(2, DTYPES[name]), {})
    kinds = {column.name: column.kind for column in check(name, made).columns}
    assert {column: kind_of(made[column]) for column in made} == kinds


def test_the_tables_of_a_study_are_described(study: Path) -> None:
    found = dict(written(study, "csv"))
    assert set(found) == {"outcomes", "lifetimes", "effects", "best", "lives", "quantiles", "precision", "tradeoff",
                          "returns"}  # fmt: skip
    for name, frame in found.items():
        objectives = {column for column in frame if re.sub("_(low|high)$", "", column) in OUTCOMES}
        check(name, frame, objectives if name == "tradeoff" else set())


def test_the_tables_of_a_search_are_described() -> None:
    made = fake_search()
    knobs = {axis.key for axis in made.search.axes}
    for name, frame in _tables(made).items():
        check(name, frame, knobs)


def test_the_table_of_a_sensitivity_analysis_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.analysis.experiment.sensitivity.DRAWS", 3)
    made = replace(analysis("morris"), n=2, seeds=2)
    pytest.importorskip("SALib")
    from sim.analysis.experiment.sensitivity import cube

    points = cube(made.method, made.knobs, made.n, made.seed)
    rows = [{"arm": f"point {n}", "replicate": r, "lifetime": n + r, "advert_share": 0.1 * n}
            for n in range(made.points) for r in range(made.seeds)]  # fmt: skip
    check("indices", table_of(made, points, pd.DataFrame(rows)))


def test_the_tables_of_a_log_are_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenarios.reports.log_report.PICTURES", {})
    write_folder(summarise(read_messages(ROOT / "tests" / "data" / "rooms_extract.parquet")), tmp_path)
    assert {name for name, frame in written(tmp_path, "csv") if check(name, frame)} == {"facts", "numbers"}
    assert [name for name, frame in written(tmp_path, "parquet") if check(name, frame)] == ["daily"]


def test_the_view_of_runs_is_described() -> None:
    from sim.data.store.query import _RUNS

    columns = re.findall(r"\b[rmc]\.(\w+)", _RUNS.split("FROM")[0].split("SELECT")[1])
    assert sorted(column.name for column in tables()["runs"].columns) == sorted(columns)


def test_every_description_is_whole() -> None:
    for table in tables().values():
        assert table.where, table.name
        assert table.about[-1] in ".?", table.name
        for column in table.columns:
            assert column.kind in KINDS, (table.name, column.name)
            assert len(column.meaning) > 3, (table.name, column.name)


def test_every_outcome_says_how_it_is_worked_out_from_columns_there_are() -> None:
    complete()
    known = {column.name for table in tables().values() for column in table.columns} | {*mechanisms()}
    known |= {name.rpartition(".")[2] for name in all_knobs()}
    counted = {name for one in mechanisms().values() for name in one.columns("group", "daily")}
    for name, one in OUTCOMES.items():
        meaning, equation = definition(one)
        assert equation, name
        assert meaning.endswith(".") or name in counted, name
        named = re.findall(r"\b\w+_\w+\b", equation)
        assert [word for word in named if word not in known] == [], name


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("advert_share", ("Σ n_ads ÷ Σ n_messages", "Less of it is better", "share", "outcomes.csv")),
        ("daily", ("n_member_messages", "no host, moderator or shill", "whole number, messages", "daily.parquet")),
        ("spells", ("entry_paid", "number, CNY", "Keep daily counts")),  # the table, and the record of the name
        ("n_ads", ("daily.n_ads", "adverts")),
        ("mechanism.red_packet", ("packet_cost", "number, CNY")),
        ("groups", ("population.groups", "day_died")),  # a knob and a table
    ],
)
def test_outcomes_tables_and_columns_are_explained(
    name: str, says: tuple[Any, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", name]) == 0
    told = capsys.readouterr().out
    assert [part for part in says if part not in told] == []


def test_the_page_is_made_of_the_same_declarations() -> None:
    code = "import sys; sys.path.insert(0, 'docs'); import build; sys.stdout.reconfigure(encoding='utf-8'); " \
           "sys.stdout.write(build.tables_page())"  # in a process of its own: other tests declare mechanisms here
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}).stdout  # fmt: skip
    assert TABLES.read_text("utf-8") == made  # else: make docs
    assert "| `n_ads` | whole number | messages | adverts |" in made
