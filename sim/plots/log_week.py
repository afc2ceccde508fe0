"""When there is talk: messages by weekday and hour."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.analysis.logs.summary import LogSummary
from sim.locale.words import log_say
from sim.plots.style import new_figure, picture

__all__ = ["draw_week"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@picture
def draw_week(log: LogSummary, lang: str = "en") -> Figure:
    """Shares of all human messages by hour (columns) and weekday (rows), in the log's zone."""
    hours = log.board.hours
    caption = log_say("week_caption", lang, name=log.name, n=int(hours.sum()), days=log.board.days)
    figure = new_figure(9.0, 3.9, log_say("week_title", lang), caption)
    axes = figure.add_axes((0.07, 0.24, 0.83, 0.60))
    shares = hours / max(int(hours.sum()), 1)
    drawn = axes.imshow(shares, aspect="auto", cmap="Blues", vmin=0, interpolation="nearest")
    axes.set_yticks(range(7), labels=[log_say(f"weekday_{day}", lang) for day in WEEKDAYS])
    axes.set_xticks(np.arange(0, 24, 2), labels=[f"{hour}" for hour in range(0, 24, 2)])
    axes.set_xlabel(log_say("hour_of_day", lang))
    axes.tick_params(length=0)
    bar = figure.colorbar(drawn, ax=axes, cax=figure.add_axes((0.915, 0.24, 0.012, 0.60)))
    bar.ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=1))
    bar.outline.set_visible(False)
    return figure
