"""``shequn calibrate``: proposals, the journal, going on after a kill, and which sets an ensemble takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.config.ensemble import Row, read_sets
from scenarios.errors import UserError
from scenarios.execution.tasks import Tasks
from scenarios.experiments.calibration import calibrate as driver
from scenarios.experiments.calibration import drawing, searching
from scenarios.experiments.calibration.calibrate import JOURNAL, Calibrated, calibrate
from scenarios.experiments.calibration.drawing import MOST_DRAWS, assumed, factors_of, terms_of
from scenarios.experiments.calibration.journal import Journal, Trial
from scenarios.experiments.calibration.playing import Measured
from scenarios.experiments.calibration.proposing import AROUND, proposed
from scenarios.experiments.calibration.searching import Asked, passing, spread_out, within_reach
from scenarios.experiments.calibration.tuned import read_tuning
from scenarios.reports.calibrate_report import answer, write
from sim.analysis.facts.targets import band_text, targets
from sim.mechanisms import mechanisms

pytest.importorskip("optuna")

SMALL = Asked(starts=2, trials=AROUND + 2, workers=1, ensemble=4)
TWO = """
[loss]
pull = 0.05
within = 3.0
apart = {apart}

[[tuned]]
knob = "mind.reply"
low = 0.01
high = 1.0
scale = "log"
facts = ["K5"]

[[tuned]]
knob = "scenario.talk"
world = "tech_channel"
low = 0.1
high = 0.9
facts = ["K4"]
"""


@pytest.fixture
def tuned(tmp_path: Path) -> Path:
    return _tuned(tmp_path)


def _tuned(folder: Path, apart: float = 0.02) -> Path:
    path = folder / "tuned.toml"
    path.write_text(TWO.format(apart=apart), "utf-8")
    return path


class Played:
    """In place of the model: K5 is the reply, K4's parts follow the talk; counts what is asked of it."""

    def __init__(self) -> None:
        self.calls: list[Row] = []
        self.stop_at: int | None = None
        self.breaks: set[int] = set()

    def measured(self, row: Row, communities: int, seed: int) -> Measured:
        if self.stop_at is not None and len(self.calls) >= self.stop_at:
            raise KeyboardInterrupt
        self.calls.append(row)
        reply, talk = row.values["mind.reply"], row.worlds["tech_channel"]["scenario.talk"]
        unanswered = 0.9 if row.factors and len(self.calls) in self.breaks else 0.25 + reply
        return Measured({"K5.unanswered": unanswered, "K4.gini": 0.5 + talk / 2, "K4.top10": 0.7}, 0.5)

    def facts_of(
        self, communities: int, seed: int, more: Any = (), row: Row | None = None, draws: int = 300
    ) -> pd.DataFrame:
        known = targets()
        keys = [f"{one['id']}.{one['statistic']}" for one in known.to_dict("records")]
        values = {"K5.unanswered": 0.9, "K4.gini": 0.2, "K4.top10": 0.7} if row is None else self.measured(
            row, communities, seed).facts  # fmt: skip
        table = known[[key in values for key in keys]].assign(value=[values[key] for key in keys if key in values])
        table = table.rename(columns={"low": "band_low", "high": "band_high"}).assign(low=0.1, high=0.9, n=5)
        table["band"] = [band_text(*ends) for ends in zip(table["band_low"], table["band_high"], strict=True)]
        inside = (table["value"] >= table["band_low"]) & (table["value"] <= table["band_high"])
        return table.assign(passes=inside.astype("boolean")).reset_index(drop=True)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Played]:
    made = Played()
    monkeypatch.setattr(searching, "measured", made.measured)
    monkeypatch.setattr(drawing, "measured", made.measured)
    monkeypatch.setattr(driver, "facts_of", made.facts_of)
    return made  # type: ignore[return-value]


def _lines(folder: Path) -> list[str]:
    return sorted((folder / JOURNAL).read_text("utf-8").splitlines())


