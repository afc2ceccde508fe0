"""A hundred malformed studies, generated, and others: each ends in one clear message and exit code 2."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from scenarios.__main__ import main
from scenarios.errors import ConfigError
from scenarios.experiments.reader import read_study
from tests.experiments.mistakes import Mistake, check, end_in_one_message
from tests.experiments.shelves import GOOD, written


def _keys_of(dice: random.Random, *keys: str) -> str:
    return dice.choice(keys)


def misspelt_key(study: dict[str, Any], dice: random.Random) -> str:
    key = _keys_of(dice, *study)
    at = dice.randrange(len(key) - 1)
    wrong = key[:at] + key[at + 1] + key[at] + key[at + 2 :]
    wrong = wrong if wrong != key else key + "x"
    study[wrong] = study.pop(key)
    return wrong


def wrong_type(study: dict[str, Any], dice: random.Random) -> str:
    key = _keys_of(dice, "worlds", "arms", "outcomes", "seeds", "days", "title", "question")
    study[key] = {"seeds": "many", "days": [1], "title": 5, "question": ["?"]}.get(key, dice.choice([7, True, "x"]))
    return key


def out_of_range(study: dict[str, Any], dice: random.Random) -> str:
    key = _keys_of(dice, "seeds", "days", "seed")
    study[key] = -dice.randrange(1, 9)
    return key


def fraction(study: dict[str, Any], dice: random.Random) -> str:
    key = _keys_of(dice, "seeds", "days")
    study[key] = dice.randrange(1, 9) + 0.5
    return key


def unknown_outcome(study: dict[str, Any], dice: random.Random) -> str:
    wrong = dice.choice(["lifetme", "buyer", "happiness", 3, None, ["lifetime"]])
    study["outcomes"].append(wrong)
    return "outcomes"


def unknown_reference(study: dict[str, Any], dice: random.Random) -> str:
    study["reference"] = dice.choice(["fre", "limit=21", 7, "nobody"])
    return "reference"


def missing_part(study: dict[str, Any], dice: random.Random) -> str:
    key = _keys_of(dice, "arms", "question")
    study[key] = dice.choice([None, {}]) if dice.random() < 0.5 else study.pop(key) and None
    return key


def unknown_design(study: dict[str, Any], dice: random.Random) -> str:
    wrong = dice.choice(["gird", "random", 3, None])
    study["arms"]["design"] = wrong
    return str(wrong)


def unknown_knob(study: dict[str, Any], dice: random.Random) -> str:
    wrong = dice.choice(["strategies.group_cap.limt", "limit", "mind.happiness", "nothing"])
    study["arms"]["over"] = {wrong: [1, 2]}
    return wrong


def no_list(study: dict[str, Any], dice: random.Random) -> str:
    study["arms"]["over"]["strategies.group_cap.limit"] = dice.choice([20, "20,50", {}, None, []])
    return "limit"


def unequal_pairs(study: dict[str, Any], dice: random.Random) -> str:
    study["arms"]["design"] = "paired"
    study["arms"]["over"]["population.founders"] = list(range(10, 13 + dice.randrange(5)))
    return "one length"


def bad_range(study: dict[str, Any], dice: random.Random) -> str:
    wrong = dice.choice([{"low": 50, "high": 20}, {"low": -5}, {"high": 10**9}, {"low": "few"}, {"scale": "cubic"},
                         {"lo": 3}, 5, [20], [20, 20]])  # fmt: skip
    study["arms"] |= {"design": "latin_hypercube", "n": 4, "over": {"strategies.group_cap.limit": wrong}}
    return "limit"


def bad_number_of_points(study: dict[str, Any], dice: random.Random) -> str:
    study["arms"] |= {"design": "sobol", "n": dice.choice([0, -4, 12, "eight", None, 10**9]),
                      "over": {"strategies.group_cap.limit": {}}}  # fmt: skip
    return "n="


def bad_override(study: dict[str, Any], dice: random.Random) -> str:
    label, texts = dice.choice([("worlds", 5), ("worlds", {"a": 1}), ("also", ["days"]), ("also", [["a=b"]]),
                                ("also", [{"strategy": "nothing"}])])  # fmt: skip
    (study["worlds"] if label == "worlds" else study["arms"]["also"])["wrong one"] = texts
    return "wrong one"


def does_not_compose(study: dict[str, Any], dice: random.Random) -> str:
    text = dice.choice(["strategy=group_cup", "mind.leave=plenty", "talk.tie_gian=3", "strategy=[nothing,group_cap]",
                        "population.seats=-5", "strategy=[fixed_time,irregular_time]", "a@b=c", "mind.leave=1,2",
                        "strategies.paid_entry.price=5", "mind.leave={_target_:os.getcwd}",
                        "mind.leave=${oc.env:HOME}"])  # fmt: skip
    study["arms"]["also"]["the odd one"] = [text]
    return "the odd one"


def not_here(study: dict[str, Any], dice: random.Random) -> str:
    key = dice.choice(["seed=3", "days=5", "replicates=7", "arm=x", "world=y", "threads=2", "out=here"])
    study["worlds"]["pets"].append(key)
    return key


def bad_label(study: dict[str, Any], dice: random.Random) -> str:
    study["arms"]["also"][dice.choice(["", " ", "a\nb", "x" * 200, True])] = ["strategy=nothing"]
    return "label"


def same_arm_twice(study: dict[str, Any], dice: random.Random) -> str:
    if dice.random() < 0.5:
        study["arms"]["over"]["strategies.group_cap.limit"].append(20)
        return "twice"
    study["arms"]["also"]["limit=50"] = ["strategy=nothing"]
    return "limit=50"


def wrong_name(study: dict[str, Any], dice: random.Random) -> str:
    known = next(iter(study["worlds"]))
    ways: list[tuple[Any, str]] = [({"fr": {}}, "fr"), ({"zh": {"nobody": "x"}}, "nobody"), ({"zh": 5}, "labels.zh"),
                                   ({"zh": {known: 7}}, "7"), ({"zh": {known: "长" * 61}}, "60"), (3, "labels")]
    wrong, quoted = dice.choice(ways)
    study["labels"] = wrong
    return quoted


MISTAKES: list[Mistake] = [
    misspelt_key, wrong_type, out_of_range, fraction, unknown_outcome, unknown_reference, missing_part, unknown_design,
    unknown_knob, no_list, unequal_pairs, bad_range, bad_number_of_points, bad_override, does_not_compose, not_here,
    bad_label, same_arm_twice, wrong_name,
]  # fmt: skip
EACH = 6


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.__name__)
def test_malformed_studies_end_in_one_message(
    mistake: Mistake, conf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    end_in_one_message("study", GOOD, mistake, conf, tmp_path / "store", capsys, EACH)


def test_there_are_a_hundred_of_them() -> None:
    assert EACH * len(MISTAKES) >= 100


@pytest.mark.parametrize(
    ("text", "offender"),
    [
        ("arms: [1\nquestion: x", "line"),
        ("question: a\nquestion: b\narms: {}", "twice"),
        ("question: a\narms:\n  x: [strategy=nothing]\n  x: [strategy=nothing]", "line 4"),
        ("question: &q a\ntitle: *q\narms: {x: [strategy=nothing]}", "references"),
        ("!!python/object/apply:os.system ['true']", "line 1"),
        ("question: !!python/name:os.system\narms: {}", "line 1"),
        ("[1, 2]", "mapping"),
        ("", "mapping"),
        ("just words", "mapping"),
        ("\t- x", "line 1"),
        ("a: " + "[" * 5000, "mine.yaml"),
        ("{[1]: 2}: 3", "mine.yaml"),
        ("question: \x00", "mine.yaml"),
        ("question: " + "x" * 2_000_000, "larger"),
        ("seeds: 2025-13-45", "mine.yaml"),
        ("seeds: " + "9" * 5000, "mine.yaml"),
    ],
)
def test_files_that_are_no_study(conf: Path, text: str, offender: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["study", f"study={written(conf, text)}", "plan=true"])
    check(code, capsys.readouterr().err, offender)


@pytest.mark.parametrize(
    ("words", "offender"),
    [
        ([], "study=NAME"), (["study=group_sise"], "did you mean 'group_size'"), (["study=../config"], "../config"),
        (["study=group_size", "seeds=few"], "seeds=few"), (["study=group_size", "seeds=0"], "seeds=0"),
        (["study=group_size", "runner=slurm"], "slurm"), (["study=group_size", "workers=0"], "workers=0"),
        (["study=group_size", "until=never"], "until=never"), (["study=group_size", "until=-1"], "until=-1"),
        (["study=group_size", "plan=maybe"], "plan=maybe"), (["study=group_size", "fail=loud"], "fail=loud"),
        (["study=group_size", "seeds=3", "seeds=4"], "twice"), (["study=group_size", "mind.leave=2000"], "leave=2000"),
        (["study=group_size", "mind.leave=0.1", "mind.leave=0.2"], "mind.leave"),
        (["study=group_size", "strategies.group_cap.limit=5"], "limit"), (["study=group_size", "strategy=nothing"],
        "strategy"), (["study=group_size", "record=messages"], "record"), (["study=group_size", "oops"], "oops"),
        (["study=group_size", "replicates=5"], "seeds="), (["study=group_size", "store="], "store="),
        (["study=group_size", "chunk=0"], "chunk=0"),
    ],
)  # fmt: skip
def test_mistakes_on_the_command_line(
    words: list[str], offender: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = [] if any(word.startswith("store=") for word in words) else [f"store={tmp_path}"]
    code = main(["study", *words, *store])
    check(code, capsys.readouterr().err, offender)


def test_yaml_runs_no_code(conf: Path) -> None:
    marker = conf / "ran"
    written(conf, f"!!python/object/apply:os.system ['touch {marker}']")
    with pytest.raises(ConfigError):
        read_study("mine")
    assert not marker.exists()
