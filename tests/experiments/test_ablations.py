"""``shequn ablate``: what can be taken away, what breaks without it, told in words, on a page and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from scenarios import compose
from scenarios.__main__ import main
from scenarios.errors import ConfigError, UserError
from scenarios.experiments.calibration import ablations
from scenarios.experiments.calibration.ablations import WHOLE, Ablated, ablate, broken, read_ablations
from scenarios.experiments.validation import WORLDS, scenario_for
from scenarios.reports.ablate_report import answer, as_json, write
from scenarios.reports.fact_cells import valued
from sim.analysis.facts.targets import band_text, targets

WITHOUT_TIES = "mind.tie_reply=0.0"


def facts(values: dict[str, float]) -> pd.DataFrame:
    known = targets().query("world != ''")
    keys = [f"{one['id']}.{one['statistic']}" for one in known.to_dict("records")]
    table = known[[key in values for key in keys]].assign(value=[values[key] for key in keys if key in values])
    table = table.rename(columns={"low": "band_low", "high": "band_high"}).assign(low=0.123, high=0.987, n=5)
    table["band"] = [band_text(*ends) for ends in zip(table["band_low"], table["band_high"], strict=True)]
    inside = (table["value"] >= table["band_low"]) & (table["value"] <= table["band_high"])
    return table.assign(passes=inside.astype("boolean")).reset_index(drop=True)


def facts_of(
    communities: int, seed: int, more: tuple[str, ...] = (), row: Any = None, draws: int = 300
) -> pd.DataFrame:
    """In place of the model: without ties K4 breaks and K5 comes right; without weary K1 cannot be told."""
    values = {"K1.silent_within_7_days": 0.4, "K4.gini": 0.8, "K4.top10": 0.7, "K5.unanswered": 0.9}
    if WITHOUT_TIES in more:
        values |= {"K4.gini": 0.1, "K5.unanswered": 0.4}
    if "mind.weary=0.0" in more:
        del values["K1.silent_within_7_days"]
    return facts(values)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Ablated:
    monkeypatch.setattr(ablations, "facts_of", facts_of)
    return ablate(3, 1, 1, ("ties", "weary", "buzz"))


def test_what_breaks_and_what_comes_right(found: Ablated) -> None:
    assert list(found.facts) == [WHOLE, "ties", "weary", "buzz"]
    assert broken(found, "ties") == (["K4"], ["K5"])
    assert broken(found, "weary") == (["K1"], [])  # what cannot be told any more counts as broken
    assert broken(found, "buzz") == ([], [])
    lines = answer(found, "en")
    assert any("close people" in line and line.endswith("no longer pass: K4.") for line in lines)
    assert any("the baseline misses: K5." in line for line in lines)
    assert any(line.startswith("No verdict hangs on") and "a topic calls" in line for line in lines)


def test_one_whose_talk_explodes_does_not_end_the_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from sim.simulation import Overflow

    def exploding(communities: int, seed: int, more: tuple[str, ...] = (), *_: Any) -> pd.DataFrame:
        if WITHOUT_TIES in more:
            raise Overflow("too much talk")
        return facts_of(communities, seed, more)

    monkeypatch.setattr(ablations, "facts_of", exploding)
    found = ablate(3, 1, 1, ("ties", "buzz"))
    assert found.unplayable == ("ties",)
    lines = answer(found, "en")
    assert any(line.startswith("Without these nothing could be played") and "close people" in line for line in lines)
    assert not any("no longer pass" in line for line in lines)
    assert [one["playable"] for one in json.loads(as_json(found))["ablations"]] == [False, True]
    assert "not measured" in write(found, tmp_path / "page").read_text("utf-8")
    monkeypatch.setattr(ablations, "facts_of", lambda *_: exploding(3, 1, (WITHOUT_TIES,)))
    with pytest.raises(UserError, match="the baseline itself cannot be played"):
        ablate(3, 1, 1, ("buzz",))


def test_a_value_without_interval_has_no_empty_brackets() -> None:
    assert valued(0.5, float("nan"), float("nan")) == "0.5"
    assert valued(0.5, 0.25, 0.75) == "0.5 (0.25 … 0.75)"
    assert valued(float("nan"), float("nan"), float("nan")) == "–"


def test_page_and_json_have_every_value_with_its_interval(found: Ablated, tmp_path: Path) -> None:
    html = write(found, tmp_path / "page").read_text("utf-8")
    assert html.count("0.123 … 0.987") >= 2 * 15
    assert "mind.tie_reply=0.0" in html
    assert "熟人优先得到回应" in html
    table = pd.read_csv(tmp_path / "page" / "ablations.csv")
    assert set(table["ablation"]) == set(found.facts)
    told = json.loads(as_json(found))
    ties = next(one for one in told["ablations"] if one["name"] == "ties")
    assert (ties["breaks"], ties["comes_right"]) == (["K4"], ["K5"])
    gini = next(one for one in told["facts"] if one["statistic"] == "gini")
    assert gini["values"]["ties"] == {"value": 0.1, "interval": [0.123, 0.987], "n": 5, "verdict": "misses"}
    silent = next(one for one in told["facts"] if one["id"] == "K1")
    assert silent["values"]["weary"] is None


def test_what_ships_can_be_played_in_every_world_of_the_facts() -> None:
    shipped = read_ablations()
    assert len(shipped) > 10
    acts: set[str] = set()  # somewhere: a world may have none of it, as everyday groups have no askers
    for world in WORLDS:
        name = scenario_for(world)
        base = compose([f"scenario={name}", "strategy=[nothing]"])
        acts |= {one.name for one in shipped
                 if compose([f"scenario={name}", "strategy=[nothing]", *one.off]).numbers != base.numbers}  # fmt: skip
    assert acts == {one.name for one in shipped}


def test_a_wrong_file_or_name_gets_one_message(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no ablation of that name; did you mean 'weary'"):
        read_ablations(("wery",))
    path = tmp_path / "ablations.toml"
    good = '[[ablation]]\nname = "a"\nlabel = ["a", "甲"]\noff = { "mind.weary" = 0.0 }\n'
    for text, why in ((good + good, "a name of its own"), (good.replace('"a"\n', f'"{WHOLE}"\n'), "a name of its own"),
                      (good.replace("mind.weary", "mind.wery"), "no knob"),
                      (good.replace("0.0", "-1.0"), "out of range"),
                      (good.replace('["a", "甲"]', '["a"]'), "English and Chinese"),
                      (good.replace("off", "of"), "write name, label, off"), ("[[", "cannot be read")):  # fmt: skip
        path.write_text(text, "utf-8")
        with pytest.raises(ConfigError, match=why):
            read_ablations(path=path)


def test_mistakes_are_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["only=none"], ["replicates=1"], ["only=,"], ["trials=3"]):
        assert main(["ablate", *words, f"out={tmp_path}"]) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.slow
def test_a_mechanism_of_the_model_itself_is_taken_away(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ablate", "replicates=2", "only=invitations", "workers=1", "json=true"]) == 0
    told = json.loads(capsys.readouterr().out)
    gaps = next(one for one in told["facts"] if one["statistic"] == "first_invitation_within_5_days")
    assert gaps["values"][WHOLE]["n"] > 0
    without = gaps["values"]["invitations"]
    assert without is None or without["verdict"] != "passes"
