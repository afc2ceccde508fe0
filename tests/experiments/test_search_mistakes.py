"""Forty malformed searches, generated, and others: each ends in one clear message and exit code 2."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from scenarios.__main__ import main
from tests.experiments.mistakes import Mistake, check, end_in_one_message
from tests.experiments.searches import GOOD, OVER


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
    end_in_one_message("search", GOOD, mistake, conf, tmp_path / "s", capsys)


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
