"""Which doses are good: outcomes against the value of each knob, the unbeaten points marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.experiment.searched import Dial, Searched
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import bracket, commas, say, unit_label
from sim.plots.experiment.searched import (
    draw_limits,
    draw_marked,
    draw_tried,
    fate_legend,
    in_per_cent,
    knob_names,
    log_ticks,
    outcome_axis,
    tone_of,
    value_text,
)
from sim.plots.marks import fit
from sim.plots.style import FAINT, new_figure, picture

__all__ = ["PANELS", "draw_doses"]

PANELS = 4  # knobs beside each other
GOLDEN = 0.6180339887498949
ROW = 1.75  # inches


@picture
def draw_doses(found: Searched, lang: str, which: Sequence[int]) -> Figure:
    """A column a knob (``which``: places among the axes), a row for each outcome sought or limited."""
    search = found.search
    outcomes = list(search.outcomes)
    height = 2.0 + ROW * len(outcomes)
    dashed = say("search_dashed", lang) if search.constraints else ""
    words = say("search_knobs_caption", lang, n=search.seeds, fresh=search.fresh_seeds, dashed=dashed)
    figure = new_figure(10.5, height, _title(found, which, lang), words)
    grid = figure.subplots(len(outcomes), len(which), squeeze=False)
    top, foot = 1 - 0.72 / height, 1.28 / height
    figure.subplots_adjust(left=0.07, right=0.985, top=top, bottom=foot, wspace=0.16, hspace=0.34)
    names = knob_names(search.axes, lang)
    for column, place in enumerate(which):
        dial = search.axes[place]
        x = {trial: _place(dial, values[place], trial) for trial, values in found.points.items()}
        for row, outcome in enumerate(outcomes):
            axes = grid[row, column]
            _panel(axes, found, outcome, x)
            _knob_axis(axes, dial, show=row == len(outcomes) - 1)
            outcome_axis(axes.yaxis, found, outcome)
            if column:
                axes.sharey(grid[row, 0])
                axes.tick_params(labelleft=False)
            else:
                axes.set_title(_head(found, outcome, lang), fontsize=9.5)
        unit = unit_label(dial.unit, lang)
        grid[-1, column].set_xlabel(names[place] + bracket(unit if unit != search.axes[place].name else "", lang))
    fate_legend(figure, found, lang, 0.46)
    return figure


def _place(dial: Dial, value: Any, trial: int) -> float:
    """Where a value stands; equal choices stand side by side, so that they do not hide each other."""
    if dial.span is not None:
        return float(value)
    return list(dial.choices).index(value) + 0.5 * ((trial * GOLDEN) % 1.0 - 0.5)


def _panel(axes: Axes, found: Searched, outcome: str, x: dict[int, float]) -> None:
    means = [float(found.at(trial, outcome, False)["mean"]) for trial in found.points]
    draw_tried(axes, found, list(x.values()), means)
    trials = found.front.trials
    rows = [found.at(trial, outcome, True) for trial in trials]
    axes.vlines([x[trial] for trial in trials], [row["low"] for row in rows], [row["high"] for row in rows],
                colors=[tone_of(found, trial) for trial in trials], lw=1.3, alpha=0.6, zorder=3)  # fmt: skip
    draw_marked(axes, found, x, {trial: float(row["mean"]) for trial, row in zip(trials, rows, strict=True)})
    draw_limits(axes, found, outcome)
    axes.margins(0.06, 0.08)
    axes.grid(color=FAINT, lw=0.6)


def _knob_axis(axes: Axes, dial: Dial, show: bool) -> None:
    """The knob's whole range in its own scale, or its choices."""
    if dial.span is None:
        labels = [fit(value_text(choice), 12) for choice in dial.choices]
        axes.set_xlim(-0.5, len(labels) - 0.5)
        turn = 30 if len(labels) > 4 else 0
        axes.set_xticks(range(len(labels)), labels if show else [""] * len(labels), rotation=turn)
        axes.grid(visible=False, axis="x")
        return
    low, high = float(dial.span.low), float(dial.span.high)
    if dial.span.log:
        axes.set_xscale("log")
        room = (high / low) ** 0.04
        axes.set_xlim(low / room, high * room)
        log_ticks(axes.xaxis, low, high)
    else:
        axes.set_xlim(low - 0.04 * (high - low), high + 0.04 * (high - low))
        axes.locator_params(axis="x", nbins=5)
    axes.tick_params(labelbottom=show)


def _head(found: Searched, outcome: str, lang: str) -> str:
    """Name and unit, with the way it should go and its limits."""
    way = ""
    if outcome in found.search.objectives:
        way = "  ↑" if found.sign(outcome) > 0 else "  ↓"
    factor = 100 if OUTCOMES[outcome].unit == "share" else 1
    limits = [("≤ " if one.side == "at_most" else "≥ ") + f"{factor * one.limit:,g}".replace("-", "−")
              for one in found.search.constraints if one.outcome == outcome]  # fmt: skip
    return in_per_cent(outcome, lang) + way + "".join(f"  {say('search_limit', lang)} {one}" for one in limits)


def _title(found: Searched, which: Sequence[int], lang: str) -> str:
    """Where the points that are still unbeaten lie."""
    trials = found.front.unbeaten
    if not trials:
        return say("search_knobs_none", lang)
    names, parts = knob_names(found.search.axes, lang), []
    for place in list(which)[:PANELS]:
        dial, values = found.search.axes[place], [found.points[trial][place] for trial in trials]
        if dial.span is None:
            text = "/".join(value_text(choice) for choice in dial.choices if choice in values)
        else:
            ends = dict.fromkeys((value_text(min(values)), value_text(max(values))))
            text = "–".join(ends)
        parts.append(f"{names[place]} {text}")
    key = "search_knobs_title_one" if len(trials) == 1 else "search_knobs_title"
    key = "search_knobs_title_best" if len(found.search.objectives) == 1 else key
    return say(key, lang, n=len(trials), knobs=commas(parts, lang))
