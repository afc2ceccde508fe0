"""How long groups live: the share still alive by age, with median and restricted mean.

Kaplan–Meier over groups; groups alive at the end are censored, never dropped. The intervals of the restricted mean are
clustered by community, since the groups of one community share a market and a host.
"""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.locale.words import arm_label, say
from sim.plots.lives import dissolved, lives_title
from sim.plots.marks import Point, end_labels, name_rows, points
from sim.plots.run.measured import Measured
from sim.plots.style import FAINT, new_figure, picture

__all__ = ["draw_survival"]


@picture
def draw_survival(source: object, lang: str = "en") -> Figure:
    """Survival curves with bands; to their right the restricted mean of each arm with its interval."""
    measured = Measured.of(source)
    figure = new_figure(10.5, 5.0, lives_title(measured.survival, lang), _caption(measured, lang))
    curves = figure.add_axes((0.06, 0.17, 0.38, 0.68))
    means = figure.add_axes((0.745, 0.17, 0.24, 0.68))
    _curves(curves, measured, lang)
    _means(means, measured, lang)
    return figure


def _curves(axes: Axes, measured: Measured, lang: str) -> None:
    ends = []
    last = max(float(s.time[-1]) for s in measured.survival.values())
    axes.axhline(0.5, color=FAINT, lw=0.8, zorder=0)
    for arm in measured.arms:
        one, tone = measured.survival[arm], measured.colours[arm]
        axes.fill_between(one.time, one.low, one.high, step="post", color=tone, alpha=0.13, lw=0)
        axes.step(one.time, one.share, where="post", color=tone, ls=measured.dash(arm))
        ends.append((arm_label(arm, lang), float(one.share[-1]), tone))
    axes.set(xlim=(0, max(1, last)), ylim=(0, 1.02))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel(say("age_days", lang))
    axes.set_title(say("share_alive", lang))
    end_labels(axes, ends, last)


def _means(axes: Axes, measured: Measured, lang: str) -> None:
    rows = [
        Point(s.restricted_mean, s.restricted_mean_low, s.restricted_mean_high, measured.colours[arm])
        for arm, s in ((arm, measured.survival[arm]) for arm in measured.arms)
    ]
    points(axes, rows)
    for y, arm in enumerate(reversed(measured.arms)):
        one, tone = measured.survival[arm], measured.colours[arm]
        if one.median == one.median and one.median < one.horizon:
            axes.plot([one.median_low, min(one.median_high, one.horizon)], [y - 0.3, y - 0.3], color=tone, lw=0.9)
            axes.plot(one.median, y - 0.3, "D", mfc="white", mec=tone, ms=4)
    name_rows(axes, [arm_label(arm, lang) for arm in measured.arms])
    axes.set_title(say("restricted_mean", lang, days=f"{measured.horizon:.0f}"))
    axes.set_xlabel(say("days", lang))


def _caption(measured: Measured, lang: str) -> str:
    groups = sum(s.n for s in measured.survival.values())
    alive = sum(s.n_censored for s in measured.survival.values())
    ended = dissolved(measured.survival.values(), lang)
    return measured.caption("survival_caption", lang, groups=f"{groups:,}", alive=f"{alive:,}", ended=ended)
