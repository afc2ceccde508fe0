"""Every malformed configuration ends in one clear message of at most three lines and exit code 2.

The mistakes are generated: each kind of mistake is made on some knobs, chosen by a seeded generator.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable

import pytest

from scenarios.__main__ import main
from scenarios.config.sections import all_knobs
from sim.engine.knobs import Knob
from tests.walking import said

KNOBS = all_knobs()
TOP = {name.split(".")[0] for name in KNOBS}
Mistake = Callable[[str, Knob, random.Random], tuple[str, str] | None]


def misspelt(name: str, knob: Knob, dice: random.Random) -> tuple[str, str] | None:
    """Two letters swapped; None where that gives a name that exists."""
    head, _, last = name.rpartition(".")
    at = dice.randrange(len(last) - 1)
    wrong = last[:at] + last[at + 1] + last[at] + last[at + 2 :]
    full = f"{head}.{wrong}" if head else wrong
    return None if full in KNOBS or wrong in TOP else (f"{full}=1", wrong)


def misspelt_and_added(name: str, knob: Knob, dice: random.Random) -> tuple[str, str] | None:
    made = misspelt(name, knob, dice)
    return made and ("+" + made[0], made[1])


def below(name: str, knob: Knob, dice: random.Random) -> tuple[str, str] | None:
    return None if knob.low is None else (f"{name}={knob.low - 1 - dice.randrange(5):.0f}", name)


def above(name: str, knob: Knob, dice: random.Random) -> tuple[str, str] | None:
    return None if knob.high is None else (f"{name}={knob.high + 1 + dice.randrange(5):.0f}", name)


def fraction(name: str, knob: Knob, dice: random.Random) -> tuple[str, str] | None:
    return (f"{name}={knob.low + 0.5:g}", name) if knob.kind == "whole number" and knob.low is not None else None


def _always(value: str) -> Mistake:
    return lambda name, knob, dice: (f"{name}={value}", name)


MISTAKES: dict[str, Mistake] = {
    "misspelt": misspelt,
    "misspelt and added": misspelt_and_added,
    "below": below,
    "above": above,
    "fraction": fraction,
    "a word": _always("plenty"),
    "a list": _always("[1,2]"),
    "nothing": _always("null"),
    "a mapping": _always("{low:1}"),
    "infinite": _always("inf"),
    "not a number": _always("nan"),
    "huge": _always("9" * 400),
    "a quoted number": _always("'5'"),
    "a resolver": _always("${oc.env:HOME}"),
    "a reference to nowhere": _always("${nowhere.at_all}"),
    "missing": _always("???"),
    "an open bracket": _always("[1,"),
    "several values": _always("1,2"),
    "a child": lambda name, knob, dice: (f"{name}.child=1", name),
    "itself": lambda name, knob, dice: (f"{name}=${{{name}}}", name),
    "taken away": lambda name, knob, dice: (f"~{name}", name),
    "twice": lambda name, knob, dice: (f"{name}=1 {name}=1", name),
    "code": lambda name, knob, dice: (f"{name}={{_target_:os.getcwd}}", name),
}


def generated() -> list[tuple[str, list[str], str]]:
    """(kind, overrides, what the message must name): eight knobs for each kind of mistake."""
    dice = random.Random(20250303)
    cases = []
    for kind, make in MISTAKES.items():
        made = 0
        for name in dice.sample(sorted(KNOBS), len(KNOBS)):
            case = make(name, KNOBS[name], dice)
            if case is None or made == 8:
                continue
            strategy = [said(name.split(".")[1])] if name.startswith("strategies.") else []
            cases.append((kind, [*strategy, *case[0].split(" ")], case[1].rsplit(".", 1)[-1]))
            made += 1
    return cases


WRITTEN = [
    (["+capp=3"], "capp"),
    (["cap=-5"], "cap"),
    (["scenario=pet_owner"], "did you mean 'pet_owners'"),
    (["scenario=[pet_owners,deals]"], "scenario"),
    (["population=enormous"], "enormous"),
    (["record=everything"], "everything"),
    (["lane=compild"], "compild"),
    (["strategy=[group_cap,red_paket]"], "did you mean 'red_packet'"),
    (["strategy=[group_cap,group_cap]"], "group_cap"),
    (["strategy=[nothing,group_cap]"], "nothing"),
    (["strategy=[fixed_time,irregular_time]"], "fixed_time and irregular_time"),
    (["strategy=irregular_time", "strategies.irregular_time.earliest=23.5"], "earliest=23.5"),
    (["population.founders=20", "population.seats=10"], "founders=20"),
    (["strategy=null"], "strategy"),
    (["strategy={group_cap:{limit:3}}"], "strategy"),
    (["strategy=[[group_cap]]"], "strategy"),
    (["strategy=[1]"], "strategy"),
    (["strategies.group_cap.limit=50"], "'strategy=[group_cap]'"),
    (["strategy=red_packet", "strategies.group_cap.limit=50"], "'strategy=[red_packet,group_cap]'"),
    (["strategies.group_cpa.limit=50"], "did you mean 'group_cap'"),
    (["strategies=group_cap"], "'strategy=[group_cap]'"),
    (["strategy=group_cap", "strategies.group_cap=5"], "strategies.group_cap"),
    (["strategies=null"], "strategies"),
    (["strategies.nothing.limit=3"], "limit"),
    (["mind=3"], "mind"),
    (["mind=3", "mind.leave=0.1"], "mind=3"),
    (["strategy=group_cap", "strategies=[a]", "strategies.group_cap.limit=5"], "strategies="),
    (["mind=null"], "mind"),
    (["_target_=os.system"], "_target_"),
    (["mind._target_=os.system"], "_target_"),
    (["hydra.run.dir=elsewhere"], "hydra.run.dir"),
    (["hydra/launcher=joblib"], "hydra/launcher"),
    (["study=everything"], "study"),
    (["start=tomorrow"], "tomorrow"),
    (["start=2025-02-30"], "2025-02-30"),
    (["arm=[a,b]"], "arm"),
    (["world={a:1}"], "world"),
    (["out={a:1}"], "out"),
    (["out=''"], "out"),
    (["days"], "days"),
    (["=3"], "=3"),
    ([""], "key=value"),
    (["a@b=c"], "a@b=c"),
    (["a.b.c.d=1"], "a"),
    (["seed=${"], "seed"),
    (["--foo"], "--foo"),
    (["-m", "days=1,2"], "days"),
    (["-m", "strategy=group_cap", "strategies.group_cap.limit=50,50"], "twice"),
    (["-m", "strategy=group_cap", "strategies.group_cap.limit=50,5000"], "5000"),
    (["-m", "seed=interval(1,2)"], "seed"),
    (["-m", "strategy=group_cap,red_paket"], "red_paket"),
    (["-m", "strategy=group_cap,red_packet", "arm=same"], "same"),
]


@pytest.fixture(autouse=True)
def _no_play(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake that goes unnoticed must not start a run."""

    def played(*arguments: object) -> None:
        pytest.fail("a malformed configuration was played")

    monkeypatch.setattr("scenarios.execution.play.play", played)


