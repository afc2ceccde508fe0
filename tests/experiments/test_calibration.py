"""``shequn calibrate``: proposals, the journal, going on after a kill, and which sets an ensemble takes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scenarios.__main__ import main
from scenarios.errors import UserError
from scenarios.execution.tasks import Tasks
from scenarios.experiments.calibration import calibrate as driver
from scenarios.experiments.calibration import confirming
from scenarios.experiments.calibration.calibrate import JOURNAL, calibrate
from scenarios.experiments.calibration.confirming import LEAST
from scenarios.experiments.calibration.journal import Journal, Trial
from scenarios.experiments.calibration.proposing import REACH, Walk
from scenarios.experiments.calibration.searching import Asked, passing
from scenarios.experiments.calibration.tuned import Point, read_tuning
from scenarios.reports.calibrate_report import answer
from tests.experiments.calibrations import Played

pytest.importorskip("cmaes")

SMALL = Asked(starts=2, trials=12, workers=1, ensemble=4)

def _lines(folder: Path) -> list[str]:
    return sorted((folder / JOURNAL).read_text("utf-8").splitlines())


def test_after_a_kill_the_same_command_comes_to_the_same_file(tmp_path: Path, tuned: Path, model: Played) -> None:
    whole = calibrate(SMALL, tmp_path / "whole", path=tuned)
    n = len(model.calls)
    for stop in (1, 23, 2 * SMALL.trials + 1, 2 * SMALL.trials + LEAST + 1):  # search, the best again, draws
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
        assert again.draws == whole.draws


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
    tmp_path: Path, tuned: Path, model: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Longer calibrations choose other sets, in another order: what they keep was played with the same factors."""
    monkeypatch.setattr(confirming, "A_SET", 100)  # all are rated anew, however many are to be kept
    calibrate(Asked(starts=2, trials=12, workers=1, ensemble=4), tmp_path / "a", path=tuned)
    longer = calibrate(Asked(starts=2, trials=40, workers=1, ensemble=4), tmp_path / "a", path=tuned)
    at_once = calibrate(Asked(starts=2, trials=40, workers=1, ensemble=4), tmp_path / "b", path=tuned)
    assert longer.draws == at_once.draws
    played = [row.as_dict() for row in model.calls]
    assert all(row in played for row in (one.row.as_dict() for one in longer.kept))
    model.calls = []
    again = calibrate(Asked(starts=2, trials=40, workers=1, ensemble=3), tmp_path / "a", path=tuned)
    assert again.kept == longer.kept[:3]


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
    assert all(one.row.as_dict() in played for one in second.kept)


def test_no_set_that_can_be_played_is_said_in_one_sentence(tmp_path: Path, tuned: Path, model: Played) -> None:
    with pytest.raises(UserError, match="no set could be played"):
        calibrate(Asked(starts=2, trials=20, hours=0.0, workers=1), tmp_path / "a", path=tuned)
    assert len(calibrate(SMALL, tmp_path / "a", path=tuned).trials) == 2 * SMALL.trials


@pytest.mark.parametrize("left", [b"", b'{"calibra'])
def test_what_a_full_disk_left_of_the_first_line_is_begun_anew(tmp_path: Path, left: bytes) -> None:
    (tmp_path / JOURNAL).write_bytes(left)
    Journal(tmp_path / JOURNAL, {"a": 1}).add(Trial(0, 0, (1.0,), {}, 1.0))
    assert list(Journal(tmp_path / JOURNAL, {"a": 1}).trials) == [("search", 0, 0, 0, 0)]


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
    firsts = [Walk(tuning, 1, start).after([]) for start in range(4)]
    assert len(set(firsts)) == 4
    assert firsts[0] == tuning.now()
    places = np.array([tuning.places(point) for point in firsts])
    assert np.abs(places - places[0]).max() <= REACH + 1e-6
    walk, before = Walk(tuning, 1, 1), list[tuple[Point, float]]()
    while len(before) < 34:
        before.append((walk.after(before[walk.n_told :]), float(len(before) % 5)))
    after = walk.after(before[walk.n_told :])
    assert walk.after([]) == after  # asked twice
    again = Walk(tuning, 1, 1)
    again.after(before[:7])
    assert again.after(before[7:]) == after  # on from a journal
    assert Walk(tuning, 2, 1).after(before) != after
    for point, _ in before:
        assert all(one.low <= value <= one.high for one, value in zip(tuning.tuned, point, strict=True))


def test_a_walk_goes_down(tuned: Path) -> None:
    tuning = read_tuning(tuned)
    goal = np.full(len(tuning.tuned), 0.5)
    walk, lost = Walk(tuning, 1, 1), list[float]()
    point = walk.after([])
    for _ in range(200):
        lost.append(float(np.sum((np.array(tuning.places(point)) - goal) ** 2)))
        point = walk.after([(point, lost[-1])])
    assert np.mean(lost[-20:]) < 0.02 * lost[0]


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
    words = ["calibrate", "starts=1", "trials=1", "communities=2", "ensemble=1", f"out={tmp_path}"]
    assert main(words) == 0
    first = (tmp_path / "ensemble.json").read_bytes() if (tmp_path / "ensemble.json").exists() else b""
    assert "Of " in capsys.readouterr().out
    n = len(_lines(tmp_path))
    assert main(words) == 0  # nothing is played again
    assert len(_lines(tmp_path)) == n
    assert ((tmp_path / "ensemble.json").read_bytes() if first else b"") == first
    assert main(["run", "scenario=learners", "population.groups=2", "days=3", "replicates=2",
                 f"world={tmp_path / 'best.json'}", f"out={tmp_path / 'run'}"]) == 0  # fmt: skip
