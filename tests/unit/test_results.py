"""A run folder is whole or it is not there; what was written comes back; the digest knows rows and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.data import results as results_module
from sim.data.digest import digest_of
from sim.data.frames import columns_of
from sim.data.results import Results, ResultsError, concat, load
from sim.data.tables import DAILY
from tests.fakes import ARMS, META, fake_arrays, fake_results


@pytest.fixture(scope="module")
def run() -> Results:
    return fake_results(arms=("nothing", "group_cap", "paid_entry"), replicates=3, groups=3, days=40, messages=True)


@pytest.fixture
def folder(run: Results, tmp_path: Path) -> Path:
    return run.write(tmp_path / "run")


def test_what_was_written_comes_back(run: Results, folder: Path) -> None:
    back = load(folder, verify=True)
    assert back.tables.keys() == run.tables.keys()
    for name, frame in run.tables.items():
        pd.testing.assert_frame_equal(frame, back.tables[name])
    assert back.digest == run.digest == back.meta["digest"]
    kept = {"world": "pet_owners", "strategy": ["paid_entry"], "operator": {"wage": 40.0}}
    assert back.meta["arms"]["paid_entry"] == kept
    assert sorted(path.name for path in folder.parent.iterdir()) == ["run"]


def test_frames_bear_names_and_nulls(run: Results) -> None:
    assert list(run.daily.columns[:5]) == ["arm", "world", "replicate", "group", "day"]
    assert run.arms == ["nothing", "group_cap", "paid_entry"]
    assert "Host" in set(run.spells["role"])
    assert "founder" in set(run.spells["channel"])
    assert run.spells["day_left"].isna().equals(run.spells["reason"].isna())
    assert run.messages is not None
    assert run.messages["t"].min() >= pd.Timestamp("2025-03-02T16:00Z")
    assert run.messages["reply_to"].isna().any()
    assert run.ledger is not None
    assert "operator" in set(run.ledger["strategy"])


def test_first_minute_is_midnight_in_shanghai() -> None:
    arrays = fake_arrays(1, 1, 10, messages=True)
    arrays["messages"]["minute"][0] = 0.0
    messages = Results.from_arrays("nothing", "w", arrays, META).messages
    assert messages is not None
    assert messages["t"].iloc[0] == pd.Timestamp("2025-03-02T16:00Z")


def test_columns_are_those_of_the_array() -> None:
    array = fake_arrays(7, 11, 60)["daily"]
    for name, values in columns_of(array).items():
        np.testing.assert_array_equal(values, array[name])
        assert values.dtype == DAILY[name]
        assert values.flags.c_contiguous


def test_digest_does_not_depend_on_order_of_rows_columns_or_arms(run: Results) -> None:
    rng = np.random.default_rng(1)
    shuffled = {
        name: frame.iloc[rng.permutation(len(frame))].reset_index(drop=True)[list(rng.permutation(frame.columns))]
        for name, frame in run.tables.items()
    }
    assert digest_of(shuffled) == run.digest
    arms = list(reversed(run.arms))
    again = concat([_one_arm(arm) for arm in arms])
    assert list(again.daily["arm"].unique()) == arms
    assert again.digest == run.digest


def _one_arm(arm: str) -> Results:
    arrays = fake_arrays(3, 3, 40, 40, 7, ARMS[arm], messages=True)
    return Results.from_arrays(arm, "pet_owners", arrays, META)


def test_digest_does_not_depend_on_meta(run: Results) -> None:
    other = Results(**run.tables, meta={**run.meta, "timings": {"simulate": 99.0}, "seed": 8})
    assert other.digest == run.digest


@pytest.mark.parametrize("table", ["daily", "spells", "groups", "messages", "purchases", "ledger", "pairs"])
def test_digest_sees_a_change_in_any_table(run: Results, table: str) -> None:
    tables = {name: frame.copy() for name, frame in run.tables.items()}
    tables[table].iloc[-1, tables[table].columns.get_loc("replicate")] += 1
    assert digest_of(tables) != run.digest
    assert digest_of({name: frame for name, frame in run.tables.items() if name != table}) != run.digest


def test_digest_knows_null_and_one_zero(run: Results) -> None:
    daily = run.daily.copy()
    daily["revenue"] = np.where(daily["revenue"] == 0, np.float32(-0.0), daily["revenue"])
    assert digest_of({**run.tables, "daily": daily}) == run.digest
    spells = run.spells.copy()
    spells.loc[spells["day_left"].isna().to_numpy().argmax(), "day_left"] = 3
    assert digest_of({**run.tables, "spells": spells}) != run.digest


def test_tied_rows_are_put_in_one_order() -> None:
    rows = pd.DataFrame({"arm": pd.Categorical(["a"] * 4), "group": np.int32([1, 1, 1, 0]), "x": [3.0, 1.0, 2.0, 9.0]})
    assert digest_of({"purchases": rows}) == digest_of({"purchases": rows.iloc[[2, 3, 0, 1]]})


@pytest.mark.parametrize(
    "change",
    [{"versions": "3.12"}, {"roles": "member"}, {"kinds": [3]}, {"start": 7}, {"arms": []}, {"days": "many"}],
    ids=str,
)
def test_notes_of_another_shape_are_no_run(folder: Path, change: dict[str, object]) -> None:
    path = folder / "meta.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ResultsError, match=r"not the meta.json of a run"):
        load(folder)


def test_a_missing_folder_or_a_foreign_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="not a folder"):
        load(tmp_path / "nowhere")
    with pytest.raises(ResultsError, match=r"holds no meta\.json"):
        load(tmp_path)
    (tmp_path / "meta.json").write_text('{"name": "something else"}')
    with pytest.raises(ResultsError, match=r"not the meta.json of a run"):
        load(tmp_path)
    for text in ("{", "", "[1, 2]", '"text"', "null", "\x00"):
        (tmp_path / "meta.json").write_text(text)
        with pytest.raises(ResultsError, match=r"meta.json"):
            load(tmp_path)


@pytest.mark.parametrize("table", ["daily", "spells", "groups", "messages"])
@pytest.mark.parametrize("keep", [0.0, 0.3, 0.99])
def test_a_truncated_table_is_told(folder: Path, table: str, keep: float) -> None:
    path = folder / f"{table}.parquet"
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(ResultsError, match=f"{table}.parquet is broken or truncated") as caught:
        load(folder)
    assert len(str(caught.value).splitlines()) == 1


def test_a_damaged_missing_shortened_or_foreign_table_is_told(run: Results, folder: Path) -> None:
    path = folder / "daily.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(ResultsError, match=r"daily.parquet"):
        load(folder)
    run.daily.iloc[:-1].to_parquet(path)
    with pytest.raises(ResultsError, match=r"rows where meta.json says"):
        load(folder)
    run.daily.drop(columns="n_ads").to_parquet(path)
    with pytest.raises(ResultsError, match="no column 'n_ads'"):
        load(folder)
    path.unlink()
    with pytest.raises(ResultsError, match="is missing"):
        load(folder)


def test_a_change_by_hand_is_told_when_asked(run: Results, folder: Path) -> None:
    changed = run.daily.copy()
    changed.loc[5, "n_posters"] += 1
    changed.to_parquet(folder / "daily.parquet")
    assert len(load(folder).daily) == len(run.daily)
    with pytest.raises(ResultsError, match="digest"):
        load(folder, verify=True)


def test_a_write_that_fails_leaves_nothing(run: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(frame: pd.DataFrame, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError("no space left on device")

    monkeypatch.setattr(results_module, "_write_table", full)
    with pytest.raises(OSError, match="no space"):
        run.write(tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_replacement_keeps_the_earlier_run(
    run: Results, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results_module, "_write_table", lambda frame, path: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run.write(folder, replace=True)
    assert load(folder, verify=True).digest == run.digest


def test_an_earlier_run_is_replaced_only_when_allowed(run: Results, folder: Path) -> None:
    (folder / "notes.txt").write_text("mine")
    small = fake_results(arms=("nothing",), replicates=2, groups=2, days=30)
    with pytest.raises(ResultsError, match="already holds a run"):
        small.write(folder)
    assert load(folder).digest == run.digest
    small.write(folder, replace=True)
    back = load(folder, verify=True)
    assert back.digest == small.digest
    assert back.messages is None
    assert (folder / "notes.txt").read_text() == "mine"
    assert not (folder / "messages.parquet").exists()


def test_a_folder_made_beforehand_is_filled(run: Results, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.log").write_text("")
    run.write(tmp_path / "out")
    assert load(tmp_path / "out").digest == run.digest
    with pytest.raises(ResultsError, match="is a file"):
        run.write(tmp_path / "out" / "run.log")


def test_a_half_moved_folder_is_no_run(folder: Path) -> None:
    shutil.move(folder / "meta.json", folder / "meta.json.part")
    with pytest.raises(ResultsError, match="broken off"):
        load(folder)


def test_meta_keeps_what_differs_by_arm() -> None:
    runs = []
    for arm, seed in (("nothing", 1), ("paid_entry", 2)):
        meta = {**META, "seed": seed, "config": {"strategy": arm}}
        runs.append(Results.from_arrays(arm, "w", fake_arrays(2, 2, 30), meta))
    both = concat(runs)
    assert "seed" not in both.meta
    assert both.meta["start"] == META["start"]
    assert both.meta["arms"]["paid_entry"] == {"seed": 2, "world": "w", "strategy": "paid_entry"}


def test_one_arm_in_two_worlds_keeps_both_notes() -> None:
    runs = [
        Results.from_arrays("nothing", world, fake_arrays(2, 2, 30), {**META, "config": {"n": i}})
        for i, world in enumerate(("a", "b"))
    ]
    both = concat(runs)
    assert both.meta["arms"]["nothing"]["n"] == 0
    assert both.meta["arms"]["b/nothing"]["n"] == 1
    assert set(both.summary) == {"a/nothing", "b/nothing"}


def test_a_table_that_one_run_lacks_is_left_out() -> None:
    with_messages = fake_results(arms=("nothing",), replicates=2, groups=2, days=30, messages=True)
    without = fake_results(arms=("paid_entry",), replicates=2, groups=2, days=30)
    assert concat([with_messages, without]).messages is None
    with pytest.raises(ResultsError, match="no run"):
        concat([])


def test_unknown_tables_and_codes() -> None:
    arrays = fake_arrays(2, 2, 30)
    with pytest.raises(ResultsError, match="'dayly'"):
        Results.from_arrays("a", "w", {**arrays, "dayly": arrays["daily"]}, META)
    spells = Results.from_arrays("a", "w", arrays, {**META, "roles": ["Host"]}).spells
    assert {"Host", "1", "3"} <= set(spells["role"])


def test_a_run_without_rows_in_a_table_comes_back(tmp_path: Path) -> None:
    arrays = fake_arrays(2, 2, 30)
    arrays |= {name: arrays[name][:0] for name in ("purchases", "ledger", "pairs")}
    run = Results.from_arrays("a", "w", arrays, META)
    assert load(run.write(tmp_path / "run"), verify=True).digest == run.digest


def test_meta_is_readable_json(folder: Path) -> None:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    assert meta["format"] == "shequn run"
    assert meta["rows"]["daily"] == 3 * 3 * 3 * 40
