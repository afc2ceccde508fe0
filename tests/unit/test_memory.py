"""Memory is estimated from the declared rows before anything is played; what does not fit is refused with a cure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scenarios import compose
from scenarios.__main__ import main
from scenarios.config.sections import all_knobs
from scenarios.errors import ConfigError
from scenarios.execution import memory
from scenarios.execution.memory import check_play, check_workers
from scenarios.scenario import Scenario
from sim import simulate
from sim.data import memory as estimate
from sim.data.memory import TooLarge, check_fits, state_bytes
from sim.engine.free_memory import available
from sim.replication import memory_of
from sim.simulation import Engine
from tests.walking import said

GB = 10**9
CITY = ["population=city", "replicates=100"]


@pytest.mark.parametrize(
    "words",
    [
        ["population=small"],
        ["population.groups=7", "population.seats=33", "population.spare_groups=3",
         "strategy=[red_packet,checkin,fixed_time,paid_entry]"],
        ["scenario=deals", "roles.connectors=0.2", "market.idle_reachable=1"],
    ],
)  # fmt: skip
def test_the_world_is_counted_as_it_is_allocated(words: list[str]) -> None:
    """A table added to the state, or a column to a row, is in the estimate or this fails."""
    scenario = compose(words)
    engine = Engine(scenario, "compiled", 1)
    there = {name: table.nbytes for name, table in engine.state._asdict().items() if name != "calls"}
    there["recorder"] = engine.recorder._raw.nbytes
    there["mechanisms"] = sum(table.nbytes for own in engine.in_play.own.values() for table in own)
    thought = state_bytes(scenario)
    assert thought.keys() == there.keys()
    for name, size in there.items():
        assert thought[name] == pytest.approx(size, rel=0.01), name


@pytest.mark.parametrize("record", ["counts", "spells", "messages"])
def test_the_results_are_of_about_that_size(record: str) -> None:
    scenario = compose(["population=small", "replicates=4", "days=90", f"record={record}"])
    there = sum(frame.memory_usage().sum() for frame in simulate(scenario).tables.values())
    assert 0.5 < memory_of(scenario).results / there < 2.0


def test_more_replicates_need_more_results_and_no_more_world() -> None:
    one, many = (memory_of(compose(["population=city", f"replicates={n}"])) for n in (1, 10))
    assert many.results == 10 * one.results
    assert many.world == one.world > 2 * GB
    rows = state_bytes(compose(["population=small"]))["members"]
    assert memory_of(compose(["population=small", "lane=mesa"])).world > 5 * rows


def test_a_city_a_hundred_times_is_refused_with_number_and_cure() -> None:
    with pytest.raises(ConfigError) as error:
        check_play([compose(CITY)], has=16 * GB)
    message = str(error.value)
    assert "replicates=100 of 10,000 groups with 500 seats" in message
    assert "16.0 GB are free" in message
    assert "store=outputs/store" in message
    assert len(message.splitlines()) <= 3
    fit = int(message.split("replicates=")[2].split()[0])
    check_play([compose(["population=city", f"replicates={fit}"])], has=16 * GB)
    with pytest.raises(ConfigError):
        check_play([compose(["population=city", f"replicates={fit + 1}"])], has=16 * GB)
    with pytest.raises(ConfigError) as error:
        check_play([compose(CITY)], has=2 * GB)  # not even one
    assert "would fit" not in str(error.value)
    assert "store=" not in str(error.value)


def test_arms_are_counted_together() -> None:
    arm = compose(["population=small", "replicates=100"])
    check_play([arm], has=GB)
    check_play([arm] * 7, has=4 * GB)  # the demo
    with pytest.raises(ConfigError, match="40 arms of replicates=100 take about"):
        check_play([arm] * 40, has=GB)


def test_workers_are_counted_together() -> None:
    city = compose(["population=city"])
    check_workers([city], workers=2, has=16 * GB)
    with pytest.raises(ConfigError, match="workers=3 would fit"):
        check_workers([compose([]), city], workers=8, has=16 * GB)
    with pytest.raises(ConfigError, match="say chunk=1 workers=1"):
        check_workers([city], workers=1, chunk=50, has=16 * GB)
    with pytest.raises(ConfigError, match="replicates=1 of 10,000 groups"):
        check_workers([city], workers=1, has=GB)


@pytest.mark.parametrize(
    "words",
    [["run", *CITY], ["run", *CITY, "days=3000", "store=STORE"], ["study", "study=group_size", "population=city"],
     ["study", "study=group_size", "population=city", "plan=true"], ["demo", "--out", "STORE"]],
)  # fmt: skip
def test_the_commands_say_so_before_they_play(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(memory, "available", lambda: GB // 2)
    monkeypatch.setattr("sim.simulation.Engine.__init__", lambda *_, **__: pytest.fail("it was played"))
    monkeypatch.chdir(tmp_path)
    assert main([word.replace("STORE", str(tmp_path / "s")) for word in words]) == 2
    message = capsys.readouterr().err
    assert "of memory" in message
    assert "0.5 GB are free" in message
    assert len(message.splitlines()) <= 3


def test_whoever_calls_simulate_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estimate, "available", lambda: GB)
    with pytest.raises(TooLarge, match=r"1\.0 GB are free"):
        simulate(compose(CITY))
    monkeypatch.setattr(estimate, "available", lambda: None)  # a system that does not tell
    check_fits(memory_of(compose(CITY)), compose(CITY))


def at_most(name: str, knob: object) -> Scenario:
    """The default world once, with one knob at its largest value."""
    strategy = [said(name.split(".")[1])] if name.startswith("strategies.") else []
    once = [] if name == "replicates" else ["replicates=1"]
    high = np.format_float_positional(knob.high, trim="-")  # type: ignore[attr-defined]
    return compose([*strategy, *once, f"{name}={high}"])


SIZES = ["replicates", "days", "threads", "population.groups", "population.seats", "population.spare_groups",
         "market.people_per_seat", "roles.kols", "roles.moderators"]  # fmt: skip


@pytest.mark.parametrize("name", SIZES)
def test_the_largest_value_of_a_knob_is_one_that_a_machine_can_play(name: str) -> None:
    scenario = at_most(name, all_knobs()[name])
    check_workers([scenario], workers=1, has=8 * GB)
    if name != "replicates":
        check_play([scenario], has=8 * GB)


def system(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_what_there_is(tmp_path: Path) -> None:
    meminfo = "MemTotal: 9000 kB\nMemAvailable:    5000 kB\n"
    assert available(system(tmp_path / "a", proc__meminfo=meminfo)) == 5_120_000
    two = {"sys__fs__cgroup__memory_dot_max": "4000000\n", "sys__fs__cgroup__memory_dot_current": "3000000\n",
           "sys__fs__cgroup__memory_dot_stat": "anon 1\ninactive_file 500000\n"}  # fmt: skip
    assert available(system(tmp_path / "b", proc__meminfo=meminfo, **two)) == 1_500_000
    assert available(system(tmp_path / "c", proc__meminfo=meminfo, **two | {
        "sys__fs__cgroup__memory_dot_max": "max\n"})) == 5_120_000  # fmt: skip
    one = {"sys__fs__cgroup__memory__memory.limit_in_bytes": "4000000",
           "sys__fs__cgroup__memory__memory.usage_in_bytes": "1000000"}  # fmt: skip
    assert available(system(tmp_path / "d", proc__meminfo=meminfo, **one)) == 3_000_000
