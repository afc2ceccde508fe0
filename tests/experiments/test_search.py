"""Searches: a made-up optimum is found, constraints hold, a killed search goes on as if nothing had been."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.config import catalog
from scenarios.config.sections import all_knobs
from scenarios.errors import UserError
from scenarios.experiments.axes import axes_of
from scenarios.experiments.cells import cells_of
from scenarios.experiments.designs import sampled
from scenarios.experiments.exploration import Values
from scenarios.experiments.search import searches
from scenarios.experiments.search.explore import alone, best, explore, open_memory, tried
from scenarios.experiments.search.file import Constraint, Search, read_search
from scenarios.experiments.search.front import looked_at, means_of
from scenarios.experiments.search.searches import Searches, memory_file
from scenarios.experiments.session import read_words
from sim.data.store import Store
from tests.experiments.searches import GOOD, OVER, written

pytest.importorskip("optuna")

SMALL = ["population.groups=2", "population.seats=30", "days=40", "runner=serial"]


def a_search(trials: int = 60, most: float = 1e9, **more: Any) -> Search:
    """Life up, cost down, over three knobs."""
    said: dict[str, Any] = {"seeds": 10, "fresh_seeds": 20, "days": 180, "seed": 1, "sampler": "tpe"}
    text = {"en": "x", "zh": "x"}
    return Search(name="made_up", title=text, question=text, world=(), base=(), axes=axes_of(OVER, "here", all_knobs()),
                  objectives={"lifetime": "maximize", "cost": "minimize"},
                  constraints=(Constraint("cost", "at_most", most),), trials=trials, **(said | more))  # fmt: skip


def hill(_: int, values: Values) -> dict[str, float]:
    """Life is best at 5 yuan in 20 shares a week; everything else costs."""
    amount, shares, occasion = values
    off = np.log(amount / 5) ** 2 + ((shares - 20) / 20) ** 2 + (occasion != "weekly")
    return {"lifetime": 100 - 20 * off, "cost": 1 + 10 * off}


@pytest.mark.parametrize("sampler", ["tpe", "nsga2"])
def test_the_optimum_is_found(sampler: str) -> None:
    search = a_search(trials=100, sampler=sampler)
    memory = open_memory(search, None)
    explore(memory, search, hill)
    (winner,) = best(memory)  # both ends agree, so one point beats all
    lives = [hill(0, values)["lifetime"] for values in tried(memory, search).values()]
    assert hill(0, tried(memory, search)[winner])["lifetime"] == max(lives)
    assert max(lives) > 96  # blind draws reach that with one try in 200
    assert np.mean(lives[50:]) > np.mean(lives[:10]) + 10  # it learns


def test_a_constraint_is_kept() -> None:
    def dear(_: int, values: Values) -> dict[str, float]:
        return {"lifetime": 10 * values[0], "cost": values[0]}

    search = a_search(trials=60, most=7.0)
    memory = open_memory(search, None)
    explore(memory, search, dear)
    points = tried(memory, search)
    assert any(values[0] > 7 for values in points.values())  # it did look there
    assert best(memory)
    assert all(points[n][0] <= 7 for n in best(memory))
    assert max(points[n][0] for n in best(memory)) > 5


class Killed(BaseException):
    """As sudden as a power cut."""


@pytest.mark.parametrize("sampler", ["tpe", "nsga2"])
def test_killed_searches_go_on_as_if_nothing_had_been(sampler: str, tmp_path: Path) -> None:
    search, asked = a_search(trials=45, sampler=sampler), []
    quiet = open_memory(search, tmp_path / "quiet.sqlite")
    explore(quiet, search, hill)
    for stop in (0, 3, 13, 30):

        def dies(number: int, values: Values, stop: int = stop) -> dict[str, float]:
            asked.append(number)
            if number == stop:
                raise Killed
            return hill(number, values)

        with pytest.raises(Killed):
            explore(open_memory(search, tmp_path / "killed.sqlite"), search, dies)
    again = open_memory(search, tmp_path / "killed.sqlite")
    explore(again, search, hill)
    assert asked == [*range(0, 1), *range(0, 4), *range(3, 14), *range(13, 31)]  # only the one under way is repeated
    assert tried(again, search) == tried(quiet, search)
    assert best(again) == best(quiet)


@pytest.mark.parametrize("sampler", ["tpe", "nsga2"])
def test_a_kill_between_two_knobs_moves_nothing(
    sampler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every trial dies once, after its first knob is written down and before its second is drawn."""
    from optuna.trial import Trial

    search = a_search(trials=14, sampler=sampler)
    quiet = open_memory(search, None)
    explore(quiet, search, hill)
    drawn, died = Trial.suggest_int, set()

    def dies(self: Any, *arguments: Any, **more: Any) -> int:
        if self.number not in died:
            died.add(self.number)
            raise Killed
        return drawn(self, *arguments, **more)

    monkeypatch.setattr(Trial, "suggest_int", dies)
    for _ in range(14):
        with pytest.raises(Killed):
            explore(open_memory(search, tmp_path / "killed.sqlite"), search, hill)
    again = open_memory(search, tmp_path / "killed.sqlite")
    explore(again, search, hill)
    assert tried(again, search) == tried(quiet, search)


