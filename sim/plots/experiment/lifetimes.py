"""Not only means: twenty dots an arm, each the age at death of one group in twenty."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.experiment.findings import Findings
from sim.analysis.lifetimes import Survival
from sim.locale.words import arm_label, number, say
from sim.plots.experiment.frame import arms_shown, caption, tones
from sim.plots.marks import name_rows
from sim.plots.style import FAINT, GREY, new_figure, picture

__all__ = ["DOTS", "draw_lifetimes", "dot_ages"]

DOTS = 20
STEP = 0.13


@picture
def draw_lifetimes(found: Findings, world: str, lang: str = "en") -> Figure:
    """Quantile dots by arm from the survival curve; groups that outlive the watch are hollow, at its end."""
    arms = [arm for arm in arms_shown(found, world) if arm in found.survival[world]]
    survival = found.survival[world]
    height = 1.6 + 0.52 * len(arms)
    last = max(1, *(one.horizon for one in survival.values()))
    words = caption(found, world, "dots_caption", lang, len(arms), dots=DOTS)
    figure = new_figure(10.5, height, _title(found, survival, last, lang), words)
    axes = figure.add_axes((0.15, 0.95 / height, 0.83, 1 - 1.4 / height))
    for y, arm in zip(range(len(arms))[::-1], arms, strict=True):
        _row(axes, survival[arm], y, tones(found)[arm], last)
    axes.set(xlim=(-0.02 * last, 1.16 * last), ylim=(-0.35, len(arms) - 0.2))
    axes.axvline(last, color=FAINT, lw=0.8, zorder=0)
    axes.set_xticks([tick for tick in axes.get_xticks() if 0 <= tick <= last])
    axes.set_xlabel(say("age_at_death", lang))
    name_rows(axes, [arm_label(arm, lang) for arm in arms])
    return figure


def dot_ages(one: Survival) -> np.ndarray:
    """Ages at which the shares 1/40, 3/40, … of the groups are dead; NaN where that lies beyond the watch."""
    shares = (np.arange(DOTS) + 0.5) / DOTS
    below = one.share[None, :] <= 1 - shares[:, None] + 1e-9
    return np.where(below.any(axis=1), one.time[below.argmax(axis=1)], np.nan)


def _row(axes: Axes, one: Survival, y: int, tone: str, last: float) -> None:
    ages = dot_ages(one)
    dead = ages[~np.isnan(ages)]
    width = last / 40
    column = np.floor(dead / width)
    height = np.array([np.sum(column[:k] == column[k]) for k in range(len(dead))])
    axes.plot(np.minimum(column + 0.5, 39.5) * width, y - 0.2 + height * STEP, "o", color=tone, ms=6.2, mew=0)
    alive = np.arange(DOTS - len(dead))
    axes.plot(
        last + (0.7 + alive // 5) * width, y - 0.2 + alive % 5 * STEP, "o", mfc="white", mec=tone, ms=5.4, mew=1.3
    )
    low, high = one.median_low, one.median_high
    if one.median == one.median:
        span = [value if value == value else last for value in (low, high)]
        axes.plot(span, [y - 0.3] * 2, color=GREY, lw=1.4)
        axes.plot(one.median, y - 0.3, "D", mfc="white", mec=GREY, ms=4)
    axes.axhline(y - 0.3, color=FAINT, lw=0.6, zorder=0)


def _title(found: Findings, survival: dict[str, Survival], last: float, lang: str) -> str:
    """Who dies early, and who outlives the watch, under reference and best arm."""
    best = max(survival, key=lambda arm: survival[arm].restricted_mean)
    other = found.reference if found.reference in survival and best != found.reference else None
    other = other or min(survival, key=lambda arm: survival[arm].restricted_mean)
    shares = {name: number(float(survival[arm].share[-1]), "share") for name, arm in (("most", best), ("base", other))}
    names = {"best": arm_label(best, lang), "other": arm_label(other, lang)}
    return say("dots_title", lang, days=f"{last:.0f}", **shares, **names)
