"""From invitation to repurchase, step by step, and what a member brings in."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.locale.words import arm_label, number, say
from sim.plots.marks import Point, name_rows, points
from sim.plots.run.measured import Measured
from sim.plots.style import new_figure, picture

__all__ = ["draw_funnel"]

COUNTS = ("invited", "joined")
SHARES = ("active", "trusting", "bought", "bought_again")


@picture
def draw_funnel(source: object, lang: str = "en") -> Figure:
    """A column per step (people, then shares of those who joined), a row per arm; revenue per member last."""
    measured = Measured.of(source)
    arms = measured.arms
    height = 2.2 + 0.42 * len(arms)
    figure = new_figure(10.5, height, _title(measured, lang), _caption(measured, lang))
    foot, tall = 0.85 / height, 1 - 1.75 / height
    bars = figure.add_axes((0.15, foot, 0.67, tall))
    for k, step in enumerate((*COUNTS, *SHARES)):
        _column(bars, measured, step, k, lang)
    name_rows(bars, [arm_label(arm, lang) for arm in arms])
    bars.set(xlim=(0, len(COUNTS + SHARES)), ylim=(-0.6, len(arms) - 0.25), xticks=[])
    bars.spines[["left", "bottom"]].set_visible(False)
    for k, key in ((0, "per_community"), (len(COUNTS), "of_joined")):
        bars.text(k, -0.75, say(key, lang), va="top", fontsize=8.5)
    worth = figure.add_axes((0.845, foot, 0.14, tall))
    points(worth, [_worth(measured, arm) for arm in arms])
    name_rows(worth, arms, show=False)
    worth.set_title(say("revenue_per_member", lang), fontsize=9.5)
    worth.set_xlabel(say("cny", lang))
    return figure


def _column(axes: Axes, measured: Measured, step: str, k: int, lang: str) -> None:
    """Bars of one step, each column on a scale of its own: on a common one the small steps would vanish."""
    table = measured.funnel
    one = table[table["step"] == step].set_index("arm")["of_joined" if step in SHARES else "mean"]
    values = [float(one.get(arm, float("nan"))) for arm in measured.arms]
    rows = list(range(len(values)))[::-1]
    scale = 0.55 / (max((value for value in values if value == value), default=0.0) or 1.0)
    wide = [value * scale if value == value else 0.0 for value in values]
    axes.barh(rows, wide, left=k, color=[measured.colours[arm] for arm in measured.arms], height=0.5, alpha=0.85)
    axes.plot([k, k], [-0.6, len(values) - 0.25], color="#999999", lw=0.7)
    axes.text(k, len(values) - 0.15, say(f"step_{step}", lang), va="bottom", fontsize=9.5)
    for y, end, value in zip(rows, wide, values, strict=True):
        if value == value:
            axes.text(k + end + 0.03, y, number(value, "share" if step in SHARES else ""), va="center", fontsize=8)


def _worth(measured: Measured, arm: str) -> Point | None:
    table = measured.revenue
    found = table[(table["arm"] == arm) & (table["measure"] == "per_member")]
    if found.empty:
        return None
    row = found.iloc[0]
    return Point(float(row["mean"]), float(row["low"]), float(row["high"]), measured.colours[arm])


def _title(measured: Measured, lang: str) -> str:
    """The smallest and the largest share of those who join that buy, over the arms."""
    table = measured.funnel
    bought = table[table["step"] == "bought"].set_index("arm")["of_joined"].reindex(measured.arms).dropna()
    if bought.empty or float(bought.max()) == 0:
        return say("funnel_none", lang)
    low, high = (number(float(value), "share") for value in (bought.min(), bought.max()))
    if high == low:
        return say("funnel_one", lang, share=high)
    return say("funnel_title", lang, high=high, low=low)


def _caption(measured: Measured, lang: str) -> str:
    return measured.caption("funnel_caption", lang)