def test_more_trials_go_on_and_another_seed_differs() -> None:
    few, many = a_search(trials=15), a_search(trials=30)
    memory, whole = open_memory(few, None), open_memory(many, None)
    explore(memory, few, hill)
    explore(memory, many, hill)
    explore(whole, many, hill)
    assert tried(memory, many) == tried(whole, many)
    other = a_search(trials=15, seed=2)
    elsewhere = open_memory(other, None)
    explore(elsewhere, other, hill)
    assert tried(elsewhere, other)[0] != tried(memory, many)[0]


def test_undefined_outcomes_are_failed_trials() -> None:
    search = a_search(trials=20)
    memory = open_memory(search, None)
    explore(memory, search, lambda n, values: {"lifetime": float("nan") if n % 2 else 1.0, "cost": 1.0})
    assert set(tried(memory, search)) == set(range(0, 20, 2))


def test_fresh_seeds_undo_the_winners_curse() -> None:
    """Two hundred points that differ by luck alone: the best twenty shine on their own seeds only.

    Their means lie 1.75 standard errors (5.5) too high on average, with a standard error of 0.7 on fresh seeds.
    """
    search, dice = a_search(), np.random.default_rng(5)
    tables = []
    for _ in range(2):
        rows = [pd.DataFrame({"arm": f"trial {n}", "lifetime": dice.normal(50, 10, 10), "cost": 1.0})
                for n in range(200)]  # fmt: skip
        tables.append(means_of(pd.concat(rows), ["lifetime", "cost"], range(200)))
    life = tables[0][tables[0]["outcome"] == "lifetime"].set_index("trial")["mean"]
    top = list(life.nlargest(20).index)
    front = looked_at(search, *(table[table["trial"].isin(top)] for table in tables))
    mean, low, _, n = front.flattery("lifetime")
    assert n == 20
    assert mean > 3
    assert low > 0
    assert len(front.unbeaten) == 1
    assert front.kept == tuple(sorted(top))


# --- the command -----------------------------------------------------------------------------------------------


