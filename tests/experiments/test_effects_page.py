"""What was measured of strategies: the picture's axis, the page, the table that ships, and what `explain` tells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from docs import effects as docs_effects
from scenarios.cli.expectations import expectations
from scenarios.config import catalog
from scenarios.experiments.trials.asked import trials_of
from scenarios.reports.effects_report import write_effects_report
from scenarios.strategies import measured as kept
from scenarios.strategies.expected import Expected
from scenarios.strategies.plans import PLANS
from sim.analysis.experiment.trials import Trial, judged, passed
from sim.plots.experiment.verdicts import in_smallest

NAMES = ("red_packet", "paid_entry", "welfare")


def table() -> pd.DataFrame:
    """Three strategies whose every expectation came at the strongest dose; costs are made up."""
    dice, trials = np.random.default_rng(3), []
    for case in trials_of(NAMES, 200, 1, ("population=small",)).cases:
        one = case.expected
        least = one.least or 1.0
        drawn = dice.normal(3.0 * one.sign * least, 0.2 * least, 200)
        trials.append(
            Trial(case.strategy, one.place, one.against, one.outcome, case.dose, one.sign, least, drawn, case.is_judged)
        )
    found = judged(trials)
    money = ("profit_month", "profit_month_low", "profit_month_high")
    hours = ("hours_month", "hours_month_low", "hours_month_high")
    return found.assign(**dict(zip((*money, *hours), (-90.0, -99.0, -81.0, 3.0, 2.0, 4.0), strict=True)))


def test_the_axis_is_turned_to_what_was_expected_in_multiples_of_the_least() -> None:
    row = {"difference": -6.0, "low": -8.0, "high": -4.0, "least": 2.0, "verdict": "as_expected"}
    rows = pd.DataFrame([{**row, "sign": sign} for sign in (-1, 1, 0)] + [{**row, "sign": 1, "verdict": ""}])
    found = in_smallest(rows)
    assert found[["mean", "low", "high"]].to_numpy().tolist() == [[3, 2, 4], [-3, -4, -2], [-3, -4, -2]]


@pytest.mark.parametrize(("difference", "sign", "x"), [(4.0, 1, 1000.0), (4.0, -1, -1000.0), (0.0, 1, 0.0)])
def test_where_the_reference_has_none_the_axis_ends(difference: float, sign: int, x: float) -> None:
    row = dict.fromkeys(("difference", "low", "high"), difference)
    row_on_trial = {**row, "least": 0.0, "sign": sign, "verdict": "opposite"}
    assert in_smallest(pd.DataFrame([row_on_trial]))[["mean", "low", "high"]].to_numpy().tolist() == [[x, x, x]]


def test_the_table_that_ships_is_of_what_is_declared_and_the_page_is_made_of_it() -> None:
    """``python -m docs.effects`` was run after the last change, and every declared expectation was measured."""
    table = pd.read_csv(docs_effects.TABLE, keep_default_na=False, na_values=[""])
    assert docs_effects.PAGE.read_text("utf-8") == docs_effects.page(table)
    declared = {(name, one.place, one.outcome, one.sign) for name, made in {**catalog.strategies(), **PLANS}.items()
                for one in made.expected}  # fmt: skip
    asked = table[table["verdict"].fillna("") != ""]
    assert set(zip(asked["strategy"], asked["world"], asked["outcome"], asked["sign"], strict=True)) == declared


def test_a_strategy_passes_if_all_of_it_came() -> None:
    rows = pd.DataFrame({"strategy": list("aaabbc"), "verdict": ["", "as_expected", "as_expected", "as_expected",
                                                                "not_shown", "opposite"]})  # fmt: skip
    assert passed(rows).to_dict() == {"a": True, "b": False, "c": False}


def test_the_page_tells_and_draws_in_both_languages(tmp_path: Path) -> None:
    asked = trials_of(NAMES, 200, 1, ("population=small",))
    page = write_effects_report(asked, table(), tmp_path / "page").read_text("utf-8")
    assert "3 of 3 strategies did all that was expected of them." in page
    assert "3 个策略中，有 3 个做到了所预期的一切。" in page
    written = {path.name for path in (tmp_path / "page").iterdir()}
    assert written == {"report.html", "verdicts-en.png", "verdicts-zh.png"}
    assert page.count("data:image/png") == 2


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """The table above in place of the one that ships."""
    table().to_csv(tmp_path / "effects.csv", index=False)
    monkeypatch.setattr(docs_effects, "TABLE", tmp_path / "measured.csv")
    found = docs_effects.keep([tmp_path / "effects.csv"])
    monkeypatch.setattr(kept, "files", lambda _: tmp_path)
    kept._rows.cache_clear()
    yield found
    kept._rows.cache_clear()


def test_explain_tells_every_dose_and_what_the_strongest_costs(shipped: pd.DataFrame) -> None:
    text = expectations("red_packet", catalog.strategies()["red_packet"])
    assert "200 communities of each arm" in text
    lines = text.splitlines()
    assert [line.rsplit(", ", 1)[1] for line in lines[1:4]] == ["this dose is not judged"] * 2 + ["as expected"]
    assert "amount=50.0 per group, the operator's hours paid: −90.0 CNY a month (−99.0 … −81.0)" in lines[4]
    assert lines[4].endswith("hours of the operator: +3.00 hours a month (+2.00 … +4.00)")


def test_what_is_declared_anew_has_not_been_measured(shipped: pd.DataFrame) -> None:
    one = catalog.strategies()["red_packet"]

    class Changed(one):  # type: ignore[valid-type, misc]
        """As it was, but for what is expected."""

        expected = (Expected("member_messages", -1),)

    assert "not measured; shequn effects only=red_packet" in expectations("red_packet", Changed)
    assert "higher" not in expectations("red_packet", Changed)


def test_what_must_be_larger_now_or_is_played_at_other_doses_has_not_been_measured(shipped: pd.DataFrame) -> None:
    one = catalog.strategies()["red_packet"]
    (said,) = one.expected
    assert len([*kept.measured("red_packet", said, one.doses)]) == 3
    assert [*kept.measured("red_packet", replace(said, least=1.0), one.doses)]  # of that size it was asked for, too
    assert not [*kept.measured("red_packet", replace(said, least=2.0), one.doses)]
    assert not [*kept.measured("red_packet", said, ({"amount": 7.0},))]


def test_what_ships_is_found_by_its_declaration() -> None:
    """Every expectation that was judged, those at given knobs too: a page that shows them misses none."""
    made = {**catalog.strategies(), **PLANS}
    found = [row for name, one in made.items() for said in one.expected
             for row in kept.measured(name, said, one.doses) if row.words["verdict"]]  # fmt: skip
    assert len(found) == sum(len(one.expected) for one in made.values())


def test_who_expects_nothing_has_nothing_to_tell() -> None:
    assert expectations("nothing", catalog.strategies()["nothing"]) == ""


def test_the_page_of_the_docs_counts_and_has_a_row_for_each_expectation(shipped: pd.DataFrame) -> None:
    text = docs_effects.page(shipped)
    asked = shipped[shipped["verdict"].fillna("") != ""]
    assert "3 of 3 strategies did all" in text
    rows = [line for line in text.splitlines() if line.startswith("| S")]
    assert len(rows) == len(asked)
    assert rows[0].startswith("| S2 | Paid entry |")
    assert all(row.endswith("| −90.0 (−99.0 … −81.0) | +3.00 (+2.00 … +4.00) |") for row in rows)


def test_the_page_of_the_docs_knows_plans_and_says_where_few_communities_tell_or_none_differ(
    shipped: pd.DataFrame,
) -> None:
    few, still = shipped.dropna(subset="verdict").iloc[:2].to_dict("records")
    still |= {"low": np.nan, "high": np.nan, "strategy": "stage_plan"}
    text = docs_effects.page(pd.DataFrame([{**few, "n": 120.0}, still]))
    rows = [line for line in text.splitlines() if line.startswith("| S")]
    assert len(rows) == 2
    assert rows[1].startswith("| S46 | Plan by stages |")
    assert "; n = 120)" in rows[0]
    assert "()" not in text
    assert "nan" not in text


def test_a_table_of_some_strategies_does_not_ship(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Among three expectations Holm passes more than among all."""
    monkeypatch.setattr(docs_effects, "TABLE", tmp_path / "measured.csv")
    monkeypatch.setattr(docs_effects, "PAGE", tmp_path / "effects.md")
    table().to_csv(tmp_path / "some.csv", index=False)
    assert docs_effects.main([str(tmp_path / "some.csv")]) == 1
    assert "lacks advert_ban" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["some.csv"]
    monkeypatch.setattr(docs_effects, "_expecting", lambda: {*NAMES})
    assert docs_effects.main([str(tmp_path / "some.csv")]) == 0
    assert (tmp_path / "effects.md").read_text("utf-8").startswith("# What strategies do in the model")
