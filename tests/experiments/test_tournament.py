"""``shequn tournament``: files taken or refused in plain words, boards that any worker makes alike, going on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.config.compose import Composer
from scenarios.experiments import player
from scenarios.experiments.tournament import files
from scenarios.experiments.tournament.boards import BOARDS
from scenarios.experiments.tournament.faults import Refused
from scenarios.experiments.tournament.team import Team
from scenarios.experiments.tournament.tournament import Tournament
from sim.data.store import Store

SMALL = ("replicates=3", "days=90", "population.groups=2", "population.seats=20", "runner=serial")
GOOD = {
    "a": "team: 甲队 A\nstrategies: [red_packet, paid_entry]\n",
    "b": "team: B\nstrategies:\n  fixed_time:\n  late: {use: red_packet, amount: 3, from_day: 30}\n",
}


def written(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def read(*words: str | Path, extra: tuple[str, ...] = ()) -> tuple[Team, ...]:
    return Tournament([str(word) for word in words], Composer()).read("tournament", {}, extra).teams


# --- files that are taken ---------------------------------------------------------------------------------------------


def test_a_list_and_nodes_become_arms(tmp_path: Path) -> None:
    teams = read(written(tmp_path, GOOD))
    assert [team.name for team in teams] == ["B", "甲队 A"]
    study = Tournament().read("tournament", {}, ()).study(teams)
    assert list(study.arms) == ["nothing", "B", "甲队 A"]
    cell = Composer().scenario([*study.worlds["world"], *study.arms["B"]])
    late = next(one for one in cell.strategies if one.name == "late")
    assert (dict(late)["amount"], late.from_day, type(late).config_name()) == (3.0, 30, "red_packet")
    assert {one.name for one in cell.strategies} == {"late", "fixed_time"}


def test_a_folder_a_pattern_and_a_file_name_the_same_teams_once(tmp_path: Path) -> None:
    folder = written(tmp_path, GOOD)
    assert read(folder) == read(folder / "*.yaml") == read(folder / "b.yaml", folder / "a.yaml", folder)


def test_the_order_of_files_decides_nothing(tmp_path: Path) -> None:
    folder = written(tmp_path, GOOD)
    assert read(folder / "a.yaml", folder / "b.yaml") == read(folder / "b.yaml", folder / "a.yaml")


def test_every_example_can_be_played_and_the_template_explains_every_line() -> None:
    teams = read()
    assert 3 <= len(teams) == len(list(files.EXAMPLES.glob("*.yaml")))
    lines = (files.EXAMPLES / "warm_start.yaml").read_text("utf-8").splitlines()
    assert sum("#" in line for line in lines) >= sum(bool(line.strip()) and "#" not in line for line in lines)


def test_names_of_any_script_are_kept_and_blanks_are_not(tmp_path: Path) -> None:
    names = ["<b onload=alert(1)>&amp;", "Привет 🙂", "قطط", "=1+1", "7", "null队"]
    quoted = [json.dumps(f"  {name}  ", ensure_ascii=False) for name in names]
    texts = {f"{k}": f"team: {name}\nstrategies: [nothing]\n" for k, name in enumerate(quoted)}
    assert {team.name for team in read(written(tmp_path, texts))} == set(names)


# --- files that are refused -------------------------------------------------------------------------------------------

REFUSED = [
    ("team: A\nstrategies: [red_packet]\npopulation: {seats: 500}\n", "'population' has no place", "take it out"),
    ("team: A\nstrategies: [red_packet]\nscenario: deals\n", "'scenario' has no place", "world, budget and days"),
    ("team: A\nstrategies: [red_packet]\noperator.hours: 24\n", "'operator.hours' has no place", "take it out"),
    ("team: A\nstrategies: [red_packet]\ntimeline: []\n", "'timeline' has no place", "take it out"),
    ("team: A\nstrategies: [red_packet]\nplugins: [mine]\n", "'plugins' has no place", "take it out"),
    ("team: A\nstrategies: [red_packet]\n_target_: os.system\n", "'_target_' has no place", "take it out"),
    ("team: A\nstrategies: {red_packet: {_target_: os.system}}\n", "_target_: there is no such knob", "did you mean"),
    ("team: A\nstrategies: {red_packet: {amount: '${oc.env:HOME}'}}\n", "refers to nothing else", "the value itself"),
    ("team: '${oc.env:HOME}'\nstrategies: [nothing]\n", "refers to nothing else", "the value itself"),
    ("team: A\nstrategies: !!python/object/apply:os.system ['echo no']\n", ", line 2", "tag"),
    ("team: A\nstrategies: &a [red_packet]\nteam: B\n", ", line 3", "given twice"),
    ("team: A\nstrategies: {a: &x {use: red_packet}, b: *x}\n", ", line 2", "not used here"),
    ("team: [\n", ", line 2", "expected"),
    ("- a\n- b\n", "must be a mapping", ""),
    ("strategies: [red_packet]\n", "the team has no name", "write one after 'team:'"),
    ("team: no\nstrategies: [red_packet]\n", "the team has no name", "quotation marks"),
    ("team: ' '\nstrategies: [red_packet]\n", "the team has no name", ""),
    (f"team: {'a' * 41}\nstrategies: [red_packet]\n", "is no name", "up to 40"),
    ('team: "a\\u202eb"\nstrategies: [red_packet]\n', "is no name", "printable"),
    ("team: Nothing\nstrategies: [red_packet]\n", "stands beside all teams", "take another name"),
    ("team: A\n", "none is named", "[nothing] to do nothing"),
    ("team: A\nstrategies: []\n", "none is named", ""),
    ("team: A\nstrategies: red_packet\n", "none is named", "give a list"),
    ("team: A\nstrategies: [red_pakcet]\n", "no strategy 'red_pakcet'", "did you mean 'red_packet'"),
    ("team: A\nstrategies: [{red_packet: {amount: 3}}]\n", "no name of a strategy", "mapping"),
    ("team: A\nstrategies: {red_pakcet: {amount: 3}}\n", "no strategy 'red_pakcet'", "did you mean 'red_packet'"),
    ("team: A\nstrategies: {early: {use: red_pakcet}}\n", "early.use=red_pakcet", "did you mean 'red_packet'"),
    ("team: A\nstrategies: {stage_plan: }\n", "is a plan", "in a list"),
    ("team: A\nstrategies: {red_packet: 5}\n", "no mapping of doses", "leave it empty"),
    ("team: A\nstrategies: {red_packet: {amount: 1000000000}}\n", "amount=1e+09 is out of range", "it goes from"),
    ("team: A\nstrategies: {red_packet: {amount: '=1'}}\n", "is not a number", ""),
    ("team: A\nstrategies: {red_packet: {amount: .nan}}\n", "is not a number", ""),
    ("team: A\nstrategies: {red_packet: {occasion: hourly}}\n", "is not one of", "daily"),
    ("team: A\nstrategies: {'a b': {use: red_packet}}\n", "name it by", "letters, digits"),
    ("team: A\nstrategies: {'a,b:{use:shills}': {use: red_packet}}\n", "name it by", "letters, digits"),
    ("team: A\nstrategies: {group_cap: {use: red_packet}}\n", "itself the name of a strategy", "otherwise"),
    ("team: A\nstrategies: {3: {use: red_packet}}\n", "is no name", "quote it"),
    ("team: A\nstrategies: {red_packet: {from_day: 9, until_day: 3}}\n", "from_day=9 comes after", ""),
    ("team: A\nstrategies: [advert_ban, graded_sanctions]\n", "removes offenders at once", "choose one"),
    ("team: A\nstrategies: [nothing, red_packet]\n", "cannot be combined", "leave it out"),
    ("team: A\nstrategies: [commission_for_promoters]\n", "nothing to work on", "play one of"),
]


@pytest.mark.parametrize(("text", "why", "cure"), REFUSED)
def test_a_file_is_refused_in_plain_words(text: str, why: str, cure: str, tmp_path: Path) -> None:
    path = written(tmp_path, {"bad": text}) / "bad.yaml"
    with pytest.raises(Refused) as found:
        read(path)
    assert all(fault.startswith(str(path)) for fault in found.value.faults)
    assert any(why in fault and cure in fault for fault in found.value.faults), found.value.faults


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = {"c": "team: b\nstrategies: [nothing]\n",
           "d": "team: D\nseed: 3\nstrategies: {red_packet: {amount: -1}, x: }\n",
           "e": "team: E\nstrategies: [advert_ban, graded_sanctions]\n"}  # fmt: skip
    folder = written(tmp_path / "teams", GOOD | bad)
    assert main(["tournament", str(folder), str(tmp_path / "none.yaml"), str(tmp_path)]) == 2
    told = capsys.readouterr().err.splitlines()
    expected = ("none.yaml: nothing is called so", f"{tmp_path}: no team's file", "d.yaml: 'seed' has no place",
                "d.yaml: strategies.red_packet.amount=-1", "d.yaml: strategies: there is no strategy 'x'",
                "c.yaml: team: 'b' is also the name of the team", "e.yaml: strategy: advert_ban removes")  # fmt: skip
    assert len(told) == len(expected)
    assert all(any(one in line for line in told) for one in expected), told
    assert not any("a.yaml" in line for line in told)


@pytest.mark.parametrize(("words", "why"), [
    (["operator.hours=9"], "hours="), (["operator.purse=9"], "yuan="), (["allowance.monthly=9"], "yuan="),
    (["strategy=red_packet"], "files of the teams"), (["strategies.red_packet.amount=3"], "files of the teams"),
    (["hours=-1"], "out of range"), (["yuan=nan"], "no number"), (["yuan=1e30"], "out of range"),
    (["days=60"], "no group's life"), (["replicates=0"], "replicates"), (["scenario=delas"], "did you mean 'deals'"),
    (["seeds=9"], "no setting 'seeds'"), (["population.seats=x"], "seats"),
])  # fmt: skip
def test_what_the_teacher_says_is_checked(words: list[str], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tournament", *words]) == 2
    assert why in capsys.readouterr().err


def test_too_many_teams_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST", 1)
    with pytest.raises(Refused, match="no tournament has more than 1 teams"):
        read(written(tmp_path, GOOD))


# --- what is played ---------------------------------------------------------------------------------------------------


@pytest.fixture
def played(tmp_path: Path) -> Callable[..., dict[str, bytes]]:
    """Plays into a store and a folder of their own, and returns what was left, by name."""
    teams = written(tmp_path / "teams", GOOD)

    def play(name: str, *words: str, code: int = 0) -> dict[str, bytes]:
        out = tmp_path / f"out_{name}"
        given = {word.partition("=")[0] for word in words}
        said = [*(word for word in SMALL if word.partition("=")[0] not in given), *words]
        assert main(["tournament", str(teams), f"store={tmp_path / name}", f"out={out}", *said]) == code
        return {path.name: path.read_bytes() for path in out.iterdir() if not path.name.startswith(".")}

    return play


def test_what_is_left_is_one_story(played: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Tables, page and terminal say the same, and the boards follow from the table of duels."""
    left = played("store")
    told = capsys.readouterr().out
    assert set(left) == {"boards.csv", "duels.csv", "budget.csv", "boards.json", "report.html"}
    boards, duels, budget = (pd.DataFrame(json.loads(left["boards.json"])[name])
                             for name in ("boards", "duels", "budget"))  # fmt: skip
    assert list(dict.fromkeys(boards["board"])) == list(BOARDS)
    assert set(boards["team"]) == {"nothing", "B", "甲队 A"}
    assert (boards["n"] == 3).all()
    for (board, team), rows in duels.groupby(["board", "team"]):
        (row,) = boards[(boards["board"] == board) & (boards["team"] == team)].to_dict("records")
        assert row["place_low"] == 1 + (rows["surely"] == "worse").sum()
        assert row["place_high"] == 3 - (rows["surely"] == "better").sum()
        assert np.allclose(rows["won"] + rows["tied"] + rows["lost"], 1.0)
        other = boards[boards["board"] == board].set_index("team")["mean"]
        assert np.allclose(rows["difference"], row["mean"] - other[rows["against"]].to_numpy(), atol=1e-4)
    assert "甲队 A" in told
    assert "3 communities" in told
    page = left["report.html"].decode()
    assert "甲队 A" in page
    assert "3 communities" in page
    assert "3 个社群" in page
    assert budget["most_own_yuan_a_month"].max() <= 500.01


