"""What came of what was expected: an interval for each expectation, in units of the smallest effect worth naming."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.experiment.trials import VERDICTS
from sim.locale.words import arm_label, columns, say
from sim.plots.experiment.frame import inside
from sim.plots.marks import fit
from sim.plots.style import FAINT, GREY, INK, new_figure, picture

__all__ = ["draw_verdicts", "in_smallest"]

TONES = {"as_expected": "#0072B2", "opposite": "#D55E00", "not_shown": "#8a8a8a", "too_few": "#8a8a8a"}
BAND = "#efefef"
WIDE = 50  # columns of a label
LEAST_PANEL = 6
EDGE = 1000.0
WAYS = {1: "↑", -1: "↓", 0: "="}


def in_smallest(found: pd.DataFrame) -> pd.DataFrame:
    """``mean, low, high`` of the rows on trial, in multiples of the smallest effect worth naming, turned so that what
    was expected lies to the right: x = s · d / δ, and x = d / δ where no change was expected.

    Where the reference has none of it at all nothing is too small to be named (δ = 0): x is then ±``EDGE``, or 0.
    """
    rows = found[found["verdict"] != ""].reset_index(drop=True)
    sign, least = np.where(rows["sign"] == 0, 1, rows["sign"]), rows["least"].to_numpy(dtype=float)

    def turned(name: str) -> np.ndarray:
        values = sign * rows[name].to_numpy(dtype=float)
        return np.clip(np.divide(values, least, out=np.sign(values) * EDGE, where=least > 0), -EDGE, EDGE)

    ends = np.sort(np.stack([turned("low"), turned("high")]), axis=0)
    return rows.assign(mean=turned("difference"), low=ends[0], high=ends[1])


@picture
def draw_verdicts(found: pd.DataFrame, seeds: int, lang: str = "en") -> Figure:
    """Left what came, right what did not; the strongest dose of each strategy, the clearest first."""
    rows = in_smallest(found)
    came = rows[rows["verdict"] == "as_expected"].sort_values("mean", ascending=False)
    rest = rows[rows["verdict"] != "as_expected"].sort_values(["verdict", "mean"], ascending=[True, False])
    n = max(LEAST_PANEL, len(came), len(rest))
    height = 1.9 + 0.235 * n
    title = say("verdicts_title", lang, n=len(rows), came=len(came))
    words = "\n".join([say("verdicts_caption", lang), say("verdicts_caption_more", lang, seeds=seeds)])
    figure = new_figure(13.5, height, title, words)
    panels = figure.subplots(1, 2)
    figure.subplots_adjust(left=0.25, right=0.985, top=1 - 0.85 / height, bottom=1.1 / height, wspace=1.15)
    for axes, some, key in zip(panels, (came, rest), ("verdicts_came", "verdicts_rest"), strict=True):
        _panel(axes, some, n, lang)
        axes.set_title(say(key, lang, n=len(some)), fontsize=11)
    _legend(panels[1], list(dict.fromkeys(rest["verdict"])), lang)
    return figure


def _panel(axes: Axes, rows: pd.DataFrame, n: int, lang: str) -> None:
    """A row an expectation, on an axis that is even up to ±1 and logarithmic beyond."""
    axes.axvspan(-1, 1, color=BAND, lw=0, zorder=-2)
    axes.axvline(0, color="#999999", lw=0.9, zorder=-1)
    heights = np.arange(n - 1, n - 1 - len(rows), -1)
    tones = [TONES[verdict] for verdict in rows["verdict"]]
    axes.hlines(heights, rows["low"], rows["high"], colors=tones, lw=2.2)
    clear = rows["verdict"].isin(["as_expected", "opposite"])
    faces = [tone if filled else "white" for tone, filled in zip(tones, clear, strict=True)]
    axes.scatter(rows["mean"], heights, s=30, c=faces, edgecolors=tones, linewidths=1.5, zorder=3)
    axes.set_xscale("symlog", linthresh=1)
    axes.set_ylim(-0.7, n - 0.3)
    axes.set_yticks(heights, [_label(row, lang) for _, row in rows.iterrows()], color=INK, fontsize=8.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=FAINT, lw=0.6)
    ticks = [t for t in (-1000, -100, -10, -1, 0, 1, 10, 100, 1000) if _within(t, rows)]
    axes.set_xticks(ticks, [f"{tick:g}".replace("-", "−") for tick in ticks])
    axes.minorticks_off()
    axes.set_xlabel(say("verdicts_axis", lang), color=GREY)


def _within(tick: float, rows: pd.DataFrame) -> bool:
    """Is a tick near what is drawn?"""
    low, high = (float(np.nan_to_num(rows[name].agg(how))) for name, how in (("low", "min"), ("high", "max")))
    return min(-1.0, low) <= tick <= max(1.0, high)


def _label(row: pd.Series, lang: str) -> str:
    """``Red packets: members per group ↑``."""
    what = say("verdicts_row", lang, name=arm_label(str(row["strategy"]), lang),
               way=WAYS[int(row["sign"])],
               what=inside(str(row["outcome"]), lang))  # fmt: skip
    return fit(what, WIDE) if columns(what) > WIDE else what


def _legend(axes: Axes, verdicts: Sequence[str], lang: str) -> None:
    """What the colours of the right panel say."""
    shown = [verdict for verdict in VERDICTS if verdict in verdicts]
    for verdict in shown:
        axes.plot([], [], "o", color=TONES[verdict], mfc=TONES[verdict] if verdict == "opposite" else "white",
                  label=say(f"effects_v_{verdict}", lang))  # fmt: skip
    if shown:
        axes.legend(loc="lower right", fontsize=9)
