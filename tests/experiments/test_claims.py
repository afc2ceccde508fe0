"""``shequn claims``: files read, mistakes told, verdicts and sentences that follow from the numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from scenarios.__main__ import main
from scenarios.config import catalog
from scenarios.errors import ConfigError
from scenarios.experiments.claims import claims as home
from scenarios.experiments.claims.claims import Claims, Question, study_without, table_of, tried_of
from scenarios.experiments.claims.file import read_claim
from scenarios.reports.claims_report import write_claims_report
from scenarios.reports.claims_words import sentence, signed_finely
from sim.analysis.experiment.claim_verdict import ALL_OFF, Part, Verdict, holds, of_part
from sim.analysis.experiment.over_worlds import over_worlds

CLAIM = """
title: {en: small is warm, zh: 小群暖}
worlds: {here: [scenario=pet_owners], there: [scenario=deals]}
arms: {large: [strategy=nothing], small: [strategy=group_cap]}
statements:
  warm:
    {say: {en: members write more, zh: 写得更多}, more: small, less: large, measure: lines_each, sign: 1, least: 0.1}
  warm_there:
    say: {en: there too, zh: 那里也是}
    more: small @ there
    less: [large @ there]
    measure: {column: n_messages, per: n_members, days: [0, 9]}
    sign: 1
    least: 0.1
terms:
  shy: {say: {en: shyness, zh: 害羞}, set: [mind.shyness=0]}
  busy: {say: {en: crowding, zh: 拥挤}, set: [mind.crowding=0.3]}
rests: {en: some of it, zh: 一部分}
days: 40
"""


def written(folder: Path, text: str = CLAIM) -> str:
    path = folder / "h77.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_claim_is_played_as_it_is_without_each_term_and_without_all(tmp_path: Path) -> None:
    claim = read_claim(written(tmp_path))
    asked = Question((claim,), 2, 3)
    study, without = asked.studies
    again = study_without(claim, asked, ("busy",), 3)
    assert list(again.worlds) == ["here − busy", "there − busy"]
    assert (again.seeds, again.part) == (6, without.part)
    assert claim.id == "H77"
    assert list(study.worlds) == ["here", "there"]
    assert list(without.worlds) == [f"{world} − {end}" for world in ("here", "there")
                                    for end in ("shy", "busy", ALL_OFF)]  # fmt: skip
    assert without.worlds["here − all"][-2:] == ("mind.shyness=0", "mind.crowding=0.3")
    assert all(world[0] == "world=ensemble" for world in [*study.worlds.values(), *without.worlds.values()])
    assert study.daily
    assert without.daily
    assert (study.seeds, study.days) == (6, 40)
    assert (without.seeds, without.days, without.seed) == (2, 40, study.seed)  # one community a world, of the same luck
    assert len(Question((replace(claim, terms=()),), 2, 3).studies) == 1


@pytest.mark.parametrize(("old", "new", "why"), [
    ("lines_each", "lines_eech", "did you mean 'lines_each'"), ("small, less", "smal, less", "no arm 'smal'"),
    ("@ there]", "@ their]", "no world 'their'"), ("sign: 1,", "sign: 2,", "none of 1, -1 and 0"),
    ("least: 0.1}", "least: 0}", "a number above 0"), ("least: 0.1}", "least: .nan}", "is no number"),
    ("n_messages", "n_mesages", "no 'n_mesages'"), ("[0, 9]", "[0, 99]", "no span of days"),
    ("[0, 9]", "[9, 0]", "no span of days"), ("shy: {say", "all: {say", "another name"),
    ("rests", "rest", "rest"), ("days: 40", "days: x", "days"), ("more: small,", "more: 5,", "no list of arms"),
    ("more: small, less: large", "more: []", "no list of arms"),
    ("per: n_members", "pre: n_members", "no 'pre'"),
    ("title: {en: small is warm, zh: 小群暖}", "", "'title' is missing"),
])  # fmt: skip
def test_a_mistake_is_one_message(tmp_path: Path, old: str, new: str, why: str) -> None:
    assert old in CLAIM
    with pytest.raises(ConfigError, match=why):
        read_claim(written(tmp_path, CLAIM.replace(old, new, 1)))


def test_a_wrong_name_or_number_is_told_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    for words, why in ((["only=h99"], "no claim 'h99'"), (["each=0"], "from 1 to 1,000"), (["only="], "names nothing")):
        assert main(["claims", *words]) == 2
        assert why in capsys.readouterr().err


class Fed:
    """In place of runs: a value for each statement's arm and world."""

    def __init__(self, effects: dict[str, float]) -> None:
        self.effects, self.replicates, self.spread = effects, range(30), dict[str, float]()

    def of(self, measure: Any, world: str, arm: str) -> np.ndarray:
        n = len(self.replicates)
        noise = np.random.default_rng(5).normal(0, self.spread.get(world, 0.02), n)
        return self.effects.get(world, 0.0) + noise if arm == "small" else np.zeros(n)


