"""The benchmark of advice: what is hidden is hidden, the menu has 576 plans, a small copy goes through and goes on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.advise import ADVISERS, QUICK, measure, summary
from benchmarks.advise_page import told
from benchmarks.advise_worlds import CHANGED, MENU, Extent, folklore, hidden_worlds, menu_of
from benchmarks.page import table
from scenarios.config.ensemble import SHIPPED, known_knob, read_sets
from scenarios.experiments.calibration.ablations import read_ablations


def test_the_menu_has_576_plans() -> None:
    plans = menu_of(MENU)
    assert len(plans) == len(set(plans)) == 8 * 2 + 28 * 4 + 56 * 8 == 576
    assert {move.strategy for plan in plans for move in plan} == set(MENU)
    assert {move.strategy for move in folklore(MENU)} <= set(MENU)


def test_what_is_hidden_is_not_among_what_is_searched() -> None:
    rows = read_sets(SHIPPED)
    seen, hidden = hidden_worlds(rows, Extent())
    assert [sum(one.way == way for one in hidden) for way in ("withheld", "outside", "changed")] == [8, 6, 6]
    assert len(seen) == len(rows) - 8
    assert all(one.row not in seen for one in hidden)
    for one in (one for one in hidden if one.way == "outside"):
        spans = {key: [row.values[key] for row in seen] for key in seen[0].values}
        beyond = [key for key, all_ in spans.items() if not min(all_) <= one.row.values[key] <= max(all_)]
        assert len(beyond) >= 3  # the row that was pushed was kept back itself
        for key in beyond:
            known_knob(key, "here").check(one.row.values[key])
    for one, name in zip((one for one in hidden if one.way == "changed"), CHANGED, strict=True):
        off = dict(text.split("=") for text in read_ablations((name,))[0].off)
        assert all(one.row.values[key] == float(value) for key, value in off.items())
    assert len({(one.situation.kind, one.situation.hours, one.situation.yuan) for one in hidden}) > 8


def aged(record: dict[str, Any]) -> dict[str, Any]:
    """A record of other rules; the second of another search, too, and in the third a number came out otherwise."""
    changes: dict[str, Any] = {"rules": "other", "swept": -1}
    changes |= {"search": "other"} if record["name"].startswith("01") else {}
    changes |= {"best": {**record["best"], "score": 9.0}} if record["name"].startswith("02") else {}
    return record | changes


@pytest.mark.slow
def test_a_small_copy_goes_through_and_goes_on(tmp_path: Path) -> None:
    found = measure(extent=QUICK, folder=tmp_path)
    assert found["plans"] == 8
    assert [one["way"] for one in found["worlds"]] == ["withheld", "outside", "changed"]
    assert found["advisers"].keys() == set(ADVISERS)
    (place,) = tmp_path.iterdir()
    before = {path.name: path.read_bytes() for path in place.glob("*.json")}
    next(place.glob("01_*.json")).unlink()
    assert measure(extent=QUICK, folder=tmp_path) == found
    assert {path.name: path.read_bytes() for path in place.glob("*.json")} == before
    records = [json.loads(path.read_text("utf-8")) for path in sorted(place.glob("0*.json"))]
    for path, record in zip(sorted(place.glob("0*.json")), records, strict=True):
        path.write_text(json.dumps(aged(record)), "utf-8")
    assert measure(extent=QUICK, folder=tmp_path) == found
    again = [json.loads(path.read_text("utf-8")) for path in sorted(place.glob("0*.json"))]
    assert [one["swept"] for one in again] == [-1, -1, records[2]["swept"]]
    assert [one | {"swept": 0} for one in again] == [one | {"swept": 0} for one in records]
    assert "576" not in told(found, table)
    assert "`shequn advise`" in told(found, table)


def record(way: str, best: float, advised: float, limits: Any, high: float = 1.0) -> dict[str, Any]:
    one = {"plan": "x", "score": advised, "low": -1.0, "high": high}
    return {"way": way, "best": {"score": best}, "limits": limits and list(limits),
            "advisers": {name: one if name == "advise" else {**one, "score": 0.0} for name in ADVISERS}}  # fmt: skip


def test_regret_coverage_and_harm_follow_from_the_records() -> None:
    worlds = [record("withheld", 1.0, 0.9, (0.5, 1.0)), record("withheld", 0.5, 0.25, (0.3, 0.9)),
              record("changed", 0.0, 0.0, None), record("changed", 2.0, 2.5, (2.0, 3.0), high=-0.1)]  # fmt: skip
    found = summary(json.loads(json.dumps(worlds)))
    mine, rival = found["advisers"]["advise"], found["advisers"]["random"]
    assert mine["median"] == pytest.approx(0.1)
    assert mine["p90"] == pytest.approx(0.1 + 0.8 * 0.4)
    assert mine["absolute"] == pytest.approx(0.1)
    assert mine["surely_worse"] == 1
    assert rival["median"] == 1.0
    assert found["without_gap"] == 1
    assert found["limits"]["withheld"] == {"n": 2, "held": 0.5, "width": pytest.approx(0.55)}
    assert found["limits"]["changed"] == {"n": 1, "held": 1.0, "width": pytest.approx(1.0)}
