"""Searches: a made-up optimum is found, constraints hold, a killed search goes on as if nothing had been."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from scenarios.__main__ import main
from scenarios.errors import UserError
from scenarios.study.axes import axes_of
from scenarios.study.search import session
from scenarios.study.search.explore import Values, alone, best, explore, open_memory, tried
from scenarios.study.search.file import Constraint, Search, read_search
from scenarios.study.search.front import looked_at, means_of
from scenarios.study.search.points import memory_file
from sim.store import Store

pytest.importorskip("optuna")

OVER = {
    "strategies.red_packet.amount": {"low": 0.5, "high": 50, "scale": "log"},
    "strategies.red_packet.shares": {"low": 2, "high": 50},
    "strategies.red_packet.occasion": "declared",
}
SMALL = ["population.groups=2", "population.seats=30", "days=40", "runner=serial"]


def a_search(trials: int = 60, most: float = 1e9, **more: Any) -> Search:
    """Life up, cost down, over three knobs."""
    return Search("made_up", {"en": "x", "zh": "x"}, {"en": "x", "zh": "x"}, (), (), axes_of(OVER, "here"),
                  {"lifetime": "maximize", "cost": "minimize"}, (Constraint("cost", "at_most", most),), trials,
                  **more)  # fmt: skip


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

GOOD: dict[str, Any] = {
    "title": {"en": "Packets", "zh": "红包"},
    "question": {"en": "Which?", "zh": "哪个？"},
    "world": ["scenario=pet_owners"],
    "base": ["strategy=red_packet"],
    "over": OVER,
    "objectives": {"lifetime": "maximise", "cost": "minimise"},
    "constraints": {"cost": {"at_most": 500}},
    "trials": 3,
    "seeds": 2,
    "fresh_seeds": 2,
    "days": 40,
}


def written(conf: Path, search: object) -> str:
    """Write a search as mine.yaml and return its name."""
    (conf.parent / "search").mkdir(exist_ok=True)
    (conf.parent / "search" / "mine.yaml").write_text(yaml.safe_dump(search, allow_unicode=True), "utf-8")
    return "mine"


def test_nothing_is_played_twice(conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["search", f"search={written(conf, GOOD)}", *SMALL, f"store={tmp_path / 's'}", f"out={tmp_path}"]
    assert main([*words, "trials=2"]) == 0
    assert "4 runs asked for now: 0 were stored, 4 played" in capsys.readouterr().out
    assert main([*words, "trials=3"]) == 0
    out = capsys.readouterr().out
    assert "2 runs asked for now: 0 were stored, 2 played" in out
    first = (tmp_path / "trials.csv").read_bytes()
    assert main([*words, "trials=3"]) == 0
    out = capsys.readouterr().out
    assert "played, 0 failed" not in out
    assert "0 played)" in out  # the second look too lies in the store
    assert "winner's curse" in out
    for path in (tmp_path / "s" / "search").iterdir():
        path.unlink()  # Optuna's file is lost: the same points come again, and none is played
    assert main([*words, "trials=3"]) == 0
    assert "6 runs asked for now: 6 were stored, 0 played" in capsys.readouterr().out
    assert (tmp_path / "trials.csv").read_bytes() == first


def test_a_budget_nobody_can_keep_is_said(conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = {**GOOD, "constraints": {"lifetime": {"at_least": 5000}}}
    words = ["search", f"search={written(conf, mine)}", *SMALL, f"store={tmp_path / 's'}", f"out={tmp_path}"]
    assert main([*words, "trials=2"]) == 0
    out = capsys.readouterr().out
    assert "None of the 2 points tried keeps the constraints (lifetime at least 5000)" in out
    assert "Nearest to" in out


def test_the_search_of_the_guide_can_be_played(conf: Path) -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "guide.md").read_text("utf-8")
    (text,) = re.findall(r"```yaml\n(# conf/search/.*?)```", guide, re.DOTALL)
    (conf.parent / "search" / "mine.yaml").write_text(text, "utf-8")
    options = session.read_search_options(["search=mine"])
    assert len(session.cells_of(options.play.study)) == 1
    assert str(options.search.constraints[0]) == "cost at most 500"


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
    monkeypatch.setattr(session, "memory_file", lambda search, store: broken)
    assert main(["search", "search=packet_dose", f"store={tmp_path / 's'}"]) == 2
    assert "remove it" in capsys.readouterr().err


# --- mistakes --------------------------------------------------------------------------------------------------

Mistake = Callable[[dict[str, Any], random.Random], str]


def misspelt(search: dict[str, Any], dice: random.Random) -> str:
    key = dice.choice(["over", "objectives", "trials", "seeds", "base"])
    search[key + "s"] = search.pop(key)
    return key + "s"


def missing(search: dict[str, Any], dice: random.Random) -> str:
    key = dice.choice(["question", "over", "objectives"])
    search.pop(key)
    return key


def wrong_type(search: dict[str, Any], dice: random.Random) -> str:
    key = dice.choice(["over", "objectives", "constraints", "base", "trials", "seeds", "title"])
    search[key] = dice.choice([7.5, ["x"], "x"]) if key not in ("base", "title") else 7
    return key


def wrong_objective(search: dict[str, Any], dice: random.Random) -> str:
    name, way = dice.choice([("lifetme", "maximise"), ("lifetime", "more"), ("cost", None), (3, "minimise")])
    search["objectives"] = {name: way}
    return str(name)


def wrong_constraint(search: dict[str, Any], dice: random.Random) -> str:
    limit = dice.choice([{"atmost": 5}, {"at_most": "few"}, 500, {}, {"at_least": float("inf")}, {"at_most": True}])
    search["constraints"] = {"cost": limit}
    return "constraints: cost"


def wrong_knob(search: dict[str, Any], dice: random.Random) -> str:
    wrong = dice.choice(["strategies.red_packet.amout", "amount", "mind.happiness", "scenario"])
    search["over"] = {wrong: "declared"}
    return wrong


def wrong_range(search: dict[str, Any], dice: random.Random) -> str:
    wrong = dice.choice([{"low": 9, "high": 2}, {"low": -5}, {"log": "yes"}, {"scale": "cubic"}, {"lo": 3}, 5, [7],
                         {"choices": [1, 1]}, {"choices": [1], "low": 2}, [1, -2], {"low": "few"}])  # fmt: skip
    search["over"] = {**OVER, "strategies.red_packet.amount": wrong}
    return "amount"


def out_of_range(search: dict[str, Any], dice: random.Random) -> str:
    key = dice.choice(["trials", "seeds", "fresh_seeds", "days"])
    search[key] = dice.choice([0, -3, 10**9, 2.5])
    return f"{key}="


def wrong_sampler(search: dict[str, Any], dice: random.Random) -> str:
    search["sampler"] = dice.choice(["random", "nsga", 3, ["tpe"]])
    return "sampler"


def not_composed(search: dict[str, Any], dice: random.Random) -> str:
    text, offender = dice.choice([("strategy=nothing", "red_packet"), ("strategy=red_pocket", "red_pocket"),
                                  ("seed=3", "seed=3"), ("days=9", "days=9")])  # fmt: skip
    search["base"] = [text]
    return offender


MISTAKES: list[Mistake] = [misspelt, missing, wrong_type, wrong_objective, wrong_constraint, wrong_knob, wrong_range,
                           out_of_range, wrong_sampler, not_composed]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.__name__)
def test_malformed_searches_end_in_one_message(
    mistake: Mistake, conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(mistake.__name__)
    for _ in range(4):
        search = copy.deepcopy(GOOD)
        offender = mistake(search, dice)
        code = main(["search", f"search={written(conf, search)}", f"store={tmp_path / 's'}"])
        check(code, capsys.readouterr().err, offender)
    assert not (tmp_path / "s").exists()  # said before anything is made


@pytest.mark.parametrize(
    ("words", "offender"),
    [([], "search=NAME"), (["search=packet_doze"], "packet_dose"), (["search=packet_dose", "trials=0"], "trials=0"),
     (["search=packet_dose", "trials=x"], "trials=x"),
     (["search=packet_dose", "seed=-1"], "seed=-1"), (["search=packet_dose", "seeds=0"], "seeds=0"),
     (["search=packet_dose", "mind.leave=2000"], "leave=2000"),
     (["search=packet_dose", "strategies.red_packet.amount=5"], "varies this knob"),
     (["search=packet_dose", "runner=slurm"], "slurm"), (["search=packet_dose", "plan"], "plan")],
)  # fmt: skip
def test_mistakes_on_the_command_line(
    words: list[str], offender: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["search", *words, f"store={tmp_path}"])
    check(code, capsys.readouterr().err, offender)


def check(code: int, message: str, offender: str) -> None:
    assert code == 2, message
    assert message.startswith("shequn: ")
    assert 1 <= len(message.strip().splitlines()) <= 3, message
    assert "Traceback" not in message
    assert offender in message, message


@pytest.mark.parametrize("name", ["packet_dose", "life_and_revenue"])
def test_ready_searches_are_whole(name: str) -> None:
    search = read_search(name)
    assert search.title["zh"] != search.title["en"]
    assert len(search.objectives) >= 2
    assert session.read_search_options([f"search={name}"]).search.trials >= 30
