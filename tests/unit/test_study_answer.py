"""A study's answer says no more than its numbers carry: who leads, who is clear, what was the same everywhere."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scenarios.reports.study_answer import answer, arm_lines, over_worlds
from scenarios.reports.study_report import told, write_study_report
from scenarios.reports.study_tables import tables
from scenarios.terminal import show_answer
from sim.analysis.experiment.findings import Findings
from sim.locale.words import languages, number
from tests.studies import fake_study, table_of

RNG = np.random.default_rng


def findings(worlds: dict[str, dict[str, np.ndarray]], outcome: str = "lifetime") -> Findings:
    """A study of one outcome; lifetimes are made up besides."""
    study, table = table_of(worlds, outcome)
    _, _, lives = fake_study(("nothing",), tuple(worlds), 3, 60)
    return Findings(study, table, lives)


def head(found: Findings, lang: str = "en") -> str:
    return answer(found, "w", lang)[0]


def test_the_best_is_not_who_leads_by_luck_while_another_is_clearly_worse() -> None:
    """Six arms like the reference and one far worse: 40 studies, and no arm is said to do best unless it is clear."""
    said = {"does best": 0, "leads": 0, "No arm does better": 0}
    for seed in range(40):
        dice = RNG(seed)
        base = dice.normal(100, 10, 12)
        arms = {"nothing": base, "worse": base - 30 + dice.normal(0, 3, 12)}
        arms |= {f"a{k}": base + dice.normal(0, 3, 12) for k in range(6)}
        found = findings({"w": arms})
        text = head(found)
        rows = found.effects.set_index("arm")
        clear_better = rows[(rows["luck"] == "clear") & (rows["better"] > 0)]
        assert ("does best" in text) <= (len(clear_better) > 0)
        assert "Clearly worse than" in text or "does best" in text
        means = {arm: values.mean() for arm, values in arms.items()}
        assert ("No arm does better" in text) == (max(means, key=means.get) == "nothing")  # type: ignore[arg-type]
        for key in said:
            said[key] += key in text
    assert said["leads"] > 25
    assert said["does best"] <= 4


@pytest.mark.parametrize("lang", languages())
def test_near_doses_do_not_hide_that_all_are_better(lang: str) -> None:
    base = RNG(1).normal(100, 10, 12)
    arms = {"nothing": base} | {f"a{k}": base + 0.5 + RNG(k + 2).normal(0, 8, 12) for k in range(8)}
    means = {arm: values.mean() for arm, values in arms.items()}
    assert max(means, key=means.get) != "nothing"  # type: ignore[arg-type]
    assert ("No arm does better" if lang == "en" else "平均没有方案好于") not in head(findings({"w": arms}), lang)


def test_luck_is_told_with_limits_for_all_comparisons_together() -> None:
    dice = RNG(5)
    base = dice.normal(100, 10, 15)
    found = findings({"w": {"nothing": base} | {f"a{k}": base + dice.normal(0, 5, 15) for k in range(20)}})
    row = found.effects.set_index("arm").sort_values("difference", key=abs).iloc[-1]
    assert row["low"] > 0 or row["high"] < 0  # on its own it looks like something
    assert row["low_all"] < 0 < row["high_all"]
    assert f"({row['low_all']:+.2f} to {row['high_all']:+.2f}, 95 % for all comparisons together" in (
        head(found).replace("−", "-"))  # fmt: skip


def test_what_is_the_same_everywhere_is_no_certainty() -> None:
    base = RNG(1).normal(100, 10, 20)
    found = findings({"w": {"nothing": base, "x": base + 3.0, "same": base}})
    for arm in ("x", "same"):
        assert "up to 14 % of communities is not ruled out" in arm_lines(found, "w", arm, "en")[0]
        assert "至多 14 % 的社群" in arm_lines(found, "w", arm, "zh")[0]


def test_a_twin_is_no_other_choice_and_luck_names_no_first() -> None:
    base = RNG(1).normal(100, 10, 12)
    arms = {"nothing": base, "x": base + 9 + RNG(2).normal(0, 1, 12)}
    found = findings({"w": arms | {"twin": arms["x"]}})
    assert not [line for line in answer(found, "w", "en") if "would lose" in line]
    lucky = findings({"w": {"nothing": base} | {f"a{k}": base + 1 + RNG(k).normal(0, 9, 12) for k in range(3)}})
    assert "could be luck" in head(lucky)
    assert not [line for line in answer(lucky, "w", "en") if "would lose" in line]


@pytest.mark.parametrize("lang", languages())
def test_no_interval_is_said_and_no_limit_is_impossible(lang: str) -> None:
    base = np.full(4, 0.9)
    found = findings({"w": {"nothing": base, "x": base - np.array([0, 0, 0.9, 0])}}, "alive")
    text = " ".join([*answer(found, "w", lang), *arm_lines(found, "w", "x", lang)])
    assert ("no interval" if lang == "en" else "无区间") in text
    assert "– to –" not in text
    assert "– 至 –" not in text
    shares = findings({"w": {"nothing": np.array([0.0, 0.1, 0.9, 0.2]), "x": np.array([0.0, 0.0, 0.9, 0.1])}}, "alive")
    rows = [row for table in tables(shares, "w", lang)[:2] for row in table["rows"]]
    cells = [row["cells"][0]["interval"] for row in rows]
    assert f"0 … {number(1.0, 'share').removesuffix(' %')}" in cells


def test_one_community_is_not_called_the_same_everywhere() -> None:
    one = findings({"w": {"nothing": np.array([5.0]), "x": np.array([5.0])}})
    assert "not ruled out" not in arm_lines(one, "w", "x", "en")[0]


def test_what_was_not_finished_is_told(tmp_path: Path) -> None:
    study, table, lives = fake_study()
    asked = SimpleNamespace(**vars(study), seeds=20)
    asked.arms = {**study.arms, "never": ("strategy=[advert_ban]",)}
    text = write_study_report(asked, table, lives, tmp_path, "en").read_text(encoding="utf-8")
    assert "no run of it was finished: never" in text
    assert "20 communities were asked for, some cells have 12" in text


def test_where_nothing_is_better_there_is_only_more() -> None:
    base = RNG(1).normal(50, 5, 12)
    found = findings({"w": {"nothing": base, "x": base + RNG(2).normal(9, 1, 12)}}, "turned_away")
    assert "More in 12 of 12" in arm_lines(found, "w", "x", "en")[0]
    assert "更好" not in arm_lines(found, "w", "x", "zh")[0]


def test_winners_of_worlds_come_with_their_chance() -> None:
    dice = RNG(3)
    worlds: dict[str, dict[str, np.ndarray]] = {}
    for world in ("u", "v"):
        base = dice.normal(100, 10, 12)
        worlds[world] = {"nothing": base, "x": base + dice.normal(4, 3, 12)}
    lines = over_worlds(findings(worlds), "en")
    assert "on these means" in lines[0]
    assert lines[0].count(" % (n = 12)") == 2


def test_without_the_reference_nothing_is_compared_or_pooled() -> None:
    """Three arms of which the reference never ended: each has its own level and its own number of communities."""
    study, table = table_of({"w": {"nothing": np.zeros(3), "x": np.array([5.0, 6, 7]), "y": np.array([50.0, 60])}})
    found = Findings(study, table[table["arm"] != "nothing"], fake_study(("nothing",), ("w",), 3, 60)[2])
    lines = answer(found, "w", "en")
    assert lines[0].startswith("No run of 'Do nothing' is finished here")
    assert re.search(r"^x: revenue 6\.00 CNY .*\(3 communities\)\.$", lines[1])
    assert re.search(r"^y: revenue 55\.0 CNY .*\(2 communities\)\.$", lines[2])
    (levels, *_) = tables(found, "w", "en")
    assert [row["label"] for row in levels["rows"]] == ["x", "y"]
    assert "Differences" not in levels["title"]


def test_the_terminal_says_what_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    """Eight outcomes, five arms without effect: corrected over all of them; labels are shown as they were written."""
    dice, names = RNG(11), ("lifetime", "buyers", "revenue", "cost", "members", "active", "trust", "readers")
    arms = ["nothing", "do [nothing]", "[/x]", "[red]packets", "a"]
    rows: list[dict[str, Any]] = [
        {"arm": arm, "world": "w [b]", "replicate": r, **dict(zip(names, dice.normal(5, 1, 8), strict=True))}
        for arm in arms for r in range(10)
    ]  # fmt: skip
    study, _ = table_of({"w [b]": {arm: np.zeros(2) for arm in arms}})
    asked: Any = SimpleNamespace(**{**vars(study), "outcomes": names})
    found = Findings(asked, pd.DataFrame(rows), fake_study(("nothing",), ("w [b]",), 3, 60)[2])
    show_answer(*told(found, "en"))
    text = capsys.readouterr().out
    assert all(line in text for line in answer(found, "w [b]", "en"))  # the sentences of the page
    assert not re.search(r"\d[✓✗*]", text)  # nothing is clear
    for label in arms[1:]:
        assert label in text
    study, table = table_of({"w": {"nothing": RNG(1).normal(9, 1, 20), "x": RNG(2).normal(19, 1, 20)}}, "lifetime")
    show_answer(*told(Findings(study, table, fake_study(("nothing",), ("w",), 3, 60)[2]), "zh"))
    assert re.search(r"x .*\+9\.91✓ \(\+9\.56", capsys.readouterr().out)
