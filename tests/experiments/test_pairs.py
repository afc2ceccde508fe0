"""``shequn pairs``: what is played for which pair, what is refused, and a tiny play from the words to the page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.config import catalog
from scenarios.config.compose import Composer
from scenarios.experiments.cells import cells_of
from scenarios.experiments.pairs import words
from scenarios.experiments.pairs.asked import Pairs, pairs_of, usual
from scenarios.experiments.pairs.pairs import Played
from scenarios.reports.pairs_table import told
from scenarios.strategies.interplay import PREDICTED
from sim.analysis.ceilings import Ends
from sim.analysis.experiment.asked import sign_of
from sim.analysis.experiment.pairs import NAMED, VERDICTS, first_look, second_look
from sim.locale.words import say

SMALL = ("population=small",)


def asked(*said: str) -> Pairs:
    """The question that the command makes of some words."""
    read = {key: words.WORDS[key](key, value) for key, _, value in (word.partition("=") for word in said)}
    return words.question_of(read, SMALL, Composer())


def played(question: Pairs) -> dict[tuple[int, str], set[str]]:
    """Which strategies each arm of each study plays."""
    return {(number, cell.arm): {type(one).config_name() for one in cell.scenario.strategies} - {"nothing"}
            for number, study in enumerate(question.studies) for cell in cells_of(study)}  # fmt: skip


def test_fifteen_pairs_are_predicted_and_can_be_played_in_two_worlds() -> None:
    assert len(PREDICTED) == 15
    assert [sum(one.word == word for one in PREDICTED) for word in ("synergy", "substitutes", "conflict")] == [7, 3, 5]
    question = asked()
    arms = played(question)
    assert [one.world for one in question.pairs] == ["pet_owners", "deals"] * 15
    for pair, one in zip(question.pairs, [one for one in PREDICTED for _ in range(2)], strict=True):
        beside = {one.beside} - {""}
        four = [arms[pair.study, arm] for arm in pair.arms]
        assert four == [{one.first, one.second} | beside, {one.first} | beside, {one.second} | beside, beside]
        assert (pair.expected, pair.outcome) == (one.word, one.outcome)
        assert question.looked_at(pair)[0] == one.outcome
        assert sign_of(one.outcome) != 0
        assert question.studies[pair.study].days == one.days


def test_a_dose_is_said_wherever_the_strategy_is_played() -> None:
    question = asked("only=gift_at_n+regroup", "worlds=deals")
    by_arm = {cell.arm: cell.scenario for cell in cells_of(question.studies[0])}
    assert list(by_arm) == ["nothing", "regroup+gift_at_n.members=40", "regroup", "gift_at_n.members=40"]
    gifts = [one for name in question.pairs[0].arms for one in by_arm[name].strategies if one.name == "gift_at_n"]
    assert [gift.values["members"] for gift in gifts] == [40, 40]


def test_what_nobody_predicted_is_played_as_its_strategies_are_usually() -> None:
    assert usual("co_moderators", "red_packet").beside == "advert_ban"
    assert usual("advert_ban", "co_moderators").beside == ""  # the other of the two is what it needs
    light = usual("progress", "red_packet")  # what it is played beside has its dose
    assert (light.beside, light.doses) == ("checkin", ("checkin.penalty=0", "checkin.effort=0.3"))
    asked_of_it = pairs_of([light], ["study_group"], ["stayed"], seeds=2, fresh_seeds=2, seed=1, days=10, extra=())
    for overrides in asked_of_it.studies[0].arms.values():
        assert "strategies.checkin.penalty=0" in overrides
    both = usual("clone", "co_moderators").settings
    assert both == ("operator.hours=8", "roles.advertisers=0.05")  # of hours the larger
    assert usual("partner_groups", "red_packet").settings == ()  # of its two expectations one alone asks for a setting
    assert usual("red_packet", "levels").days == 365
    question = asked("only=daily_topic+paid_entry", "outcomes=trust,stayed", "days=90", "seeds=7")
    assert {one.expected for one in question.pairs} == {""}
    assert [question.looked_at(one) for one in question.pairs] == [["trust", "stayed"]] * 2
    assert {(study.days, study.seeds) for study in question.studies} == {(90, 7)}
    assert question.fresh_seeds == 7


def test_pairs_that_contradict_each_other_are_left_out_of_all_and_told() -> None:
    question = asked("among=fixed_time,irregular_time,daily_topic", "worlds=pet_owners")
    assert {(one.first, one.second) for one in question.pairs} == {("daily_topic", "fixed_time"),
                                                                   ("daily_topic", "irregular_time")}  # fmt: skip
    assert [(first, second) for first, second, _ in question.refused] == [("fixed_time", "irregular_time")]
    assert "both want to set" in question.refused[0][2]


def test_every_pair_of_many_strategies_is_played_or_refused() -> None:
    many = [name for name in catalog.strategies() if name != "nothing"][::5]
    question = asked(f"among={','.join(many)}", "worlds=deals")
    assert len(question.pairs) + len(question.refused) == len(many) * (len(many) - 1) // 2
    assert len(question.pairs) > 5 * len(question.refused)
    assert all(why for _, _, why in question.refused)


def test_all_are_all_but_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "acceptable", lambda asked, *_: (asked, []))
    question = asked("all=true", "worlds=deals")
    n = len(catalog.strategies()) - 1
    assert len(question.pairs) == n * (n - 1) // 2
    assert sum(one.expected != "" for one in question.pairs) == 15
    assert len(asked("all=false").pairs) == 30


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        (["only=red_pakcet+daily_topic"], "only=red_pakcet: there is no such strategy; did you mean 'red_packet'"),
        (["only=red_packet"], "only=red_packet is no pair; write it like only="),
        (["only=red_packet+red_packet"], "names one strategy twice"),
        (["only=red_packet+nothing"], "it is what every pair is compared with"),
        (["only="], "only= names nothing"),
        (["only=fixed_time+irregular_time"], "fixed_time and irregular_time both want to set"),
        (["only=commission_for_promoters+paid_entry"], "commission_for_promoters has nothing to work on"),
        (["only=red_packet+daily_topic", "all=true"], "say one of them"),
        (["among=red_packet"], "names one strategy; a pair takes two"),
        (["among=fixed_time,irregular_time"], "no two of them can stand together"),
        (["worlds=deal"], "there is no such scenario; did you mean 'deals'"),
        (["worlds=deals,pet_owners,everyday"], "names 3 worlds; name one or two"),
        (["outcomes=lifetimes"], "there is no outcome 'lifetimes'; did you mean 'lifetime'"),
        (["outcomes=handout_seekers"], "needs recorded messages"),
        (["outcomes=messages"], "neither better nor worse"),
        (["all=maybe"], "there is no 'maybe'"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_message(mistake: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pairs", *mistake, "plan=true", "store=never"]) == 2
    out, told = capsys.readouterr()
    assert out == ""
    assert said in told
    assert len(told.splitlines()) <= 3
    assert not Path("never").exists()


@pytest.mark.slow
def test_the_command_plays_confirms_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two ways of making people look in: less together than both add up to. Stopped on the way, the same bytes."""
    monkeypatch.chdir(tmp_path)
    command = ["pairs", "only=fixed_time+morning_greeting", "outcomes=readers", "worlds=pet_owners", "days=60",
               "mind.hot=0", "mind.event_rate=0", "population.groups=3", "population.seats=30",
               "runner=serial"]  # fmt: skip
    assert main([*command, "seeds=25", "store=s", "out=o"]) == 0
    said = capsys.readouterr().out
    assert "1 pair × 1 world in 4 arms × 25 seeds; 200 runs: 0 were stored, 200 played" in said
    assert "Of 1 prediction said beforehand 1 came" in said
    table = pd.read_csv("o/pairs.csv")
    assert list(table["verdict"]) == ["substitutes"]
    assert list(table["fresh_n"]) == [25]
    page = Path("o/report.html").read_text("utf-8")
    assert "substitutes" in page
    assert "替代" in page or "搭配" in page
    assert Path("o/pairs-en.png").stat().st_size > 10_000
    assert main([*command, "seeds=25", "store=t", "plan=true"]) == 0  # some of it is in the store, and the rest comes
    assert "at most 100 more runs" in capsys.readouterr().out
    assert main([*command, "seeds=25", "store=t", "out=p", "report=false"]) == 0
    assert Path("p/pairs.csv").read_bytes() == Path("o/pairs.csv").read_bytes()
    assert main([*command, "seeds=25", "store=t", "out=p", "report=false", "lang=zh"]) == 0
    assert "200 次已存" in capsys.readouterr().out


