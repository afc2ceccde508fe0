"""The pictures of a search by name, and what they share: marks by fate, values of knobs, limits, logarithmic axes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import NullLocator

from sim.analysis.experiment.searched import FATES, Dial, Limit, Searched
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import arm_label, bracket, commas, join, number, say, unit_label
from sim.plots.experiment.frame import inside, label_with_unit
from sim.plots.style import INK

__all__ = ["TONES", "draw_limits", "draw_marked", "draw_tried", "fate_legend", "in_per_cent", "knob_names",
           "knobs_text", "limit_text", "log_ticks", "outcome_axis", "range_text", "tone_of",
           "value_text"]  # fmt: skip

TONES = {"unbeaten": "#0072B2", "beaten": "#6b6b6b", "breaks": "#D55E00", "unknown": "#b0b0b0"}
TRIED, BROKE = "#a9a9a9", "#e8a98a"
FAR = 30.0  # an axis whose values differ so many times is logarithmic


def knob_names(dials: Sequence[Dial], lang: str) -> list[str]:
    """The knobs' own names, and whose they are where they belong to different strategies or sections."""
    owners = [dial.key.split(".")[-2] if "." in dial.key else "" for dial in dials]
    if len(set(owners)) == 1:
        return [dial.name for dial in dials]
    return [f"{arm_label(owner, lang)} {dial.name}" if dial.key.startswith("strategies.") else dial.key
            for owner, dial in zip(owners, dials, strict=True)]  # fmt: skip


def value_text(value: Any) -> str:
    """A knob's value in three figures."""
    if isinstance(value, bool) or not isinstance(value, float):
        return str(value)
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def knobs_text(found: Searched, trial: int, lang: str) -> str:
    """``limit = 183, price = 16.3``."""
    pairs = zip(knob_names(found.search.axes, lang), found.points[trial], strict=True)
    return commas([f"{name} = {value_text(value)}" for name, value in pairs], lang)


def limit_text(one: Limit, lang: str) -> str:
    """``host's hours at most 75 hours``."""
    unit = OUTCOMES[one.outcome].unit
    value = number(one.limit, unit) if unit == "share" else f"{one.limit:,g}"
    label = "" if unit in ("share", "0 to 1") else " " + unit_label(unit, lang)
    return say(f"limit_{one.side}", lang, what=inside(one.outcome, lang), value=value.replace("-", "−") + label)


def range_text(dial: Dial, lang: str) -> str:
    """``strategies.paid_entry.price: 1 to 100 CNY (log scale)``."""
    if dial.span is None:
        return f"{dial.key}: {join([str(choice) for choice in dial.choices], lang)}"
    ends = say("source_range", lang, low=f"{dial.span.low:g}", high=f"{dial.span.high:g}")
    log = bracket(say("source_log", lang), lang) if dial.span.log else ""
    return f"{dial.key}: {ends} {unit_label(dial.unit, lang)}".rstrip() + log


def tone_of(found: Searched, trial: int) -> str:
    """The colour of what became of a point."""
    return TONES[found.front.fate(trial)]


def draw_tried(axes: Axes, found: Searched, x: Sequence[float], y: Sequence[float]) -> None:
    """Every point that was tried, by its means in the search; a cross where it breaks a limit there."""
    held = [found.holds(trial) for trial in found.points]
    for keeps, marker, tone, size in ((True, "o", TRIED, 11), (False, "x", BROKE, 16)):
        at = [k for k, one in enumerate(held) if one is keeps]
        axes.scatter([x[k] for k in at], [y[k] for k in at], s=size, marker=marker, c=tone, linewidths=0.9, zorder=1)


def draw_marked(axes: Axes, found: Searched, x: Mapping[int, float], y: Mapping[int, float]) -> None:
    """The front on fresh seeds: filled where still unbeaten, hollow where beaten, a cross where it breaks a limit."""
    for fate in FATES:
        trials = [trial for trial in found.front.trials if found.front.fate(trial) == fate]
        face = "white" if fate in ("beaten", "unknown") else TONES[fate]
        edge = "white" if fate == "breaks" else TONES[fate]
        where = [x[trial] for trial in trials], [y[trial] for trial in trials]
        size, marker, width = (58, "X", 0.6) if fate == "breaks" else (46, "o", 1.4)
        axes.scatter(*where, s=size, marker=marker, c=face, edgecolors=edge, linewidths=width, zorder=5, label=fate)


