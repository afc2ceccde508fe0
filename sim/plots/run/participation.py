"""Who talks: posters, readers and absent on an average day, how unequally, and how much of the talk is the host's."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.locale.words import arm_label, number, say
from sim.plots.marks import Point, name_rows, points
from sim.plots.run.measured import Measured
from sim.plots.style import INK, new_figure, picture

__all__ = ["draw_participation"]

TONES = {"posters": "#0072B2", "readers": "#9ecae1", "away": "#ececec"}


@picture
def draw_participation(source: object, lang: str = "en") -> Figure:
    """Bars of who posts, reads and stays away; beside them Gini among posters and the host's share of the talk."""
    measured = Measured.of(source)
    height = 2.1 + 0.42 * len(measured.arms)
    figure = new_figure(10.5, height, _title(measured, lang), _caption(measured, lang))
    foot, tall = 0.75 / height, 1 - 1.65 / height
    bars = figure.add_axes((0.15, foot, 0.36, tall))
    unequal = figure.add_axes((0.55, foot, 0.2, tall))
    host = figure.add_axes((0.785, foot, 0.2, tall))
    _bars(bars, measured, lang)
    points(unequal, [_measure(measured, arm, "gini_posters") for arm in measured.arms])
    points(host, [_outcome(measured, arm, "host_share") for arm in measured.arms], unit="share")
    for axes, key in ((unequal, "gini_title"), (host, "host_title")):
        name_rows(axes, measured.arms, show=False)
        axes.set_title(say(key, lang))
    return figure


def _bars(axes: Axes, measured: Measured, lang: str) -> None:
    means = measured.shares.groupby("arm", observed=True)[list(TONES)].mean()
    rows = range(len(measured.arms))[::-1]
    left = [0.0] * len(measured.arms)
    for kind, tone in TONES.items():
        wide = [float(means.loc[arm, kind]) for arm in measured.arms]  # type: ignore[arg-type]
        axes.barh(list(rows), wide, left=left, color=tone, height=0.62, label=say(kind, lang))
        if kind != "away":
            for y, start, share in zip(rows, left, wide, strict=True):
                ink = "white" if kind == "posters" else INK
                if share > 0.04:
                    axes.text(
                        start + share / 2, y, number(share * 100), color=ink, fontsize=8, ha="center", va="center"
                    )
        left = [start + share for start, share in zip(left, wide, strict=True)]
    name_rows(axes, [arm_label(arm, lang) for arm in measured.arms])
    axes.set(xlim=(0, 1), ylim=(-0.6, len(measured.arms) - 0.25))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.legend(
        loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3, handlelength=1, columnspacing=1.2, borderpad=0.2
    )


def _measure(measured: Measured, arm: str, measure: str) -> Point | None:
    table = measured.inequality
    found = table[(table["arm"] == arm) & (table["measure"] == measure)]
    if found.empty:
        return None
    row = found.iloc[0]
    return Point(float(row["mean"]), float(row["low"]), float(row["high"]), measured.colours[arm])


def _outcome(measured: Measured, arm: str, outcome: str) -> Point:
    one = measured.summary[arm][outcome]
    return Point(one["mean"], one["low"], one["high"], measured.colours[arm])


def _title(measured: Measured, lang: str) -> str:
    """On an average day: how many post, under the least and the most talkative arm."""
    posters = measured.shares.groupby("arm", observed=True)["posters"].mean().loc[measured.arms]
    low, high = number(float(posters.min()), "share"), number(float(posters.max()), "share")
    if low == high:
        return say("participation_one", lang, share=high)
    return say("participation_title", lang, low=low, high=high, most=arm_label(str(posters.idxmax()), lang))


def _caption(measured: Measured, lang: str) -> str:
    return measured.caption("participation_caption", lang)
