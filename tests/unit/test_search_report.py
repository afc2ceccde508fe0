"""The page of a search: it stands alone, answers first, holds the numbers of both looks, names the winner's curse."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pytest

from scenarios.experiments.axes import Axis
from scenarios.experiments.search.file import Constraint
from scenarios.experiments.search.front import looked_at, means_of
from scenarios.reports.grid import span
from scenarios.reports.search_answer import search_answer
from scenarios.reports.search_report import write_search_report
from sim.analysis.experiment.searched import Searched
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import number
from sim.plots.experiment import searched as pictures
from tests.searched import AXES, fake_search
from tests.unit.test_report import Reader

LIMITS = (Constraint("cost", "at_most", 1500.0), Constraint("alive", "at_least", 0.45))
HOPELESS = (Constraint("lifetime", "at_least", 400.0),)
CASES = {
    "one objective": partial(fake_search, 1),
    "two with limits": partial(fake_search, 2, LIMITS),
    "three": partial(fake_search, 3),
    "four": partial(fake_search, 4, points=80),
    "none feasible": partial(fake_search, 2, HOPELESS),
    "one community": partial(fake_search, 2, seeds=1, fresh_seeds=1),
}


@cache
def searched(case: str) -> Searched:
    """One of them, made when it is first asked for."""
    return CASES[case]()


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test is about words."""
    monkeypatch.setattr("scenarios.reports.search_report.search_album", lambda found, lang: iter(()))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_search_report(searched("two with limits"), tmp_path_factory.mktemp("search"))


def mains(page: Path) -> list[str]:
    """The page's text by language, without markup."""
    parts = page.read_text("utf-8").split("<main ")[1:]
    return [html.unescape(re.sub(r"<[^>]+>", "\n", part)) for part in parts]


def rows_of(part: str) -> list[list[str]]:
    """The cells of every row of the table, small print after a bar."""
    body = re.search(r"<tbody>(.*?)</tbody>", part, re.DOTALL)
    assert body
    rows = re.findall(r"<tr>(.*?)</tr>", body.group(1), re.DOTALL)
    return [[html.unescape(re.sub(r"<small>(.*?)</small>", r"|\1", cell)) for cell in
             re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)] for row in rows]  # fmt: skip


def test_the_page_stands_alone(page: Path) -> None:
    text = page.read_text("utf-8")
    reader = Reader()
    reader.feed(text)
    assert not reader.open
    assert len(reader.targets) == 4  # two pictures in two languages
    assert all(target.startswith("data:image/png;base64,") for target in reader.targets)
    assert not re.search(r"https?://|url\((?!data:)|@import|src=\"(?!data:)", text)
    assert not list(page.parent.glob(".*"))


def test_question_prediction_answer_come_in_this_order_in_both_languages(page: Path) -> None:
    parts = page.read_text("utf-8").split("<main ")[1:]
    for part, words in zip(parts, (("Which dose?", "is a prediction of a model", "came out unbeaten"),
                                   ("多大剂量？", "都是模型在既定假设下", "未被胜过")), strict=True):  # fmt: skip
        places = [part.find(word) for word in words] + [part.find("<figure"), part.find("<table")]
        assert places[0] > -1
        assert places == sorted(places)


@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize("case", ["one objective", "two with limits", "three", "one community"])
def test_the_table_holds_both_looks_with_intervals_and_n(case: str, tmp_path: Path) -> None:
    found = searched(case)
    fates = {"unbeaten": ("still unbeaten", "仍未被胜过"), "beaten": ("beaten", "被胜过"),
             "breaks": ("breaks a limit", "超出限制")}  # fmt: skip
    text = write_search_report(found, tmp_path).read_text("utf-8")
    for which, part in enumerate(text.split("<main ")[1:]):
        rows = rows_of(part)
        assert len(rows) == len(found.front.trials)
        for trial, row in zip(found.ranked(), rows, strict=True):
            values = [f"{v:g}" if isinstance(v, float) else str(v) for v in found.points[trial]]
            fate, *cells = row[1 + len(values) :]
            assert row[1 : 1 + len(values)] == values
            assert fate == fates[found.front.fate(trial)][which]
            looks = [(name, frame) for name in found.search.outcomes for frame in (found.every, found.front.after)]
            for cell, (name, frame) in zip(cells, looks, strict=True):
                one = frame[(frame["trial"] == trial) & (frame["outcome"] == name)].iloc[0]
                unit = OUTCOMES[name].unit
                limits = span(one["low"], one["high"], unit)
                assert cell.replace("‡", "") == number(one["mean"], unit).removesuffix(" %") + "|" + (
                    f"{limits}; n = {one['n']}" if limits else f"n = {one['n']}"
                )