def draw_limits(axes: Axes, found: Searched, outcome: str, across: bool = True) -> None:
    """The limits of an outcome as dashed lines, where they are near: a far one would press the points into a heap."""
    shown = axes.dataLim.intervaly if across else axes.dataLim.intervalx
    for one in found.search.constraints:
        if one.outcome == outcome and shown[0] - np.ptp(shown) <= one.limit <= shown[1] + np.ptp(shown):
            line = axes.axhline if across else axes.axvline
            line(one.limit, color=TONES["breaks"], lw=1.1, ls=(0, (4, 3)), zorder=2)


def fate_legend(figure: Figure, found: Searched, lang: str, bottom: float) -> None:
    """One row of the marks that are there, ``bottom`` inches above the foot."""
    keys, names = [], []
    if any(found.holds(trial) for trial in found.points):
        keys.append(Line2D([], [], color=TRIED, marker="o", ms=4, ls=""))
        names.append(say("search_tried", lang))
    if not all(found.holds(trial) for trial in found.points):
        keys.append(Line2D([], [], color=BROKE, marker="x", ms=5, ls=""))
        names.append(say("search_tried_breaks", lang))
    there = {found.front.fate(trial) for trial in found.front.trials}
    for fate in (fate for fate in FATES if fate in there):
        face = "white" if fate in ("beaten", "unknown") else TONES[fate]
        marker, edge = ("X", "white") if fate == "breaks" else ("o", TONES[fate])
        keys.append(Line2D([], [], color=TONES[fate], marker=marker, ms=7, mfc=face, mec=edge, ls=""))
        names.append(say(f"search_mark_{fate}", lang))
    where = (0.005, bottom / figure.get_figheight())
    figure.legend(keys, names, loc="lower left", bbox_to_anchor=where, ncols=5, handletextpad=0.2, columnspacing=1.4,
                  borderpad=0, fontsize=8.5, labelcolor=INK)  # fmt: skip


def outcome_axis(axis: Axis, found: Searched, outcome: str) -> None:
    """Shares in per cent; logarithmic where the values, limits among them, are above 0 and very different."""
    after = found.front.after
    ends = after.loc[after["outcome"] == outcome, ["mean", "low", "high"]].to_numpy(dtype=float).ravel()
    means = found.every.loc[found.every["outcome"] == outcome, "mean"].to_numpy(dtype=float)
    every = np.concatenate([means, ends])
    every = every[np.isfinite(every)]
    factor = 100 if OUTCOMES[outcome].unit == "share" else 1
    if len(every) and every.min() > 0 and every.max() / every.min() >= FAR and factor == 1:
        low, high, axes = every.min() / 1.3, every.max() * 1.3, axis.axes
        axes.set(**{f"{axis.axis_name}scale": "log", f"{axis.axis_name}lim": (low, high)})
        log_ticks(axis, low, high)
    else:
        axis.set_major_formatter(lambda v, _: f"{factor * v:,g}".replace("-", "−"))


def in_per_cent(outcome: str, lang: str) -> str:
    """The outcome's name and unit, for an axis."""
    return label_with_unit(outcome, OUTCOMES[outcome].unit, lang)


def log_ticks(axis: Axis, low: float, high: float) -> None:
    """Numbers as one would write them: 1, 2, 5, 10 …, as many as there is room for."""
    tens = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for steps in ((1, 2, 5), (1, 3), (1,)):
        every = [step * 10.0**ten for ten in tens for step in steps]
        ticks = [tick for tick in every if low * 0.999999 <= tick <= high * 1.000001] or [low, high]
        if len(ticks) <= 6:
            break
    axis.set_ticks(ticks, [f"{tick:,.3g}" if tick < 1000 else f"{tick:,.0f}" for tick in ticks])
    axis.set_minor_locator(NullLocator())
