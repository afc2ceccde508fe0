"""What combining does: a combined arm beside the sum of what its strategies do alone."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.ceilings import at_bound
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import arm_label, join, say
from sim.plots.marks import Point, is_ratio, name_rows, point_of, points
from sim.plots.run.comparison import KEY, panel_title
from sim.plots.run.measured import Measured
from sim.plots.style import FAINT, GREY, INK, new_figure, picture

__all__ = ["STRENGTHS", "draw_combination", "strength", "strength_in"]

#: How the effect of a combination compares with the sum of its parts' effects.
STRENGTHS = ("stronger", "weaker", "level", "bounded")


@picture
def draw_combination(source: object, lang: str = "en", arm: str | None = None) -> Figure:
    """A panel per outcome: each strategy alone, their sum (diamond) and all of them together, against the reference.

    ``arm`` names the combined arm; without it, the one of most strategies.
    """
    measured = Measured.of(source)
    if not measured.combinations:
        raise ValueError("this run holds no combined arm together with the arms of its strategies alone")
    arm = arm or max(measured.combinations, key=lambda name: len(measured.combinations[name]))
    parts = measured.combinations[arm]
    table = measured.combination
    table = table[table["arm"] == arm].set_index("outcome")
    shown = [name for name in KEY if name in table.index]
    height = 1.25 + 2 * (1.0 + 0.27 * (len(parts) + 2))
    figure = new_figure(10.5, height, _title(measured, shown, arm, lang), _caption(measured, parts, lang))
    grid = figure.subplots(2, 4, squeeze=False)
    top, foot = 1 - 1.0 / height, 0.75 / height
    figure.subplots_adjust(left=0.15, right=0.985, top=top, bottom=foot, wspace=0.13, hspace=0.5)
    for k, (axes, outcome) in enumerate(zip(grid.flat, shown, strict=False)):
        _panel(axes, measured, table.loc[outcome], outcome, arm, parts, lang)
        labels = [*(arm_label(part, lang) for part in parts), say("sum_of_parts", lang), arm_label(arm, lang)]
        name_rows(axes, labels, show=k % 4 == 0)
    for axes in list(grid.flat)[len(shown) :]:
        axes.remove()
    return figure


def _panel(axes: Axes, measured: Measured, row: pd.Series, outcome: str, arm: str, parts: list[str], lang: str) -> None:
    table = measured.paired[measured.paired["outcome"] == outcome].set_index("arm")
    ratio, total = is_ratio(table), float(row["sum_of_parts"])
    total = 1 + total / measured.summary[measured.reference][outcome]["mean"] if ratio else total
    rows = [point_of(table, name, measured.colours[name], ratio) for name in (*parts, arm)]
    rows.insert(-1, Point(total, total, total, GREY, True, "D"))
    points(axes, rows, unit=OUTCOMES[outcome].unit, neutral=1 if ratio else 0, text=False)
    axes.axhline(1.5, color=FAINT, lw=0.8)
    axes.plot([total, total], [1, 0], color=GREY, lw=0.8, ls=":")
    verdict = say(f"sum_{strength_in(measured, arm, outcome)}", lang)
    axes.set_title(panel_title(outcome, lang, ratio), fontsize=9.5, pad=17)
    axes.annotate(
        verdict, (0, 1), (0, 4), xycoords="axes fraction", textcoords="offset points", fontsize=8.5, color=INK
    )


def _title(measured: Measured, shown: list[str], arm: str, lang: str) -> str:
    """In how many outcomes the whole is less, more, or not to be told from the sum."""
    found = [strength_in(measured, arm, name) for name in shown]
    less, more, bounded = (found.count(word) for word in ("weaker", "stronger", "bounded"))
    title = say("combination_title", lang, arm=arm_label(arm, lang), less=less, more=more, total=len(shown))
    return title + (say("combination_bounded", lang, n=bounded) if bounded else "")


def strength_in(measured: Measured, arm: str, outcome: str) -> str:
    """:func:`strength`, or ``bounded`` where it cannot be told: the combination has come to an end of the range."""
    rows = measured.combination
    row = rows[(rows["arm"] == arm) & (rows["outcome"] == outcome)].iloc[0]
    whole, gap = measured.summary[arm][outcome]["mean"], float(row["difference"])
    reached = at_bound(outcome, whole, measured.ends) or not math.isfinite(gap)
    return "bounded" if reached else strength(row)


def strength(row: pd.Series) -> str:
    """``stronger`` or ``weaker`` than the sum where the whole clearly differs from it; else ``level``.

    Fewer adverts than the sum of the parts would leave is a stronger effect, though a smaller number.
    """
    if row["luck"] != "clear":
        return "level"
    return "stronger" if float(row["difference"]) * float(row["sum_of_parts"]) > 0 else "weaker"


def _caption(measured: Measured, parts: list[str], lang: str) -> str:
    names = join([arm_label(part, lang) for part in parts], lang)
    return measured.caption("combination_caption", lang, parts=names)
