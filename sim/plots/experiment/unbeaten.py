"""Several ends at once: every point that was tried, and the unbeaten ones from the search to fresh seeds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from sim.analysis.experiment.searched import Searched
from sim.locale.words import say
from sim.plots.experiment.searched import (
    draw_limits,
    draw_marked,
    draw_tried,
    fate_legend,
    in_per_cent,
    knobs_text,
    outcome_axis,
    tone_of,
)
from sim.plots.marks import fit
from sim.plots.style import FAINT, GREY, INK, new_figure, picture, readable

__all__ = ["draw_unbeaten"]

OBJECTIVES = 3  # of which every two share a panel
NAMED = 12
PIXELS = 120 / 72  # of a point


@picture
def draw_unbeaten(found: Searched, lang: str = "en") -> Figure:
    """A panel for every two of the first three objectives; a line leads from the search to the fresh mean."""
    search = found.search
    pairs = list(combinations(list(search.objectives)[:OBJECTIVES], 2))
    dashed = say("search_dashed", lang) if {one.outcome for one in search.constraints} & set(search.objectives) else ""
    key = "search_front_caption" if found.front.trials else "search_tried_caption"
    words = say(key, lang, n=search.seeds, fresh=search.fresh_seeds, dashed=dashed)
    figure = new_figure(10.5, 5.6, _title(found, lang), words)
    listed = len(pairs) == 1 and bool(found.front.trials)
    right, gap = (0.66 if listed else 0.985), 0.065
    wide = (right - 0.075 - (len(pairs) - 1) * gap) / len(pairs)
    for k, (y, x) in enumerate(pairs):
        axes = figure.add_axes((0.075 + k * (wide + gap), 0.235, wide, 0.635))
        _panel(axes, found, x, y, lang)
    fate_legend(figure, found, lang, 0.46)
    if listed:
        _names(figure, found, lang)
    return figure


def _panel(axes: Axes, found: Searched, x: str, y: str, lang: str) -> None:
    means = [[float(found.at(trial, name, False)["mean"]) for trial in found.points] for name in (x, y)]
    draw_tried(axes, found, *means)
    now = _looks(axes, found, x, y)
    draw_limits(axes, found, y)
    draw_limits(axes, found, x, across=False)
    axes.margins(0.06)
    axes.grid(color=FAINT, lw=0.6)
    for name, axis in ((x, axes.xaxis), (y, axes.yaxis)):
        outcome_axis(axis, found, name)
    _numbers(axes, found, now)
    axes.set_xlabel(in_per_cent(x, lang) + ("  →" if found.sign(x) > 0 else "  ←"))
    axes.set_title(in_per_cent(y, lang) + ("  ↑" if found.sign(y) > 0 else "  ↓"), fontsize=9.5)


def _looks(axes: Axes, found: Searched, x: str, y: str) -> dict[int, tuple[float, float]]:
    """The front in the search and on fresh seeds, with limits both ways; where the fresh means are."""
    trials = found.front.trials
    tones = [tone_of(found, trial) for trial in trials]
    was = [tuple(float(found.at(trial, name, False)["mean"]) for name in (x, y)) for trial in trials]
    rows = [[found.at(trial, name, True) for name in (x, y)] for trial in trials]
    now = {trial: (float(a["mean"]), float(b["mean"])) for trial, (a, b) in zip(trials, rows, strict=True)}
    lines = LineCollection(list(zip(was, now.values(), strict=True)), colors=tones, linewidths=0.9,
                           linestyles=[(0, (3, 2))], zorder=3)  # fmt: skip
    axes.add_collection(lines)
    axes.scatter([a for a, _ in was], [b for _, b in was], s=14, c="white", edgecolors=tones, linewidths=0.9, zorder=4)
    bars: dict[str, Any] = {"colors": tones, "lw": 1.3, "alpha": 0.6, "zorder": 3}
    axes.hlines([b for _, b in now.values()], [a["low"] for a, _ in rows], [a["high"] for a, _ in rows], **bars)
    axes.vlines([a for a, _ in now.values()], [b["low"] for _, b in rows], [b["high"] for _, b in rows], **bars)
    draw_marked(axes, found, {t: a for t, (a, _) in now.items()}, {t: b for t, (_, b) in now.items()})
    return now


def _numbers(axes: Axes, found: Searched, now: Mapping[int, tuple[float, float]]) -> None:
    """The points' numbers beside their marks, the best first; one that would cover another is left out."""
    taken: list[tuple[float, float]] = []
    for trial in found.ranked()[:NAMED]:
        at = axes.transData.transform(now[trial])
        if not all(map(math.isfinite, at)):
            continue
        for dx, dy in ((5, 4), (5, -12), (-15, 4), (-15, -12)):
            place = at[0] + dx * PIXELS, at[1] + dy * PIXELS
            if all(abs(place[0] - a) > 17 * PIXELS or abs(place[1] - b) > 10 * PIXELS for a, b in taken):
                taken.append(place)
                axes.annotate(str(trial), now[trial], (dx, dy), textcoords="offset points", fontsize=8.5, color=INK,
                              zorder=6)  # fmt: skip
                break


def _names(figure: Figure, found: Searched, lang: str) -> None:
    """Beside the panel: the numbers of the points and the knobs they stand for."""
    axes = figure.add_axes((0.69, 0.235, 0.305, 0.635))
    axes.axis("off")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    ranked = found.ranked()
    axes.text(0, 1, say("search_points", lang), fontsize=9, color=GREY, va="bottom")
    height = 0.97
    for trial in ranked[:NAMED]:
        text = fit(knobs_text(found, trial, lang).replace(" = ", "="), 44, 2)
        axes.text(0, height, str(trial), color=readable(tone_of(found, trial)), fontsize=9, va="top")
        axes.text(0.09, height, text, color=INK, fontsize=8.5, va="top", linespacing=1.1)
        height -= 0.05 + 0.045 * text.count("\n") + 0.012
        if height < 0.08:
            break
    left = len(ranked) - ranked.index(trial) - 1
    if left:
        axes.text(0, height, say("search_more", lang, n=left), color=GREY, fontsize=8.5, va="top")


def _title(found: Searched, lang: str) -> str:
    if not found.front.trials:
        return say("search_front_none", lang, n=len(found.points))
    still, first = len(found.front.unbeaten), len(found.front.trials)
    return say("search_front_title", lang, n=len(found.points), first=first, still=still)
