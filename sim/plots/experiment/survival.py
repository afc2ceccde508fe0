"""How long groups live under each arm, and how much longer than under the reference."""

from __future__ import annotations

from math import isnan

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.analysis.experiment.findings import Findings
from sim.locale.words import arm_label, number, say, signed
from sim.plots.experiment.frame import arms_shown, caption, tones
from sim.plots.lives import dissolved, lives_title
from sim.plots.marks import Point, end_labels, name_rows, points
from sim.plots.style import FAINT, INK, new_figure, picture

__all__ = ["draw_survival"]


@picture
def draw_survival(found: Findings, world: str, lang: str = "en") -> Figure:
    """Survival curves with bands; to their right the differences of the restricted means, with hazard ratios."""
    arms = arms_shown(found, world)
    figure = new_figure(10.5, 5.2, lives_title(found.survival[world], lang), _caption(found, world, lang, len(arms)))
    curves, gaps = figure.add_axes((0.06, 0.19, 0.38, 0.66)), figure.add_axes((0.745, 0.19, 0.24, 0.66))
    _curves(curves, found, world, arms, lang)
    _gaps(gaps, found, world, [arm for arm in arms if arm != found.reference], lang)
    return figure


def _curves(axes: Axes, found: Findings, world: str, arms: list[str], lang: str) -> None:
    ends, tone = [], tones(found)
    survival = found.survival[world]
    last = max(1.0, *(float(one.time[-1]) for one in survival.values()))
    axes.axhline(0.5, color=FAINT, lw=0.8, zorder=0)
    for arm in (arm for arm in arms if arm in survival):
        one, dash = survival[arm], "--" if arm == found.reference else "-"
        axes.fill_between(one.time, one.low, one.high, step="post", color=tone[arm], alpha=0.13, lw=0)
        axes.step(one.time, one.share, where="post", color=tone[arm], ls=dash)
        ends.append((arm_label(arm, lang), float(one.share[-1]), tone[arm]))
    axes.set(xlim=(0, last), ylim=(0, 1.02))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel(say("age_days", lang))
    axes.set_title(say("share_alive", lang))
    end_labels(axes, ends, last)


def _gaps(axes: Axes, found: Findings, world: str, arms: list[str], lang: str) -> None:
    table, tone = found.lives, tones(found)
    table = table[table["world"] == world].set_index("arm") if len(table) else table
    rows = [
        Point(row["difference"], row["low"], row["high"], tone[arm], row["luck"] == "clear")
        for arm, row in ((arm, table.loc[arm]) for arm in arms if arm in table.index)
    ]
    points(axes, rows, neutral=0, text=False)
    for y, arm in zip(range(len(arms))[::-1], arms, strict=True):
        if arm in table.index:
            row = table.loc[arm]
            few, days = isnan(row["hazard_ratio"]), signed(row["difference"])
            days += say("rough", lang) if row["rough"] else ""
            key = "days_few_deaths" if few else "days_and_hazard"
            text = say(key, lang, days=days, ratio=number(row["hazard_ratio"]))
            axes.annotate(text, (row["difference"], y), (0, 6), textcoords="offset points", ha="center", fontsize=8,
                          color=INK)  # fmt: skip
    axes.margins(x=0.5)
    name_rows(axes, [arm_label(arm, lang) for arm in arms])
    axes.set_title(say("longer_by", lang, reference=arm_label(found.reference, lang)), fontsize=9.5)
    axes.set_xlabel(say("days", lang))


def _caption(found: Findings, world: str, lang: str, shown: int) -> str:
    survival = found.survival[world].values()
    groups, alive = sum(one.n for one in survival), sum(one.n_censored for one in survival)
    words = {"groups": f"{groups:,}", "alive": f"{alive:,}", "ended": dissolved(survival, lang)}
    return caption(found, world, "study_survival_caption", lang, shown, **words)
