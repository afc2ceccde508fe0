"""Pictures of a fit: how much narrower a log makes each number, the log among simulated ones, a forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.locale.words import say
from sim.plots.style import FAINT, GREY, INK, new_figure, picture

__all__ = ["draw_checks", "draw_foresight", "draw_parameters"]

BLUE, VERMILION = "#0072B2", "#D55E00"


@picture
def draw_parameters(rows: Sequence[tuple[str, str, str, Sequence[float]]], lang: str = "en") -> Figure:
    """A line a parameter: its name, its lowest and highest value before, and five quantiles as shares of that range."""
    tall = 2.1 + 0.44 * len(rows)
    figure = new_figure(9.0, tall, say("fit_numbers_title", lang), say("fit_numbers_caption", lang))
    axes = figure.add_axes((0.36, 0.9 / tall, 0.56, 1 - 1.6 / tall))
    for place, (name, low, high, (a, b, middle, c, d)) in enumerate(rows):
        axes.plot([0, 1], [place, place], color=FAINT, linewidth=7, solid_capstyle="butt")
        axes.plot([a, d], [place, place], color=BLUE, linewidth=2.2, solid_capstyle="butt")
        axes.plot([b, c], [place, place], color=BLUE, linewidth=7, solid_capstyle="butt")
        axes.plot([middle], [place], "o", color="white", markeredgecolor=BLUE, markersize=6)
        axes.text(-0.02, place, low, ha="right", va="center", fontsize=8, color=GREY)
        axes.text(1.02, place, high, ha="left", va="center", fontsize=8, color=GREY)
        figure.text(0.02, _height(axes, place, len(rows)), name, va="center", fontsize=9.5, color=INK)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 1)
    axes.set_yticks([])
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], labels=["0", "25", "50", "75", "100"])
    axes.set_xlabel(say("fit_share_of_range", lang))
    axes.spines["left"].set_visible(False)
    return figure


def _height(axes: Axes, place: float, n: int) -> float:
    """Where a line of the axes lies in the figure."""
    box = axes.get_position()
    return float(box.y1 - box.height * (place + 0.6) / (n + 0.2))


@picture
def draw_checks(rows: Mapping[str, Sequence[float]], lang: str = "en") -> Figure:
    """A line a measure, with a mark for each of its quantiles: where the log lies among the simulated logs, in half
    widths of their 90 % interval.
    """
    tall = 2.1 + 0.19 * len(rows)
    figure = new_figure(9.0, tall, say("fit_checks_title", lang), say("fit_checks_caption", lang))
    axes = figure.add_axes((0.46, 0.9 / tall, 0.5, 1 - 1.6 / tall))
    axes.axvspan(-1, 1, color="#d7e8f3", zorder=0)
    axes.axvline(0, color=BLUE, linewidth=0.8)
    at = np.array([place for places in rows.values() for place in places], np.float64)
    lines = np.array([line for line, places in enumerate(rows.values()) for _ in places], np.int64)
    shown, inside = np.clip(at, -4, 4), np.abs(at) <= 1
    axes.plot(shown[inside], lines[inside], "o", color=BLUE, markersize=4.5)
    axes.plot(shown[~inside], lines[~inside], "D", color=VERMILION, markersize=4.8)
    axes.set_yticks(np.arange(len(rows)), labels=list(rows), fontsize=7.5)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(-4.3, 4.3)
    axes.set_xticks([-4, -3, -2, -1, 0, 1, 2, 3, 4], labels=["≤ −4", "−3", "−2", "−1", "0", "1", "2", "3", "≥ 4"])
    axes.grid(axis="x", color=FAINT, linewidth=0.5)
    axes.set_xlabel(say("fit_half_widths", lang))
    return figure


@picture
def draw_foresight(rooms: pd.DataFrame, lang: str = "en") -> Figure:
    """A column a room: the 90 % interval of what the world foresees, what came, and the last month going on."""
    part = rooms[rooms["measure"] == "messages"].sort_values(["median", "high"], kind="stable").reset_index(drop=True)
    figure = new_figure(9.0, 4.6, say("fit_foresight_title", lang), say("fit_foresight_caption", lang))
    axes = figure.add_axes((0.09, 0.19, 0.88, 0.6))
    x = np.arange(len(part))
    axes.vlines(x, part["low"] + 1, part["high"] + 1, color=BLUE, linewidth=5, alpha=0.35)
    axes.plot(x, part["median"] + 1, "_", color=BLUE, markersize=9, markeredgewidth=2, label=say("fit_world", lang))
    axes.plot(x, part["month"] + 1, "x", color=GREY, markersize=6, label=say("fit_month", lang))
    axes.plot(x, part["came"] + 1, "o", color=VERMILION, markersize=5, label=say("fit_came", lang))
    axes.set_yscale("log")
    most = float(part[["high", "came", "month"]].max().max()) + 1
    powers = [10**k for k in range(1 + int(np.ceil(np.log10(max(most, 10)))))]
    axes.set_yticks([1, *(power + 1 for power in powers)], labels=["0", *(f"{power:,}" for power in powers)])
    axes.minorticks_off()
    axes.set_xticks(x, labels=[f"{room + 1}" for room in part["room"]], fontsize=7)
    axes.set_xlabel(say("fit_rooms", lang))
    axes.set_ylabel(say("fit_messages", lang))
    axes.grid(axis="y", color=FAINT, linewidth=0.5)
    axes.legend(loc="upper left", ncols=3, fontsize=8.5, bbox_to_anchor=(0, 1.12))
    return figure
