"""The report: one page that stands alone, says it is a prediction, and states every effect with its uncertainty."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from scenarios import compose
from scenarios.reports.combining import combining
from scenarios.reports.run_report import write_report
from sim.data.results import Results, ResultsError, concat
from sim.plots.run.album import PICTURES
from sim.plots.run.combination import strength
from sim.plots.run.measured import Measured
from tests.fakes import fake_results

FOUR = ["advert_ban", "fixed_time", "paid_entry", "red_packet"]


@pytest.fixture(scope="module")
def results() -> Results:
    found = fake_results(replicates=12, groups=5, days=120)
    found.meta["arms"]["all_four"]["strategy"] = FOUR
    return found


@pytest.fixture(scope="module")
def page(results: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(results.write(tmp_path_factory.mktemp("out") / "run"))


class Reader(HTMLParser):
    """Checks that tags close, and collects what the page points at."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "img", "link", "br"):
            self.open.append(tag)
        self.targets += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "action")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_stands_alone(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(text)
    assert not reader.open
    pictures = [target for target in reader.targets if target.startswith("data:image/png;base64,")]
    assert len(pictures) == 16
    assert [target for target in reader.targets if target not in pictures] == ["replay.html"] * 2  # by language
    assert not re.search(r"https?://|url\((?!data:)|@import|src=\"(?!data:)", text)


def test_pngs_lie_beside_it_and_nothing_half_written(page: Path) -> None:
    pictures = sorted(path.name for path in page.parent.glob("*.png"))
    assert len(pictures) == 16
    assert "survival-zh.png" in pictures
    assert not list(page.parent.glob(".*"))


def test_it_says_prediction_first_in_both_languages(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    parts = text.split("<main ")[1:]
    for part, sentence in zip(parts, ("is a prediction of a model", "都是模型在既定假设下的预测"), strict=True):
        places = [part.find(text) for text in (sentence, 'class="answer"', 'class="verdict"', "<table")]
        assert places[0] > -1
        assert places == sorted(places)


def test_the_page_says_what_a_study_says(page: Path) -> None:
    """The same sentences, tables and names as the page of a study with these arms; the doses where it was run."""
    text = unescape(re.sub(r"<[^>]*>", " ", page.read_text(encoding="utf-8").split("<main ")[1]))
    assert re.search(r"'All four together' (?:does best|leads) for groups alive at the end: \+[\d.]+ points compared "
                     r"with 'Do nothing' \(95 % interval \+[\d.]+ to \+[\d.]+, 12 paired communities\)", text)
    assert re.search(r"Groups alive at the end \(%\), in detail · 12 communities per arm", text)
    assert re.search(r"lifetime[^<]*\(days\) +[\d.]+ +[\d.]+ … [\d.]+", text)  # in the table of all outcomes
    assert re.search(r"digest +[0-9a-f]{64}", text)


def test_doses_are_told(tmp_path: Path) -> None:
    run = fake_results(["nothing", "red_packet"], replicates=3, groups=2, days=40)
    run.meta["arms"]["red_packet"]["strategies"] = {"red_packet": {"amount": 5.0, "shares": 10}}
    text = write_report(tmp_path, "en", results=run).read_text(encoding="utf-8")
    assert "(red_packet amount=5.0 shares=10)" in text


def test_what_was_run_is_told(tmp_path: Path) -> None:
    """What differs from the scenario's file, what happens on its days, doses of an arm with any label."""
    run = fake_results(["nothing", "[/x]"], replicates=2, groups=2, days=40, world="small pets")
    said = ["scenario=pet_owners", "population.groups=3", "timeline=[{day:3,shock:{scenario.search_rate:0.5}}]"]
    for arm, strategy in (("nothing", "nothing"), ("[/x]", "group_cap")):
        played = compose([*said, f"strategy={strategy}"]).as_dict()
        run.meta["arms"][arm] = {**played, "arm": arm, "world": "small pets"}
    text = unescape(write_report(tmp_path, "en", results=run).read_text(encoding="utf-8"))
    events = "timeline=[{day:3,shock:{scenario.search_rate:0.5}}]"
    assert f"small pets (scenario=pet_owners population.groups=3 {events})" in text
    assert "[/x] (group_cap limit=30 queue=20 when_full=queue)" in text
    assert "as it is" not in text


@pytest.mark.usefixtures("one_picture")
def test_one_arm_has_its_level(tmp_path: Path) -> None:
    text = write_report(tmp_path, "en", results=fake_results(["nothing"], replicates=4, days=40)).read_text("utf-8")
    assert "4 communities, nothing to compare with: groups alive at the end" in text
    assert re.search(r"; life of a group [\d.]+ days "
                     r"\([\d.]+ to [\d.]+\)", text)  # fmt: skip


def test_combining_compares_with_the_sum_of_the_parts(results: Results) -> None:
    lines = combining(Measured(results), "en")
    assert lines[0] == "All four together combines Advert ban, Fixed-time content, Paid entry and Red packets."
    assert "times what the parts promise" in lines[1]
    assert "12 paired communities" in lines[1]
    assert combining(Measured(fake_results(["nothing", "red_packet"], replicates=2, days=40)), "zh") == []


@pytest.mark.parametrize(
    ("difference", "total", "luck", "word"),
    [(1, 5, "clear", "stronger"), (1, -5, "clear", "weaker"), (-1, -5, "clear", "stronger"), (9, 1, "x", "level")],
)
def test_strength_looks_in_the_direction_of_the_sum(difference: float, total: float, luck: str, word: str) -> None:
    import pandas as pd

    assert strength(pd.Series({"difference": difference, "sum_of_parts": total, "luck": luck})) == word


@pytest.mark.usefixtures("one_picture")
def test_one_language_needs_no_switch(results: Results, tmp_path: Path) -> None:
    text = write_report(tmp_path, "zh", results=results).read_text(encoding="utf-8")
    assert "<script" not in text
    assert 'lang="zh"' in text
    assert "The answer" not in text
    assert len(list(tmp_path.glob("*-zh.png"))) == 1
    assert not list(tmp_path.glob("*-en.png"))


@pytest.fixture
def one_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only one picture is drawn: the test is about something else."""
    for name in set(PICTURES) - {"survival"}:
        monkeypatch.delitem(PICTURES, name)


@pytest.mark.usefixtures("one_picture")
def test_several_worlds_have_a_section_each(tmp_path: Path) -> None:
    arms = ["nothing", "paid_entry"]
    two = [fake_results(arms, replicates=2, groups=2, days=40, world=world) for world in ("deals", "pet_owners")]
    text = write_report(tmp_path, "en", results=concat(two)).read_text(encoding="utf-8")
    assert '<h1 class="world">Deals</h1>' in text
    assert '<h1 class="world">Pet owners</h1>' in text
    assert (tmp_path / "deals-survival-en.png").exists()
    assert (tmp_path / "pet_owners-survival-en.png").exists()


@pytest.mark.usefixtures("one_picture")
def test_what_mechanisms_counted_is_told_apart_by_world(tmp_path: Path) -> None:
    runs = [fake_results(["nothing", "red_packet"], replicates=2, groups=2, days=40, world=world)
            for world in ("deals", "pet_owners")]  # fmt: skip
    for run, cost in zip(runs, (3.0, 5.0), strict=True):
        days = run.daily.loc[run.daily["arm"] == "red_packet", ["arm", "world", "replicate", "group", "day"]]
        run.mechanisms["red_packet"] = days.assign(packet_cost=cost)
    both = concat(runs)
    shown = {world: Measured(both, world).results.mechanisms["red_packet"] for world in ("deals", "pet_owners")}
    assert {world: set(table["packet_cost"]) for world, table in shown.items()} == {"deals": {3.0}, "pet_owners": {5.0}}
    assert write_report(tmp_path, "en", results=both).exists()


@pytest.mark.usefixtures("one_picture")
def test_names_from_users_are_escaped(tmp_path: Path) -> None:
    odd = fake_results(["nothing", "<b>bold</b> & co"], replicates=2, groups=2, days=40, world="../<w>")
    text = write_report(tmp_path, "en", results=odd).read_text(encoding="utf-8")
    assert "<b>bold</b>" not in text
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; co" in text
    assert {path.parent for path in tmp_path.rglob("*.png")} == {tmp_path}


def test_mistakes_are_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is en, zh and both"):
        write_report(tmp_path, "fr")
    with pytest.raises(ResultsError):
        write_report(tmp_path / "absent")