def test_one_worker_or_two_the_same_bytes(played: Any) -> None:
    assert played("one") == played("two", "runner=processes", "workers=2", "chunk=1")


def test_a_tournament_goes_on_where_it_was_stopped(
    played: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C after some runs: 130, nothing lost, and the same bytes as without."""
    whole, execute, done = played("whole"), player.execute, 0

    def stopped(study: Any, cells: Any, store: Any, runner: Any, progress: Any, *more: Any) -> Any:
        def watch(arm: str, n: int) -> None:
            nonlocal done
            done += n
            progress(arm, n)
            if done >= 3:
                raise KeyboardInterrupt

        return execute(study, cells, store, runner, watch, *more)

    with monkeypatch.context() as patched:
        patched.setattr(player, "execute", stopped)
        with pytest.raises(FileNotFoundError):  # it left nothing
            played("broken", "chunk=1", code=130)
    with Store(tmp_path / "broken") as store:
        kept = store.ledger.count("done")
    assert 0 < kept < 9
    capsys.readouterr()
    assert played("broken", "chunk=1") == whole
    assert f"{kept} were stored" in capsys.readouterr().out
    more = played("broken", "replicates=4")
    assert "9 were stored, 3 played" in capsys.readouterr().out
    assert more == played("four", "replicates=4")


def test_plan_tells_the_price_first(played: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(FileNotFoundError):
        played("planned", "plan=true")
    told = capsys.readouterr().out
    assert "2 teams and doing nothing × 3 communities × 90 days = 9 runs" in told
    assert re.search(r"time: about \d", told)
