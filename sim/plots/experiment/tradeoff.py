"""Long life, conversion, cost: which arms cannot be beaten in one without losing in another."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.experiment.findings import Findings
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import arm_label, join, say
from sim.plots.experiment.best import percent
from sim.plots.experiment.frame import arms_shown, caption, inside, label_with_unit, tones
from sim.plots.marks import fit, spread
from sim.plots.style import FAINT, GREY, INK, new_figure, picture, readable

__all__ = ["draw_tradeoff"]


@picture
def draw_tradeoff(found: Findings, world: str, lang: str = "en") -> Figure:
    """A panel for every two objectives; a ring where the arm is on the front; the share of draws beside its name."""
    arms = arms_shown(found, world)
    table = found.tradeoff
    table = table[(table["world"] == world) & table["arm"].isin(arms)].set_index("arm")
    names = _varying(table, found.objectives)
    pairs = [(x, y) for k, y in enumerate(names) for x in names[k + 1 :]]
    words = caption(
        found, world, "tradeoff_caption", lang, len(arms), what=join([inside(n, lang) for n in found.objectives], lang)
    )
    figure = new_figure(10.5, 5.0, _title(found, table, lang), words)
    gap = 0.055
    wide = (0.70 - (len(pairs) - 1) * gap) / len(pairs)
    for k, (x, y) in enumerate(pairs):
        axes = figure.add_axes((0.06 + k * (wide + gap), 0.23, wide, 0.64))
        _scatter(axes, found, table, x, y, lang)
    _names(figure, found, table, lang)
    return figure


def _varying(table: pd.DataFrame, names: list[str]) -> list[str]:
    """Objectives in which the arms differ at all; the first two where none or one does."""
    kept = [name for name in names if table[name].nunique() > 1]
    return kept if len(kept) > 1 else [*kept, *(name for name in names if name not in kept)][:2]


def _scatter(axes: Axes, found: Findings, table: pd.DataFrame, x: str, y: str, lang: str) -> None:
    tone = tones(found)
    for arm, row in table.iterrows():
        axes.plot([row[f"{x}_low"], row[f"{x}_high"]], [row[y]] * 2, color=tone[arm], lw=1.4)
        axes.plot([row[x]] * 2, [row[f"{y}_low"], row[f"{y}_high"]], color=tone[arm], lw=1.4)
        if row["on_front"]:
            axes.plot(row[x], row[y], "o", ms=13, mfc="none", mec=INK, mew=1.1)
        axes.plot(row[x], row[y], "o", color=tone[arm], ms=7)
    axes.margins(0.12)
    axes.grid(color=FAINT, lw=0.6)
    for name, axis in ((x, axes.xaxis), (y, axes.yaxis)):
        if OUTCOMES[name].unit == "share":
            axis.set_major_formatter(lambda v, _: f"{100 * v:g}")
    axes.locator_params(nbins=5)
    axes.set_xlabel(label_with_unit(x, OUTCOMES[x].unit, lang) + _way(x, lang))
    axes.set_title(label_with_unit(y, OUTCOMES[y].unit, lang) + _way(y, lang, up=True), fontsize=9.5)


def _way(name: str, lang: str, up: bool = False) -> str:
    """An arrow to where it is better."""
    more = OUTCOMES[name].more_is_better
    return "" if more is None else "  " + (("↑" if more else "↓") if up else ("→" if more else "←"))


def _names(figure: Figure, found: Findings, table: pd.DataFrame, lang: str) -> None:
    """The arms' names in their colours with the share of draws in which each is on the front."""
    axes = figure.add_axes((0.79, 0.2, 0.2, 0.7))
    axes.axis("off")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.text(0, 1, say("front_share", lang), fontsize=9, color=GREY, va="bottom")
    ranked = table.sort_values("p_front", ascending=False, kind="stable")
    heights = spread([0.93 - 0.075 * k for k in range(len(ranked))], 0.07)
    for height, (arm, row) in zip(heights, ranked.iterrows(), strict=True):
        name = fit(arm_label(str(arm), lang), 20)
        axes.text(0, height, name, color=readable(tones(found)[str(arm)]), fontsize=9, va="center")
        axes.text(
            1, height, say("chance", lang, p=percent(row["p_front"])), fontsize=9, va="center", ha="right", color=INK
        )


def _title(found: Findings, table: pd.DataFrame, lang: str) -> str:
    on = [arm_label(arm, lang) for arm in table.index[table["on_front"]]]
    key = "tradeoff_one" if len(on) == 1 else "tradeoff_title" if len(on) <= 4 else "tradeoff_many"
    return say(key, lang, arms=join(on, lang), n=len(on), total=len(table))