def test_after_a_kill_the_same_command_comes_to_the_same_file(tmp_path: Path, tuned: Path, model: Played) -> None:
    whole = calibrate(SMALL, tmp_path / "whole", path=tuned)
    n = len(model.calls)
    for stop in (1, 2 * AROUND + 3, 2 * SMALL.trials + 1):
        folder = tmp_path / str(stop)
        model.calls, model.stop_at = [], stop
        with pytest.raises(KeyboardInterrupt):
            calibrate(SMALL, folder, path=tuned)
        assert len(_lines(folder)) == 1 + stop
        with (folder / JOURNAL).open("ab") as file:
            file.write(b'{"start": 0, "number": 99, "po')  # torn
        model.calls, model.stop_at = [], None
        again = calibrate(SMALL, folder, path=tuned)
        assert len(model.calls) == n - stop
        assert _lines(folder) == _lines(tmp_path / "whole")
        assert [row and row.as_dict() for row in again.rows] == [row and row.as_dict() for row in whole.rows]


def test_more_trials_go_on_and_other_settings_are_refused(tmp_path: Path, tuned: Path, model: Played) -> None:
    calibrate(SMALL, tmp_path, path=tuned)
    n = len(_lines(tmp_path))
    more = Asked(starts=2, trials=SMALL.trials + 2, workers=1, ensemble=4)
    assert len(calibrate(more, tmp_path, path=tuned).trials) == 2 * more.trials
    assert len(_lines(tmp_path)) >= n + 4
    for other in (Asked(seed=2), Asked(communities=5)):
        with pytest.raises(UserError, match="another calibration"):
            calibrate(other, tmp_path, path=tuned)
    (tmp_path / JOURNAL).write_text("no json\n", "utf-8")
    with pytest.raises(UserError, match="no journal of a calibration"):
        calibrate(SMALL, tmp_path, path=tuned)


def test_a_draw_counts_only_for_the_set_and_the_place_it_was_played_for(
    tmp_path: Path, tuned: Path, model: Played
) -> None:
    """Longer calibrations choose other sets, in another order: what they keep was played with the same factors."""
    calibrate(Asked(starts=2, trials=12, workers=1, ensemble=4), tmp_path / "a", path=tuned)
    longer = calibrate(Asked(starts=2, trials=40, workers=1, ensemble=4), tmp_path / "a", path=tuned)
    at_once = calibrate(Asked(starts=2, trials=40, workers=1, ensemble=4), tmp_path / "b", path=tuned)
    assert [row and row.as_dict() for row in longer.rows] == [row and row.as_dict() for row in at_once.rows]
    played = [row.as_dict() for row in model.calls]
    assert all(row in played for row in (one.as_dict() for one in longer.kept))
    model.calls = []
    again = calibrate(Asked(starts=2, trials=40, workers=1, ensemble=3), tmp_path / "a", path=tuned)
    assert [row.as_dict() for row in again.kept] == [row.as_dict() for row in longer.kept[:3]]