def test_counts_and_extremes_are_those_of_the_tables() -> None:
    found = searched("two with limits")
    lines = search_answer(found, "en")
    fates = [found.front.fate(trial) for trial in found.front.trials]
    assert {"unbeaten", "beaten", "breaks"} == set(fates)  # the example holds every kind
    assert lines[0].startswith(f"Of {len(found.points)} points tried, {len(fates)} came out unbeaten")
    assert f"{fates.count('unbeaten')} still unbeaten, {fates.count('beaten')} beaten by another, " in lines[0]
    assert f"{fates.count('breaks')} beyond a limit" in lines[0]
    fresh = found.front.after[found.front.after["trial"].isin(found.front.unbeaten)]
    life = fresh[fresh["outcome"] == "lifetime"].sort_values("mean").iloc[-1]
    cost = fresh[fresh["outcome"] == "cost"].sort_values("mean").iloc[0]
    limits = rf"\({number(life['low'])} to {number(life['high'])}\)"
    assert re.search(rf"Best for life of a group: .*\(point {life['trial']}\): life of a group "
                     rf"{number(life['mean'])} days {limits}", lines[1])  # fmt: skip
    assert re.search(rf"Best for cost: .*\(point {cost['trial']}\): cost {number(cost['mean'])} CNY", lines[2])
    assert "9 fresh communities" in lines[1]


def test_the_choice_is_a_paired_difference() -> None:
    found = searched("two with limits")
    one, other = found.best_for("lifetime"), found.best_for("cost")
    runs = found.runs[1].set_index(["trial", "replicate"])["cost"]
    gain = found.gain(one, other, "cost")
    assert float(gain.mean) == pytest.approx(float((runs[one] - runs[other]).mean()))
    assert gain.n == found.search.fresh_seeds
    (line,) = [line for line in search_answer(found, "en") if line.startswith("The choice")]
    assert f"point {one} instead of point {other}" in line
    assert f"cost +{number(float(gain.mean))} CNY" in line
    assert "9 paired communities" in line


def test_limits_are_counted_by_mean_and_by_interval() -> None:
    found = searched("two with limits")
    rows = found.front.after[found.front.after["outcome"] == "alive"]
    kept, sure = int((rows["mean"] >= 0.45).sum()), int((rows["low"] >= 0.45).sum())
    assert sure < kept < len(rows)
    (line,) = [line for line in search_answer(found, "en") if "groups alive at the end at least 45.0 %" in line]
    assert f"kept by {kept} of {len(rows)} points" in line
    assert line.endswith(f"by {sure}.")


def test_where_all_is_lost_on_fresh_seeds_it_is_said() -> None:
    found = fake_search(2, (Constraint("alive", "at_least", 0.45),))
    lost = replace(found, front=replace(found.front, kept=(), unbeaten=()))
    assert any("No point is left" in line for line in search_answer(lost, "en"))
    assert any("没有点留下" in line for line in search_answer(lost, "zh"))


@pytest.mark.parametrize("limits", [(), (Constraint("cost", "at_most", 900.0),)])
def test_without_fresh_runs_nothing_is_claimed(limits: tuple[Constraint, ...], tmp_path: Path) -> None:
    found = fake_search(2)
    search = replace(found.search, constraints=limits)
    runs = found.runs[1].assign(arm="trial " + found.runs[1]["trial"].astype(str))
    first, *rest = found.front.trials
    for lost in ([first], [first, *rest]):
        left = runs[~runs["trial"].isin(lost)]
        front = looked_at(search, found.front.before, means_of(left, search.outcomes, found.front.trials))
        assert {front.fate(trial) for trial in lost} == {"unknown"}
        assert "unknown" not in {front.fate(trial) for trial in rest if trial not in lost}
        odd = replace(found, search=search, front=front, runs=(found.runs[0], left))
        english, chinese = mains(write_search_report(odd, tmp_path))
        assert f"{len(lost)} cannot be judged" in english
        assert f"{len(lost)} 个无法判断" in chinese
        assert ("could be judged to be unbeaten" in english) == (lost != [first])
        assert "– days" not in english


