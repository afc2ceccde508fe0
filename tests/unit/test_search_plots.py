"""The pictures of a search: both languages, no glyph missing, nothing cut off, marks where the numbers are."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from functools import cache, partial

import numpy as np
import pytest
from matplotlib.font_manager import get_font
from matplotlib.text import Text
from PIL import Image

from scenarios.experiments.axes import Axis, Span
from scenarios.experiments.search.file import Constraint
from sim.analysis.experiment.searched import FATES, Searched
from sim.plots.experiment.doses import draw_doses
from sim.plots.experiment.search_album import search_album
from sim.plots.experiment.unbeaten import draw_unbeaten
from sim.plots.style import FONT, to_png
from tests.searched import AXES, fake_search

LIMITS = (Constraint("cost", "at_most", 1500.0), Constraint("alive", "at_least", 0.45))
MORE = (*AXES, Axis("talk.tie_gain", Span(0.02, 0.5, True, False)), Axis("mind.leave", choices=(0.1, 0.2, 0.3)))
CASES = {
    "one": (partial(fake_search, 1), ["knobs"]),
    "two": (partial(fake_search, 2, LIMITS), ["front", "knobs"]),
    "three": (partial(fake_search, 3, axes=MORE), ["front", "knobs-1", "knobs-2"]),
    "none": (partial(fake_search, 2, (Constraint("lifetime", "at_least", 400.0),)), ["front", "knobs"]),
    "single": (partial(fake_search, 2, seeds=1, fresh_seeds=1), ["front", "knobs"]),
}


@cache
def searched(case: str) -> Searched:
    """One of them, made when it is first asked for."""
    return CASES[case][0]()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", CASES)
def test_every_picture_has_all_its_glyphs_and_cuts_nothing_off(case: str, lang: str) -> None:
    found, expected = searched(case), CASES[case][1]
    shipped, drawn = set(get_font(str(FONT)).get_charmap()), []
    for name, figure in search_album(found, lang):
        drawn.append(name)
        with warnings.catch_warnings():
            warnings.filterwarnings("error", message=".*[Gg]lyph.*")
            data = to_png(figure)
        assert Image.open(io.BytesIO(data)).size[0] > 1000
        for text in figure.findobj(Text):
            missing = {c for c in text.get_text() if c != "\n" and ord(c) not in shipped}
            assert not missing, f"{name}-{lang}: {missing} in {text.get_text()!r}"
        for text in [*figure.texts, *(label for axes in figure.axes for label in axes.get_yticklabels())]:
            box = text.get_window_extent()
            assert figure.bbox.x0 <= box.x0 <= box.x1 <= figure.bbox.x1, f"{name}-{lang}: {text.get_text()!r}"
        words = figure.texts[1].get_text()
        assert str(found.search.seeds) in words
        assert "Predictions of the model" in words or "模型的预测" in words
    assert drawn == expected


def test_marks_stand_where_the_fresh_means_are() -> None:
    found = searched("two")
    (axes,) = [axes for axes in draw_unbeaten(found, "en").axes if axes.get_xlabel()]
    marked = {part.get_label(): part.get_offsets().tolist() for part in axes.collections}
    for fate in FATES[:3]:
        trials = [trial for trial in found.front.trials if found.front.fate(trial) == fate]
        assert trials
        assert marked[fate] == [[found.at(t, name, True)["mean"] for name in ("cost", "lifetime")] for t in trials]
    assert sum(len(part.get_offsets()) for part in axes.collections[:2]) == len(found.points)
    crosses = axes.collections[1].get_offsets()
    assert 0 < len(crosses) == sum(not found.holds(trial) for trial in found.points)


def test_intervals_reach_from_limit_to_limit() -> None:
    found = searched("two")
    (axes,) = [axes for axes in draw_unbeaten(found, "en").axes if axes.get_xlabel()]
    bars = {tuple(map(tuple, path.vertices)) for part in axes.collections for path in part.get_paths()}
    for trial in found.front.trials:
        x, y = (found.at(trial, name, True) for name in ("cost", "lifetime"))
        assert ((x["mean"], y["low"]), (x["mean"], y["high"])) in bars
        assert ((x["low"], y["mean"]), (x["high"], y["mean"])) in bars
        was = tuple(found.at(trial, name, False)["mean"] for name in ("cost", "lifetime"))
        assert (was, (x["mean"], y["mean"])) in bars


def test_three_objectives_fill_three_panels_and_four_no_more() -> None:
    for objectives in (3, 4):
        heads = [(axes.get_title(loc="left"), axes.get_xlabel()) for axes in
                 draw_unbeaten(fake_search(objectives), "en").axes]  # fmt: skip
        assert [(head.split(" (")[0], foot.split(" (")[0]) for head, foot in heads] == [
            ("Life of a group", "Cost"), ("Life of a group", "Groups alive at the end"),
            ("Cost", "Groups alive at the end")]  # fmt: skip


def test_knobs_are_drawn_in_their_own_scale() -> None:
    found = searched("two")
    grid = np.array(draw_doses(found, "en", range(3)).axes).reshape(3, 3)  # outcomes × knobs
    assert [axes.get_xscale() for axes in grid[0]] == ["log", "linear", "linear"]
    assert [label.get_text() for label in grid[-1, 2].get_xticklabels()] == ["daily", "weekly", "quiet"]
    assert grid[1, 0].get_title(loc="left") == "Cost (CNY in the whole run)  ↓  limit ≤ 1,500"
    assert grid[2, 0].get_title(loc="left") == "Groups alive at the end (%)  limit ≥ 45"
    for trial, values in found.points.items():
        place = AXES[2].choices.index(values[2])
        marks = np.concatenate([part.get_offsets()[:, 0] for part in grid[0, 2].collections])
        assert (abs(marks - place) <= 0.25).any(), trial


def test_titles_say_what_the_front_says() -> None:
    found = searched("two")
    still = found.front.unbeaten
    title = draw_unbeaten(found, "en").texts[0].get_text()
    first = len(found.front.trials)
    assert title == f"Of 24 points tried {first} came out unbeaten; on fresh seeds {len(still)} of them still are"
    amounts = sorted(found.points[trial][0] for trial in still)
    assert f"amount {amounts[0]:.3g}–{amounts[-1]:.3g}" in draw_doses(found, "en", range(3)).texts[0].get_text()
    assert "None of the 24" in draw_unbeaten(searched("none"), "en").texts[0].get_text()
    assert "best point" in draw_doses(searched("one"), "en", range(3)).texts[0].get_text()


def test_a_point_undefined_on_fresh_seeds_is_no_error() -> None:
    found = searched("two")
    after = found.front.after.copy()
    first = after["trial"] == found.front.trials[0]
    after.loc[first & (after["outcome"] == "lifetime"), ["mean", "low", "high"]] = np.nan
    odd = replace(found, front=replace(found.front, after=after))
    for _, figure in search_album(odd, "en"):
        to_png(figure)
    assert odd.best_for("lifetime") != found.front.trials[0]
