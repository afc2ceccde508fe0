"""The page of many arms: ranked with ties, a picture for every arm, a filter that hides nothing without script."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios.reports.multiples import families, multiples
from scenarios.reports.ranked import ranked
from scenarios.reports.remarks import notes_of
from scenarios.reports.run_report import write_report
from scenarios.reports.study_report import write_study_report
from scenarios.strategies.families import FAMILIES, SEVERAL
from sim.analysis.experiment.asked import checked
from sim.analysis.experiment.findings import Findings
from sim.analysis.experiment.ranking import ranking
from sim.analysis.weeks import week_curve, weeks
from sim.locale.words import arm_label
from sim.plots.experiment.album import PICTURES, names
from sim.plots.experiment.frame import SHOWN, tones
from sim.plots.style import FAMILY_TONES
from tests.fakes import fake_results
from tests.many import MANY, many_found, many_study
from tests.studies import fake_study, table_of


@pytest.fixture(scope="module")
def found() -> Findings:
    return many_found()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page in English, without its pictures."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(PICTURES):
            patch.delitem(PICTURES, name)
        study, outcomes, lifetimes, notes, kept = many_study()
        folder = tmp_path_factory.mktemp("many")
        return write_study_report(study, outcomes, lifetimes, folder, "en", notes=notes, weeks=kept).read_text("utf-8")


def test_the_best_stand_first_and_equals_share_a_place() -> None:
    base = np.arange(12.0)
    noise = np.random.default_rng(2).normal(0, 0.5, 12)
    study, table = table_of({"w": {"nothing": base, "twin": base + 3, "low": base - 2 + noise, "other twin": base + 3,
                                   "top": base + 5 + noise}})  # fmt: skip
    places = ranking(checked(study, table), "w", "revenue").set_index("arm")
    assert list(places.index) == ["top", "twin", "other twin", "nothing", "low"]  # equals in the study's order
    assert list(places["rank"]) == [1, 2, 2, 4, 5]
    assert list(places["shared"]) == [False, True, True, False, False]
    assert ((places["low"] <= places["rank"]) & (places["rank"] <= places["high"])).all()
    lives = pd.DataFrame({"arm": ["twin"], "world": "w", "replicate": 0, "group": 0, "lifetime": 9, "censored": True,
                          "cause": None})  # fmt: skip
    rows = ranked(Findings(study, table, lives), "w", "en")["rows"]
    assert [(row["place"], row["arm"]) for row in rows] == [
        ("1", "top"), ("2=", "twin"), ("2=", "other twin"), ("4", "Do nothing"), ("5", "low"),
    ]  # fmt: skip
    assert [row["n"] for row in rows] == ["12"] * 5
    assert [row["family"] == "reference" for row in rows] == [False, False, False, True, False]
    assert rows[3]["bar"] is None
    assert rows[0]["bar"]["value"] > rows[1]["bar"]["value"] > rows[4]["bar"]["value"]


def test_money_is_said_to_be_a_difference_and_nothing_is_best_where_nothing_is_better(found: Findings) -> None:
    one = ranked(found, found.worlds[0], "en")
    assert one["heading"] == "All arms, the best first"
    assert one["head"][-1].startswith("Difference from 'Do nothing': Profit")
    study, table = table_of({"w": {"nothing": np.arange(3.0), "a": np.ones(3)}}, "turned_away")
    lives = pd.DataFrame({"arm": ["a"], "world": "w", "replicate": 0, "group": 0, "lifetime": 9, "censored": True,
                          "cause": None})  # fmt: skip
    assert ranked(Findings(study, table, lives), "w", "en")["heading"] == "All arms"


def test_places_are_as_uncertain_as_the_means() -> None:
    rng = np.random.default_rng(3)
    study, table = table_of({"w": {arm: rng.normal(0, 1, 30) for arm in ("nothing", "a", "b", "c")}
                                  | {"far": rng.normal(9, 1, 30)}})  # fmt: skip
    places = ranking(checked(study, table), "w", "revenue").set_index("arm")
    assert tuple(places.loc["far", ["low", "high"]]) == (1, 1)
    assert (places.drop("far")["high"] - places.drop("far")["low"] >= 2).all()
    neither = ranking(checked(*table_of({"w": {"nothing": np.arange(3), "a": np.ones(3)}}, "turned_away")), "w",
                      "turned_away")  # fmt: skip
    assert neither.empty  # no better and no worse


def test_a_filter_by_family_is_there_and_nothing_is_hidden_without_script(page: str, found: Findings) -> None:
    bar = re.search(r'<div class="filter"[^>]*>.*?</div>', page, re.DOTALL)
    assert bar
    assert re.search(r'^<div class="filter"[^>]* hidden>', bar[0])  # no buttons that do nothing
    assert page.count(" hidden>") == 1
    asked = re.findall(r'data-show="(\w*)"', bar[0])
    assert asked == ["", *(one["name"] for one in families(found, "en"))]
    assert len(asked) > 3
    filed = set(re.findall(r'data-family="(\w+)"', page))
    assert filed == {*asked[1:], "reference"}
    script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(script) == 1
    assert base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode() in page.split("</head>")[0]
    assert not re.search(r"https?://(?!www\.w3\.org)|@import|src=\"(?!data:)", page)


def test_every_arm_has_a_row_and_a_picture_of_its_own(page: str, found: Findings) -> None:
    table = page.split('<table class="ranked">')[1].split("</table>")[0]
    assert table.count("<tr ") == len(MANY)
    rows = ranked(found, "pet_owners", "en")["rows"]
    clear = sum(bool(row["bar"] and row["bar"]["is_clear"]) for row in rows)
    assert table.count('<b class="clear"') == clear < len(MANY) - 1  # the others are hollow
    assert table.count('<b ') == len(MANY) - 1
    assert page.count('<figure class="mini"') == len(MANY) - 1
    shown = multiples(found, "pet_owners", "en")
    assert shown
    cards = [card for group in shown["groups"] for card in group["cards"]]
    assert {card["arm"] for card in cards} == {arm_label(arm, "en") for arm in MANY[1:]}
    assert all(re.fullmatch(r"M[\d.]+ [\d.]+(L[\d.]+ [\d.]+){8}", card["line"]) for card in cards)
    assert all(card["area"].endswith("Z") for card in cards)
    assert [group["family"] for group in shown["groups"]] == [one["name"] for one in families(found, "en")]


def test_lines_in_one_picture_are_left_to_studies_of_few_arms(found: Findings) -> None:
    assert set(names(found, "pet_owners")) == {"forest", "tradeoff"}
    few = Findings(*many_study(MANY[:SHOWN]))
    assert {"survival", "lifetimes"} <= set(names(few, "pet_owners"))
    assert len(set(tones(few).values())) == SHOWN
    assert set(tones(found).values()) <= {*FAMILY_TONES.values(), "#8a8a8a"}


def test_a_page_of_few_arms_knows_no_families(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(PICTURES):
        monkeypatch.delitem(PICTURES, name)
    text = write_study_report(*fake_study(replicates=3, days=60), tmp_path, "en").read_text("utf-8")
    assert not re.search(r"data-family|class=\"(filter|ranked|mini)|<script", text)


def test_without_weeks_there_are_no_small_pictures() -> None:
    assert multiples(Findings(*many_study()[:4]), "pet_owners", "en") is None


def test_weeks_are_means_over_groups_and_days() -> None:
    daily = fake_results(["nothing", "red_packet"], replicates=3, groups=2, days=17).daily
    found = weeks(daily).set_index(["arm", "replicate", "week"])
    assert len(found) == 2 * 3 * 3
    mine = daily[(daily["arm"] == "red_packet") & (daily["replicate"] == 1) & (daily["day"] >= 14)]
    row = found.loc[("red_packet", 1, 2)]
    assert row["members"] == pytest.approx(mine["n_members"].mean())
    assert row["messages"] == pytest.approx(mine["n_messages"].mean())
    curve = week_curve(weeks(daily), "members").set_index(["arm", "week"]).loc[("red_packet", 2)]
    assert curve["n"] == 3
    assert curve["low"] < curve["mean"] < curve["high"]


def test_a_week_without_groups_is_missing_and_the_line_ends() -> None:
    study, outcomes, lifetimes, notes, kept = many_study()
    kept.loc[(kept["arm"] == MANY[1]) & (kept["week"] > 3), ["members", "messages"]] = np.nan
    shown = multiples(Findings(study, outcomes, lifetimes, notes, kept), "pet_owners", "en")
    assert shown
    (card,) = (card for group in shown["groups"] for card in group["cards"] if card["arm"] == arm_label(MANY[1], "en"))
    assert card["line"].count("L") == 3
    assert card["end"] == "no group is left at the end"


def test_the_last_week_says_how_many_communities_it_rests_on_and_ends_with_the_seats() -> None:
    study, outcomes, lifetimes, notes, kept = many_study()
    mine, last = kept["arm"] == MANY[1], kept["week"] == kept["week"].max()
    kept.loc[mine & last & (kept["replicate"] > 1), "members"] = np.nan
    kept.loc[mine & last & (kept["replicate"] < 2), "members"] = [10.0, 40.0]
    found = Findings(study, outcomes, lifetimes, replace(notes, seats={"pet_owners": 50.0}), kept)
    shown = multiples(found, "pet_owners", "en")
    assert shown
    cards = {card["arm"]: card["end"] for group in shown["groups"] for card in group["cards"]}
    assert cards.pop(arm_label(MANY[1], "en")) == "25.0 (0 … 50.0; n = 2)"
    assert not any("n = " in end for end in cards.values())


def test_an_arm_is_of_the_family_of_all_its_strategies() -> None:
    arms = {"a": ("paid_entry",), "b": ("paid_entry", "group_cap"), "c": ("paid_entry", "red_packet"), "d": ("what",),
            "stage plan": ("morning_greeting", "cull")}  # fmt: skip
    configs = [("w", arm, {"strategies": {name: {} for name in some}}) for arm, some in arms.items()]
    family = notes_of(configs).family
    assert family == {"a": "entry", "b": "entry", "c": SEVERAL, "d": "own", "stage plan": SEVERAL}
    assert set(FAMILY_TONES) == {*FAMILIES, SEVERAL}
    assert len(set(FAMILY_TONES.values())) == len(FAMILY_TONES)


def test_a_run_of_many_arms_has_that_page_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(PICTURES):
        monkeypatch.delitem(PICTURES, name)
    arms = MANY[: SHOWN + 1]
    text = write_report(tmp_path, "en", fake_results(arms, replicates=2, groups=2, days=40)).read_text("utf-8")
    assert text.split('<table class="ranked">')[1].split("</table>")[0].count("<tr ") == len(arms)
    assert text.count('<figure class="mini"') == len(arms) - 1
    assert "<summary>All outcomes</summary>" in text