@pytest.mark.usefixtures("no_pictures")
def test_no_feasible_point_tells_the_nearest(tmp_path: Path) -> None:
    found = searched("none feasible")
    english, chinese = mains(write_search_report(found, tmp_path))
    lives = found.every[found.every["outcome"] == "lifetime"]
    top = lives.loc[lives["mean"].idxmax()]
    assert f"None of the {len(found.points)} points tried keeps the limits" in english
    assert f"{number(top['mean'])} days (95 % interval {number(top['low'])} to {number(top['high'])}, 8" in english
    assert "都没有守住限制" in chinese
    assert "winner's curse" not in english
    assert len(rows_of((tmp_path / "report.html").read_text("utf-8"))) == 10


def test_one_point_that_is_best_in_all_is_called_so() -> None:
    found = searched("one objective")
    assert len(found.front.trials) == 1
    lines = search_answer(found, "en")
    assert lines[0].startswith("Of 24 points tried, the best for life of a group was played again on 9 fresh")
    assert lines[1].startswith("Best for life of a group")
    assert len(lines) == 2
    both = fake_search({"lifetime": "maximize", "cost": "maximize"})  # one knob drives both
    top = replace(both, front=replace(both.front, unbeaten=(both.best_for("lifetime"),)))
    assert any(line.startswith("One point is best in all respects") for line in search_answer(top, "en"))


# --- the page as a file ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", ["two with limits", "none feasible"])
def test_same_search_same_bytes(case: str, tmp_path: Path) -> None:
    pages = [write_search_report(searched(case), tmp_path / name) for name in ("a", "b")]
    for one in pages[0].parent.iterdir():
        assert one.read_bytes() == (tmp_path / "b" / one.name).read_bytes()


def test_names_from_users_are_escaped_and_one_language_needs_no_switch(tmp_path: Path) -> None:
    odd = Axis("strategies.red_packet.<i>", choices=("<b>x</b>", "$\\frac{1}$", "\"><script>alert(1)</script>"))
    found = fake_search(2, LIMITS, (*AXES[:2], odd), title={"en": "<u>t</u>"}, question={"en": "<em>?"},
                        world=("a=<s>",), extra=("b=</dd>",))  # fmt: skip
    text = write_search_report(found, tmp_path / "new" / "folder", "zh").read_text("utf-8")
    for tag in ("<b>x", "<i>", "<u>", "<em>", "<script", "<s>", "=</dd>"):
        assert tag not in text
    assert "&lt;b&gt;x" in text
    assert "The answer" not in text


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is en, zh and both"):
        write_search_report(searched("three"), tmp_path, "fr")
    with pytest.raises(ValueError, match="no point"):
        write_search_report(replace(searched("three"), points={}), tmp_path)


@pytest.mark.usefixtures("no_pictures")
def test_how_it_was_done_and_how_far_to_trust_it(page: Path, tmp_path: Path) -> None:
    for lang, text in zip(("en", "zh"), mains(page), strict=True):
        for word in ("TPE", "scenario=pet_owners", "strategy=red_packet", "strategies.red_packet.amount", "daily"):
            assert word in text, lang
    english = mains(page)[0]
    assert "24 of 25 trials" in english
    assert "1 of 25 trials could not be evaluated" in english
    assert "1 in the search, 2 for the fresh communities" in english
    assert "cost at most 1,500 CNY" in english
    more = replace(searched("two with limits").search, trials=5)  # a later session that asks for fewer
    again = write_search_report(replace(searched("two with limits"), search=more), tmp_path)
    assert "24 of 24 trials" in mains(again)[0]


def test_many_points_are_cut_short_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenarios.reports.search_report.SHOWN", 10)
    monkeypatch.setattr("scenarios.reports.search_report.search_album", lambda found, lang: iter(()))
    found = searched("four")
    text = write_search_report(found, tmp_path, "en").read_text("utf-8")
    assert len(rows_of(text)) == 10
    assert f"{len(found.front.trials) - 10} more points are in front.csv" in text


def test_knobs_of_several_strategies_are_told_apart() -> None:
    two = [Axis("strategies.group_cap.limit"), Axis("strategies.paid_entry.price"), Axis("talk.tie_gain")]
    assert pictures.knob_names(two, "en") == ["Size cap limit", "Paid entry price", "talk.tie_gain"]
    assert pictures.knob_names(two, "zh")[0] == "限制人数 limit"
    assert pictures.knob_names(AXES, "zh") == ["amount", "shares", "occasion"]