def check_message(code: int, message: str, offender: str) -> None:
    """One clear message."""
    assert code == 2
    assert message.startswith("shequn: ")
    assert 1 <= len(message.strip().splitlines()) <= 3
    assert "Traceback" not in message
    assert len(message) < 700
    assert offender in message


@pytest.mark.parametrize("kind", MISTAKES)
def test_generated_mistakes_end_in_one_message(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    cases = [case for case in generated() if case[0] == kind]
    assert len(cases) == 8
    for _, overrides, offender in cases:
        code = main(["run", *overrides])
        check_message(code, capsys.readouterr().err, offender)


def test_there_are_many_of_them() -> None:
    assert len(generated()) + len(WRITTEN) >= 200


@pytest.mark.parametrize(("overrides", "offender"), WRITTEN, ids=lambda value: " ".join(value)[:40])
def test_written_mistakes_end_in_one_message(
    overrides: list[str], offender: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["run", *overrides])
    check_message(code, capsys.readouterr().err, offender)


@pytest.mark.parametrize("overrides", [["+capp=3"], ["strategy=[nothing,group_cap]"], ["days=-5"]])
def test_the_command_itself_exits_with_2(overrides: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scenarios", "run", *overrides], capture_output=True, text=True, encoding="utf-8"
    )
    check_message(done.returncode, done.stderr, overrides[0].split("=")[0].lstrip("+"))
    assert done.stdout == ""


def test_broken_yaml_names_file_and_line(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil
    from pathlib import Path

    from scenarios.config import catalog

    conf = Path(str(tmp_path)) / "conf"
    shutil.copytree(catalog.CONF, conf)
    monkeypatch.setattr(catalog, "CONF", conf)
    (conf / "scenario" / "mine.yaml").write_text("# @package _global_\nscenario:\n  match: [1\nmarket: 3\n")
    code = main(["run", "scenario=mine"])
    check_message(code, capsys.readouterr().err, "conf/scenario/mine.yaml, line")
    (conf / "scenario" / "mine.yaml").write_text("# @package _global_\nscenario:\n  mach: 1\n")
    code = main(["run", "scenario=mine"])
    check_message(code, capsys.readouterr().err, "did you mean 'match'")
    (conf / "strategy" / "group_cap.yaml").write_text("limit: 30\n")
    code = main(["run", "strategy=group_cap"])
    check_message(code, capsys.readouterr().err, "@package strategies.")
    (conf / "strategy" / "raffle.yaml").write_text("# @package strategies.raffle\nprize: 30\n")
    code = main(["run", "strategy=raffle"])
    check_message(code, capsys.readouterr().err, "raffle")
