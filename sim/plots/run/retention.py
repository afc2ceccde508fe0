"""Who stays: the share still a member by days since joining, one panel per joining cohort."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.locale.words import arm_label, number, say
from sim.plots.marks import arm_legend
from sim.plots.run.measured import Measured
from sim.plots.style import FAINT, new_figure, picture

__all__ = ["draw_retention"]

PANELS = 4
WIDTH = 28  # days of joining that make a cohort


@picture
def draw_retention(source: object, lang: str = "en") -> Figure:
    """Kaplan–Meier curves of membership by arm, for the first four cohorts of :data:`WIDTH` days."""
    measured = Measured.of(source)
    cohorts = sorted(measured.retention["cohort"].unique())[:PANELS]
    figure = new_figure(10.5, 4.3, _title(measured, lang), _caption(measured, lang))
    arm_legend(figure, measured, lang, top=3.8)
    panels = figure.subplots(1, len(cohorts), sharey=True, squeeze=False)[0]
    figure.subplots_adjust(left=0.06, right=0.985, top=0.74, bottom=0.2, wspace=0.08)
    for axes, cohort in zip(panels, cohorts, strict=True):
        of_cohort = measured.retention[measured.retention["cohort"] == cohort]
        for arm in measured.arms:
            one = of_cohort[of_cohort["arm"] == arm].sort_values("age")
            age, tone = one["age"].to_numpy(), measured.colours[arm]
            axes.fill_between(age, one["low"], one["high"], step="post", color=tone, alpha=0.13, lw=0)
            axes.step(age, one["share"], where="post", color=tone, ls=measured.dash(arm))
        there = cohort < 0  # before day 0, in a running start
        axes.set_title(say("cohort_before" if there else "cohort", lang, first=cohort, last=int(cohort) + WIDTH - 1))
        axes.set_xlabel(say("since_day_0" if there else "since_joining", lang))
        axes.grid(axis="y", color=FAINT, lw=0.6)
        axes.set_xlim(0, measured.days)
    panels[0].set_ylim(0, 1.02)
    panels[0].yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    return figure


def _title(measured: Measured, lang: str) -> str:
    """Of those who joined first, how many are still there after 28 days, in the least and most loyal arm."""
    table = measured.retention
    table = table[table["cohort"] >= min(0, table["cohort"].max())]  # who was there before day 0 did not join
    first = table[(table["cohort"] == table["cohort"].min()) & (table["age"] <= WIDTH)]
    stay = first.sort_values("age").groupby("arm", observed=True)["share"].last().reindex(measured.arms).dropna()
    most = arm_label(str(stay.idxmax()), lang)
    low, high = number(float(stay.min()), "share"), number(float(stay.max()), "share")
    if len(stay) < 2:
        return say("retention_one", lang, days=WIDTH, share=high)
    return say("retention_title", lang, days=WIDTH, low=low, high=high, most=most)


def _caption(measured: Measured, lang: str) -> str:
    return measured.caption("retention_caption", lang)
