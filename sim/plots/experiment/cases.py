"""A case: each reported number as a mark over the bands of what communities of the model do."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.locale.words import columns, say
from sim.plots.marks import fit
from sim.plots.style import FAINT, GREY, INK, new_figure, picture

__all__ = ["draw_case"]

MODEL, REPORT, NOTHING = "#0072B2", "#D55E00", "#8a8a8a"
WIDE = 110  # columns of a label


@picture
def draw_case(name: str, found: pd.DataFrame, labels: Mapping[str, str], lang: str = "en") -> Figure:
    """Rows of :func:`scenarios.experiments.cases.cases.table_of`; a panel a number, each with its own axis."""
    rows = found[found["verdict"] != ""].reset_index(drop=True)
    height = 1.5 + 0.95 * len(rows)
    figure = new_figure(9.5, height, say("case_picture", lang, id=name), say("case_picture_caption", lang))
    panels = np.atleast_1d(figure.subplots(len(rows), 1))
    figure.subplots_adjust(left=0.04, right=0.97, top=1 - 0.95 / height, bottom=0.75 / height, hspace=1.5)
    for axes, (_, row) in zip(panels, rows.iterrows(), strict=True):
        _panel(axes, row)
        text = f"{labels[str(row['measure'])]} — {say('case_v_' + str(row['verdict']), lang)}"
        axes.set_title(fit(text, WIDE) if columns(text) > WIDE else text, fontsize=10, color=INK)
    return figure


def _panel(axes: Axes, row: pd.Series) -> None:
    """95 % thin, 80 % thick, median a dot; the report a diamond or a span; a grey line for had nothing happened."""
    ends = row[["q2_5", "q10", "median", "q90", "q97_5", "reported_low", "reported_high", "nothing"]].astype(float)
    known = ends[np.isfinite(ends)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    margin = 0.06 * (high - low or 1.0)
    inside = ends.clip(low - margin, high + margin)
    axes.hlines(0, inside["q2_5"], inside["q97_5"], color=MODEL, lw=1.6)
    axes.hlines(0, inside["q10"], inside["q90"], color=MODEL, lw=6, alpha=0.55)
    axes.plot([inside["median"]], [0], "o", color=MODEL, ms=7, zorder=3)
    if ends["reported_low"] == ends["reported_high"]:
        axes.plot([inside["reported_low"]], [0.42], "D", color=REPORT, ms=8, zorder=4)
    else:
        axes.hlines(0.42, inside["reported_low"], inside["reported_high"], color=REPORT, lw=5)
    if np.isfinite(ends["nothing"]):
        axes.axvline(ends["nothing"], color=NOTHING, lw=1, ls=(0, (4, 3)))
    axes.set_xlim(low - 1.5 * margin, high + 1.5 * margin)
    axes.set_ylim(-0.5, 0.9)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=FAINT, lw=0.6)
    axes.tick_params(axis="x", labelsize=8.5, colors=GREY)