def test_nothing_is_played_twice(conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["search", f"search={written(conf, GOOD)}", *SMALL, f"store={tmp_path / 's'}", f"out={tmp_path}"]
    assert main([*words, "trials=2"]) == 0
    assert "6 runs: 0 were stored, 6 played" in capsys.readouterr().out
    assert main([*words, "trials=3"]) == 0
    out = capsys.readouterr().out
    assert re.search("8 runs: (6 were stored, 2|4 were stored, 4) played", out)  # the best may be another point now
    first = (tmp_path / "trials.csv").read_bytes()
    assert main([*words, "trials=3"]) == 0
    out = capsys.readouterr().out
    assert "8 runs: 8 were stored, 0 played" in out  # the second look too lies in the store
    assert "winner's curse" in out
    for path in (tmp_path / "s" / "search").iterdir():
        path.unlink()  # Optuna's file is lost: the same points come again, and none is played
    assert main([*words, "trials=3"]) == 0
    assert "8 runs: 8 were stored, 0 played" in capsys.readouterr().out
    assert (tmp_path / "trials.csv").read_bytes() == first


def test_a_budget_nobody_can_keep_is_said(conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = {**GOOD, "constraints": {"lifetime": {"at_least": 5000}}}
    words = ["search", f"search={written(conf, mine)}", *SMALL, f"store={tmp_path / 's'}", f"out={tmp_path}"]
    assert main([*words, "trials=2"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"None of the 2 points tried keeps the .*life of a group .*5,000", out)
    assert "earest" in out
    assert "trial" not in out.split("Tables:")[0]


def test_the_search_of_the_guide_can_be_played(conf: Path) -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "guide.md").read_text("utf-8")
    (text,) = re.findall(r"```yaml\n(# conf/search/.*?)```", guide, re.DOTALL)
    (conf.parent / "search" / "mine.yaml").write_text(text, "utf-8")
    search, _ = read_words(Searches(), ["search=mine"])
    assert len(cells_of(Searches().outline(search))) == 1
    assert str(search.constraints[0]) == "cost at most 500"


def test_two_at_once_are_told(tmp_path: Path) -> None:
    path = tmp_path / "made" / "up.sqlite"
    with alone(path), pytest.raises(UserError, match="another process"), alone(path):
        pass
    with alone(path):  # let go
        pass


def test_another_question_has_another_memory(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        names = {memory_file(s, store) for s in (a_search(), a_search(trials=7), a_search(most=3), a_search(seed=2))}
    assert len(names) == 3  # more trials are the same search


def test_the_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
                                      tmp_path: Path) -> None:  # fmt: skip
    monkeypatch.setitem(__import__("sys").modules, "optuna", None)
    assert main(["search", "search=packet_dose", f"store={tmp_path}"]) == 2
    assert "shequn[search]" in capsys.readouterr().err


def test_a_broken_memory_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                 capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database at all, but long enough to be looked at" * 50)
    monkeypatch.setattr(searches, "memory_file", lambda search, store: broken)
    assert main(["search", "search=packet_dose", f"store={tmp_path / 's'}"]) == 2
    assert "remove it" in capsys.readouterr().err


@pytest.mark.parametrize("name", catalog.options("search"))
def test_ready_searches_are_whole(name: str) -> None:
    search = read_search(name)
    assert search.title["zh"] != search.title["en"]
    assert len(search.objectives) >= 2
    assert read_words(Searches(), [f"search={name}"])[0].trials >= 30


def test_a_plan_counts_and_plays_nothing(conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [f"search={written(conf, {**GOOD, 'trials': 4})}", *SMALL, f"store={tmp_path}"]
    assert main(["search", *words, "trials=2", f"out={tmp_path / 'out'}"]) == 0
    kept = sorted(path.name for path in tmp_path.rglob("*.parquet"))
    capsys.readouterr()
    assert main(["search", *words, "plan=true", f"out={tmp_path / 'planned'}"]) == 0
    said = capsys.readouterr().out
    assert "4 points × 2 seeds = 8 runs; 4 are stored, 4 to do" in said
    assert re.search(r"time: about \d+", said)
    assert re.search(r"disk: about 0\.0[1-9] MB", said)
    assert "2 fresh seeds" in said
    assert sorted(path.name for path in tmp_path.rglob("*.parquet")) == kept
    assert not (tmp_path / "planned").exists()
    assert main(["search", *words, "trials=2", "plan=true"]) == 0
    assert "4 are stored, 0 to do" in capsys.readouterr().out


def test_points_of_a_plan_are_spread(conf: Path) -> None:
    search = read_search(written(conf, GOOD))
    points = sampled("latin_hypercube", search.axes, 8, 1)
    for place, axis in enumerate(search.axes):
        if axis.span is not None and not axis.span.whole:
            values = sorted(point[place] for point in points)
            assert all(axis.span.at(n / 8) <= value <= axis.span.at((n + 1) / 8) for n, value in enumerate(values))
