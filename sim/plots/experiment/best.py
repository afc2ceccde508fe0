"""Which arm is best, and how sure is that: the share of redrawn studies each arm would win."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from sim.analysis.experiment.findings import Findings
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import arm_label, number, say, unit_label
from sim.plots.experiment.frame import arms_shown, caption, short, tones
from sim.plots.marks import name_rows
from sim.plots.style import FAINT, INK, new_figure, picture

__all__ = ["draw_best", "percent"]

PANELS = 4


@picture
def draw_best(found: Findings, world: str, lang: str = "en") -> Figure:
    """A panel per outcome (at most four), a bar per arm; behind it the loss to be expected from choosing that arm."""
    arms = arms_shown(found, world)
    rows = found.best[found.best["world"] == world]
    names = list(dict.fromkeys(rows["outcome"]))[:PANELS]
    height = 1.75 + 0.32 * len(arms)
    figure = new_figure(
        10.5, height, _title(found, world, lang), caption(found, world, "best_caption", lang, len(arms))
    )
    grid = figure.subplots(1, max(len(names), 1), squeeze=False)
    wide = 0.985 if len(names) > 1 else 0.7
    figure.subplots_adjust(left=0.15, right=wide, top=1 - 0.72 / height, bottom=0.95 / height, wspace=0.13)
    for k, (axes, name) in enumerate(zip(grid.flat, names, strict=False)):
        _bars(axes, found, rows[rows["outcome"] == name].set_index("arm"), name, arms, lang)
        name_rows(axes, [arm_label(arm, lang) for arm in arms], show=k == 0)
    return figure


def _bars(axes: Axes, found: Findings, table: pd.DataFrame, name: str, arms: list[str], lang: str) -> None:
    tone, unit = tones(found), OUTCOMES[name].unit
    for y, arm in zip(range(len(arms))[::-1], arms, strict=True):
        if arm not in table.index:
            continue
        p, regret = float(table.loc[arm, "p_best"]), float(table.loc[arm, "regret"])
        axes.barh(y, p, height=0.62, color=tone[arm])
        text = say("chance", lang, p=percent(p))
        # An arm that is sure to be best loses nothing; for the rest the loss is what one wants to know.
        if p < 0.995:
            loss = number(regret, unit).removesuffix(" %")
            text += say("loss", lang, loss=loss)
        axes.annotate(text, (p, y), (4, 0), textcoords="offset points", va="center", fontsize=8, color=INK)
    axes.set(xlim=(0, 1.75), ylim=(-0.6, len(arms) - 0.4), xticks=[0, 0.5, 1])
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.grid(axis="x", color=FAINT, lw=0.6)
    loss_unit = "" if unit == "0 to 1" else unit_label(unit, lang, difference=True)
    axes.set_title(short(name, lang), fontsize=9.5)
    axes.set_xlabel(say("loss_in", lang, unit=loss_unit) if loss_unit else say("chance_only", lang), fontsize=8.5)


def percent(p: float) -> str:
    """A share of draws in per cent: never quite none or all, since draws are not endless."""
    return "<1" if p < 0.005 else ">99" if p > 0.995 else f"{100 * p:.0f}"


def _title(found: Findings, world: str, lang: str) -> str:
    rows = found.best[(found.best["world"] == world) & (found.best["outcome"] == found.primary)]
    if rows.empty:
        return say("best_title_none", lang)
    top = rows.sort_values("p_best", ascending=False, kind="stable").iloc[0]
    p = say("chance", lang, p=percent(float(top["p_best"])))
    return say("best_title", lang, arm=arm_label(top["arm"], lang), what=short(found.primary, lang), p=p)