def made_up(verdicts: list[str], first: str = "red_packet") -> pd.DataFrame:
    """A table of one pair that was predicted to be a synergy, once for each verdict."""
    numbers = ("mean_both", "mean_first", "mean_second", "mean_neither", "mean_sum", "interaction", "low", "high",
               "fresh_interaction", "fresh_low", "fresh_high", "gain", "gain_low", "gain_high")  # fmt: skip
    row = {"first": first, "second": "daily_topic", "world": "deals", "outcome": "stayed", "expected": "synergy",
           "family": "predicted", "scale": "odds", "n": 9, "fresh_n": 8, "rough": False, "fresh_rough": True,
           **dict.fromkeys(numbers, 0.5)}  # fmt: skip
    return pd.DataFrame([{**row, "verdict": word} for word in verdicts])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_verdict_is_told_with_its_numbers(lang: str) -> None:
    question = asked("only=red_packet+daily_topic", "worlds=deals", "seeds=9", "fresh_seeds=8")
    lines, tables = told(question, made_up([*VERDICTS]), lang)
    assert len(lines) == 1 + len(NAMED)
    words_ = [one["cells"][-1]["value"] for one in tables[0]["rows"]]
    assert len(set(words_)) == len(VERDICTS)
    cells = tables[0]["rows"][0]["cells"]
    assert cells[1] == {"value": say("times", lang, value="1.65"), "interval": "1.65 … 1.65; n = 9", "mark": ""}
    assert cells[2]["value"] == say("times", lang, value="1.65‡")
    assert cells[2]["interval"].endswith("n = 8")
    lines, tables = told(question, made_up(["open"]), lang)
    assert len(lines) == 2


def test_a_long_list_names_the_largest_and_counts_the_rest() -> None:
    question = asked("only=red_packet+daily_topic", "worlds=deals")
    table = made_up(["synergy"] * 23).assign(fresh_interaction=[0.1] * 22 + [0.9], first=["levels"] * 22 + ["welfare"])
    lines, _ = told(question, table, "en")
    assert lines[1].startswith("Synergy, together more than both alone add up to: Member welfare + Daily topic")
    assert lines[1].endswith("; and 3 others.")


def test_what_no_run_counts_is_undefined_and_no_error() -> None:
    """A mechanism counts only where it is in play; the runs are paid for by then."""
    question = asked("only=daily_topic+paid_entry", "worlds=deals")
    (pair,) = question.pairs
    table = pd.DataFrame([{"arm": arm, "replicate": k, "trust": 0.5} for arm in pair.arms for k in range(2)])
    square = Played(table, Ends()).square(pair, "n_shams")
    assert square.values.shape == (4, 2)
    assert np.isnan(square.values).all()
    assert second_look(first_look([square]), {})["verdict"].tolist() == ["too_few"]
