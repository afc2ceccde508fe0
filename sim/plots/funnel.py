"""From invitation to repurchase, and what a member brings in."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from sim.plots.marks import Point, end_labels, name_rows, points
from sim.plots.measured import Measured
from sim.plots.style import FAINT, new_figure, picture
from sim.plots.words import arm_label, number, say

__all__ = ["draw_funnel"]

STEPS = ("joined", "active", "trusting", "bought", "bought_again")


@picture
def draw_funnel(source: object, lang: str = "en") -> Figure:
    """Share of those who joined that got to each step, by arm, and revenue per member with its interval."""
    measured = Measured.of(source)
    figure = new_figure(10.5, 4.6, _title(measured, lang), _caption(measured, lang))
    steps = figure.add_axes((0.06, 0.17, 0.4, 0.68))
    worth = figure.add_axes((0.76, 0.17, 0.225, 0.68))
    _steps(steps, measured, lang)
    points(worth, [_worth(measured, arm) for arm in measured.arms])
    name_rows(worth, [arm_label(arm, lang) for arm in measured.arms])
    worth.set_title(say("revenue_per_member", lang))
    worth.set_xlabel(say("cny", lang))
    return figure


def _steps(axes: Axes, measured: Measured, lang: str) -> None:
    table = measured.funnel
    ends = []
    floor = 1.0
    for arm in measured.arms:
        one = table[table["arm"] == arm].set_index("step")["of_joined"]
        shares = [float(one.get(step, float("nan"))) for step in STEPS]
        shown = [share if share > 0 else float("nan") for share in shares]
        axes.plot(range(len(STEPS)), shown, "o-", ms=4, color=measured.colours[arm], ls=measured.dash(arm))
        reached = [share for share in shown if share == share]
        floor = min([floor, *reached])
        if reached:
            ends.append((f"{arm_label(arm, lang)} {number(reached[-1], 'share')}", reached[-1], measured.colours[arm]))
    axes.set_yscale("log")
    axes.set_ylim(floor * 0.7, 1.15)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y * 100:g}%"))
    axes.yaxis.set_minor_formatter(lambda *_: "")
    axes.set_xticks(range(len(STEPS)), [say(f"step_{step}", lang) for step in STEPS])
    axes.grid(axis="y", color=FAINT, lw=0.6)
    axes.set_xlim(-0.15, len(STEPS) - 1)
    axes.set_title(say("of_joined", lang))
    end_labels(axes, ends, len(STEPS) - 1)


def _worth(measured: Measured, arm: str) -> Point | None:
    table = measured.revenue
    found = table[(table["arm"] == arm) & (table["measure"] == "revenue_per_member")]
    if found.empty:
        return None
    row = found.iloc[0]
    return Point(float(row["mean"]), float(row["low"]), float(row["high"]), measured.colours[arm])


def _title(measured: Measured, lang: str) -> str:
    """Which arm sells to the largest and to the smallest share of those who join."""
    table = measured.funnel
    bought = table[table["step"] == "bought"].set_index("arm")["of_joined"].reindex(measured.arms).dropna()
    if bought.empty or float(bought.max()) == 0:
        return say("funnel_none", lang)
    most, least = str(bought.idxmax()), str(bought.idxmin())
    high, low = number(float(bought[most]), "share"), number(float(bought[least]), "share")
    if most == least:
        return say("funnel_one", lang, share=high)
    names = {"most": arm_label(most, lang), "least": arm_label(least, lang)}
    return say("funnel_title", lang, high=high, low=low, **names)


def _caption(measured: Measured, lang: str) -> str:
    return say("funnel_caption", lang) + " " + measured.sample(lang)
