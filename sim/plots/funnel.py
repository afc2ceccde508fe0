"""From invitation to repurchase, step by step, and what a member brings in."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots.marks import Point, name_rows, points
from sim.plots.measured import Measured
from sim.plots.style import INK, new_figure, picture
from sim.plots.words import arm_label, number, say

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
    left, wide, foot, tall = 0.15, 0.098, 0.85 / height, 1 - 1.75 / height
    for k, step in enumerate((*COUNTS, *SHARES)):
        axes = figure.add_axes((left + k * (wide + 0.015), foot, wide, tall))
        _bars(axes, measured, step)
        name_rows(axes, [arm_label(arm, lang) for arm in arms], show=k == 0)
        axes.set_title(say(f"step_{step}", lang), fontsize=9.5)
        if k in (0, 2):
            key = "per_community" if k == 0 else "of_joined"
            axes.annotate(say(key, lang), (0, 0), (0, -6), **_beneath(), fontsize=8.5)  # type: ignore[arg-type]
    worth = figure.add_axes((left + 6 * (wide + 0.015) + 0.01, foot, 0.985 - left - 6 * (wide + 0.015) - 0.01, tall))
    points(worth, [_worth(measured, arm) for arm in arms])
    name_rows(worth, arms, show=False)
    worth.set_title(say("revenue_per_member", lang), fontsize=9.5)
    worth.set_xlabel(say("cny", lang))
    return figure


def _beneath() -> dict[str, object]:
    return {"xycoords": "axes fraction", "textcoords": "offset points", "va": "top", "ha": "left", "color": INK}


def _bars(axes: Axes, measured: Measured, step: str) -> None:
    """Bars from zero with the number at their end; shares of all panels on one scale would hide the small steps."""
    table = measured.funnel
    one = table[table["step"] == step].set_index("arm")["of_joined" if step in SHARES else "mean"]
    values = [float(one.get(arm, float("nan"))) for arm in measured.arms]
    rows = range(len(values))[::-1]
    top = max((value for value in values if value == value), default=1.0) or 1.0
    tones = [measured.colours[arm] for arm in measured.arms]
    axes.barh(list(rows), [value if value == value else 0.0 for value in values], color=tones, height=0.5, alpha=0.85)
    for y, value in zip(rows, values, strict=True):
        if value == value:
            text = number(value, "share" if step in SHARES else "")
            axes.annotate(text, (value, y), (3, 0), textcoords="offset points", va="center", fontsize=8)
    axes.set(xlim=(0, top * 1.6), ylim=(-0.6, len(values) - 0.25), xticks=[])
    axes.spines["bottom"].set_visible(False)


def _worth(measured: Measured, arm: str) -> Point | None:
    table = measured.revenue
    found = table[(table["arm"] == arm) & (table["measure"] == "per_member")]
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
    if high == low:
        return say("funnel_one", lang, share=high)
    names = {"most": arm_label(most, lang), "least": arm_label(least, lang)}
    return say("funnel_title", lang, high=high, low=low, **names)


def _caption(measured: Measured, lang: str) -> str:
    return measured.caption("funnel_caption", lang)
