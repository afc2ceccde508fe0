"""The sentences of advice against their numbers: none claims more than its interval, none hides a cost."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scenarios.config import catalog
from scenarios.experiments.advise.final import Advice, Found, drawn, lot_of
from scenarios.experiments.advise.menu import Move, Plan, singles
from scenarios.experiments.advise.question import Question
from scenarios.experiments.advise.situation import Situation
from scenarios.experiments.advise.spending import Spent
from scenarios.reports.advise_report import PRINTED, told, write_advise_report
from scenarios.reports.advise_words import cost, gain, left_out, steps, trial, worth
from sim.analysis.experiment.over_worlds import OverWorlds
from sim.locale.docstrings import first_sentence
from sim.locale.speaking import speaking
from tests.browser import pages
from tests.walking import is_chinese

PLAN = (Move("fixed_time", ("posts_per_day=2.0", "until_day=29")), Move("red_packet", ("amount=5.0",)))
ASKED = Question(Situation(groups=10, hours=1.0, yuan=300.0), (), 1, 29)
NAMES = ("lifetime", "member_messages", "revenue", "cost", "host_hours", "profit_month")


def over(mean: float, half: float, worlds: tuple[float, ...] = (0.1, 0.2)) -> OverWorlds:
    return OverWorlds(mean, mean - half, mean + half, 0.1, worlds, 87)


def advice(mean: float, half: float, plan: Plan = PLAN, **more: object) -> Advice:
    spent = Spent(over(0.8, 0.1), over(120.0, 20.0), 0.93, 250.0)
    one = Advice(plan, over(mean, half), (mean - 0.3, mean + 0.3), {name: over(mean, half) for name in NAMES},
                 dict.fromkeys(NAMES, 10.0), spent, 0.2, 0.4)  # fmt: skip
    return replace(one, **more)  # type: ignore[arg-type]


def found(*advised: Advice, alike: tuple[Plan, ...] = (), dear: tuple[Plan, ...] = ()) -> Found:
    return Found(advised, dict.fromkeys(NAMES, 12.0), alike, {}, 300, dear)


def numbers(text: str) -> list[float]:
    return [float(one) for one in re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("mean", "half", "sure"), [(0.5, 0.2, True), (0.5, 0.6, False), (0.1, 0.1, False)])
def test_a_gain_is_one_only_where_its_interval_leaves_0_out(mean: float, half: float, sure: bool, lang: str) -> None:
    doubt = {"en": "not shown that this is better", "zh": "不能说它比什么都不做更好"}[lang]
    said = gain(advice(mean, half), 1, lang)
    assert (doubt in said) == (not sure)
    for part in (0.0, -half, half):
        assert min(abs(one - math.exp(mean + part)) for one in numbers(said)) < 0.006
    unknown = replace(advice(mean, half), score=OverWorlds(mean, math.nan, math.nan, 0.0, (mean,), 3))
    assert doubt in gain(unknown, 1, lang)
    assert "–" not in gain(unknown, 1, lang)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_worlds_in_which_it_does_harm_are_told(lang: str) -> None:
    harm = {"en": "worse than doing nothing", "zh": "更差"}[lang]
    good, mixed = advice(0.5, 0.2), advice(0.5, 0.2, score=over(0.5, 0.2, (-0.1, 0.2, 0.3, 0.4)))
    assert not any(harm in line for line in worth(good, lang))
    (line,) = [line for line in worth(mixed, lang) if harm in line]
    assert {1.0, 4.0} <= set(numbers(line))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_costs_stand_with_their_intervals_and_what_there_is(lang: str) -> None:
    mean, budget = (numbers(line) for line in cost(ASKED, advice(0.5, 0.2), lang))
    assert {0.8, 0.7, 0.9, 120.0, 100.0, 140.0} <= set(mean)
    assert budget == [0.93, 250.0]
    over_ = cost(ASKED, advice(0.5, 0.2, spent=Spent(over(0.9, 0.1), over(120.0, 20.0), 1.01, 250.0)), lang)
    assert len(over_) == 3
    dear = left_out(found(advice(0.5, 0.2), dear=((Move("red_packet", ("amount=50.0",)),),)), lang)
    assert len(dear) == 1
    assert "50" in dear[0]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_to_do_is_told_by_stage_with_doses_in_plain_words(lang: str) -> None:
    found_ = steps(PLAN, lang)
    assert [len(what) for _, what in found_] == [1, 1]
    always, first = (what[0] for _, what in found_)
    assert "5" in always
    assert "2" in first
    assert not re.search(r"``|posts_per_day|amount|until_day", always + first)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_strategy_can_be_told(lang: str) -> None:
    """No name of a knob is left in the sentences, and Chinese ones are Chinese."""
    for name, made in catalog.strategies().items():
        for dose in (made.doses[0], made.doses[-1]) if made.doses else ():
            from scenarios.strategies.expected import dosed

            for _, what in steps((Move(name, dosed(dose)),), lang):
                assert "``" not in what[0]
                assert is_chinese(what[0]) or lang == "en"


MOVES = sorted({move for plan in singles() for move in plan})
BADLY = {
    "the currency twice": r"CNY\.? CNY|元 ?元|¥[\d.,]+ ?元",
    "a bare tick": r"`",
    "on no day": r"(?<![\d.,])0 days?\b|\bday 0\b|(?<![\d.,])0 天",
    "a fraction of a per cent": r"\d\.\d+ %",
    "one of many": r"(?<![\d.,])1 [a-z]+s\b|每隔? 1 天",
    "a value of the code": r"\b(?:True|False|None)\b",
}
ORDINARY = {"who"}
"""Names of knobs that English cannot do without."""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_move_of_the_menu_is_told_in_a_plain_sentence(lang: str) -> None:
    found_ = [(move.label, why, what) for move in MOVES for _, (what,) in steps((move,), lang)
              for why, pattern in BADLY.items() if re.search(pattern, what)]  # fmt: skip
    assert found_ == []
    assert {move.strategy for move in MOVES} > {"goods", "rising_price", "packet_per_invite", "advert_ban"}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("strategy", sorted({move.strategy for move in MOVES}))
def test_the_sentence_names_no_knob_that_has_no_number_to_put_in_its_place(strategy: str, lang: str) -> None:
    """Neither as code nor as a word; nor anything else as code."""
    made = catalog.strategies()[strategy]
    with speaking(lang):
        sentence = first_sentence(made.__doc__ or "")
    wordy = {name for name, knob in made.own_knobs().items() if isinstance(knob.default, bool | str)}
    assert set(re.findall("``(.+?)``", sentence)) <= set(made.own_knobs()) - wordy
    assert set(re.findall(r"[A-Za-z_]+", sentence)) & wordy <= ORDINARY


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_trial_names_the_lot_and_promises_no_more_than_its_chance(lang: str) -> None:
    lot = drawn(ASKED)
    said = trial(ASKED, advice(0.5, 0.2), lang)
    assert {10.0, 5.0, *map(float, lot)} <= set(numbers(said[0]))
    assert any("40" in line for line in said)
    seldom, often = (len(trial(ASKED, advice(0.5, 0.2, seen=seen), lang)) for seen in (0.4, 0.6))
    assert seldom == often + 1
    few = replace(ASKED, situation=replace(ASKED.situation, groups=6))
    assert not any("40" in line for line in trial(few, advice(0.5, 0.2), lang))
    assert len(trial(few, advice(0.5, 0.2, seen=math.nan), lang)) == 1


def test_the_lot_is_half_of_the_groups_and_another_seed_draws_another() -> None:
    assert len(drawn(ASKED)) == 5
    assert len({drawn(replace(ASKED, seed=seed)) for seed in range(20)}) > 10
    table = lot_of(ASKED)
    assert tuple(table["group"][table["tried"]]) == drawn(ASKED)
    often = np.bincount([one for seed in range(200) for one in drawn(replace(ASKED, seed=seed))], minlength=11)[1:]
    assert often.min() > 60  # each of ten groups in half of 200 lots, give or take five standard errors


def test_doing_nothing_is_an_answer(tmp_path: Path) -> None:
    lines, tables = told(ASKED, found(), "en")
    assert "Do nothing" in lines[0]
    assert tables == []
    page = write_advise_report(ASKED, found(), tmp_path).read_text("utf-8")
    assert "Do nothing" in page
    assert not (tmp_path / PRINTED).exists()


WORST = (
    (Move("price_ladder"), Move("fixed_time", ("posts_per_day=2.0", "until_day=29")),
     Move("screening", ("bar=0.8", "effort=10.0", "while_stage=decline"))),
    (Move("clone", ("at=30", "volunteers=8")), Move("graded_sanctions"), Move("regroup", ("into=6",))),
    (Move("introductions", ("call=0.3", "from_day=30")), Move("membership", ("dues=19.9",)), Move("shills")),
)  # fmt: skip


@pytest.mark.skipif(not pages.BROWSER, reason="needs a browser")
@pytest.mark.slow
def test_the_plan_prints_on_one_page_in_both_languages(tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    asked = replace(ASKED, situation=replace(ASKED.situation, groups=12))
    three = [advice(0.5, 0.6, plan, score=over(0.5, 0.6, (-0.1, 0.5))) for plan in WORST]
    with speaking("en"):
        write_advise_report(asked, found(*three, alike=WORST[1:], dear=(PLAN,)), tmp_path)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=pages.BROWSER)
        page = browser.new_page()
        for lang in ("en", "zh"):
            page.goto(f"{(tmp_path / PRINTED).as_uri()}#{lang}")
            page.reload()
            printed = page.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, lang
        browser.close()
