"""How many communities are needed, and how many does common luck save?"""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.experiment.findings import Findings
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import arm_label, number, say, unit_label
from sim.plots.experiment.frame import arms_shown, caption, short, tones
from sim.plots.marks import name_rows
from sim.plots.style import FAINT, INK, new_figure, picture

__all__ = ["draw_seeds", "finite"]

PANELS = 3
SIGHT = 1e5


@picture
def draw_seeds(found: Findings, world: str, lang: str = "en") -> Figure:
    """Bars on a logarithmic axis, lines for 80 % limits; filled: common luck, hollow: luck of its own by arm."""
    arms = arms_shown(found, world, reference=False)
    table = found.precision[(found.precision["world"] == world) & found.precision["needed"].notna()]
    names = [name for name in found.study.outcomes if name in set(table["outcome"])][:PANELS]
    height = 1.7 + 0.42 * len(arms)
    figure = new_figure(
        10.5, height, _title(table, names, lang), caption(found, world, "seeds_caption", lang, len(arms) + 1)
    )
    grid = figure.subplots(1, max(1, len(names)), squeeze=False)
    figure.subplots_adjust(left=0.15, right=0.985, top=1 - 0.72 / height, bottom=0.95 / height, wspace=0.13)
    for k, (axes, name) in enumerate(zip(grid.flat, names, strict=False)):
        _bars(axes, found, table[table["outcome"] == name].set_index("arm"), name, arms, lang)
        name_rows(axes, [arm_label(arm, lang) for arm in arms], show=k == 0)
    return figure


def _bars(axes: Axes, found: Findings, table: pd.DataFrame, name: str, arms: list[str], lang: str) -> None:
    tone = tones(found)
    for y, arm in zip(range(len(arms))[::-1], arms, strict=True):
        if arm not in table.index:
            continue
        row = table.loc[arm]
        axes.barh(y + 0.17, row["needed"], height=0.3, color=tone[arm])
        axes.barh(y - 0.17, row["needed_own"], height=0.3, facecolor="none", edgecolor=tone[arm], lw=1.2)
        for place, key in ((y + 0.17, "needed"), (y - 0.17, "needed_own")):
            axes.plot([row[f"{key}_low"], row[f"{key}_high"]], [place] * 2, color=INK, lw=1.1, solid_capstyle="butt")
        text = _gain(row, lang)
        end = min(max(row["needed_high"], row["needed_own_high"]), SIGHT)
        axes.annotate(text, (end, y), (4, 0), textcoords="offset points", va="center", fontsize=8, color=INK)
    axes.set_xscale("log")
    top = min(SIGHT, max(10.0, float(table[["needed_high", "needed_own_high"]].max().max())))
    axes.set(xlim=(1, top**1.55), ylim=(-0.6, len(arms) - 0.4))
    axes.axvline(float(table["n"].median()), color=INK, lw=0.9, ls=":")
    axes.xaxis.set_major_formatter(lambda x, _: f"{x:,.0f}")
    axes.minorticks_off()
    axes.grid(axis="x", color=FAINT, lw=0.6)
    unit = OUTCOMES[name].unit
    half = float(table["half_width"].median())
    target = number(half, unit).removesuffix(" %") + " " + unit_label(unit, lang, difference=True)
    axes.set_title(say("to_within", lang, what=short(name, lang), half=target.strip()), fontsize=9.5)
    axes.set_xlabel(say("communities_per_arm", lang))


def finite(value: float) -> str:
    """A number, or that it is without end."""
    return "∞" if math.isinf(value) else number(value)


def _gain(row: pd.Series, lang: str) -> str:
    """The gain of common luck with its interval, nothing where it has none."""
    if math.isnan(row["gain_low"]):
        return ""
    low, high = (_times(float(row[key])) for key in ("gain_low", "gain_high"))
    return say("times_between", lang, gain=_times(float(row["gain"])), low=low, high=high)


def _times(gain: float) -> str:
    return "∞" if math.isinf(gain) else f"{gain:.1f}" if gain < 9.95 else f"{gain:,.0f}"


def _title(table: pd.DataFrame, names: list[str], lang: str) -> str:
    rows = table[table["outcome"].isin(names[:1]) & table["gain_low"].notna() & ~table["rough"].astype(bool)]
    if rows.empty:
        return say("seeds_title_none", lang)
    low, high = (_times(float(rows["gain"].agg(side))) for side in ("min", "max"))
    return say(
        "seeds_title" if low != high else "seeds_title_one", lang, low=low, high=high, what=short(names[0], lang)
    )
