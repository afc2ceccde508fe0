"""Cost and return: what an arm spends, what it takes in, and how many of the host's hours it needs."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.locale.words import arm_label, number, say
from sim.plots.marks import Point, name_rows, points
from sim.plots.run.measured import Measured
from sim.plots.style import FAINT, INK, new_figure, picture

__all__ = ["draw_money"]

PROFIT = "profit_with_hours"
REVENUE, COST, HOURS = "#9fd3c2", "#f1bf9b", "#d9d9d9"


@picture
def draw_money(source: object, lang: str = "en") -> Figure:
    """Cost and the host's hours at their wage to the left, revenue to the right, profit after hours as a point with its
    interval; the hours themselves beside it."""
    measured = Measured.of(source)
    height = 2.2 + 0.42 * len(measured.arms)
    figure = new_figure(10.5, height, _title(measured, lang), measured.caption("money_caption", lang))
    foot, tall = 0.85 / height, 1 - 1.75 / height
    balance = figure.add_axes((0.15, foot, 0.52, tall))
    hours = figure.add_axes((0.74, foot, 0.245, tall))
    _balance(balance, measured, lang)
    points(hours, [_point(measured, arm, "host_hours") for arm in measured.arms])
    name_rows(hours, measured.arms, show=False)
    hours.set_title(say("host_hours", lang))
    hours.set_xlabel(say("hours", lang))
    return figure


def _balance(axes: Axes, measured: Measured, lang: str) -> None:
    rows = list(range(len(measured.arms)))[::-1]
    for y, arm in zip(rows, measured.arms, strict=True):
        revenue, cost, whole = (_point(measured, arm, name).mean for name in ("revenue", "cost", "cost_with_hours"))
        profit = _point(measured, arm, PROFIT)
        axes.barh(y, revenue, height=0.5, color=REVENUE)
        axes.barh(y, -cost, height=0.5, color=COST)
        axes.barh(y, cost - whole, height=0.5, left=-cost, color=HOURS)
        axes.plot([profit.low, profit.high], [y, y], color=INK, lw=1.6)
        axes.plot(profit.mean, y, "D", color=INK, ms=4.5)
        axes.annotate(
            number(profit.mean, "CNY"), (profit.mean, y), (0, 10), textcoords="offset points", ha="center", fontsize=8
        )
    axes.axvline(0, color="#999999", lw=0.9)
    for tone, key, marker in ((HOURS, "hours_paid", "s"), (COST, "cost", "s"), (REVENUE, "revenue", "s"),
                              (INK, "profit", "D")):  # fmt: skip
        axes.plot([], [], marker, color=tone, label=say(key, lang), ms=7 if marker == "s" else 4.5)
    name_rows(axes, [arm_label(arm, lang) for arm in measured.arms])
    axes.grid(axis="x", color=FAINT, lw=0.6)
    axes.set_ylim(-0.6, len(rows) - 0.25)
    axes.xaxis.set_major_formatter(lambda x, _: number(x, "CNY"))
    axes.set_xlabel(say("cny_per_community", lang))
    axes.legend(
        loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=4, handlelength=1, columnspacing=1.2, borderpad=0.2
    )


def _point(measured: Measured, arm: str, outcome: str) -> Point:
    one = measured.summary[arm][outcome]
    return Point(one["mean"], one["low"], one["high"], measured.colours[arm])


def _title(measured: Measured, lang: str) -> str:
    """The arm that leaves most money, beside the reference."""
    profits = {arm: _point(measured, arm, PROFIT).mean for arm in measured.arms}
    best = max(profits, key=lambda arm: profits[arm])
    values = {"best": arm_label(best, lang), "profit": number(profits[best], "CNY")}
    if best == measured.reference:
        return say("money_reference", lang, **values)
    other = arm_label(measured.reference, lang)
    rows = measured.paired[(measured.paired["arm"] == best) & (measured.paired["outcome"] == PROFIT)]
    perhaps = "" if (rows["luck"] == "clear").any() else say("perhaps", lang)
    return say("money_title", lang, other=other, base=number(profits[measured.reference], "CNY"), **values) + perhaps
