"""Which knobs matter: bars of what each moves, and beside them how much that depends on the rest."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import bracket, say, unit_label
from sim.plots.experiment.frame import short
from sim.plots.marks import Point, fit, name_rows, points
from sim.plots.style import FAINT, GREY, INK, new_figure, picture

__all__ = ["draw_sensitivity"]

TONE, SECOND = "#0072B2", "#E69F00"
SHOWN = 16
NAMED = 0.25  # of the largest effect
_INDICES = {"morris": ("mu_star", "sigma"), "sobol": ("ST", "S1")}


@picture
def draw_sensitivity(table: pd.DataFrame, method: str, lang: str = "en") -> Figure:
    """``table``: the rows of one outcome, as :mod:`sim.analysis.experiment.sensitivity` gives them.

    Morris: bars of µ* with intervals and the height that luck alone would have; beside them σ over µ*. Sobol: ST and S1
    with intervals, ST with the same.
    """
    outcome = str(table["outcome"].iloc[0])
    knobs = list(dict.fromkeys(table["knob"]))[:SHOWN]
    wide = {name: rows.set_index("knob").loc[knobs] for name, rows in table.groupby("index")}
    height = 2.1 + 0.36 * len(knobs)
    first = table.iloc[0]
    words = say(f"{method}_caption", lang, base=int(first["n_base"]), n=int(first["n_replicates"]))
    figure = new_figure(10.5, height, _title(wide, method, outcome, lang), words)
    left, right = figure.subplots(1, 2)
    figure.subplots_adjust(left=0.17, right=0.975, top=1 - 0.78 / height, bottom=1.15 / height, wspace=0.2)
    names = [knob.rsplit(".", 1)[-1] for knob in knobs]
    main, other = _INDICES[method]
    name_rows(left, names)
    if method == "morris":
        _bars(left, wide[main], lang)
        left.set_title(say(main, lang) + bracket(_unit(outcome, lang), lang), fontsize=9.5)
        _scatter(right, wide[main], wide[other], names, outcome, lang)
    else:
        _shares(left, wide[main], TONE, say(main, lang), lang)
        _shares(right, wide[other], SECOND, say(other, lang), lang)
        name_rows(right, names, show=False)
    return figure


def _unit(outcome: str, lang: str) -> str:
    return unit_label(OUTCOMES[outcome].unit, lang, difference=True)


def _title(wide: dict[str, pd.DataFrame], method: str, outcome: str, lang: str) -> str:
    """The knob that matters most, if any rises above luck."""
    what, rows = short(outcome, lang), wide[_INDICES[method][0]]
    if rows["value"].isna().all():
        return say("sensitivity_title_none", lang, what=what)
    top = rows.iloc[0]
    knob = str(rows.index[0]).rsplit(".", 1)[-1]
    above = top["low"] > (top["noise"] if top["noise"] == top["noise"] else 0.0)
    return say(f"{method}_title" if above else "sensitivity_title_luck", lang, what=what, knob=knob)


def _bars(axes: Axes, rows: pd.DataFrame, lang: str) -> None:
    """A bar a knob with its interval; a grey one for luck behind it."""
    heights = list(range(len(rows)))[::-1]
    axes.barh(heights, rows["value"], height=0.6, color=TONE, alpha=0.85)
    if rows["noise"].notna().any():
        axes.barh(heights, rows["noise"], height=0.82, color="#bbbbbb", zorder=-1, label=say("by_luck", lang))
        axes.legend(loc="lower right", fontsize=8.5)
    axes.hlines(heights, rows["low"], rows["high"], color=INK, lw=1.4)
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.set_xlim(left=0)
    axes.grid(axis="x", color=FAINT, lw=0.6)


def _scatter(axes: Axes, mean: pd.DataFrame, spread: pd.DataFrame, names: list[str], outcome: str, lang: str) -> None:
    """σ over µ*, both with their intervals, named."""
    x, y = mean["value"].to_numpy(), spread["value"].to_numpy()
    axes.hlines(y, mean["low"], mean["high"], color=TONE, lw=1.0, alpha=0.6)
    axes.vlines(x, spread["low"], spread["high"], color=TONE, lw=1.0, alpha=0.6)
    axes.scatter(x, y, s=30, color=TONE, zorder=3)
    for place, name in enumerate(names):
        if x[place] > NAMED * x[0]:  # the rest lies in a heap near the corner, where names would cover each other
            axes.annotate(fit(name, 22, 1), (x[place], y[place]), (5, 4), textcoords="offset points", fontsize=8,
                          color=GREY)  # fmt: skip
    axes.margins(x=0.18)
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.grid(color=FAINT, lw=0.6)
    axes.set_xlabel(say("mu_star_short", lang))
    axes.set_title(say("sigma", lang) + bracket(_unit(outcome, lang), lang), fontsize=9.5)


def _shares(axes: Axes, rows: pd.DataFrame, tone: str, head: str, lang: str) -> None:
    """An index a knob with its interval, hollow where the interval holds 0, or what luck alone would show (grey)."""
    luck = rows["noise"].fillna(0.0)
    marks = [Point(row.value, row.low, row.high, tone, row.low > luck[row.Index]) for row in rows.itertuples()]
    points(axes, marks, unit="share", neutral=0)
    if (luck > 0).any():
        heights = list(range(len(rows)))[::-1]
        axes.barh(heights, luck, height=0.82, color="#bbbbbb", zorder=-1, label=say("by_luck", lang))
        axes.legend(loc="lower right", fontsize=8.5)
    axes.xaxis.set_major_formatter(lambda x, _: f"{x * 100:g}%".replace("-", "−"))
    axes.set_title(head, fontsize=9.5)
