"""``shequn validate``: every fact beside its target, rooms side by side, mistakes in one message."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.experiments import validation
from scenarios.experiments.validation import Validation
from scenarios.reports.validate_report import answer, as_json, show, write
from sim.analysis.facts.targets import targets
from sim.locale.speaking import speaking
from sim.plots.timelines import chosen
from tests.validated import LOG, ROOMS, validated

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def found() -> Validation:
    return validated()


def test_every_target_has_a_row_and_what_is_not_played_says_so(found: Validation) -> None:
    known = targets().query("world != ''")
    have = set(zip(found.facts["id"], found.facts["statistic"], strict=True))
    assert have == set(zip(known["id"], known["statistic"], strict=True))
    numbers = found.facts["id"].str[1:].astype(int)
    assert numbers.is_monotonic_increasing
    assert {f"K{k}" for k in range(1, 27)} == set(found.facts["id"])
    played = found.facts["world"] == "learners"
    assert found.facts.loc[played, "value"].notna().all()
    assert found.facts.loc[played, "spread"].notna().all()
    assert (found.facts.loc[played, "communities"] == 3).all()
    assert found.facts.loc[~played, ["value", "passes"]].isna().all(axis=None)


def test_worlds_are_played_as_often_as_their_facts_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    facts, _ = validation.played("everyday", 2)
    assert set(facts["id"]) == {"K1", "K2", "K10", "K11"}
    assert (facts["world"] == "everyday").all()
    measured = facts[facts["n"] > 0]
    assert len(measured) == len(facts)
    assert measured[["value", "low", "spread"]].notna().all(axis=None)
    assert measured.set_index("statistic").loc["ever_left", "n"] > 400
    bond, _ = validation.played("bond", 2)
    assert bond["statistic"].tolist() == ["lurkers_bond"]
    camp, _ = validation.played("camp", 2)
    assert camp["statistic"].tolist() == ["camp_to_course"]
    assert camp["n"][0] > 500
    monkeypatch.setitem(validation.DAYS, "tech_channel", 90)
    chat, _ = validation.played("tech_channel", 2)
    assert chat.set_index("statistic").loc["lurkers_regulars", "n"] > 900


def test_every_fact_has_a_world_that_is_played() -> None:
    assert set(targets().query("world != ''")["world"]) == set(validation.WORLDS)
    assert set(validation.DAYS) == set(validation.WORLDS)


def test_spread_is_that_of_communities_measured_alone(found: Validation) -> None:
    row = found.facts.set_index(["id", "statistic"]).loc[("K16", "active_again")]
    assert 0 < row["spread"] < 0.2
    assert row["low"] <= row["value"] <= row["high"]


def test_a_log_brought_is_measured_by_the_same_code(found: Validation) -> None:
    from sim.analysis.facts.targets import facts_table
    from sim.analysis.logs.reading import read_messages, read_rooms

    messages = read_messages(LOG)
    own = facts_table(messages, rooms=read_rooms(ROOMS, messages)).set_index(["id", "statistic"])
    shown = found.facts.set_index(["id", "statistic"])
    for key in (("K13", "median_minutes"), ("K19", "biggest_share"), ("K26", "after_90")):
        assert shown.loc[key, "log_value"] == own.loc[key, "value"]
    assert set(found.apart) == {"both", "lives", "hours"}


def test_json_has_facts_verdicts_and_no_nan(found: Validation) -> None:
    whole = json.loads(as_json(found), parse_constant=lambda name: pytest.fail(name))
    by_key = {(one["id"], one["statistic"]): one for one in whole["facts"]}
    one = by_key[("K21", "days_with_talk")]
    assert {"target", "band", "value", "interval", "spread", "verdict", "communities"} <= set(one)
    assert one["verdict"] in ("passes", "misses")
    assert by_key[("K2", "first_invitation_within_5_days")]["verdict"] == "not measured"
    assert whole["verdicts"]["K2"] == "not measured"
    assert "K12" not in whole["verdicts"]  # shown, not counted
    assert "score" not in as_json(found)


def test_page_and_terminal_in_both_languages(
    found: Validation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = write(found, tmp_path)
    text = page.read_text("utf-8")
    assert text.count("data:image/png;base64,") == 2
    assert "模型与事实对照" in text
    assert "not measured" in text
    measured = found.facts[found.facts["log_n"] > 0]
    assert all(f", n = {n:,.0f}</td>" in text for n in measured["log_n"])  # what the log's own value rests on
    assert "http" not in text.split("<body>")[1].replace("https://opendatacommons.org", "")
    assert {one.name for one in tmp_path.iterdir()} == {
        "report.html", "validation.csv", "rooms-en.png", "rooms-zh.png"}  # fmt: skip
    assert len(pd.read_csv(tmp_path / "validation.csv")) == len(found.facts)
    with speaking("zh"):
        show(found, page)
    assert "未达标" in capsys.readouterr().out


def test_sentences_say_what_is_missed_and_what_is_open(found: Validation) -> None:
    lines = answer(found, "en")
    assert "Not measured: K1, K2, K3" in lines[0]
    assert "AUC" in " ".join(lines)
    missed = [key for key, yes in found.by_fact.items() if yes is not pd.NA and not yes]
    assert all(key in lines[1] for key in missed)


def test_twelve_rooms_are_drawn_by_a_lot_that_stays(found: Validation) -> None:
    assert chosen(found.real) == chosen(found.real)
    assert len(chosen(found.real)) == min(12, len(found.real))
    assert len(set(chosen(found.real))) == len(chosen(found.real))


def test_logs_of_a_folder_are_numbered_on(tmp_path: Path) -> None:
    frame = pd.read_parquet(LOG)
    for name in ("a", "b"):
        frame.to_parquet(tmp_path / f"{name}.parquet")
    _, rooms = validation.brought(str(tmp_path), None, "UTC")
    _, once = validation.brought(str(LOG), None, "UTC")
    assert len(rooms) == 2 * len(once)
    assert np.sort(rooms.table["messages"]).tolist() == np.sort([*once.table["messages"]] * 2).tolist()


@pytest.mark.parametrize(
    "words",
    [["data=nowhere.csv"], ["data=EMPTY"], ["data=EMPTY", "rooms=x.csv"], ["rooms=x.csv"], ["replicates=1"],
     ["json=maybe"], ["seed=-1"], ["date=x"], ["data=SHORT"], ["data=SIMULATED"], [f"data={DATA / 'README.md'}"]],
)  # fmt: skip
def test_mistakes_end_in_exit_code_two(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "EMPTY").mkdir()
    head = "group,id,t,author,kind,reply_to"
    for name, columns, row in (("SHORT", head, ""), ("SIMULATED", f"{head},replicate", ",0")):
        (tmp_path / f"{name}.csv").write_text(f"{columns}\n0,0,2024-05-01T10:00:00Z,1,text,{row}\n", "utf-8")
    words = [f"{word}.csv" if word in ("data=SHORT", "data=SIMULATED") else word for word in words]
    assert main(["validate", *words]) == 2
    said = capsys.readouterr().err
    assert 1 <= len(said.strip().splitlines()) <= 3
    assert "Traceback" not in said
    assert not (tmp_path / "outputs").exists()