def test_draws_of_a_shorter_calibration_are_not_taken_for_others(
    tmp_path: Path, tuned: Path, model: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chosen change places between two runs: every set that is kept was played with the factors it is kept with."""
    asked = Asked(starts=2, trials=20, workers=1, ensemble=4)
    first = calibrate(asked, tmp_path / "a", path=tuned)
    choose = driver.spread_out
    monkeypatch.setattr(driver, "spread_out", lambda *of: choose(*of)[::-1])
    second = calibrate(asked, tmp_path / "a", path=tuned)
    assert second.chosen == first.chosen[::-1]
    played = [row.as_dict() for row in model.calls]
    assert all(row.as_dict() in played for row in second.kept)


def test_no_set_that_can_be_played_is_said_in_one_sentence(tmp_path: Path, tuned: Path, model: Played) -> None:
    with pytest.raises(UserError, match="no set could be played"):
        calibrate(Asked(starts=2, trials=20, hours=0.0, workers=1), tmp_path / "a", path=tuned)
    assert len(calibrate(SMALL, tmp_path / "a", path=tuned).trials) == 2 * SMALL.trials


@pytest.mark.parametrize("left", [b"", b'{"calibra'])
def test_what_a_full_disk_left_of_the_first_line_is_begun_anew(tmp_path: Path, left: bytes) -> None:
    (tmp_path / JOURNAL).write_bytes(left)
    Journal(tmp_path / JOURNAL, {"a": 1}).add(Trial(0, 0, (1.0,), {}, 1.0))
    assert list(Journal(tmp_path / JOURNAL, {"a": 1}).trials) == [(0, 0)]


def test_the_search_finds_what_fits_and_time_up_is_said(tmp_path: Path, tuned: Path, model: Played) -> None:
    found = calibrate(Asked(starts=2, trials=40, workers=1, ensemble=4), tmp_path / "a", path=tuned)
    assert found.is_whole
    assert passing(found.best.facts, found.known) == {"K4", "K5"}
    early = calibrate(Asked(starts=2, trials=40, hours=0.0, workers=1), tmp_path / "a", path=tuned)
    assert early.is_whole  # nothing is left to try
    model.stop_at = len(model.calls) + 5
    with pytest.raises(KeyboardInterrupt):
        calibrate(Asked(starts=2, trials=40, workers=1), tmp_path / "b", path=tuned)
    model.stop_at = None
    part = calibrate(Asked(starts=2, trials=40, hours=0.0, workers=1), tmp_path / "b", path=tuned)
    assert not part.is_whole
    assert len(part.trials) == 5
    assert any("Time was up" in line for line in answer(part, "en"))


def test_starts_are_elsewhere_and_proposals_hang_on_nothing_else(tuned: Path) -> None:
    tuning = read_tuning(tuned)
    firsts = [proposed(tuning, 1, start, []) for start in range(4)]
    assert len(set(firsts)) == 4
    assert firsts[0] == tuning.now()
    before = [(firsts[1], 3.0)]
    while len(before) < AROUND + 4:
        before.append((proposed(tuning, 1, 1, before), float(len(before) % 5)))
    home = np.array(tuning.places(firsts[1]))
    near = np.array([tuning.places(point) for point, _ in before[1:AROUND]])
    assert np.abs(near - home).max() <= 0.25 + 1e-6
    assert proposed(tuning, 1, 1, before) == proposed(tuning, 1, 1, list(before))
    assert proposed(tuning, 2, 1, before) != proposed(tuning, 1, 1, before)
    for point, _ in before:
        assert all(one.low <= value <= one.high for one, value in zip(tuning.tuned, point, strict=True))


def test_an_ensemble_is_spread_out_without_near_duplicates_and_never_padded() -> None:
    places = np.array([[0.5, 0.5], [0.51, 0.5], [0.0, 0.0], [1.0, 1.0], [0.02, 0.0], [1.0, 0.0]])
    assert spread_out(places, 3, 0.05) == [0, 2, 3]  # the best, then the farthest
    assert spread_out(places, 6, 0.05) == [0, 2, 3, 5]  # the others lie beside one that was taken
    assert spread_out(places, 6, 0.001) == [0, 2, 3, 5, 4, 1]
    assert spread_out(np.zeros((5, 3)), 4, 0.0) == [0]
    assert spread_out(places[:0], 4, 0.05) == []


def test_only_sets_that_fit_as_well_are_taken_and_fewer_are_told(tmp_path: Path, model: Played) -> None:
    found = calibrate(Asked(starts=2, trials=30, workers=1, ensemble=50), tmp_path / "a", path=_tuned(tmp_path, 0.1))
    rated = within_reach(list(found.trials), found.tuning, found.known)
    assert max(found.losses) <= 3.0 * rated[0][0]
    assert found.n_fit == len(rated) >= len(found.chosen)
    places = np.array([found.tuning.places(one.point) for one in found.chosen])
    gaps = np.sqrt(((places[:, None] - places[None]) ** 2).mean(axis=2))[np.triu_indices(len(places), 1)]
    assert (gaps >= 0.1).all()
    assert len(found.kept) < 50
    assert any("none was added" in line for line in answer(found, "en"))
    path = write(found, tmp_path / "page")
    sets = read_sets(path.with_name("ensemble.json"))
    assert [row.as_dict() for row in sets] == [row.as_dict() for row in found.kept]
    assert read_sets(path.with_name("best.json"))[0].values == found.tuning.row(found.best.point).values
    html = path.read_text("utf-8")
    assert "tech_channel: scenario.talk" in html
    assert "校准" in html
    assert json.loads(path.with_name("ensemble.json").read_text("utf-8"))["made"]["trials"] == 60


def test_each_set_has_its_own_draw_and_one_that_loses_a_fact_is_drawn_anew(
    tmp_path: Path, tuned: Path, model: Played
) -> None:
    asked = Asked(starts=2, trials=30, workers=1, ensemble=4)
    model.breaks = {2 * asked.trials + 1}
    found = calibrate(asked, tmp_path / "a", path=tuned)
    factors = [row.factors for row in found.kept]
    ranges = assumed([one.knob for one in found.tuning.tuned])
    assert len({tuple(one.items()) for one in factors}) == len(found.chosen) == len(factors) > 1
    assert all(set(one) == set(ranges) for one in factors)
    assert "K5" in passing(found.chosen[0].facts, found.known)
    assert factors[0] == factors_of(1, asked.seed, ranges)
    assert factors[1] == factors_of(MOST_DRAWS, asked.seed, ranges)
    model.breaks = set(range(1, 1000))
    model.calls = []
    none: Calibrated = calibrate(asked, tmp_path / "b", path=tuned)
    lost = [one for one in none.chosen if "K5" in passing(one.facts, none.known)]
    assert len(none.kept) == len(none.chosen) - len(lost) < len(none.chosen)
    assert any("left out" in line for line in answer(none, "en"))


def test_terms_that_no_log_tells_are_nought_in_half_of_the_sets(tmp_path: Path, model: Played) -> None:
    path = _tuned(tmp_path)
    path.write_text(path.read_text("utf-8") + '\n[[unseen]]\nknob = "quarrels.temper"\nhigh = 0.04\n', "utf-8")
    found = calibrate(Asked(starts=2, trials=30, workers=1, ensemble=4), tmp_path / "a", path=path)
    drawn = [row.values["quarrels.temper"] for row in found.kept]
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


def test_the_journal_keeps_what_cannot_be_measured(tmp_path: Path) -> None:
    journal = Journal(tmp_path / JOURNAL, {"a": 1})
    journal.add(Trial(0, 0, (1.0, 2.0), {"K1.x": float("nan"), "K2.y": 0.5}, 1.5))
    again = Journal(tmp_path / JOURNAL, {"a": 1}).of(0)[0]
    assert again.point == (1.0, 2.0)
    assert np.isnan(again.facts["K1.x"])
    assert again.facts["K2.y"] == 0.5


def test_tasks_come_back_by_their_keys_from_one_or_several_workers() -> None:
    for workers in (1, 2):
        with Tasks(workers) as tasks:
            for number in range(5):
                tasks.submit(number, abs, -number)
            found = {}
            while len(tasks):
                found.update(dict(tasks.ended()))
        assert found == {number: number for number in range(5)}


@pytest.mark.parametrize(("words", "why"), [
    (["trials=0"], "a whole number from 1"), (["hours=soon"], "a number of hours"),
    (["days=3"], "no setting of calibrate"), (["communities=1"], "from 2"),
])  # fmt: skip
def test_mistakes_are_told_in_one_line(
    words: list[str], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calibrate", *words, f"out={tmp_path}"]) == 2
    err = capsys.readouterr().err
    assert why in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.slow
def test_a_short_calibration_of_the_model_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["calibrate", "starts=2", "trials=2", "communities=2", "ensemble=2", f"out={tmp_path}"]
    assert main(words) == 0
    first = (tmp_path / "ensemble.json").read_bytes() if (tmp_path / "ensemble.json").exists() else b""
    assert "Of " in capsys.readouterr().out
    n = len(_lines(tmp_path))
    assert main(words) == 0  # nothing is played again
    assert len(_lines(tmp_path)) == n
    assert ((tmp_path / "ensemble.json").read_bytes() if first else b"") == first
    assert main(["run", "scenario=learners", "population.groups=2", "days=3", "replicates=2",
                 f"world={tmp_path / 'best.json'}", f"out={tmp_path / 'run'}"]) == 0  # fmt: skip