@pytest.mark.parametrize(("effects", "word"), [
    ({"": 0.5, " − shy": 0.5, " − busy": 0.5, " − all": 0.5}, "supported"),
    ({"": 0.5, " − shy": 0.0, " − busy": 0.5, " − all": 0.0}, "assumed"),
    ({"": 0.3, " − shy": 0.2, " − busy": 0.3, " − all": 0.1}, "depends"),
    ({"": -0.5}, "contradicted"), ({"": 0.0}, "no_effect"), ({"": 0.1}, "cannot_tell"),
])  # fmt: skip
def test_a_verdict_turns_with_its_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, effects: dict[str, float], word: str
) -> None:
    claim = read_claim(written(tmp_path))
    monkeypatch.setattr(home, "Runs", lambda shelf: Fed({f"{w}{end}": value for end, value in effects.items()
                                                         for w in ("here", "there")}))  # fmt: skip
    shelf: Any = object()
    as_it_is = tried_of(claim, shelf, 10)
    is_needed = word in ("supported", "assumed", "depends")
    assert as_it_is.verdict.word == ("supported" if is_needed else word)
    assert any(map(holds, as_it_is.parts)) == is_needed  # else taking terms away would change nothing
    tried = tried_of(claim, shelf, 10, dict.fromkeys(("shy", "busy", ALL_OFF), shelf))
    assert tried.verdict.word == word
    table = table_of([tried])
    assert set(table["claim_verdict"]) == {word}
    assert len(table) == 2 * 4


def test_what_stays_open_is_played_in_all_communities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without being busy it is as large, but ten communities are too few to see it."""
    claim, played = read_claim(written(tmp_path)), []

    def runs(shelf: Any) -> Fed:
        fed = Fed({f"{w}{end}": 0.3 for end in ("", " − shy", " − busy", " − all") for w in ("here", "there")})
        fed.replicates = range(shelf.study.seeds)
        wide = any("busy" in world for world in shelf.study.worlds) and shelf.study.seeds == 10
        fed.spread = {f"{w} − busy": 0.6 for w in ("here", "there")} if wide else {}
        return fed

    def play(study: Any) -> Any:
        played.append((sorted({name.partition(" − ")[2] for name in study.worlds}), study.seeds))
        return SimpleNamespace(study=study)

    monkeypatch.setattr(home, "Runs", runs)
    asked, player = Question((claim,), 10, 3), cast(Any, SimpleNamespace(play=play))
    whole = play(home.study_of(claim, asked))
    tried, off = home._without_terms(tried_of(claim, whole, 10), whole, asked, player)
    assert played == [([""], 30), (["all", "busy", "shy"], 10), (["busy"], 30)]
    assert tried.verdict.word == "supported"
    assert {term: shelf.study.seeds for term, shelf in off.items()} == {"shy": 10, "busy": 30, ALL_OFF: 10}


def test_no_sentence_says_more_than_its_interval(tmp_path: Path) -> None:
    """Of effects by chance: where it is said to hold, the interval lies beyond what is worth naming; and the limits and
    the mean are in the sentence."""
    claim = read_claim(written(tmp_path))
    statement, dice, seen = claim.statements[0], np.random.default_rng(3), set()
    for _ in range(400):
        mean, spread = dice.normal(0, 0.4), dice.choice([0.02, 0.3])
        world = np.arange(30) % 10
        off = {term: over_worlds(dice.normal(mean * part, 0.02, 30), world)
               for term, part in (("shy", dice.choice([0.0, 0.5, 1.0])), ("busy", 1.0))}  # fmt: skip
        whole = over_worlds(dice.normal(mean, spread, 30), world)
        part = Part("warm", int(dice.choice([1, -1, 0])), 0.1, whole, off)
        verdict = of_part(part)
        text = sentence(claim, statement, part, verdict, "en")
        seen.add(verdict.word)
        turned = whole if part.sign >= 0 else whole.turned()
        if text.startswith(("In the model it holds", "It holds", "It hangs")) and part.sign:
            assert turned.low > 0.1
        if "contradicts" in text and part.sign:
            assert turned.high < -0.1
        if "no effect worth naming" in text:
            assert -0.1 < turned.low <= turned.high < 0.1
        unit = "lines"
        for value in (whole.mean, whole.low, whole.high):
            assert signed_finely(value, unit, 0.1) in text or "hangs" in text
    assert seen == {"supported", "assumed", "depends", "contradicted", "no_effect", "cannot_tell"}


def test_the_page_leads_to_each_claim_in_both_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claim, shelf = read_claim(written(tmp_path)), cast(Any, object())
    tried = []
    for effects in ({"here": 0.5, "there": 0.5}, {"here": 0.5, "there": 0.0}, {"here": -0.5, "there": 0.0}):
        monkeypatch.setattr(home, "Runs", lambda shelf, effects=effects: Fed(effects))
        name = f"h{7 + len(tried)}"
        tried.append(tried_of(replace(claim, name=name), shelf, 10))
    assert [one.verdict for one in tried[:2]] == [Verdict("supported"), Verdict("depends", ("warm",))]
    page = write_claims_report(Question((claim,), 10, 3), tried, tmp_path).read_text("utf-8")
    links, places = re.findall(r'href="#([^"]+)"', page), re.findall(r'<section id="([^"]+)"', page)
    assert sorted(links) == sorted(places) == [f"h{n}-{lang}" for n in (7, 8, 9) for lang in ("en", "zh")]
    for text in ("supported (1)", "H8 · small is warm — holds in part", "得到支持（1 条）", "H8 · 小群暖——部分成立",
                 "contradicted (1)", "The model contradicts that members write more: the effect is −0.5"):  # fmt: skip
        assert text in page


def test_every_claim_that_ships_can_be_read_and_composed() -> None:
    asked = Claims().read("claims", {"each": 1}, ())
    assert [one.name for one in asked.claims] == catalog.options("claim")
    for one in asked.claims:
        assert one.rests["en"] != one.rests["zh"]
        assert all(statement.say["en"] != statement.say["zh"] for statement in one.statements)
