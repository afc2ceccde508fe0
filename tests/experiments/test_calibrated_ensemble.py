"""Ensembles of a calibration: which sets are taken, and what each draws beside."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scenarios.config.ensemble import read_sets
from scenarios.errors import ConfigError, UserError
from scenarios.experiments.calibration import confirming
from scenarios.experiments.calibration.calibrate import Calibrated, calibrate
from scenarios.experiments.calibration.drawing import MOST_DRAWS, assumed, factors_of, terms_of
from scenarios.experiments.calibration.searching import Asked, passing, rated, spread_out
from scenarios.experiments.calibration.tuned import read_tuning
from scenarios.reports.calibrate_report import answer, write
from sim.analysis.facts.loss import total
from sim.analysis.facts.targets import targets
from sim.mechanisms import mechanisms
from tests.experiments.calibrations import Played, tuned_file

pytest.importorskip("cmaes")

def test_an_ensemble_is_spread_out_without_near_duplicates_and_never_padded() -> None:
    places = np.array([[0.5, 0.5], [0.51, 0.5], [0.0, 0.0], [1.0, 1.0], [0.02, 0.0], [1.0, 0.0]])
    assert spread_out(places, 3, 0.05) == [0, 2, 3]  # the best, then the farthest
    assert spread_out(places, 6, 0.05) == [0, 2, 3, 5]  # the others lie beside one that was taken
    assert spread_out(places, 6, 0.001) == [0, 2, 3, 5, 4, 1]
    assert spread_out(np.zeros((5, 3)), 4, 0.0) == [0]
    assert spread_out(places[:0], 4, 0.05) == []
    assert spread_out(places, 2, 0.05, kept=[2], out=[2, 3]) == [5, 0]  # 4 lies beside one that is kept


def test_only_sets_that_fit_as_well_are_taken_and_fewer_are_told(tmp_path: Path, model: Played) -> None:
    asked = Asked(starts=2, trials=30, workers=1, ensemble=50)
    found = calibrate(asked, tmp_path / "a", path=tuned_file(tmp_path, 0.1))
    losses = [loss for loss, _ in rated(found.trials, found.tuning, found.known)]
    assert max(one.loss for one in found.kept) <= losses[0] + found.tuning.within < losses[-1]
    assert found.n_fit == sum(loss <= losses[0] + found.tuning.within for loss in losses) >= len(found.chosen)
    places = np.array([found.tuning.places(one.point) for one in found.chosen])
    gaps = np.sqrt(((places[:, None] - places[None]) ** 2).mean(axis=2))[np.triu_indices(len(places), 1)]
    assert (gaps >= 0.1).all()
    assert len(found.kept) < 50
    assert any("none was added" in line for line in answer(found, "en"))
    path = write(found, tmp_path / "page")
    sets = read_sets(path.with_name("ensemble.json"))
    assert [row.as_dict() for row in sets] == [one.row.as_dict() for one in found.kept]
    assert read_sets(path.with_name("best.json"))[0].values == found.tuning.row(found.best.point).values
    html = path.read_text("utf-8")
    assert "tech_channel: scenario.talk" in html
    assert "校准" in html
    assert json.loads(path.with_name("ensemble.json").read_text("utf-8"))["made"]["trials"] == 60


def test_the_best_are_rated_on_fresh_luck_alone(tmp_path: Path, tuned: Path, model: Played) -> None:
    """What looked good by luck is not taken: on other luck every set that answers well loses it, and others win."""
    asked = Asked(starts=2, trials=30, workers=1, ensemble=20, again=3)
    honest = calibrate(asked, tmp_path / "a", path=tuned)
    assert model.lucks[60:120] == [(3, 2)] * 60  # all of the 60 that were tried, once, on another luck
    assert honest.n_again == 60
    assert set(model.lucks[120:]) == {(3, 2), (3, 3)}  # draws where the best were rated, the best set on a third luck
    assert min(one.loss for one in honest.kept) == rated(honest.trials, honest.tuning, honest.known)[0][0]
    model.unlucky = 0.3
    other = calibrate(asked, tmp_path / "b", path=tuned)
    assert other.trials == honest.trials
    assert other.best != honest.best
    assert "K5" in passing(honest.best.facts, honest.known)
    assert "K5" not in passing(other.best.facts, other.known)
    assert not any("numbers of today" in line for line in answer(other, "en"))
    today = replace(other, best=next(one for one in other.trials if (one.start, one.number) == (0, 0)))
    assert any("numbers of today" in line for line in answer(today, "en"))
    n = len(model.calls)
    again = calibrate(replace(asked, again=4), tmp_path / "b", path=tuned)  # the search is not made anew
    assert set(model.lucks[n : n + 60]) == {(4, 2)}
    assert again.best == other.best


def test_the_numbers_of_today_are_rated_whatever_they_looked_like(
    tmp_path: Path, tuned: Path, model: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirming, "LEAST", 1)
    monkeypatch.setattr(confirming, "A_SET", 1)
    found = calibrate(Asked(starts=2, trials=12, workers=1, ensemble=1), tmp_path / "a", path=tuned)
    ranks = [(one.start, one.number) for _, one in rated(found.trials, found.tuning, found.known)]
    assert ranks[0] != (0, 0)
    assert found.n_again == 2  # the best of the search, and today's
    more = calibrate(Asked(starts=2, trials=12, workers=1, ensemble=5), tmp_path / "a", path=tuned)
    again = calibrate(Asked(starts=2, trials=12, workers=1, ensemble=1), tmp_path / "a", path=tuned)
    assert again.n_again == more.n_again > 2  # what was rated stays rated


def test_no_set_that_can_be_played_on_fresh_luck_is_said_in_one_sentence(
    tmp_path: Path, tuned: Path, model: Played
) -> None:
    model.explodes_from = 2
    with pytest.raises(UserError, match=r"none of the best 2\d sets could be played in 8 communities of seed 2"):
        calibrate(Asked(starts=2, trials=12, workers=1, ensemble=1), tmp_path / "a", path=tuned)
    model.explodes_from = 3
    with pytest.raises(UserError, match="sets that fit could be played in 8 communities of seed 3"):
        calibrate(Asked(starts=2, trials=12, workers=1, ensemble=1), tmp_path / "b", path=tuned)


def test_what_is_set_aside_is_not_weighed(tmp_path: Path, model: Played) -> None:
    path = tuned_file(tmp_path)
    whole = read_tuning(path)
    path.write_text(path.read_text("utf-8").replace("[loss]", '[loss]\naside = ["K5.unanswered"]'), "utf-8")
    less = read_tuning(path)
    values = {"K5.unanswered": 5.0, "K4.gini": 0.7, "K4.top10": 0.7}
    known = targets().query("id in ['K4', 'K5']")
    assert total(values, known, whole.rule) > total(values, known, less.rule) + 1
    assert "K5" not in passing(values, known)
    found = calibrate(Asked(starts=1, trials=12, workers=1, ensemble=2), tmp_path / "a", path=path)
    assert "Not weighed" in write(found, tmp_path / "page").read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace("K5.unanswered", "K5.answered"), "utf-8")
    with pytest.raises(ConfigError, match="aside: there is no statistic"):
        read_tuning(path)


def test_each_set_has_its_own_draw_and_one_that_fits_no_more_is_drawn_anew(
    tmp_path: Path, tuned: Path, model: Played
) -> None:
    asked = Asked(starts=2, trials=30, workers=1, ensemble=4)
    first = 2 * asked.trials + calibrate(asked, tmp_path / "0", path=tuned).n_again + 1  # the search, the best again
    model.breaks, model.calls = {first}, []
    found = calibrate(asked, tmp_path / "a", path=tuned)
    factors = [one.row.factors for one in found.kept]
    ranges = assumed([one.knob for one in found.tuning.tuned])
    assert len({tuple(one.items()) for one in factors}) == len(found.chosen) == len(factors) > 1
    assert all(set(one) == set(ranges) for one in factors)
    assert "K5" in passing(found.chosen[0].facts, found.known)
    assert factors[0] == factors_of(1, asked.seed, ranges)
    assert factors[1] == factors_of(MOST_DRAWS, asked.seed, ranges)
    model.breaks = set(range(first, first + MOST_DRAWS * asked.ensemble))  # all draws of the first four
    model.calls = []
    other = calibrate(asked, tmp_path / "c", path=tuned)
    assert other.draws[0] is None
    assert len(other.kept) == asked.ensemble < len(other.chosen)  # others take their places
    assert other.chosen[: len(found.chosen)] == found.chosen
    model.breaks = set(range(1, 1000))
    model.calls = []
    none: Calibrated = calibrate(asked, tmp_path / "b", path=tuned)
    assert none.kept == []
    assert len(none.chosen) > asked.ensemble
    assert any("left out" in line for line in answer(none, "en"))


def test_terms_that_no_log_tells_are_nought_in_half_of_the_sets(tmp_path: Path, model: Played) -> None:
    path = tuned_file(tmp_path)
    path.write_text(path.read_text("utf-8") + '\n[[unseen]]\nknob = "quarrels.temper"\nhigh = 0.04\n', "utf-8")
    found = calibrate(Asked(starts=2, trials=30, workers=1, ensemble=4), tmp_path / "a", path=path)
    drawn = [one.row.values["quarrels.temper"] for one in found.kept]
    assert len(drawn) == len(found.chosen) > 2
    terms = [terms_of(MOST_DRAWS * place, 1, found.tuning.unseen) for place in range(len(drawn))]
    assert drawn == [one["quarrels.temper"] for one in terms]
    assert len({one for one in drawn if one > 0}) == sum(one > 0 for one in drawn) < len(drawn)
    assert "quarrels.temper" not in found.tuning.row(found.best.point).values
    shipped = read_tuning().unseen
    many = np.array([[*terms_of(MOST_DRAWS * place, 3, shipped).values()] for place in range(32)])
    assert ((many == 0).mean(axis=0) == 0.5).all()
    assert (many.max(axis=0) > 0.8 * np.array([high for _, high in shipped])).all()
    assert (many.max(axis=0) <= [high for _, high in shipped]).all()
    again = [*terms_of(MOST_DRAWS * 3 + 1, 3, shipped).values()]  # of the fourth set, drawn anew
    assert again not in many.tolist()
    assert "1 terms that act without a strategy" in write(found, tmp_path / "page").read_text("utf-8")


def test_draws_are_half_to_twice_within_the_range_of_what_is_an_assumption() -> None:
    ranges = assumed(["contest.rivalry"])
    assert "contest.rivalry" not in ranges
    assert len(ranges) > 100
    many = [factors_of(number, 1, ranges) for number in range(8)]
    for name, (low, high) in ranges.items():
        section, _, key = name.partition(".")
        knob = mechanisms()[section].knobs()[key]
        assert "assumption" in knob.source
        drawn = [one[name] for one in many]
        assert 0.5 <= low <= min(drawn) <= max(drawn) <= high <= 2.0
        assert len(set(drawn)) > 4 or high / low < 1.05
        assert knob.low <= knob.default * low * 1.001
        assert knob.default * high <= knob.high * 1.001
