"""The page of a tournament: its sentences are those of the numbers, names stay names, and nothing is fetched."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scenarios.experiments.advise.spending import Spent
from scenarios.experiments.tournament.boards import BOARDS, Boards
from scenarios.experiments.tournament.team import Team
from scenarios.experiments.tournament.tournament import Question
from scenarios.reports.tournament_board import board, tracks
from scenarios.reports.tournament_report import told, write_tournament_report
from scenarios.reports.tournament_words import answer, budget_lines, place_of
from sim.analysis.ceilings import Ends
from sim.analysis.experiment.contest import contest
from sim.analysis.experiment.over_worlds import OverWorlds
from tests.browser.pages import BROWSER, probed, run

EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">'
NAMES = ("nothing", "甲队", EVIL[:40], "B & C")
ENDS = Ends(151.0)
MEANS = {"lifetime": (100.0, 120.0, 110.0, 100.0), "conversion": (0.05, 0.05, 0.01, 0.2),
         "return": (0.5, 0.5, 0.5, 0.5), "belonging": (0.3, 0.4, 0.1, 0.3)}  # fmt: skip


def fake(n: int = 30, means: Mapping[str, tuple[float, ...]] = MEANS) -> tuple[Question, Boards]:
    """Teams with these means, and noise of a fiftieth."""
    rng = np.random.default_rng(2)
    noise = rng.standard_normal((n, len(NAMES)))
    noise -= noise.mean(axis=0) if n else 0.0
    boards = {key: contest(NAMES, np.array(means[key]) * (1 + noise / 50)) for key in BOARDS}
    one = OverWorlds(1.0, 0.9, 1.1, 0.0, (), n)
    spent = {name: Spent(one, one, 1.2, 400.0) for name in NAMES}
    teams = tuple(Team(name, ("strategy=[nothing]",), "here") for name in NAMES[1:])
    return Question(teams), Boards(boards, spent, (), (), n, n, ENDS)


def said(key: str, lang: str, found: Boards) -> str:
    return " ".join(answer(key, found.boards[key], ENDS, lang))


def test_sentences_are_those_of_the_numbers() -> None:
    _, found = fake()
    first, beside = answer("lifetime", found.boards["lifetime"], ENDS, "en")
    assert first == "甲队: first, and surely ahead of all others, 120 days (119 … 121)."
    assert beside == "Against doing nothing: 2 teams surely better, 0 surely worse, 1 not told apart."
    assert said("conversion", "zh", found).startswith("B & C：第一，确实领先其余各队，20.0 %")
    assert "确实更好 1 队，确实更差 1 队，分不出 1 队" in said("conversion", "zh", found)
    assert said("return", "en", found).startswith("Any team may be first")
    assert "close to the 151 days" not in said("lifetime", "en", found)


def test_sentences_turn_where_the_numbers_turn() -> None:
    turned = {key: tuple(reversed(means)) for key, means in MEANS.items()}
    _, found = fake(means=turned)
    assert said("lifetime", "en", found).startswith(f"{NAMES[2]}: first")
    _, tied = fake(means=MEANS | {"lifetime": (100.0, 120.0, 120.0, 90.0)})
    assert said("lifetime", "en", tied).startswith("2 teams may be first, and these communities do not tell which: 甲")
    _, long = fake(means=MEANS | {"lifetime": (150.0, 150.5, 149.0, 150.9)})
    assert "close to the 151 days" in said("lifetime", "en", long)


def test_few_communities_are_said_to_be_too_few() -> None:
    _, found = fake(1)
    assert said("lifetime", "en", found) == "1 community: too few to tell teams apart."


def test_places_and_ties_are_drawn_as_they_are() -> None:
    _, found = fake()
    one = found.boards["lifetime"]
    assert [place_of(one, k) for k in one.order] == ["1", "2", "3–4", "3–4"]
    assert tracks(one) == [[(2, 3)]]
    drawn = board("lifetime", one, ENDS, "en")
    assert [row["lanes"] for row in drawn["rows"]] == [[""], [""], ["tie from"], ["tie to"]]
    assert [row["kind"] for row in drawn["rows"]] == ["first", "other", "nothing", "other"]
    dots = [row["dot"] for row in drawn["rows"]]
    assert dots == sorted(dots, reverse=True)
    assert all(row["low"] <= row["dot"] <= row["low"] + row["width"] for row in drawn["rows"])
    duels = drawn["duels"]["rows"]
    assert [cell["kind"] for cell in duels[0]["cells"]] == ["self", "up", "up", "up"]
    assert [cell["kind"] for cell in duels[3]["cells"]] == ["down", "down", "same", "self"]
    first = one.duels[one.order[2], one.order[3]]
    assert duels[2]["cells"][3]["value"] == f"{100 * first.won:.0f}"


def test_who_spent_more_is_named_and_on_no_board() -> None:
    asked, found = fake()
    lines = " ".join(budget_lines(asked, found, "en"))
    assert "No team spent more. The most of any team in any of 30 communities: 1.20 hours a day, 400 CNY" in lines
    over = replace(found, over=("甲队",))
    assert "spent more than there was in some community: 甲队" in " ".join(budget_lines(asked, over, "en"))
    assert "No team spent more" not in " ".join(budget_lines(asked, over, "en"))
    lacking = replace(found, asked=50)
    assert "Only 30 of 50 communities count" in " ".join(budget_lines(asked, lacking, "en"))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tournament_report(*fake(), tmp_path_factory.mktemp("page"))


def test_the_page_says_what_the_terminal_says_in_both_languages(page: Path) -> None:
    text = html.unescape(page.read_text("utf-8"))
    asked, found = fake()
    for lang in ("en", "zh"):
        lines, tables = told(asked, found, lang)
        assert len(tables) == 4
        assert all(part in text for key in BOARDS for part in answer(key, found.boards[key], ENDS, lang))
        assert lines[-1] in text
    assert json.loads((page.parent / "boards.json").read_text("utf-8"))["communities"] == 30


def test_a_name_like_html_is_shown_and_nothing_else(page: Path) -> None:
    text = page.read_text("utf-8")
    assert html.escape(NAMES[2], quote=False) in text.replace("&#34;", '"').replace("&#39;", "'")
    body = re.sub(r"<script>\n\(function.*?</script>", "", text, flags=re.DOTALL)
    assert "<script" not in body
    assert "onerror" not in body
    assert "<img" not in body


def test_nothing_is_fetched(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.findall(r"(?:src|href|action)=[\"'](?!data:|#)", text) == []
    assert re.findall(r"url\((?!data:)", text) == []
    assert "default-src 'none'" in html.unescape(text)


PROBE = """<script>addEventListener("load", function () {
  var main = [].find.call(document.querySelectorAll("main"), function (m) { return m.offsetHeight > 0; });
  var pick = main.querySelectorAll(".pick button"), all = main.querySelectorAll("[data-is]");
  var seen = function () { return [].filter.call(all, function (one) { return one.offsetHeight > 0; }).length; };
  var four = seen(), wide = document.documentElement.scrollWidth <= innerWidth;
  pick[0].dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight"}));
  var name = main.querySelector(".rank td.team");
  wide = wide && document.documentElement.scrollWidth <= innerWidth;
  document.title = JSON.stringify({lang: main.lang, four: four, one: seen(), wide: wide,
    pressed: pick[1].getAttribute("aria-pressed"), big: parseFloat(getComputedStyle(name).fontSize),
    images: document.images.length});
});</script>"""


@pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: the page is not looked at")
@pytest.mark.parametrize(("lang", "tag", "size", "big"),
                         [("en", "en", "1920,1080", 34), ("zh", "zh-Hans", "400,800", 14)])  # fmt: skip
def test_boards_are_shown_four_at_once_or_one_in_large_type(
    page: Path, lang: str, tag: str, size: str, big: float, tmp_path: Path
) -> None:
    """On a projector letters are a thirtieth of the screen's height or more where a few teams play."""
    looked = tmp_path / "looked.html"
    looked.write_text(probed(page.read_text("utf-8"), PROBE), "utf-8")
    dom = run(tmp_path, f"--window-size={size}", "--dump-dom", f"{looked.as_uri()}#{lang}")
    seen = json.loads(html.unescape(re.search("<title>(.*?)</title>", dom)[1]))  # type: ignore[index]
    assert seen == {"lang": tag, "four": 4, "one": 1, "wide": True, "pressed": "true", "big": seen["big"], "images": 0}
    assert seen["big"] >= big
