"""Single rooms, simulated and real, drawn the same way side by side: messages a day from the first word to the last."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.facts.fingerprints import WATCHED, Rooms
from sim.analysis.statistics.bootstrap import by_lot
from sim.locale.words import say
from sim.plots.style import FAINT, GREY, new_figure, picture, readable

__all__ = ["SIDES", "chosen", "draw_timelines"]

SIDES = {"simulated": "#0072B2", "real": "#D55E00"}
_SHOWN = 12
_LOT = 26


def chosen(rooms: Rooms) -> list[int]:
    """Twelve rooms (or all, where there are fewer), drawn by a lot that is always the same."""
    return [int(k) for k in by_lot(len(rooms), _LOT)[:_SHOWN]]


@picture
def draw_timelines(simulated: Rooms, real: Rooms, lang: str = "en") -> Figure:
    """Twelve rooms of either side, one below the other, all on the same axes; the height is a logarithm."""
    figure = new_figure(9.6, 11.0, say("val_rooms_title", lang), say("val_rooms_caption", lang, days=WATCHED))
    top = max((int(days.max()) for rooms in (simulated, real) for days in rooms.days), default=1)
    for column, (side, rooms) in enumerate((("simulated", simulated), ("real", real))):
        left = 0.06 + 0.475 * column
        figure.text(left, 0.945, say(f"val_{side}", lang), fontsize=11, color=readable(SIDES[side]))
        for row, k in enumerate(chosen(rooms)):
            axes = figure.add_axes((left, 0.872 - 0.0695 * row, 0.44, 0.058))
            _one(axes, rooms.days[k], SIDES[side], top, row == min(_SHOWN, len(rooms)) - 1, f"{row + 1}")
            if row == min(_SHOWN, len(rooms)) - 1:
                axes.set_xlabel(say("val_day_of_life", lang))
    return figure


def _one(axes: Axes, said: Sequence[int] | np.ndarray, tone: str, top: int, last: bool, name: str) -> None:
    """One room: a stroke for each day with talk, as high as its messages."""
    day = np.flatnonzero(np.asarray(said))
    axes.vlines(day, 0.5, np.asarray(said)[day], colors=tone, linewidth=0.9)
    axes.set_yscale("log")
    axes.set_ylim(0.5, top * 1.3)
    axes.set_xlim(-3, WATCHED + 3)
    powers = [10**power for power in range(len(str(top)))]
    axes.set_yticks(powers, labels=[f"{power}" for power in powers])
    axes.minorticks_off()
    axes.set_xticks(range(0, WATCHED + 1, 91))
    axes.tick_params(labelbottom=last, labelsize=7, colors=GREY)
    axes.grid(axis="y", color=FAINT, linewidth=0.5)
    axes.text(0.995, 0.93, name, transform=axes.transAxes, ha="right", va="top", fontsize=7.5, color=GREY)
